//! OpenID Connect: asks the company's own directory who somebody is (OpenID Connect Core 1.0,
//! Discovery 1.0; the code flow with PKCE, RFC 7636).
//!
//! **Invariant:** every request leaves through the guarded client, so an issuer leads nowhere
//! that a webhook could not; what comes back counts only once its signature, issuer, audience,
//! nonce and time were checked.

mod discovery;
mod exchange;
mod token;

pub use discovery::{Provider, discover};
pub use exchange::{Exchange, exchange};
pub use token::{Expected, Identity};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::client::Failure;

/// Why the directory's word does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not reached.
    #[error(transparent)]
    Unreached(#[from] Failure),
    /// What it says of itself is not what OpenID Connect asks.
    #[error("its description is not as it must be: {0}")]
    Description(&'static str),
    /// It calls itself by another name.
    #[error("it calls itself {0}: write its address exactly so")]
    OtherName(String),
    /// It did not take the code, or Filo's name and secret.
    #[error("it refused the exchange ({status}): {code}")]
    Exchange {
        /// The status of its answer.
        status: u16,
        /// Its own word for why.
        code: String,
    },
    /// The token is not one to be believed.
    #[error("its token is not to be believed: {0}")]
    Token(&'static str),
}

/// What a browser is sent to the directory with.
#[derive(Debug, Clone, Copy)]
pub struct Departure<'a> {
    /// Filo's name there.
    pub client_id: &'a str,
    /// Where they come back to.
    pub redirect_uri: &'a str,
    /// Comes back as it left.
    pub state: &'a str,
    /// Stands in the token.
    pub nonce: &'a str,
    /// Kept back; only its hash travels.
    pub verifier: &'a str,
    /// Whom we expect, for the directory's form.
    pub login_hint: Option<&'a str>,
}

impl Provider {
    /// The address to send a browser to.
    #[must_use]
    pub fn address(&self, departure: &Departure<'_>) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(departure.verifier));
        let mut address = self.authorization.clone();
        let mut query = address.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", departure.client_id)
            .append_pair("redirect_uri", departure.redirect_uri)
            .append_pair("scope", "openid email profile")
            .append_pair("state", departure.state)
            .append_pair("nonce", departure.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(hint) = departure.login_hint {
            query.append_pair("login_hint", hint);
        }
        drop(query);
        address.into()
    }
}
