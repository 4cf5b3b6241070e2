//! The e-mail address under which a person of the company logs in.

/// RFC 5321: octets of a whole address.
const BYTES_MOST: usize = 254;

/// The address in its one form; none if it cannot be one. Unlike a customer's, it may be one
/// that several people read (`info@`): it names an account, not a person.
#[must_use]
pub fn login_address(raw: &str) -> Option<String> {
    let address = raw.trim().to_lowercase();
    let (mailbox, domain) = address.rsplit_once('@')?;
    let is_plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && letter != '@';
    let labels_are_whole = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    let fits = address.len() <= BYTES_MOST && !mailbox.is_empty() && labels_are_whole;
    (fits && mailbox.chars().chain(domain.chars()).all(is_plain)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form_or_none() {
        let anna = Some("anna@example.it".to_owned());
        assert_eq!(login_address(" Anna@Example.IT "), anna);
        assert!(login_address("info@bottega.it").is_some());
        for wrong in [
            "",
            "anna",
            "@example.it",
            "anna@",
            "anna@it",
            "a b@c.it",
            "a@b@c.it",
            "a@c..it",
            "a\r\n@c.it",
        ] {
            assert_eq!(login_address(wrong), None, "{wrong}");
        }
        assert_eq!(
            login_address(&format!("{}@example.it", "a".repeat(254))),
            None
        );
    }
}
