//! Sources and keys: who may send, with the lines to paste, and who may use the API.
//!
//! **Invariant:** a secret is on a page once, right after it was made, and never again.

use axum::extract::{Path, Query, State};
use filo_app::{App, KeyKind, KeyView, NewKey, Scopes};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSources, Power, SeeSources};
use crate::ui::form::{Field, copyable, form, second_thought};
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

/// Letters of a name, as the app has it.
const NAME_LENGTH_MOST: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

struct SourceRow {
    name: String,
    kind: String,
    keys: Vec<KeyView>,
}

/// What the page shows.
#[derive(Default)]
struct Sources {
    sources: Vec<SourceRow>,
    api_keys: Vec<KeyView>,
    url: String,
    /// The text of the key just made, and its name.
    made: Option<(String, String)>,
    /// What the refused form held, and why.
    refused: Option<(NewForm, String)>,
}

async fn load(app: &App) -> filo_app::Result<Sources> {
    let mut keys = app.keys().await?;
    let now = app.now();
    keys.retain(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end));
    let sources = app.sources().await?.into_iter().map(|source| SourceRow {
        keys: keys
            .extract_if(.., |key| key.source == Some(source.id))
            .collect(),
        name: source.name,
        kind: source.kind,
    });
    let sources = sources.collect();
    let url = app.config().public_url.trim_end_matches('/').to_owned();
    Ok(Sources {
        sources,
        api_keys: keys,
        url,
        made: None,
        refused: None,
    })
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeSources>,
    Query(asked): Query<Asked>,
) -> Answer {
    let sources = load(&app).await?;
    shown(whole(&session, &sources, app.now(), asked.done.as_deref()))
}

/// What to make.
#[derive(Debug, Default, Deserialize)]
pub(super) struct NewForm {
    name: String,
    kind: String,
    #[serde(default)]
    power: String,
}

impl NewForm {
    /// Powers include the lower ones: who administers also writes and reads.
    fn key(&self) -> Option<NewKey> {
        let scopes = |write, admin| Scopes {
            read: true,
            write,
            admin,
        };
        let (kind, scopes) = match (self.kind.as_str(), self.power.as_str()) {
            ("public", _) => (KeyKind::Public, Scopes::default()),
            ("secret", _) => (KeyKind::Secret, Scopes::default()),
            ("api", "read") => (KeyKind::Api, scopes(false, false)),
            ("api", "write") => (KeyKind::Api, scopes(true, false)),
            ("api", "admin") => (KeyKind::Api, scopes(true, true)),
            _ => return None,
        };
        Some(NewKey {
            name: self.name.clone(),
            kind,
            scopes,
            expires_at: None,
        })
    }
}

/// Makes a source or key. The answer is the page itself, because it alone may show the secret.
pub(super) async fn create(
    State(app): State<App>,
    posted: Posted<ManageSources, NewForm>,
) -> Answer {
    posted.session.fresh(&app, "/sources")?;
    let Posted { session, form } = posted;
    let made = match form.key() {
        Some(key) => app.create_key(&session.actor, key).await,
        None => Err(filo_app::Error::invalid("kind", "not a kind of key")),
    };
    let mut sources = load(&app).await?;
    match made {
        Ok(made) => {
            sources.made = Some((form.name, made.text));
            shown(whole(&session, &sources, app.now(), None))
        }
        Err(filo_app::Error::Invalid { reason, .. }) => {
            let known = session.words.look_up("wrong-name");
            let reason = known.map_or(reason, std::borrow::Cow::into_owned);
            sources.refused = Some((form, reason));
            wrong(whole(&session, &sources, app.now(), None))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// Ends a key.
pub(super) async fn revoke(
    State(app): State<App>,
    Path(key): Path<String>,
    posted: Posted<ManageSources, Nothing>,
) -> Answer {
    let key: KeyId = id(&key)?;
    app.revoke_key(&posted.session.actor, key).await?;
    done("/sources?done=key-revoked")
}

fn whole<P: Power>(
    session: &Session<P>,
    sources: &Sources,
    now: Timestamp,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("place-sources"),
        place: Some(Place::Sources),
        address: session.address.as_deref(),
        visitor: Some((&session.actor.name, &session.token)),
        done,
    };
    page(&frame, &content(words, sources, now, &session.token))
}

fn content(words: Words, sources: &Sources, now: Timestamp, token: &str) -> Markup {
    html! {
        h1 { (words.say("place-sources")) }
        p.lead { (words.say("sources-lead")) }
        @if let Some((name, text)) = &sources.made { (made(words, name, text)) }
        @for source in &sources.sources { (source_card(words, source, &sources.url, token)) }
        (new_form(words, sources.refused.as_ref(), token))
        section.card {
            h2 { (words.say("api-keys-title")) }
            p.soft { (words.say("api-keys-lead")) " " a href="/api/openapi.json" { "/api/openapi.json" } }
            @if sources.api_keys.is_empty() {
                p.soft { (words.say("api-keys-none")) }
            } @else {
                ul.list { @for key in &sources.api_keys { (api_key(words, key, now, token)) } }
            }
        }
    }
}

fn made(words: Words, name: &str, text: &str) -> Markup {
    html! {
        section.notice.notice-good role="status" {
            h2 { (words.fill("key-made", [("name", display::line(name).into())])) }
            p { (words.say("key-made-hint")) }
            (copyable(words, "made-key", text))
        }
    }
}

fn source_card(words: Words, source: &SourceRow, url: &str, token: &str) -> Markup {
    let kind = match source.kind.as_str() {
        "web" => words.say("source-web"),
        "server" => words.say("source-server"),
        _ => words.say("source-other"),
    };
    html! {
        section.card {
            div.head {
                h2 { bdi { (display::line(&source.name)) } }
                span.badge { (kind) }
            }
            @if source.keys.is_empty() { p.soft { (words.say("source-no-key")) } }
            @for key in &source.keys {
                @let action = format!("/keys/{}/revocation", key.id);
                div.line.actions {
                    code { (key.shown) @if key.kind != "public" { "…" } }
                    (second_thought(&action, token, &words.say("key-revoke"), &words.say("key-revoke-confirm")))
                }
                details { summary { (words.say("source-snippet")) } (snippets(words, key, url)) }
            }
        }
    }
}

/// Lines to paste.
fn snippets(words: Words, key: &KeyView, url: &str) -> Markup {
    let (key_id, shown) = (key.id.to_string(), key.shown.as_str());
    if key.kind == "public" {
        let page = format!(
            "<script src=\"{url}/analytics.js/v1/{shown}/analytics.min.js\"></script>\n\
             <script>\n  analytics.page();\n</script>"
        );
        return html! {
            p.hint { (words.say("snippet-site")) }
            (copyable(words, &format!("site-{key_id}"), &page))
        };
    }
    let curl = format!(
        "curl -u YOUR_KEY: {url}/v1/track \\\n  -H 'Content-Type: application/json' \\\n  \
         -d '{{\"userId\":\"u1\",\"event\":\"Order Completed\",\"properties\":{{\"order_id\":\"A-1\",\"total\":42.50,\"currency\":\"EUR\"}}}}'"
    );
    let node = format!(
        "import {{ Analytics }} from '@segment/analytics-node'\n\
         const analytics = new Analytics({{ writeKey: 'YOUR_KEY', host: '{url}' }})\n\
         analytics.track({{ userId: 'u1', event: 'Order Completed', properties: {{ order_id: 'A-1', total: 42.5, currency: 'EUR' }} }})"
    );
    let python = format!(
        "import segment.analytics as analytics\nanalytics.write_key = 'YOUR_KEY'\nanalytics.host = '{url}'\n\
         analytics.track('u1', 'Order Completed', {{'order_id': 'A-1', 'total': 42.5, 'currency': 'EUR'}})"
    );
    html! {
        p.hint { (words.say("snippet-server")) }
        @for (name, text) in [("curl", &curl), ("node", &node), ("python", &python)] {
            h3 { (name) }
            (copyable(words, &format!("{name}-{key_id}"), text))
        }
    }
}

fn api_key(words: Words, key: &KeyView, now: Timestamp, token: &str) -> Markup {
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
                (power) " · "
                (words.fill("key-made-on", [("date", words.day(key.created_at, now).into())]))
                @if let Some(end) = key.expires_at {
                    " · " (words.fill("key-ends", [("date", words.date_time(end).into())]))
                }
            }
        }
    }
}

fn new_form(words: Words, refused: Option<&(NewForm, String)>, token: &str) -> Markup {
    let empty = NewForm {
        kind: "public".to_owned(),
        power: "read".to_owned(),
        ..NewForm::default()
    };
    let (given, problem) = match refused {
        Some((given, problem)) => (given, Some(problem.as_str())),
        None => (&empty, None),
    };
    let kinds =
        ["public", "secret", "api"].map(|kind| (kind, words.say(&format!("new-kind-{kind}"))));
    let kinds: Vec<(&str, &str)> = kinds
        .iter()
        .map(|(kind, label)| (*kind, &**label))
        .collect();
    let powers =
        ["read", "write", "admin"].map(|power| (power, words.say(&format!("power-{power}"))));
    let powers: Vec<(&str, &str)> = powers
        .iter()
        .map(|(power, label)| (*power, &**label))
        .collect();
    let name = Field {
        name: "name",
        label: &words.say("new-name"),
        value: &given.name,
        hint: Some(&words.say("new-name-hint")),
        wrong: problem,
        required: true,
        length_most: NAME_LENGTH_MOST,
    };
    let (kind, power) = (words.say("new-kind"), words.say("new-power"));
    let hint = words.say("new-power-hint");
    let kind = Field {
        name: "kind",
        label: &kind,
        value: &given.kind,
        ..Field::default()
    };
    let power = Field {
        name: "power",
        label: &power,
        value: &given.power,
        hint: Some(&hint),
        ..Field::default()
    };
    let fields = html! {
        (name.input())
        (kind.select(&kinds))
        (power.select(&powers))
        button type="submit" { (words.say("new-do")) }
    };
    html! {
        details.card open[problem.is_some()] {
            summary { (words.say("new-title")) }
            (form("/sources", token, &fields))
        }
    }
}

#[cfg(test)]
mod tests;
