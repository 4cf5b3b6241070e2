//! Mends what JSON may say but Unicode text may not hold: half a surrogate pair (a browser that
//! cut an emoji in two) and NUL (which PostgreSQL and C programs cannot store).
//!
//! **Invariant:** well-formed JSON stays well-formed, other escapes stay untouched, and what comes
//! out can always be read as text.

use std::borrow::Cow;

const REPLACEMENT: &str = "\\ufffd";

/// The same JSON, with each escape that is no character replaced by U+FFFD.
#[must_use]
pub fn mend(json: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let Some(mut position) = memchr::memchr(b'\\', bytes) else {
        return json;
    };
    let mut mended: Option<String> = None;
    let mut copied = 0;
    loop {
        let length = match escape(&bytes[position..]) {
            Escape::Fine(length) => length,
            Escape::NoCharacter => {
                let text = mended.get_or_insert_with(|| String::with_capacity(json.len()));
                text.push_str(&json[copied..position]);
                text.push_str(REPLACEMENT);
                copied = position + REPLACEMENT.len();
                REPLACEMENT.len()
            }
        };
        let Some(rest) = bytes.get(position + length..) else {
            break;
        };
        let Some(distance) = memchr::memchr(b'\\', rest) else {
            break;
        };
        position += length + distance;
    }
    match mended {
        None => json,
        Some(mut text) => {
            text.push_str(&json[copied..]);
            Cow::Owned(text)
        }
    }
}

enum Escape {
    /// An escape of so many bytes.
    Fine(usize),
    /// Six bytes that stand for no character.
    NoCharacter,
}

/// What the escape at the start of `bytes` is; `bytes` begins with a backslash.
fn escape(bytes: &[u8]) -> Escape {
    match unit(bytes) {
        None => Escape::Fine(2),
        Some(0 | 0xdc00..=0xdfff) => Escape::NoCharacter,
        Some(0xd800..=0xdbff) => match bytes.get(6..).and_then(unit) {
            Some(0xdc00..=0xdfff) => Escape::Fine(12),
            _ => Escape::NoCharacter,
        },
        Some(_) => Escape::Fine(6),
    }
}

/// The UTF-16 unit of `\uXXXX`, if that is what stands here.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_is_no_character() {
        for (json, expected) in [
            (r#""plain""#, r#""plain""#),
            (r#""citt\u00e0""#, r#""citt\u00e0""#),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""a\u0000b\u0000""#, r#""a\ufffdb\ufffd""#),
            (r#""\\u0000""#, r#""\\u0000""#),
            (r#""\\\u0000""#, r#""\\\ufffd""#),
            (
                r#"{"a":"x\/y","b":"\uDBFFz"}"#,
                r#"{"a":"x\/y","b":"\ufffdz"}"#,
            ),
        ] {
            assert_eq!(mend(Cow::Borrowed(json)), expected, "{json}");
            assert!(serde_json::from_str::<serde_json::Value>(expected).is_ok());
        }
    }

    #[test]
    fn survives_text_that_is_not_json() {
        for json in [
            "\\",
            "\\u",
            "\\u00",
            "\\ud800\\u",
            "é\\ud800é",
            "\\é",
            "\\u+000",
        ] {
            assert!(!mend(Cow::Borrowed(json)).is_empty());
        }
    }
}
