//! The voice of a company: rules about how it speaks, and what a text says against them.
//!
//! **Invariant:** a rule points at words that stand in the text, with their place; it never
//! changes them, and it says nothing of a person.

mod address;
mod phrase;
mod reading;
mod settings;
mod sign;

pub use phrase::{STOCK, Stock};
pub use settings::{Voice, VoiceFault};
pub use sign::delicate_stem;

use super::field::Field;
use super::kind::Variant;
use super::piece::{Adaptation, Piece};
use super::promotion::Promotion;
use super::template::place_of;
use super::tone::Tone;
use crate::company::Language;
use crate::message::Medium;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It must not leave so.
    Bad,
    /// Somebody should look at it.
    Warn,
    /// Good to know.
    Hint,
}

impl Weight {
    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Hint => "hint",
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $word:literal $weight:ident,)*) => {
        /// What a finding is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the API and in the catalogues.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// How much it weighs.
            #[must_use]
            pub const fn weight(self) -> Weight {
                match self {
                    $(Self::$name => Weight::$weight,)*
                }
            }
        }
    };
}

rules! {
    /// Tu in a text that says Lei, or the other way round.
    Address = "address" Bad,
    /// Something that is known of somebody and must not be spoken of.
    Sensitive = "sensitive" Bad,
    /// A subject that pretends to be an answer.
    FakeReply = "fake_reply" Bad,
    /// A promise that nobody can keep.
    Promise = "promise" Warn,
    /// Talking of what one knows instead of what happened.
    Profiling = "profiling" Warn,
    /// A phrase that the company does not use.
    Banned = "banned" Warn,
    /// A phrase that everybody uses.
    Stock = "stock" Warn,
    /// Best of all, number one.
    Superlative = "superlative" Warn,
    /// Words in capitals.
    Shouting = "shouting" Warn,
    /// Too many exclamation marks.
    Exclamation = "exclamation" Warn,
    /// Too many emoji.
    Emoji = "emoji" Warn,
    /// Hard to read.
    Hard = "hard" Warn,
    /// A sentence that is too long.
    LongSentence = "long_sentence" Hint,
    /// Longer than what is read on a phone.
    Long = "long" Hint,
    /// A text message of more than one part.
    Parts = "parts" Hint,
    /// A letter that makes a text message twice as dear.
    Foreign = "foreign" Hint,
    /// A variable that not everybody has, without anything else to say.
    NoDefault = "no_default" Warn,
    /// An offer that is told with figures of its own.
    OwnFigures = "own_figures" Bad,
    /// An offer without its terms.
    NoTerms = "no_terms" Bad,
    /// A text message that somebody cannot stop.
    NoStop = "no_stop" Warn,
    /// A mail without a preheader.
    NoPreheader = "no_preheader" Hint,
    /// A WhatsApp template without category or name.
    NoTemplate = "no_template" Hint,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In which text.
    pub text: (Medium, Language, Tone, Variant),
    /// In which field.
    pub field: Field,
    /// The line, from 1.
    pub line: usize,
    /// The letter in the line, from 1.
    pub column: usize,
    /// What it is about.
    pub rule: Rule,
    /// The words, as they stand there.
    pub quote: String,
    /// What could be said instead; empty if only they know.
    pub instead: String,
    /// How many or how much, where that is the point.
    pub number: usize,
}

/// A text that is looked at.
pub(super) struct Looking<'a> {
    pub(super) voice: &'a Voice,
    pub(super) adaptation: &'a Adaptation,
    pub(super) promotion: Option<&'a Promotion>,
    pub(super) field: Field,
    /// As it was written.
    pub(super) raw: &'a str,
    /// The same, letter by letter, with blanks where a template does something.
    pub(super) masked: String,
    pub(super) found: Vec<Finding>,
}

impl Looking<'_> {
    /// Notes something that stands at a byte of the masked text.
    pub(super) fn note(
        &mut self,
        rule: Rule,
        at: usize,
        quote: &str,
        instead: &str,
        number: usize,
    ) {
        let place = place_of(self.field, &self.masked, at).fault(super::template::What::Empty);
        self.found.push(Finding {
            text: self.adaptation.spot(),
            field: self.field,
            line: place.line,
            column: place.column,
            rule,
            quote: quote.trim().to_owned(),
            instead: instead.to_owned(),
            number,
        });
    }
}

/// What the voice of the company has to say to a text.
#[must_use]
pub fn review(
    voice: &Voice,
    piece: &Piece,
    adaptation: &Adaptation,
    promotion: Option<&Promotion>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (field, raw) in adaptation.fields.written(adaptation.medium) {
        if matches!(
            field,
            Field::Link | Field::Image | Field::Layout | Field::Template
        ) {
            continue;
        }
        let mut looking = Looking {
            voice,
            adaptation,
            promotion,
            field,
            raw,
            masked: masked(raw),
            found: Vec::new(),
        };
        address::look(&mut looking);
        phrase::look(&mut looking);
        sign::look(&mut looking);
        reading::look(&mut looking);
        found.append(&mut looking.found);
    }
    sign::look_whole(voice, piece, adaptation, promotion, &mut found);
    found.sort_by_key(|it| (it.rule.weight(), it.field, it.line, it.column, it.rule));
    found
}

/// A template, byte by byte as long, with blanks where it does something and a name where it puts
/// something in: what rules look at.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['{']) {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let close = match after.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                out.push('{');
                rest = &after[1..];
                continue;
            }
        };
        let Some(end) = after.find(close).map(|end| end + 2) else {
            out.push_str(after);
            return out;
        };
        let filler = if close == "}}" { "X" } else { " " };
        out.push_str(filler);
        out.extend(after[1..end].bytes().map(|_| ' '));
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}
