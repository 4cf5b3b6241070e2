//! Notes: what a customer said to a person of the company, in that person's words.
//!
//! **Invariant:** a note is written by the company's people or systems, never by a public key. A
//! removed note keeps its place and loses its words, whichever of the two events arrives first.

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::provenance::Provenance;
use super::sorted::{Entry, Sorted};
use super::touch::cut;
use crate::event::Event;
use crate::id::EventId;
use crate::json;
use crate::semantic;
use crate::time::Timestamp;

/// Notes kept per profile; whoever writes more about one person keeps a file, not notes.
const NOTES_MOST: usize = 500;
/// Letters of a note.
const TEXT_MOST_LETTERS: usize = 4000;
/// Bytes of the place and the writer's name.
const LABEL_MOST: usize = 200;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum About {
    /// Why they chose us.
    Reason = 0,
    /// What worries them.
    Worry = 1,
    /// What they like.
    Preference = 2,
    /// What we promised.
    Promise = 3,
    /// Anything else.
    Other = 4,
}

impl About {
    /// Every subject, in the order of its code.
    pub const ALL: [Self; 5] = [
        Self::Reason,
        Self::Worry,
        Self::Preference,
        Self::Promise,
        Self::Other,
    ];

    /// The word in events and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Worry => "worry",
            Self::Preference => "preference",
            Self::Promise => "promise",
            Self::Other => "other",
        }
    }

    /// The subject of a word; anything unknown is something else.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|about| about.word() == word)
            .unwrap_or(Self::Other)
    }
}

/// One note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was said, at most 4,000 letters.
    pub text: CompactString,
    /// What it is about.
    pub about: About,
    /// When the customer said it, if that was not when it was written down.
    pub occurred_at: Option<Timestamp>,
    /// Where: "at the counter", "on the phone".
    pub place: CompactString,
    /// Who wrote it down, as the event names them.
    pub actor: CompactString,
    /// When and by which event it was written down.
    pub provenance: Provenance,
}

impl Note {
    fn read(event: &Event) -> Option<Self> {
        let mut note = Self {
            text: CompactString::default(),
            about: About::Other,
            occurred_at: None,
            place: CompactString::default(),
            actor: CompactString::default(),
            provenance: Provenance::of(event),
        };
        for (key, raw) in json::members(&event.properties) {
            let Some(value) = json::text(raw) else {
                continue;
            };
            match key {
                "text" => note.text = first_letters(value.trim()),
                "about" => note.about = About::from_word(&value),
                "occurred_at" | "occurredAt" => note.occurred_at = Timestamp::parse(&value),
                "where" => note.place = CompactString::new(cut(value.trim(), LABEL_MOST)),
                "actor" => note.actor = CompactString::new(cut(value.trim(), LABEL_MOST)),
                _ => {}
            }
        }
        (!note.text.is_empty()).then_some(note)
    }
}

fn first_letters(text: &str) -> CompactString {
    let end = text
        .char_indices()
        .nth(TEXT_MOST_LETTERS)
        .map_or(text.len(), |(end, _)| end);
    CompactString::new(&text[..end])
}

/// A note's place: it can be known to be removed before it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    event: EventId,
    is_removed: bool,
    note: Option<Box<Note>>,
}

impl Entry for Place {
    fn order(&self, other: &Self) -> Ordering {
        self.event.cmp(&other.event)
    }

    fn absorb(&mut self, other: &Self) {
        self.is_removed |= other.is_removed;
        if self.is_removed {
            self.note = None;
        } else if self.note.is_none() {
            self.note.clone_from(&other.note);
        }
    }
}

/// The notes of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notes(Sorted<Place, NOTES_MOST>);

impl Notes {
    /// Takes in a note or its removal; claims are not listened to.
    pub(crate) fn learn(&mut self, event: &Event) {
        if !Provenance::of(event).is_proven() {
            return;
        }
        if event.name == semantic::NOTE_REMOVED {
            let removed = json::member(&event.properties, "note").and_then(json::text);
            if let Some(event) = removed.and_then(|id| id.parse().ok()) {
                self.0.add(Place {
                    event,
                    is_removed: true,
                    note: None,
                });
            }
        } else if let Some(note) = Note::read(event) {
            self.0.add(Place {
                event: event.id,
                is_removed: false,
                note: Some(Box::new(note)),
            });
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// The notes that stand, newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self
            .0
            .iter()
            .filter_map(|place| place.note.as_deref())
            .collect();
        notes.sort_by_key(|note| std::cmp::Reverse(note.provenance.stamp()));
        notes
    }
}
