//! Why it came: a sentence made of what really happened, in each language and form of address.
//!
//! **Invariant:** the line says what the reason says and nothing more; who wrote it anew has the
//! same facts and no others.

use jiff::civil::Date;
use minijinja::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::field::Field;
use super::said::day_words;
use super::shield::{clean, open};
use super::template::{Fault, run};
use super::tone::{Address, Tone};
use crate::company::Language;

/// Why somebody is told something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reason {
    /// They did something, or it happened to them.
    Event {
        /// The name of the event.
        name: String,
        /// The day.
        day: Date,
    },
    /// They are in a segment; the sentence says of whom it is made.
    Segment {
        /// The sentence.
        sentence: String,
    },
    /// It is their birthday.
    Birthday,
    /// Somebody of the company sends it to them.
    Hand {
        /// Who.
        by: String,
    },
    /// It goes to everybody in a segment at once.
    Broadcast {
        /// What the segment is called.
        to: String,
    },
    /// They asked for it.
    Asked {
        /// For what.
        what: String,
    },
}

impl Reason {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Event { .. } => "event",
            Self::Segment { .. } => "segment",
            Self::Birthday => "birthday",
            Self::Hand { .. } => "hand",
            Self::Broadcast { .. } => "broadcast",
            Self::Asked { .. } => "asked",
        }
    }

    /// What a line of one's own may name: `reason.day`, `reason.what`, `reason.who`.
    fn values(&self, language: Language) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        let mut put = |key: &str, text: String| values.insert(key.to_owned(), Value::from(text));
        match self {
            Self::Event { name, day } => {
                put("day", day_words(*day, language));
                put("what", name.clone());
            }
            Self::Segment { sentence: what }
            | Self::Broadcast { to: what }
            | Self::Asked { what } => {
                put("what", what.clone());
            }
            Self::Hand { by } => {
                put("who", by.clone());
            }
            Self::Birthday => {}
        }
        values
    }
}

/// The line why: somebody's own words if there are any, else Filo's.
///
/// # Errors
/// If the own words name what this reason does not have.
pub fn why(
    reason: &Reason,
    own: Option<&str>,
    facts: &BTreeMap<String, Value>,
    (language, tone): (Language, Tone),
) -> Result<String, Fault> {
    let Some(own) = own.filter(|own| !own.trim().is_empty()) else {
        return Ok(said(reason, language, tone.address()));
    };
    let mut facts = facts.clone();
    facts.insert("reason".to_owned(), Value::from(reason.values(language)));
    let line = run(Field::Why, own, &Value::from(facts))?;
    Ok(clean(&open(&line)))
}

fn said(reason: &Reason, language: Language, address: Address) -> String {
    match language {
        Language::Italian => in_italian(reason, address == Address::Polite),
        Language::English => in_english(reason),
    }
}

fn in_italian(reason: &Reason, polite: bool) -> String {
    let (write, to_whom) = match polite {
        true => ("Le scriviamo", "Le scrive"),
        false => ("Ti scriviamo", "Ti scrive"),
    };
    match reason {
        Reason::Event { name, day } => {
            let day = day_words(*day, Language::Italian);
            let article = italian_article(&day);
            match italian_deed(name) {
                Some(deed) => {
                    let have = if polite { "ha" } else { "hai" };
                    format!("{write} perché {article}{day} {have} {deed}.")
                }
                None => {
                    let name = clean(name);
                    format!("{write} perché {article}{day} abbiamo registrato «{name}».")
                }
            }
        }
        Reason::Segment { sentence } => {
            format!("{write} perché vale questo: {}.", bare(sentence))
        }
        Reason::Birthday if polite => "Le scriviamo perché è il Suo compleanno.".to_owned(),
        Reason::Birthday => "Ti scriviamo perché è il tuo compleanno.".to_owned(),
        Reason::Hand { by } => format!("{to_whom} {} di persona.", clean(by)),
        Reason::Broadcast { to } => {
            format!("{write} insieme a tutti quelli del gruppo «{}».", bare(to))
        }
        Reason::Asked { what } => {
            let have = if polite { "ha" } else { "hai" };
            format!("{write} perché ce lo {have} chiesto: {}.", bare(what))
        }
    }
}

fn in_english(reason: &Reason) -> String {
    match reason {
        Reason::Event { name, day } => {
            let day = day_words(*day, Language::English);
            match english_deed(name) {
                Some(deed) => format!("We are writing because on {day} you {deed}."),
                None => format!(
                    "We are writing because on {day} we recorded “{}”.",
                    clean(name)
                ),
            }
        }
        Reason::Segment { sentence } => {
            format!("We are writing because this holds: {}.", bare(sentence))
        }
        Reason::Birthday => "We are writing because it is your birthday.".to_owned(),
        Reason::Hand { by } => format!("{} is writing to you in person.", capital(&clean(by))),
        Reason::Broadcast { to } => {
            format!("We are writing to everybody in the group “{}”.", bare(to))
        }
        Reason::Asked { what } => {
            format!("We are writing because you asked for it: {}.", bare(what))
        }
    }
}

/// What somebody did, after "hai" or "ha".
fn italian_deed(name: &str) -> Option<&'static str> {
    Some(match name {
        "Order Completed" => "fatto un ordine",
        "Order Cancelled" => "annullato un ordine",
        "Order Refunded" => "reso un ordine",
        "Checkout Started" | "Cart Abandoned" | "Cart Viewed" => "lasciato qualcosa nel carrello",
        "Product Added" => "messo qualcosa nel carrello",
        "Product Viewed" => "guardato un prodotto",
        "Signed Up" => "creato un profilo da noi",
        "Visit Recorded" | "Shop Visited" => "fatto visita al negozio",
        "Review Left" | "Product Reviewed" => "lasciato una recensione",
        _ => return None,
    })
}

/// What somebody did, after "you".
fn english_deed(name: &str) -> Option<&'static str> {
    Some(match name {
        "Order Completed" => "placed an order",
        "Order Cancelled" => "called off an order",
        "Order Refunded" => "sent an order back",
        "Checkout Started" | "Cart Abandoned" | "Cart Viewed" => "left something in your basket",
        "Product Added" => "put something into your basket",
        "Product Viewed" => "looked at a product",
        "Signed Up" => "signed up with us",
        "Visit Recorded" | "Shop Visited" => "came to the shop",
        "Review Left" | "Product Reviewed" => "left a review",
        _ => return None,
    })
}

/// "il 3", but "l’8" and "l’11".
fn italian_article(day: &str) -> &'static str {
    let number = day.split(' ').next().unwrap_or_default();
    match number {
        "8" | "11" => "l’",
        _ => "il ",
    }
}

/// A text that goes into a sentence: without the full stop at its end.
fn bare(text: &str) -> String {
    clean(text).trim_end_matches('.').to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
