//! Clicks and opens of mails: how much of them is kept, and what was counted.

use axum::extract::State;
use filo_app::App;
use filo_app::tracking::{ClickRow, Counts, LinkFigures, MailFigures, TrackingView};
use filo_core::id::{JourneyId, PieceId};
use filo_core::time::Timestamp;
use filo_core::tracking::{Mode, Tracking};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::answer::{Answer, Text, ok};
use super::super::paging::Page;
use super::super::power::Bearer;
use super::super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageSettings, SeeFigures};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_tracking))
        .routes(routes!(clicks_of_journey))
        .routes(routes!(clicks_of_piece))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(change_tracking))
}

/// How much is kept of clicks and opens.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MailTracking)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrackingOut {
    /// `off`; `aggregate`: how many, and no person; `individual`: also who, of those who said yes
    /// to the purpose.
    #[schema(example = "aggregate")]
    mode: String,
    /// Whether mails carry a picture that tells when they are opened. Programs fetch it without
    /// anybody looking, and others never do: the number is no more than a hint.
    #[serde(default)]
    counts_opens: bool,
    /// The word of the purpose to which people said yes; for `individual` only.
    #[serde(default)]
    purpose: String,
    /// The version that was read; a change from an older one is refused.
    version: i64,
}

impl From<TrackingView> for TrackingOut {
    fn from(view: TrackingView) -> Self {
        Self {
            mode: view.tracking.mode.word().to_owned(),
            counts_opens: view.tracking.counts_opens,
            purpose: view.tracking.purpose.to_string(),
            version: view.version,
        }
    }
}

/// What was counted of a mail that a step of a journey sends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailFigures)]
pub(crate) struct FiguresOut {
    /// The journey.
    #[schema(value_type = String)]
    journey: Text<JourneyId>,
    /// Its step.
    step: String,
    /// What is said.
    #[schema(value_type = String)]
    piece: Text<PieceId>,
    /// How many left since they are counted.
    sent: i64,
    /// How often people followed a link.
    people: i64,
    /// How often machines did: they are in no other number.
    machines: i64,
    /// How often it was opened; zeros where opens are not counted.
    opens: SeenOut,
    /// The links, the one that people followed most first.
    links: Vec<LinkOut>,
}

/// How often something was seen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailSeen)]
pub(crate) struct SeenOut {
    /// By people.
    people: i64,
    /// By machines.
    machines: i64,
}

impl From<Counts> for SeenOut {
    fn from(counts: Counts) -> Self {
        Self {
            people: counts.people,
            machines: counts.machines,
        }
    }
}

/// What was counted of a link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailLinkFigures)]
pub(crate) struct LinkOut {
    /// Where it leads.
    url: String,
    /// In how many mails it left.
    sent: i64,
    /// How often people followed it.
    people: i64,
    /// How often machines did.
    machines: i64,
}

impl From<LinkFigures> for LinkOut {
    fn from(link: LinkFigures) -> Self {
        Self {
            url: link.url,
            sent: link.counts.sent,
            people: link.counts.people,
            machines: link.counts.machines,
        }
    }
}

impl From<MailFigures> for FiguresOut {
    fn from(mail: MailFigures) -> Self {
        Self {
            people: mail.people(),
            machines: mail.machines(),
            journey: Text(mail.of.journey),
            step: mail.of.step,
            piece: Text(mail.of.piece),
            sent: mail.mail.sent,
            opens: mail.mail.into(),
            links: mail.links.into_iter().map(LinkOut::from).collect(),
        }
    }
}

/// What was seen of a link of one message, or of its picture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageClick)]
pub(crate) struct ClickOut {
    /// Where the link leads; null for the picture, fetched when the mail was opened.
    url: Option<String>,
    /// How often by a person.
    people: i64,
    /// How often by a machine.
    machines: i64,
    /// The first time.
    #[schema(value_type = String, format = DateTime)]
    first_at: Text<Timestamp>,
    /// The last time.
    #[schema(value_type = String, format = DateTime)]
    last_at: Text<Timestamp>,
}

impl From<ClickRow> for ClickOut {
    fn from(row: ClickRow) -> Self {
        Self {
            url: Some(row.url).filter(|url| !url.is_empty()),
            people: row.people,
            machines: row.machines,
            first_at: Text(row.first_at),
            last_at: Text(row.last_at),
        }
    }
}

/// How much is kept of clicks and opens of mails.
#[utoipa::path(
    get, path = "/settings/tracking", tag = "messages",
    responses((status = 200, body = TrackingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_tracking(State(app): State<App>, _key: Bearer<ManageSettings>) -> Answer {
    ok(&TrackingOut::from(app.tracking().await?))
}

/// Changes it, from the version that was read. The links of mails that left lead where they led,
/// whatever is said here.
#[utoipa::path(
    put, path = "/settings/tracking", tag = "messages", request_body = TrackingOut,
    responses((status = 200, body = TrackingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_tracking(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<TrackingOut>,
) -> Answer {
    let hint = "`off`, `aggregate` or `individual`";
    let tracking = Tracking {
        mode: Mode::from_word(&asked.mode).ok_or_else(|| Problem::invalid("mode", hint))?,
        counts_opens: asked.counts_opens,
        purpose: asked.purpose.into(),
    };
    let changed = app.change_tracking(&key.actor, tracking, asked.version);
    ok(&TrackingOut::from(changed.await?))
}

/// What was counted of the mails of a journey, step by step: people and machines apart.
#[utoipa::path(
    get, path = "/journeys/{id}/clicks", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = Page<FiguresOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn clicks_of_journey(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<JourneyId>,
) -> Answer {
    let mails = app.clicks_of_journey(id).await?.into_iter();
    ok(&Page::whole(mails.map(FiguresOut::from).collect()))
}

/// What was counted of the mails of journeys that say a piece.
#[utoipa::path(
    get, path = "/pieces/{id}/clicks", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = Page<FiguresOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn clicks_of_piece(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<PieceId>,
) -> Answer {
    let mails = app.clicks_of_piece(id).await?.into_iter();
    ok(&Page::whole(mails.map(FiguresOut::from).collect()))
}
