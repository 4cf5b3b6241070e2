//! The audit log: who did what and when.

use axum::extract::State;
use filo_app::{App, AuditFilter};
use filo_core::audit::{Act, Sealed};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::asked::AuditAsked;
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::Asked;
use crate::problem::{Problem, ProblemOut};
use crate::right::SeeAudit;

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditOut {
    /// Its number in the chain.
    #[schema(example = 17)]
    seq: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// Who, by kind: `operator`, `key`, `filo` or `nobody`.
    #[schema(example = "key")]
    party: String,
    /// Who, by id.
    #[schema(example = "key_0123456789abcdefghjkmnpqrs")]
    actor: Option<String>,
    /// What they did, as a word that does not change.
    #[schema(example = "key_made")]
    act: String,
    /// The id of what it was done to.
    subject: Option<String>,
    /// What else is known: `name=value` with spaces between.
    #[schema(example = "kind=api scopes=read")]
    detail: String,
    /// BLAKE3 over the entry and the hash before it.
    hash: String,
}

impl AuditOut {
    fn new(entry: Sealed) -> Self {
        let head = entry.head().to_string();
        let hash = head.split_once('-').map_or("", |(_, hash)| hash);
        Self {
            seq: entry.seq,
            at: Text(entry.at),
            hash: hash.to_owned(),
            party: entry.party,
            actor: entry.actor,
            act: entry.act,
            subject: entry.subject,
            detail: entry.detail,
        }
    }
}

impl AuditAsked {
    fn filter(&self) -> Result<AuditFilter, Problem> {
        if let Some(act) = &self.act
            && Act::from_word(act).is_none()
        {
            let known: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
            return Err(Problem::invalid(
                "act",
                format!("must be one of {}", known.join(", ")),
            ));
        }
        Ok(AuditFilter {
            actor: self.actor.clone(),
            act: self.act.clone(),
            from: instant("from", self.from.as_deref())?,
            until: instant("until", self.until.as_deref())?,
        })
    }
}

fn instant(field: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    Timestamp::parse(text)
        .map(Some)
        .ok_or_else(|| Problem::invalid(field, "must be an instant, as 2026-11-28T10:00:00Z is"))
}

/// Entries of the audit log, newest first.
#[utoipa::path(
    get, path = "/audit", tag = "operation", params(AuditAsked),
    responses((status = 200, body = Page<AuditOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_audit(
    State(app): State<App>,
    key: Bearer<SeeAudit>,
    Asked(asked): Asked<AuditAsked>,
) -> Answer {
    let filter = asked.filter()?;
    let paging = Paging::new(asked.before, asked.limit);
    let limit = paging.limit()?;
    let before = match paging.before()? {
        Some(cursor) => Some(seq_of(cursor).ok_or_else(|| Problem::invalid("before", AN_EARLIER))?),
        None => None,
    };
    let entries = app.audit(&key.actor, &filter, before, limit + 1).await?;
    ok(&Page::of(entries, limit, cursor_of, AuditOut::new))
}

const AN_EARLIER: &str = "must be the `next` of an earlier page, unchanged";

/// The place of an entry in a list.
pub(crate) fn cursor_of(entry: &Sealed) -> Cursor {
    Cursor {
        at: entry.at,
        id: u128::from(entry.seq.unsigned_abs()),
    }
}

/// The number behind which a page begins.
pub(crate) fn seq_of(cursor: Cursor) -> Option<i64> {
    i64::try_from(cursor.id).ok()
}

/// Where the audit log ends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditHead)]
pub(crate) struct HeadOut {
    /// The number of the last entry, a hyphen, and its hash. Note it elsewhere:
    /// `filo audit verify --head` then shows whether anything before it was changed or cut off.
    head: String,
}

/// Where the audit log ends, to be noted elsewhere.
#[utoipa::path(
    get, path = "/audit/head", tag = "operation",
    responses((status = 200, body = HeadOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn audit_head(State(app): State<App>, _key: Bearer<SeeAudit>) -> Answer {
    let head = app.audit_head().await?.to_string();
    ok(&HeadOut { head })
}
