//! Who asks a push service (RFC 8292): a key of the company's own, with which each request is
//! signed, and which a browser ties its subscription to.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_core::time::Timestamp;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use serde_json::json;
use url::Url;

use super::seal::secret_key;

/// A token counts for so long; services take a day at most.
const VALID_SECONDS: i64 = 12 * 3_600;

/// The company's key.
pub struct VapidKey(p256::SecretKey);

impl fmt::Debug for VapidKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "VapidKey({})", self.public())
    }
}

impl VapidKey {
    /// The key of what was drawn.
    #[must_use]
    pub fn of(drawn: [u8; 32]) -> Self {
        Self(secret_key(drawn))
    }

    /// Reads a key as it is kept.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        p256::SecretKey::from_slice(&bytes).ok().map(Self)
    }

    /// The key as it is kept: a secret.
    #[must_use]
    pub fn kept(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.to_bytes())
    }

    /// What browsers are given, as `applicationServerKey`.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().to_sec1_point(false).as_bytes())
    }

    /// What a request to this address is signed with; nothing if the address is none.
    pub(super) fn authorization(
        &self,
        endpoint: &str,
        contact: &str,
        now: Timestamp,
    ) -> Option<String> {
        let audience = Url::parse(endpoint).ok()?.origin().ascii_serialization();
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let expires = now.0.div_euclid(1_000_000) + VALID_SECONDS;
        let claims = json!({ "aud": audience, "exp": expires, "sub": contact });
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(head), part(claims));
        let signature: Signature = SigningKey::from(&self.0).sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        Some(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation};

    use super::*;

    #[test]
    fn a_request_is_signed_for_its_own_service_and_for_half_a_day() {
        let key = VapidKey::of([9; 32]);
        assert_eq!(VapidKey::parse(&key.kept()).unwrap().public(), key.public());
        assert!(!format!("{key:?}").contains(&key.kept()));
        let now = Timestamp::from_seconds(1_791_367_201);
        let said = key
            .authorization("https://push.example:8443/x/y?z", "mailto:a@b.it", now)
            .unwrap();
        let (token, public) = said
            .strip_prefix("vapid t=")
            .and_then(|it| it.split_once(", k="))
            .unwrap();
        assert_eq!(public, key.public());
        // By another implementation than the one that signed.
        let point = URL_SAFE_NO_PAD.decode(public).unwrap();
        let checked = DecodingKey::from_ec_der(&point);
        let mut validation = Validation::new(Algorithm::ES256);
        validation.validate_exp = false;
        validation.set_audience(&["https://push.example:8443"]);
        let read = jsonwebtoken::decode::<serde_json::Value>(token, &checked, &validation);
        let claims = read.unwrap().claims;
        assert_eq!(claims["sub"], "mailto:a@b.it");
        assert_eq!(claims["exp"], 1_791_367_201 + 43_200);
        assert_eq!(key.authorization("no address", "mailto:a@b.it", now), None);
    }
}
