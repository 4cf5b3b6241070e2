//! Signatures of domains (RFC 6376): RSA and SHA-256, relaxed in head and body.
//!
//! From and Subject are named once more than they are there, so that nobody can add a second
//! one; what ends a subscription is always signed.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::PrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rsa::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

use super::compose::Composed;

const BITS: usize = 2_048;

/// What is signed, if it is there; the first two are named once more.
const SIGNED: [&str; 16] = [
    "From",
    "Subject",
    "To",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Feedback-ID",
    "Precedence",
    "Auto-Submitted",
    "X-Filo-Send",
];
const OVERSIGNED: usize = 2;

/// Why a key cannot be used or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the key of signatures cannot be used: {0}")]
pub struct KeyFault(String);

/// A key with the name under which its public half stands in the DNS.
pub struct DkimKey {
    selector: String,
    domain: String,
    pair: RsaKeyPair,
}

impl fmt::Debug for DkimKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DkimKey({}._domainkey.{})", self.selector, self.domain)
    }
}

impl DkimKey {
    /// Makes a key from 256 bits of chance: the private half (PKCS #8) and the public one
    /// (base64), as it stands in the DNS. It takes a second: not where requests wait.
    ///
    /// # Errors
    /// If no primes are found.
    pub fn generate(seed: [u8; 32]) -> Result<(Vec<u8>, String), KeyFault> {
        let fault = |error: &dyn fmt::Display| KeyFault(error.to_string());
        let mut hasher = blake3::Hasher::new_derive_key("filo dkim key v1");
        hasher.update(&seed);
        let mut chance = Stream(hasher.finalize_xof());
        let key = PrivateKey::new(&mut chance, BITS).map_err(|error| fault(&error))?;
        let private = key.to_pkcs8_der().map_err(|error| fault(&error))?;
        let public = key
            .to_public_key()
            .to_public_key_der()
            .map_err(|error| fault(&error))?;
        Ok((
            private.as_bytes().to_vec(),
            STANDARD.encode(public.as_bytes()),
        ))
    }

    /// A key as it was kept.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(selector: &str, domain: &str, private: &[u8]) -> Result<Self, KeyFault> {
        let pair = RsaKeyPair::from_pkcs8(private).map_err(|error| KeyFault(error.to_string()))?;
        Ok(Self {
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            pair,
        })
    }

    /// Puts a signature before the head of a message.
    pub(super) fn sign(&self, message: &mut Composed) -> Result<(), KeyFault> {
        let hash = STANDARD.encode(Sha256::digest(relaxed_body(&message.body)));
        let mut names: Vec<&str> = Vec::new();
        let mut signed = String::new();
        for (index, name) in SIGNED.into_iter().enumerate() {
            let of_name = |(own, _): &&(String, String)| own.eq_ignore_ascii_case(name);
            let values: Vec<&(String, String)> = message.headers.iter().filter(of_name).collect();
            // The last one first, as the standard counts.
            for (own, value) in values.iter().rev() {
                signed.push_str(&relaxed_header(own, value));
                signed.push_str("\r\n");
                names.push(name);
            }
            if index < OVERSIGNED {
                names.push(name);
            }
        }
        let value = format!(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d={};\r\n s={};\r\n h={};\r\n bh={hash};\r\n b=",
            self.domain,
            self.selector,
            names.join(":\r\n  "),
        );
        signed.push_str(&relaxed_header("DKIM-Signature", &value));
        let signature = self.signature(signed.as_bytes())?;
        let folded: Vec<String> = signature
            .as_bytes()
            .chunks(70)
            .map(|piece| String::from_utf8_lossy(piece).into_owned())
            .collect();
        let value = format!("{value}{}", folded.join("\r\n  "));
        message
            .headers
            .insert(0, ("DKIM-Signature".to_owned(), value));
        Ok(())
    }

    fn signature(&self, bytes: &[u8]) -> Result<String, KeyFault> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        // The padding draws nothing; the generator is what the library asks for.
        let chance = SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &chance, bytes, &mut signature)
            .map_err(|error| KeyFault(error.to_string()))?;
        Ok(STANDARD.encode(signature))
    }
}

/// Chance that a seed repeats.
struct Stream(blake3::OutputReader);

impl TryRng for Stream {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Stream {}

/// RFC 6376, 3.4.2.
fn relaxed_header(name: &str, value: &str) -> String {
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    format!("{}:{}", name.to_ascii_lowercase(), words.join(" "))
}

/// RFC 6376, 3.4.4.
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split_terminator("\r\n") {
        let is_blank = |letter: char| letter == ' ' || letter == '\t';
        let line = line.trim_end_matches(is_blank);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            out.push_str("\r\n");
        }
        let mut was_blank = false;
        for letter in line.chars() {
            if is_blank(letter) {
                was_blank = true;
                continue;
            }
            if std::mem::take(&mut was_blank) {
                out.push(' ');
            }
            out.push(letter);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relaxed_is_what_the_standard_shows() {
        // RFC 6376, 3.4.5, examples 1 and 2.
        assert_eq!(relaxed_header("A", " X\r\n"), "a:X");
        assert_eq!(relaxed_header("B ".trim(), " Y\t\r\n\tZ  \r\n"), "b:Y Z");
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
    }
}
