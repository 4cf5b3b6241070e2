//! What of somebody's segments may be another answer, and what made it so.
//!
//! **Invariant:** a turn is put down to the last event that could bring it about, if there was
//! one; otherwise to what touched every segment, and only then to time.

use std::borrow::Cow;

use filo_core::segment::{Book, Occasion, Place, Places};
use smallvec::{SmallVec, smallvec};

/// Different sets of segments that are remembered; with more of them every one is looked at.
const SETS_MOST: usize = 16;

/// Which segments are to be worked out anew for somebody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stir {
    /// Those at these places, and what may have changed them.
    at: SmallVec<[(Occasion, Places); 1]>,
    /// Every one, and what may have changed them.
    all: Option<Occasion>,
    /// Those that time can change.
    is_timed: bool,
}

impl Stir {
    /// Those at these places, in order.
    pub(crate) fn at(occasion: Occasion, places: Places) -> Self {
        Self {
            at: smallvec![(occasion, places)],
            ..Self::default()
        }
    }

    /// Every one.
    pub(crate) fn all(occasion: Occasion) -> Self {
        Self {
            all: Some(occasion),
            ..Self::default()
        }
    }

    /// Those that time can change.
    pub(crate) fn timed() -> Self {
        Self {
            is_timed: true,
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.is_timed |= other.is_timed;
        self.all = self.all.max(other.all);
        for (occasion, places) in other.at {
            if let Some((last, known)) = self.at.last_mut()
                && *known == places
            {
                *last = occasion;
            } else if self.at.len() < SETS_MOST {
                self.at.push((occasion, places));
            } else {
                self.all = self.all.max(Some(occasion));
            }
        }
    }

    /// The places to look at; also those that time has changed, where that is due.
    pub(crate) fn places(&self, book: &Book, is_due: bool) -> Cow<'_, [Place]> {
        let is_every = self.all.is_some() || ((is_due || self.is_timed) && !self.at.is_empty());
        if is_every {
            return Cow::Owned(book.places().collect());
        }
        if self.is_timed {
            return Cow::Owned(book.timed().collect());
        }
        if let [(_, places)] = self.at.as_slice() {
            return Cow::Borrowed(places);
        }
        let mut places: Vec<Place> = self
            .at
            .iter()
            .flat_map(|(_, it)| it.iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        Cow::Owned(places)
    }

    /// What made the answer at a place another one.
    pub(crate) fn occasion(&self, place: Place) -> Occasion {
        let touches = |(_, places): &&(Occasion, Places)| places.binary_search(&place).is_ok();
        match self.at.iter().rev().find(touches) {
            Some((occasion, _)) => *occasion,
            None => self.all.unwrap_or(Occasion::Time),
        }
    }
}

#[cfg(test)]
mod tests {
    use filo_core::id::EventId;

    use super::*;

    fn by(event: u128, places: &[Place]) -> Stir {
        Stir::at(Occasion::Event(EventId(event)), places.into())
    }

    #[test]
    fn a_turn_is_put_down_to_the_last_event_that_can_bring_it_about() {
        let mut stir = by(1, &[2, 5]);
        stir.add(by(2, &[5, 7]));
        stir.add(by(3, &[5, 7]));
        let book = Book::default();
        assert_eq!(*stir.places(&book, false), [2, 5, 7]);
        assert_eq!(stir.occasion(2), Occasion::Event(EventId(1)));
        assert_eq!(stir.occasion(5), Occasion::Event(EventId(3)));
        assert_eq!(stir.occasion(6), Occasion::Time, "another had become due");
        stir.add(Stir::all(Occasion::Identity));
        stir.add(Stir::all(Occasion::Removal));
        assert_eq!(stir.occasion(6), Occasion::Identity);
        assert_eq!(stir.occasion(7), Occasion::Event(EventId(3)));
    }

    #[test]
    fn many_sets_become_every_segment() {
        let mut stir = Stir::timed();
        for place in 0..100 {
            stir.add(by(u128::from(place), &[place]));
        }
        assert!(stir.at.len() <= SETS_MOST && stir.all.is_some());
    }
}
