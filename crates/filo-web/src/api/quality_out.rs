//! What the API says about the quality of what is known, and what it is told to mend.

use filo_app::{DayRow, FindingView, PersonQuality, Picked, QualityView};
use filo_core::id::CustomerId;
use filo_core::quality::{Reason, Scores};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::Text;
use crate::findings::{PICKED_MOST, chosen, which};
use crate::problem::Problem;

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

fn day_text(day: i64) -> String {
    let text = Timestamp::from_seconds(day * DAY_SECONDS).to_string();
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
            history: view
                .history
                .iter()
                .map(|row| part(day_text(row.day), row))
                .collect(),
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

impl From<PersonQuality> for CustomerQualityOut {
    fn from(quality: PersonQuality) -> Self {
        let history = quality.history.into_iter().map(|(day, score)| ScoreOut {
            day: day_text(day),
            score,
        });
        let findings = quality.findings.into_iter();
        Self {
            figures: quality.scores.into(),
            findings: findings.map(FindingOut::from).collect(),
            history: history.collect(),
        }
    }
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
    pub(super) reason: String,
    /// All of this gain, up to 5,000.
    #[serde(default)]
    pub(super) gain: String,
}

impl PicksIn {
    pub(super) fn picked(&self) -> Result<Picked, Problem> {
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
        let is_both = !these.is_empty() && (!self.reason.is_empty() || !self.gain.is_empty());
        chosen(which, these).filter(|_| !is_both).ok_or_else(wrong)
    }
}

/// Values that were mended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mended)]
pub(crate) struct MendedOut {
    /// Delete this to say the former values again.
    pub(super) act: String,
    /// Of how many customers.
    pub(super) customers: usize,
    /// Customers who say something else by now.
    pub(super) skipped: usize,
}

/// Values that were left as they are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeftAsTheyAre)]
pub(crate) struct LeftOut {
    /// Delete this to take them up again.
    pub(super) act: String,
    /// How many.
    pub(super) values: usize,
}
