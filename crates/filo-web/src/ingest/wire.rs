//! The JSON of Segment's calls, read in one pass without copying: values stay slices of the body
//! and only the fields that are used are looked into later.
//!
//! **Invariant:** a fault in one message of a batch is a flaw of that message, never of the batch:
//! JSON parses here whatever its values are (but for a number beyond all range, or half a
//! character, in the place of a whole message or key).

use std::borrow::Cow;
use std::fmt;

use filo_core::intake::Scalar;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::field::Field;
use super::message::Message;

/// Most events of one batch, as Segment has it; the rest goes to quarantine.
pub(super) const EVENTS_MOST: usize = 2500;
/// The excess of a batch is cut into pieces that fit into quarantine, with room for what stands
/// around them.
const EXCESS_BYTES_MOST: usize = (64 << 10) - 8192;

/// A request's body.
#[derive(Debug, Default)]
pub(super) struct Wire<'a> {
    /// The only message, or what the batch says of all of them.
    pub(super) root: Message<'a>,
    pub(super) batch: Option<Batch<'a>>,
}

/// The messages of a batch.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    pub(super) messages: Vec<Message<'a>>,
    /// Those beyond [`EVENTS_MOST`], as lists without their brackets, each small enough for
    /// quarantine.
    pub(super) excess: Vec<String>,
    pub(super) is_list: bool,
}

/// Reads a body.
pub(super) fn parse(body: &str) -> Result<Wire<'_>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(body);
    let mut wire = Wire::default();
    wire.root = json.deserialize_any(MessageVisitor {
        batch: Some(&mut wire.batch),
    })?;
    json.end()?;
    Ok(wire)
}

/// A key: the field it names, and its length.
struct Key(Option<Field>, usize);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a key")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Key, E> {
                Ok(Key(Field::from_word(word), word.len()))
            }
        }
        json.deserialize_identifier(KeyVisitor)
    }
}

/// Reads a message. At the root, `batch` is read into its place; within a batch it is dropped.
struct MessageVisitor<'s, 'a> {
    batch: Option<&'s mut Option<Batch<'a>>>,
}

/// What stands where an object should.
fn other<E>(text: impl Into<String>) -> Result<Message<'static>, E> {
    Ok(Message {
        other: Some(text.into()),
        ..Message::default()
    })
}

impl<'a> Visitor<'a> for MessageVisitor<'_, 'a> {
    type Value = Message<'a>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a message")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<Message<'a>, A::Error> {
        let mut message = Message {
            size_bytes: 1,
            ..Message::default()
        };
        while let Some(Key(field, length)) = map.next_key()? {
            if let (Some(Field::Batch), Some(place)) = (field, self.batch.as_deref_mut()) {
                if place.is_some() {
                    message.repeated = Some(Field::Batch);
                }
                *place = Some(map.next_value_seed(BatchSeed)?);
                continue;
            }
            let raw = map.next_value::<&'a RawValue>()?.get();
            // Two quotes, a colon, a comma or the closing brace.
            message.size_bytes += length + raw.len() + 4;
            if let Some(field) = field {
                message.keep(field, raw);
            }
        }
        Ok(message)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Message<'a>, A::Error> {
        let mut text = String::from("[");
        while let Some(item) = list.next_element::<&'a RawValue>()? {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(item.get());
        }
        text.push(']');
        other(text)
    }

    fn visit_unit<E>(self) -> Result<Message<'a>, E> {
        other("null")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Message<'a>, E> {
        other(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Message<'a>, E> {
        other(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Message<'a>, E> {
        other(value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Message<'a>, E> {
        other(value.to_string())
    }

    fn visit_str<E>(self, value: &str) -> Result<Message<'a>, E> {
        other(serde_json::to_string(value).unwrap_or_default())
    }
}

impl<'a> DeserializeSeed<'a> for MessageVisitor<'_, 'a> {
    type Value = Message<'a>;

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<Message<'a>, D::Error> {
        json.deserialize_any(self)
    }
}

struct BatchSeed;

impl<'a> DeserializeSeed<'a> for BatchSeed {
    type Value = Batch<'a>;

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<Batch<'a>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for BatchSeed {
    type Value = Batch<'a>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of messages")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Batch<'a>, A::Error> {
        let mut batch = Batch {
            is_list: true,
            ..Batch::default()
        };
        while batch.messages.len() < EVENTS_MOST {
            match list.next_element_seed(MessageVisitor { batch: None })? {
                Some(message) => batch.messages.push(message),
                None => return Ok(batch),
            }
        }
        while let Some(item) = list.next_element::<&'a RawValue>()? {
            set_aside(&mut batch.excess, item.get());
        }
        Ok(batch)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Batch<'a>, A::Error> {
        while map.next_entry::<Key, &'a RawValue>()?.is_some() {}
        Ok(Batch::default())
    }

    fn visit_unit<E>(self) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Batch<'a>, E> {
        Ok(Batch::default())
    }
}

/// Puts an item of a list that is too long to the pieces that go to quarantine.
pub(super) fn set_aside(pieces: &mut Vec<String>, item: &str) {
    match pieces.last_mut() {
        Some(piece) if piece.len() + item.len() < EXCESS_BYTES_MOST => {
            piece.push(',');
            piece.push_str(item);
        }
        _ => pieces.push(item.to_owned()),
    }
}

/// The write key in a body: of the batch, or of its first message.
pub(super) fn write_key<'a>(wire: &Wire<'a>) -> Option<Cow<'a, str>> {
    let first = wire.batch.as_ref().and_then(|batch| batch.messages.first());
    [Some(&wire.root), first]
        .into_iter()
        .flatten()
        .find_map(|message| match message.scalar(Field::WriteKey) {
            Scalar::Text(key) if !key.is_empty() => Some(key),
            _ => None,
        })
}
