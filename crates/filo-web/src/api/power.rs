//! The caller of the API, checked for what the handler needs (see [`crate::right`]).
//!
//! **Invariant:** no handler of the API sees an actor that was not checked.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use filo_app::{Actor, App};
use http::request::Parts;
use http::{HeaderMap, header};

use crate::problem::Problem;
use crate::right::Power;

/// The holder of a key, or of the text of a session, with the power `P`.
#[derive(Debug)]
pub(crate) struct Bearer<P> {
    pub(crate) actor: Actor,
    power: PhantomData<P>,
}

impl<P: Power> FromRequestParts<App> for Bearer<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let actor = actor(app, &parts.headers)
            .await
            .ok_or_else(Problem::unauthenticated)?;
        match P::lacked_by(&actor) {
            Some(right) => Err(Problem::forbidden(right)),
            None => Ok(Self {
                actor,
                power: PhantomData,
            }),
        }
    }
}

/// Who comes with the `Authorization` header, if it is a key of the API or a session.
pub(crate) async fn actor(app: &App, headers: &HeaderMap) -> Option<Actor> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    app.actor(key.trim()).await
}
