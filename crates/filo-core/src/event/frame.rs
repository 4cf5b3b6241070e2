//! A frame: many events in one row of the log, as bytes.
//!
//! Layout: `count u32 | count × head (id, thread, at, body offset) | bodies`. Heads have a fixed
//! size, so that at start the ids and threads of the log's tail are read without touching bodies.
//!
//! **Invariant:** `Frame::parse(encode(events))` gives the same events; any other bytes give an
//! error, never a panic and never a wrong event.

use crate::event::Event;
use crate::id::{EventId, NodeId};
use crate::time::Timestamp;

const HEAD_BYTES: usize = 16 + 16 + 8 + 4;

/// The fixed part of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The event's id.
    pub id: EventId,
    /// Its thread.
    pub thread: NodeId,
    /// When it happened.
    pub at: Timestamp,
}

/// Bytes that are not a frame of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The bytes end too early or offsets point outside.
    #[error("the frame is cut short")]
    Short,
    /// A body does not hold an event.
    #[error("event {index} of the frame cannot be read")]
    Body {
        /// Which event.
        index: usize,
    },
}

/// Writes events as one frame.
///
/// # Panics
/// Never in practice: an event always serialises, and a request is bounded to a few megabytes.
#[must_use]
pub fn encode(events: &[Event]) -> Vec<u8> {
    let count = u32::try_from(events.len()).expect("a request holds at most thousands of events");
    let mut bytes = Vec::with_capacity(4 + events.len() * (HEAD_BYTES + 400));
    bytes.extend_from_slice(&count.to_be_bytes());
    bytes.resize(4 + events.len() * HEAD_BYTES, 0);
    for (index, event) in events.iter().enumerate() {
        let offset = u32::try_from(bytes.len()).expect("a frame is bounded to megabytes");
        let head = &mut bytes[4 + index * HEAD_BYTES..4 + (index + 1) * HEAD_BYTES];
        head[..16].copy_from_slice(&event.id.to_bytes());
        head[16..32].copy_from_slice(&event.thread.to_bytes());
        head[32..40].copy_from_slice(&event.at.0.to_be_bytes());
        head[40..].copy_from_slice(&offset.to_be_bytes());
        bytes = postcard::to_extend(event, bytes).expect("an event has no unserialisable part");
    }
    bytes
}

/// A parsed frame over borrowed bytes.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    bytes: &'a [u8],
    count: usize,
}

impl<'a> Frame<'a> {
    /// Checks the heads.
    ///
    /// # Errors
    /// If the bytes are shorter than their heads say.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let count = bytes.first_chunk::<4>().ok_or(FrameError::Short)?;
        let count = u32::from_be_bytes(*count) as usize;
        let heads = count
            .checked_mul(HEAD_BYTES)
            .and_then(|heads| heads.checked_add(4));
        match heads {
            Some(heads) if heads <= bytes.len() => Ok(Self { bytes, count }),
            _ => Err(FrameError::Short),
        }
    }

    /// How many events it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The fixed part of event `index`.
    #[must_use]
    pub fn head(&self, index: usize) -> Option<Head> {
        let bytes = self.head_bytes(index)?;
        Some(Head {
            id: EventId(u128::from_be_bytes(*bytes.first_chunk()?)),
            thread: NodeId(u128::from_be_bytes(*bytes.get(16..)?.first_chunk()?)),
            at: Timestamp(i64::from_be_bytes(*bytes.get(32..)?.first_chunk()?)),
        })
    }

    /// The whole event `index`.
    ///
    /// # Errors
    /// If there is no such event or its body cannot be read.
    pub fn event(&self, index: usize) -> Result<Event, FrameError> {
        let offset = self
            .head_bytes(index)
            .and_then(|head| head.get(40..)?.first_chunk::<4>())
            .ok_or(FrameError::Short)?;
        let body = self
            .bytes
            .get(u32::from_be_bytes(*offset) as usize..)
            .ok_or(FrameError::Short)?;
        postcard::take_from_bytes(body)
            .map(|(event, _)| event)
            .map_err(|_unreadable| FrameError::Body { index })
    }

    /// Every event, in order.
    ///
    /// # Errors
    /// At the first one that cannot be read.
    pub fn events(&self) -> Result<Vec<Event>, FrameError> {
        (0..self.count).map(|index| self.event(index)).collect()
    }

    fn head_bytes(&self, index: usize) -> Option<&'a [u8]> {
        if index >= self.count {
            return None;
        }
        let start = 4 + index * HEAD_BYTES;
        self.bytes.get(start..start + HEAD_BYTES)
    }
}
