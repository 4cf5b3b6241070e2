//! The company's own site: how its server proves who is signed in there.

use ring::hmac;

use super::is_same;

/// Letters of a secret at least: with fewer it could be tried out.
pub const SECRET_CHARS_LEAST: usize = 32;

/// Whether a site's server has said that this person is signed in: HMAC-SHA256 of their id with
/// the secret, in hexadecimal digits.
#[must_use]
pub fn is_proved(secret: &str, user_id: &str, proof: &str) -> bool {
    if secret.len() < SECRET_CHARS_LEAST || user_id.is_empty() {
        return false;
    }
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, user_id.as_bytes());
    let digits: String = tag
        .as_ref()
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect();
    is_same(digits.as_bytes(), proof.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn who_is_signed_in_is_proved_by_the_secret_alone() {
        // Python: hmac.new(SECRET, b"anna", "sha256").hexdigest()
        let proof = "d662e85040070d4d15c292ca6947ef75c6ce569dbb36194cd0b7747d1d10dbb5";
        assert!(is_proved(SECRET, "anna", proof));
        assert!(is_proved(SECRET, "anna", &proof.to_uppercase()));
        assert!(!is_proved(SECRET, "bruno", proof));
        assert!(!is_proved(SECRET, "anna", ""));
        assert!(!is_proved(SECRET, "anna", &proof[..63]));
        assert!(!is_proved(&SECRET.replace('0', "1"), "anna", proof));
        assert!(!is_proved("short", "anna", proof));
        assert!(!is_proved(SECRET, "", proof));
    }
}
