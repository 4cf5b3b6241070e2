//! How much a medium takes, and how much of it is read.

use super::field::Field;
use super::sms::{Segments, segments};
use crate::message::Medium;

/// Bytes of a mail above which it is warned: Gmail cuts off what is beyond some 102 kB.
pub const LETTER_BYTES_WARN: usize = 90_000;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Characters up to which it is read on a phone.
    pub good: usize,
    /// Characters that the medium takes.
    pub most: usize,
}

/// The limits of a field. Those of WhatsApp (1024) and Telegram (4096) are theirs, a text message
/// has six parts at most; the rest is what mail programs and phones show.
#[must_use]
pub const fn limit_of(medium: Medium, field: Field) -> Limit {
    let (good, most) = match (medium, field) {
        (_, Field::Subject) => (60, 150),
        (_, Field::Preheader) => (100, 150),
        (Medium::Push, Field::Title) => (40, 65),
        (Medium::Push, Field::Text) => (120, 240),
        (Medium::InApp, Field::Title) => (40, 60),
        (Medium::InApp, Field::Text) => (140, 240),
        (Medium::Email, Field::Text) => (1_500, 20_000),
        (Medium::Sms, Field::Text) => (160, 918),
        (Medium::Whatsapp, Field::Text) => (500, 1_024),
        (Medium::Telegram, Field::Text) => (800, 4_096),
        (Medium::Call, Field::Text) => (600, 2_000),
        (Medium::Counter, Field::Text) => (200, 500),
        (_, Field::Title) => (60, 80),
        (_, Field::Label) => (20, 30),
        (_, Field::Link | Field::Image) => (200, 2_000),
        (_, Field::Layout) => (10, 10),
        (_, Field::Template) => (60, 512),
        (_, Field::Why | Field::Variation) => (200, 300),
    };
    Limit { good, most }
}

/// How long a text came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Characters.
    pub letters: usize,
    /// What the field takes.
    pub limit: Limit,
    /// Parts, of a text message.
    pub segments: Option<Segments>,
}

/// Counts what stands in a field.
#[must_use]
pub fn count(medium: Medium, field: Field, text: &str) -> Counted {
    let parts = (medium == Medium::Sms && field == Field::Text).then(|| segments(text));
    Counted {
        letters: text.chars().count(),
        limit: limit_of(medium, field),
        segments: parts,
    }
}
