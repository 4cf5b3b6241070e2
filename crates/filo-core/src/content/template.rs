//! Running a template: the small language of [`super::scan`] over facts, within a budget.
//!
//! **Invariant:** a run ends within [`FUEL`] steps and [`OUTPUT_BYTES_MOST`] bytes; a value that
//! is missing is a fault with its place, never a hole in a sentence.

use std::io;

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, filters, tests};

use super::field::Field;
use super::scan::scan;
use super::shield::{clean, plain_template, shielded};

/// Steps of a run: a loop over a full basket takes some hundreds.
const FUEL: u64 = 20_000;
/// Tags within each other.
const DEPTH_MOST: usize = 32;
/// Bytes of a template.
pub(super) const TEMPLATE_BYTES_MOST: usize = 60_000;
/// Bytes of what comes out.
pub(super) const OUTPUT_BYTES_MOST: usize = 200_000;

/// Something that keeps a text from being said: where, and what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}, line {line}, column {column}: {what}", .field.word())]
pub struct Fault {
    /// In which field.
    pub field: Field,
    /// The line, from 1.
    pub line: usize,
    /// The letter in the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A tag is opened and not closed.
    #[error("a brace is opened and never closed: end it with }}}} or %}}")]
    Unclosed,
    /// The language of templates does not have it.
    #[error("`{0}` is not possible in a text: values, if, for and the filters of the list are")]
    NotAllowed(String),
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Syntax(String),
    /// There is no such variable.
    #[error("there is no `{name}`{}", near.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
    Unknown {
        /// As it was written.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// This person does not have it.
    #[error("`{0}` is missing for this person: add | default(\"…\") or put it into {{% if %}}")]
    Missing(String),
    /// A list or a group of values cannot be said as it is.
    #[error("this is a list: say its parts with for, or put them together with | join(\", \")")]
    List,
    /// The work or the text is too much.
    #[error("this does too much: shorten lists and loops")]
    TooMuch,
    /// Longer than the medium takes.
    #[error("has {has} characters, of which this medium takes {most}")]
    TooLong {
        /// As it is.
        has: usize,
        /// As it may be.
        most: usize,
    },
    /// Not an address that may stand behind a link.
    #[error("`{0}` is no address for a link: it begins with https://, mailto: or tel:")]
    Link(String),
    /// A block in brackets that there is not.
    #[error(
        "[{0}] is no block: there are [button: words](link), [promotion] and ![words](picture)"
    )]
    Block(String),
    /// An image without words for who does not see it.
    #[error("say in words what the picture shows: ![words](picture)")]
    Picture,
    /// The piece says nothing by this medium.
    #[error("nothing is written for this medium")]
    NoText,
    /// The field must be filled in.
    #[error("is empty")]
    Empty,
    /// The text speaks of an offer, and none was chosen.
    #[error("speaks of a promotion, and none was chosen for this piece")]
    NoPromotion,
    /// The offer is over.
    #[error("the promotion is over")]
    PromotionOver,
    /// The offer is not told by this medium.
    #[error("the promotion is not told by this medium")]
    PromotionElsewhere,
    /// What marketing must offer was not given.
    #[error("a marketing mail needs the link `{0}`")]
    NoLink(&'static str),
    /// A variation that there is not.
    #[error("there is no variation `{0}` in this language")]
    Variation(String),
    /// A variation that varies holds something that must not.
    #[error("`{0}` must not vary: figures, links, codes and terms stay outside of variations")]
    Varies(String),
    /// Two texts stand at the same place.
    #[error("two texts stand for the same medium, language, tone and variant")]
    Twice,
    /// A name that cannot be one.
    #[error("{0}")]
    Name(&'static str),
}

impl What {
    /// The word of it in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unclosed => "unclosed",
            Self::NotAllowed(_) => "not_allowed",
            Self::Syntax(_) => "syntax",
            Self::Unknown { .. } => "unknown",
            Self::Missing(_) => "missing",
            Self::List => "list",
            Self::TooMuch => "too_much",
            Self::TooLong { .. } => "too_long",
            Self::Link(_) => "link",
            Self::Block(_) => "block",
            Self::Picture => "picture",
            Self::NoText => "no_text",
            Self::Empty => "empty",
            Self::NoPromotion => "no_promotion",
            Self::PromotionOver => "promotion_over",
            Self::PromotionElsewhere => "promotion_elsewhere",
            Self::NoLink(_) => "no_link",
            Self::Variation(_) => "variation",
            Self::Varies(_) => "varies",
            Self::Twice => "twice",
            Self::Name(_) => "name",
        }
    }

    /// What it is about, as it stands in the text.
    #[must_use]
    pub fn about(&self) -> String {
        match self {
            Self::NotAllowed(text)
            | Self::Syntax(text)
            | Self::Missing(text)
            | Self::Link(text)
            | Self::Block(text)
            | Self::Variation(text)
            | Self::Varies(text) => text.clone(),
            Self::Unknown { name, .. } => name.clone(),
            Self::TooLong { has, .. } => has.to_string(),
            Self::NoLink(name) | Self::Name(name) => (*name).to_owned(),
            Self::Unclosed
            | Self::List
            | Self::TooMuch
            | Self::Picture
            | Self::NoText
            | Self::Empty
            | Self::NoPromotion
            | Self::PromotionOver
            | Self::PromotionElsewhere
            | Self::Twice => String::new(),
        }
    }
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    field: Field,
    line: usize,
    column: usize,
}

impl Spot {
    pub(super) const fn of(field: Field) -> Self {
        Self {
            field,
            line: 1,
            column: 1,
        }
    }

    pub(super) const fn at_line(field: Field, line: usize) -> Self {
        Self {
            field,
            line,
            column: 1,
        }
    }

    pub(super) const fn fault(self, what: What) -> Fault {
        Fault {
            field: self.field,
            line: self.line,
            column: self.column,
            what,
        }
    }
}

/// Where a byte stands.
pub(super) fn place_of(field: Field, text: &str, at: usize) -> Spot {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let begun = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[begun..].chars().count() + 1;
    Spot {
        field,
        line,
        column,
    }
}

/// What a template gives for these values: what comes from data shielded, so that it is not read
/// as markup.
pub(super) fn run(field: Field, text: &str, facts: &Value) -> Result<String, Fault> {
    let text = plain_template(text);
    if text.len() > TEMPLATE_BYTES_MOST {
        let what = What::TooLong {
            has: text.len(),
            most: TEMPLATE_BYTES_MOST,
        };
        return Err(Spot::of(field).fault(what));
    }
    scan(field, &text)?;
    let environment = environment();
    let template = environment
        .template_from_str(&text)
        .map_err(|error| fault_of(field, &text, &error))?;
    let mut out = Bounded(Vec::new());
    template
        .render_captured_to(facts.clone(), &mut out)
        .map_err(|error| fault_of(field, &text, &error))?;
    Ok(String::from_utf8_lossy(&out.0).into_owned())
}

/// The variables of a template that nobody gives it, dotted: `traits.city`.
pub(super) fn variables(field: Field, text: &str) -> Result<Vec<String>, Fault> {
    let text = plain_template(text);
    scan(field, &text)?;
    let environment = environment();
    let template = environment
        .template_from_str(&text)
        .map_err(|error| fault_of(field, &text, &error))?;
    let mut found: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    found.sort_unstable();
    Ok(found)
}

fn environment<'a>() -> Environment<'a> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH_MOST);
    environment.add_filter("default", filters::default);
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("join", join);
    environment.add_test("defined", tests::is_defined);
    environment.set_formatter(|out, _state, value| {
        let written = match value.kind() {
            ValueKind::String if value.is_safe() => value.as_str().unwrap_or_default().to_owned(),
            ValueKind::String => shielded(&clean(value.as_str().unwrap_or_default())),
            ValueKind::Number => shielded(&value.to_string()),
            _ => return Err(minijinja::Error::new(ErrorKind::NonPrimitive, "")),
        };
        Ok(out.write_str(&written)?)
    });
    environment
}

/// The parts of a list with something between them; no more of them than are read.
fn join(list: &Value, between: Option<String>) -> Result<String, minijinja::Error> {
    let between = between.unwrap_or_default();
    let mut joined = String::new();
    for (place, part) in list.try_iter()?.enumerate() {
        let part = match part.kind() {
            ValueKind::String => part.as_str().unwrap_or_default().to_owned(),
            ValueKind::Number => part.to_string(),
            _ => return Err(minijinja::Error::new(ErrorKind::NonPrimitive, "")),
        };
        if place > 0 {
            joined.push_str(&between);
        }
        joined.push_str(&part);
        if joined.len() > OUTPUT_BYTES_MOST {
            return Err(minijinja::Error::new(ErrorKind::OutOfFuel, ""));
        }
    }
    Ok(joined)
}

fn fault_of(field: Field, text: &str, error: &minijinja::Error) -> Fault {
    let range = error.range();
    let quoted = range.clone().and_then(|range| text.get(range));
    let quoted = quoted.unwrap_or_default().trim().to_owned();
    let spot = match &range {
        Some(range) => place_of(field, text, range.start),
        None => Spot::at_line(field, error.line().unwrap_or(1)),
    };
    let what = match error.kind() {
        ErrorKind::UndefinedError => What::Missing(quoted),
        ErrorKind::NonPrimitive => What::List,
        ErrorKind::OutOfFuel | ErrorKind::WriteFailure => What::TooMuch,
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod
        | ErrorKind::UnknownTest => What::NotAllowed(quoted),
        _ => What::Syntax(
            error
                .detail()
                .unwrap_or("check the words between braces")
                .to_owned(),
        ),
    };
    spot.fault(what)
}

/// Takes so many bytes and no more.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_BYTES_MOST {
            return Err(io::Error::other("too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
