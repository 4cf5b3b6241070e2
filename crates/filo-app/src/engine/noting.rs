//! What has just happened that may bring somebody into a journey, or move them on: noted while
//! events are applied, seen to right after.
//!
//! **Invariant:** what came with an import, a rebuild or a merge brings nobody in: only an event
//! that was applied for the first time, and a turn that an event or time brought about.

use filo_core::id::{EventId, JourneyId, NodeId};
use filo_core::journey::Heard;
use filo_core::segment::{Occasion, Turn};
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use super::apply::Arrival;
use super::live::Live;
use crate::journey::JOURNEY_SOURCE;

/// Something that happened on a thread.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    pub(crate) thread: NodeId,
    pub(crate) what: Happening,
}

/// What it was.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    /// An event, with what it means to journeys.
    Event {
        heard: SmallVec<[Heard; 1]>,
        /// Its id, if a journey put it there.
        echo: Option<EventId>,
    },
    /// They came into a segment or left it, and that brings them in here.
    Turn {
        journey: JourneyId,
        at: Timestamp,
        why: String,
    },
    /// It is somebody else's now.
    Moved,
}

impl Live {
    /// Notes an event that was applied.
    pub(super) fn note_event(&mut self, arrival: &Arrival) {
        if self.journeys.is_empty() {
            return;
        }
        let event = &arrival.event;
        let heard = self.journeys.hear(event);
        let echo = (event.source == JOURNEY_SOURCE).then_some(event.id);
        if heard.is_empty() && echo.is_none() && !self.journeys.is_watchful() {
            return;
        }
        let what = Happening::Event { heard, echo };
        let thread = event.thread;
        self.noted.push(Noted { thread, what });
    }

    /// Notes that a node became somebody else's.
    pub(super) fn note_move(&mut self, thread: NodeId) {
        if !self.journeys.is_empty() {
            let what = Happening::Moved;
            self.noted.push(Noted { thread, what });
        }
    }

    /// Notes that somebody came into a segment or left it.
    pub(super) fn note_turn(
        &mut self,
        thread: NodeId,
        turn: Turn,
        occasion: Option<Occasion>,
        at: Timestamp,
    ) {
        if self.journeys.is_empty() {
            return;
        }
        if !matches!(occasion, Some(Occasion::Event(_) | Occasion::Time)) {
            return;
        }
        let journeys: Vec<JourneyId> = self.journeys.turned(turn.segment, turn.is_in).collect();
        for journey in journeys {
            let word = match (self.journeys.is_day(turn.segment), turn.is_in) {
                (true, _) => "day".to_owned(),
                (false, true) => format!("entered {}", turn.segment),
                (false, false) => format!("left {}", turn.segment),
            };
            let what = Happening::Turn {
                journey,
                at,
                why: word,
            };
            self.noted.push(Noted { thread, what });
        }
    }
}
