//! Who is leaving: how many were lost month by month, and who is about to be.
//!
//! **Invariant:** every number of people is that of [`Leaving::behind`] it; who is late and who is
//! gone by the company's own rhythm is decided by [`Stage`] and its limits alone.

mod month;
#[cfg(test)]
mod tests;

pub use month::{Churn, MONTHS, Month, Rule};

use jiff::tz::TimeZone;

use super::foresight::{Foresight, Foretold};
use crate::buyer::{Limits, Stage};
use crate::id::CustomerId;
use crate::money::Cents;
use month::Standing;

/// The windows that are offered, in days.
pub const WINDOWS_DAYS: [u16; 4] = [30, 60, 90, 180];
/// People that are told of first.
pub const RISKS_MOST: usize = 20;
/// How many days ahead the chance of a purchase is told.
pub const CHANCE_DAYS: u16 = 90;

/// Who is leaving, of some people.
#[derive(Debug)]
pub struct Leaving {
    /// Those who have bought.
    pub people: u64,
    /// Whole months, the latest last.
    pub months: Vec<Month>,
    /// Late by the company's rhythm, now; nothing while there are no limits.
    pub at_risk: Option<u64>,
    /// Gone by it, now.
    pub lost: Option<u64>,
    /// What those at risk would bring in a year if they went on, in minor units.
    pub at_stake: Option<f64>,
    /// Those at risk, with whom most is at stake.
    pub risks: Vec<Risk>,
}

/// Somebody who is late, and why that is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Who.
    pub person: Foretold,
    /// Whole days since the last order.
    pub silence_days: i64,
    /// After how many days they usually buy again.
    pub usual_days: i64,
    /// From how many days of silence on they are late.
    pub late_days: i64,
    /// And gone.
    pub gone_days: i64,
    /// The chance that they buy in [`CHANCE_DAYS`]; nothing without a model.
    pub chance: Option<f64>,
    /// What they would bring in a year if they went on, in minor units; nothing without a model.
    pub at_stake: Option<f64>,
}

/// Which people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Those of a month, by a rule: all at its start, or those of them who were lost in it.
    Month((i16, i8), Rule, Part),
    /// Late now.
    AtRisk,
    /// Gone now.
    Lost,
    /// Of whom a purchase was expected in [`Foresight::check`]: those of a band, or only those who
    /// bought, or did not.
    Checked(usize, Option<bool>),
}

/// Which of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Customers at its start.
    Start,
    /// Those of them who were lost in it.
    Lost,
}

impl Leaving {
    /// Who is leaving of those of whom `is_asked` is true, by a window and by these limits.
    #[must_use]
    pub fn of(
        foresight: &Foresight,
        is_asked: impl Fn(CustomerId) -> bool,
        (window_days, limits, zone): (u16, Option<&Limits>, &TimeZone),
    ) -> Self {
        let mut months = Month::before(foresight.at, zone, limits.is_some());
        let ends: Vec<_> = Month::ends(&months);
        let (mut count, mut lost) = (0, 0);
        let mut risks: Vec<Risk> = Vec::new();
        let all = foresight.people.iter();
        for person in all.filter(|it| is_asked(it.customer)) {
            count += 1;
            let Some(buyer) = foresight.buyers.get(person.place) else {
                continue;
            };
            let standing = Standing::of(&buyer.purchases, &ends, (window_days, limits));
            for (month, turn) in months.iter_mut().zip(standing.windows(2)) {
                month.note(turn);
            }
            let bought = buyer.purchases.at(foresight.at);
            match limits.and_then(|limits| Stage::of(bought, Some(limits)).0) {
                Some(Stage::AtRisk) => risks.extend(risk(foresight, person, limits)),
                Some(Stage::Lost) => lost += 1,
                _ => {}
            }
        }
        let model = foresight.model.as_ref().ok();
        let stakes = || risks.iter().filter_map(|it| it.at_stake).sum();
        let (at_risk, at_stake) = (risks.len() as u64, model.map(|_| stakes()));
        sort(&mut risks);
        risks.truncate(RISKS_MOST);
        Self {
            people: count,
            months,
            at_risk: limits.map(|_| at_risk),
            lost: limits.map(|_| lost),
            at_stake: at_stake.filter(|_| limits.is_some()),
            risks,
        }
    }

    /// Those behind a number: with whom most is at stake first, those of a month by what they
    /// brought.
    #[must_use]
    pub fn behind(
        foresight: &Foresight,
        is_asked: impl Fn(CustomerId) -> bool,
        (who, window_days, limits, zone): (Who, u16, Option<&Limits>, &TimeZone),
    ) -> Vec<Risk> {
        let all = foresight.people.iter();
        let asked = all.filter(|it| is_asked(it.customer));
        let told = |it: &Foretold| risk(foresight, it, limits);
        let is_stage = |it: &Foretold, wanted: Stage| {
            let bought = foresight.buyers.get(it.place);
            let bought = bought.map(|buyer| buyer.purchases.at(foresight.at));
            let stage = bought.and_then(|it| Stage::of(it, limits).0);
            limits.is_some() && stage == Some(wanted)
        };
        let mut found: Vec<Risk> = match who {
            Who::AtRisk | Who::Lost => {
                let wanted = match who {
                    Who::AtRisk => Stage::AtRisk,
                    _ => Stage::Lost,
                };
                asked
                    .filter(|it| is_stage(it, wanted))
                    .filter_map(told)
                    .collect()
            }
            Who::Month((year, number), rule, part) => {
                let months = Month::before(foresight.at, zone, limits.is_some());
                let month = months
                    .iter()
                    .find(|it| (it.year, it.number) == (year, number));
                let Some(month) = month else {
                    return Vec::new();
                };
                let ends = [month.from, month.until];
                let is_meant = |it: &&Foretold| {
                    let buyer = foresight.buyers.get(it.place);
                    buyer.is_some_and(|buyer| {
                        let asked = (window_days, limits);
                        let turn = Standing::of(&buyer.purchases, &ends, asked);
                        rule.is_part(&turn, part)
                    })
                };
                asked.filter(is_meant).filter_map(told).collect()
            }
            Who::Checked(band, bought) => {
                let check = foresight.check.as_ref().ok();
                let all = check.map(|it| it.people.as_slice()).unwrap_or_default();
                let is_meant = |bought_then: bool| bought.is_none_or(|it| it == bought_then);
                let meant = all
                    .iter()
                    .filter(|it| it.band == band && is_meant(it.bought));
                let people = meant.filter_map(|it| foresight.person(it.customer));
                people.filter_map(told).collect()
            }
        };
        sort(&mut found);
        found
    }
}

/// What is known of somebody's silence.
fn risk(foresight: &Foresight, person: &Foretold, limits: Option<&Limits>) -> Option<Risk> {
    let buyer = foresight.buyers.get(person.place)?;
    let bought = buyer.purchases.at(foresight.at);
    let gaps: Vec<i64> = bought.gaps().collect();
    let own = limits.map(|limits| limits.of(&gaps));
    let model = foresight.model.as_ref().ok();
    Some(Risk {
        person: *person,
        silence_days: bought.silence_days()?,
        usual_days: limits.map_or(0, |limits| limits.usual_of(&gaps)),
        late_days: own.map_or(0, |own| own.late_days),
        gone_days: own.map_or(0, |own| own.gone_days),
        chance: model.and_then(|model| model.any(person, CHANCE_DAYS)),
        at_stake: model.and_then(|model| model.at_stake(person)),
    })
}

fn sort(risks: &mut [Risk]) {
    risks.sort_by_cached_key(|it| {
        let stake = it.at_stake.map_or(-1, super::foresight::rounded);
        let revenue: Cents = it.person.revenue;
        (
            std::cmp::Reverse(stake),
            std::cmp::Reverse(revenue),
            it.person.customer,
        )
    });
}
