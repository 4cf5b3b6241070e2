//! Formulas over traits: `spent / orders`, `round(if_missing(spend, 0) * 1.1, 2)`.
//!
//! **Invariant:** a formula is read back from its text as it was; its value is exact to six
//! decimals at each step, and there is none where a part is missing, a number is divided by zero
//! or a result is greater than numbers go.

mod lexer;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::segment::number::Number;

pub use parse::{FormulaCause, FormulaFault, TEXT_BYTES_MOST};

/// A formula that keeps to the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula(Term);

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A number, zero or greater.
    Number(Number),
    /// The number that a trait says.
    Trait(CompactString),
    /// The negative of a part.
    Negative(Box<Term>),
    /// Two parts.
    Pair(Operator, Box<Term>, Box<Term>),
    /// The smallest of some parts.
    Least(Vec<Term>),
    /// The greatest of some parts.
    Most(Vec<Term>),
    /// A part with so many decimals at most.
    Round(Box<Term>, u8),
    /// How far a part is from zero.
    Absolute(Box<Term>),
    /// A part, or another one where that has no value.
    IfMissing(Box<Term>, Box<Term>),
}

/// What is done with two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// The sum.
    Plus,
    /// The difference.
    Minus,
    /// The product.
    Times,
    /// The quotient.
    Over,
}

impl Operator {
    const fn sign(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::Over => '/',
        }
    }

    /// What binds more is done first.
    const fn strength(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 1,
            Self::Times | Self::Over => 2,
        }
    }

    fn of(self, one: Number, other: Number) -> Option<Number> {
        match self {
            Self::Plus => one.plus(other),
            Self::Minus => one.minus(other),
            Self::Times => one.times(other),
            Self::Over => one.over(other),
        }
    }
}

/// What binds as one.
const WHOLE: u8 = 3;

impl Formula {
    #[cfg(test)]
    pub(in crate::segment) const fn unchecked(term: Term) -> Self {
        Self(term)
    }

    /// The whole of it.
    #[must_use]
    pub const fn term(&self) -> &Term {
        &self.0
    }

    /// The traits that it names.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&CompactString> {
        let mut names = BTreeSet::new();
        let mut waiting = vec![&self.0];
        while let Some(term) = waiting.pop() {
            match term {
                Term::Number(_) => {}
                Term::Trait(key) => {
                    names.insert(key);
                }
                Term::Negative(of) | Term::Round(of, _) | Term::Absolute(of) => waiting.push(of),
                Term::Pair(_, one, other) | Term::IfMissing(one, other) => {
                    waiting.extend([&**one, &**other]);
                }
                Term::Least(parts) | Term::Most(parts) => waiting.extend(parts),
            }
        }
        names
    }

    /// The value, with that of each trait that it names.
    pub fn value(&self, part: &mut dyn FnMut(&CompactString) -> Option<Number>) -> Option<Number> {
        value(&self.0, part)
    }
}

fn value(term: &Term, part: &mut dyn FnMut(&CompactString) -> Option<Number>) -> Option<Number> {
    match term {
        Term::Number(number) => Some(*number),
        Term::Trait(key) => part(key),
        Term::Negative(of) => Number::ZERO.minus(value(of, part)?),
        Term::Pair(operator, one, other) => {
            // Both are asked, so that it is known when either changes.
            let (one, other) = (value(one, part), value(other, part));
            operator.of(one?, other?)
        }
        Term::Least(parts) => values(parts, part)?.into_iter().min(),
        Term::Most(parts) => values(parts, part)?.into_iter().max(),
        Term::Round(of, decimals) => value(of, part)?.rounded(*decimals),
        Term::Absolute(of) => value(of, part)?.absolute(),
        Term::IfMissing(of, otherwise) => {
            let (of, otherwise) = (value(of, part), value(otherwise, part));
            of.or(otherwise)
        }
    }
}

fn values(
    parts: &[Term],
    part: &mut dyn FnMut(&CompactString) -> Option<Number>,
) -> Option<Vec<Number>> {
    let values: Vec<Option<Number>> = parts.iter().map(|it| value(it, part)).collect();
    values.into_iter().collect()
}

impl FromStr for Formula {
    type Err = FormulaFault;

    fn from_str(text: &str) -> Result<Self, FormulaFault> {
        parse::parse(text).map(Self)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(out, 0)
    }
}

impl Term {
    /// Writes the part, in parentheses if what is around it binds more.
    fn write(&self, out: &mut fmt::Formatter<'_>, around: u8) -> fmt::Result {
        match self {
            Self::Number(number) => write!(out, "{number}"),
            Self::Trait(key) if lexer::is_plain(key) => out.write_str(key),
            Self::Trait(key) => write!(out, "\"{key}\""),
            Self::Negative(of) => {
                out.write_str("-")?;
                of.write(out, WHOLE)
            }
            Self::Pair(operator, one, other) => {
                let strength = operator.strength();
                let is_apart = strength < around;
                if is_apart {
                    out.write_str("(")?;
                }
                one.write(out, strength)?;
                write!(out, " {} ", operator.sign())?;
                // What stands behind is done first only in parentheses.
                other.write(out, strength + 1)?;
                match is_apart {
                    true => out.write_str(")"),
                    false => Ok(()),
                }
            }
            Self::Least(parts) => call(out, "min", parts),
            Self::Most(parts) => call(out, "max", parts),
            Self::Round(of, decimals) => {
                out.write_str("round(")?;
                of.write(out, 0)?;
                match decimals {
                    0 => out.write_str(")"),
                    decimals => write!(out, ", {decimals})"),
                }
            }
            Self::Absolute(of) => call(out, "abs", std::slice::from_ref(&**of)),
            Self::IfMissing(of, otherwise) => {
                out.write_str("if_missing(")?;
                of.write(out, 0)?;
                out.write_str(", ")?;
                otherwise.write(out, 0)?;
                out.write_str(")")
            }
        }
    }
}

fn call(out: &mut fmt::Formatter<'_>, name: &str, parts: &[Term]) -> fmt::Result {
    write!(out, "{name}(")?;
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.write_str(", ")?;
        }
        part.write(out, 0)?;
    }
    out.write_str(")")
}

impl Serialize for Formula {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
