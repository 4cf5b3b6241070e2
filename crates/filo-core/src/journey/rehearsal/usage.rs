//! What would have been paid for on each day of a rehearsal.
//!
//! **Invariant:** it is how much of what, without a price: what it comes to is told at the prices
//! in force when somebody looks.

use std::collections::BTreeMap;

use compact_str::CompactString;
use jiff::civil::Date;

use super::super::document::Journey;
use super::super::step::Action;
use super::tally::Tally;
use crate::cost::{Fare, Item, Usage};
use crate::message::Medium;

/// What messages are paid for, by medium and by the id of the piece that they say.
pub type Fares = BTreeMap<(Medium, CompactString), Fare>;

/// What would have been paid for, by day: every message that would have left, and every task that
/// a person would have been given. What no fare is known of is left out.
#[must_use]
pub fn usage_of(tally: &Tally, journey: &Journey, fares: &Fares) -> BTreeMap<Date, Usage> {
    let mut days: BTreeMap<Date, Usage> = BTreeMap::new();
    for (date, media) in &tally.said {
        for (medium, pieces) in media {
            for (piece, count) in pieces {
                if let Some(fare) = fares.get(&(*medium, piece.clone())) {
                    let usage = days.entry(*date).or_default();
                    usage.note(fare.item, fare.times(*count));
                }
            }
        }
    }
    let steps = journey.walk().into_iter();
    let tasks: BTreeMap<&str, Item> = steps
        .filter_map(|step| match &step.action {
            Action::Ask(ask) => Some((step.id.0.as_str(), Item::of_task(ask.kind))),
            _ => None,
        })
        .collect();
    for (date, asked) in &tally.asked {
        for (step, count) in asked {
            if let Some(item) = tasks.get(step.as_str()) {
                days.entry(*date).or_default().note(*item, *count);
            }
        }
    }
    days
}
