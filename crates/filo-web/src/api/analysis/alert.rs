//! What watched figures told, and the rules by which they are watched.

use axum::extract::State;
use filo_app::App;
use filo_app::alert::{AlertRuleView, AlertView};
use filo_core::analysis::alert::{AlertRule, Direction, Every, Limit, Subject};
use filo_core::id::{AlertId, AlertRuleId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::annotation::AnnotationOut;
use super::compare::CauseOut;
use crate::api::answer::{Answer, Text, created, ok};
use crate::api::paging::Page;
use crate::api::power::Bearer;
use crate::api::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{AnnotateFigures, SeeFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_alerts))
        .routes(routes!(get_alert))
        .routes(routes!(list_alert_rules))
        .routes(routes!(get_alert_rule))
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dismiss_alert))
        .routes(routes!(take_up_alert))
        .routes(routes!(create_alert_rule))
        .routes(routes!(change_alert_rule, remove_alert_rule))
        .routes(routes!(restore_alert_rule))
}

/// Which alerts.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertsIn {
    /// `true`: also those that somebody put away.
    #[param(default = false)]
    all: Option<bool>,
}

/// What a rule told of some days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
pub(crate) struct AlertOut {
    #[schema(value_type = String)]
    id: Text<AlertId>,
    /// The rule that told.
    #[schema(value_type = String)]
    rule: Text<AlertRuleId>,
    /// The figure, or `silent_source`.
    #[schema(value_type = String)]
    subject: &'static str,
    /// The number of the source that went silent.
    source: Option<u32>,
    /// The first day that it is about.
    #[schema(format = Date)]
    first: String,
    /// The last day.
    #[schema(format = Date)]
    last: String,
    /// The figure.
    now: Option<f64>,
    /// What it was compared with.
    before: Option<f64>,
    /// The first day of that.
    #[schema(format = Date)]
    before_first: String,
    /// The last day of that.
    #[schema(format = Date)]
    before_last: String,
    /// The change as a part of what it was.
    change: Option<f64>,
    /// `higher`, `lower`, `within_chance` or `too_few`, sure 99 times of a hundred.
    verdict: String,
    /// People behind both together.
    people: u64,
    /// Where the difference comes from.
    causes: Vec<CauseOut>,
    /// What happened in these days and in those before.
    annotations: Vec<AnnotationOut>,
    /// Incidents that were open by then.
    incidents: Vec<AlertIncidentOut>,
    #[schema(value_type = String, format = DateTime)]
    raised_at: Text<Timestamp>,
    /// When somebody put it away; null if nobody did.
    #[schema(value_type = Option<String>, format = DateTime)]
    dismissed_at: Option<Text<Timestamp>>,
}

/// Incidents of a kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlertIncident)]
pub(crate) struct AlertIncidentOut {
    kind: String,
    count: i64,
}

impl AlertOut {
    fn new(view: &AlertView) -> Self {
        let facts = &view.facts;
        let causes = view.causes.iter().map(|it| CauseOut {
            dimension: it.dimension.clone(),
            of: it.of.clone(),
            added: it.added,
            share: it.share,
        });
        let incidents = facts
            .incidents
            .iter()
            .map(|(kind, count)| AlertIncidentOut {
                kind: kind.clone(),
                count: *count,
            });
        Self {
            id: Text(view.id),
            rule: Text(view.rule),
            subject: view.subject.word(),
            source: view.source.as_ref().map(|(id, _)| id.0),
            first: view.days.0.to_string(),
            last: view.days.1.to_string(),
            now: facts.now,
            before: facts.before,
            before_first: facts.before_days.0.to_string(),
            before_last: facts.before_days.1.to_string(),
            change: facts.change,
            verdict: facts.verdict.clone(),
            people: facts.people,
            causes: causes.collect(),
            annotations: view.annotations.iter().map(AnnotationOut::new).collect(),
            incidents: incidents.collect(),
            raised_at: Text(view.raised_at),
            dismissed_at: view.dismissed_at.map(Text),
        }
    }
}

/// A rule to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertRuleIn {
    /// A figure of `/analysis/compare`, or `silent_source`.
    #[schema(example = "orders")]
    subject: String,
    /// `week` or `day`.
    every: String,
    /// `falls`, `rises` or `changes`.
    direction: String,
    /// At least so many percent, of shares and scores points: 1 to 1000; null for more than chance
    /// explains.
    percent: Option<u16>,
    /// With fewer people behind both together it is silent.
    people_least: u32,
    /// Whether it is on; it is without this.
    is_on: Option<bool>,
}

/// A rule as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertRuleChangeIn {
    /// The version that was read.
    version: i64,
    /// The rule.
    rule: AlertRuleIn,
}

/// A rule by which a figure is watched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlertRule)]
pub(crate) struct AlertRuleOut {
    #[schema(value_type = String)]
    id: Text<AlertRuleId>,
    /// One more with each change; 0 of a usual one that nobody has changed.
    version: i64,
    /// Whether it is one of those that are there from the beginning.
    is_usual: bool,
    #[schema(value_type = String)]
    subject: &'static str,
    #[schema(value_type = String)]
    every: &'static str,
    #[schema(value_type = String)]
    direction: &'static str,
    /// Null for more than chance explains.
    percent: Option<u16>,
    people_least: u32,
    is_on: bool,
    /// When it was removed; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    removed_at: Option<Text<Timestamp>>,
}

impl AlertRuleOut {
    fn new(view: &AlertRuleView) -> Self {
        let rule = &view.rule;
        Self {
            id: Text(view.id),
            version: view.version,
            is_usual: view.is_usual,
            subject: rule.subject.word(),
            every: rule.every.word(),
            direction: rule.direction.word(),
            percent: match rule.limit {
                Limit::BeyondChance => None,
                Limit::Percent(percent) => Some(percent),
            },
            people_least: rule.people_least,
            is_on: rule.is_on,
            removed_at: view.removed_at.map(Text),
        }
    }
}

impl AlertRuleIn {
    fn read(&self) -> Result<AlertRule, Problem> {
        let subject = Subject::from_word(&self.subject)
            .ok_or_else(|| Problem::invalid("subject", "must be a figure or `silent_source`"))?;
        let every = Every::from_word(&self.every)
            .ok_or_else(|| Problem::invalid("every", "must be `week` or `day`"))?;
        let direction = Direction::from_word(&self.direction).ok_or_else(|| {
            Problem::invalid("direction", "must be `falls`, `rises` or `changes`")
        })?;
        Ok(AlertRule {
            subject,
            every,
            direction,
            limit: self.percent.map_or(Limit::BeyondChance, Limit::Percent),
            people_least: self.people_least,
            is_on: self.is_on.unwrap_or(true),
        })
    }
}

/// Alerts of a year, the newest first, 100 at most.
#[utoipa::path(
    get, path = "/alerts", tag = "analysis", params(AlertsIn),
    responses((status = 200, body = Page<AlertOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_alerts(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<AlertsIn>,
) -> Answer {
    let views = app.alerts(&key.actor, !asked.all.unwrap_or(false)).await?;
    ok(&Page::whole(views.iter().map(AlertOut::new).collect()))
}

/// One alert.
#[utoipa::path(
    get, path = "/alerts/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_alert(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    IdOf(id): IdOf<AlertId>,
) -> Answer {
    ok(&AlertOut::new(&app.alert(&key.actor, id).await?))
}

/// Puts an alert away.
#[utoipa::path(
    post, path = "/alerts/{id}/dismissal", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn dismiss_alert(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AlertId>,
) -> Answer {
    ok(&AlertOut::new(&app.dismiss_alert(&key.actor, id).await?))
}

/// Takes an alert up again that was put away.
#[utoipa::path(
    post, path = "/alerts/{id}/taking-up", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_up_alert(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AlertId>,
) -> Answer {
    ok(&AlertOut::new(&app.take_up_alert(&key.actor, id).await?))
}

/// Every rule by which figures are watched, the usual ones first.
#[utoipa::path(
    get, path = "/alert-rules", tag = "analysis",
    responses((status = 200, body = Page<AlertRuleOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_alert_rules(State(app): State<App>, key: Bearer<SeeFigures>) -> Answer {
    let views = app.alert_rules(&key.actor).await?;
    ok(&Page::whole(views.iter().map(AlertRuleOut::new).collect()))
}

/// One rule, also if it was removed.
#[utoipa::path(
    get, path = "/alert-rules/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertRuleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_alert_rule(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    IdOf(id): IdOf<AlertRuleId>,
) -> Answer {
    ok(&AlertRuleOut::new(&app.alert_rule(&key.actor, id).await?))
}

/// Makes a rule.
#[utoipa::path(
    post, path = "/alert-rules", tag = "analysis", request_body = AlertRuleIn,
    responses((status = 201, body = AlertRuleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_alert_rule(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    Body(new): Body<AlertRuleIn>,
) -> Answer {
    let made = app.create_alert_rule(&key.actor, new.read()?).await?;
    created(&AlertRuleOut::new(&made))
}

/// Changes a rule, from the version that was read.
#[utoipa::path(
    put, path = "/alert-rules/{id}", tag = "analysis", params(("id" = String, Path)),
    request_body = AlertRuleChangeIn,
    responses((status = 200, body = AlertRuleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_alert_rule(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AlertRuleId>,
    Body(new): Body<AlertRuleChangeIn>,
) -> Answer {
    let changed = app.change_alert_rule(&key.actor, (id, new.version), new.rule.read()?);
    ok(&AlertRuleOut::new(&changed.await?))
}

/// Removes a rule; it can be brought back.
#[utoipa::path(
    delete, path = "/alert-rules/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertRuleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_alert_rule(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AlertRuleId>,
) -> Answer {
    ok(&AlertRuleOut::new(
        &app.remove_alert_rule(&key.actor, id).await?,
    ))
}

/// Brings back a rule that was removed.
#[utoipa::path(
    post, path = "/alert-rules/{id}/restoring", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AlertRuleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_alert_rule(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AlertRuleId>,
) -> Answer {
    ok(&AlertRuleOut::new(
        &app.restore_alert_rule(&key.actor, id).await?,
    ))
}
