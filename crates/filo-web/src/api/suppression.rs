//! The list of addresses that nothing is sent to, and look-ups in the register of those who want
//! no calls.

use axum::extract::State;
use filo_app::App;
use filo_app::consent::{NewSuppression, Suppression, SuppressionReason, SuppressionRow, Whom};
use filo_core::event::Channel;
use filo_core::id::{NodeId, SuppressionId};
use filo_core::identity::Kind;
use filo_core::semantic;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::paging::{Cursor, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{FindPeople, ListPeople, ManageSettings, RecordConsent};

/// A line of the list. The address itself is not kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suppression)]
pub(crate) struct SuppressionOut {
    /// Its id.
    #[schema(value_type = String, example = "sup_0123456789abcdefghjkmnpqrs")]
    id: Text<SuppressionId>,
    /// The identifier, hashed with the workspace's key.
    #[schema(value_type = String, example = "idn_0123456789abcdefghjkmnpqrs")]
    identifier: Text<NodeId>,
    /// Where; null for everywhere.
    channel: Option<&'static str>,
    /// `unsubscribed`, `hard_bounce`, `complaint`, `by_hand` or `erased`.
    reason: &'static str,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Text<Timestamp>,
    /// Who put it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    /// What they said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Until when, if it was taken off.
    #[schema(value_type = Option<String>, format = DateTime)]
    lifted_at: Option<Text<Timestamp>>,
}

impl SuppressionOut {
    pub(super) fn of(line: &Suppression) -> Self {
        Self {
            id: Text(line.id),
            identifier: Text(line.node),
            channel: line.channel.map(Channel::word),
            reason: line.reason.word(),
            since: Text(line.since),
            made_by: None,
            note: None,
            lifted_at: line.lifted_at.map(Text),
        }
    }

    fn of_row(row: SuppressionRow) -> Self {
        Self {
            made_by: Some(row.made_by),
            note: Some(row.note),
            ..Self::of(&row.line)
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SuppressionPage)]
pub(crate) struct SuppressionPage {
    /// The lines, the newest first.
    data: Vec<SuppressionOut>,
    /// Give it as `before` for the next page.
    next: Option<String>,
}

/// An address to put on the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressIn {
    /// What it is: `email`, `phone`, `card`, `user_id` …
    #[schema(example = "email")]
    kind: String,
    /// The address, as it is written.
    value: String,
}

/// Addresses to put on the list, for one reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuppressionIn {
    /// Up to 1,000.
    addresses: Vec<AddressIn>,
    /// Where; left out for everywhere.
    channel: Option<String>,
    /// `unsubscribed`, `hard_bounce`, `complaint`, `by_hand` or `erased`.
    reason: String,
    /// What is to be known about it; without the address.
    #[serde(default)]
    note: String,
}

/// How many were not on the list before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suppressed)]
pub(crate) struct SuppressedOut {
    /// Lines that are new.
    added: usize,
}

/// An address to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookupIn {
    /// An e-mail address or a telephone number, as it is written.
    address: String,
}

/// Why a line is taken off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LiftingIn {
    /// The reason.
    note: String,
}

/// A look-up in the register of those who want no calls.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallCheckIn {
    /// The number.
    phone: String,
    /// Whether it is in the register.
    listed: bool,
}

/// The channel of a word.
pub(super) fn channel_of(word: &str) -> Result<Channel, Problem> {
    semantic::channel_of_word(word)
        .ok_or_else(|| Problem::invalid("channel", "a channel, such as `email` or `sms`"))
}

/// The lines that hold, the newest first.
#[utoipa::path(
    get, path = "/suppressions", tag = "consent", params(Paging),
    responses((status = 200, body = SuppressionPage), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_suppressions(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let behind = paging.before()?;
    let behind = behind.map(|cursor| (cursor.at, SuppressionId(cursor.id)));
    let mut rows = app.suppressions(&key.actor, behind, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.line.since,
        id: row.line.id.0,
    });
    ok(&SuppressionPage {
        data: rows.into_iter().map(SuppressionOut::of_row).collect(),
        next: last.map(Cursor::write),
    })
}

/// The lines about an address, also those taken off. The address is hashed and looked up.
#[utoipa::path(
    post, path = "/suppressions/lookup", tag = "consent", request_body = LookupIn,
    responses((status = 200, body = SuppressionPage), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn look_up_suppression(
    State(app): State<App>,
    key: Bearer<FindPeople>,
    Body(asked): Body<LookupIn>,
) -> Answer {
    let rows = app.suppressions_of(&key.actor, &asked.address).await?;
    ok(&SuppressionPage {
        data: rows.into_iter().map(SuppressionOut::of_row).collect(),
        next: None,
    })
}

/// Puts addresses on the list: nothing is sent to them any more.
#[utoipa::path(
    post, path = "/suppressions", tag = "consent", request_body = SuppressionIn,
    responses((status = 201, body = SuppressedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn suppress(
    State(app): State<App>,
    key: Bearer<RecordConsent>,
    Body(asked): Body<SuppressionIn>,
) -> Answer {
    let reason = SuppressionReason::from_word(&asked.reason).ok_or_else(|| {
        let words = SuppressionReason::ALL
            .map(SuppressionReason::word)
            .join(", ");
        Problem::invalid("reason", format!("one of {words}"))
    })?;
    let channel = match asked.channel.as_deref() {
        None | Some("any") => None,
        Some(word) => Some(channel_of(word)?),
    };
    let mut lines = Vec::with_capacity(asked.addresses.len());
    for address in asked.addresses {
        let kind = Kind::from_word(&address.kind)
            .ok_or_else(|| Problem::invalid("kind", "a kind of identifier, such as `email`"))?;
        lines.push(NewSuppression {
            whom: Whom::Written(kind, address.value),
            channel,
            reason,
            note: asked.note.clone(),
        });
    }
    let added = app.suppress(&key.actor, &lines).await?;
    created(&SuppressedOut { added })
}

/// Takes a line off the list, with the reason why.
#[utoipa::path(
    post, path = "/suppressions/{id}/lifting", tag = "consent", params(("id" = String, Path)),
    request_body = LiftingIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn lift_suppression(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    IdOf(id): IdOf<SuppressionId>,
    Body(asked): Body<LiftingIn>,
) -> Answer {
    app.lift_suppression(&key.actor, id, &asked.note).await?;
    done()
}

/// Notes that a number was looked up just now in the register of those who want no calls. It
/// counts for fifteen days.
#[utoipa::path(
    post, path = "/call-checks", tag = "consent", request_body = CallCheckIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn check_number(
    State(app): State<App>,
    key: Bearer<RecordConsent>,
    Body(asked): Body<CallCheckIn>,
) -> Answer {
    app.check_number(&key.actor, &asked.phone, asked.listed)
        .await?;
    done()
}
