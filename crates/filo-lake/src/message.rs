//! Message ids, split for storage.
//!
//! SDKs end a message id with a random UUID: 36 letters that compress to 19 bytes, or 16 bytes
//! that need no compression. So the UUID stands in a column of its own.
//!
//! **Invariant:** `join(split(id)) == id` for every text; only the spelling that `join` writes
//! (lower case, hyphens at 8-4-4-4-12) is split off.

const UUID_LETTERS: usize = 36;
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// What stands before the UUID, and the UUID, if the id ends with one.
pub(crate) fn split(id: &str) -> (&str, Option<[u8; 16]>) {
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

/// Writes an id that was split to the end of `out`.
pub(crate) fn join(head: &str, uuid: Option<&[u8]>, out: &mut String) {
    out.push_str(head);
    let Some(uuid) = uuid else { return };
    for (position, byte) in uuid.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
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

    fn round_trip(id: &str) -> String {
        let (head, uuid) = split(id);
        let mut text = String::new();
        join(head, uuid.as_ref().map(|uuid| &uuid[..]), &mut text);
        text
    }

    #[test]
    fn only_the_usual_spelling_is_split_off() {
        let uuid = "a4f8c1de-0b2c-4d3e-8f90-123456789abc";
        assert_eq!(split(uuid).0, "");
        assert_eq!(
            split(&format!("ajs-next-1795328618533-{uuid}")).0,
            "ajs-next-1795328618533-"
        );
        for whole in [
            "",
            "order-7",
            &uuid.to_uppercase(),
            &uuid.replace('-', "_"),
            &uuid[1..],
        ] {
            assert_eq!(split(whole), (whole, None), "{whole}");
        }
    }

    proptest! {
        #[test]
        fn every_id_comes_back(
            id in "\\PC{0,60}",
            head in "[a-zà-ù-]{0,12}",
            uuid in "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ) {
            prop_assert_eq!(round_trip(&id), id);
            let id = format!("{head}{uuid}");
            prop_assert_eq!(round_trip(&id), id);
        }
    }
}
