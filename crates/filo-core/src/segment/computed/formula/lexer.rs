//! The text of a formula, sign by sign: names, numbers, operators.

use super::Operator;
use super::parse::{FormulaCause, FormulaFault};
use crate::segment::number::Number;

/// One word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number(Number),
    /// A trait or a function.
    Name(String),
    /// A trait whose key is no plain name, in quotes.
    Quoted(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    End,
}

/// Where something stands: line and column, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Spot {
    pub(super) const fn fault(self, cause: FormulaCause) -> FormulaFault {
        FormulaFault {
            line: self.line,
            column: self.column,
            cause,
        }
    }
}

/// Whether a key can stand in a formula without quotes.
pub(super) fn is_plain(key: &str) -> bool {
    let mut letters = key.chars();
    let begins = letters.next().is_some_and(is_letter);
    begins && letters.all(|letter| is_letter(letter) || letter.is_numeric())
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

/// The words and signs of a text, each with where it stands; the end is the last one.
pub(super) fn tokens(text: &str) -> Result<Vec<(Spot, Token)>, FormulaFault> {
    let mut reader = Reader {
        rest: text,
        spot: Spot { line: 1, column: 1 },
    };
    let mut tokens = Vec::new();
    loop {
        reader.take(char::is_whitespace);
        let spot = reader.spot;
        let token = reader.token()?;
        let is_end = token == Token::End;
        tokens.push((spot, token));
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    spot: Spot,
}

impl<'a> Reader<'a> {
    fn token(&mut self) -> Result<Token, FormulaFault> {
        let spot = self.spot;
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        if first.is_ascii_digit() {
            let digits = self.take(|letter| letter.is_ascii_digit() || letter == '.');
            let number = digits.parse().ok().filter(|_| !digits.ends_with('.'));
            return number
                .map(Token::Number)
                .ok_or(spot.fault(FormulaCause::Number));
        }
        if is_letter(first) {
            let name = self.take(|letter| is_letter(letter) || letter.is_numeric());
            return Ok(Token::Name(name.to_owned()));
        }
        if first == '"' {
            self.step(first);
            let name = self.take(|letter| !matches!(letter, '"' | '\n')).to_owned();
            return match self.rest.starts_with('"') {
                true => {
                    self.step('"');
                    Ok(Token::Quoted(name))
                }
                false => Err(spot.fault(FormulaCause::OpenQuote)),
            };
        }
        let token = match first {
            '+' => Token::Operator(Operator::Plus),
            '-' | '−' => Token::Operator(Operator::Minus),
            '*' | '×' | '·' => Token::Operator(Operator::Times),
            '/' | '÷' | ':' => Token::Operator(Operator::Over),
            '(' => Token::Open,
            ')' => Token::Close,
            ',' | ';' => Token::Comma,
            other => return Err(spot.fault(FormulaCause::Sign(other))),
        };
        self.step(first);
        Ok(token)
    }

    fn step(&mut self, letter: char) {
        self.rest = self.rest.get(letter.len_utf8()..).unwrap_or_default();
        self.spot = match letter {
            '\n' => Spot {
                line: self.spot.line + 1,
                column: 1,
            },
            _ => Spot {
                column: self.spot.column + 1,
                ..self.spot
            },
        };
    }

    /// What comes as long as it is of a kind.
    fn take(&mut self, is_of: impl Fn(char) -> bool) -> &'a str {
        let whole = self.rest;
        while let Some(letter) = self.rest.chars().next().filter(|it| is_of(*it)) {
            self.step(letter);
        }
        &whole[..whole.len() - self.rest.len()]
    }
}
