//! The console: pages rendered here, forms that work without a script.
//!
//! **Invariant:** every route that changes something takes [`posted::Posted`], which checks
//! session, power, origin and token; a GET never changes anything.

mod account;
mod asset;

mod failure;
mod incident;
mod layer;
mod people;
mod person;
mod posted;
mod problem;
mod quarantine;
mod ruling;
mod session;
mod settings;
mod source;
mod today;

use std::str::FromStr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use failure::Failure;
use filo_app::App;
use http::StatusCode;
use maud::Markup;

/// A repaired event of 64 kB takes up to three times that as a form.
const FORM_BYTES_MOST: usize = 256 << 10;

/// Address, what it shows or does; who may is in the handler's argument.
#[rustfmt::skip]
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/",                                   get(today::show))
        .route("/login",                              get(account::form).post(account::log_in))
        .route("/logout",                             post(account::log_out))
        .route("/people",                             get(people::list))
        .route("/people/{id}",                        get(person::show))
        .route("/people/{id}/notes",                  post(person::add_note))
        .route("/people/{id}/notes/{note}/removal",   post(person::remove_note))
        .route("/people/{id}/consents",               post(person::record_consent))
        .route("/people/{id}/rulings/preview",        get(ruling::preview))
        .route("/people/{id}/rulings",                post(ruling::decide))
        .route("/people/{id}/joins/preview",          get(ruling::preview_join))
        .route("/sources",                            get(source::list).post(source::create))
        .route("/keys/{id}/revocation",               post(source::revoke))
        .route("/quarantine",                         get(quarantine::list))
        .route("/quarantine/{id}",                    get(quarantine::show))
        .route("/quarantine/{id}/repair",             post(quarantine::repair))
        .route("/quarantine/{id}/discard",            post(quarantine::discard))
        .route("/incidents",                          get(incident::list))
        .route("/incidents/{id}/resolution",          post(incident::resolve))
        .route("/settings",                           get(settings::list))
        .route("/settings/company",                   get(settings::company::show).post(settings::company::save))
        .route("/settings/identity",                  get(settings::rule::show).post(settings::rule::give))
        .route("/settings/identity/return",           post(settings::rule::go_back))
        .route("/settings/identity/trials/{id}/adoption", post(settings::rule::adopt))
        .route("/settings/keys",                      get(settings::key::list).post(settings::key::create))
        .route("/settings/keys/{id}/revocation",      post(settings::key::revoke))
        .route("/settings/backups",                   get(settings::backup::list).post(settings::backup::start))
        .route("/settings/backups/schedule",          post(settings::backup::schedule))
        .route("/settings/audit",                     get(settings::audit::list))
        .route("/settings/audit/export",              post(settings::audit::export))
        .route("/problems/{code}",                    get(problem::show))
        .fallback(missing)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MOST))
        .layer(from_fn_with_state(app.clone(), layer::dress))
        .merge(asset::routes())
}

async fn missing() -> Failure {
    Failure::Missing
}

/// What a handler of the console gives.
type Answer = Result<Response, Failure>;

/// A page.
fn shown(page: Markup) -> Answer {
    Ok(page.into_response())
}

/// A page with a form that was not right.
fn wrong(page: Markup) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Back to a page after something was done.
fn done(address: &str) -> Answer {
    Ok(Redirect::to(address).into_response())
}

/// An id in the path; one that cannot be an id names nothing.
fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_not_one| Failure::Missing)
}
