//! How far a message came: what stands with it, on the thread, and of its address.
//!
//! **Invariant:** an event about what came back has an id that follows from what the carrier told,
//! so telling it twice writes it once.

use compact_str::CompactString;
use filo_connect::channel::{Told, Why};
use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::channel::Stage;
use filo_core::consent::suppression::SuppressionReason;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{MessageId, NodeId};
use filo_core::identity::Identifier;
use filo_core::message::Medium;
use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::message::claim::{self, Turn};
use filo_store::message::{self, MessageRow, receipt};
use filo_store::suppression::{self, SuppressionRow};
use serde_json::{Value, json};
use smallvec::SmallVec;

use crate::app::App;
use crate::audit::record;
use crate::consent::{NewSuppression, Whom};
use crate::decision::STAFF_SOURCE;
use crate::error::Result;

/// By whom a line of the suppression list was made.
const BY: &str = "carrier";

/// What stands on the thread.
pub(super) struct Line {
    pub(super) name: &'static str,
    /// The same for the same thing.
    pub(super) key: String,
    pub(super) at: Timestamp,
    pub(super) trust: Trust,
    pub(super) identifiers: SmallVec<[Identifier; 2]>,
    pub(super) properties: Value,
}

impl App {
    /// Takes down how far a message came.
    pub(super) async fn take_told(&self, medium: Medium, told: &Told) -> Result<()> {
        let Some(row) = self.message_told_of(medium, told).await? else {
            // It was a test, or its person was forgotten.
            return Ok(());
        };
        let now = self.now();
        let at = told.at.map_or(now, |at| at.min(now));
        // First what happened, then where it stands: the event is the same however often it is
        // written.
        self.write_told(&row, told, at).await?;
        let mut tx = self.shared().db.begin().await?;
        let before = receipt::get(&mut tx, row.id).await?.unwrap_or_default();
        let mut after = before.clone().heard(told.stage, at, &told.code);
        if after.carrier_id.is_empty() {
            after.carrier_id.clone_from(&told.carrier_id);
        }
        if after != before {
            receipt::put(&mut tx, row.id, &after).await?;
            for (from, to) in turns(before.stage(), after.stage()) {
                let answer = Some(after.code.as_str()).filter(|_| *to == State::Failed);
                let turn = Turn {
                    id: row.id,
                    from: *from,
                    to: *to,
                    due_at: None,
                    ended_at: Some(at),
                    answer: answer.filter(|code| !code.is_empty()),
                };
                if claim::turn(&mut tx, &turn).await? {
                    break;
                }
            }
            tx.commit().await?;
        }
        if let (Some(node), Some(why)) = (row.address, told.why) {
            self.follow_refusal(medium, node, why, &row.id.to_string())
                .await?;
        }
        Ok(())
    }

    async fn message_told_of(&self, medium: Medium, told: &Told) -> Result<Option<MessageRow>> {
        let mut tx = self.shared().db.read().await?;
        let id = match told.message {
            Some(id) => Some(id),
            None => receipt::by_carrier_id(&mut tx, &told.carrier_id).await?,
        };
        let row = match id {
            Some(id) => message::get(&mut tx, id).await?,
            None => None,
        };
        Ok(row.filter(|row| row.medium == medium))
    }

    /// What a refusal says of an address, now or later.
    pub(crate) async fn follow_refusal(
        &self,
        medium: Medium,
        node: NodeId,
        why: Why,
        note: &str,
    ) -> Result<()> {
        let reason = match why {
            Why::Address => SuppressionReason::HardBounce,
            Why::SaidNo => SuppressionReason::Unsubscribed,
            Why::Message | Why::Account | Why::TooFast { .. } | Why::Transient => return Ok(()),
        };
        self.close_address(node, medium.channel(), (reason, note))
            .await?;
        if medium == Medium::Push {
            self.browser_is_gone(node).await?;
        }
        Ok(())
    }

    /// Puts an address on the suppression list of a channel, once.
    pub(super) async fn close_address(
        &self,
        node: NodeId,
        channel: Channel,
        (reason, note): (SuppressionReason, &str),
    ) -> Result<()> {
        let new = NewSuppression {
            whom: Whom::Node(node),
            channel: Some(channel),
            reason,
            note: note.to_owned(),
        };
        let line = self.suppression_line(node, &new, BY);
        let mut tx = self.shared().db.begin().await?;
        if suppression::insert(&mut tx, &line).await? {
            let entry = Entry::new(self.now(), Party::Filo, Act::Suppressed).about(line.line.id);
            let entry = entry
                .with("reason", Token::word(reason.word()))
                .with("channel", Token::word(channel.word()));
            record(&mut tx, &entry).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Takes an address off the list that a carrier had put there as dead: who writes is alive.
    pub(super) async fn open_address(
        &self,
        node: NodeId,
        channel: Channel,
        why: &str,
    ) -> Result<()> {
        let now = self.now();
        let rows = {
            let mut tx = self.shared().db.read().await?;
            suppression::of_node(&mut tx, node).await?
        };
        let is_dead = |row: &&SuppressionRow| {
            row.made_by == BY
                && row.line.reason == SuppressionReason::HardBounce
                && row.line.channel == Some(channel)
                && row.line.holds(channel, now)
        };
        let Some(row) = rows.iter().find(is_dead) else {
            return Ok(());
        };
        let mut tx = self.shared().db.begin().await?;
        if suppression::lift(&mut tx, row.line.id, (BY, why), now).await? {
            let entry = Entry::new(now, Party::Filo, Act::SuppressionLifted).about(row.line.id);
            let entry = entry
                .with("reason", Token::word(row.line.reason.word()))
                .with("channel", Token::word(channel.word()));
            record(&mut tx, &entry).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn write_told(&self, row: &MessageRow, told: &Told, at: Timestamp) -> Result<()> {
        let name = match told.stage {
            Stage::Sent => return Ok(()),
            Stage::Delivered => "Message Delivered",
            Stage::Read => "Message Read",
            Stage::Failed => "Message Failed",
        };
        self.write_about(row, (name, told.stage.word()), at, &told.code)
            .await
    }

    /// Puts on the thread what became of a message; the same thing once.
    pub(super) async fn write_about(
        &self,
        row: &MessageRow,
        (name, key): (&'static str, &str),
        at: Timestamp,
        code: &str,
    ) -> Result<()> {
        let customer = self.customer(row.customer).await?;
        let known = customer.iter().flat_map(|it| &it.identifiers);
        let address = known.into_iter().find(|it| Some(it.node) == row.address);
        let Some(address) = address else {
            return Ok(());
        };
        let mut properties = json!({
            "message": row.id.to_string(), "medium": row.medium.word(),
            "purpose": row.purpose, "class": row.class.word(),
        });
        if !code.is_empty() {
            properties["code"] = code.into();
        }
        let line = Line {
            name,
            key: format!("{key}-{}", row.id),
            at,
            trust: Trust::Verified,
            identifiers: SmallVec::from_iter([Identifier {
                kind: address.kind,
                value: address.value.clone(),
            }]),
            properties,
        };
        let event = self.line_of_thread(row.medium, line);
        self.decide_all(vec![event]).await
    }

    /// A line as an event.
    pub(super) fn line_of_thread(&self, medium: Medium, line: Line) -> Event {
        let message_id = CompactString::from(line.key);
        let first = line.identifiers.first();
        let thread = first.map_or(NodeId(0), |it| self.key().node_id(it.kind, &it.value));
        Event {
            id: self.key().event_id(STAFF_SOURCE, &message_id),
            thread,
            at: line.at,
            received_at: self.now(),
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: line.trust,
            channel: medium.channel(),
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::const_new(line.name),
            identifiers: line.identifiers,
            properties: line.properties.to_string().into_boxed_str(),
            context: "{}".into(),
        }
    }

    /// Notes under which id a carrier took a message; says whether it has given it up already.
    pub(crate) async fn note_carrier_id(
        tx: &mut filo_store::Tx<'_>,
        message: MessageId,
        carrier_id: &str,
    ) -> Result<bool> {
        let mut known = receipt::get(tx, message).await?.unwrap_or_default();
        carrier_id.clone_into(&mut known.carrier_id);
        receipt::put(tx, message, &known).await?;
        Ok(known.stage() == Stage::Failed)
    }
}

/// How a message turns when it came further: the first that fits where it stands.
fn turns(before: Stage, after: Stage) -> &'static [(State, State)] {
    match (before, after) {
        // What arrived was not given up, whatever was said before.
        (Stage::Failed, Stage::Delivered | Stage::Read) => {
            &[(State::Unknown, State::Sent), (State::Failed, State::Sent)]
        }
        // What nobody knew of has left.
        (_, Stage::Sent | Stage::Delivered | Stage::Read) => &[(State::Unknown, State::Sent)],
        (_, Stage::Failed) => &[
            (State::Sent, State::Failed),
            (State::Unknown, State::Failed),
        ],
    }
}
