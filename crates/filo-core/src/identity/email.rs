//! E-mail addresses: one form for each mailbox.
//!
//! **Invariant:** lower case; a mailbox of Gmail without dots and tag; the domain without a
//! final dot and, where it has letters beyond ASCII, as it stands in the DNS (`xn--`).

use compact_str::CompactString;

use super::blocked::Blocked;
use super::normalise::Refusal;
use super::punycode;

/// RFC 5321, 4.5.3.1: octets before the `@`, and of the whole address.
const MOST_MAILBOX_BYTES: usize = 64;
const MOST_BYTES: usize = 254;
/// RFC 1035, 2.3.4.
const MOST_LABEL_BYTES: usize = 63;

/// The address in its one form.
pub(super) fn normalise(text: &str, blocked: &Blocked) -> Result<CompactString, Refusal> {
    let lower = CompactString::from_str_to_lowercase(text);
    let address = lower.strip_prefix("mailto:").unwrap_or(&lower);
    let (mailbox, domain) = address.rsplit_once('@').ok_or(Refusal::Malformed)?;
    let domain = domain_name(domain)?;
    check_mailbox(mailbox)?;
    if Blocked::is_placeholder(mailbox, &domain) {
        return Err(Refusal::Blocked);
    }
    if blocked.is_role(mailbox) {
        return Err(Refusal::Role);
    }
    let mut value = CompactString::with_capacity(mailbox.len() + 1 + domain.len());
    if matches!(domain.as_str(), "gmail.com" | "googlemail.com") {
        let untagged = mailbox.split('+').next().unwrap_or(mailbox);
        value.extend(untagged.chars().filter(|letter| *letter != '.'));
        if value.is_empty() {
            return Err(Refusal::Malformed);
        }
        value.push_str("@gmail.com");
    } else {
        value.push_str(mailbox);
        value.push('@');
        value.push_str(&domain);
    }
    if value.len() > MOST_BYTES {
        Err(Refusal::TooLong)
    } else {
        Ok(value)
    }
}

/// Quoted mailboxes (`"a b"@c.it`) exist in the standard and nowhere else: they are refused,
/// which also refuses most things that only look like an address.
fn check_mailbox(mailbox: &str) -> Result<(), Refusal> {
    let is_letter = |letter: char| {
        letter.is_ascii_alphanumeric()
            || ".!#$%&'*+-/=?^_`{|}~".contains(letter)
            || (!letter.is_ascii() && letter.is_alphanumeric())
    };
    // Dots at the ends or in pairs are against the RFC, yet mailboxes of some Japanese
    // telephone companies have them: only an empty mailbox is refused.
    if mailbox.is_empty() || !mailbox.chars().all(is_letter) {
        return Err(Refusal::Malformed);
    }
    if mailbox.len() > MOST_MAILBOX_BYTES {
        Err(Refusal::TooLong)
    } else {
        Ok(())
    }
}

/// A domain in lower case as it stands in the DNS; what is given must be lower case already.
pub(crate) fn domain_name(domain: &str) -> Result<CompactString, Refusal> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let mut name = CompactString::with_capacity(domain.len());
    let mut labels = 0;
    for label in domain.split('.') {
        if labels > 0 {
            name.push('.');
        }
        labels += 1;
        let written = name.len();
        if label.is_ascii() {
            name.push_str(label);
        } else {
            name.push_str("xn--");
            punycode::encode(label, &mut name);
        }
        let label = &name[written..];
        let is_label = !label.is_empty()
            && label.len() <= MOST_LABEL_BYTES
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_label {
            return Err(Refusal::Malformed);
        }
    }
    // A last label of digits only is an IP address, not a domain.
    let last = name.rsplit('.').next().unwrap_or_default();
    if labels < 2 || last.len() < 2 || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Malformed);
    }
    Ok(name)
}
