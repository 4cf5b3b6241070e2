//! From the text of a formula to its parts, with what is wrong at line and column.

use super::lexer::{Spot, Token, tokens};
use super::{Operator, Term};
use crate::profile::normal_key;
use crate::segment::number::Number;

/// Bytes of a formula.
pub const TEXT_BYTES_MOST: usize = 1_000;
/// Parts of a formula: more is nobody's, and each costs a step for every value.
const PARTS_MOST: usize = 64;
/// Parts within each other, by parentheses, functions and signs.
const DEPTH_MOST: usize = 16;
/// Decimals that can be asked for: as many as numbers have.
const DECIMALS_MOST: i64 = 6;

/// What is wrong with a formula, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {cause}")]
pub struct FormulaFault {
    /// The line, from 1.
    pub line: usize,
    /// The letter in it, from 1.
    pub column: usize,
    /// What is wrong there.
    pub cause: FormulaCause,
}

/// What is wrong. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormulaCause {
    /// Something must stand here.
    #[error("write a number, a trait, a function or a parenthesis")]
    Value,
    /// Two values without a sign between them.
    #[error("write +, -, * or / before this, or leave it out")]
    End,
    /// A parenthesis that is not closed.
    #[error("close the parenthesis with )")]
    Close,
    /// A function with too few parts.
    #[error("write a comma and another part")]
    Comma,
    /// Another name before a parenthesis.
    #[error("there are the functions min, max, round, abs and if_missing")]
    Function,
    /// A name that no trait can have.
    #[error("write the key of a trait")]
    Key,
    /// A number that is none, or has too many digits.
    #[error("write numbers with a point and at most six decimals")]
    Number,
    /// So many decimals are not kept.
    #[error("write how many decimals: a whole number from 0 to {DECIMALS_MOST}")]
    Decimals,
    /// A sign that means nothing here.
    #[error("`{0}` means nothing in a formula")]
    Sign(char),
    /// A quote that is not closed.
    #[error("close the quote on the same line")]
    OpenQuote,
    /// Too long.
    #[error("at most {TEXT_BYTES_MOST} bytes: make a computed trait of a part of it")]
    TooLong,
    /// Too many parts.
    #[error("at most {PARTS_MOST} parts: make a computed trait of some of them")]
    TooManyParts,
    /// Too many within each other.
    #[error("at most {DEPTH_MOST} parentheses within each other")]
    TooDeep,
}

/// The parts of a text.
pub(super) fn parse(text: &str) -> Result<Term, FormulaFault> {
    let start = Spot { line: 1, column: 1 };
    if text.len() > TEXT_BYTES_MOST {
        return Err(start.fault(FormulaCause::TooLong));
    }
    let tokens = tokens(text)?;
    let mut cursor = Cursor {
        tokens: &tokens,
        parts: 0,
    };
    let term = cursor.sum(0)?;
    match cursor.next() {
        (_, Token::End) => Ok(term),
        (spot, _) => Err(spot.fault(FormulaCause::End)),
    }
}

struct Cursor<'a> {
    /// What is to come; the end stays.
    tokens: &'a [(Spot, Token)],
    parts: usize,
}

impl Cursor<'_> {
    fn next(&self) -> (Spot, &Token) {
        match self.tokens.first() {
            Some((spot, token)) => (*spot, token),
            None => (Spot { line: 1, column: 1 }, &Token::End),
        }
    }

    fn step(&mut self) {
        if self.tokens.len() > 1 {
            self.tokens = &self.tokens[1..];
        }
    }

    fn takes(&mut self, wanted: &Token) -> bool {
        let is_it = self.next().1 == wanted;
        if is_it {
            self.step();
        }
        is_it
    }

    fn must(&mut self, wanted: &Token, cause: FormulaCause) -> Result<(), FormulaFault> {
        let (spot, _) = self.next();
        match self.takes(wanted) {
            true => Ok(()),
            false => Err(spot.fault(cause)),
        }
    }

    /// Notes one part more.
    fn part(&mut self, spot: Spot, term: Term) -> Result<Term, FormulaFault> {
        self.parts += 1;
        match self.parts > PARTS_MOST {
            true => Err(spot.fault(FormulaCause::TooManyParts)),
            false => Ok(term),
        }
    }

    fn operator(&mut self, wanted: &[Operator]) -> Option<(Spot, Operator)> {
        let (spot, token) = self.next();
        let Token::Operator(operator) = *token else {
            return None;
        };
        let found = wanted.contains(&operator).then_some((spot, operator));
        if found.is_some() {
            self.step();
        }
        found
    }

    fn sum(&mut self, depth: usize) -> Result<Term, FormulaFault> {
        let mut term = self.product(depth)?;
        while let Some((spot, operator)) = self.operator(&[Operator::Plus, Operator::Minus]) {
            let other = self.product(depth)?;
            let pair = Term::Pair(operator, Box::new(term), Box::new(other));
            term = self.part(spot, pair)?;
        }
        Ok(term)
    }

    fn product(&mut self, depth: usize) -> Result<Term, FormulaFault> {
        let mut term = self.factor(depth)?;
        while let Some((spot, operator)) = self.operator(&[Operator::Times, Operator::Over]) {
            let other = self.factor(depth)?;
            let pair = Term::Pair(operator, Box::new(term), Box::new(other));
            term = self.part(spot, pair)?;
        }
        Ok(term)
    }

    fn factor(&mut self, depth: usize) -> Result<Term, FormulaFault> {
        let (spot, token) = self.next();
        let token = token.clone();
        if depth > DEPTH_MOST {
            return Err(spot.fault(FormulaCause::TooDeep));
        }
        self.step();
        match token {
            Token::Number(number) => self.part(spot, Term::Number(number)),
            Token::Operator(Operator::Minus) => {
                let of = self.factor(depth + 1)?;
                self.part(spot, Term::Negative(Box::new(of)))
            }
            Token::Open => {
                let inner = self.sum(depth + 1)?;
                self.must(&Token::Close, FormulaCause::Close)?;
                Ok(inner)
            }
            Token::Name(name) => match self.takes(&Token::Open) {
                true => {
                    let called = self.function((spot, &name), depth + 1)?;
                    self.must(&Token::Close, FormulaCause::Close)?;
                    self.part(spot, called)
                }
                false => self.key(spot, &name),
            },
            Token::Quoted(name) => self.key(spot, &name),
            Token::Operator(_) | Token::Close | Token::Comma | Token::End => {
                Err(spot.fault(FormulaCause::Value))
            }
        }
    }

    fn key(&mut self, spot: Spot, name: &str) -> Result<Term, FormulaFault> {
        let key = normal_key(name).ok_or(spot.fault(FormulaCause::Key))?;
        self.part(spot, Term::Trait(key.into()))
    }

    fn function(&mut self, (spot, name): (Spot, &str), depth: usize) -> Result<Term, FormulaFault> {
        Ok(match name {
            "min" => Term::Least(self.several(depth)?),
            "max" => Term::Most(self.several(depth)?),
            "abs" => Term::Absolute(Box::new(self.sum(depth)?)),
            "round" => {
                let of = Box::new(self.sum(depth)?);
                let decimals = match self.takes(&Token::Comma) {
                    true => self.decimals()?,
                    false => 0,
                };
                Term::Round(of, decimals)
            }
            "if_missing" => {
                let of = Box::new(self.sum(depth)?);
                self.must(&Token::Comma, FormulaCause::Comma)?;
                Term::IfMissing(of, Box::new(self.sum(depth)?))
            }
            _ => return Err(spot.fault(FormulaCause::Function)),
        })
    }

    /// At least one part, with commas between them.
    fn several(&mut self, depth: usize) -> Result<Vec<Term>, FormulaFault> {
        let mut parts = vec![self.sum(depth)?];
        while self.takes(&Token::Comma) {
            parts.push(self.sum(depth)?);
        }
        Ok(parts)
    }

    fn decimals(&mut self) -> Result<u8, FormulaFault> {
        let (spot, token) = self.next();
        let whole = match token {
            Token::Number(number) if Number::whole(number.floor()) == *number => {
                Some(number.floor()).filter(|decimals| *decimals <= DECIMALS_MOST)
            }
            _ => None,
        };
        let decimals = whole.and_then(|decimals| u8::try_from(decimals).ok());
        self.step();
        decimals.ok_or(spot.fault(FormulaCause::Decimals))
    }
}
