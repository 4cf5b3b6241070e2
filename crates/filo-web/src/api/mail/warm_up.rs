//! Warming up the address of the sender: the switch, the plan and the days.

use axum::extract::State;
use filo_app::App;
use filo_app::mail::{WarmUpChange, WarmUpView};
use filo_core::mail::{Hold, Provider, WarmUpDay};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::answer::{Answer, ok};
use super::super::power::Bearer;
use super::super::request::Body;
use crate::problem::ProblemOut;
use crate::right::ManageSettings;

/// Warming up as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailWarmUp)]
pub(crate) struct WarmUpOut {
    /// Whether days have a size.
    is_on: bool,
    /// Messages to each provider on the first day.
    first: u32,
    /// Messages to each provider on a day, once it is warm.
    target: u32,
    /// The first day, on the company's clock.
    #[schema(example = "2026-12-01")]
    since: String,
    /// The domain of the sender; null while messages go into a folder, where nothing is warmed up.
    domain: Option<String>,
    /// The size of each day if every one is used and taken well.
    plan: Vec<u32>,
    /// Today at each provider; empty while it is off.
    today: Vec<DayOut>,
    /// The days so far, the newest first; at most two weeks of every provider.
    days: Vec<DayOut>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A day at a provider.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailWarmUpDay)]
pub(crate) struct DayOut {
    /// Which day, on the company's clock.
    #[schema(example = "2026-12-01")]
    day: String,
    /// `google`, `yahoo`, `microsoft`, `apple`, `libero`, `aruba`, `register`, `tim` or `other`.
    provider: &'static str,
    /// How many messages it has room for.
    allowed: u32,
    /// Why it is no larger than the one before: `complaints` or `deferrals`; null if nothing
    /// holds it.
    hold: Option<&'static str>,
    /// Messages handed over or on their way, tries included.
    sent: u32,
    /// Those that were taken.
    taken: u32,
    /// Tries that were put off.
    deferred: u32,
    /// Complaints that came in on that day.
    complained: u32,
}

/// A change of warming up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailWarmUpChange)]
pub(crate) struct WarmUpIn {
    /// Whether days have a size. Switched on anew it begins anew.
    is_on: bool,
    /// Messages to each provider on the first day, 2 or more.
    #[schema(example = 200)]
    first: u32,
    /// Messages to each provider on a day, once it is warm: at least those of the first day, at
    /// most 1,000,000.
    #[schema(example = 10_000)]
    target: u32,
    /// The version that was read.
    version: i64,
}

/// Warming up as it stands.
#[utoipa::path(
    get, path = "/mail/warm-up", tag = "mail",
    responses((status = 200, body = WarmUpOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_mail_warm_up(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
) -> Answer {
    ok(&WarmUpOut::new(app.warm_up(&key.actor).await?))
}

/// Switches it on or off, or changes its sizes, from the version that was read: 409 if somebody
/// else changed it meanwhile. What waits for room is told anew how long.
#[utoipa::path(
    put, path = "/mail/warm-up", tag = "mail", request_body = WarmUpIn,
    responses((status = 200, body = WarmUpOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_mail_warm_up(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<WarmUpIn>,
) -> Answer {
    let change = WarmUpChange {
        is_on: asked.is_on,
        first: asked.first,
        target: asked.target,
        version: asked.version,
    };
    let view = app.change_warm_up(&key.actor, change).await?;
    ok(&WarmUpOut::new(view))
}

impl WarmUpOut {
    fn new(view: WarmUpView) -> Self {
        let days = |days: Vec<(Provider, WarmUpDay)>| days.into_iter().map(DayOut::new).collect();
        Self {
            plan: view.warm_up.plan(),
            is_on: view.warm_up.is_on,
            first: view.warm_up.first,
            target: view.warm_up.target,
            since: view.warm_up.since.to_string(),
            domain: view.domain,
            today: days(view.now),
            days: days(view.days),
            version: view.version,
        }
    }
}

impl DayOut {
    fn new((provider, day): (Provider, WarmUpDay)) -> Self {
        Self {
            day: day.date.to_string(),
            provider: provider.word(),
            allowed: day.allowed,
            hold: day.hold.map(Hold::word),
            sent: day.sent,
            taken: day.taken,
            deferred: day.deferred,
            complained: day.complained,
        }
    }
}
