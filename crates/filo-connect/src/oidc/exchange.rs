//! The code for a token, with Filo's own name and secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::Fault;
use super::discovery::{Provider, fetch};
use super::token::{Expected, Identity, KeySet, verified};
use crate::client::{Client, Failure, Request};

/// What the code is given back with.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// As it came back with the browser.
    pub code: &'a str,
    /// Whose hash left with the browser.
    pub verifier: &'a str,
    /// Where the browser was to come back to.
    pub redirect_uri: &'a str,
    /// Filo's secret there.
    pub secret: &'a str,
    /// What the token must say.
    pub expected: Expected<'a>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    error: String,
}

/// Gives the code back and learns who it was.
///
/// # Errors
/// If the directory is not reached, refuses, or its token is not to be believed.
pub async fn exchange(
    client: &Client,
    provider: &Provider,
    what: &Exchange<'_>,
    now: Timestamp,
) -> Result<Identity, Fault> {
    let tokens = redeem(client, provider, what, now).await?;
    let keys: KeySet = fetch(client, &provider.keys, now).await?;
    verified(&tokens.id_token, &keys, &what.expected, now)
}

async fn redeem(
    client: &Client,
    provider: &Provider,
    what: &Exchange<'_>,
    now: Timestamp,
) -> Result<Tokens, Fault> {
    let target = client.target(&provider.token).map_err(Failure::from)?;
    let request = Request {
        method: Method::POST,
        target: &target,
        headers: headers(provider, what)?,
        body: Bytes::from(form(provider, what)),
    };
    let answer = client.send(request, now).await?;
    if answer.status != 200 {
        let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
        return Err(Fault::Exchange {
            status: answer.status,
            code: refusal.error.chars().filter(plain).take(60).collect(),
        });
    }
    serde_json::from_slice(&answer.body).map_err(|_unreadable| Fault::Token("there is none"))
}

fn form(provider: &Provider, what: &Exchange<'_>) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", what.code)
        .append_pair("redirect_uri", what.redirect_uri)
        .append_pair("code_verifier", what.verifier);
    if provider.secret_in_form {
        form.append_pair("client_id", what.expected.client_id)
            .append_pair("client_secret", what.secret);
    }
    form.finish()
}

fn headers(provider: &Provider, what: &Exchange<'_>) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    if !provider.secret_in_form {
        // Both parts are encoded as in a form first (RFC 6749, section 2.3.1).
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let (name, secret) = (encoded(what.expected.client_id), encoded(what.secret));
        let value = format!("Basic {}", STANDARD.encode(format!("{name}:{secret}")));
        let value = HeaderValue::from_str(&value);
        let value = value.map_err(|_unprintable| Fault::Description("client id"))?;
        headers.insert(header::AUTHORIZATION, value);
    }
    Ok(headers)
}
