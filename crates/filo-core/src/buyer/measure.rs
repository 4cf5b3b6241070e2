//! Everybody's orders together: what buyers are measured by, and how many are in each group and
//! stage, now and before.
//!
//! **Invariant:** the same orders at the same instant give the same measure, in whatever order
//! people come; everybody who has bought is counted in one cell, and in one stage if there are
//! limits.

use std::collections::BTreeMap;

use filo_stats::rhythm::{self, Pace, Sequence};
use serde::{Deserialize, Serialize};

use super::Yardstick;
use super::cut::{Cuts, Figures};
use super::group::Group;
use super::purchase::{Bought, Purchase, Purchases, days_after};
use super::stage::{Limits, Stage, real, whole};
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// How many days before now groups are compared with those of now.
pub const MOVED_DAYS: [u16; 3] = [30, 90, 365];

/// The orders of everybody who has bought.
#[derive(Debug, Default)]
pub struct Everybody {
    purchases: Vec<Purchase>,
    /// Where the orders of each buyer end.
    ends: Vec<usize>,
}

/// How many, and what they brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Buyers.
    pub people: u64,
    /// Their orders in the company's currency.
    pub orders: u64,
    /// What those brought, less what went back.
    pub revenue: Cents,
}

/// Those with one pair of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// How recently.
    pub recency: u8,
    /// How often.
    pub frequency: u8,
    /// How many.
    pub tally: Tally,
}

/// How many went from one group to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Nothing of those who had not bought yet.
    pub from: Option<Group>,
    /// Where they are now; the same of those who stayed.
    pub to: Group,
    /// How many.
    pub people: u64,
}

/// Who was where some days before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// How many days before.
    pub days: u16,
    /// Every buyer of now, once.
    pub moved: Vec<Move>,
}

/// What there is too little of for limits of silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lack {
    /// Of what.
    pub of: Lacking,
    /// How much there is.
    pub have: i64,
    /// How much it takes.
    pub least: i64,
}

/// What there can be too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lacking {
    /// Buyers.
    Buyers,
    /// Buyers who came again.
    Repeating,
    /// Days since the first order.
    Days,
}

impl Lacking {
    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Buyers => "buyers",
            Self::Repeating => "repeating",
            Self::Days => "days",
        }
    }
}

/// What was found at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// When.
    pub at: Timestamp,
    /// What amounts are in.
    pub currency: Currency,
    /// How many customers there were.
    pub customers: u64,
    /// How many of them had bought.
    pub buyers: u64,
    /// What they are measured by from then on.
    pub yardstick: Yardstick,
    /// What there was too little of.
    pub lacks: Vec<Lack>,
    /// The pairs of scores that somebody had.
    pub cells: Vec<Cell>,
    /// The stages of buyers, by the limits.
    pub stages: Vec<(Stage, Tally)>,
    /// Who was where before, wherever there were buyers enough.
    pub moves: Vec<Moves>,
}

impl Everybody {
    /// Adds somebody; whoever has never bought adds nothing.
    pub fn add(&mut self, purchases: &Purchases) {
        if !purchases.all().is_empty() {
            self.purchases.extend_from_slice(purchases.all());
            self.ends.push(self.purchases.len());
        }
    }

    /// What each has bought by an instant, those who had not bought yet among them.
    fn at(&self, now: Timestamp) -> impl Iterator<Item = Bought<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let each = starts.zip(self.ends.iter().copied());
        each.map(move |(start, end)| Bought::at(&self.purchases[start..end], now))
    }

    /// Measures them at an instant.
    #[must_use]
    pub fn measure(&self, now: Timestamp, currency: Currency, customers: u64) -> Measure {
        let buyers = self.at(now).filter(|it| it.count() > 0).count();
        let (limits, lacks) = match limits(self.at(now)) {
            Ok(limits) => (Some(limits), Vec::new()),
            Err(lacks) => (None, lacks),
        };
        let yardstick = Yardstick {
            cuts: self.cuts(now),
            limits,
        };
        let buyers = u64::try_from(buyers).unwrap_or(u64::MAX);
        Measure {
            at: now,
            currency,
            customers: customers.max(buyers),
            buyers,
            lacks,
            cells: self.cells(now, yardstick.cuts.as_ref()),
            stages: self.stages(now, yardstick.limits.as_ref()),
            moves: self.moves(now, yardstick.cuts.as_ref()),
            yardstick,
        }
    }

    fn cuts(&self, now: Timestamp) -> Option<Cuts> {
        let figures: Vec<Figures> = self.at(now).filter_map(Figures::of).collect();
        Cuts::learn(&figures)
    }

    fn cells(&self, now: Timestamp, cuts: Option<&Cuts>) -> Vec<Cell> {
        let Some(cuts) = cuts else {
            return Vec::new();
        };
        let mut tallies: BTreeMap<(u8, u8), Tally> = BTreeMap::new();
        for bought in self.at(now) {
            if let Some(figures) = Figures::of(bought) {
                let scores = cuts.scores(&figures);
                let place = (scores.recency, scores.frequency);
                tallies.entry(place).or_default().note(bought);
            }
        }
        let cell = |((recency, frequency), tally)| Cell {
            recency,
            frequency,
            tally,
        };
        tallies.into_iter().map(cell).collect()
    }

    fn stages(&self, now: Timestamp, limits: Option<&Limits>) -> Vec<(Stage, Tally)> {
        let mut tallies: BTreeMap<Stage, Tally> = BTreeMap::new();
        for bought in self.at(now).filter(|it| it.count() > 0) {
            if let (Some(stage), _) = Stage::of(bought, limits) {
                tallies.entry(stage).or_default().note(bought);
            }
        }
        tallies.into_iter().collect()
    }

    /// Where everybody was before: by the cuts of that day, taken of the orders that are known
    /// of it now, as those of now are.
    fn moves(&self, now: Timestamp, cuts: Option<&Cuts>) -> Vec<Moves> {
        let Some(cuts) = cuts else {
            return Vec::new();
        };
        let before = |days: u16| {
            let then = days_after(now, -i64::from(days));
            let cuts_then = self.cuts(then)?;
            let mut counts: BTreeMap<(Option<Group>, Group), u64> = BTreeMap::new();
            for (bought, had) in self.at(now).zip(self.at(then)) {
                if let Some(to) = group(bought, cuts) {
                    *counts.entry((group(had, &cuts_then), to)).or_default() += 1;
                }
            }
            let moved = counts.into_iter();
            let moved = moved.map(|((from, to), people)| Move { from, to, people });
            Some(Moves {
                days,
                moved: moved.collect(),
            })
        };
        MOVED_DAYS.into_iter().filter_map(before).collect()
    }
}

impl Tally {
    fn note(&mut self, bought: Bought<'_>) {
        self.people += 1;
        self.orders += u64::try_from(bought.priced_count()).unwrap_or(0);
        self.revenue = self.revenue.plus(bought.revenue());
    }

    /// These and those.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            orders: self.orders + other.orders,
            revenue: self.revenue.plus(other.revenue),
        }
    }
}

impl Measure {
    /// Every group with those in it; without cuts there is none.
    #[must_use]
    pub fn groups(&self) -> Vec<(Group, Tally)> {
        if self.yardstick.cuts.is_none() {
            return Vec::new();
        }
        let tally = |group: Group| {
            let of = |cell: &&Cell| Group::of(cell.recency, cell.frequency) == group;
            let cells = self.cells.iter().filter(of).map(|cell| cell.tally);
            cells.fold(Tally::default(), Tally::plus)
        };
        Group::ALL.map(|group| (group, tally(group))).to_vec()
    }
}

/// The group of somebody, if they have bought.
fn group(bought: Bought<'_>, cuts: &Cuts) -> Option<Group> {
    let figures = Figures::of(bought)?;
    Some(cuts.scores(&figures).group())
}

/// The limits of silence: from whole days between orders, because a day is how precisely anybody
/// says them.
fn limits<'a>(everybody: impl Iterator<Item = Bought<'a>>) -> Result<Limits, Vec<Lack>> {
    let mut gaps: Vec<f64> = Vec::new();
    let mut each: Vec<(usize, f64)> = Vec::new();
    for bought in everybody {
        if let Some(open) = bought.silence_days() {
            gaps.extend(bought.gaps().map(real));
            each.push((gaps.len(), real(open)));
        }
    }
    let starts = std::iter::once(0).chain(each.iter().map(|(end, _)| *end));
    let sequences: Vec<Sequence<'_>> = starts
        .zip(&each)
        .filter_map(|(start, (end, open))| Sequence::new(&gaps[start..*end], *open))
        .collect();
    match rhythm::limits(&sequences) {
        Ok(found) => Ok(Limits::new(&found, Pace::learn(&sequences).ok().as_ref())),
        Err(lacks) => Err(lacks.iter().map(Lack::from).collect()),
    }
}

impl From<&rhythm::Lack> for Lack {
    fn from(lack: &rhythm::Lack) -> Self {
        Self {
            of: match lack.of {
                rhythm::Lacking::Sequences => Lacking::Buyers,
                rhythm::Lacking::Repeating | rhythm::Lacking::RepeatingTwice => Lacking::Repeating,
                rhythm::Lacking::Watched => Lacking::Days,
            },
            have: whole(lack.have.floor()),
            least: whole(lack.least.ceil()),
        }
    }
}
