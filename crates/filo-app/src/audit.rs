//! The audit log: writing down who did what, and showing that nothing of it was changed.
//!
//! **Invariant:** an act that changes a table is written down in the transaction of the change;
//! an act that is an event, in the checkpoint that applies it. So neither is there without the
//! other, and in the order in which things came to be.

use filo_core::access::Right;
use filo_core::audit::{Act, Chain, Entry, Fault, Head, Party, Sealed, Token};
use filo_core::event::{Event, Trust};
use filo_core::id::{EventId, KeyId, ListId, UserId};
use filo_core::identity::{Decision, Verdict};
use filo_core::semantic::{LIST_JOINED, LIST_LEFT};
use filo_core::time::Timestamp;
use filo_store::{Db, Tx, audit};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::app::App;
use crate::decision::STAFF_SOURCE;
use crate::error::{Error, Result};
use crate::export::CsvText;

pub use filo_store::audit::Filter as AuditFilter;

/// Entries read at a time.
const PAGE: u32 = 1_000;
/// Lines of one file: what a spreadsheet still opens, and a request still carries.
pub const EXPORT_LINES_MOST: usize = 50_000;

/// How the audit log stands.
#[derive(Debug, Clone)]
pub struct AuditReport {
    /// Entries.
    pub entries: u64,
    /// Where it ends.
    pub head: Head,
    /// What is wrong; empty is good.
    pub faults: Vec<Fault>,
}

/// Writes an entry down, in the transaction of the act it tells of and at its end: until the
/// transaction ends, nobody else can write one.
///
/// # Errors
/// If the tables cannot be written; then the act must not happen either.
pub async fn record(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    audit::append(tx, entry).await?;
    Ok(())
}

impl Actor {
    /// An entry that says that they did it.
    #[must_use]
    pub fn did(&self, act: Act, at: Timestamp) -> Entry {
        let (party, actor) = match (self.user, self.key) {
            (Some(user), _) => (Party::User, Some(user.into())),
            (None, Some(key)) => (Party::Key, Some(key.into())),
            (None, None) if self.is_filo() => (Party::Filo, None),
            (None, None) => (Party::Operator, None),
        };
        Entry {
            actor,
            ..Entry::new(at, party, act)
        }
    }
}

/// Who entered an event in Filo, as it stands in the event's context.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Entered {
    /// Their key; none for the command line and for people with an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Their account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    /// The page behind a link on which a customer entered it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// Nobody: Filo by itself, where the owner lets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    itself: Option<bool>,
}

/// The context of an event that somebody enters in Filo.
pub(crate) fn entered_by(actor: &Actor) -> Box<str> {
    let entered = Entered {
        by: actor.key.map(|key| key.to_string()),
        user: actor.user.map(|user| user.to_string()),
        link: None,
        itself: actor.is_filo().then_some(true),
    };
    serde_json::to_string(&entered)
        .unwrap_or_default()
        .into_boxed_str()
}

impl Entered {
    /// Whoever it was, as the entry names them.
    fn party(&self) -> (Party, Option<Token>) {
        let user: Option<UserId> = self.user.as_deref().and_then(|id| id.parse().ok());
        let key: Option<KeyId> = self.by.as_deref().and_then(|id| id.parse().ok());
        match (user, key) {
            (Some(user), _) => (Party::User, Some(user.into())),
            (None, Some(key)) => (Party::Key, Some(key.into())),
            (None, None) if self.itself == Some(true) => (Party::Filo, None),
            (None, None) => (Party::Operator, None),
        }
    }
}

/// What an event entered in Filo is in the audit log; none for what senders send.
pub(crate) fn entry_of(event: &Event) -> Option<Entry> {
    if event.source != STAFF_SOURCE || event.trust != Trust::Staff {
        return None;
    }
    let entered = serde_json::from_str::<Entered>(&event.context).unwrap_or_default();
    if entered.link.is_some() {
        return None;
    }
    let (party, actor) = entered.party();
    let entry = |act| Entry {
        actor: actor.clone(),
        ..Entry::new(event.received_at, party, act)
    };
    if let Some(decision) = Decision::of(event) {
        let act = match decision.verdict {
            Verdict::Apart => Act::RuledApart,
            Verdict::Together => Act::RuledTogether,
            Verdict::Withdrawn => Act::RulingWithdrawn,
        };
        let entry = entry(act).about(decision.a);
        return Some(entry.with("other", decision.b).with("event", event.id));
    }
    let act = match event.name.as_str() {
        "Note Added" => Act::NoteAdded,
        "Note Removed" => Act::NoteRemoved,
        LIST_JOINED => Act::ListJoined,
        LIST_LEFT => Act::ListLeft,
        "Consent Granted" => Act::ConsentGranted,
        "Consent Withdrawn" => Act::ConsentWithdrawn,
        _ => return None,
    };
    let entry = entry(act).about(event.thread).with("event", event.id);
    let named = serde_json::from_str::<Named<'_>>(&event.properties).unwrap_or_default();
    let note = named.note.and_then(|note| note.parse::<EventId>().ok());
    let list = named.list.and_then(|list| list.parse::<ListId>().ok());
    Some(match (note, list) {
        (Some(note), _) => entry.with("note", note),
        (None, Some(list)) => entry.with("list", list),
        (None, None) => entry,
    })
}

/// What an event names that its entry names too.
#[derive(Default, Deserialize)]
struct Named<'a> {
    #[serde(default, borrow)]
    note: Option<&'a str>,
    #[serde(default, borrow)]
    list: Option<&'a str>,
}

/// Walks over the whole chain of a store.
pub(crate) async fn verify(db: &Db, noted: Option<Head>) -> Result<AuditReport> {
    let mut tx = db.read().await?;
    let stored = audit::head(&mut tx).await?;
    let known = noted.into_iter().chain([stored]).collect();
    let (mut chain, mut entries, mut last) = (Chain::new(known), 0, i64::MIN);
    loop {
        let page = audit::after(&mut tx, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.seq;
        entries += page.len() as u64;
        page.iter().for_each(|entry| chain.take(entry));
    }
    let (head, mut faults) = chain.end();
    if head.seq > stored.seq {
        faults.push(Fault::Other { seq: head.seq });
    }
    Ok(AuditReport {
        entries,
        head,
        faults,
    })
}

impl App {
    /// Writes an act down that changes no table.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn write_down(&self, entry: &Entry) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        record(&mut tx, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Entries, the newest first, before a number.
    ///
    /// # Errors
    /// If the actor may not administer, or the tables cannot be read.
    pub async fn audit(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Sealed>> {
        actor.must(Right::SeeAudit)?;
        let limit = u32::try_from(limit).unwrap_or(PAGE).min(PAGE);
        let mut tx = self.shared().db.read().await?;
        Ok(audit::list(&mut tx, filter, before, limit).await?)
    }

    /// Where the chain ends: to be noted elsewhere.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn audit_head(&self) -> Result<Head> {
        let mut tx = self.shared().db.read().await?;
        Ok(audit::head(&mut tx).await?)
    }

    /// Walks over the whole chain. `noted` is a head that somebody noted elsewhere.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn verify_audit(&self, noted: Option<Head>) -> Result<AuditReport> {
        verify(&self.shared().db, noted).await
    }

    /// The log as CSV, the newest first. That it was exported is written down first.
    ///
    /// # Errors
    /// If the actor may not administer, or it has more lines than `most`.
    pub async fn export_audit(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        most: usize,
    ) -> Result<String> {
        actor.must(Right::SeeAudit)?;
        self.write_down(&actor.did(Act::AuditExported, self.now()))
            .await?;
        let mut csv = CsvText::default();
        csv.line([
            "seq", "at", "party", "actor", "act", "subject", "detail", "hash",
        ])?;
        let (mut before, mut lines) = (None, 0);
        loop {
            let page = self.audit(actor, filter, before, PAGE as usize).await?;
            let Some(end) = page.last() else { break };
            before = Some(end.seq);
            lines += page.len();
            if lines > most {
                let hint = format!("more than {most} lines: choose fewer days");
                return Err(Error::invalid("day", hint));
            }
            for entry in &page {
                write_line(&mut csv, entry)?;
            }
        }
        csv.text()
    }

    /// Notes that somebody walks through the list of customers: once an hour for each key.
    ///
    /// # Errors
    /// If it cannot be written down; then the list must not be shown.
    pub async fn note_listing(&self, actor: &Actor) -> Result<()> {
        let now = self.now();
        if !self.watch().is_new_listing(actor.key, now) {
            return Ok(());
        }
        self.write_down(&actor.did(Act::CustomersListed, now)).await
    }

    /// Notes that somebody tried to log in with a key that is none.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub async fn note_failed_login(&self) -> Result<()> {
        let now = self.now();
        let Some(unwritten) = self.watch().failed_login(now) else {
            return Ok(());
        };
        let entry = Entry::new(now, Party::Nobody, Act::LoginFailed);
        let entry = match unwritten {
            0 => entry,
            more => entry.with("and_before", Token::number(more)),
        };
        self.write_down(&entry).await
    }
}

fn write_line(csv: &mut CsvText, entry: &Sealed) -> Result<()> {
    let (seq, at) = (entry.seq.to_string(), entry.at.to_string());
    let head = entry.head().to_string();
    let hash = head.split_once('-').map_or("", |(_, hash)| hash);
    csv.line([
        &seq,
        &at,
        &entry.party,
        entry.actor.as_deref().unwrap_or_default(),
        &entry.act,
        entry.subject.as_deref().unwrap_or_default(),
        &entry.detail,
        hash,
    ])
}
