//! Who may do what, and how people come in: every route, every role, and the life of accounts,
//! sessions, invitations and codes.

mod analysis_table;
mod audience_table;
mod content_table;
mod journey_table;
mod life;
mod list_table;
mod masking;
mod matrix;
mod message_table;
mod parity;
mod second_factor;
mod table;

use filo_app::{Actor, Language, Newcomer, OpenedSession, Visit};
use filo_core::access::Role;
use filo_testkit::{Answer, Filo};

pub(crate) use second_factor::{code_at, enrol};

pub(crate) const PASSWORD: &str = "tre mele verdi sul tavolo";

/// The text after `key=` in a link.
pub(crate) fn key_of(link: &str) -> String {
    link.rsplit_once("key=").unwrap().1.to_owned()
}

pub(crate) fn newcomer(name: &str) -> Newcomer {
    Newcomer {
        name: name.to_owned(),
        email: format!("{name}@bottega.it"),
        language: Language::Italian,
        password: PASSWORD.to_owned(),
    }
}

/// Somebody of this role, invited by the operator, who has just accepted.
pub(crate) async fn somebody(filo: &Filo, name: &str, role: Role) -> OpenedSession {
    let operator = Actor::operator();
    let email = format!("{name}@bottega.it");
    let made = filo.app.invite(&operator, &email, role).await.unwrap();
    filo.app
        .accept_invite(&key_of(&made.link), newcomer(name), &Visit::default())
        .await
        .unwrap()
        .unwrap()
}

/// Who comes with a session.
pub(crate) async fn actor(filo: &Filo, session: &OpenedSession) -> Actor {
    filo.app
        .visitor(&session.text)
        .await
        .unwrap()
        .unwrap()
        .actor
}

pub(crate) fn cookie(session: &str) -> String {
    format!("filo_session={session}")
}

/// The token of the forms of a session, as the console derives it.
pub(crate) fn token(session: &str) -> String {
    let key = blake3::derive_key("filo console form token v1", session.as_bytes());
    blake3::Hash::from_bytes(key).to_hex().to_string()
}

/// Posts a form of the console.
pub(crate) async fn post(filo: &Filo, path: &str, session: &str, form: &str) -> Answer {
    filo.post(path)
        .header("cookie", &cookie(session))
        .form(&format!("token={}&{form}", token(session)))
        .send()
        .await
}

/// Looks at a page of the console.
pub(crate) async fn look(filo: &Filo, path: &str, session: &str) -> Answer {
    filo.get(path)
        .header("cookie", &cookie(session))
        .send()
        .await
}

/// The session that an answer puts into the browser.
pub(crate) fn session_in(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter();
    let texts = cookies.filter_map(|cookie| cookie.to_str().ok());
    let value = texts
        .filter_map(|text| text.strip_prefix("filo_session="))
        .next();
    value.unwrap().split(';').next().unwrap().to_owned()
}

/// Whether a session opens a page.
pub(crate) async fn is_in(filo: &Filo, session: &str) -> bool {
    look(filo, "/account", session).await.status == 200
}
