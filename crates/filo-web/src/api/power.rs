//! What a key may do, as argument types: a handler that takes [`Writing`] cannot be reached
//! without a key that may write.
//!
//! **Invariant:** no handler of the API sees an actor that was not checked for what it needs.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use filo_app::App;
use filo_app::{Actor, Scopes};
use http::request::Parts;
use http::{HeaderMap, header};

use crate::problem::Problem;

/// One of the powers a key can have.
pub(crate) trait Power: Send + Sync + 'static {
    /// The scope's word.
    const WORD: &'static str;
    /// Whether the scopes hold it.
    fn held_by(scopes: &Scopes) -> bool;
}

/// Seeing customers.
#[derive(Debug)]
pub(crate) struct Read;
/// Deciding about customers.
#[derive(Debug)]
pub(crate) struct Write;
/// Sources, keys, quarantine, incidents.
#[derive(Debug)]
pub(crate) struct Admin;

impl Power for Read {
    const WORD: &'static str = "read";
    fn held_by(scopes: &Scopes) -> bool {
        scopes.read
    }
}

impl Power for Write {
    const WORD: &'static str = "write";
    fn held_by(scopes: &Scopes) -> bool {
        scopes.write
    }
}

impl Power for Admin {
    const WORD: &'static str = "admin";
    fn held_by(scopes: &Scopes) -> bool {
        scopes.admin
    }
}

/// The holder of a bearer key that has the power `P`.
#[derive(Debug)]
pub(crate) struct Bearer<P> {
    pub(crate) actor: Actor,
    power: PhantomData<P>,
}

pub(crate) type Reading = Bearer<Read>;
pub(crate) type Writing = Bearer<Write>;
pub(crate) type Administering = Bearer<Admin>;

impl<P: Power> FromRequestParts<App> for Bearer<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let actor = actor(app, &parts.headers)
            .await
            .ok_or_else(Problem::unauthenticated)?;
        if P::held_by(&actor.scopes) {
            Ok(Self {
                actor,
                power: PhantomData,
            })
        } else {
            Err(Problem::forbidden(P::WORD))
        }
    }
}

/// Who holds the key of the `Authorization` header, if it is a key of the API.
pub(crate) async fn actor(app: &App, headers: &HeaderMap) -> Option<Actor> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    app.actor(key.trim()).await
}
