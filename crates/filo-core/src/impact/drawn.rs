//! The ways of an experiment whose shares learnt: compared by what was in force when each person
//! came to it.
//!
//! The plain difference would be bent here, as who was seen decided who came next. So each person
//! weighs by how improbable their way was at that moment, which puts it straight; of money nothing
//! is said, as a few dear orders on a way with a small share would decide.

use filo_stats::experiment::{
    Drawn, MISMATCH_P, PLANNED_SHOP, Sequence, drawn_evidence, weighted_difference,
};

use super::effect::{ALPHA, Between, Effect, Outcome, Verdict};
use super::figures::Figures;
use super::person::Person;
use super::{Impact, first_over};
use crate::journey::WHOLE;
use crate::time::Timestamp;

/// With fewer people on both ways together the weights of single ones decide: nothing is said.
const PEOPLE_LEAST: usize = 100;

/// Measures the ways of an experiment, each person by the shares that were in force when they came
/// to it, of [`WHOLE`]. People are told in the order in which they came.
#[must_use]
pub fn measure_drawn(
    people: &[Person],
    ways: usize,
    shares_at: impl Fn(Timestamp) -> Vec<u16>,
    now: Timestamp,
) -> Impact {
    let groups: Vec<Figures> = (0..ways)
        .map(|group| Figures::of(people, group, now))
        .collect();
    let drawn = |person: &Person, does: bool| Drawn {
        shares: parts(&shares_at(person.since)),
        group: person.group,
        outcome: if does { 1.0 } else { 0.0 },
    };
    let came: Vec<Drawn> = people.iter().map(|person| drawn(person, false)).collect();
    let evidence = drawn_evidence(&came, ways);
    let mut effects = Vec::new();
    for outcome in [Outcome::Goal, Outcome::Purchase] {
        let over = people.iter().filter(|person| person.is_over(now));
        let cases: Vec<Drawn> = over
            .map(|person| {
                let does = match outcome {
                    Outcome::Goal => person.done.reached_at.is_some(),
                    Outcome::Purchase => person.done.order_count > 0,
                };
                drawn(person, does)
            })
            .collect();
        effects.extend((1..ways).filter_map(|group| effect(&cases, &groups, outcome, group)));
    }
    Impact {
        effects,
        money: Vec::new(),
        is_mismatched: evidence.is_some_and(|evidence| evidence >= 1.0 / MISMATCH_P),
        first_at: first_over(people, now),
        groups,
    }
}

fn effect(cases: &[Drawn], groups: &[Figures], outcome: Outcome, group: usize) -> Option<Effect> {
    let counted = |group: usize| groups.get(group).map_or(0, |it| it.counted);
    if counted(group) == 0 || counted(0) == 0 || counted(group) + counted(0) < PEOPLE_LEAST {
        return None;
    }
    let comparisons = u32::try_from(groups.len().saturating_sub(1).max(1)).ok()?;
    let sequence = Sequence::new(ALPHA / f64::from(comparisons), PLANNED_SHOP)?;
    let difference = weighted_difference(cases, (group, 0))?;
    let interval = sequence.around(&difference).within(-1.0, 1.0);
    // A weighted share can come to lie outside of what a share can be.
    let value = difference.estimate.clamp(-1.0, 1.0);
    let points = Between::new(value, interval);
    Some(Effect {
        outcome,
        group,
        points,
        relative: None,
        people: points.times(super::effect::real(counted(group))),
        at_one_look: None,
        verdict: Verdict::of(interval, || None),
    })
}

/// Shares of [`WHOLE`] as parts of one.
fn parts(shares: &[u16]) -> Vec<f64> {
    let whole = f64::from(WHOLE);
    shares
        .iter()
        .map(|share| f64::from(*share) / whole)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::id::{CustomerId, RunId};
    use crate::impact::Done;

    const MOVED_AT: Timestamp = Timestamp(1_000);

    fn shares(at: Timestamp) -> Vec<u16> {
        match at < MOVED_AT {
            true => vec![5_000, 5_000],
            false => vec![1_000, 9_000],
        }
    }

    fn person(place: i64, group: usize, reached: bool) -> Person {
        let since = Timestamp(place);
        Person {
            run: RunId(place.unsigned_abs().into()),
            customer: CustomerId(place.unsigned_abs().into()),
            group,
            since,
            until: since.plus_micros(10),
            done: Done {
                reached_at: reached.then(|| since.plus_micros(5)),
                order_count: 0,
                revenue: BTreeMap::new(),
            },
            before: BTreeMap::new(),
        }
    }

    /// A thousand people by even shares of whom 5 % reach the goal whatever their way, then a
    /// thousand by one to nine, in a better season, of whom 20 % do.
    fn two_seasons() -> Vec<Person> {
        let even = (0..1_000_i64).map(|place| {
            let group = usize::try_from(place % 2).unwrap();
            person(place, group, (place / 2) % 20 == 0)
        });
        let moved = (1_000..2_000_i64).map(|place| {
            let group = usize::from(place % 10 != 0);
            person(place, group, (place / 10 + place) % 5 == 0)
        });
        even.chain(moved).collect()
    }

    /// The plain shares of the ways lie far apart, since the second got more people of the better
    /// season; weighted they do not.
    #[test]
    fn a_better_season_is_not_taken_for_a_better_way() {
        let people = two_seasons();
        let impact = measure_drawn(&people, 2, shares, Timestamp(10_000));
        let share = |group: usize| {
            let figures = &impact.groups[group];
            f64::from(u32::try_from(figures.reached).unwrap())
                / f64::from(u32::try_from(figures.counted).unwrap())
        };
        assert!(share(1) - share(0) > 0.06, "{} {}", share(0), share(1));
        let effect = impact.effects[0];
        assert!(effect.points.value.abs() < 0.02, "{effect:?}");
        assert!(effect.points.low < 0.0 && effect.points.high > 0.0);
        assert_eq!(effect.verdict.word(), "unclear");
        assert!(!impact.is_mismatched, "they are as many as the shares said");
        assert!(impact.money.is_empty());
        let as_if_even = |_at: Timestamp| vec![5_000, 5_000];
        assert!(measure_drawn(&people, 2, as_if_even, Timestamp(10_000)).is_mismatched);
    }

    #[test]
    fn who_still_has_time_does_not_count_and_few_say_nothing() {
        let people = two_seasons();
        let early = measure_drawn(&people, 2, shares, Timestamp(60));
        assert_eq!(early.groups[0].counted + early.groups[1].counted, 51);
        assert!(early.effects.is_empty());
        let none = measure_drawn(&people, 2, shares, Timestamp(5));
        assert_eq!(none.first_at, Some(Timestamp(10)));
    }
}
