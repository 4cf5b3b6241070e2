//! The pages for customers, behind sealed links: preferences, unsubscribing, confirming; the one
//! where anybody asks about their data; where the links of mails lead over; and where carriers of
//! messages, and browsers that were shown one, tell what came back.
//!
//! **Invariant:** a GET changes nothing of a person or of what they allowed; there is no script, no cookie and nothing from elsewhere,
//! and no page tells whether an address is known to who does not hold its link.

mod channel;
mod confirm;
mod monday;
mod page;
mod preferences;
mod push;
mod request;
mod site;
mod tracking;
mod unsubscribe;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use filo_app::consent::{Link, Visitor};
use filo_app::{App, CustomerView};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode, header};
use maud::Markup;

use crate::i18n::{Language, Words, zone};
use crate::ingest;

/// A form of choices has a few hundred bytes.
const FORM_BYTES_MOST: usize = 16 << 10;
/// Letters of a browser's name that are kept as proof.
const BROWSER_CHARS_MOST: usize = 300;
const STYLE: &str = include_str!("style.css");
/// The style alone is loaded, forms go nowhere else, and nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    ),
];

/// Address, and what it shows or does.
#[rustfmt::skip]
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/public/preferences/{token}",   get(preferences::show).post(preferences::choose))
        .route("/public/unsubscribe/{token}",   get(unsubscribe::show).post(unsubscribe::leave))
        .route("/public/confirm/{token}",       get(confirm::show).post(confirm::confirm))
        .route("/public/monday/{token}",        get(monday::show).post(monday::end))
        .route("/public/request",               get(request::form).post(request::ask))
        .route("/public/request/{token}",       get(request::show).post(request::confirm))
        .route("/public/push/{token}",          post(push::hear))
        .route("/public/site/{token}",          post(site::hear))
        .route("/c/{token}",                    get(tracking::follow))
        .route("/o/{name}",                     get(tracking::open))
        .route("/public",                       any(nothing))
        .route("/public/{*rest}",               any(nothing))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MOST))
        .layer(from_fn(dress))
        .route("/public/style.css",             get(style))
        .route("/public/channels/{medium}",     get(channel::challenge).post(channel::hear).layer(DefaultBodyLimit::max(channel::BYTES_MOST)))
}

async fn dress(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, STYLE).into_response()
}

async fn nothing(State(app): State<App>, parts: Parts) -> Response {
    unknown(&app, &parts)
}

/// Where a link leads; what cannot be read leads nowhere.
async fn link_of(app: &App, token: &str) -> Option<Link> {
    match app.read_link(token).await {
        Ok(link) => link,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a link could not be read");
            None
        }
    }
}

/// The words for a person, or for whoever it is.
fn words(app: &App, parts: &Parts, view: Option<&CustomerView>) -> Words {
    let company = &app.company().company;
    let theirs = view.map(|view| app.language_of(view).tag());
    let accepted = || {
        let header = parts.headers.get(header::ACCEPT_LANGUAGE)?;
        Language::from_accept(header.to_str().ok()?)
    };
    let language = theirs
        .and_then(Language::from_tag)
        .or_else(accepted)
        .or_else(|| Language::from_tag(company.language.tag()));
    Words {
        zone: zone(&company.zone),
        is_invented: app.is_demo(),
        ..Words::of(language.unwrap_or(Language::Italian))
    }
}

/// From where somebody follows a link, as their proof.
fn visitor(parts: &Parts, page: &'static str) -> Visitor {
    let browser = parts.headers.get(header::USER_AGENT);
    let browser = browser.and_then(|it| it.to_str().ok()).unwrap_or_default();
    Visitor {
        ip: ingest::origin::address(&parts.headers, &parts.extensions).map(|it| it.to_string()),
        user_agent: browser.chars().take(BROWSER_CHARS_MOST).collect(),
        page,
    }
}

/// A page.
fn shown(page: Markup) -> Response {
    page.into_response()
}

/// The one page for every link that leads nowhere, whatever the reason.
fn unknown(app: &App, parts: &Parts) -> Response {
    let page = page::unknown(words(app, parts, None), &app.company().company.name);
    (StatusCode::NOT_FOUND, page).into_response()
}

/// A fault of ours is logged here and leaves without its text.
fn failed(app: &App, parts: &Parts, error: &filo_app::Error) -> Response {
    let (status, key) = match error {
        filo_app::Error::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "public-busy"),
        other => {
            tracing::error!(error = format!("{other:#}"), "a page for customers failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "public-failed")
        }
    };
    let page = page::failed(words(app, parts, None), &app.company().company.name, key);
    (status, page).into_response()
}
