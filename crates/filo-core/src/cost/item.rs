//! What is paid for, each with a price of its own.

use serde::{Deserialize, Serialize};

use crate::content::{Category, segments};
use crate::journey::AskKind;
use crate::message::{Class, Medium};

/// Something that is paid by the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// An e-mail.
    Email,
    /// A part of a text message.
    SmsPart,
    /// A template of WhatsApp for marketing.
    WhatsappMarketing,
    /// A template about an order or an appointment.
    WhatsappUtility,
    /// A template with a code to come in with.
    WhatsappAuthentication,
    /// Words of one's own on WhatsApp, within a day of what they wrote.
    WhatsappWords,
    /// A message by Telegram.
    Telegram,
    /// A notification.
    Push,
    /// A message on the site or in the app, however often it is shown.
    InApp,
    /// A call by a person of the company.
    Call,
    /// A visit by one.
    Visit,
    /// A card that one writes by hand.
    Card,
    /// What else one is asked to do.
    OtherTask,
}

impl Item {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Email,
        Self::SmsPart,
        Self::WhatsappMarketing,
        Self::WhatsappUtility,
        Self::WhatsappAuthentication,
        Self::WhatsappWords,
        Self::Telegram,
        Self::Push,
        Self::InApp,
        Self::Call,
        Self::Visit,
        Self::Card,
        Self::OtherTask,
    ];

    /// The word in documents, tables, the API and the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::SmsPart => "sms_part",
            Self::WhatsappMarketing => "whatsapp_marketing",
            Self::WhatsappUtility => "whatsapp_utility",
            Self::WhatsappAuthentication => "whatsapp_authentication",
            Self::WhatsappWords => "whatsapp_words",
            Self::Telegram => "telegram",
            Self::Push => "push",
            Self::InApp => "in_app",
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Card => "card",
            Self::OtherTask => "other_task",
        }
    }

    /// The item of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.word() == word)
    }

    /// What a person of the company is paid for who does a task.
    #[must_use]
    pub const fn of_task(kind: AskKind) -> Self {
        match kind {
            AskKind::Call => Self::Call,
            AskKind::Visit => Self::Visit,
            AskKind::Card => Self::Card,
            AskKind::Other => Self::OtherTask,
        }
    }

    /// What is paid for a message, and how often, by the text with which it leaves. A template of
    /// WhatsApp of which nobody said the category goes by what the message is for. Nothing for
    /// what is said aloud: that leaves as a task, if it does.
    #[must_use]
    pub fn of_message(
        (medium, class): (Medium, Class),
        text: &str,
        template: Option<Option<Category>>,
    ) -> Option<(Self, u64)> {
        let item = match medium {
            Medium::Email => Self::Email,
            Medium::Sms => {
                let parts = segments(text).parts.max(1);
                return Some((Self::SmsPart, u64::try_from(parts).unwrap_or(u64::MAX)));
            }
            Medium::Whatsapp => of_template(class, template),
            Medium::Telegram => Self::Telegram,
            Medium::Push => Self::Push,
            Medium::InApp => Self::InApp,
            Medium::Call | Medium::Counter => return None,
        };
        Some((item, 1))
    }
}

const fn of_template(class: Class, template: Option<Option<Category>>) -> Item {
    match (template, class) {
        (None, _) => Item::WhatsappWords,
        (Some(Some(Category::Marketing)), _) | (Some(None), Class::Marketing) => {
            Item::WhatsappMarketing
        }
        (Some(Some(Category::Utility)), _)
        | (Some(None), Class::Transactional | Class::Service) => Item::WhatsappUtility,
        (Some(Some(Category::Authentication)), _) => Item::WhatsappAuthentication,
    }
}
