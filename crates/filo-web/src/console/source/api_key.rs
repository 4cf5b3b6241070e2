//! Keys of the API: the list at the foot of the sources, and making one.

use axum::extract::State;
use filo_app::{App, KeyKind, KeyView, NewKey, Scopes};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::List;
use super::row::used;
use crate::api::power::Admin;
use crate::console::posted::Posted;
use crate::console::{Answer, shown, wrong};
use crate::i18n::Words;
use crate::ui::form::{Field, copyable, form, second_thought};
use crate::ui::shown as display;

/// Letters of a name, as the app has it.
pub(super) const NAME_LENGTH_MOST: usize = 100;

/// What to make.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct NewForm {
    name: String,
    power: String,
}

impl NewForm {
    /// Powers include the lower ones: who administers also writes and reads.
    fn key(&self) -> Option<NewKey> {
        let (write, admin) = match self.power.as_str() {
            "read" => (false, false),
            "write" => (true, false),
            "admin" => (true, true),
            _ => return None,
        };
        Some(NewKey {
            name: self.name.clone(),
            kind: KeyKind::Api,
            scopes: Scopes {
                read: true,
                write,
                admin,
            },
            expires_at: None,
        })
    }
}

/// What became of the form: the key just made, or what was wrong.
#[derive(Debug, Default)]
pub(super) struct Form {
    made: Option<(String, String)>,
    refused: Option<(NewForm, String)>,
}

/// Makes a key of the API. The answer is the page itself, because it alone may show the secret.
pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<Admin, NewForm>,
) -> Answer {
    let Posted { session, form } = posted;
    let made = match form.key() {
        Some(key) => app.create_key(&session.actor, key).await,
        None => Err(filo_app::Error::invalid("power", "not a power")),
    };
    match made {
        Ok(made) => {
            let made = Some((form.name, made.text));
            let form = Form {
                made,
                refused: None,
            };
            let list = List::load(&app, Some(form)).await?;
            shown(list.page(&session, app.now(), None))
        }
        Err(filo_app::Error::Invalid { .. }) => {
            let reason = session.words.say("wrong-name").into_owned();
            let form = Form {
                made: None,
                refused: Some((form, reason)),
            };
            let list = List::load(&app, Some(form)).await?;
            wrong(list.page(&session, app.now(), None))
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) fn section(
    words: Words,
    (keys, form): (&[KeyView], &Form),
    now: Timestamp,
    token: &str,
) -> Markup {
    html! {
        section.card #api-keys {
            h2 { (words.say("api-keys-title")) }
            p.soft { (words.say("api-keys-lead")) " " a href="/api/openapi.json" { "/api/openapi.json" } }
            @if let Some((name, text)) = &form.made { (made(words, name, text)) }
            @if keys.is_empty() {
                p.soft { (words.say("api-keys-none")) }
            } @else {
                ul.list { @for key in keys { (line(words, key, now, token)) } }
            }
            (new(words, form.refused.as_ref(), token))
        }
    }
}

fn made(words: Words, name: &str, text: &str) -> Markup {
    html! {
        section.notice.notice-good role="status" {
            h3 { (words.fill("key-made", [("name", display::line(name).into())])) }
            p { (words.say("key-made-hint")) }
            (copyable(words, "made-key", text))
        }
    }
}

fn line(words: Words, key: &KeyView, now: Timestamp, token: &str) -> Markup {
    let power = match key.scopes {
        Scopes { admin: true, .. } => words.say("power-admin"),
        Scopes { write: true, .. } => words.say("power-write"),
        Scopes { .. } => words.say("power-read"),
    };
    let action = format!("/keys/{}/revocation", key.id);
    html! {
        li {
            div.line {
                span { strong { bdi { (display::line(&key.name)) } } " " code { (key.shown) "…" } }
                (second_thought(&action, token, &words.say("key-revoke"), &words.say("key-revoke-confirm")))
            }
            p.about {
                (power) " · " (used(words, key, now)) " · "
                (words.fill("key-made-on", [("date", words.day(key.created_at, now).into())]))
                @if let Some(end) = key.expires_at {
                    " · " (words.fill("key-ends", [("date", words.date_time(end).into())]))
                }
            }
        }
    }
}

fn new(words: Words, refused: Option<&(NewForm, String)>, token: &str) -> Markup {
    let powers = ["read", "write", "admin"];
    let labels = powers.map(|power| words.say(&format!("power-{power}")));
    let options: Vec<(&str, &str)> = powers
        .into_iter()
        .zip(labels.iter().map(|it| &**it))
        .collect();
    let fields = html! {
        (Field {
            name: "name",
            label: &words.say("new-name"),
            value: refused.map_or("", |(given, _)| &given.name),
            hint: Some(&words.say("api-key-name-hint")),
            wrong: refused.map(|(_, reason)| reason.as_str()),
            required: true,
            length_most: NAME_LENGTH_MOST,
        }.input())
        (Field {
            name: "power",
            label: &words.say("new-power"),
            value: refused.map_or("read", |(given, _)| &given.power),
            ..Field::default()
        }.select(&options))
        button type="submit" { (words.say("new-do")) }
    };
    html! {
        details.fold open[refused.is_some()] {
            summary { (words.say("api-key-new")) }
            (form("/keys", token, &fields))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_asks_only_for_powers_there_are() {
        let scopes = |power: &str| {
            let form = NewForm {
                name: "x".to_owned(),
                power: power.to_owned(),
            };
            form.key().map(|key| key.scopes.words())
        };
        assert_eq!(scopes("write").as_deref(), Some("read write"));
        assert_eq!(scopes("admin").as_deref(), Some("read write admin"));
        assert_eq!(scopes("all"), None);
    }
}
