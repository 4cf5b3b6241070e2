//! Quoted-printable (RFC 2045, 6.7): text that survives every server.
//!
//! **Invariant:** every line is ASCII, at most 76 letters long, and ends with CR and LF; none
//! begins with `From `, which old programs change, so that a signature stays right.

const LINE_BYTES_MOST: usize = 76;

/// The text with the line ends of mail.
pub(super) fn canonical(text: &str) -> String {
    let mut out = text.replace("\r\n", "\n").replace('\r', "\n");
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.replace('\n', "\r\n")
}

/// A text encoded.
pub(super) fn quoted(text: &str) -> String {
    let text = canonical(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_terminator("\r\n") {
        quote_line(line, &mut out);
        out.push_str("\r\n");
    }
    out
}

fn quote_line(line: &str, out: &mut String) {
    let bytes = line.as_bytes();
    let mut length = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let is_last = index + 1 == bytes.len();
        let is_blank = matches!(byte, b' ' | b'\t');
        // A blank at the end would be lost.
        let is_plain = (b'!'..=b'~').contains(byte) && *byte != b'=' || (is_blank && !is_last);
        let is_from = index == 0 && line.starts_with("From ");
        let width = if is_plain && !is_from { 1 } else { 3 };
        // Room for the `=` of a broken line, which the last letter does not need.
        let most = if is_last {
            LINE_BYTES_MOST
        } else {
            LINE_BYTES_MOST - 1
        };
        if length + width > most {
            out.push_str("=\r\n");
            length = 0;
        }
        if width == 1 {
            out.push(char::from(*byte));
        } else {
            out.push('=');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
        length += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_encoded_as_the_standard_says() {
        for (text, expected) in [
            ("ciao", "ciao\r\n"),
            ("perché = sì", "perch=C3=A9 =3D s=C3=AC\r\n"),
            ("a \nb\t", "a=20\r\nb=09\r\n"),
            ("a\r\rb", "a\r\n\r\nb\r\n"),
            ("From here", "=46rom here\r\n"),
            ("", "\r\n"),
        ] {
            assert_eq!(quoted(text), expected);
        }
        for text in ["x".repeat(300), "è".repeat(300), " ".repeat(300)] {
            let out = quoted(&text);
            assert!(out.split("\r\n").all(|line| line.len() <= 76), "{out}");
        }
    }
}
