//! How words and days stand in documents.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer};

use crate::event::{Channel, EventKind};
use crate::id::{ListId, SegmentId};
use crate::identity::Kind;

/// Reads a word that must be one of a list.
fn read<'de, D: Deserializer<'de>, T>(
    from: D,
    known: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
    known(&word).ok_or_else(|| serde::de::Error::custom(format!("`{word}` is not known here")))
}

pub(super) mod event_kind {
    use super::{Deserializer, EventKind, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(kind: &EventKind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.word())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<EventKind, D::Error> {
        super::read(from, EventKind::from_word)
    }
}

pub(super) mod kind {
    use super::{Deserializer, Kind, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.word())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        super::read(from, |word| {
            Kind::ALL.into_iter().find(|kind| kind.word() == word)
        })
    }
}

pub(super) mod segment {
    use super::{Deserializer, SegmentId, Serializer};

    pub(crate) fn serialize<S: Serializer>(id: &SegmentId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SegmentId, D::Error> {
        super::read(from, |text| text.parse().ok())
    }
}

pub(super) mod list {
    use super::{Deserializer, ListId, Serializer};

    pub(crate) fn serialize<S: Serializer>(id: &ListId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ListId, D::Error> {
        super::read(from, |text| text.parse().ok())
    }
}

pub(super) mod channel {
    use super::{Channel, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(channel: &Channel, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(channel.word())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Channel, D::Error> {
        super::read(from, Channel::from_word)
    }
}

pub(super) mod maybe_channel {
    use super::{Channel, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(
        channel: &Option<Channel>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match channel {
            Some(channel) => super::channel::serialize(channel, to),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Channel>, D::Error> {
        super::channel::deserialize(from).map(Some)
    }
}

pub(super) mod day {
    use super::{Date, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        super::read(from, |text| text.parse().ok())
    }
}
