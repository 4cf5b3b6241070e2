//! Keys of the API: for programs that read customers, decide, or administer.
//!
//! **Invariant:** the text of a key is on a page once, right after it was made, and never again.

use axum::extract::{Path, Query, State};
use filo_app::{App, Error, KeyKind, KeyView, NewKey, Scopes};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageKeys, Power};
use crate::ui::form::{Field, copyable, form, second_thought};
use crate::ui::shown as display;

const HERE: &str = "/settings/keys";
/// Letters of a name, as the app has it.
const NAME_LENGTH_MOST: usize = 100;
/// How the text of a session begins.
const SESSION_PREFIX: &str = "filo_ses_";
/// Powers from the least to the most; each includes those before it.
const POWERS: [&str; 3] = ["read", "write", "admin"];

/// What the page shows.
struct Keys<'a> {
    keys: Vec<KeyView>,
    now: Timestamp,
    /// The name and the text of the key just made.
    made: Option<(&'a str, &'a str)>,
    /// What the refused form held, which field is wrong, and the key of what is wrong.
    refused: Option<(&'a New, &'static str, &'static str)>,
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageKeys>,
    Query(asked): Query<Asked>,
) -> Answer {
    let keys = load(&app).await?;
    shown(page(&session, &keys, asked.done.as_deref()))
}

async fn load<'a>(app: &App) -> Result<Keys<'a>, Error> {
    let now = app.now();
    let mut keys = app.keys().await?;
    keys.retain(|key| {
        let is_alive = key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end);
        is_alive && key.source.is_none()
    });
    Ok(Keys {
        keys,
        now,
        made: None,
        refused: None,
    })
}

/// A key as it is asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct New {
    name: String,
    power: String,
    #[serde(default)]
    expires: String,
}

impl New {
    fn scopes(&self) -> Option<Scopes> {
        let rank = POWERS.iter().position(|power| *power == self.power)?;
        Some(Scopes {
            read: true,
            write: rank >= 1,
            admin: rank >= 2,
        })
    }

    /// The end of the last day, none if it never ends; nothing if the day is no day or past.
    fn expires_at(&self, words: Words, now: Timestamp) -> Option<Option<Timestamp>> {
        if self.expires.is_empty() {
            return Some(None);
        }
        let day: Date = self.expires.parse().ok()?;
        let zone = words.zone.cloned().unwrap_or(TimeZone::UTC);
        let end = day.tomorrow().ok()?.to_zoned(zone).ok()?.timestamp();
        let end = Timestamp(end.as_microsecond());
        (now < end).then_some(Some(end))
    }
}

/// Makes a key. The answer is the page itself, because it alone may show the text.
pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageKeys, New>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let mut keys = load(&app).await?;
    let Some(scopes) = form.scopes() else {
        keys.refused = Some((&form, "power", "wrong-choice"));
        return wrong(page(&session, &keys, None));
    };
    let Some(expires_at) = form.expires_at(session.words, keys.now) else {
        keys.refused = Some((&form, "expires", "wrong-date"));
        return wrong(page(&session, &keys, None));
    };
    let new = NewKey {
        name: form.name.clone(),
        kind: KeyKind::Api,
        scopes,
        expires_at,
    };
    match app.create_key(&session.actor, new).await {
        Ok(made) => {
            let mut keys = load(&app).await?;
            keys.made = Some((&form.name, &made.text));
            shown(page(&session, &keys, None))
        }
        Err(Error::Invalid { .. }) => {
            keys.refused = Some((&form, "name", "wrong-name"));
            wrong(page(&session, &keys, None))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Ends a key.
pub(in crate::console) async fn revoke(
    State(app): State<App>,
    Path(key): Path<String>,
    posted: Posted<ManageKeys, Nothing>,
) -> Answer {
    let key: KeyId = id(&key)?;
    app.revoke_key(&posted.session.actor, key).await?;
    done("/settings/keys?done=key-revoked")
}

fn page<P: Power>(session: &Session<P>, keys: &Keys<'_>, done: Option<&str>) -> Markup {
    let title = session.words.say("settings-keys");
    let content = content(session.words, keys, &session.token);
    whole(session, HERE, &title, done, &content)
}

fn content(words: Words, keys: &Keys<'_>, token: &str) -> Markup {
    let is_session = |key: &&KeyView| key.shown.starts_with(SESSION_PREFIX);
    let (people, programs): (Vec<_>, Vec<_>) = keys.keys.iter().partition(is_session);
    html! {
        h1 { (words.say("settings-keys")) }
        p.lead {
            (words.say("settings-keys-lead")) " "
            a href="/api/openapi.json" { (words.say("key-document")) } "."
        }
        @if let Some((name, text)) = keys.made {
            section.notice.notice-good role="status" {
                h2 { (words.fill("key-made", [("name", display::line(name).into())])) }
                p { (words.say("key-made-hint")) }
                (copyable(words, "made-key", text))
            }
        }
        section.card {
            @if programs.is_empty() {
                p.soft { (words.say("api-keys-none")) }
            } @else {
                ul.list { @for key in programs { (row(words, key, keys.now, token)) } }
            }
        }
        (new_form(words, keys, token))
        @if !people.is_empty() {
            section.card {
                h2 { (words.say("keys-people")) }
                p.soft { (words.say("keys-people-lead")) }
                ul.list { @for key in people { (row(words, key, keys.now, token)) } }
            }
        }
    }
}

fn row(words: Words, key: &KeyView, now: Timestamp, token: &str) -> Markup {
    let power = match key.scopes {
        Scopes { admin: true, .. } => "power-admin",
        Scopes { write: true, .. } => "power-write",
        Scopes { .. } => "power-read",
    };
    let action = format!("/settings/keys/{}/revocation", key.id);
    html! {
        li {
            div.line {
                span { strong { bdi { (display::line(&key.name)) } } " " code.soft { (key.shown) "…" } }
                (second_thought(&action, token, &words.say("key-revoke"), &words.say("key-revoke-confirm")))
            }
            p.about {
                (words.say(power)) " · "
                (words.fill("key-made-on", [("date", words.day(key.created_at, now).into())]))
                @if let Some(end) = key.expires_at {
                    " · " (words.fill("key-ends", [("date", words.date_time(end).into())]))
                }
            }
        }
    }
}

fn new_form(words: Words, keys: &Keys<'_>, token: &str) -> Markup {
    let empty = New {
        power: "read".to_owned(),
        ..New::default()
    };
    let given = keys.refused.map_or(&empty, |(given, ..)| given);
    let fault = |field: &str| {
        keys.refused
            .filter(|(_, wrong, _)| *wrong == field)
            .map(|(.., key)| words.say(key).into_owned())
    };
    let (name_fault, date_fault) = (fault("name"), fault("expires"));
    let name = Field {
        name: "name",
        label: &words.say("new-name"),
        value: &given.name,
        hint: Some(&words.say("new-name-hint")),
        wrong: name_fault.as_deref(),
        required: true,
        length_most: NAME_LENGTH_MOST,
    };
    let labels = POWERS.map(|power| words.say(&format!("power-{power}")));
    let powers: Vec<(&str, &str)> = POWERS
        .iter()
        .zip(&labels)
        .map(|(power, label)| (*power, &**label))
        .collect();
    let power = Field {
        name: "power",
        label: &words.say("new-power"),
        value: &given.power,
        ..Field::default()
    };
    let expires = Field {
        name: "expires",
        label: &words.say("key-expiry"),
        value: &given.expires,
        hint: Some(&words.say("key-expiry-hint")),
        wrong: date_fault.as_deref(),
        ..Field::default()
    };
    let fields = html! {
        (name.input())
        (power.select(&powers))
        (expires.date())
        button type="submit" { (words.say("new-do")) }
    };
    html! {
        section.card {
            h2 { (words.say("key-new")) }
            (form(HERE, token, &fields))
        }
    }
}
