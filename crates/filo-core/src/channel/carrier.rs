//! Who carries messages, by what, and which secrets that takes.

use serde::{Deserialize, Serialize};

use crate::message::Medium;

/// Who carries messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// Twilio: text messages, and WhatsApp over its senders.
    Twilio,
    /// Meta's own Cloud API of WhatsApp.
    WhatsappCloud,
    /// A bot of Telegram.
    Telegram,
    /// An address of the company's own, which carries them on.
    Http,
    /// The push service of each browser.
    WebPush,
    /// The pages of the company's own site, which show them to whoever comes.
    Site,
}

/// A secret of an account, as the vault keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// With what messages are handed over.
    Token,
    /// With what is signed that comes back, where that is another one.
    AppSecret,
    /// The word by which the carrier is known when it asks whether an address is ours.
    VerifyToken,
    /// What the carrier was told to say with everything it brings: made here.
    Hook,
    /// With what notifications are signed: made here.
    Vapid,
    /// With what the site's own server proves who is signed in.
    Identity,
}

impl Carrier {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Twilio,
        Self::WhatsappCloud,
        Self::Telegram,
        Self::Http,
        Self::WebPush,
        Self::Site,
    ];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Twilio => "twilio",
            Self::WhatsappCloud => "whatsapp_cloud",
            Self::Telegram => "telegram",
            Self::Http => "http",
            Self::WebPush => "web_push",
            Self::Site => "site",
        }
    }

    /// The carrier of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|carrier| carrier.word() == word)
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Twilio => "Twilio",
            Self::WhatsappCloud => "WhatsApp Cloud API",
            Self::Telegram => "Telegram",
            Self::Http => "HTTP",
            Self::WebPush => "Web Push",
            Self::Site => "filo.js",
        }
    }

    /// By what it carries.
    #[must_use]
    pub const fn media(self) -> &'static [Medium] {
        match self {
            Self::Twilio => &[Medium::Sms, Medium::Whatsapp],
            Self::WhatsappCloud => &[Medium::Whatsapp],
            Self::Telegram => &[Medium::Telegram],
            Self::Http => &[Medium::Sms, Medium::Whatsapp, Medium::Telegram],
            Self::WebPush => &[Medium::Push],
            Self::Site => &[Medium::InApp],
        }
    }

    /// Who carries messages of a medium.
    pub fn of(medium: Medium) -> impl Iterator<Item = Self> {
        let carries = move |carrier: &Self| carrier.media().contains(&medium);
        Self::ALL.into_iter().filter(carries)
    }

    /// The secrets that the owner gives.
    #[must_use]
    pub const fn secrets(self) -> &'static [Secret] {
        match self {
            Self::Twilio | Self::Telegram | Self::Http => &[Secret::Token],
            Self::WhatsappCloud => &[Secret::Token, Secret::AppSecret, Secret::VerifyToken],
            Self::WebPush => &[],
            Self::Site => &[Secret::Identity],
        }
    }

    /// Whether it does without the secrets that the owner gives.
    #[must_use]
    pub const fn does_without_secrets(self) -> bool {
        matches!(self, Self::Site)
    }

    /// The secret that is made here, and stays while there is an account.
    #[must_use]
    pub const fn made_secret(self) -> Option<Secret> {
        match self {
            Self::Telegram => Some(Secret::Hook),
            Self::WebPush => Some(Secret::Vapid),
            Self::Twilio | Self::WhatsappCloud | Self::Http | Self::Site => None,
        }
    }

    /// The secret with which messages are handed over.
    #[must_use]
    pub const fn handing_secret(self) -> Secret {
        match self {
            Self::WebPush => Secret::Vapid,
            Self::Site => Secret::Identity,
            Self::Twilio | Self::WhatsappCloud | Self::Telegram | Self::Http => Secret::Token,
        }
    }

    /// Whether an account has an id that the owner gives.
    #[must_use]
    pub const fn has_account(self) -> bool {
        !matches!(self, Self::Telegram | Self::WebPush | Self::Site)
    }

    /// Whether an account has a sender that the owner gives.
    #[must_use]
    pub const fn has_sender(self) -> bool {
        matches!(self, Self::Twilio | Self::WhatsappCloud | Self::WebPush)
    }

    /// Whether messages are handed over to it one by one, at a pace.
    #[must_use]
    pub const fn is_handed_to(self) -> bool {
        !matches!(self, Self::Site)
    }

    /// Whether the carrier is asked itself who the account is and told where to bring things.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        matches!(self, Self::Telegram)
    }
}

impl Secret {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Token,
        Self::AppSecret,
        Self::VerifyToken,
        Self::Hook,
        Self::Vapid,
        Self::Identity,
    ];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::AppSecret => "app_secret",
            Self::VerifyToken => "verify_token",
            Self::Hook => "hook",
            Self::Vapid => "vapid",
            Self::Identity => "identity",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_and_every_carrier_carries_something() {
        for carrier in Carrier::ALL {
            assert_eq!(Carrier::from_word(carrier.word()), Some(carrier));
            assert!(!carrier.media().is_empty());
            for medium in carrier.media() {
                assert!(Carrier::of(*medium).any(|it| it == carrier));
            }
        }
        assert_eq!(
            Carrier::of(Medium::Email).count(),
            0,
            "mail goes by the post"
        );
    }
}
