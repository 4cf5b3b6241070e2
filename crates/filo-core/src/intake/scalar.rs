//! A field that should be a text, as clients really send it: text, number, null, or nonsense.
//!
//! **Invariant:** reading never fails and never copies a text that has no escapes; what cannot be
//! a text is remembered as such, so that the fault can be named with its field.

use std::borrow::Cow;

use super::escapes;

/// A JSON value where a text was expected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scalar<'a> {
    /// Not there, or null.
    #[default]
    Absent,
    /// A text.
    Text(Cow<'a, str>),
    /// A number, as written.
    Number(&'a str),
    /// Something else: what it is, in a word for people.
    Wrong(&'static str),
}

impl<'a> Scalar<'a> {
    /// Reads one JSON value that is known to be well-formed.
    #[must_use]
    pub fn read(raw: &'a str) -> Self {
        let raw = raw.trim_ascii();
        match raw.as_bytes().first() {
            None | Some(b'n') => Self::Absent,
            Some(b'"') => Self::text(raw),
            Some(b'-' | b'0'..=b'9') => Self::Number(raw),
            Some(b't' | b'f') => Self::Wrong("true or false"),
            Some(b'{') => Self::Wrong("an object"),
            Some(b'[') => Self::Wrong("a list"),
            Some(_) => Self::Wrong("not JSON"),
        }
    }

    fn text(quoted: &'a str) -> Self {
        let inner = quoted
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        match inner {
            Some(inner) if memchr::memchr(b'\\', inner.as_bytes()).is_none() => {
                Self::Text(Cow::Borrowed(inner))
            }
            _ => match serde_json::from_str::<String>(&escapes::mend(Cow::Borrowed(quoted))) {
                Ok(text) => Self::Text(Cow::Owned(text)),
                Err(_) => Self::Wrong("not JSON"),
            },
        }
    }

    /// The text, numbers included: `7`, `7.0` and `"7"` are one value, because spreadsheets and
    /// data frames turn whole numbers into decimals. Empty texts count as absent.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        let text = match self {
            Self::Text(text) => trimmed(text),
            Self::Number(digits) => whole(digits),
            Self::Absent | Self::Wrong(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Scalar<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// The text without blanks around it. Nearly all texts begin and end with something to see.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// A number without decimals that are all zero.
fn whole(digits: &str) -> &str {
    match digits.split_once('.') {
        Some((before, after)) if after.bytes().all(|digit| digit == b'0') => before,
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_texts_and_numbers_as_text() {
        for (raw, expected) in [
            (r#""u-1""#, Some("u-1")),
            (r#"" u-1 ""#, Some("u-1")),
            (r#""""#, None),
            (r#""  ""#, None),
            ("null", None),
            ("42", Some("42")),
            ("42.0", Some("42")),
            ("42.50", Some("42.50")),
            ("-7", Some("-7")),
            ("1e3", Some("1e3")),
            (r#""citt\u00e0""#, Some("città")),
            (r#""a\"b""#, Some("a\"b")),
            (r#""a\ud800b""#, Some("a\u{fffd}b")),
            (r#""a\u0000b""#, Some("a\u{fffd}b")),
            ("true", None),
            ("{}", None),
            ("[1]", None),
        ] {
            assert_eq!(Scalar::read(raw).as_text(), expected, "{raw}");
        }
    }

    #[test]
    fn remembers_what_it_was() {
        assert_eq!(Scalar::read("false"), Scalar::Wrong("true or false"));
        assert_eq!(Scalar::read(r#"{"a":1}"#), Scalar::Wrong("an object"));
        assert_eq!(Scalar::read("[]"), Scalar::Wrong("a list"));
        assert_eq!(Scalar::read("null"), Scalar::Absent);
    }
}
