//! A small directory that speaks OpenID Connect on a real port, and lies when a test asks it to.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use parking_lot::Mutex;
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use url::Url;

/// Filo's name and secret there; both have signs that a form encodes.
pub(crate) const CLIENT_ID: &str = "filo:test+1";
pub(crate) const SECRET: &str = "s€cret & more";
/// A key of nobody, for these tests alone: ring makes none of this kind.
const RSA_KEY: &str = include_str!("rsa_key.txt");
/// The public half of it.
const RSA_MODULUS: &str = include_str!("rsa_modulus.txt");

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    Es256,
    Rs256,
    /// Not at all.
    None,
    /// With the public key as if it were a secret.
    PublicKeyAsSecret,
    /// With a key that is not in the set.
    Stranger,
}

/// What a test changes.
pub(crate) struct Mood {
    pub(crate) subject: String,
    pub(crate) email: String,
    pub(crate) verified: Value,
    pub(crate) signing: Signing,
    /// Changes the claims of every token.
    pub(crate) alter: fn(&mut Value),
    /// What it calls itself, where that is not its address.
    pub(crate) issuer: Option<String>,
    /// What its description names in the place of its own page.
    pub(crate) token_endpoint: Option<String>,
    pub(crate) now_s: i64,
    /// Secrets that came with codes, as they came.
    pub(crate) knocks: usize,
}

struct Grant {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

struct Inner {
    address: String,
    mood: Mutex<Mood>,
    grants: Mutex<HashMap<String, Grant>>,
    key: KeyPair,
    stranger: KeyPair,
}

/// Listens until it is dropped.
pub(crate) struct Provider {
    inner: Arc<Inner>,
    listening: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Provider {
    pub(crate) async fn start(now_s: i64) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            address,
            mood: Mutex::new(Mood {
                subject: "anna-at-home".to_owned(),
                email: "anna@bottega.it".to_owned(),
                verified: json!(true),
                signing: Signing::Es256,
                alter: |_claims| {},
                issuer: None,
                token_endpoint: None,
                now_s,
                knocks: 0,
            }),
            grants: Mutex::default(),
            key: KeyPair::generate().unwrap(),
            stranger: KeyPair::generate().unwrap(),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        #[expect(clippy::disallowed_methods, reason = "it ends with the provider")]
        let listening = tokio::spawn(async move {
            axum::serve(listener, routes).await.unwrap();
        });
        Self { inner, listening }
    }

    pub(crate) fn issuer(&self) -> String {
        self.inner.address.clone()
    }

    pub(crate) fn mood(&self, change: impl FnOnce(&mut Mood)) {
        change(&mut self.inner.mood.lock());
    }

    /// What somebody's browser does at the directory: they say yes, and it sends them back with a
    /// code and the state.
    pub(crate) fn consent(&self, address: &str) -> (String, String) {
        let address = Url::parse(address).unwrap();
        let asked: HashMap<String, String> = address.query_pairs().into_owned().collect();
        assert_eq!(address.path(), "/authorize");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT_ID);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let mut grants = self.inner.grants.lock();
        let code = format!("code {}/{}", grants.len(), asked["nonce"]);
        grants.insert(
            code.clone(),
            Grant {
                nonce: asked["nonce"].clone(),
                challenge: asked["code_challenge"].clone(),
                redirect_uri: asked["redirect_uri"].clone(),
            },
        );
        (code, asked["state"].clone())
    }
}

async fn describe(State(it): State<Arc<Inner>>) -> Json<Value> {
    let (mood, here) = (it.mood.lock(), &it.address);
    let token = mood.token_endpoint.clone();
    Json(json!({
        "issuer": mood.issuer.as_ref().unwrap_or(here),
        "authorization_endpoint": format!("{here}/authorize"),
        "token_endpoint": token.unwrap_or_else(|| format!("{here}/token")),
        "jwks_uri": format!("{here}/jwks"),
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    }))
}

fn point(key: &KeyPair) -> (String, String) {
    // An uncompressed point: 4, x, y.
    let raw = key.der_bytes();
    (
        URL_SAFE_NO_PAD.encode(&raw[1..33]),
        URL_SAFE_NO_PAD.encode(&raw[33..65]),
    )
}

async fn keys(State(it): State<Arc<Inner>>) -> Json<Value> {
    let (x, y) = point(&it.key);
    Json(json!({ "keys": [
        { "kty": "OKP", "crv": "Ed448", "kid": "odd", "x": "AA" },
        { "kty": "RSA", "kid": "old", "use": "sig", "alg": "RS256", "n": RSA_MODULUS.trim(), "e": "AQAB" },
        { "kty": "EC", "kid": "new", "use": "sig", "crv": "P-256", "x": x, "y": y },
    ]}))
}

async fn token(
    State(it): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    it.mood.lock().knocks += 1;
    let refused =
        |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let encoded =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(CLIENT_ID), encoded(SECRET));
    let wanted = format!("Basic {}", STANDARD.encode(pair));
    if headers
        .get("authorization")
        .is_none_or(|given| *given != *wanted)
    {
        return refused("invalid_client");
    }
    // A code works once.
    let Some(grant) = it.grants.lock().remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if challenge != grant.challenge || form["redirect_uri"] != grant.redirect_uri {
        return refused("invalid_grant");
    }
    let mood = it.mood.lock();
    let mut claims = json!({
        "iss": it.address, "sub": mood.subject, "aud": CLIENT_ID, "nonce": grant.nonce,
        "iat": mood.now_s, "exp": mood.now_s + 300,
        "email": mood.email, "email_verified": mood.verified, "name": "Anna Verdi",
    });
    (mood.alter)(&mut claims);
    let signed = signed(&it, mood.signing, &claims);
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": signed })).into_response()
}

fn signed(it: &Inner, signing: Signing, claims: &Value) -> String {
    let head = |algorithm, kid: &str| Header {
        kid: Some(kid.to_owned()),
        ..Header::new(algorithm)
    };
    let es = |key: &KeyPair| EncodingKey::from_ec_der(&key.serialize_der());
    match signing {
        Signing::Es256 => encode(&head(Algorithm::ES256, "new"), claims, &es(&it.key)).unwrap(),
        Signing::Stranger => {
            encode(&head(Algorithm::ES256, "new"), claims, &es(&it.stranger)).unwrap()
        }
        Signing::Rs256 => {
            let key = EncodingKey::from_rsa_der(&STANDARD.decode(RSA_KEY.trim()).unwrap());
            encode(&head(Algorithm::RS256, "old"), claims, &key).unwrap()
        }
        Signing::PublicKeyAsSecret => {
            let key = EncodingKey::from_secret(it.key.der_bytes());
            encode(&head(Algorithm::HS256, "new"), claims, &key).unwrap()
        }
        Signing::None => {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let head = json!({ "alg": "none", "typ": "JWT", "kid": "new" });
            format!("{}.{}.", part(&head), part(claims))
        }
    }
}
