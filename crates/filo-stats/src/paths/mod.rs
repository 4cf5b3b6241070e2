//! The ways that lead somewhere or nowhere: what was touched on them, in which order, and how each
//! ended.
//!
//! What can be touched is a channel: a small number, below how many there are.
//!
//! **Invariant:** what comes out depends on how often each path was gone and not on how the rows
//! that say so are split or ordered.

mod discovery;
mod graph;
mod moments;
#[cfg(test)]
mod tests;
mod variants;

pub use discovery::benjamini_hochberg;
pub use graph::{Follow, Graph, Node};
pub use moments::{CONVERSIONS_LEAST, Moment, Stratified, moments};
pub use variants::{Variant, variants};

use crate::counting::real;

/// So many channels have a number, and one place stays free.
pub const CHANNELS_MOST: usize = u16::MAX as usize;

/// A path, and how often it was gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The channels in the order in which they were touched; one may come again.
    pub touches: Vec<u16>,
    /// How many journeys on this path ended with a conversion.
    pub conversions: usize,
    /// What these conversions were worth together, in any unit.
    pub value: f64,
    /// How many journeys on this path ended without one.
    pub nulls: usize,
    /// How long before the end each touch was, in days, in the order of the touches; `None` where
    /// nobody knows.
    pub ages: Option<Vec<f64>>,
}

impl Path {
    /// How many journeys went this way, however they ended.
    #[must_use]
    pub const fn journeys(&self) -> usize {
        self.conversions + self.nulls
    }

    fn is_sound(&self, channels: usize) -> bool {
        let is_known = |touch: &u16| usize::from(*touch) < channels;
        let is_age = |age: &f64| *age >= 0.0 && age.is_finite();
        let are_ages =
            |ages: &Vec<f64>| ages.len() == self.touches.len() && ages.iter().all(is_age);
        let is_value = self.value >= 0.0 && self.value.is_finite();
        !self.touches.is_empty()
            && self.touches.iter().all(is_known)
            && is_value
            && (self.conversions > 0 || self.value <= 0.0)
            && self.ages.as_ref().is_none_or(are_ages)
    }
}

/// Paths over the same channels.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths {
    channels: usize,
    rows: Vec<Path>,
}

impl Paths {
    /// Paths over so many channels. The same path may stand in several rows.
    ///
    /// `None` where there is no row or more than [`CHANNELS_MOST`] channels, or a row touches
    /// nothing or a channel that is not there, has a value that is negative, not finite or of no
    /// conversion, or ages that are negative, not finite or not as many as its touches.
    #[must_use]
    pub fn new(channels: usize, rows: Vec<Path>) -> Option<Self> {
        let are_sound = rows.iter().all(|row| row.is_sound(channels));
        let is_some = !rows.is_empty() && channels <= CHANNELS_MOST;
        (is_some && are_sound).then_some(Self { channels, rows })
    }

    /// How many channels there are, touched or not.
    #[must_use]
    pub const fn channels(&self) -> usize {
        self.channels
    }

    /// The rows, in the order in which they were given.
    #[must_use]
    pub fn rows(&self) -> &[Path] {
        &self.rows
    }

    /// How many journeys ended with a conversion.
    #[must_use]
    pub fn conversions(&self) -> usize {
        self.rows.iter().map(|row| row.conversions).sum()
    }

    /// How many journeys there were.
    #[must_use]
    pub fn journeys(&self) -> usize {
        self.rows.iter().map(Path::journeys).sum()
    }

    /// What all conversions were worth.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.rows.iter().map(|row| row.value).sum()
    }

    /// The share of journeys that ended with a conversion; `None` where nobody went anywhere.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let journeys = self.journeys();
        (journeys > 0).then(|| real(self.conversions()) / real(journeys))
    }

    /// Whether there are conversions, and paths that differ in what they touch.
    pub(crate) fn tell_apart(&self) -> bool {
        let differ = |pair: &[Path]| pair[0].touches != pair[1].touches;
        self.conversions() > 0 && self.rows.windows(2).any(differ)
    }

    /// Rows over the channels of other paths and one more, which touch nothing else.
    pub(crate) fn over_one_more(paths: &Self, rows: Vec<Path>) -> Self {
        let channels = paths.channels + 1;
        Self { channels, rows }
    }

    /// The same paths, gone as often as `count` says of each.
    pub(crate) fn recount(&mut self, mut count: impl FnMut(&mut Path)) {
        self.rows.iter_mut().for_each(&mut count);
    }
}
