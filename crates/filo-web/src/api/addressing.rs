//! May somebody be addressed, what did they say when, and the links by which they say it
//! themselves.

use axum::extract::State;
use filo_app::App;
use filo_core::id::CustomerId;
use filo_core::time::Timestamp;

use super::addressing_out::{
    AddressingOut, CertificateOut, ConfirmationIn, ConfirmationOut, LedgerOut, LinksList, LinksOut,
    answer, certificate, entry,
};
use super::answer::{Answer, Text, created, ok};
use super::asked::AddressingAsked;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use super::suppression::channel_of;
use crate::problem::{Problem, ProblemOut};
use crate::right::{ExportPeople, RecordConsent, SeePeople, SeePersonalData};

/// Whether a customer may be addressed for a purpose on a channel, and why: now, or at an earlier
/// instant.
#[utoipa::path(
    get, path = "/customers/{id}/addressing", tag = "consent",
    params(("id" = String, Path), AddressingAsked),
    responses((status = 200, body = AddressingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn may_address(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
    Asked(asked): Asked<AddressingAsked>,
) -> Answer {
    let channel = channel_of(&asked.channel)?;
    let at = match asked.at.as_deref() {
        None => None,
        Some(text) => Some(
            Timestamp::parse(text)
                .ok_or_else(|| Problem::invalid("at", "an instant, as 2026-03-03T10:00:00Z"))?,
        ),
    };
    let about = (asked.purpose.as_str(), channel);
    let found = app.may_address(&key.actor, id, about, at).await?;
    ok(&answer(&app, &found))
}

/// Every statement of a customer with its proof, the oldest first.
#[utoipa::path(
    get, path = "/customers/{id}/consents", tag = "consent", params(("id" = String, Path)),
    responses((status = 200, body = LedgerOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn consent_ledger(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let (_customer, ledger, is_whole) = app.consent_ledger(&key.actor, id).await?;
    let data = ledger.entries.iter().map(entry).collect();
    ok(&LedgerOut { data, is_whole })
}

/// The certificate of a customer's consents: statements, proofs, texts, suppressions.
#[utoipa::path(
    get, path = "/customers/{id}/consents/certificate", tag = "consent",
    params(("id" = String, Path)),
    responses((status = 200, body = CertificateOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn consent_certificate(
    State(app): State<App>,
    key: Bearer<SeePersonalData>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let made = app.consent_certificate(&key.actor, id).await?;
    ok(&certificate(&app, made))
}

/// Makes the link by which a customer confirms a yes. Filo sends no mail: send the link yourself,
/// or hear of it with the topic `consent.confirmation_requested`. 429 if the address was asked
/// within 24 hours.
#[utoipa::path(
    post, path = "/customers/{id}/confirmations", tag = "consent", params(("id" = String, Path)),
    request_body = ConfirmationIn,
    responses((status = 201, body = ConfirmationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn request_confirmation(
    State(app): State<App>,
    key: Bearer<RecordConsent>,
    IdOf(id): IdOf<CustomerId>,
    Body(asked): Body<ConfirmationIn>,
) -> Answer {
    let channel = match asked.channel.as_deref() {
        None | Some("any") => None,
        Some(word) => Some(channel_of(word)?),
    };
    let about = (asked.purpose.as_str(), channel);
    let made = app.request_confirmation(&key.actor, id, about).await?;
    created(&ConfirmationOut {
        id: Text(made.id),
        url: made.url,
        expires_at: Text(made.expires_at),
    })
}

/// The links to put into the company's own mails to a customer: whoever holds one decides for
/// them, so they go to that address and nowhere else.
#[utoipa::path(
    get, path = "/customers/{id}/links", tag = "consent", params(("id" = String, Path)),
    responses((status = 200, body = LinksList), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn public_links(
    State(app): State<App>,
    key: Bearer<ExportPeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let links = app.public_links(&key.actor, id).await?;
    let data = links
        .into_iter()
        .map(|(node, preferences, unsubscribe)| LinksOut {
            identifier: Text(node),
            preferences,
            unsubscribe,
        })
        .collect();
    ok(&LinksList { data })
}
