//! Where the reader stands in a text, and what may follow.

use compact_str::CompactString;

use super::fault::{Expected, TextCause};
use super::lexer::{Sign, Token, tokens};
use crate::segment::pattern::Field;

/// Parentheses and `not`s within each other: a printed condition needs two for each of its levels.
pub(super) const NESTING_MOST: usize = 32;

/// What is wrong, and at which byte.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) at: usize,
    pub(super) cause: TextCause,
}

pub(super) type Read<T> = Result<T, Lost>;

/// A text, read up to somewhere.
pub(super) struct Cursor<'a> {
    tokens: Vec<Token<'a>>,
    place: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            tokens: tokens(text),
            place: 0,
            depth: 0,
        }
    }

    /// What stands so many signs ahead; beyond the end, the end.
    pub(super) fn ahead(&self, signs: usize) -> &Sign<'a> {
        &self.token(signs).sign
    }

    /// The byte at which the next sign begins.
    pub(super) fn at(&self) -> usize {
        self.token(0).at
    }

    fn token(&self, signs: usize) -> &Token<'a> {
        let last = self.tokens.len() - 1;
        &self.tokens[last.min(self.place + signs)]
    }

    /// What was read last.
    pub(super) fn behind(&self, signs: usize) -> Option<&Sign<'a>> {
        let place = self.place.checked_sub(signs)?;
        self.tokens.get(place).map(|token| &token.sign)
    }

    /// Whether this word comes next. Capitals make no difference.
    pub(super) fn is(&self, word: &str) -> bool {
        self.is_ahead(0, word)
    }

    /// Whether one of these words comes next.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// Whether this word stands so many signs ahead.
    pub(super) fn is_ahead(&self, signs: usize, word: &str) -> bool {
        matches!(self.ahead(signs), Sign::Word(it) if it.eq_ignore_ascii_case(word))
    }

    /// Goes past this word, if it comes next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let is_it = self.is(word);
        self.skip(usize::from(is_it));
        is_it
    }

    /// Goes past this sign, if it comes next.
    pub(super) fn take_sign(&mut self, sign: &Sign<'_>) -> bool {
        let is_it = self.ahead(0) == sign;
        self.skip(usize::from(is_it));
        is_it
    }

    /// Goes past this word, which must come next.
    pub(super) fn must(&mut self, word: &'static str) -> Read<()> {
        match self.take(word) {
            true => Ok(()),
            false => self.expected(Expected::Word(word)),
        }
    }

    /// Goes past this sign, which must come next.
    pub(super) fn must_sign(&mut self, sign: &Sign<'_>, expected: Expected) -> Read<()> {
        match self.take_sign(sign) {
            true => Ok(()),
            false => self.expected(expected),
        }
    }

    /// Goes on by so many signs, never past the end.
    pub(super) fn skip(&mut self, signs: usize) {
        self.place = (self.place + signs).min(self.tokens.len() - 1);
    }

    /// Reads the next word as something that it must be.
    pub(super) fn word<T>(
        &mut self,
        expected: Expected,
        known: impl FnOnce(&str) -> Option<T>,
    ) -> Read<T> {
        let read = match self.ahead(0) {
            Sign::Word(word) => known(word),
            _ => None,
        };
        let Some(read) = read else {
            return self.expected(expected);
        };
        self.skip(1);
        Ok(read)
    }

    /// The next text in quotes.
    pub(super) fn text(&mut self, expected: Expected) -> Read<CompactString> {
        let Sign::Text(text) = self.ahead(0) else {
            return self.expected(expected);
        };
        let text = text.clone();
        self.skip(1);
        Ok(text)
    }

    /// A name, bare or in quotes.
    pub(super) fn name(&mut self, expected: Expected) -> Read<CompactString> {
        match self.ahead(0) {
            Sign::Text(_) => self.text(expected),
            _ => self.word(expected, |word| Some(word.into())),
        }
    }

    /// A place in an event, bare or in quotes.
    pub(super) fn field(&mut self) -> Read<Field> {
        let at = self.at();
        let name = self.name(Expected::Field)?;
        name.parse().map_err(|_no_path| Lost {
            at,
            cause: TextCause::Expected(Expected::Field),
        })
    }

    /// Reads something that stands within something else.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == NESTING_MOST {
            return self.wrong(TextCause::TooDeep);
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// That something else should come next.
    pub(super) fn expected<T>(&self, expected: Expected) -> Read<T> {
        self.wrong(TextCause::Expected(expected))
    }

    /// That what comes next is wrong; what cannot be read at all is that before anything else.
    pub(super) fn wrong<T>(&self, cause: TextCause) -> Read<T> {
        let cause = match self.ahead(0) {
            Sign::Wrong(unreadable) => *unreadable,
            _ => cause,
        };
        Err(Lost {
            at: self.at(),
            cause,
        })
    }

    /// Keeps what is said once; a second time is wrong.
    pub(super) fn once<T>(
        &mut self,
        kept: &mut Option<T>,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<()> {
        if kept.is_some() {
            return self.wrong(TextCause::Twice);
        }
        *kept = Some(read(self)?);
        Ok(())
    }
}
