//! Addresses in running text.

use crate::mail::MailAddress;

/// Every address in a text, in order, each once.
pub(super) fn addresses_in(text: &str, most: usize) -> Vec<MailAddress> {
    let mut found: Vec<MailAddress> = Vec::new();
    for (at, _) in text.match_indices('@') {
        if found.len() >= most {
            break;
        }
        let Some(address) = around(text, at) else {
            continue;
        };
        let same = |known: &MailAddress| is_same(known, &address);
        if !found.iter().any(same) {
            found.push(address);
        }
    }
    found
}

/// Whether two addresses are one mailbox for all purposes here.
pub(super) fn is_same(one: &MailAddress, other: &MailAddress) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// The address whose `@` stands here.
fn around(text: &str, at: usize) -> Option<MailAddress> {
    let (before, after) = (&text[..at], &text[at + 1..]);
    let before = match before.strip_suffix('"') {
        // A quoted mailbox.
        Some(quoted) => &before[quoted.rfind('"')?..],
        None => {
            let is_letter = |letter: char| {
                letter.is_ascii_alphanumeric() || "._+-&'/!#$%*?^`{|}~".contains(letter)
            };
            let start = before
                .char_indices()
                .rev()
                .take_while(|(_, letter)| is_letter(*letter))
                .last()?
                .0;
            before[start..].trim_start_matches(['\'', '.', '`', '*'])
        }
    };
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '-';
    let end = after
        .find(|letter| !is_letter(letter))
        .unwrap_or(after.len());
    let domain = after[..end].trim_end_matches(['.', '-']);
    MailAddress::parse(&format!("{before}@{domain}")).ok()
}

/// The address at the beginning of a line, and what stands behind it.
pub(super) fn leading(line: &str) -> Option<(MailAddress, &str)> {
    let line = line.trim_start();
    let inner = line.trim_start_matches(['<', '"', '\'', '(', '*']);
    let end = inner
        .find([' ', '\t', '>', ':', ',', ';', ')'])
        .unwrap_or(inner.len());
    let (word, rest) = inner.split_at(end);
    let address = MailAddress::parse(word.trim_end_matches(['.', '"', '\''])).ok()?;
    let rest = rest.trim_start_matches(['>', ')', ':', '.', '"', '\'', ' ']);
    Some((address, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_running_text() {
        for (text, expected) in [
            ("<a.b@c.it>: user unknown", &["a.b@c.it"][..]),
            ("550 x@y.example.com... User", &["x@y.example.com"]),
            ("'k@n.example' is not", &["k@n.example"]),
            ("to=<\"a..b\"@d.jp> x@y.it X@Y.it", &["a..b@d.jp", "x@y.it"]),
            ("@ a@ @b a@b", &[]),
        ] {
            let found = addresses_in(text, 9);
            let found: Vec<&str> = found.iter().map(MailAddress::as_str).collect();
            assert_eq!(found, expected, "{text}");
        }
        let (address, rest) = leading("  <a@b.it>: Sorry").unwrap();
        assert_eq!((address.as_str(), rest), ("a@b.it", "Sorry"));
        assert!(leading("Message from a@b.it").is_none());
    }
}
