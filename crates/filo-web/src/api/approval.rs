//! What waits for a person's yes, and what people said. Saying it is theirs: a key reads.

use axum::extract::State;
use filo_app::App;
use filo_app::approval::{ApprovalRow, Waiting};
use filo_core::cost::Cost;
use filo_core::id::{ApprovalId, JourneyId, PieceId};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, ok};
use super::message::cost_out::CostOut;
use super::paging::Page;
use super::power::Bearer;
use crate::problem::ProblemOut;
use crate::right::ManageJourneys;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_waiting))
        .routes(routes!(list_decisions))
}

/// Messages that wait for a person's yes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalWaiting)]
pub(crate) struct WaitingOut {
    /// The journey that says them.
    #[schema(value_type = String, example = "jrn_00000000000000000000000001")]
    journey: Text<JourneyId>,
    /// How it is called.
    journey_name: String,
    /// The step.
    step: String,
    /// How many.
    count: u64,
    /// Those among them to which one person has said yes and another has not yet.
    half_approved: u64,
    /// When the first of them was planned.
    #[schema(value_type = String, format = DateTime)]
    oldest: Text<Timestamp>,
    /// When the last of them was.
    #[schema(value_type = String, format = DateTime)]
    newest: Text<Timestamp>,
    /// When the first of them makes no sense any more, and is stopped.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Text<Timestamp>,
    /// What they are expected to cost, at the prices in force now.
    cost: CostOut,
}

impl WaitingOut {
    fn new(it: Waiting, cost: &Cost) -> Self {
        Self {
            cost: CostOut::from(cost),
            journey: Text(it.journey),
            journey_name: it.name,
            step: it.step,
            count: it.count,
            half_approved: it.half,
            oldest: Text(it.oldest),
            newest: Text(it.newest),
            expires_at: Text(it.expires_at),
        }
    }
}

/// What a person said of messages that waited.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalDecision)]
pub(crate) struct DecisionOut {
    /// Which.
    #[schema(value_type = String, example = "apv_00000000000000000000000001")]
    id: Text<ApprovalId>,
    /// The journey that says them.
    #[schema(value_type = String)]
    journey: Text<JourneyId>,
    /// The version of it that was published then.
    version: i64,
    /// The step.
    step: String,
    /// What it says.
    #[schema(value_type = String)]
    piece: Text<PieceId>,
    /// The version of it that was looked at.
    piece_version: i64,
    /// Of how many messages it was said.
    people: i64,
    /// `yes` or `no`.
    #[schema(example = "yes")]
    answer: &'static str,
    /// Whether it also goes for what comes later and says the same.
    standing: bool,
    /// Why.
    note: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    made_at: Text<Timestamp>,
    /// Who.
    made_by: String,
    /// Whether another person has to say yes too, and has not.
    waits_for_second: bool,
    /// When another person said so too.
    #[schema(value_type = Option<String>, format = DateTime)]
    seconded_at: Option<Text<Timestamp>>,
    /// Who that was; empty without.
    seconded_by: String,
    /// When it was taken back.
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Text<Timestamp>>,
    /// Who did; empty without.
    withdrawn_by: String,
}

impl From<ApprovalRow> for DecisionOut {
    fn from(row: ApprovalRow) -> Self {
        Self {
            waits_for_second: row.waits_for_second(),
            id: Text(row.id),
            journey: Text(row.journey),
            version: row.version,
            step: row.step,
            piece: Text(row.piece),
            piece_version: row.piece_version,
            people: row.people,
            answer: if row.is_yes { "yes" } else { "no" },
            standing: row.is_standing,
            note: row.note,
            made_at: Text(row.made_at),
            made_by: row.made_name,
            seconded_at: row.seconded_at.map(Text),
            seconded_by: row.seconded_name,
            withdrawn_at: row.withdrawn_at.map(Text),
            withdrawn_by: row.withdrawn_name,
        }
    }
}

/// What waits for a person's yes, by step; that which is soonest too late first. Whether people
/// are asked is said by `approval` in a journey's document.
#[utoipa::path(
    get, path = "/approvals", tag = "messages",
    responses((status = 200, body = Page<WaitingOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_waiting(State(app): State<App>, key: Bearer<ManageJourneys>) -> Answer {
    let mut out = Vec::new();
    for it in app.approvals_waiting(&key.actor).await? {
        let cost = app.waiting_cost(&it).await?;
        out.push(WaitingOut::new(it, &cost));
    }
    ok(&Page::whole(out))
}

/// What people said last of messages that waited, the newest first; at most a hundred.
#[utoipa::path(
    get, path = "/approvals/decisions", tag = "messages",
    responses((status = 200, body = Page<DecisionOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_decisions(State(app): State<App>, key: Bearer<ManageJourneys>) -> Answer {
    let said = app.decisions(&key.actor).await?.into_iter();
    ok(&Page::whole(said.map(DecisionOut::from).collect()))
}
