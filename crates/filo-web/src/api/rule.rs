//! The rules about who is one person: reading, trying and changing them.

use std::collections::BTreeMap;

use axum::extract::State;
use filo_app::{App, Example, Grouped, RuleChange, RulesView, Trial, TrialState};
use filo_core::id::{CustomerId, TrialId};
use filo_core::identity::{Blocked, JoiningRules, Kind, Window};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, created, ok};
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageSettings;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_rules))
        .routes(routes!(get_trial))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_rules))
        .routes(routes!(try_rules))
}

/// How many identifiers of a kind one person can have.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleLimit {
    /// From 1 to 100.
    most: u32,
    /// In which stretch of time: `ever`, `year`, `month` or `week`.
    #[schema(example = "year")]
    window: String,
}

/// The rules that can be changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesDocument {
    /// By kind of identifier; a kind that is not named stays as it is.
    limits: BTreeMap<String, RuleLimit>,
    /// With links to more people's identifiers than this an identifier joins nobody: 3 to 200.
    suspect_links: u32,
    /// Values that are nobody's; they concern identifiers still to come.
    blocked_values: Vec<String>,
    /// Mailboxes that are nobody's (what stands before the `@`), likewise.
    blocked_mailboxes: Vec<String>,
}

impl From<&JoiningRules> for RulesDocument {
    fn from(rules: &JoiningRules) -> Self {
        let limit = |kind: Kind| {
            let limit = rules.limits.of(kind);
            let window = limit.window.word().to_owned();
            let most = limit.most;
            (kind.word().to_owned(), RuleLimit { most, window })
        };
        Self {
            limits: JoiningRules::kinds().map(limit).collect(),
            suspect_links: rules.suspect_links,
            blocked_values: rules.blocked.values().map(str::to_owned).collect(),
            blocked_mailboxes: rules.blocked.mailboxes().map(str::to_owned).collect(),
        }
    }
}

impl RulesDocument {
    fn read(self, now: &JoiningRules) -> Result<JoiningRules, Problem> {
        let mut limits = now.limits.clone();
        for (word, limit) in self.limits {
            let kind = Kind::from_word(&word)
                .ok_or_else(|| Problem::invalid("limits", "names a kind that there is not"))?;
            let window = Window::from_word(&limit.window).ok_or_else(|| {
                Problem::invalid("window", "must be `ever`, `year`, `month` or `week`")
            })?;
            limits = limits.with(kind, limit.most, window);
        }
        let texts = |list: Vec<String>| list.into_iter().map(Into::into);
        Ok(JoiningRules {
            limits,
            suspect_links: self.suspect_links,
            blocked: Blocked::new(texts(self.blocked_values), texts(self.blocked_mailboxes)),
        })
    }
}

/// A version of the rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesVersion)]
pub(crate) struct VersionOut {
    /// Its number.
    version: u32,
    /// From when it counted.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// Who made it, by the name of their key; null for what Filo began with.
    by: Option<String>,
    /// What it said: give it to a change to go back to it.
    rules: RulesDocument,
}

impl From<&RuleChange> for VersionOut {
    fn from(change: &RuleChange) -> Self {
        Self {
            version: change.version,
            at: Text(change.at),
            by: change.by.clone(),
            rules: (&change.rules).into(),
        }
    }
}

/// The rules as they stand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rules)]
pub(crate) struct RulesOut {
    /// What they say.
    rules: RulesDocument,
    /// Give it back with a change, so that nobody's change is lost.
    version: u32,
    /// How many thousandths of the identifiers follow them; null when all do.
    followed_thousandths: Option<u32>,
    /// Versions, newest first; empty until they were changed once.
    history: Vec<VersionOut>,
}

impl From<&RulesView> for RulesOut {
    fn from(view: &RulesView) -> Self {
        Self {
            rules: (&view.rules).into(),
            version: view.version,
            followed_thousandths: view.followed_thousandths,
            history: view.history.iter().map(Into::into).collect(),
        }
    }
}

/// A change of the rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesIn {
    /// What they are to say.
    rules: RulesDocument,
    /// The version that was read.
    version: u32,
}

/// One customer of an example.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialCustomer {
    /// Its id.
    #[schema(value_type = String, example = "cus_0123456789abcdefghjkmnpqrs")]
    id: Text<CustomerId>,
    /// A name, if one is known.
    name: Option<String>,
    /// Its first identifiers, as `kind:value`.
    identifiers: Vec<String>,
}

impl From<Grouped> for TrialCustomer {
    fn from(customer: Grouped) -> Self {
        let identifiers = customer.identifiers.iter();
        Self {
            id: Text(customer.id),
            name: customer.name,
            identifiers: identifiers
                .map(|it| format!("{}:{}", it.kind.word(), it.value))
                .collect(),
        }
    }
}

/// Customers that the rules would group otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialExample {
    /// As they are.
    before: Vec<TrialCustomer>,
    /// As they would be.
    after: Vec<TrialCustomer>,
}

impl From<Example> for TrialExample {
    fn from(example: Example) -> Self {
        let side = |side: Vec<Grouped>| side.into_iter().map(Into::into).collect();
        Self {
            before: side(example.before),
            after: side(example.after),
        }
    }
}

/// What rules would change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesTrial)]
pub(crate) struct TrialOut {
    /// Its id.
    #[schema(value_type = String, example = "trl_0123456789abcdefghjkmnpqrs")]
    id: Text<TrialId>,
    /// `running`, `done` or `failed`.
    state: &'static str,
    /// How many thousandths of the way, while it is running.
    thousandths: Option<u32>,
    /// The rules tried.
    rules: RulesDocument,
    /// The version that they were compared with.
    against: u32,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    begun_at: Text<Timestamp>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// One of so many customers was looked at; 1 is everybody. The numbers are of those.
    one_of: u64,
    /// Identifiers looked at.
    identifiers: u64,
    /// Customers under the rules of now.
    customers_before: u64,
    /// Customers under the rules tried.
    customers_after: u64,
    /// Customers that would be divided.
    dividing: u64,
    /// Customers that would be joined with another.
    joining: u64,
    /// The first few that would change.
    examples: Vec<TrialExample>,
}

impl From<Trial> for TrialOut {
    fn from(trial: Trial) -> Self {
        let (state, thousandths) = match trial.state {
            TrialState::Running(thousandths) => ("running", Some(thousandths)),
            TrialState::Done => ("done", None),
            TrialState::Failed => ("failed", None),
        };
        Self {
            id: Text(trial.id),
            state,
            thousandths,
            rules: (&trial.rules).into(),
            against: trial.against,
            begun_at: Text(trial.begun_at),
            ended_at: trial.ended_at.map(Text),
            one_of: trial.one_of,
            identifiers: trial.identifiers,
            customers_before: trial.before,
            customers_after: trial.after,
            dividing: trial.dividing,
            joining: trial.joining,
            examples: trial.examples.into_iter().map(Into::into).collect(),
        }
    }
}

/// The rules about who is one person, and what they were before.
#[utoipa::path(
    get, path = "/settings/identity-rules", tag = "settings",
    responses((status = 200, body = RulesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_rules(State(app): State<App>, _key: Bearer<ManageSettings>) -> Answer {
    ok(&RulesOut::from(&app.rules_view().await?))
}

/// Changes them, from the version that was read: 409 if somebody else changed them meanwhile.
/// New events follow them at once; who was there before follows within seconds or minutes.
#[utoipa::path(
    put, path = "/settings/identity-rules", tag = "settings", request_body = RulesIn,
    responses((status = 200, body = RulesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_rules(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<RulesIn>,
) -> Answer {
    let now = app.rules_view().await?;
    let wanted = asked.rules.read(&now.rules)?;
    let changed = app.change_rules(&key.actor, wanted, asked.version).await?;
    ok(&RulesOut::from(&changed))
}

/// Begins to try rules on everybody who is there; nothing is changed. One trial runs at a time.
#[utoipa::path(
    post, path = "/settings/identity-rules/trials", tag = "settings",
    request_body = RulesDocument,
    responses((status = 201, body = TrialOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn try_rules(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<RulesDocument>,
) -> Answer {
    let now = app.rules_view().await?;
    let wanted = asked.read(&now.rules)?;
    created(&TrialOut::from(app.try_rules(&key.actor, wanted)?))
}

/// How a trial is getting on, and what it found. The last five are remembered until Filo stops.
#[utoipa::path(
    get, path = "/settings/identity-rules/trials/{id}", tag = "settings",
    params(("id" = String, Path)),
    responses((status = 200, body = TrialOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_trial(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    IdOf(id): IdOf<TrialId>,
) -> Answer {
    ok(&TrialOut::from(app.trial(&key.actor, id)?))
}
