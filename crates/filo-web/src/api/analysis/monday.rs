//! The Monday page, and how one gets it by mail oneself.

use axum::extract::State;
use filo_app::App;
use filo_app::monday::MondayView;
use filo_core::analysis::metric::{Answers, Comparison};
use filo_core::monday::Delivery;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::compare::{ComparisonOut, WindowOut};
use crate::api::answer::{Answer, Text, done, ok};
use crate::api::power::Bearer;
use crate::api::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::Own;

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_monday))
        .routes(routes!(get_own_monday))
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_own_monday, end_own_monday))
        .routes(routes!(test_own_monday))
}

/// The week that is over, in a few figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Monday)]
pub(crate) struct MondayOut {
    week: WindowOut,
    before: WindowOut,
    #[schema(example = "EUR")]
    currency: String,
    /// What the company lives on; null for who may not see figures.
    business: Option<Vec<ComparisonOut>>,
    /// How customers find it; null for who may not see figures.
    experience: Option<Vec<ComparisonOut>>,
    /// How long answers took in the week.
    answers: Option<AnswersOut>,
    /// How long they took in the one before.
    answers_before: Option<AnswersOut>,
    /// Alerts of the last week that nobody has put away.
    alerts: Option<usize>,
    /// People who wait for an answer; null for who may not list people.
    waiting_people: Option<u64>,
    /// Since when the one who has waited longest does.
    #[schema(value_type = Option<String>, format = DateTime)]
    waiting_since: Option<Text<Timestamp>>,
    /// What is to be done for customers.
    tasks: Option<u64>,
    /// How much of it is late.
    tasks_late: Option<u64>,
    /// Messages that wait for a yes.
    approvals: Option<u64>,
}

/// How long answers took.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MondayAnswers)]
pub(crate) struct AnswersOut {
    /// Questions that were answered.
    answered: u64,
    /// Half of them took at most so many hours.
    median_hours: f64,
}

impl MondayOut {
    fn new(view: &MondayView) -> Self {
        let rows = |rows: &[Comparison]| rows.iter().map(ComparisonOut::new).collect();
        let answers = |it: Option<Answers>| {
            it.map(|it| AnswersOut {
                answered: it.answered,
                median_hours: it.median_hours,
            })
        };
        let figures = view.figures.as_ref();
        let waiting = &view.waiting;
        Self {
            week: WindowOut::new(&view.days.now),
            before: WindowOut::new(&view.days.before),
            currency: view.currency.to_string(),
            business: figures.map(|it| rows(&it.business)),
            experience: figures.map(|it| rows(&it.experience)),
            answers: figures.and_then(|it| answers(it.answers.0)),
            answers_before: figures.and_then(|it| answers(it.answers.1)),
            alerts: figures.map(|it| it.alerts.len()),
            waiting_people: waiting.answers.map(|it| it.people),
            waiting_since: waiting.answers.and_then(|it| it.since).map(Text),
            tasks: waiting.tasks.map(|(tasks, _)| tasks),
            tasks_late: waiting.tasks.map(|(_, late)| late),
            approvals: waiting.approvals,
        }
    }
}

/// When one gets the page by mail, on the company's clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MondayReaderIn {
    /// 1 is Monday, 7 Sunday.
    #[schema(minimum = 1, maximum = 7)]
    weekday: u8,
    /// 0 to 23.
    #[schema(maximum = 23)]
    hour: u8,
}

/// How one gets the page by mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MondayReader)]
pub(crate) struct MondayReaderOut {
    /// Whether one gets it.
    is_on: bool,
    weekday: Option<u8>,
    hour: Option<u8>,
    /// When the next one is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Text<Timestamp>>,
    /// When the last one ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Text<Timestamp>>,
    /// How: `sent`, `kept` (in the folder, while no server is connected) or `failed`.
    last_outcome: Option<String>,
}

/// What became of a test.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MondayTest)]
pub(crate) struct MondayTestOut {
    /// `sent`, `kept` or `failed`.
    #[schema(value_type = String)]
    outcome: &'static str,
}

/// The week that is over in a few figures, and who waits, as far as one may see it.
#[utoipa::path(
    get, path = "/monday", tag = "analysis",
    responses((status = 200, body = MondayOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_monday(State(app): State<App>, key: Bearer<Own>) -> Answer {
    ok(&MondayOut::new(&app.monday(&key.actor).await?))
}

/// How one gets the page by mail oneself; a key has no mailbox.
#[utoipa::path(
    get, path = "/account/monday", tag = "users",
    responses((status = 200, body = MondayReaderOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_own_monday(State(app): State<App>, key: Bearer<Own>) -> Answer {
    let reader = app.own_monday(&key.actor).await?;
    let out = match reader {
        Some(it) => MondayReaderOut {
            is_on: true,
            weekday: Some(it.delivery.weekday()),
            hour: Some(it.delivery.hour()),
            next_at: it.next_at.map(Text),
            last_at: it.last.as_ref().map(|(at, _)| Text(*at)),
            last_outcome: it.last.map(|(_, outcome)| outcome),
        },
        None => MondayReaderOut {
            is_on: false,
            weekday: None,
            hour: None,
            next_at: None,
            last_at: None,
            last_outcome: None,
        },
    };
    ok(&out)
}

/// Gets the page by mail from now on.
#[utoipa::path(
    put, path = "/account/monday", tag = "users", request_body = MondayReaderIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_own_monday(
    State(app): State<App>,
    key: Bearer<Own>,
    Body(new): Body<MondayReaderIn>,
) -> Answer {
    let delivery = Delivery::new(new.weekday, new.hour)
        .ok_or_else(|| Problem::invalid("weekday", "must be 1 to 7, and `hour` 0 to 23"))?;
    app.set_own_monday(&key.actor, Some(delivery)).await?;
    done()
}

/// Gets it no more.
#[utoipa::path(
    delete, path = "/account/monday", tag = "users",
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn end_own_monday(State(app): State<App>, key: Bearer<Own>) -> Answer {
    app.set_own_monday(&key.actor, None).await?;
    done()
}

/// Sends the page to oneself now, to see what it looks like.
#[utoipa::path(
    post, path = "/account/monday/test", tag = "users",
    responses((status = 200, body = MondayTestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_own_monday(State(app): State<App>, key: Bearer<Own>) -> Answer {
    let told = app.test_monday(&key.actor, crate::console::write_monday);
    ok(&MondayTestOut {
        outcome: told.await?.word(),
    })
}
