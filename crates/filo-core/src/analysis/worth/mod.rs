//! What customers are worth: by a formula that anybody can follow, and by what is expected of each.
//!
//! **Invariant:** every number of people is that of [`Worth::behind`] it.

mod group;
mod simple;
#[cfg(test)]
mod tests;

pub(in crate::analysis) use group::day_of;
pub use group::{By, Group};
pub use simple::{BASE_LEAST, PERIODS_DAYS, Simple};

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::foresight::{Foresight, Foretold, Total};
use crate::buyer::{Lack, Purchases};
use crate::id::CustomerId;

/// Bands of the chance that somebody still buys here, each a fifth.
pub const BANDS: usize = 5;
/// People that are told of first.
pub const TOP_MOST: usize = 20;
/// How many of all, and of a group, an interval is worked out from.
const SAMPLE: usize = 400;
const SAMPLE_OF_GROUP: usize = 100;

/// What some customers are worth. Amounts are in minor units.
#[derive(Debug)]
pub struct Worth {
    /// Those who have bought.
    pub people: u64,
    /// The simple formula.
    pub simple: Result<Simple, Lack>,
    /// What is expected of them together; nothing without a model.
    pub total: Option<Total>,
    /// The same by group; groups of time come with the latest first.
    pub groups: Vec<(Group, Total)>,
    /// Those who bought once, of whom no model tells whether they will again.
    pub once: u64,
    /// Those who came again, by the fifth in which the chance lies that they still buy here.
    pub bands: [u64; BANDS],
    /// Those of whom most is expected.
    pub top: Vec<Foretold>,
}

/// Which people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// All who have bought.
    All,
    /// Those in a group.
    Group(Group),
    /// Those who bought once.
    Once,
    /// Those whose chance lies in a fifth.
    Band(usize),
}

impl Worth {
    /// What those are worth of whom `is_asked` is true.
    #[must_use]
    pub fn of(
        foresight: &Foresight,
        is_asked: impl Fn(CustomerId) -> bool,
        (by, zone): (By, &TimeZone),
    ) -> Self {
        let all = foresight.people.iter();
        let people: Vec<&Foretold> = all.filter(|it| is_asked(it.customer)).collect();
        let purchases: Vec<&Purchases> = people
            .iter()
            .filter_map(|it| foresight.buyers.get(it.place))
            .map(|buyer| &buyer.purchases)
            .collect();
        let mut bands = [0; BANDS];
        for chance in people.iter().filter_map(|it| it.going_on) {
            bands[band(chance)] += 1;
        }
        let model = foresight.model.as_ref().ok();
        let groups = model.map(|model| {
            let mut groups: BTreeMap<Group, Vec<&Foretold>> = BTreeMap::new();
            for person in &people {
                let group = by.group(person, zone);
                groups.entry(group).or_default().push(person);
            }
            let total = |these: &Vec<&Foretold>| Total::of(these, model, SAMPLE_OF_GROUP);
            let each = groups.iter().map(|(group, these)| (*group, total(these)));
            each.collect::<Vec<_>>()
        });
        let mut groups = groups.unwrap_or_default();
        if by != By::Channel {
            groups.reverse();
        }
        Self {
            people: people.len() as u64,
            simple: Simple::of(&purchases, foresight.at),
            total: model.map(|model| Total::of(&people, model, SAMPLE)),
            groups,
            once: people.iter().filter(|it| is_once(it)).count() as u64,
            bands,
            top: first(people, TOP_MOST),
        }
    }

    /// Those behind a number, of whom most is expected first.
    #[must_use]
    pub fn behind(
        foresight: &Foresight,
        is_asked: impl Fn(CustomerId) -> bool,
        (who, zone): (Who, &TimeZone),
    ) -> Vec<Foretold> {
        let is_meant = |it: &Foretold| match who {
            Who::All => true,
            Who::Group(group) => group.by().group(it, zone) == group,
            Who::Once => is_once(it),
            Who::Band(wanted) => it.going_on.is_some_and(|chance| band(chance) == wanted),
        };
        let all = foresight.people.iter();
        let people = all.filter(|it| is_asked(it.customer) && is_meant(it));
        first(people.collect(), usize::MAX)
    }
}

fn is_once(person: &Foretold) -> bool {
    person.history.repeats() == 0
}

/// The fifth in which a chance lies.
fn band(chance: f64) -> usize {
    let ends = [0.2, 0.4, 0.6, 0.8];
    ends.iter().filter(|end| chance >= **end).count()
}

/// Those of whom most is expected.
fn first(mut people: Vec<&Foretold>, most: usize) -> Vec<Foretold> {
    if most < people.len() {
        people.select_nth_unstable_by_key(most, |it| it.rank());
        people.truncate(most);
    }
    people.sort_by_cached_key(|it| it.rank());
    people.into_iter().copied().collect()
}
