//! Sources of events and keys: who may send, and who may use this API.

use axum::extract::State;
use axum::response::Response;
use filo_app::{
    Actor, App, CreatedKey, KeyKind, KeyView, NewKey, NewSource, Scopes, SourceKind, SourceView,
};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::idempotency::Repetition;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageKeys, ManageSources, SeeSources};

/// A source of events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub(crate) struct SourceOut {
    /// Its number, which stands in its events.
    id: u32,
    /// What people call it.
    name: String,
    /// `web`, `server`, `import` …
    kind: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// Since when nothing is taken from it.
    #[schema(value_type = Option<String>, format = DateTime)]
    disabled_at: Option<Text<Timestamp>>,
    /// Its keys, ended ones too.
    keys: Vec<KeyOut>,
}

/// A key.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Key)]
pub(crate) struct KeyOut {
    /// Its id.
    #[schema(value_type = String, example = "key_0123456789abcdefghjkmnpqrs")]
    id: Text<KeyId>,
    /// The source its events come from; null for a key of this API.
    source: Option<u32>,
    /// `public`, `secret` or `api`.
    kind: &'static str,
    /// What people call it.
    name: String,
    /// The whole key if it is public, its first signs if not.
    shown: String,
    /// What it may do.
    scopes: ScopesOut,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it ends by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Text<Timestamp>>,
    /// When it was ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Text<Timestamp>>,
    /// When it was last used, to the minute.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Text<Timestamp>>,
    /// From which sites a public key may send; none: from anywhere.
    origins: Vec<String>,
}

/// What a key of this API may do.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Scopes)]
pub(crate) struct ScopesOut {
    /// See customers, sources, quarantine.
    #[serde(default)]
    read: bool,
    /// Decide about identity, write notes and consent, repair events.
    #[serde(default)]
    write: bool,
    /// Make and revoke keys.
    #[serde(default)]
    admin: bool,
}

/// A source to make, with its first key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceIn {
    /// What people call it.
    name: String,
    /// `web` or `app`: its key can be read by everybody, its events are claims. `server`, `ga4`
    /// or `cloudevents`: its key is secret, its events are believed. `public` is `web`,
    /// `secret` is `server`.
    kind: SenderKind,
}

/// Who sends.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SenderKind {
    /// A site.
    #[serde(alias = "public")]
    Web,
    /// An app.
    App,
    /// A system of the company.
    #[serde(alias = "secret")]
    Server,
    /// Google Analytics 4, by its Measurement Protocol.
    Ga4,
    /// Anything that speaks CloudEvents.
    #[serde(rename = "cloudevents")]
    CloudEvents,
}

/// A key of this API to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyIn {
    /// What people call it.
    name: String,
    /// What it may do: no more than the key that makes it.
    scopes: ScopesOut,
    /// When it ends by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
}

/// A key as it is handed over: the only moment its text is known.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreatedKey)]
pub(crate) struct CreatedKeyOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<KeyId>,
    /// The source its events come from.
    source: Option<u32>,
    /// The key. Keep it: of a secret only a hash is stored.
    text: String,
}

/// The sources with their keys.
#[utoipa::path(
    get, path = "/sources", tag = "sources",
    responses((status = 200, body = Page<SourceOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_sources(State(app): State<App>, _key: Bearer<SeeSources>) -> Answer {
    let mut keys = app.keys().await?;
    let sources = app.sources().await?;
    let sources = sources
        .into_iter()
        .map(|source| SourceOut::new(source, &mut keys));
    ok(&Page::whole(sources.collect()))
}

impl SourceOut {
    /// A source with its keys, which are taken out of the given ones.
    pub(super) fn new(source: SourceView, keys: &mut Vec<KeyView>) -> Self {
        Self {
            id: source.id.0,
            name: source.name,
            kind: source.kind,
            created_at: Text(source.created_at),
            disabled_at: source.disabled_at.map(Text),
            keys: keys
                .extract_if(.., |key| key.source == Some(source.id))
                .map(KeyOut::new)
                .collect(),
        }
    }
}

/// Makes a source with its key. The key's text is shown this once.
#[utoipa::path(
    post, path = "/sources", tag = "sources", request_body = SourceIn,
    responses((status = 201, body = CreatedKeyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_source(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    Body(source): Body<SourceIn>,
) -> Answer {
    let kind = match source.kind {
        SenderKind::Web => SourceKind::Web,
        SenderKind::App => SourceKind::App,
        SenderKind::Server => SourceKind::Server,
        SenderKind::Ga4 => SourceKind::Ga4,
        SenderKind::CloudEvents => SourceKind::CloudEvents,
    };
    let name = source.name;
    let made = app
        .create_source(&key.actor, NewSource { name, kind })
        .await?;
    handed_over(made)
}

/// The keys of this API.
#[utoipa::path(
    get, path = "/keys", tag = "sources",
    responses((status = 200, body = Page<KeyOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_keys(State(app): State<App>, _key: Bearer<ManageKeys>) -> Answer {
    let keys = app
        .keys()
        .await?
        .into_iter()
        .filter(|key| key.source.is_none());
    ok(&Page::whole(keys.map(KeyOut::new).collect()))
}

/// Makes a key of this API. Its text is shown this once.
#[utoipa::path(
    post, path = "/keys", tag = "sources", request_body = KeyIn,
    responses((status = 201, body = CreatedKeyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_key(
    State(app): State<App>,
    key: Bearer<ManageKeys>,
    Body(new): Body<KeyIn>,
) -> Answer {
    let ScopesOut { read, write, admin } = new.scopes;
    let read_time = |text: &str| {
        let wrong =
            || Problem::invalid("expires_at", "must be a time such as 2027-01-31T00:00:00Z");
        Timestamp::parse(text).ok_or_else(wrong)
    };
    let expires_at = new.expires_at.as_deref().map(read_time).transpose()?;
    let scopes = Scopes { read, write, admin };
    create(
        &app,
        &key.actor,
        NewKey {
            name: new.name,
            kind: KeyKind::Api,
            scopes,
            expires_at,
        },
    )
    .await
}

async fn create(app: &App, actor: &Actor, new: NewKey) -> Answer {
    handed_over(app.create_key(actor, new).await?)
}

/// The answer that alone has the key.
pub(super) fn handed_over(made: CreatedKey) -> Answer {
    let mut response: Response = created(&CreatedKeyOut {
        id: Text(made.id),
        source: made.source.map(|source| source.0),
        text: made.text,
    })?;
    response.extensions_mut().insert(already_shown(made.id));
    Ok(response)
}

/// A repeated request gets this in place of the key.
fn already_shown(id: KeyId) -> Repetition {
    let body = serde_json::json!({
        "type": "/problems/key_already_shown", "code": "key_already_shown", "status": 409,
        "title": "The key was shown already",
        "detail": format!("the first request made {id}; if its text was lost, revoke it and make another"),
    });
    Repetition {
        status: StatusCode::CONFLICT,
        body: body.to_string(),
    }
}

/// Ends a key at once.
#[utoipa::path(
    delete, path = "/keys/{id}", tag = "sources", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn revoke_key(
    State(app): State<App>,
    key: Bearer<ManageKeys>,
    IdOf(id): IdOf<KeyId>,
) -> Answer {
    app.revoke_key(&key.actor, id).await?;
    done()
}

impl KeyOut {
    pub(super) fn new(key: KeyView) -> Self {
        let Scopes { read, write, admin } = key.scopes;
        Self {
            id: Text(key.id),
            source: key.source.map(|source| source.0),
            kind: key.kind,
            name: key.name,
            shown: key.shown,
            scopes: ScopesOut { read, write, admin },
            created_at: Text(key.created_at),
            expires_at: key.expires_at.map(Text),
            revoked_at: key.revoked_at.map(Text),
            last_used_at: key.last_used_at.map(Text),
            origins: key.origins,
        }
    }
}
