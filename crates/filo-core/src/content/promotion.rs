//! Promotions: an offer, said once and referred to by every piece.
//!
//! **Invariant:** terms, code, window, media and shops of an offer stand here alone, so no two
//! media can tell them differently.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::company::Language;
use crate::message::Medium;

/// Letters of a name.
const NAME_CHARS_MOST: usize = 80;
/// Letters of the terms in a language: they fit a text message.
const TERMS_CHARS_MOST: usize = 300;
/// Letters of a code.
const CODE_CHARS_MOST: usize = 40;
/// Shops that are named.
const SHOPS_MOST: usize = 100;
/// Letters of a shop's name.
const SHOP_CHARS_MOST: usize = 80;
/// Bytes of the document.
const BYTES_MOST: usize = 64 * 1024;
/// The version that is written.
const VERSION: u8 = 1;

/// What is promised, in a language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// In Italian.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub it: String,
    /// In English.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Terms {
    /// In this language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Italian => &self.it,
            Language::English => &self.en,
        }
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// What people of the company and customers call it.
    pub name: CompactString,
    /// What is promised, with everything that is to be known.
    pub terms: Terms,
    /// What is said at the till or typed in; none if nothing has to be.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub code: CompactString,
    /// By what it may be told; by everything without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Medium>,
    /// In which shops it holds; in all of them without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shops: Vec<CompactString>,
    /// The first day.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::document::day"
    )]
    pub starts_on: Option<Date>,
    /// The last day.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::document::day"
    )]
    pub ends_on: Option<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<P> {
    version: u8,
    promotion: P,
}

/// What is wrong with an offer: the field, and a word for why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct PromotionFault {
    /// Which field.
    pub field: &'static str,
    /// What would be right.
    pub reason: String,
}

fn fault(field: &'static str, reason: impl Into<String>) -> PromotionFault {
    let reason = reason.into();
    PromotionFault { field, reason }
}

impl Promotion {
    /// The offer with its texts trimmed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(mut self) -> Result<Self, PromotionFault> {
        self.name = self.name.trim().into();
        self.code = self.code.trim().into();
        self.terms.it = one_line(&self.terms.it);
        self.terms.en = one_line(&self.terms.en);
        self.shops = self.shops.iter().map(|shop| shop.trim().into()).collect();
        self.shops.retain(|shop| !shop.is_empty());
        self.media.sort_unstable();
        self.media.dedup();
        let is_line = |text: &str, most: usize| {
            text.chars().count() <= most && !text.chars().any(char::is_control)
        };
        if self.name.is_empty() || !is_line(&self.name, NAME_CHARS_MOST) {
            let reason = format!("one line of 1 to {NAME_CHARS_MOST} characters");
            return Err(fault("name", reason));
        }
        if self.terms.it.is_empty() && self.terms.en.is_empty() {
            return Err(fault(
                "terms",
                "say in one language at least what is promised",
            ));
        }
        for terms in [&self.terms.it, &self.terms.en] {
            if terms.chars().count() > TERMS_CHARS_MOST {
                return Err(fault(
                    "terms",
                    format!("at most {TERMS_CHARS_MOST} characters"),
                ));
            }
        }
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if self.code.len() > CODE_CHARS_MOST || !self.code.chars().all(is_plain) {
            return Err(fault(
                "code",
                "letters, digits, - and _, so that it can be typed",
            ));
        }
        let shops = self.shops.iter();
        if self.shops.len() > SHOPS_MOST || !shops.clone().all(|it| is_line(it, SHOP_CHARS_MOST)) {
            let reason = format!("at most {SHOPS_MOST} names of {SHOP_CHARS_MOST} characters");
            return Err(fault("shops", reason));
        }
        match (self.starts_on, self.ends_on) {
            (Some(first), Some(last)) if last < first => {
                Err(fault("ends_on", "the last day is not before the first"))
            }
            _ => Ok(self),
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, PromotionFault> {
        if text.len() > BYTES_MOST {
            return Err(fault("promotion", format!("at most {BYTES_MOST} bytes")));
        }
        let read = serde_json::from_str::<Document<Self>>(text);
        let document = read.map_err(|error| fault("promotion", error.to_string()))?;
        match document.version {
            VERSION => document.promotion.checked(),
            other => Err(fault("version", format!("{other} is not known here"))),
        }
    }

    /// Writes the document.
    ///
    /// # Panics
    /// Never in practice: an offer has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            version: VERSION,
            promotion: self,
        };
        serde_json::to_string(&document).expect("an offer is plain data")
    }

    /// Whether it may be told by a medium.
    #[must_use]
    pub fn goes_by(&self, medium: Medium) -> bool {
        self.media.is_empty() || self.media.contains(&medium)
    }

    /// Whether it is over on a day.
    #[must_use]
    pub fn is_over(&self, today: Date) -> bool {
        self.ends_on.is_some_and(|last| last < today)
    }

    /// The terms in a language, else in the other one: an offer is never told without.
    #[must_use]
    pub fn terms_in(&self, language: Language) -> &str {
        let all = [self.terms.of(language), &self.terms.it, &self.terms.en];
        all.into_iter()
            .find(|terms| !terms.is_empty())
            .unwrap_or_default()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
