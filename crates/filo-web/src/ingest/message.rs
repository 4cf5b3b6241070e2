//! One message as it came: slices of the body, by field.
//!
//! **Invariant:** a message can be written out again with all the fields that are read, so what
//! goes to quarantine can be mended and sent anew.

use std::fmt::Write as _;

use filo_core::event::EventKind;
use filo_core::intake::{Call, Defect, DefectCode, Scalar};

use super::field::{FIELDS, Field};

/// One message: the raw JSON of its fields.
#[derive(Debug, Default)]
pub(super) struct Message<'a> {
    pub(super) fields: [Option<&'a str>; FIELDS.len()],
    /// Without the white space between fields.
    pub(super) size_bytes: usize,
    pub(super) repeated: Option<Field>,
    /// What it was instead of an object.
    pub(super) other: Option<String>,
}

impl<'a> Message<'a> {
    pub(super) fn get(&self, field: Field) -> Option<&'a str> {
        self.fields.get(field as usize).copied().flatten()
    }

    pub(super) fn scalar(&self, field: Field) -> Scalar<'a> {
        self.get(field).map_or(Scalar::Absent, Scalar::read)
    }

    /// The call that it makes, of the kind that the route implies.
    pub(super) fn call(&self, implied: Option<EventKind>) -> Result<Call<'a>, Defect> {
        if self.other.is_some() {
            let hint = "a message must be an object, such as {\"type\": \"track\", …}";
            return Err(Defect::new(DefectCode::NotAnObject, "", hint));
        }
        if let Some(field) = self.repeated {
            let hint = "stands twice, with two values; send it once";
            return Err(Defect::new(DefectCode::RepeatedField, field.word(), hint));
        }
        let kind = implied.map_or_else(|| self.scalar(Field::Type), |kind| kind.word().into());
        Ok(Call {
            kind,
            event: self.scalar(Field::Event),
            name: self.scalar(Field::Name),
            category: self.scalar(Field::Category),
            user_id: self.scalar(Field::UserId),
            anonymous_id: self.scalar(Field::AnonymousId),
            previous_id: self.scalar(Field::PreviousId),
            group_id: self.scalar(Field::GroupId),
            message_id: self.scalar(Field::MessageId),
            timestamp: self.scalar(Field::Timestamp),
            original_timestamp: self.scalar(Field::OriginalTimestamp),
            sent_at: self.scalar(Field::SentAt),
            channel: self.scalar(Field::Channel),
            properties: self.get(Field::Properties),
            traits: self.get(Field::Traits),
            context: self.get(Field::Context),
            size_bytes: self.size_bytes,
        })
    }

    /// The message as JSON that can be sent again, with the kind that its route implied and
    /// without the key it came with.
    pub(super) fn text(&self, implied: Option<EventKind>) -> String {
        if let Some(other) = &self.other {
            return other.clone();
        }
        let mut text = String::with_capacity(self.size_bytes + 32);
        text.push('{');
        if let Some(kind) = implied {
            // Writing to a string cannot fail.
            let _ = write!(text, "\"type\":\"{}\"", kind.word());
        }
        for field in FIELDS {
            let is_left_out =
                field == Field::WriteKey || (field == Field::Type && implied.is_some());
            let Some(raw) = self.get(field).filter(|_| !is_left_out) else {
                continue;
            };
            if text.len() > 1 {
                text.push(',');
            }
            let _ = write!(text, "\"{}\":{raw}", field.word());
        }
        text.push('}');
        text
    }

    pub(super) fn keep(&mut self, field: Field, raw: &'a str) {
        let Some(slot) = self.fields.get_mut(field as usize) else {
            return;
        };
        if slot.is_some_and(|before| before != raw) {
            self.repeated = Some(field);
        }
        *slot = Some(raw);
    }
}
