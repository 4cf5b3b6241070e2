//! From what was typed, scanned or sent to the one form under which an identifier is known.
//!
//! **Invariant:** normalising is total and idempotent: any text gives an identifier or a
//! [`Refusal`], and an identifier's value normalises to itself.

use std::borrow::Cow;

use compact_str::{CompactString, ToCompactString};
use unicode_normalization::UnicodeNormalization;

use super::{Identifier, Kind, Rules, email, phone, tax_code};

/// Nothing longer is looked at: the longest identifier there is, a push token, has some
/// hundreds of bytes.
const MOST_BYTES: usize = 4096;

/// Why a value is not an identifier that can join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Nothing is left of it.
    Empty,
    /// A placeholder, or a value the workspace has blocked.
    Blocked,
    /// The mailbox of an office or a program.
    Role,
    /// It is not what its kind says.
    Malformed,
    /// It is longer than any such identifier.
    TooLong,
}

impl Refusal {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Blocked => "blocked",
            Self::Role => "role",
            Self::Malformed => "malformed",
            Self::TooLong => "too_long",
        }
    }
}

impl Identifier {
    /// The identifier that `raw` stands for. A telephone number decides itself whether it is a
    /// [`Kind::Phone`] or a [`Kind::Landline`]; every other kind stays what it is called.
    ///
    /// # Errors
    /// If the value cannot join anybody.
    pub fn new(kind: Kind, raw: &str, rules: &Rules) -> Result<Self, Refusal> {
        let text = tidy(raw)?;
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        if rules.blocked.is_blocked(&text) {
            return Err(Refusal::Blocked);
        }
        if text.len() > most_bytes(kind) {
            return Err(Refusal::TooLong);
        }
        let value = match kind {
            Kind::UserId
            | Kind::AnonymousId
            | Kind::DeviceId
            | Kind::PushToken
            | Kind::GroupId
            | Kind::WebPush => text.to_compact_string(),
            Kind::AdvertisingId => CompactString::from_str_to_lowercase(&text),
            Kind::GaClientId => ga_client_id(&text),
            Kind::Card => card(&text)?,
            Kind::External => external(&text, rules)?,
            Kind::Telegram => chat(&text)?,
            Kind::TaxCode => tax_code::normalise(&text)?,
            Kind::Email => email::normalise(&text, &rules.blocked)?,
            Kind::Phone | Kind::Landline => {
                let (kind, value) = phone::normalise(&text, &rules.country)?;
                return checked(kind, value, rules);
            }
        };
        checked(kind, value, rules)
    }
}

/// Blocked values are also those blocked in their normal form.
fn checked(kind: Kind, value: CompactString, rules: &Rules) -> Result<Identifier, Refusal> {
    if value.is_empty() {
        return Err(Refusal::Empty);
    }
    let as_sent = matches!(
        kind,
        Kind::UserId
            | Kind::AnonymousId
            | Kind::DeviceId
            | Kind::PushToken
            | Kind::GroupId
            | Kind::WebPush
    );
    // These stay as they were sent and have been looked up already.
    if !as_sent && rules.blocked.is_blocked(&value) {
        return Err(Refusal::Blocked);
    }
    Ok(Identifier { kind, value })
}

/// What the longest identifier of a kind can be, in bytes, before it is normalised.
const fn most_bytes(kind: Kind) -> usize {
    match kind {
        // RFC 5321 allows 254; the rest is room for `mailto:` and spaces.
        Kind::Email => 320,
        // E.164 has 15 digits; people add spaces, brackets and dots.
        Kind::Phone | Kind::Landline | Kind::TaxCode | Kind::Telegram | Kind::WebPush => 64,
        Kind::Card | Kind::GaClientId | Kind::AdvertisingId => 128,
        Kind::PushToken => MOST_BYTES,
        Kind::UserId | Kind::External | Kind::DeviceId | Kind::AnonymousId | Kind::GroupId => 500,
    }
}

/// Trims, drops what cannot be seen, and composes accents (NFC). Text of plain ASCII, which is
/// nearly all of it, is only borrowed.
fn tidy(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    if raw.len() > MOST_BYTES {
        return Err(Refusal::TooLong);
    }
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(Cow::Borrowed(raw.trim_ascii()));
    }
    let visible: String = raw
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .nfc()
        .collect();
    match visible.trim() {
        trimmed if trimmed.len() == visible.len() => Ok(Cow::Owned(visible)),
        trimmed => Ok(Cow::Owned(trimmed.to_owned())),
    }
}

/// Controls, and the marks that make two texts look the same and be different: zero-width
/// letters, directions, soft hyphens, tags, variation selectors, and code points that are no
/// letters at all. Lines and tabs stay for the trimming and are controls elsewhere.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || (letter as u32) & 0xfffe == 0xfffe
}

/// Google's cookie `GA1.2.1234567890.1600000000` holds the client id in its last two numbers;
/// the Measurement Protocol sends those alone.
fn ga_client_id(text: &str) -> CompactString {
    let cookie = text
        .strip_prefix("GA1.")
        .and_then(|rest| rest.split_once('.'));
    cookie
        .map_or(text, |(_depth, client)| client)
        .to_compact_string()
}

/// Cards are printed in groups and read by scanners without them.
fn card(text: &str) -> Result<CompactString, Refusal> {
    let mut value = CompactString::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' | '\u{a0}' | '-' | '.' | '_' => {}
            _ if letter.is_alphanumeric() => value.extend(letter.to_uppercase()),
            _ => return Err(Refusal::Malformed),
        }
    }
    // Upper case can decompose (ǰ); cards are known under the composed form.
    Ok(if value.is_ascii() {
        value
    } else {
        value.nfc().collect()
    })
}

/// The number of a chat with one person: those of groups are negative.
fn chat(text: &str) -> Result<CompactString, Refusal> {
    let number: i64 = text.parse().map_err(|_other| Refusal::Malformed)?;
    match number > 0 {
        true => Ok(number.to_compact_string()),
        false => Err(Refusal::Malformed),
    }
}

/// `type:value`, the type in lower case. The value alone must not be blocked either.
fn external(text: &str, rules: &Rules) -> Result<CompactString, Refusal> {
    let (kind, value) = text.split_once(':').ok_or(Refusal::Malformed)?;
    let (kind, value) = (kind.trim(), value.trim());
    if kind.is_empty() {
        return Err(Refusal::Malformed);
    }
    if value.is_empty() {
        return Err(Refusal::Empty);
    }
    if rules.blocked.is_blocked(value) {
        return Err(Refusal::Blocked);
    }
    let mut joined = CompactString::from_str_to_lowercase(kind);
    joined.push(':');
    joined.push_str(value);
    Ok(joined)
}

#[cfg(test)]
#[path = "normalise_tests.rs"]
mod tests;
