//! The quality of what is known: the figures, what is wrong, mending it and leaving it.

use axum::extract::{Path, State};
use filo_app::{App, DayRow, FindingPlace, FindingView, Picked, QualityView};
use filo_core::id::CustomerId;
use filo_core::quality::{Reason, Scores};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::asked::FindingsAsked;
use super::paging::{Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::findings::{PICKED_MOST, chosen, mark, place, which};
use crate::problem::{Problem, ProblemOut};
use crate::right::{DecideIdentity, ListPeople, SeePeople};

const DAY_SECONDS: i64 = 86_400;

/// Five figures in parts of a thousand, and their mean; null where nothing can be told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityFigures)]
pub(crate) struct FiguresOut {
    /// The mean of the figures that can be told.
    score: Option<u16>,
    /// Of what is asked of everybody, what is known.
    completeness: Option<u16>,
    /// Of what is known, what is not broken.
    validity: Option<u16>,
    /// How new it is: half after two years.
    freshness: Option<u16>,
    /// Of addresses, numbers and tax codes, what nobody else has.
    uniqueness: Option<u16>,
    /// Of what can be compared, what agrees.
    consistency: Option<u16>,
}

impl From<Scores> for FiguresOut {
    fn from(scores: Scores) -> Self {
        Self {
            score: scores.whole(),
            completeness: scores.completeness,
            validity: scores.validity,
            freshness: scores.freshness,
            uniqueness: scores.uniqueness,
            consistency: scores.consistency,
        }
    }
}

/// The figures of a kind of value, of a source, or of a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityPart)]
pub(crate) struct PartOut {
    /// The word of the value, the number of the source, or the day.
    #[schema(example = "email")]
    of: String,
    /// How many people it is about.
    customers: u64,
    #[serde(flatten)]
    figures: FiguresOut,
}

/// What is wrong in one way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityGroup)]
pub(crate) struct GroupOut {
    /// A word that does not change.
    #[schema(example = "email_domain_typo")]
    reason: &'static str,
    /// `broken`, `doubtful` or `untidy`.
    severity: &'static str,
    /// With how many customers.
    customers: u64,
    /// With how many a proposal can be made.
    proposed: u64,
    /// How many of them can be reached at last once it is mended.
    gained: u64,
}

/// Customers who can be reached at last.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityGain)]
pub(crate) struct GainOut {
    /// `email` or `phone`.
    gain: &'static str,
    /// How many.
    customers: u64,
}

/// How good what is known is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quality)]
pub(crate) struct QualityOut {
    /// Customers who were looked at.
    customers: u64,
    /// The figures of everybody on the last day.
    figures: Option<FiguresOut>,
    /// What is wrong, what brings most first.
    groups: Vec<GroupOut>,
    /// Whom mending makes reachable.
    gains: Vec<GainOut>,
    /// Values that were left as they are.
    left: u64,
    /// The figures by kind of value.
    fields: Vec<PartOut>,
    /// The figures by source.
    sources: Vec<PartOut>,
    /// The figures of everybody by day, ninety days back.
    history: Vec<PartOut>,
}

fn part(of: String, row: &DayRow) -> PartOut {
    PartOut {
        of,
        customers: row.people.unsigned_abs(),
        figures: row.scores.into(),
    }
}

fn day(row: &DayRow) -> String {
    let text = Timestamp::from_seconds(row.day * DAY_SECONDS).to_string();
    text.get(..10).unwrap_or_default().to_owned()
}

impl From<QualityView> for QualityOut {
    fn from(view: QualityView) -> Self {
        let of = |scope: &str| {
            let rows = view.figures.iter().filter(|row| row.scope == scope);
            rows.map(|row| part(row.subject.clone(), row)).collect()
        };
        let groups = view.groups.iter().map(|group| GroupOut {
            reason: group.reason.word(),
            severity: group.reason.severity().word(),
            customers: group.people,
            proposed: group.proposed,
            gained: group.gained,
        });
        let gains = view.gains.iter().map(|(gain, count)| GainOut {
            gain: gain.word(),
            customers: *count,
        });
        Self {
            customers: view.people,
            figures: view.whole().map(|row| row.scores.into()),
            groups: groups.collect(),
            gains: gains.collect(),
            left: view.left,
            fields: of("field"),
            sources: of("source"),
            history: view.history.iter().map(|row| part(day(row), row)).collect(),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityFinding)]
pub(crate) struct FindingOut {
    /// Whose value.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Which value.
    #[schema(example = "email")]
    field: &'static str,
    /// What is wrong, as a word that does not change.
    #[schema(example = "email_domain_typo")]
    reason: &'static str,
    /// `broken`, `doubtful` or `untidy`.
    severity: &'static str,
    /// The value as it was said; empty if it is missing.
    raw: String,
    /// What it probably should be.
    proposal: Option<String>,
    /// `email` or `phone`: how they can be reached at last once it is mended.
    gain: Option<&'static str>,
}

impl From<FindingView> for FindingOut {
    fn from(view: FindingView) -> Self {
        Self {
            customer: Text(view.customer),
            field: view.field.word(),
            reason: view.reason.word(),
            severity: view.reason.severity().word(),
            raw: view.raw,
            proposal: view.proposal,
            gain: view.gain.map(filo_core::quality::Gain::word),
        }
    }
}

/// How good what is known is, and what to mend first.
#[utoipa::path(
    get, path = "/quality", tag = "quality",
    responses((status = 200, body = QualityOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_quality(State(app): State<App>, key: Bearer<ListPeople>) -> Answer {
    ok(&QualityOut::from(app.quality(&key.actor).await?))
}

/// What is wrong, by customer.
#[utoipa::path(
    get, path = "/quality/findings", tag = "quality", params(FindingsAsked),
    responses((status = 200, body = Page<FindingOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_findings(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(asked): Asked<FindingsAsked>,
) -> Answer {
    let which = which(&asked.reason, &asked.gain, asked.proposed)
        .ok_or_else(|| Problem::invalid("reason", "there is no such reason or gain"))?;
    let behind = match asked.before.as_deref() {
        Some(text) => {
            let hint = "must be the `next` of an earlier page, unchanged";
            place(text).ok_or_else(|| Problem::invalid("before", hint))?
        }
        None => FindingPlace::default(),
    };
    app.note_listing(&key.actor).await?;
    let limit = Paging::new(None, asked.limit).limit()?;
    let mut rows = app.findings(&key.actor, &which, &behind, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(mark);
    ok(&Page {
        next,
        data: rows.into_iter().map(FindingOut::from).collect(),
    })
}

/// How good what is known of one customer is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerQuality)]
pub(crate) struct CustomerQualityOut {
    /// The figures.
    figures: FiguresOut,
    /// What is wrong.
    findings: Vec<FindingOut>,
    /// The score by day on which it changed, the oldest first.
    history: Vec<ScoreOut>,
}

/// A score on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualityScore)]
pub(crate) struct ScoreOut {
    #[schema(format = Date)]
    day: String,
    /// In parts of a thousand.
    score: u16,
}

/// How good what is known of a customer is.
#[utoipa::path(
    get, path = "/customers/{id}/quality", tag = "quality", params(("id" = String, Path)),
    responses((status = 200, body = CustomerQualityOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_customer_quality(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let missing = || Problem::missing("customer");
    let quality = app
        .person_quality(&key.actor, id)
        .await?
        .ok_or_else(missing)?;
    let day = |day: i64| Timestamp::from_seconds(day * DAY_SECONDS).to_string();
    let history = quality.history.into_iter().map(|(at, score)| ScoreOut {
        day: day(at).get(..10).unwrap_or_default().to_owned(),
        score,
    });
    ok(&CustomerQualityOut {
        figures: quality.scores.into(),
        findings: quality.findings.into_iter().map(FindingOut::from).collect(),
        history: history.collect(),
    })
}

/// One finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PickIn {
    /// Whose.
    customer: String,
    /// What is wrong.
    reason: String,
}

/// Findings, one by one or a whole list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PicksIn {
    /// These, up to 1,000. Either these or `reason` or `gain`.
    #[serde(default)]
    findings: Vec<PickIn>,
    /// All of this reason, up to 5,000.
    #[serde(default)]
    reason: String,
    /// All of this gain, up to 5,000.
    #[serde(default)]
    gain: String,
}

impl PicksIn {
    fn picked(&self) -> Result<Picked, Problem> {
        let which = which(&self.reason, &self.gain, false)
            .ok_or_else(|| Problem::invalid("reason", "there is no such reason or gain"))?;
        let one = |pick: &PickIn| {
            let reason = Reason::from_word(&pick.reason)?;
            Some((pick.customer.parse::<CustomerId>().ok()?, reason))
        };
        let these: Option<Vec<_>> = self.findings.iter().map(one).collect();
        let hint =
            "give either 1 to 1,000 of them, each a customer and a reason, or `reason` or `gain`";
        let wrong = || Problem::invalid("findings", hint);
        let these = these
            .filter(|these| these.len() <= PICKED_MOST)
            .ok_or_else(wrong)?;
        let is_both = !these.is_empty() && !(self.reason.is_empty() && self.gain.is_empty());
        chosen(which, these).filter(|_| !is_both).ok_or_else(wrong)
    }
}

/// Values that were mended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mended)]
pub(crate) struct MendedOut {
    /// Delete this to say the former values again.
    act: String,
    /// Of how many customers.
    customers: usize,
    /// Customers who say something else by now.
    skipped: usize,
}

/// Makes values say what was proposed.
#[utoipa::path(
    post, path = "/quality/mendings", tag = "quality", request_body = PicksIn,
    responses((status = 201, body = MendedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn mend_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(picks): Body<PicksIn>,
) -> Answer {
    let question = format!("reason={}&gain={}", picks.reason, picks.gain);
    let mended = app.mend(&key.actor, &picks.picked()?, &question).await?;
    created(&MendedOut {
        act: format!("{:032x}", mended.act),
        customers: mended.people,
        skipped: mended.skipped,
    })
}

/// Says the former values again, of those who still have the mended ones.
#[utoipa::path(
    delete, path = "/quality/mendings/{act}", tag = "quality", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn undo_mending(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Path(act): Path<String>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Problem::no_route())?;
    app.undo_mending(&key.actor, act).await?;
    done()
}

/// Values that were left as they are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeftAsTheyAre)]
pub(crate) struct LeftOut {
    /// Delete this to take them up again.
    act: String,
    /// How many.
    values: usize,
}

/// Leaves values as they are, for good: they are no longer found wrong.
#[utoipa::path(
    post, path = "/quality/leavings", tag = "quality", request_body = PicksIn,
    responses((status = 201, body = LeftOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn leave_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(picks): Body<PicksIn>,
) -> Answer {
    let left = app.leave_findings(&key.actor, &picks.picked()?).await?;
    created(&LeftOut {
        act: left.at.0.to_string(),
        values: left.values,
    })
}

/// Takes up what the same caller left as it was.
#[utoipa::path(
    delete, path = "/quality/leavings/{act}", tag = "quality", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_up_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Path(act): Path<String>,
) -> Answer {
    let at = act.parse().map_err(|_no_number| Problem::no_route())?;
    app.take_up_findings(&key.actor, Timestamp(at)).await?;
    done()
}
