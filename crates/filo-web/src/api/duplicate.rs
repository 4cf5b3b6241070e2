//! Customers who are probably one person: the queue, the answers, the search.

use axum::extract::State;
use filo_app::{
    App, DuplicateAnswer, DuplicateCursor, DuplicateRow, DuplicateSettings, DuplicateSettingsView,
    DuplicateStatus, Part, SearchReport, SearchState,
};
use filo_core::id::{CustomerId, EventId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::asked::DuplicatesAsked;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, Body};
use crate::problem::{Problem, ProblemOut};
use crate::right::{DecideIdentity, ManageSettings};

/// Rows of a page unless asked otherwise, and at most.
const LIMIT_USUAL: u32 = 50;
const LIMIT_MOST: u32 = 99;

/// What one field adds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DuplicatePart)]
pub(crate) struct PartOut {
    /// `first_name`, `last_name`, `birthday`, `email`, `phone`, `tax_code`, `home`, `mark`;
    /// `household` for what two people of one household share, `prior` for how likely it was
    /// before anything was compared.
    field: String,
    /// log2 of how many times likelier it makes that they are one person; below 0, less likely.
    bits: f64,
}

/// Two customers who are probably one person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Duplicate)]
pub(crate) struct DuplicateOut {
    /// One customer.
    #[schema(value_type = String)]
    a: Text<CustomerId>,
    /// The other.
    #[schema(value_type = String)]
    b: Text<CustomerId>,
    /// The probability that they are one person, 0 to 1.
    probability: f64,
    /// `waiting` or `later`.
    status: &'static str,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    found_at: Text<Timestamp>,
    /// What each field adds.
    parts: Vec<PartOut>,
}

/// An answer about a pair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DuplicateAnswerIn {
    /// `cus_…`.
    a: String,
    /// `cus_…`.
    b: String,
    /// `same`, `different` or `later`.
    answer: String,
}

/// What became of an answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DuplicateAnswered)]
pub(crate) struct AnsweredOut {
    /// The event of the ruling, by which it stands on the thread; none for `later`.
    #[schema(value_type = Option<String>)]
    event: Option<Text<EventId>>,
}

/// Accepting many at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptanceIn {
    /// All waiting pairs of at least this probability, 0 to 1.
    probability: f64,
    /// How many pairs the caller has seen: 409 if there are more or fewer now.
    pairs: i64,
}

/// How many became one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DuplicatesAccepted)]
pub(crate) struct AcceptedOut {
    /// Pairs ruled to be one person.
    accepted: usize,
}

/// How the last search of everybody went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DuplicateSearch)]
pub(crate) struct SearchOut {
    /// `never`, `running`, `done` or `failed`.
    state: &'static str,
    /// When it began.
    #[schema(value_type = Option<String>, format = DateTime)]
    begun_at: Option<Text<Timestamp>>,
    /// People looked at.
    people: u64,
    /// Pairs compared.
    compared: u64,
    /// Pairs put into the queue.
    proposed: u64,
    /// Pairs joined by itself.
    joined: u64,
    /// More people have changed since than are compared one by one: a new search is due.
    is_due: bool,
}

/// When somebody is asked, and whether Filo joins by itself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DuplicateSettingsDocument {
    /// From this probability on somebody is asked: 0.1 to 0.95.
    proposed: f64,
    /// Whether Filo joins by itself.
    automatic: bool,
    /// From this probability on it does: 0.9 to 0.9999.
    linked: f64,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// Pairs that wait for an answer, the likeliest first.
#[utoipa::path(
    get, path = "/duplicates", tag = "identity", params(DuplicatesAsked),
    responses((status = 200, body = Page<DuplicateOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_duplicates(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Asked(asked): Asked<DuplicatesAsked>,
) -> Answer {
    let status = match asked.status.as_deref() {
        None | Some("waiting") => DuplicateStatus::Waiting,
        Some("later") => DuplicateStatus::Later,
        Some(_) => return Err(Problem::invalid("status", "must be waiting or later")),
    };
    let limit = asked.limit.unwrap_or(LIMIT_USUAL);
    if !(1..=LIMIT_MOST).contains(&limit) {
        return Err(Problem::invalid("limit", "must be between 1 and 99"));
    }
    let behind = match asked.before.as_deref() {
        None => None,
        Some(text) => Some(
            read_cursor(text)
                .ok_or_else(|| Problem::invalid("before", "must be `next` of a page"))?,
        ),
    };
    let mut rows = app
        .duplicates(&key.actor, (status, 0), behind, limit + 1)
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| write_cursor(row.cursor()));
    let data = rows.iter().map(out).collect::<Result<Vec<_>, _>>()?;
    ok(&Page { data, next })
}

fn out(row: &DuplicateRow) -> Result<DuplicateOut, Problem> {
    let parts: Vec<Part> = serde_json::from_str(&row.parts)
        .map_err(anyhow::Error::from)
        .map_err(filo_app::Error::from)?;
    let part = |part: Part| PartOut {
        field: part.field,
        bits: part.bits,
    };
    Ok(DuplicateOut {
        a: Text(row.a),
        b: Text(row.b),
        probability: share(row.chance),
        status: match row.status {
            DuplicateStatus::Waiting => "waiting",
            DuplicateStatus::Later => "later",
        },
        found_at: Text(row.found_at),
        parts: parts.into_iter().map(part).collect(),
    })
}

fn write_cursor(cursor: DuplicateCursor) -> String {
    format!("{}.{}.{}", cursor.chance, cursor.a, cursor.b)
}

fn read_cursor(text: &str) -> Option<DuplicateCursor> {
    let mut parts = text.split('.');
    let cursor = DuplicateCursor {
        chance: parts.next()?.parse().ok()?,
        a: parts.next()?.parse().ok()?,
        b: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(cursor)
}

/// Ten-thousandths as a share.
fn share(chance: i64) -> f64 {
    f64::from(i32::try_from(chance).unwrap_or(0)) / 10_000.0
}

/// A share in ten-thousandths, if it is one.
fn ten_thousandths(field: &'static str, share: f64) -> Result<i64, Problem> {
    if !(0.0..=1.0).contains(&share) {
        return Err(Problem::invalid(field, "must be between 0 and 1"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 10000")]
    let chance = (share * 10_000.0).round() as i64;
    Ok(chance)
}

/// Answers a pair: `same` and `different` are rulings, which can be withdrawn.
#[utoipa::path(
    post, path = "/duplicates/answers", tag = "identity", request_body = DuplicateAnswerIn,
    responses((status = 200, body = AnsweredOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn answer_duplicate(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(asked): Body<DuplicateAnswerIn>,
) -> Answer {
    let customer = |field: &'static str, text: &str| {
        text.parse::<CustomerId>()
            .map_err(|_not_one| Problem::invalid(field, "must be the id of a customer (cus_…)"))
    };
    let pair = (customer("a", &asked.a)?, customer("b", &asked.b)?);
    let answer = DuplicateAnswer::from_word(&asked.answer)
        .ok_or_else(|| Problem::invalid("answer", "must be same, different or later"))?;
    let event = app.answer_duplicate(&key.actor, pair, answer).await?;
    ok(&AnsweredOut {
        event: event.map(Text),
    })
}

/// Rules all waiting pairs of at least a probability to be one person.
#[utoipa::path(
    post, path = "/duplicates/acceptance", tag = "identity", request_body = AcceptanceIn,
    responses((status = 200, body = AcceptedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn accept_duplicates(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(asked): Body<AcceptanceIn>,
) -> Answer {
    let chance = ten_thousandths("probability", asked.probability)?;
    let accepted = app
        .accept_duplicates(&key.actor, chance, asked.pairs)
        .await?;
    ok(&AcceptedOut { accepted })
}

/// How the last search of everybody went.
#[utoipa::path(
    get, path = "/duplicates/search", tag = "identity",
    responses((status = 200, body = SearchOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_duplicate_search(
    State(app): State<App>,
    _key: Bearer<DecideIdentity>,
) -> Answer {
    ok(&search_out(app.duplicate_search()))
}

/// Begins a search of everybody; if one runs, it goes on.
#[utoipa::path(
    post, path = "/duplicates/search", tag = "identity",
    responses((status = 200, body = SearchOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_duplicate_search(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
) -> Answer {
    app.start_duplicate_search(&key.actor)?;
    ok(&search_out(app.duplicate_search()))
}

fn search_out(report: SearchReport) -> SearchOut {
    SearchOut {
        state: match report.state {
            SearchState::Never => "never",
            SearchState::Running => "running",
            SearchState::Done => "done",
            SearchState::Failed => "failed",
        },
        begun_at: report.begun_at.map(Text),
        people: report.people,
        compared: report.compared,
        proposed: report.proposed,
        joined: report.joined,
        is_due: report.is_due,
    }
}

fn settings_out(view: DuplicateSettingsView) -> Answer {
    ok(&DuplicateSettingsDocument {
        proposed: share(view.settings.proposed),
        automatic: view.settings.automatic,
        linked: share(view.settings.linked),
        version: view.version,
    })
}

/// When somebody is asked, and whether Filo joins by itself.
#[utoipa::path(
    get, path = "/settings/duplicates", tag = "settings",
    responses((status = 200, body = DuplicateSettingsDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_duplicate_settings(
    State(app): State<App>,
    _key: Bearer<ManageSettings>,
) -> Answer {
    settings_out(app.duplicate_settings().await?)
}

/// Changes it, from the version that was read: 409 if somebody else changed it meanwhile.
#[utoipa::path(
    put, path = "/settings/duplicates", tag = "settings", request_body = DuplicateSettingsDocument,
    responses((status = 200, body = DuplicateSettingsDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_duplicate_settings(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<DuplicateSettingsDocument>,
) -> Answer {
    let settings = DuplicateSettings {
        proposed: ten_thousandths("proposed", asked.proposed)?,
        automatic: asked.automatic,
        linked: ten_thousandths("linked", asked.linked)?,
    };
    let changed = app.change_duplicate_settings(&key.actor, settings, asked.version);
    settings_out(changed.await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_written_and_read_back() {
        let cursor = DuplicateCursor {
            chance: 9_876,
            a: CustomerId(7),
            b: CustomerId(u128::MAX),
        };
        assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
        for wrong in ["", "1", "1.cus_x.cus_y", "1.2.3.4"] {
            assert_eq!(read_cursor(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shares_that_are_none_are_refused() {
        assert_eq!(ten_thousandths("linked", 0.9999).unwrap(), 9_999);
        for wrong in [-0.1, 1.1, f64::NAN] {
            let problem = ten_thousandths("linked", wrong).unwrap_err();
            assert_eq!(problem.field.as_deref(), Some("linked"));
        }
    }
}
