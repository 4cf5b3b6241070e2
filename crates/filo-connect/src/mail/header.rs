//! Texts in the head of a message: encoded words (RFC 2047), names before addresses (RFC 5322),
//! and folding.
//!
//! **Invariant:** what comes out is ASCII, holds no line end but those of folding, each followed
//! by a blank, and no line of it is longer than 76 letters where it can be folded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use filo_core::mail::Mailbox;

/// RFC 2047: the whole encoded word.
const WORD_BYTES_MOST: usize = 75;
/// `=?utf-8?B?` and `?=`.
const WORD_FRAME_BYTES: usize = 12;
/// RFC 5322: a line should not be longer.
const LINE_BYTES_MOST: usize = 76;
/// A word without a blank that is longer is encoded, because it cannot be folded.
const PLAIN_WORD_BYTES_MOST: usize = 70;

/// One line of what somebody wrote: signs of control become blanks, blanks are single.
pub(super) fn one_line(text: &str) -> String {
    let tame: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let words: Vec<&str> = tame.split_whitespace().collect();
    words.join(" ")
}

/// A text such as a subject, behind a name of so many letters and `: `.
pub(super) fn unstructured(text: &str, name_bytes: usize) -> String {
    let line = one_line(text);
    if is_plain(&line) {
        return folded(&line, name_bytes + 2);
    }
    encoded_words(&line)
}

/// A name with its address.
pub(super) fn mailbox(mailbox: &Mailbox) -> String {
    let address = mailbox.address.wire();
    let name = one_line(&mailbox.name);
    if name.is_empty() {
        return address;
    }
    let name = if is_plain(&name) {
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
        folded(&format!("\"{escaped}\""), 10)
    } else {
        encoded_words(&name)
    };
    let last = name.rsplit('\n').next().unwrap_or_default();
    let joint = if last.len() + address.len() + 3 > LINE_BYTES_MOST - 10 {
        "\r\n "
    } else {
        " "
    };
    format!("{name}{joint}<{address}>")
}

/// Parts of a list, each on a line of its own where they are long.
pub(super) fn listed(parts: &[String]) -> String {
    parts.join(",\r\n ")
}

/// Whether it can stand as it is: ASCII, foldable, and nothing that looks encoded.
fn is_plain(line: &str) -> bool {
    line.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && !line.contains("=?")
        && line
            .split(' ')
            .all(|word| word.len() <= PLAIN_WORD_BYTES_MOST)
}

/// Lines broken at blanks.
fn folded(line: &str, used: usize) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut length = used;
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            if length + 1 + word.len() > LINE_BYTES_MOST {
                out.push_str("\r\n");
                length = 0;
            }
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += word.len();
    }
    out
}

/// Encoded words, one a line; blanks between them are of no account to who reads them.
fn encoded_words(line: &str) -> String {
    let bytes_most = (WORD_BYTES_MOST - WORD_FRAME_BYTES) / 4 * 3;
    let mut words: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut close = |piece: &mut String| {
        if !piece.is_empty() {
            words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(&*piece)));
            piece.clear();
        }
    };
    for letter in line.chars() {
        if piece.len() + letter.len_utf8() > bytes_most {
            close(&mut piece);
        }
        piece.push(letter);
    }
    close(&mut piece);
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use filo_core::mail::MailAddress;

    use super::*;

    #[test]
    fn no_text_ends_a_line() {
        for text in [
            "Ciao\r\nBcc: x@y.it",
            "Ciao\nBcc: x@y.it",
            "Ciao\rBcc: x@y.it",
            "Ciao\0\u{85}\u{2028}Bcc: x@y.it",
            "\r\n\r\n<html>",
            "=?utf-8?Q?a=0D=0ABcc:_x?=",
        ] {
            let out = unstructured(text, 7);
            for part in out.split("\r\n").skip(1) {
                assert!(part.starts_with(' '), "{out:?}");
            }
            assert!(
                !out.replace("\r\n ", "").contains(['\r', '\n', '\0']),
                "{out:?}"
            );
        }
    }

    #[test]
    fn names_are_written_as_the_standard_wants() {
        let address = MailAddress::parse("ciao@rossi.it").unwrap();
        for (name, expected) in [
            ("", "ciao@rossi.it"),
            ("Panificio Rossi", "\"Panificio Rossi\" <ciao@rossi.it>"),
            (
                "Rossi \"il forno\" \\o/",
                "\"Rossi \\\"il forno\\\" \\\\o/\" <ciao@rossi.it>",
            ),
            ("Caffè", "=?utf-8?B?Q2FmZsOo?= <ciao@rossi.it>"),
            (
                "Rossi, Figli <x@y.it>",
                "\"Rossi, Figli <x@y.it>\" <ciao@rossi.it>",
            ),
        ] {
            let mailbox_of = Mailbox {
                name: name.to_owned(),
                address: address.clone(),
            };
            assert_eq!(mailbox(&mailbox_of), expected);
        }
    }

    #[test]
    fn long_texts_are_folded() {
        let long = "parola ".repeat(40);
        let accented = "perché ".repeat(40);
        for text in [long.as_str(), accented.as_str(), &"x".repeat(300)] {
            let out = unstructured(text, 7);
            assert!(out.split("\r\n").all(|line| line.len() <= 78), "{out}");
        }
    }
}
