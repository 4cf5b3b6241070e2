//! Conditions of segments as people say them: “Ha fatto un ordine almeno 2 volte negli ultimi
//! 90 giorni, e non ha aperto un’e-mail.”
//!
//! **Invariant:** a phrase begins with what the person did, has or is, and says alone whether it
//! is so or not; what is joined within something that is joined stands in parentheses, so a
//! sentence can be taken in one way only.

mod buying;
pub(crate) mod calendar;
mod event;
pub(crate) mod figure;
pub(crate) mod impact;
pub(crate) mod journey;
mod known;
mod number;
pub(crate) mod persona;
mod recipe;
#[cfg(test)]
mod tests;
mod when;

use filo_app::segment::SegmentNames;
use filo_core::segment::Condition;

use crate::i18n::Words;
use crate::ui::shown;

pub(crate) use recipe::recipe_sentence;
pub(crate) use when::WEEKDAYS;

/// Values of a list that are named; the rest is counted.
const VALUES_SHOWN: usize = 10;

/// A condition as a sentence, with a capital and a full stop.
pub(crate) fn sentence(words: Words, condition: &Condition, names: &SegmentNames) -> String {
    capital(&phrase(words, condition, names))
}

/// A phrase as a sentence.
fn capital(phrase: &str) -> String {
    let start = phrase.find(char::is_alphabetic).unwrap_or_default();
    let (opening, rest) = phrase.split_at(start);
    let mut letters = rest.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{opening}{capital}{}.", letters.as_str())
}

/// A condition as a part of a sentence.
pub(crate) fn phrase(words: Words, condition: &Condition, names: &SegmentNames) -> String {
    Teller { words, names }.tell(condition, Is::So)
}

/// Whether something is said to be so, or not to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    So,
    NotSo,
}

impl Is {
    const fn other(self) -> Self {
        match self {
            Self::So => Self::NotSo,
            Self::NotSo => Self::So,
        }
    }
}

#[derive(Clone, Copy)]
struct Teller<'a> {
    words: Words,
    names: &'a SegmentNames,
}

impl Teller<'_> {
    /// Not all are so if one of them is not: what is denied is said of the parts.
    fn tell(self, condition: &Condition, is: Is) -> String {
        match (condition, is) {
            (Condition::All(parts), Is::So) => self.joined("said-and", parts, is),
            (Condition::All(parts), Is::NotSo) => self.joined("said-or", parts, is),
            (Condition::Any(parts), Is::So) => self.joined("said-or", parts, is),
            (Condition::Any(parts), Is::NotSo) => self.joined("said-and", parts, is),
            (Condition::Not(child), _) => self.tell(child, is.other()),
            (Condition::Happened(wanted), _) => self.happened(wanted, is),
            (Condition::Sequence(wanted), _) => self.sequence(wanted, is),
            (Condition::Trait(wanted), _) => self.known(wanted, is),
            (Condition::Known(kind), _) => self.identifier(*kind, is),
            (Condition::Consent(wanted), _) => self.consent(wanted, is),
            (Condition::Orders(wanted), _) => self.orders(wanted, is),
            (Condition::Met(wanted), _) => self.met(*wanted, is),
            (Condition::Channels(wanted), _) => self.channels(*wanted, is),
            (Condition::Segment(id), _) => self.segment(*id, is),
            (Condition::List(id), _) => self.list(*id, is),
            (Condition::Persona(id), _) => self.persona(*id, is),
            (Condition::Share(wanted), _) => self.share(wanted, is),
            (Condition::Rfm(wanted), _) => self.rfm(*wanted, is),
            (Condition::Lifecycle(stage), _) => self.stage(*stage, is),
        }
    }

    fn joined(self, word: &str, parts: &[Condition], is: Is) -> String {
        let Some((last, before)) = parts.split_last() else {
            let everybody = word == "said-and";
            let key = if everybody {
                "said-everybody"
            } else {
                "said-nobody"
            };
            return self.words.say(key).into_owned();
        };
        if before.is_empty() {
            return self.tell(last, is);
        }
        let part = |part: &Condition| match is_joined(part) {
            true => format!("({})", self.tell(part, is)),
            false => self.tell(part, is),
        };
        let before: Vec<String> = before.iter().map(part).collect();
        let next = self.words.fill(word, [("next", part(last).into())]);
        format!("{}{next}", before.join(", "))
    }

    /// A text as it was sent.
    fn quote(self, text: &str) -> String {
        let text = shown::line(text);
        self.words.fill("said-quote", [("text", text.into())])
    }

    /// «a», «b» o «c».
    fn values<T: AsRef<str>>(self, texts: &[T]) -> String {
        let quoted = |texts: &[T]| -> Vec<String> {
            texts.iter().map(|text| self.quote(text.as_ref())).collect()
        };
        if texts.len() > VALUES_SHOWN {
            let (named, rest) = texts.split_at(VALUES_SHOWN);
            let before = quoted(named).join(", ");
            let fill = [("before", before.into()), ("count", rest.len().into())];
            return self.words.fill("said-more-values", fill);
        }
        let quoted = quoted(texts);
        match quoted.split_last() {
            None => String::new(),
            Some((value, [])) => value.clone(),
            Some((value, before)) => {
                let fill = [
                    ("before", before.join(", ").into()),
                    ("value", value.as_str().into()),
                ];
                self.words.fill("said-last-value", fill)
            }
        }
    }

    /// The key of what is so, or of what is not.
    fn key(key: &str, is: Is) -> String {
        match is {
            Is::So => format!("said-{key}"),
            Is::NotSo => format!("said-{key}-not"),
        }
    }
}

/// Whether several are joined in it, once what holds only one is left aside.
fn is_joined(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => match parts.as_slice() {
            [] => false,
            [only] => is_joined(only),
            _ => true,
        },
        Condition::Not(child) => is_joined(child),
        _ => false,
    }
}

/// What is said one after the other, without what says nothing.
fn in_a_row<const N: usize>(pieces: [String; N]) -> String {
    let said: Vec<String> = pieces.into_iter().filter(|it| !it.is_empty()).collect();
    said.join(" ")
}
