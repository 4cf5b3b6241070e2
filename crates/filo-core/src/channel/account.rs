//! An account: with whom, in whose name messages leave, and how fast.

use serde::{Deserialize, Serialize};

use super::carrier::Carrier;
use super::look::Look;
use crate::mail::MailAddress;
use crate::message::Medium;
use crate::message::pace::PER_MINUTE_MOST;

/// Letters of a sender that is a name (3GPP TS 23.040 §9.1.2.5).
const ALIAS_LETTERS_MOST: usize = 11;
/// Digits of a number (E.164), and of the shortest that somebody writes from.
const NUMBER_DIGITS_MOST: usize = 15;
const NUMBER_DIGITS_LEAST: usize = 7;
/// Hexadecimal digits of an id at Twilio, behind its two letters.
const TWILIO_DIGITS: usize = 32;

/// The account over which messages of one medium leave. Its secrets are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// With whom.
    pub carrier: Carrier,
    /// Its id there.
    #[serde(default)]
    pub account: String,
    /// In whose name messages leave.
    #[serde(default)]
    pub sender: String,
    /// Messages a minute, where another pace than the usual one is wanted.
    #[serde(default)]
    pub per_minute: Option<u32>,
    /// Messages leave over it; else they stay here, and the account is kept.
    pub is_connected: bool,
    /// Of messages on the site: how they look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
}

/// Something in an account with which nothing can be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defect {
    /// The field of the form.
    pub field: &'static str,
    /// The word of the reason, in the API and in the catalogues.
    pub reason: &'static str,
}

/// In whose name text messages leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender<'a> {
    /// A group of numbers at Twilio, which picks one.
    Service(&'a str),
    /// A number, in the form `+39…`.
    Number(&'a str),
    /// A name: it cannot be answered, so who wants no more follows a link.
    Alias(&'a str),
}

impl Sender<'_> {
    /// Whether whoever gets a message can answer it.
    #[must_use]
    pub const fn can_be_answered(self) -> bool {
        matches!(self, Self::Service(_) | Self::Number(_))
    }
}

/// What a sender is; nothing if it can be none.
#[must_use]
pub fn sender(text: &str) -> Option<Sender<'_>> {
    if is_twilio_id(text, "MG") {
        return Some(Sender::Service(text));
    }
    if let Some(digits) = text.strip_prefix('+') {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit())
            && (NUMBER_DIGITS_LEAST..=NUMBER_DIGITS_MOST).contains(&digits.len());
        return is_number.then_some(Sender::Number(text));
    }
    // Digits alone would look like a number (AGCOM, delibera 42/13/CIR).
    let is_alias = !text.is_empty()
        && text.len() <= ALIAS_LETTERS_MOST
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" &-_.+".contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && text.trim() == text;
    is_alias.then_some(Sender::Alias(text))
}

fn is_twilio_id(text: &str, prefix: &str) -> bool {
    let digits = text.strip_prefix(prefix);
    digits.is_some_and(|digits| {
        digits.len() == TWILIO_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

impl Account {
    /// The account without the spaces that copying brings along.
    #[must_use]
    pub fn tidied(mut self, medium: Medium) -> Self {
        for text in [&mut self.account, &mut self.sender] {
            let tidy = text.trim().to_owned();
            *text = tidy;
        }
        // Twilio itself writes senders of WhatsApp like this.
        if medium == Medium::Whatsapp
            && let Some(number) = self.sender.strip_prefix("whatsapp:")
        {
            self.sender = number.to_owned();
        }
        self
    }

    /// What is wrong; nothing if messages of the medium can be handed to it.
    #[must_use]
    pub fn defects(&self, medium: Medium) -> Vec<Defect> {
        let mut defects = Vec::new();
        let mut must = |holds: bool, field, reason| {
            if !holds {
                defects.push(Defect { field, reason });
            }
        };
        let carries = self.carrier.media().contains(&medium);
        must(carries, "carrier", "other_medium");
        if let Some((field, reason)) = self.look.as_ref().and_then(Look::defect) {
            must(false, field, reason);
        }
        match self.carrier {
            Carrier::Twilio => {
                must(is_twilio_id(&self.account, "AC"), "account", "no_account");
                let sender = sender(&self.sender);
                must(sender.is_some(), "sender", "no_sender");
                let is_alias = matches!(sender, Some(Sender::Alias(_)));
                let fits = medium == Medium::Sms || !is_alias;
                must(fits, "sender", "no_number");
            }
            Carrier::WhatsappCloud => {
                let is_id = (5..=20).contains(&self.account.len())
                    && self.account.bytes().all(|byte| byte.is_ascii_digit());
                must(is_id, "account", "no_number_id");
                let is_number = matches!(sender(&self.sender), Some(Sender::Number(_)));
                must(is_number, "sender", "no_number");
            }
            // Its token says who it is, and a site is the company's own.
            Carrier::Telegram | Carrier::Site => {}
            Carrier::Http => {
                let is_url = self.account.starts_with("http") && self.account.contains("://");
                must(is_url, "account", "no_url");
            }
            Carrier::WebPush => {
                let is_mail = MailAddress::parse(&self.sender).is_ok();
                must(is_mail, "sender", "no_mail");
            }
        }
        if let Some(pace) = self.per_minute {
            let is_in = (1..=PER_MINUTE_MOST).contains(&pace);
            must(is_in, "per_minute", "out_of_range");
        }
        defects
    }

    /// Messages a minute.
    #[must_use]
    pub fn pace(&self) -> u32 {
        self.per_minute.unwrap_or(match self.carrier {
            // A long number takes one a second; our own figure for an account without a history.
            Carrier::Twilio => 60,
            // Eighty a second at most, and a thousand people a day at first.
            Carrier::WhatsappCloud => 120,
            // Some thirty a second at most.
            Carrier::Telegram | Carrier::Http => 600,
            // Each browser has a service of its own, and the services are large.
            Carrier::WebPush => 1_200,
            // Nobody is handed anything: they come.
            Carrier::Site => PER_MINUTE_MOST,
        })
    }

    /// Whether whoever gets a message can answer it.
    #[must_use]
    pub fn can_be_answered(&self) -> bool {
        match self.carrier {
            Carrier::Twilio => sender(&self.sender).is_some_and(Sender::can_be_answered),
            Carrier::WhatsappCloud | Carrier::Telegram | Carrier::Http => true,
            Carrier::WebPush | Carrier::Site => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(sender: &str) -> Account {
        Account {
            carrier: Carrier::Twilio,
            account: format!("AC{}", "0".repeat(32)),
            sender: sender.to_owned(),
            per_minute: None,
            is_connected: true,
            look: None,
        }
    }

    #[test]
    fn senders_are_groups_numbers_or_names() {
        let group = format!("MG{}", "0123456789abcdef".repeat(2));
        assert_eq!(sender(&group), Some(Sender::Service(&group)));
        for (text, answered) in [
            ("+390210000000", true),
            ("Bottega", false),
            ("Bar 90", false),
        ] {
            let found = sender(text).unwrap();
            assert_eq!(found.can_be_answered(), answered, "{text}");
        }
        for text in [
            "",
            "3331234567",
            "+39",
            "Bottega Rossi",
            "Caffè",
            "+39x",
            " Bar",
        ] {
            assert_eq!(sender(text), None, "{text}");
        }
    }

    #[test]
    fn an_account_says_what_is_wrong_with_it() {
        let wrong = |account: Account, medium| {
            let defects = account.tidied(medium).defects(medium);
            defects.first().map(|it| (it.field, it.reason))
        };
        assert_eq!(wrong(account("Bottega"), Medium::Sms), None);
        assert_eq!(wrong(account(" +390210000000 "), Medium::Sms), None);
        assert_eq!(
            wrong(account("whatsapp:+390210000000"), Medium::Whatsapp),
            None
        );
        assert_eq!(
            wrong(account("Bottega"), Medium::Whatsapp),
            Some(("sender", "no_number"))
        );
        assert_eq!(
            wrong(account("Bottega Rossi"), Medium::Sms),
            Some(("sender", "no_sender"))
        );
        assert_eq!(
            wrong(account("Bottega"), Medium::Telegram),
            Some(("carrier", "other_medium"))
        );
        let mut other = account("Bottega");
        other.account = "SK00".to_owned();
        assert_eq!(wrong(other, Medium::Sms), Some(("account", "no_account")));
        let mut fast = account("Bottega");
        fast.per_minute = Some(0);
        assert_eq!(
            wrong(fast, Medium::Sms),
            Some(("per_minute", "out_of_range"))
        );
    }
}
