//! Putting addresses on the list that nothing is sent to, and taking them off again.
//!
//! **Invariant:** an address is hashed with the workspace's key before anything is written: the
//! list and the audit log hold no address.

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::consent::suppression::{CallCheck, Suppression, SuppressionReason};
use filo_core::event::Channel;
use filo_core::id::{ImportId, NodeId, SuppressionId};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::suppression::{self, SuppressionRow};

use super::leaving::channels_of;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::decision::bounded;
use crate::error::{Error, Result};

/// Addresses in one call of [`App::suppress`].
pub const SUPPRESSED_MOST: usize = 1_000;
/// Letters of a note.
const NOTE_CHARS_MOST: usize = 500;
/// What may be typed as an address.
const ADDRESSES: [Kind; 3] = [Kind::Email, Kind::Phone, Kind::Landline];

/// Whom a line is about.
#[derive(Debug, Clone)]
pub enum Whom {
    /// An identifier as it is written.
    Written(Kind, String),
    /// An identifier that is known.
    Node(NodeId),
}

/// A line to make.
#[derive(Debug, Clone)]
pub struct NewSuppression {
    /// Whom it is about.
    pub whom: Whom,
    /// Where; nothing for everywhere.
    pub channel: Option<Channel>,
    /// Why.
    pub reason: SuppressionReason,
    /// What is to be known about it; without the address.
    pub note: String,
}

impl App {
    /// Puts addresses on the suppression list; says how many were not on it.
    ///
    /// # Errors
    /// If the actor may not record consent, or an address cannot be one: then nothing is done.
    pub async fn suppress(&self, actor: &Actor, lines: &[NewSuppression]) -> Result<usize> {
        actor.must(Right::RecordConsent)?;
        if lines.len() > SUPPRESSED_MOST {
            let reason = format!("at most {SUPPRESSED_MOST} at a time");
            return Err(Error::invalid("addresses", reason));
        }
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            bounded("note", &line.note, NOTE_CHARS_MOST)?;
            let node = self.node_of(&line.whom)?;
            rows.push(self.line(node, line, &actor.name));
        }
        let mut tx = self.shared().db.begin().await?;
        let mut added = 0;
        for row in &rows {
            if suppression::insert(&mut tx, row).await? {
                added += 1;
                let entry = actor.did(Act::Suppressed, self.now());
                record(&mut tx, &about(entry, row)).await?;
            }
        }
        tx.commit().await?;
        self.shared().audiences.wake();
        Ok(added)
    }

    /// Puts what an import says on the list; its entry in the audit log stands for all of them.
    pub(crate) async fn list_suppressed(
        &self,
        lines: &[NewSuppression],
        import: ImportId,
    ) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let by = import.to_string();
        let mut tx = self.shared().db.begin().await?;
        for line in lines {
            let node = self.node_of(&line.whom)?;
            suppression::insert(&mut tx, &self.line(node, line, &by)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Takes off the list what an import had put there.
    pub(crate) async fn lift_suppressed(&self, import: ImportId, by: &str) -> Result<()> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        suppression::lift_made_by(&mut tx, &import.to_string(), (by, "import undone"), now).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a line holds already that says the same.
    pub(crate) async fn is_suppressed(&self, node: NodeId, line: &NewSuppression) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        let rows = suppression::of_node(&mut tx, node).await?;
        let same = |row: &SuppressionRow| {
            let known = &row.line;
            known.lifted_at.is_none()
                && (known.channel, known.reason) == (line.channel, line.reason)
        };
        Ok(rows.iter().any(same))
    }

    /// Takes a line off the list, with the reason why.
    ///
    /// # Errors
    /// If the actor may not change settings, says no reason, or there is no such line any more.
    pub async fn lift_suppression(
        &self,
        actor: &Actor,
        id: SuppressionId,
        note: &str,
    ) -> Result<()> {
        actor.must(Right::ManageSettings)?;
        let note = note.trim();
        if note.is_empty() {
            return Err(Error::invalid("note", "say why it is taken off"));
        }
        bounded("note", note, NOTE_CHARS_MOST)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let row = suppression::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("suppression"))?;
        let by = (actor.name.as_str(), note);
        if !suppression::lift(&mut tx, id, by, now).await? {
            return Err(Error::Conflict("it was taken off already".to_owned()));
        }
        let entry = actor.did(Act::SuppressionLifted, now);
        record(&mut tx, &about(entry, &row)).await?;
        Ok(tx.commit().await?)
    }

    /// The lines that hold, the newest first, behind an instant and id. Notes are for who may see
    /// personal data.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn suppressions(
        &self,
        actor: &Actor,
        behind: Option<(Timestamp, SuppressionId)>,
        limit: usize,
    ) -> Result<Vec<SuppressionRow>> {
        actor.must(Right::ListPeople)?;
        let behind = behind.unwrap_or((Timestamp::MAX, SuppressionId(u128::MAX)));
        let limit = u32::try_from(limit).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let rows = suppression::list(&mut tx, behind, limit).await?;
        Ok(covered(actor, rows))
    }

    /// Every line about an address as it is typed, also those taken off.
    ///
    /// # Errors
    /// If the actor may not look people up, or it cannot be an address.
    pub async fn suppressions_of(&self, actor: &Actor, typed: &str) -> Result<Vec<SuppressionRow>> {
        actor.must(Right::FindPeople)?;
        let node = self.node_of_address(typed)?;
        let mut tx = self.shared().db.read().await?;
        let rows = suppression::of_node(&mut tx, node).await?;
        Ok(covered(actor, rows))
    }

    /// Notes that numbers were looked up in the register of those who want no calls.
    ///
    /// # Errors
    /// If the actor may not record consent, or something is no number.
    pub async fn check_number(&self, actor: &Actor, typed: &str, is_listed: bool) -> Result<()> {
        actor.must(Right::RecordConsent)?;
        let identifier = Identifier::new(Kind::Phone, typed, &self.rules());
        let Ok(identifier) = identifier else {
            return Err(Error::invalid("phone", "a telephone number"));
        };
        let node = self.key().node_id(identifier.kind, &identifier.value);
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let before = suppression::check(&mut tx, node).await?;
        let listed_since = before.and_then(|check| check.listed_since).unwrap_or(now);
        let check = CallCheck {
            node,
            checked_at: now,
            listed_since: is_listed.then_some(listed_since),
        };
        suppression::put_check(&mut tx, &check).await?;
        let word = if is_listed { "listed" } else { "not_listed" };
        let entry = actor.did(Act::CallChecked, now).about(node);
        record(&mut tx, &entry.with("answer", Token::word(word))).await?;
        Ok(tx.commit().await?)
    }

    /// The identifier of an address as it is typed: an e-mail address, or else a number.
    pub(super) fn node_of_address(&self, typed: &str) -> Result<NodeId> {
        let found = self.address(typed)?;
        Ok(self.key().node_id(found.kind, &found.value))
    }

    /// An e-mail address or a telephone number, as it is typed.
    pub(crate) fn address(&self, typed: &str) -> Result<Identifier> {
        let kinds = if typed.contains('@') {
            &ADDRESSES[..1]
        } else {
            &ADDRESSES[1..]
        };
        let found = kinds
            .iter()
            .find_map(|kind| Identifier::new(*kind, typed, &self.rules()).ok());
        found.ok_or_else(|| Error::invalid("address", "an e-mail address or a telephone number"))
    }

    fn node_of(&self, whom: &Whom) -> Result<NodeId> {
        match whom {
            Whom::Node(node) => Ok(*node),
            Whom::Written(kind, value) => {
                let found = Identifier::new(*kind, value, &self.rules());
                let found = found.map_err(|refusal| {
                    Error::invalid("address", format!("cannot be one: {}", refusal.word()))
                })?;
                Ok(self.key().node_id(found.kind, &found.value))
            }
        }
    }

    /// A line of the list, made by somebody or something.
    pub(crate) fn suppression_line(
        &self,
        node: NodeId,
        new: &NewSuppression,
        by: &str,
    ) -> SuppressionRow {
        self.line(node, new, by)
    }

    fn line(&self, node: NodeId, new: &NewSuppression, by: &str) -> SuppressionRow {
        SuppressionRow {
            line: Suppression {
                id: SuppressionId(self.spare_id()),
                node,
                channel: new.channel,
                reason: new.reason,
                since: self.now(),
                lifted_at: None,
            },
            made_by: by.to_owned(),
            note: new.note.trim().to_owned(),
            lifted_by: None,
            lifted_note: None,
        }
    }

    /// Puts the address of a link on the list for the ways to it; says whether it was not on it.
    pub(super) async fn unsubscribe_address(&self, node: NodeId) -> Result<bool> {
        let mut tx = self.shared().db.begin().await?;
        let mut is_new = false;
        for channel in channels_of(node) {
            let new = NewSuppression {
                whom: Whom::Node(node),
                channel: Some(*channel),
                reason: SuppressionReason::Unsubscribed,
                note: String::new(),
            };
            let row = self.line(node, &new, "link");
            if suppression::insert(&mut tx, &row).await? {
                is_new = true;
                let entry = Entry::new(self.now(), Party::Filo, Act::Suppressed);
                record(&mut tx, &about(entry, &row)).await?;
            }
        }
        tx.commit().await?;
        Ok(is_new)
    }

    /// Takes back what a link or an answer had put on the list, because the person says yes again
    /// by these ways.
    pub(crate) async fn subscribe_address(&self, node: NodeId, again: &[Channel]) -> Result<()> {
        if again.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for row in suppression::of_node(&mut tx, node).await? {
            let is_own = row.line.reason == SuppressionReason::Unsubscribed
                && again.iter().any(|channel| row.line.holds(*channel, now));
            let by = ("link", "");
            if is_own && suppression::lift(&mut tx, row.line.id, by, now).await? {
                let entry = Entry::new(now, Party::Filo, Act::SuppressionLifted);
                record(&mut tx, &about(entry, &row)).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

/// By which ways nothing is sent to an address because it was unsubscribed.
pub(super) async fn unsubscribed_from(
    tx: &mut Tx<'_>,
    node: NodeId,
    at: Timestamp,
) -> Result<Vec<Channel>> {
    let rows = suppression::of_node(tx, node).await?;
    let is_off = |channel: &Channel| {
        rows.iter().any(|row| {
            row.line.reason == SuppressionReason::Unsubscribed && row.line.holds(*channel, at)
        })
    };
    Ok(Channel::ALL.into_iter().filter(is_off).collect())
}

fn about(entry: Entry, row: &SuppressionRow) -> Entry {
    let entry = entry
        .about(row.line.id)
        .with("reason", Token::word(row.line.reason.word()));
    match row.line.channel {
        Some(channel) => entry.with("channel", Token::word(channel.word())),
        None => entry,
    }
}

fn covered(actor: &Actor, mut rows: Vec<SuppressionRow>) -> Vec<SuppressionRow> {
    if !actor.may(Right::SeePersonalData) {
        for row in &mut rows {
            row.note = String::new();
            row.lifted_note = None;
        }
    }
    rows
}
