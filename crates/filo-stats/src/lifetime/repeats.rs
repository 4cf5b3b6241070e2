//! Repeats of one who may have stopped.
//!
//! **Invariant:** who was seen longer ago, all else equal, is less likely to go on.

use crate::random::Random;
use crate::special::hypergeometric;

/// What was seen of one, from the first time on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    repeats: u32,
    last: f64,
    watched: f64,
}

impl History {
    /// So many repeats after the first time, the last one so long after it, and for how long one
    /// has looked since the first time. `None` where a time is negative or not finite, the last
    /// repeat lies beyond what was watched, nothing was watched, or without repeats there is a
    /// last one (or with them none).
    #[must_use]
    pub fn new(repeats: u32, last: f64, watched: f64) -> Option<Self> {
        let is_time = last >= 0.0 && last <= watched && watched > 0.0 && watched.is_finite();
        ((repeats > 0) == (last > 0.0) && is_time).then_some(Self {
            repeats,
            last,
            watched,
        })
    }

    /// Repeats after the first time.
    #[must_use]
    pub const fn repeats(&self) -> u32 {
        self.repeats
    }

    /// Time from the first time to the last repeat; 0 without repeats.
    #[must_use]
    pub const fn last(&self) -> f64 {
        self.last
    }

    /// Time from the first time until now.
    #[must_use]
    pub const fn watched(&self) -> f64 {
        self.watched
    }
}

/// When one can stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// After each repeat (BG/NBD): Fader, Hardie, Lee, "“Counting Your Customers” the Easy Way: An
    /// Alternative to the Pareto/NBD Model", Marketing Science 24 (2005), 275–284. Who never
    /// repeated goes on with certainty, so never rank by the chance of going on.
    AfterRepeats,
    /// After the first time too (MBG/NBD): Batislam, Denizel, Filiztekin, "Empirical validation
    /// and comparison of models for customer base analysis", International Journal of Research in
    /// Marketing 24 (2007), 201–209.
    AfterAny,
}

impl Process {
    /// Chances to stop that come with the first time.
    pub(super) const fn first_chance(self) -> f64 {
        match self {
            Self::AfterRepeats => 0.0,
            Self::AfterAny => 1.0,
        }
    }
}

/// The process of many: rates of repeating are gamma, chances of stopping are beta.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeats {
    /// When one can stop.
    pub process: Process,
    /// Shape of the rates.
    pub r: f64,
    /// Rate of the rates: their mean is r/α per unit of time.
    pub alpha: f64,
    /// First shape of the chances of stopping: their mean is a/(a + b).
    pub a: f64,
    /// Second shape.
    pub b: f64,
}

/// Repeats that are drawn of one.
const DRAWN_MOST: u32 = 10_000;
/// Nearer to 1 than this the formula divides two numbers that vanish: then it is taken as the mean
/// of both sides, which is as exact as 1e-8.
const POLE: f64 = 1e-4;

impl Repeats {
    /// The chance that one goes on.
    #[must_use]
    pub fn going_on(&self, history: &History) -> f64 {
        let first = self.process.first_chance();
        let repeats = f64::from(history.repeats);
        let chances = repeats + first;
        if chances <= 0.0 {
            return 1.0;
        }
        let silence = ((self.alpha + history.watched) / (self.alpha + history.last)).ln();
        let odds = self.a / (self.b + chances - 1.0) * ((self.r + repeats) * silence).exp();
        1.0 / (1.0 + odds)
    }

    /// Repeats expected in the next `time`. `None` where it is negative or not finite, or the
    /// formula does not come to rest.
    #[must_use]
    pub fn expected(&self, history: &History, time: f64) -> Option<f64> {
        Some(self.if_going_on(history, time)? * self.going_on(history))
    }

    /// The chance of at least one repeat in the next `time`; `None` where it is negative or not
    /// finite. Unlike the chance of going on this ranks by what will be seen.
    #[must_use]
    pub fn any(&self, history: &History, time: f64) -> Option<f64> {
        if !(time >= 0.0 && time.is_finite()) {
            return None;
        }
        let now = self.alpha + history.watched;
        let none = (now / (now + time)).powf(self.r + f64::from(history.repeats));
        Some(self.going_on(history) * (1.0 - none))
    }

    /// Repeats of one in the next `time`, drawn: whether it goes on, then its own rate and chance
    /// of stopping after what was seen of it, then time after time until it stops.
    pub fn draw(&self, history: &History, time: f64, random: &mut Random) -> u32 {
        if random.unit() >= self.going_on(history) {
            return 0;
        }
        let repeats = f64::from(history.repeats);
        let chances = repeats + self.process.first_chance();
        let rate = random.gamma(self.r + repeats) / (self.alpha + history.watched);
        let (stops, stays) = (random.gamma(self.a), random.gamma(self.b + chances));
        let stopping = stops / (stops + stays).max(f64::MIN_POSITIVE);
        let (mut at, mut count) = (0.0, 0);
        while count < DRAWN_MOST {
            at += random.gamma(1.0) / rate.max(f64::MIN_POSITIVE);
            if at > time {
                break;
            }
            count += 1;
            if random.unit() < stopping {
                break;
            }
        }
        count
    }

    /// Repeats expected in the next `time` of one that is known to go on now.
    #[must_use]
    pub fn if_going_on(&self, history: &History, time: f64) -> Option<f64> {
        if !(time >= 0.0 && time.is_finite()) {
            return None;
        }
        if (self.a - 1.0).abs() >= POLE {
            return self.expected_with(self.a, history, time);
        }
        let below = self.expected_with(1.0 - POLE, history, time)?;
        let above = self.expected_with(1.0 + POLE, history, time)?;
        Some(f64::midpoint(below, above))
    }

    fn expected_with(&self, a: f64, history: &History, time: f64) -> Option<f64> {
        let repeats = f64::from(history.repeats);
        let (shape, chances) = (self.r + repeats, repeats + self.process.first_chance());
        let whole = a + self.b + chances - 1.0;
        let now = self.alpha + history.watched;
        let series = hypergeometric(shape, self.b + chances, whole, time / (now + time))?;
        let left = (now / (now + time)).powf(shape) * series;
        Some((whole / (a - 1.0) * (1.0 - left)).max(0.0))
    }
}
