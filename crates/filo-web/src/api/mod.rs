//! The JSON API, under `/api/v1`, described by the document at `/api/openapi.json`.
//!
//! **Invariant:** every route is in the document, because both come from the same table; every
//! route that writes passes [`idempotency::once`].

mod account;
mod addressing;
pub(crate) mod addressing_out;
mod analysis;
mod answer;
mod approval;
mod asked;
mod audience;
pub(crate) mod audit;
mod backup;
mod beside_out;
mod buyer;
mod channel;
mod company;
mod computed_trait;
mod computed_trait_in;
mod computed_trait_out;
mod consent;
mod content;
mod customer;
mod customer_list;
mod customer_list_out;
mod customer_out;
mod data_request;
mod duplicate;
mod event;
mod feed;
mod idempotency;
mod identity;
mod import;
mod import_out;
mod incident;
mod journey;
mod journey_in;
mod journey_out;
mod key_origin;
mod mail;
mod mail_out;
mod mail_return;
mod message;
pub(crate) mod message_out;
mod note;
mod order_out;
pub(crate) mod paging;
mod people;
mod persona;
mod persona_change_out;
mod persona_out;
mod piece;
mod piece_in;
mod piece_map_out;
mod piece_out;
pub(crate) mod policy_out;
mod power;
pub(crate) mod privacy;
mod promotion;
mod purpose;
mod quality;
mod quality_out;
mod quarantine;
mod quarantine_kin;
mod reason_out;
mod register;
mod request;
mod retention;
mod rule;
mod run;
mod second_factor;
mod segment;
mod segment_in;
mod segment_out;
mod segment_preview;
mod sign_on;
mod source;
mod source_detail;
mod status;
mod suppression;
mod task;
mod user;
mod webhook;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use filo_app::App;
use http::header;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;

pub(crate) use {feed::VIEWERS_MOST, identity::values};

const PREFIX: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Filo",
        description = "The thread between a company and each of its customers. \
            Every address takes `Authorization: Bearer filo_api_…`. Errors are problem+json. \
            Writes take an `Idempotency-Key`. Lists answer `data` and `next`; give `next` as \
            `before` for the next page. Times are RFC 3339 in UTC. Unknown fields are refused.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "customers", description = "Who they are, what they did, what they allow."),
        (name = "consent", description = "What they allow, who may be addressed, and proof."),
        (name = "messages", description = "What is said to customers, why it went or did not, and the rules it goes by."),
        (name = "channels", description = "Over whom messages leave that are not mail."),
        (name = "analysis", description = "How the channels work together, what customers are worth and who is leaving."),
        (name = "segments", description = "Who is in which segment, exactly, and why."),
        (name = "audiences", description = "People whom platforms of advertising are told of."),
        (name = "lists", description = "People put together by hand."),
        (name = "content", description = "What the company says, its offers, and how it speaks."),
        (name = "journeys", description = "What happens with customers, step by step, and what people are asked to do."),
        (name = "identity", description = "Why identifiers are one customer, and deciding it."),
        (name = "quality", description = "How good what is known is, and mending it."),
        (name = "sources", description = "Who may send events, and keys."),
        (name = "quarantine", description = "What could not be taken in, and repairing it."),
        (name = "privacy", description = "What people ask about their data, a copy of it, its end, and the register."),
        (name = "settings", description = "What an owner sets."),
        (name = "webhooks", description = "Telling other systems what happens."),
        (name = "imports", description = "Bringing files in, and taking out again what they brought."),
        (name = "users", description = "The people of the company and what they may do."),
        (name = "operation", description = "How Filo is doing."),
    ),
    security(("key" = [])),
)]
struct Document;

/// What reads. Without layers: the look-up is a hot path.
fn reads() -> OpenApiRouter<App> {
    segment_reads()
        .merge(mail_return::reads())
        .merge(audience::reads())
        .merge(customer_list::reads())
        .merge(channel::reads())
        .merge(message::reads())
        .merge(journey::reads())
        .merge(content::reads())
        .routes(routes!(customer::list))
        .routes(routes!(customer::look_up))
        .routes(routes!(customer::get))
        .routes(routes!(people::export_customers))
        .routes(routes!(addressing::may_address))
        .routes(routes!(addressing::consent_ledger))
        .routes(routes!(addressing::consent_certificate))
        .routes(routes!(addressing::public_links))
        .routes(routes!(suppression::list_suppressions))
        .routes(routes!(suppression::look_up_suppression))
        .routes(routes!(purpose::get_purposes))
        .routes(routes!(purpose::list_wordings))
        .routes(routes!(people::list_views))
        .routes(routes!(quality::get_quality))
        .routes(routes!(quality::list_findings))
        .routes(routes!(quality::get_customer_quality))
        .routes(routes!(privacy::export_person))
        .routes(routes!(privacy::list_erasures))
        .routes(routes!(privacy::get_erasure))
        .routes(routes!(data_request::list_data_requests))
        .routes(routes!(data_request::get_data_request))
        .routes(routes!(retention::get_retention))
        .routes(routes!(retention::preview_retention))
        .routes(routes!(retention::list_retention_runs))
        .routes(routes!(register::get_register))
        .routes(routes!(event::events))
        .routes(routes!(identity::identifiers))
        .routes(routes!(identity::explanation))
        .routes(routes!(identity::preview_separation))
        .routes(routes!(identity::preview_join))
        .routes(routes!(duplicate::list_duplicates))
        .routes(routes!(duplicate::get_duplicate_search))
        .routes(routes!(duplicate::get_duplicate_settings))
        .routes(routes!(source::list_sources))
        .routes(routes!(source::list_keys))
        .routes(routes!(source_detail::get_source))
        .routes(routes!(quarantine_kin::list_quarantine_groups))
        .routes(routes!(quarantine::list_quarantine))
        .routes(routes!(quarantine::get_quarantined))
        .routes(routes!(incident::list_incidents))
        .routes(routes!(company::get_company))
        .routes(routes!(sign_on::get_sign_on))
        .routes(routes!(second_factor::get_rule))
        .routes(routes!(account::get_account))
        .routes(routes!(feed::feed))
        .merge(rule::reads())
        .merge(backup::reads())
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::audit_head))
        .routes(routes!(status::status))
        .routes(routes!(webhook::list_webhooks))
        .routes(routes!(webhook::get_webhook))
        .routes(routes!(webhook::list_deliveries))
        .routes(routes!(import::list_imports))
        .routes(routes!(import::get_import))
        .routes(routes!(import::import_errors))
        .routes(routes!(import::imported_people))
        .routes(routes!(import::preview_import_undo))
        .routes(routes!(user::me))
        .routes(routes!(user::list_users))
        .routes(routes!(user::list_invites))
}

/// Who is in which segment.
fn segment_reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(segment::list_segments))
        .routes(routes!(segment::get_segment))
        .routes(routes!(segment::list_members))
        .routes(routes!(segment::explain_member))
        .routes(routes!(segment::list_turns))
        .routes(routes!(segment::get_growth))
        .routes(routes!(segment::get_overlap))
        .routes(routes!(segment::segments_of))
        .routes(routes!(segment_preview::preview_segment))
        .merge(computed_trait::reads())
        .merge(persona::reads())
        .merge(analysis::reads())
        .merge(buyer::reads())
}

/// What takes a file: without the layer of writes, which keeps bodies, and without its limit.
fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(import::upload_import))
        .routes(routes!(mail_return::take_mail_return))
        .layer(DefaultBodyLimit::disable())
}

/// What writes.
fn writes(app: &App) -> OpenApiRouter<App> {
    write_routes().layer(from_fn_with_state(app.clone(), idempotency::once))
}

#[expect(clippy::too_many_lines, reason = "a table is read as one")]
fn write_routes() -> OpenApiRouter<App> {
    import::writes()
        .merge(audience::writes())
        .merge(customer_list::writes())
        .merge(message::writes())
        .merge(content::writes())
        .merge(data_request::writes())
        .merge(quality::writes())
        .routes(routes!(webhook::create_webhook))
        .routes(routes!(webhook::change_webhook))
        .routes(routes!(webhook::remove_webhook))
        .routes(routes!(webhook::rotate_webhook))
        .routes(routes!(webhook::test_webhook))
        .routes(routes!(webhook::replay_delivery))
        .routes(routes!(webhook::replay_failed))
        .merge(mail_return::writes())
        .merge(channel::writes())
        .merge(journey::writes())
        .merge(persona::writes())
        .merge(analysis::writes())
        .routes(routes!(identity::separate))
        .routes(routes!(identity::join))
        .routes(routes!(identity::withdraw))
        .routes(routes!(segment::create_segment))
        .routes(routes!(segment::change_segment))
        .routes(routes!(segment::archive_segment))
        .routes(routes!(segment::restore_segment))
        .merge(computed_trait::writes())
        .routes(routes!(buyer::measure_buyers))
        .routes(routes!(duplicate::answer_duplicate))
        .routes(routes!(duplicate::accept_duplicates))
        .routes(routes!(duplicate::start_duplicate_search))
        .routes(routes!(duplicate::put_duplicate_settings))
        .routes(routes!(people::add_notes))
        .routes(routes!(people::remove_notes))
        .routes(routes!(people::create_view))
        .routes(routes!(people::rename_view, people::remove_view))
        .routes(routes!(privacy::plan_erasure, privacy::erase))
        .routes(routes!(privacy::end_erasure))
        .routes(routes!(retention::put_retention))
        .routes(routes!(register::put_register))
        .routes(routes!(note::add_note))
        .routes(routes!(note::remove_note))
        .routes(routes!(consent::record_consent))
        .routes(routes!(addressing::request_confirmation))
        .routes(routes!(suppression::suppress))
        .routes(routes!(suppression::lift_suppression))
        .routes(routes!(suppression::check_number))
        .routes(routes!(purpose::put_purposes))
        .routes(routes!(purpose::add_wording))
        .routes(routes!(source::create_source))
        .routes(routes!(source_detail::rename_source))
        .routes(routes!(source_detail::disable_source))
        .routes(routes!(source_detail::enable_source))
        .routes(routes!(source_detail::add_source_key))
        .routes(routes!(source::create_key))
        .routes(routes!(source::revoke_key))
        .routes(routes!(key_origin::put_origins))
        .routes(routes!(sign_on::put_sign_on, sign_on::remove_sign_on))
        .routes(routes!(account::change_account))
        .routes(routes!(account::change_password))
        .routes(routes!(second_factor::put_rule))
        .routes(routes!(user::make_password_link))
        .routes(routes!(quarantine::repair_quarantined))
        .routes(routes!(quarantine::discard_quarantined))
        .routes(routes!(quarantine_kin::repair_kin))
        .routes(routes!(quarantine_kin::discard_kin))
        .routes(routes!(quarantine_kin::restore_quarantined))
        .routes(routes!(company::put_company))
        .merge(rule::writes())
        .merge(backup::writes())
        .routes(routes!(user::set_role))
        .routes(routes!(user::disable_user))
        .routes(routes!(user::enable_user))
        .routes(routes!(user::create_invite))
        .routes(routes!(user::revoke_invite))
        .merge(incident::writes())
}

/// The API with its document.
pub(crate) fn routes(app: &App) -> Router<App> {
    let (router, document) = described(reads().merge(writes(app)).merge(uploads()));
    let document = Bytes::from(document);
    router
        .layer(DefaultBodyLimit::max(request::BODY_BYTES_MOST))
        .route(
            "/api/openapi.json",
            get(|| async move { ([(header::CONTENT_TYPE, "application/json")], document) }),
        )
        .route("/api", get(unknown))
        .route("/api/{*rest}", axum::routing::any(unknown))
        .route("/healthz", get(status::healthz))
        .route("/readyz", get(status::readyz))
}

fn described(routes: OpenApiRouter<App>) -> (Router<App>, String) {
    let (router, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .nest(PREFIX, routes)
        .split_for_parts();
    let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("key", SecurityScheme::Http(key));
    let text = document
        .to_pretty_json()
        .expect("the document is plain data");
    (router.method_not_allowed_fallback(wrong_method), text)
}

async fn unknown() -> Response {
    Problem::no_route().into_response()
}

async fn wrong_method() -> Response {
    Problem::method_not_allowed().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The document as it was released: an API change shows in review. After a wanted change,
    /// run `UPDATE_OPENAPI=1 cargo test -p filo-web` and review the difference.
    #[test]
    fn the_document_is_the_committed_one() {
        let (_, document) = described(reads().merge(write_routes()).merge(uploads()));
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::write(committed, format!("{document}\n")).unwrap();
        }
        let expected = std::fs::read_to_string(committed).unwrap();
        assert_eq!(
            document.trim(),
            expected.trim(),
            "openapi.json differs; see this test"
        );
    }

    #[test]
    fn every_operation_can_fail_with_a_problem() {
        let (_, document) = described(reads().merge(write_routes()).merge(uploads()));
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        let mut operations = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            assert!(path.starts_with("/api/v1/"), "{path}");
            for (method, operation) in item.as_object().unwrap() {
                operations += 1;
                let problem = &operation["responses"]["4XX"];
                assert!(problem.is_object(), "{method} {path} names no problem");
            }
        }
        assert!(operations >= 25, "{operations} operations");
    }
}
