//! The keys of a source, and from which sites the public ones may send.

use axum::extract::{Path, State};
use filo_app::{App, Error, KeyView, ORIGINS_MOST};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::page::with_refused;
use super::row::{short, used};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ManageSources;
use crate::ui::form::{Field, form, second_thought};

/// Sites that were written wrong, as they were written.
pub(super) struct Refused {
    key: KeyId,
    typed: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Sites {
    #[serde(default)]
    origins: String,
}

/// Says from which sites a public key may send: one a line.
pub(in crate::console) async fn set_origins(
    State(app): State<App>,
    Path(key): Path<String>,
    posted: Posted<ManageSources, Sites>,
) -> Answer {
    let key: KeyId = id(&key)?;
    let Posted { session, form } = posted;
    let keys = app.keys().await?;
    let found = keys.iter().find(|it| it.id == key);
    let source = found.and_then(|it| it.source).ok_or(Failure::Missing)?;
    let lines: Vec<String> = form.origins.split_whitespace().map(str::to_owned).collect();
    match app.set_origins(&session.actor, key, &lines).await {
        Ok(_kept) => done(&format!("/sources/{}?done=origins-saved", source.0)),
        Err(Error::Invalid { .. }) => {
            let typed = form.origins;
            with_refused(&app, &session, source, Refused { key, typed }).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) fn key_line(
    words: Words,
    key: &KeyView,
    now: Timestamp,
    token: &str,
    refused: Option<&Refused>,
) -> Markup {
    let action = format!("/keys/{}/revocation", key.id);
    html! {
        li {
            div.line {
                code { (short(&key.shown)) "…" }
                (second_thought(&action, token, &words.say("key-revoke"), &words.say("key-revoke-confirm")))
            }
            p.about {
                (used(words, key, now)) " · "
                (words.fill("key-made-on", [("date", words.day(key.created_at, now).into())]))
            }
            @if key.kind == "public" {
                (sites(words, key, token, refused.filter(|refused| refused.key == key.id)))
            }
        }
    }
}

fn sites(words: Words, key: &KeyView, token: &str, refused: Option<&Refused>) -> Markup {
    let kept = key.origins.join("\n");
    let most = i64::try_from(ORIGINS_MOST).unwrap_or(i64::MAX);
    let problem = refused.map(|_| words.fill("key-sites-wrong", [("most", most.into())]));
    let count = i64::try_from(key.origins.len()).unwrap_or(i64::MAX);
    let label = words.say("key-sites");
    let hint = words.say("key-sites-hint");
    let field = Field {
        name: "origins",
        label: &label,
        value: refused.map_or(&kept, |refused| &refused.typed),
        hint: Some(&hint),
        wrong: problem.as_deref(),
        ..Field::default()
    };
    let fields = html! { (field.code(3)) button.quiet.small type="submit" { (words.say("save")) } };
    html! {
        details open[refused.is_some()] {
            summary { (words.fill("key-sites-count", [("count", count.into())])) }
            (form(&format!("/keys/{}/origins", key.id), token, &fields))
        }
    }
}
