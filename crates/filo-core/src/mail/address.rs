//! Addresses that letters go to and come from.
//!
//! **Invariant:** a [`MailAddress`] is ASCII without blanks or signs of control, so nothing in
//! it can end a line of a header or of the conversation with a server; its domain is in lower
//! case, as the DNS knows it. What stands before the `@` is kept as it was written.

use std::fmt;

use crate::identity::domain_name;

/// RFC 5321, 4.5.3.1: octets before the `@`, and of the whole address.
const MAILBOX_BYTES_MOST: usize = 64;
const BYTES_MOST: usize = 254;

/// Why something is no address that can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressDefect {
    /// Not `mailbox@domain`.
    #[error("write a whole e-mail address, such as ciao@bottega.it")]
    Malformed,
    /// Longer than any server takes.
    #[error("the address is longer than 254 characters, or 64 before the @")]
    TooLong,
    /// Letters beyond ASCII before the `@` need a way of sending that hardly any server knows.
    #[error("before the @ only letters without accents can be written to")]
    NotAscii,
}

/// One address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailAddress {
    text: String,
    at: usize,
}

impl MailAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// [`AddressDefect`], in words for whoever typed it.
    pub fn parse(text: &str) -> Result<Self, AddressDefect> {
        let (mailbox, domain) = text
            .trim()
            .rsplit_once('@')
            .ok_or(AddressDefect::Malformed)?;
        let mailbox = unquoted(mailbox);
        if !mailbox.is_ascii() {
            return Err(AddressDefect::NotAscii);
        }
        let is_letter =
            |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte);
        if mailbox.is_empty() || !mailbox.bytes().all(is_letter) {
            return Err(AddressDefect::Malformed);
        }
        let domain = mail_domain(domain).ok_or(AddressDefect::Malformed)?;
        let address = Self {
            text: format!("{mailbox}@{domain}"),
            at: mailbox.len(),
        };
        if address.at > MAILBOX_BYTES_MOST || address.text.len() > BYTES_MOST {
            return Err(AddressDefect::TooLong);
        }
        Ok(address)
    }

    /// The address as people write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn mailbox(&self) -> &str {
        &self.text[..self.at]
    }

    /// What stands behind it.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// As it is written in headers and to servers: a mailbox with dots at its ends or in pairs,
    /// which some telephone companies gave out, stands in quotes.
    #[must_use]
    pub fn wire(&self) -> String {
        let mailbox = self.mailbox();
        let is_atom = mailbox.split('.').all(|part| !part.is_empty());
        if is_atom {
            return self.text.clone();
        }
        format!("\"{mailbox}\"@{}", self.domain())
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// An address with the name that stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// What people read; may be empty.
    pub name: String,
    /// The address.
    pub address: MailAddress,
}

impl Mailbox {
    /// An address without a name.
    #[must_use]
    pub fn plain(address: MailAddress) -> Self {
        Self {
            name: String::new(),
            address,
        }
    }
}

/// A domain in lower case as it stands in the DNS, if it can be one that mail goes to.
#[must_use]
pub fn mail_domain(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let domain = domain_name(&lower).ok()?;
    Some(domain.into_string())
}

fn unquoted(mailbox: &str) -> &str {
    let inner = mailbox.strip_prefix('"');
    let inner = inner.and_then(|inner| inner.strip_suffix('"'));
    inner.unwrap_or(mailbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        let address = MailAddress::parse(" Ciao@CAFFÈ.example ").unwrap();
        assert_eq!(address.as_str(), "Ciao@xn--caff-8oa.example");
        assert_eq!(
            (address.mailbox(), address.domain()),
            ("Ciao", "xn--caff-8oa.example")
        );
        let dotted = MailAddress::parse("a..b@docomo.ne.jp").unwrap();
        assert_eq!(dotted.wire(), "\"a..b\"@docomo.ne.jp");
        assert_eq!(MailAddress::parse(&dotted.wire()).unwrap(), dotted);
    }

    #[test]
    fn what_could_end_a_line_is_no_address() {
        for (wrong, defect) in [
            ("", AddressDefect::Malformed),
            ("anna", AddressDefect::Malformed),
            ("anna@it", AddressDefect::Malformed),
            ("a b@c.it", AddressDefect::Malformed),
            ("a\r\nBcc: x@c.it", AddressDefect::Malformed),
            ("a@c.it\r\nBcc: x@d.it", AddressDefect::Malformed),
            ("a@c.it>\r\nDATA", AddressDefect::Malformed),
            ("<a@c.it", AddressDefect::Malformed),
            ("a@b@c.it", AddressDefect::Malformed),
            ("a\0@c.it", AddressDefect::Malformed),
            ("\u{202e}a@c.it", AddressDefect::NotAscii),
            ("josé@c.it", AddressDefect::NotAscii),
        ] {
            assert_eq!(MailAddress::parse(wrong), Err(defect), "{wrong:?}");
        }
        let long = format!("{}@c.it", "a".repeat(65));
        assert_eq!(MailAddress::parse(&long), Err(AddressDefect::TooLong));
    }
}
