//! One quick look over a JSON object, before anybody parses it: which keys of interest it may
//! hold, and whether it keeps the limits of width and depth.
//!
//! Most events hold none of the keys, so most events are never parsed beyond their first level.
//!
//! **Invariant:** a key that is there is never missed unless it is written with escapes; a key may
//! be reported that stands deeper or in a text, so a hit is a reason to parse, not an answer.

use crate::json::members;

/// Most properties or traits of an event; Unify drops the rest silently, Filo says so.
pub const MEMBERS_MOST: usize = 300;
/// Deepest nesting. serde_json stops at 128; everything behind the intake may recurse to here.
pub const DEPTH_MOST: usize = 64;

/// A set of keys of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Words(u16);

impl Words {
    pub(super) const EMAIL: Self = Self(1);
    pub(super) const PHONE: Self = Self(1 << 1);
    pub(super) const TAX_CODE: Self = Self(1 << 2);
    pub(super) const CARD: Self = Self(1 << 3);
    pub(super) const TRAITS: Self = Self(1 << 4);
    pub(super) const DEVICE: Self = Self(1 << 5);
    pub(super) const EXTERNAL_IDS: Self = Self(1 << 6);
    pub(super) const GROUP_ID: Self = Self(1 << 7);
    pub(super) const GOOGLE_ANALYTICS: Self = Self(1 << 8);
    pub(super) const IP: Self = Self(1 << 9);
    pub(super) const USER_AGENT: Self = Self(1 << 10);
    pub(super) const DIRECT: Self = Self(1 << 11);
    pub(super) const CATEGORY: Self = Self(1 << 12);
    pub(super) const CHANNEL: Self = Self(1 << 13);
    /// Keys that name a person, in traits and properties.
    pub(super) const PERSON: Self =
        Self(Self::EMAIL.0 | Self::PHONE.0 | Self::TAX_CODE.0 | Self::CARD.0);
    /// Keys under which a context holds identifiers.
    pub(super) const CONTEXT: Self = Self(
        Self::TRAITS.0
            | Self::DEVICE.0
            | Self::EXTERNAL_IDS.0
            | Self::GROUP_ID.0
            | Self::GOOGLE_ANALYTICS.0
            | Self::DIRECT.0,
    );

    pub(super) const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the quick look saw.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Survey {
    pub(super) words: Words,
    /// At least as many as there are members.
    colons: usize,
}

/// Looks over a JSON object.
pub(super) fn survey(object: &str) -> Survey {
    let bytes = object.as_bytes();
    let mut seen = Survey::default();
    for colon in memchr::memchr_iter(b':', bytes) {
        seen.colons += 1;
        let before = bytes[..colon].trim_ascii_end();
        if let [key @ .., b'"'] = before {
            seen.words.0 |= word(key).0;
        }
    }
    seen
}

/// The word that ends here, if it is one of interest. `key` runs up to the closing quote.
fn word(key: &[u8]) -> Words {
    let ends = |word: &str| key.ends_with(word.as_bytes());
    match key {
        [.., b'l'] if ends("\"email") => Words::EMAIL,
        [.., b'e'] if ends("\"phone") => Words::PHONE,
        [.., b'e'] if ends("\"device") => Words::DEVICE,
        [.., b'e'] if ends("tax_code") || ends("taxCode") => Words::TAX_CODE,
        [.., b'e'] if ends("codice_fiscale") || ends("codiceFiscale") => Words::TAX_CODE,
        [.., b'd'] if ends("card") || ends("Card") => Words::CARD,
        [.., b'd'] if ends("\"groupId") => Words::GROUP_ID,
        [.., b's'] if ends("\"traits") => Words::TRAITS,
        [.., b's'] if ends("\"externalIds") => Words::EXTERNAL_IDS,
        [.., b's'] if ends("\"Google Analytics") => Words::GOOGLE_ANALYTICS,
        [.., b'l'] if ends("\"channel") => Words::CHANNEL,
        [.., b'p'] if ends("\"ip") => Words::IP,
        [.., b't'] if ends("\"userAgent") => Words::USER_AGENT,
        [.., b't'] if ends("\"direct") => Words::DIRECT,
        [.., b'y'] if ends("\"category") => Words::CATEGORY,
        _ => Words::default(),
    }
}

impl Survey {
    /// Whether the object has more members than allowed.
    pub(super) fn is_too_wide(&self, object: &str) -> bool {
        if self.colons <= MEMBERS_MOST {
            return false;
        }
        members(object).nth(MEMBERS_MOST).is_some()
    }
}

/// Whether values are nested deeper than allowed.
pub(super) fn is_too_deep(json: &str) -> bool {
    // Each level opens and closes a bracket.
    if json.len() <= 2 * DEPTH_MOST {
        return false;
    }
    let bytes = json.as_bytes();
    if memchr::memchr2_iter(b'{', b'[', bytes)
        .nth(DEPTH_MOST)
        .is_none()
    {
        return false;
    }
    depth(bytes) > DEPTH_MOST
}

/// How deep the brackets outside texts are nested.
fn depth(json: &[u8]) -> usize {
    let (mut deepest, mut now) = (0_usize, 0_usize);
    let (mut in_text, mut escaped) = (false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_keys_however_they_are_spaced() {
        for (object, word) in [
            (r#"{"email":"a@b.it"}"#, Words::EMAIL),
            (r#"{"email" : "a@b.it"}"#, Words::EMAIL),
            ("{\"a\":1,\n \"phone\"\t:\n\"1\"}", Words::PHONE),
            (r#"{"a":{"traits":{}}}"#, Words::TRAITS),
            (r#"{"codiceFiscale":""}"#, Words::TAX_CODE),
            (r#"{"loyalty_card":""}"#, Words::CARD),
            (
                r#"{"integrations":{"Google Analytics":{}}}"#,
                Words::GOOGLE_ANALYTICS,
            ),
            (r#"{"ip":""}"#, Words::IP),
        ] {
            assert_eq!(survey(object).words, word, "{object}");
        }
        for object in [
            "{}",
            r#"{"x":"email"}"#,
            r#"{"zip":1,"my_email":2,"url":"http://a"}"#,
            ":::",
        ] {
            assert_eq!(survey(object).words, Words::default(), "{object}");
        }
    }

    #[test]
    fn counts_members_exactly_at_the_limit() {
        let object = |count: usize| {
            let members: Vec<_> = (0..count)
                .map(|n| format!("\"k{n}\":{{\"a\":\":\"}}"))
                .collect();
            format!("{{{}}}", members.join(","))
        };
        assert!(!survey(&object(300)).is_too_wide(&object(300)));
        assert!(survey(&object(301)).is_too_wide(&object(301)));
    }

    #[test]
    fn measures_depth_exactly_at_the_limit() {
        let nest = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(!is_too_deep(&nest(64)));
        assert!(is_too_deep(&nest(65)));
        assert!(is_too_deep(&"[".repeat(100_000)));
        let texts = format!("[{}\"\\\"{}\"]", "[],".repeat(200), "[".repeat(200));
        assert!(!is_too_deep(&texts));
    }
}
