//! The Profile API as other products' clients know it: read one profile by one identifier.
//!
//! `GET /v1/spaces/{space}/collections/{users|accounts}/profiles/{type}:{value}/{part}`, with the
//! key as the user of Basic authentication. Shapes and errors are those of its first maker; the
//! native API says more.
//!
//! **Invariant:** it reads only, and only for keys that may read.

mod answer;
mod cursor;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use compact_str::CompactString;
use filo_app::{App, CustomerView};
use filo_core::access::Right;
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId};
use filo_core::identity::Kind;
use http::{HeaderMap, Uri, header};

use answer::{ErrorOut, EventOut, ExternalId, Fields, Listed, json};
use cursor::{Asked, CursorOut};

use crate::api::paging::Cursor;

/// Traits of a page at most, as the reference has it.
const LIMIT_MOST: usize = 200;

/// The routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/v1/spaces/{space}/collections/{collection}/profiles/{identifier}",
            get(whole),
        )
        .route(
            "/v1/spaces/{space}/collections/{collection}/profiles/{identifier}/{part}",
            get(part),
        )
}

/// Without a part: the traits, which is what everybody asks for.
async fn whole(
    State(app): State<App>,
    Path((_space, collection, identifier)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ErrorOut> {
    answer(&app, &headers, (&collection, &identifier, "traits"), &uri).await
}

async fn part(
    State(app): State<App>,
    Path((_space, collection, identifier, part)): Path<(String, String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ErrorOut> {
    answer(&app, &headers, (&collection, &identifier, &part), &uri).await
}

/// There is one space per process, so its name is not looked at.
async fn answer(
    app: &App,
    headers: &HeaderMap,
    (collection, identifier, part): (&str, &str, &str),
    uri: &Uri,
) -> Result<Response, ErrorOut> {
    may_read(app, headers).await?;
    let asked = Asked::read(uri.query().unwrap_or_default())?;
    let found = find(app, collection, identifier).await?;
    let address = uri.path();
    match part {
        "traits" => traits(app, &found, &asked, address).await,
        "external_ids" => external_ids(&found, &asked, address),
        "events" => events(app, &found, &asked, address).await,
        "metadata" => json(&answer::metadata(&found)),
        "links" => links(&found, &asked, address),
        _ => Err(ErrorOut::missing("there is no such part of a profile")),
    }
}

/// Basic authentication with the key as the user; a bearer key is as good.
async fn may_read(app: &App, headers: &HeaderMap) -> Result<(), ErrorOut> {
    let key = key_of(headers).ok_or_else(ErrorOut::unauthenticated)?;
    let actor = app
        .actor(&key)
        .await
        .ok_or_else(ErrorOut::unauthenticated)?;
    actor
        .must(Right::FindPeople)
        .and_then(|()| actor.must(Right::SeePersonalData))
        .map_err(|_lacks| ErrorOut::unauthenticated())
}

fn key_of(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = text.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    Some(
        pair.split_once(':')
            .map_or(pair.clone(), |(user, _)| user.to_owned()),
    )
}

/// The customer of `type:value`. The type is one of Filo's kinds; of another it is an external
/// id, which is how such ids are sent.
async fn find(app: &App, collection: &str, identifier: &str) -> Result<CustomerView, ErrorOut> {
    let (kind, value) = identifier
        .split_once(':')
        .ok_or_else(|| ErrorOut::invalid("the profile must be `type:value`"))?;
    let found = match (collection, Kind::from_word(kind)) {
        ("accounts", None | Some(Kind::GroupId)) => app.find(Kind::GroupId, value).await,
        ("users", Some(kind)) => app.find(kind, value).await,
        ("users", None) => app.find(Kind::External, identifier).await,
        _ => return Err(ErrorOut::missing("the collection is `users` or `accounts`")),
    };
    found?.ok_or_else(|| ErrorOut::missing("the profile does not exist"))
}

/// Traits by name, a page at a time; `include=a,b` asks for some. Computed ones are among them.
async fn traits(
    app: &App,
    customer: &CustomerView,
    asked: &Asked,
    address: &str,
) -> Result<Response, ErrorOut> {
    let computed = app.computed_of(customer.id).await?;
    let computed = computed.iter().filter_map(|value| {
        let json = value.value.as_ref()?.to_json();
        Some((value.key.as_str(), json.into()))
    });
    let received = customer.profile.traits.iter();
    let mut all: BTreeMap<&str, CompactString> =
        received.map(|(key, value, _)| (key, value)).collect();
    all.extend(computed);
    let wanted = all.into_iter().filter(|(key, _)| asked.includes(key));
    let behind = asked.next.as_deref();
    let rest = wanted.filter(|(key, _)| behind.is_none_or(|behind| *key > behind));
    let mut page: Vec<_> = rest.take(asked.limit + 1).collect();
    let has_more = page.len() > asked.limit;
    page.truncate(asked.limit);
    let next = page
        .last()
        .filter(|_| has_more)
        .map(|(key, _)| (*key).to_owned());
    json(&answer::TraitsOut {
        traits: Fields(&page),
        cursor: CursorOut::new(address, next, asked.limit),
    })
}

fn external_ids(
    customer: &CustomerView,
    asked: &Asked,
    address: &str,
) -> Result<Response, ErrorOut> {
    let start = asked.offset()?;
    let all = customer
        .identifiers
        .iter()
        .filter(|it| asked.includes(it.kind.word()));
    let mut page: Vec<ExternalId<'_>> = all
        .skip(start)
        .take(asked.limit + 1)
        .map(ExternalId::new)
        .collect();
    let has_more = page.len() > asked.limit;
    page.truncate(asked.limit);
    let next = has_more.then(|| (start + asked.limit).to_string());
    json(&Listed {
        data: page,
        cursor: CursorOut::new(address, next, asked.limit),
    })
}

async fn events(
    app: &App,
    customer: &CustomerView,
    asked: &Asked,
    address: &str,
) -> Result<Response, ErrorOut> {
    let behind = match &asked.next {
        None => None,
        Some(text) => Some(Cursor::read(text).ok_or_else(ErrorOut::bad_cursor)?),
    };
    let behind = behind.map(|cursor| (cursor.at, EventId(cursor.id)));
    let mut events = app.timeline(customer.id, behind, asked.limit + 1).await?;
    let has_more = events.len() > asked.limit;
    events.truncate(asked.limit);
    let cursor = |event: &Event| {
        Cursor {
            at: event.at,
            id: event.id.0,
        }
        .write()
    };
    let next = events.last().filter(|_| has_more).map(cursor);
    let wanted = events.iter().filter(|event| asked.includes(&event.name));
    json(&Listed {
        data: wanted.map(EventOut::new).collect(),
        cursor: CursorOut::new(address, next, asked.limit),
    })
}

/// Profiles this one is linked to: companies of a person.
fn links(customer: &CustomerView, asked: &Asked, address: &str) -> Result<Response, ErrorOut> {
    let start = asked.offset()?;
    let all = customer.profile.memberships.iter();
    let mut page: Vec<_> = all
        .skip(start)
        .take(asked.limit + 1)
        .map(answer::LinkOut::new)
        .collect();
    let has_more = page.len() > asked.limit;
    page.truncate(asked.limit);
    let next = has_more.then(|| (start + asked.limit).to_string());
    json(&Listed {
        data: page,
        cursor: CursorOut::new(address, next, asked.limit),
    })
}

/// The id that profiles of this API are known by.
fn segment_id(id: CustomerId) -> String {
    id.to_string()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_key_is_the_user_of_basic_authentication() {
        let key = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(text).unwrap());
            key_of(&headers)
        };
        let basic = |pair: &str| key(&format!("Basic {}", STANDARD.encode(pair)));
        assert_eq!(basic("filo_api_x:").as_deref(), Some("filo_api_x"));
        assert_eq!(basic("filo_api_x").as_deref(), Some("filo_api_x"));
        assert_eq!(key("Bearer filo_api_x").as_deref(), Some("filo_api_x"));
        assert_eq!(key("Basic %%%"), None);
        assert_eq!(key("Digest x"), None);
        assert_eq!(key_of(&HeaderMap::new()), None);
    }
}
