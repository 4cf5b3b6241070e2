//! How much it takes to give credit at all, and what is too small to stand alone.

use crate::paths::{Path, Paths};

/// With fewer conversions no credit is worth showing.
pub const CONVERSIONS_LEAST: usize = 200;
/// A channel with fewer conversions on the paths that touch it does not stand alone.
pub const CHANNEL_LEAST: usize = 20;

/// There are too few conversions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// How many there are.
    pub conversions: usize,
    /// How many it takes.
    pub least: usize,
}

/// Paths whose small channels are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The paths, with one more channel, the last: all small ones. The others keep their places,
    /// and the places of the small ones are left empty.
    pub paths: Paths,
    /// Which channels are too small, ascending; what nobody touches is not among them.
    pub small: Vec<u16>,
}

impl Pooled {
    /// The channel that is all small ones.
    #[must_use]
    pub const fn others(&self) -> usize {
        self.paths.channels() - 1
    }
}

/// Makes one channel of all that are too small to stand alone ([`CHANNEL_LEAST`]).
///
/// # Errors
/// Where there are too few conversions ([`CONVERSIONS_LEAST`]).
pub fn pool(paths: &Paths) -> Result<Pooled, TooFew> {
    let conversions = paths.conversions();
    // What cannot be numbered cannot be touched either, so there is always a place for the others.
    let others = u16::try_from(paths.channels()).unwrap_or(u16::MAX);
    if conversions < CONVERSIONS_LEAST {
        return Err(TooFew {
            conversions,
            least: CONVERSIONS_LEAST,
        });
    }
    let mut of = vec![None; paths.channels()];
    for row in paths.rows().iter().filter(|row| row.journeys() > 0) {
        let mut members = row.touches.clone();
        members.sort_unstable();
        members.dedup();
        for member in members {
            *of[usize::from(member)].get_or_insert(0) += row.conversions;
        }
    }
    let is_small = |touch: u16| of[usize::from(touch)].is_some_and(|it| it < CHANNEL_LEAST);
    let small = (0..others).filter(|touch| is_small(*touch)).collect();
    let pooled = |touch: &u16| if is_small(*touch) { others } else { *touch };
    let rows = paths.rows().iter().map(|row| Path {
        touches: row.touches.iter().map(pooled).collect(),
        ..row.clone()
    });
    Ok(Pooled {
        paths: Paths::over_one_more(paths, rows.collect()),
        small,
    })
}
