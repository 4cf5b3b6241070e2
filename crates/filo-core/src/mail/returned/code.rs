//! Enhanced codes of RFC 3463 (`5.1.1`) and codes of the conversation (`550`), as they stand in
//! running text.

use std::fmt;

/// Class, subject and detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnhancedCode(pub u8, pub u16, pub u16);

impl fmt::Display for EnhancedCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl EnhancedCode {
    /// Reads one, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut number = |digits_most: usize| -> Option<u16> {
            let part = parts.next()?;
            let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            (is_number && part.len() <= digits_most).then(|| part.parse().ok())?
        };
        let (class, subject, detail) = (number(1)?, number(2)?, number(3)?);
        if parts.next().is_some() || !matches!(class, 2 | 4 | 5) {
            return None;
        }
        Some(Self(u8::try_from(class).ok()?, subject, detail))
    }

    /// The first one in a text; the last number of an address (`192.5.1.1`) is none.
    #[must_use]
    pub fn first_in(text: &str) -> Option<Self> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
        text.split(|letter| !is_part(letter))
            .find_map(|word| Self::parse(word.trim_matches('.')))
    }

    /// Whether it says more than that something failed.
    #[must_use]
    pub const fn is_specific(self) -> bool {
        self.1 != 0 && !(self.1 == 5 && self.2 == 0)
    }
}

/// The first code of a conversation in a text: three digits that stand alone or before a code.
#[must_use]
pub(super) fn reply_in(text: &str) -> Option<u16> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
    let words = text.split(|letter| !is_part(letter));
    let codes = words.filter(|word| word.len() == 3 && matches!(word.as_bytes()[0], b'4' | b'5'));
    let mut numbers = codes.filter_map(|word| word.parse().ok());
    numbers.find(|code| (400..600).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_running_text() {
        for (text, code, reply) in [
            (
                "smtp; 550-5.1.1 The email",
                Some(EnhancedCode(5, 1, 1)),
                Some(550),
            ),
            (
                "550 #5.1.0 Address rejected.",
                Some(EnhancedCode(5, 1, 0)),
                Some(550),
            ),
            ("(#5.5.0)", Some(EnhancedCode(5, 5, 0)), None),
            ("host 192.5.1.1 said 421", None, Some(421)),
            ("5.7.606 Access", Some(EnhancedCode(5, 7, 606)), None),
            ("version 3.1.2", None, None),
            ("", None, None),
        ] {
            assert_eq!(EnhancedCode::first_in(text), code, "{text}");
            assert_eq!(reply_in(text), reply, "{text}");
        }
    }
}
