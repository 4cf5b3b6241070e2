//! The fields of a text, medium by medium.

use serde::{Deserialize, Serialize};

use super::kind::Category;
use crate::message::Medium;

/// A field that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The subject of an e-mail.
    Subject,
    /// What a list of mails shows beside the subject.
    Preheader,
    /// The first line of a notification.
    Title,
    /// What is said.
    Text,
    /// Where a touch leads.
    Link,
    /// What stands on the button.
    Label,
    /// The address of a picture beside the text.
    Image,
    /// Where it stands on the page.
    Layout,
    /// The name of the template at WhatsApp.
    Template,
    /// The line that says why it came.
    Why,
    /// A variation that varies.
    Variation,
}

impl Field {
    /// The word in documents, forms and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Preheader => "preheader",
            Self::Title => "title",
            Self::Text => "text",
            Self::Link => "link",
            Self::Label => "label",
            Self::Image => "image",
            Self::Layout => "layout",
            Self::Template => "template",
            Self::Why => "why",
            Self::Variation => "variation",
        }
    }
}

/// What was written for one medium, language and tone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The subject of an e-mail.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// What a list of mails shows beside the subject.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub preheader: String,
    /// The first line of a notification.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What is said; of an e-mail, its blocks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where a touch leads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// What stands on the button.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The address of a picture beside the text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image: String,
    /// Where it stands on the page: `banner`, `card` or `centre`; as the site has it, where it is empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub layout: String,
    /// The name of the template at WhatsApp.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// As what WhatsApp takes the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
}

/// The fields of a medium, in the order in which they are written.
#[must_use]
pub const fn fields_of(medium: Medium) -> &'static [Field] {
    match medium {
        Medium::Email => &[Field::Subject, Field::Preheader, Field::Text],
        Medium::Sms | Medium::Call | Medium::Counter => &[Field::Text],
        Medium::Whatsapp => &[Field::Text, Field::Template],
        Medium::Telegram => &[Field::Text, Field::Label, Field::Link],
        Medium::Push => &[Field::Title, Field::Text, Field::Link],
        Medium::InApp => &[
            Field::Title,
            Field::Text,
            Field::Label,
            Field::Link,
            Field::Image,
            Field::Layout,
        ],
    }
}

/// The fields without which a medium says nothing.
pub(super) const fn needed(medium: Medium) -> &'static [Field] {
    match medium {
        Medium::Email => &[Field::Subject, Field::Text],
        Medium::Push => &[Field::Title, Field::Text],
        Medium::Sms
        | Medium::Whatsapp
        | Medium::Telegram
        | Medium::InApp
        | Medium::Call
        | Medium::Counter => &[Field::Text],
    }
}

impl Fields {
    /// What stands in a field.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Subject => &self.subject,
            Field::Preheader => &self.preheader,
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Link => &self.link,
            Field::Label => &self.label,
            Field::Image => &self.image,
            Field::Layout => &self.layout,
            Field::Template => &self.template,
            Field::Why | Field::Variation => "",
        }
    }

    /// Writes a field.
    pub fn set(&mut self, field: Field, text: String) {
        match field {
            Field::Subject => self.subject = text,
            Field::Preheader => self.preheader = text,
            Field::Title => self.title = text,
            Field::Text => self.text = text,
            Field::Link => self.link = text,
            Field::Label => self.label = text,
            Field::Image => self.image = text,
            Field::Layout => self.layout = text,
            Field::Template => self.template = text,
            Field::Why | Field::Variation => {}
        }
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
