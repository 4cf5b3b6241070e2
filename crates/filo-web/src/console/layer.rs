//! What every page of the console has in common: its language, its security headers, and how a
//! failure looks.
//!
//! **Invariant:** no page of the console leaves without its content security policy, and none is
//! kept by a cache.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_core::company::Company;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::failure::Failure;
use crate::i18n::{Language, Theme, Words, zone};

pub(super) const LANGUAGE_COOKIE: &str = "filo_lang";
const THEME_COOKIE: &str = "filo_theme";
/// A choice of how to read is kept for a year.
const CHOICE_LIFE_S: u32 = 365 * 24 * 3600;

/// No inline script or style, nothing from elsewhere, in no frame; frames only of our own.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     font-src 'self'; frame-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Gives the request its language and the answer its headers; a failure becomes a page.
pub(crate) async fn dress(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let query = request.uri().query();
    let language = asked(query, "lang").and_then(Language::from_tag);
    let theme = asked(query, "theme").and_then(Theme::from_word);
    let remembered = || cookie(request.headers(), THEME_COOKIE).and_then(Theme::from_word);
    let company = &app.company().company;
    let words = Words {
        language: language
            .or_else(|| language_of(request.headers()))
            .unwrap_or_else(|| company_language(company)),
        theme: theme.or_else(remembered).unwrap_or_default(),
        zone: zone(&company.zone),
        is_invented: app.is_demo(),
    };
    request.extensions_mut().insert(words);
    let is_read = request.method() == Method::GET;
    let mut response = next.run(request).await;
    // What cannot be read in an address, axum refuses in its own English.
    let unread = (response.status() == StatusCode::BAD_REQUEST).then_some(Failure::Missing);
    if let Some(failure) = response.extensions_mut().remove::<Failure>().or(unread) {
        response = failure.page(words).into_response();
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A frame that shows something from outside has a stricter policy of its own.
        if name == header::CONTENT_SECURITY_POLICY && headers.contains_key(&name) {
            continue;
        }
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(words.language.tag()),
    );
    if is_read {
        let chosen = [
            (LANGUAGE_COOKIE, language.map(Language::tag)),
            (THEME_COOKIE, theme.map(Theme::word)),
        ];
        for (name, choice) in chosen {
            remember(headers, name, choice);
        }
    }
    response
}

pub(super) fn remember(headers: &mut HeaderMap, name: &str, choice: Option<&str>) {
    let Some(choice) = choice else { return };
    let cookie = format!("{name}={choice}; Path=/; Max-Age={CHOICE_LIFE_S}; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// The value of a plain word in a query.
fn asked<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    query?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// What the visitor chose, else the first of the browser's languages that Filo speaks.
fn language_of(headers: &HeaderMap) -> Option<Language> {
    if let Some(language) = cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_tag) {
        return Some(language);
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Language::from_accept(accepted)
}

fn company_language(company: &Company) -> Language {
    Language::from_tag(company.language.tag()).unwrap_or(Language::Italian)
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn the_language_is_asked_then_remembered_then_accepted() {
        assert_eq!(asked(Some("search=x&lang=it"), "lang"), Some("it"));
        assert_eq!(asked(Some("xlang=it"), "lang"), None);
        assert_eq!(Language::from_tag("fr"), None);
        let accepts = (header::ACCEPT_LANGUAGE, "de-DE, it-IT;q=0.8, en;q=0.7");
        assert_eq!(
            language_of(&headers(std::slice::from_ref(&accepts))),
            Some(Language::Italian)
        );
        let remembers = (header::COOKIE, "a=b; filo_lang=en");
        assert_eq!(
            language_of(&headers(&[accepts, remembers])),
            Some(Language::English)
        );
        assert_eq!(language_of(&HeaderMap::new()), None);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = headers(&[(
            header::COOKIE,
            "xfilo_session=1; filo_session2=2; filo_session=3",
        )]);
        assert_eq!(cookie(&headers, "filo_session"), Some("3"));
        assert_eq!(cookie(&headers, "filo"), None);
    }
}
