//! Room for one message more: the caps, and the noise budget that goes to what is worth most.

use super::{Asking, Finding, LOOK_AGAIN_SECONDS, Rival, Spent, Surroundings};
use crate::message::policy::Cap;
use crate::time::Timestamp;

const DAY_SECONDS: i64 = 86_400;

/// The caps that are reached.
pub(super) fn caps<'a>(
    asking: &'a Asking<'_>,
    around: &'a Surroundings<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    let caps = around.policy.caps.iter();
    let counts = |cap: &&Cap| cap.medium.is_none_or(|medium| medium == asking.medium);
    caps.filter(counts).filter_map(|cap| {
        let of_cap = |spent: &&Spent| cap.medium.is_none_or(|medium| medium == spent.medium);
        let counted: Vec<(Timestamp, u32)> = in_window(around, cap.days)
            .filter(of_cap)
            .map(|spent| (spent.at, 1))
            .collect();
        let until = frees_at(counted, 1, u32::from(cap.most), cap.days)?;
        Some(Finding::Cap {
            medium: cap.medium,
            most: cap.most,
            days: cap.days,
            until,
        })
    })
}

/// Whether the budget has room, and who takes it first. Of two that could go now the one that is
/// worth more goes first; of equals the one that waits longer.
pub(super) fn budget(asking: &Asking<'_>, around: &Surroundings<'_>) -> Option<Finding> {
    let budget = &around.policy.budget;
    if budget.points == 0 {
        return None;
    }
    let points = u32::from(budget.points);
    let weight = budget.weight(asking.medium);
    let spent: Vec<(Timestamp, u32)> = in_window(around, budget.days)
        .map(|spent| (spent.at, u32::from(spent.weight)))
        .collect();
    let sum: u32 = spent.iter().map(|(_, weight)| weight).sum();
    if let Some(until) = frees_at(spent, u32::from(weight), points, budget.days) {
        return Some(Finding::Budget {
            spent: sum,
            weight,
            points: budget.points,
            until,
        });
    }
    let mut first: Vec<&Rival> = around
        .rivals
        .iter()
        .filter(|rival| rival.id != asking.id && goes_before(rival, asking))
        .collect();
    first.sort_unstable_by_key(|rival| (std::cmp::Reverse(rival.value), rival.id));
    let mut sum = sum;
    for rival in first {
        let own = u32::from(budget.weight(rival.medium));
        if sum + own > points {
            continue;
        }
        sum += own;
        if sum + u32::from(weight) > points {
            // Once the other has left, or cannot, the budget says when.
            return Some(Finding::Outranked {
                by: rival.id,
                until: around.now.plus_seconds(LOOK_AGAIN_SECONDS),
            });
        }
    }
    None
}

fn goes_before(rival: &Rival, asking: &Asking<'_>) -> bool {
    let key = |value: u16, planned_at: Timestamp, id| (std::cmp::Reverse(value), planned_at, id);
    key(rival.value, rival.planned_at, rival.id) < key(asking.value, asking.planned_at, asking.id)
}

/// What was let through in the last so many days. What left exactly so long ago counts no more.
fn in_window<'a>(around: &'a Surroundings<'_>, days: u16) -> impl Iterator<Item = &'a Spent> {
    let since = around.now.plus_seconds(-i64::from(days) * DAY_SECONDS);
    around.spent.iter().filter(move |spent| spent.at > since)
}

/// When there is room for so much more, if there is none now.
fn frees_at(
    mut taken: Vec<(Timestamp, u32)>,
    more: u32,
    most: u32,
    days: u16,
) -> Option<Timestamp> {
    let mut sum: u32 = taken.iter().map(|(_, weight)| weight).sum();
    if sum + more <= most {
        return None;
    }
    taken.sort_unstable();
    for (at, weight) in taken {
        sum -= weight;
        if sum + more <= most {
            return Some(at.plus_seconds(i64::from(days) * DAY_SECONDS));
        }
    }
    // More than the whole: the policy lets nothing like it be said.
    Some(Timestamp::MAX)
}
