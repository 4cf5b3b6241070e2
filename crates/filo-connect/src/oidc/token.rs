//! The token that says who somebody is, and what must be true of it (OpenID Connect Core 1.0,
//! section 3.1.3.7).
//!
//! **Invariant:** only RS256 and ES256 are believed, each only with a key of its own family, so
//! neither `none` nor a public key used as a secret passes.

use filo_core::time::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Fault;

/// A longer token is none of an honest directory's.
const TOKEN_BYTES_MOST: usize = 64 << 10;
/// Names there are at most so long (OpenID Connect Core 1.0, section 2).
const SUBJECT_BYTES_MOST: usize = 255;
/// Keys that are tried where the token does not say which.
const KEYS_MOST: usize = 64;
/// Clocks differ.
const LEEWAY_S: i64 = 60;

/// What the token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who vouches.
    pub issuer: &'a str,
    /// Filo's name there.
    pub client_id: &'a str,
    /// What left with the browser.
    pub nonce: &'a str,
}

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Their name there, which never changes.
    pub subject: String,
    /// Their address, if the directory has made sure that it is theirs.
    pub verified_email: Option<String>,
    /// What people call them.
    pub name: Option<String>,
}

/// The directory's keys; those of kinds that Filo does not know are passed over.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct KeySet {
    keys: Vec<Value>,
}

impl KeySet {
    /// The key that a token names; without a name there must be exactly one of its family.
    fn of(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<DecodingKey, Fault> {
        let mut fitting = self
            .keys
            .iter()
            .take(KEYS_MOST)
            .filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok())
            .filter(|key| is_of(key, algorithm))
            .filter(|key| kid.is_none() || key.common.key_id.as_deref() == kid);
        let found = fitting.next().ok_or(Fault::Token("no key of its name"))?;
        if kid.is_none() && fitting.next().is_some() {
            return Err(Fault::Token("it does not say which key"));
        }
        DecodingKey::from_jwk(&found).map_err(|_odd| Fault::Token("its key cannot be read"))
    }
}

fn is_of(key: &Jwk, algorithm: Algorithm) -> bool {
    let signs =
        !matches!(&key.common.public_key_use, Some(other) if *other != PublicKeyUse::Signature);
    let family = match &key.algorithm {
        AlgorithmParameters::RSA(_) => algorithm == Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(_) => algorithm == Algorithm::ES256,
        AlgorithmParameters::OctetKey(_) | AlgorithmParameters::OctetKeyPair(_) => false,
    };
    signs && family
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    #[serde(deserialize_with = "one_or_many")]
    aud: Vec<String>,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nonce: Option<String>,
    email: Option<String>,
    #[serde(default, deserialize_with = "yes")]
    email_verified: bool,
    name: Option<String>,
}

/// Who the token speaks of, if it is to be believed.
pub(super) fn verified(
    token: &str,
    keys: &KeySet,
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<Identity, Fault> {
    if token.len() > TOKEN_BYTES_MOST {
        return Err(Fault::Token("it is too long"));
    }
    let header = decode_header(token).map_err(|_odd| Fault::Token("its head cannot be read"))?;
    if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) {
        return Err(Fault::Token("its algorithm is not taken"));
    }
    let key = keys.of(header.kid.as_deref(), header.alg)?;
    // Times and names are checked below: the library would read the clock of the machine.
    let mut validation = Validation::new(header.alg);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = decode::<Claims>(token, &key, &validation)
        .map_err(|_forged| Fault::Token("its signature is not right"))?
        .claims;
    claims.check(expected, now)?;
    Ok(Identity {
        subject: claims.sub,
        verified_email: claims.email.filter(|_| claims.email_verified),
        name: claims.name,
    })
}

impl Claims {
    fn check(&self, expected: &Expected<'_>, now: Timestamp) -> Result<(), Fault> {
        let is_named = |name: &Option<String>| name.as_deref() == Some(expected.client_id);
        let wrong = if self.iss != expected.issuer {
            "another issuer"
        } else if !self.aud.iter().any(|name| name == expected.client_id) {
            "it is for another program"
        } else if (self.aud.len() > 1 || self.azp.is_some()) && !is_named(&self.azp) {
            "it was made for another program"
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            "it belongs to another login"
        } else if self.exp <= seconds(now.plus_seconds(-LEEWAY_S)) {
            "it has expired"
        } else if self.iat >= seconds(now.plus_seconds(LEEWAY_S)) {
            "it comes from the future"
        } else if self.sub.is_empty() || self.sub.len() > SUBJECT_BYTES_MOST {
            "it names nobody"
        } else {
            return Ok(());
        };
        Err(Fault::Token(wrong))
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of our age fit exactly")]
fn seconds(time: Timestamp) -> f64 {
    time.0 as f64 / 1e6
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Audience {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Audience::deserialize(from)? {
        Audience::One(name) => vec![name],
        Audience::Many(names) => names,
    })
}

/// Some directories write the word.
fn yes<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Bool(answer) => answer,
        Value::String(word) => word == "true",
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    })
}
