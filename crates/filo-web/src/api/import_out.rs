//! Imports as the API shows them.

use std::collections::BTreeMap;

use filo_app::CustomerRow;
use filo_app::import::{Inspection, OrderReport, Plan};
use filo_app::import_run::{
    Counts, Example, ImportRun, ImportView, RejectedRow, RowOutcome, UndoPreview,
};
use filo_core::id::{CustomerId, ImportId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::Text;

/// How many rows became what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportCounts)]
pub(crate) struct CountsOut {
    /// Rows that were read.
    rows: u64,
    /// By outcome: `created`, `updated`, `unchanged`, `suppressed`, `duplicate`, `rejected`.
    outcomes: BTreeMap<&'static str, u64>,
    /// Why rows were rejected, and how many.
    reasons: BTreeMap<String, u64>,
    /// People whom it touches.
    people: u64,
    /// Of those, people who were not there.
    new_people: u64,
    /// Events that are new.
    events: u64,
    /// Addresses that nothing is sent to from then on.
    listed: u64,
    /// What a person should know, and how often: `mistyped_address`, `disposable_address`,
    /// `office_address`, `repeated_person`, `unproven_consent`.
    warnings: BTreeMap<String, u64>,
    /// Of a file of orders that was read to its end: how many, and what they come to.
    #[schema(value_type = Option<Object>)]
    orders: Option<OrderReport>,
}

/// A file to import, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportOut {
    /// Its id.
    #[schema(value_type = String, example = "imp_0123456789abcdefghjkmnpqrs")]
    id: Text<ImportId>,
    /// The file's name.
    file_name: String,
    /// Its bytes.
    file_bytes: i64,
    /// What it is about: `people`, `orders`, `events`, `consents`, `companies` or `suppressions`.
    subject: String,
    /// `draft`, `trying`, `tried`, `running`, `done`, `cancelled`, `failed`, `undoing` or `undone`.
    state: &'static str,
    /// Who brought it.
    actor: String,
    /// When it was brought.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it began to be brought in.
    #[schema(value_type = Option<String>, format = DateTime)]
    begun_at: Option<Text<Timestamp>>,
    /// When that ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// When it was taken out again.
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Text<Timestamp>>,
    /// Why it could not go on.
    failure: Option<String>,
}

/// Everything about a file to import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDetail)]
pub(crate) struct DetailOut {
    /// The import.
    #[serde(flatten)]
    import: ImportOut,
    /// What was recognised, with samples; null without the right to see personal data, and once
    /// the file is gone.
    #[schema(value_type = Option<Object>)]
    inspection: Option<Inspection>,
    /// What the columns mean; change it with `PUT …/plan`.
    #[schema(value_type = Object)]
    plan: Plan,
    /// What the dry run counted.
    trial: Option<CountsOut>,
    /// What was counted while it was brought in.
    counts: Option<CountsOut>,
    /// Examples, before and after; empty as `inspection` is null.
    #[schema(value_type = Vec<Object>)]
    examples: Vec<Example>,
    /// The first rejected rows; empty as `inspection` is null.
    #[schema(value_type = Vec<Object>)]
    rejected: Vec<RejectedRow>,
    /// Rows done while something is being done.
    done: Option<u64>,
    /// Rows there are, as far as is known.
    total: Option<u64>,
    /// When the very same file was brought in before: doing it again changes nothing.
    #[schema(value_type = Option<String>, format = DateTime)]
    imported_before_at: Option<Text<Timestamp>>,
    /// When the file is deleted; null once it is.
    #[schema(value_type = Option<String>, format = DateTime)]
    file_goes_at: Option<Text<Timestamp>>,
}

/// What taking an import out again would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportUndoPreview)]
pub(crate) struct UndoOut {
    /// Events that go.
    events: u64,
    /// People whom it had touched.
    people: u64,
    /// Of those, people who were not there before.
    new_people: u64,
    /// New people who stay, because more is known of them by now; null if there are too many to look.
    staying: Option<u64>,
}

/// A customer whom an import touched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportedPerson)]
pub(crate) struct PersonOut {
    /// The customer.
    #[schema(value_type = String)]
    id: Text<CustomerId>,
    /// The name.
    name: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The telephone number.
    phone: Option<String>,
}

/// Where a list of touched people begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeopleAsked {
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
}

/// How a file is sent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadAsked {
    /// The file's name; a form's file has its own.
    pub(super) name: Option<String>,
    /// An import whose settings it takes.
    #[param(value_type = Option<String>)]
    pub(super) like: Option<String>,
    /// What it is about, where it should not be guessed: `people`, `orders`, `events`, `consents`,
    /// `companies` or `suppressions`.
    pub(super) subject: Option<String>,
}

/// What a file is about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportSubject)]
pub(crate) struct SubjectIn {
    /// `people`, `orders`, `events`, `consents`, `companies` or `suppressions`.
    pub(super) subject: String,
}

impl ImportOut {
    pub(super) fn new(row: ImportRun) -> Self {
        Self {
            id: Text(row.id),
            file_name: row.file_name,
            file_bytes: row.file_bytes,
            subject: row.subject,
            state: row.state.word(),
            actor: row.actor,
            created_at: Text(row.created_at),
            begun_at: row.begun_at.map(Text),
            ended_at: row.ended_at.map(Text),
            undone_at: row.undone_at.map(Text),
            failure: row.failure,
        }
    }
}

impl CountsOut {
    pub(super) fn new(counts: Counts) -> Self {
        let outcomes = RowOutcome::ALL.map(|it| (it.word(), counts.of(it)));
        Self {
            rows: counts.rows,
            outcomes: outcomes.into_iter().collect(),
            reasons: counts.reasons,
            people: counts.people,
            new_people: counts.new_people,
            events: counts.events,
            listed: counts.listed,
            warnings: counts.warnings,
            orders: counts.orders,
        }
    }
}

impl DetailOut {
    pub(super) fn new(view: ImportView) -> Self {
        Self {
            import: ImportOut::new(view.row),
            inspection: view.seen,
            plan: view.plan,
            trial: view.trial.map(CountsOut::new),
            counts: view.counts.map(CountsOut::new),
            examples: view.report.examples,
            rejected: view.report.rejected,
            done: view.progress.as_ref().map(|it| it.done),
            total: view.progress.map(|it| it.total),
            imported_before_at: view.before.map(Text),
            file_goes_at: view.goes_at.map(Text),
        }
    }
}

impl UndoOut {
    pub(super) fn new(preview: &UndoPreview) -> Self {
        Self {
            events: preview.counts.events,
            people: preview.counts.people,
            new_people: preview.counts.new_people,
            staying: (!preview.is_partial).then_some(preview.staying),
        }
    }
}

impl PersonOut {
    pub(super) fn new(row: CustomerRow) -> Self {
        Self {
            id: Text(row.id),
            name: row.name,
            email: row.email,
            phone: row.phone,
        }
    }
}
