//! Message ids, split for storage.
//!
//! SDKs end a message id with a random UUID: 36 letters that compress to 19 bytes, or 16 bytes
//! that need no compression. Those of browsers write the time before it, which is nearly that of
//! the event: a small number as a difference, five random bytes as text. Both have a column.
//!
//! **Invariant:** `join(split(id)) == id` for every text and time; only the spelling that `join`
//! writes is split off.

use filo_core::time::Timestamp;

const UUID_LETTERS: usize = 36;
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// Milliseconds since 1970 have thirteen digits from 2001 to 2286.
const TIME_DIGITS: usize = 13;

/// A message id in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// What stands before, or all of it.
    pub(crate) head: &'a str,
    /// How many milliseconds after the event its time is.
    pub(crate) lag_ms: Option<i64>,
    /// The UUID at its end.
    pub(crate) uuid: Option<[u8; 16]>,
}

/// Splits the message id of an event that happened at `at`.
pub(crate) fn split(id: &str, at: Timestamp) -> Parts<'_> {
    let (head, uuid) = split_uuid(id);
    let (head, lag_ms) = match uuid {
        Some(_) => split_time(head, at),
        None => (head, None),
    };
    Parts { head, lag_ms, uuid }
}

/// Writes an id that was split to the end of `out`.
pub(crate) fn join(
    head: &str,
    lag_ms: Option<i64>,
    uuid: Option<&[u8]>,
    at: Timestamp,
    out: &mut String,
) {
    out.push_str(head);
    if let Some(lag_ms) = lag_ms {
        let mut digits = [b'0'; 20];
        let mut rest = at.0.div_euclid(1000).saturating_add(lag_ms).unsigned_abs();
        let mut start = digits.len();
        while rest > 0 || start == digits.len() {
            start -= 1;
            digits[start] = DIGITS[(rest % 10) as usize];
            rest /= 10;
        }
        digits[start..]
            .iter()
            .for_each(|digit| out.push(char::from(*digit)));
        out.push('-');
    }
    for (position, byte) in uuid.unwrap_or_default().iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

fn split_uuid(id: &str) -> (&str, Option<[u8; 16]>) {
    let whole = (id, None);
    let Some(start) = id.len().checked_sub(UUID_LETTERS) else {
        return whole;
    };
    let Some((head, tail)) = id.split_at_checked(start) else {
        return whole;
    };
    match read_uuid(tail.as_bytes()) {
        Some(uuid) => (head, Some(uuid)),
        None => whole,
    }
}

fn split_time(head: &str, at: Timestamp) -> (&str, Option<i64>) {
    let whole = (head, None);
    let Some(rest) = head.strip_suffix('-') else {
        return whole;
    };
    let Some(start) = rest.len().checked_sub(TIME_DIGITS) else {
        return whole;
    };
    let Some((head, time)) = rest.split_at_checked(start) else {
        return whole;
    };
    if !time.bytes().all(|digit| digit.is_ascii_digit()) || time.starts_with('0') {
        return whole;
    }
    match time.parse::<i64>() {
        Ok(millis) => (head, Some(millis - at.0.div_euclid(1000))),
        Err(_) => whole,
    }
}

fn read_uuid(text: &[u8]) -> Option<[u8; 16]> {
    let mut uuid = [0u8; 16];
    let mut digits = 0;
    for (position, letter) in text.iter().enumerate() {
        if HYPHENS.contains(&position) {
            if *letter != b'-' {
                return None;
            }
            continue;
        }
        let digit = match letter {
            b'0'..=b'9' => letter - b'0',
            b'a'..=b'f' => letter - b'a' + 10,
            _ => return None,
        };
        uuid[digits / 2] = uuid[digits / 2] << 4 | digit;
        digits += 1;
    }
    Some(uuid)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UUID: &str = "a4f8c1de-0b2c-4d3e-8f90-123456789abc";

    fn round_trip(id: &str, at: Timestamp) -> String {
        let parts = split(id, at);
        let mut text = String::new();
        join(
            parts.head,
            parts.lag_ms,
            parts.uuid.as_ref().map(|uuid| &uuid[..]),
            at,
            &mut text,
        );
        text
    }

    #[test]
    fn what_sdks_write_is_split() {
        let at = Timestamp(1_795_328_618_533_999);
        assert_eq!(split(UUID, at).head, "");
        let id = format!("ajs-next-1795328618530-{UUID}");
        assert_eq!(
            (split(&id, at).head, split(&id, at).lag_ms),
            ("ajs-next-", Some(-3))
        );
    }

    #[test]
    fn only_the_usual_spelling_is_split_off() {
        let upper = UUID.to_uppercase();
        let spaced = UUID.replace('-', "_");
        for id in ["", "order-7", "1795328618530-", &upper, &spaced, &UUID[1..]] {
            let whole = Parts {
                head: id,
                lag_ms: None,
                uuid: None,
            };
            assert_eq!(split(id, Timestamp(0)), whole, "{id}");
        }
        for head in [
            "0795328618530-",
            "179532861853-",
            "1795328618530",
            "à795328618530-",
        ] {
            let id = format!("{head}{UUID}");
            assert_eq!(split(&id, Timestamp(0)).head, head, "{head}");
        }
    }

    proptest! {
        #[test]
        fn every_id_comes_back(
            id in "\\PC{0,60}",
            head in "[a-zà-ù0-9-]{0,6}([0-9]{11,14}-)?",
            uuid in "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            at: i64,
        ) {
            prop_assert_eq!(round_trip(&id, Timestamp(at)), id);
            let id = format!("{head}{uuid}");
            prop_assert_eq!(round_trip(&id, Timestamp(at)), id);
        }
    }
}
