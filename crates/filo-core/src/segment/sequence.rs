//! One thing happened, and then another, with nothing of a third between.

use super::condition::Sequence;
use super::evaluate::{Asked, Outcome};
use super::trace::NOTHING;

/// Of the firsts that are followed by the other in time, one must be in the window. The other is
/// the next one after it (not at the same instant), and what must not be between is looked for
/// from the one to the other, both ends left out.
pub(super) fn holds(wanted: &Sequence, asked: &Asked<'_>) -> Outcome {
    let traces = asked.person.traces;
    let (first, then) = (
        traces.get(wanted.first.key()),
        traces.get(wanted.then.key()),
    );
    let without = wanted
        .without
        .as_ref()
        .map_or(&NOTHING, |it| traces.get(it.key()));
    let reach = wanted.during.at(asked.now, || asked.zone());
    let mut outcome = Outcome::settled(false);
    for mark in first.marks() {
        let beyond = then.marks().partition_point(|other| other.at <= mark.at);
        let Some(other) = then.marks().get(beyond) else {
            break;
        };
        if other.at.micros_since(mark.at) > wanted.within.micros() {
            continue;
        }
        let between = without.marks().partition_point(|it| it.at <= mark.at);
        let broken = without
            .marks()
            .get(between)
            .is_some_and(|it| it.at < other.at);
        if broken {
            continue;
        }
        // A pair of which the second is still in the future comes later.
        let is_over = other.at <= asked.now;
        let holds = is_over && reach.holds(mark.at);
        let moves_at = match is_over {
            true => reach.moves_at(mark.at),
            false => other.at.min(reach.moves_at(mark.at)),
        };
        outcome = either(outcome, Outcome::until(holds, moves_at));
    }
    outcome
}

/// True while one of the two is.
fn either(one: Outcome, other: Outcome) -> Outcome {
    match (one.holds, other.holds) {
        (true, true) => Outcome::until(true, one.changes_at.max(other.changes_at)),
        (true, false) => one,
        (false, true) => other,
        (false, false) => Outcome::until(false, one.changes_at.min(other.changes_at)),
    }
}
