//! What a directory says of itself at `/.well-known/openid-configuration`.
//!
//! **Invariant:** a description whose issuer is not, sign by sign, the one that was asked is
//! refused, so no directory speaks for another.

use bytes::Bytes;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::Fault;
use crate::client::{Client, Failure, Request};

/// A directory that was asked.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name.
    pub issuer: String,
    pub(super) authorization: Url,
    pub(super) token: String,
    pub(super) keys: String,
    /// Filo's name and secret go into the form, not into a header.
    pub(super) secret_in_form: bool,
}

#[derive(Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// Asks a directory what it says of itself.
///
/// # Errors
/// If it is not reached, or says what it must not.
pub async fn discover(client: &Client, issuer: &str, now: Timestamp) -> Result<Provider, Fault> {
    let address = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let said: Description = fetch(client, &address, now).await?;
    if said.issuer != issuer {
        return Err(Fault::OtherName(said.issuer.chars().take(200).collect()));
    }
    // What the browser is sent to is looked at as closely as what we ask ourselves.
    for address in [
        &said.authorization_endpoint,
        &said.token_endpoint,
        &said.jwks_uri,
    ] {
        client.target(address).map_err(Failure::from)?;
    }
    let authorization = Url::parse(&said.authorization_endpoint)
        .map_err(|_unreadable| Fault::Description("authorization_endpoint"))?;
    let methods = said.token_endpoint_auth_methods_supported;
    let offers = |wanted: &str| {
        methods
            .as_ref()
            .is_some_and(|all| all.iter().any(|method| method == wanted))
    };
    Ok(Provider {
        issuer: said.issuer,
        authorization,
        token: said.token_endpoint,
        keys: said.jwks_uri,
        // Without a list it is the header (Discovery 1.0, section 3).
        secret_in_form: offers("client_secret_post") && !offers("client_secret_basic"),
    })
}

/// Reads a document of JSON.
pub(super) async fn fetch<T: DeserializeOwned>(
    client: &Client,
    address: &str,
    now: Timestamp,
) -> Result<T, Fault> {
    let target = client.target(address).map_err(Failure::from)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let request = Request {
        method: Method::GET,
        target: &target,
        headers,
        body: Bytes::new(),
    };
    let answer = client.send(request, now).await?;
    if answer.status != 200 {
        return Err(Fault::Description("it is not where it should be"));
    }
    serde_json::from_slice(&answer.body)
        .map_err(|_unreadable| Fault::Description("it is not the JSON it should be"))
}
