//! How good what is known is, in five figures, of one person or of many.
//!
//! - completeness: of the five things asked of everybody, the share that is known;
//! - validity: of the values that are known, the share with which nothing is broken;
//! - freshness: the mean of ½^(age ÷ two years) over the values that are known;
//! - uniqueness: of addresses, numbers and tax codes, the share that nobody else has;
//! - consistency: of the checks of one value against another, the share that holds.
//!
//! **Invariant:** a figure of which nothing can be told is absent, never nought; the whole is the
//! plain mean of the figures that can be told.

use serde::{Deserialize, Serialize};

use super::finding::Field;
use crate::id::SourceId;
use crate::time::Timestamp;

/// After so many days a value counts half. A choice, not a measurement: long enough that a value
/// said yearly stays above two thirds, short enough that one of five years ago hardly counts.
pub const HALF_LIFE_DAYS: i64 = 730;
/// What is asked of everybody.
pub const ASKED: [Field; 5] = [
    Field::Name,
    Field::Email,
    Field::Phone,
    Field::Birthday,
    Field::Address,
];
const DAY_MICROS: i64 = 86_400 * 1_000_000;

/// One value that is known, as the figures need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The place of its field in [`Field::ALL`].
    field: u8,
    /// Who said it; nobody knows of one that only an identifier tells.
    pub source: Option<SourceId>,
    /// When it was said last.
    pub at: Timestamp,
    /// Nothing is broken.
    pub is_sound: bool,
    /// Checks against other values.
    pub checks: u8,
    /// Those that hold.
    pub held: u8,
}

impl Mark {
    pub(super) fn new(field: Field, said: Option<(SourceId, Timestamp)>, is_sound: bool) -> Self {
        Self {
            field: field as u8,
            source: said.map(|(source, _)| source),
            at: said.map_or(Timestamp::MIN, |(_, at)| at),
            is_sound,
            checks: 0,
            held: 0,
        }
    }

    /// Which value.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        Field::ALL.get(usize::from(self.field)).copied()
    }

    /// Whether it is one of the things that are asked of everybody.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.field().is_some_and(|field| ASKED.contains(&field))
    }

    /// What is left of its freshness.
    fn freshness(&self, now: Timestamp) -> f64 {
        let days = now.micros_since(self.at).max(0) / DAY_MICROS;
        // Beyond that nothing is left that could be written.
        let days = u32::try_from(days.min(HALF_LIFE_DAYS * 20)).unwrap_or_default();
        0.5_f64.powf(f64::from(days) / 730.0)
    }
}

/// The marks of a person as they are kept.
#[must_use]
pub fn marks_to_bytes(marks: &[Mark]) -> Vec<u8> {
    postcard::to_stdvec(marks).unwrap_or_default()
}

/// The marks of kept bytes; none if they are of another layout: they are made again.
#[must_use]
pub fn marks_of_bytes(bytes: &[u8]) -> Option<Vec<Mark>> {
    postcard::from_bytes(bytes).ok()
}

/// The five figures, in parts of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// Of what is asked, what is known.
    pub completeness: Option<u16>,
    /// Of what is known, what is not broken.
    pub validity: Option<u16>,
    /// How new it is.
    pub freshness: Option<u16>,
    /// Of what is one person's, what nobody else has.
    pub uniqueness: Option<u16>,
    /// Of what can be compared, what agrees.
    pub consistency: Option<u16>,
}

impl Scores {
    /// The figures with their words, in their order.
    #[must_use]
    pub const fn figures(&self) -> [(&'static str, Option<u16>); 5] {
        [
            ("completeness", self.completeness),
            ("validity", self.validity),
            ("freshness", self.freshness),
            ("uniqueness", self.uniqueness),
            ("consistency", self.consistency),
        ]
    }

    /// The mean of what can be told.
    #[must_use]
    pub fn whole(&self) -> Option<u16> {
        let known = self.figures().into_iter().filter_map(|(_, figure)| figure);
        let (sum, count) = known.fold((0_u32, 0_u32), |(sum, count), figure| {
            (sum + u32::from(figure), count + 1)
        });
        let mean = (sum + count / 2).checked_div(count)?;
        u16::try_from(mean).ok()
    }
}

/// Values of many people added up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    asked: u64,
    known: u64,
    present: u64,
    sound: u64,
    fresh: f64,
    checks: u64,
    held: u64,
    keys: u64,
    own: u64,
}

impl Tally {
    /// Adds a value, as one of those that were asked or beside them.
    pub fn add(&mut self, mark: &Mark, now: Timestamp, was_asked: bool) {
        self.present += 1;
        self.sound += u64::from(mark.is_sound);
        self.fresh += mark.freshness(now);
        self.checks += u64::from(mark.checks);
        self.held += u64::from(mark.held);
        self.known += u64::from(was_asked);
    }

    /// Says of how many values the known ones are.
    pub fn ask(&mut self, asked: u64) {
        self.asked += asked;
    }

    /// Adds values of which some are nobody else's.
    pub fn compare(&mut self, keys: u64, own: u64) {
        self.keys += keys;
        self.own += own;
    }

    /// The figures.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share between nought and one, of fewer values than a float counts exactly"
    )]
    pub fn scores(&self) -> Scores {
        let share = |part: f64, whole: u64| {
            let share = (part / whole as f64).clamp(0.0, 1.0);
            (whole > 0).then(|| (share * 1000.0).round() as u16)
        };
        Scores {
            completeness: share(self.known as f64, self.asked),
            validity: share(self.sound as f64, self.present),
            freshness: share(self.fresh, self.present),
            uniqueness: share(self.own as f64, self.keys),
            consistency: share(self.held as f64, self.checks),
        }
    }

    /// The tally of one person: `keys` values of theirs can be compared, `own` are nobody else's.
    #[must_use]
    pub fn of_person(marks: &[Mark], now: Timestamp, (keys, own): (u64, u64)) -> Self {
        let mut tally = Self::default();
        tally.ask(ASKED.len() as u64);
        for mark in marks {
            tally.add(mark, now, mark.is_asked());
        }
        tally.compare(keys, own);
        tally
    }
}
