//! What a person looks at before they decide: how many it goes to, what the most different of them
//! would read, who is left out and why, and what is new since the last yes.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::content;
use filo_core::id::{CustomerId, JourneyId, MessageId};
use filo_core::journey::Journey;
use filo_core::message::Medium;
use filo_core::message::approval::Rule;
use filo_core::message::gate::Finding;
use filo_core::time::Timestamp;
use filo_store::message::MessageRow;
use filo_store::message::asked;
use filo_store::{approval, journey};
use serde_json::Value;

use super::{ApprovalRow, Seen, Waiting, waiting};
use crate::actor::Actor;
use crate::app::App;
use crate::content::{PieceVersion, PieceView};
use crate::error::{Error, Result};
use crate::message::{Found, Spelled, Unsaid, about, finding_json};

/// Messages that are looked at for the most different ones.
const LOOKED_AT_MOST: u32 = 400;
/// Those among them that are written out.
const WRITTEN_MOST: usize = 40;
/// Those that are shown.
const SHOWN_MOST: usize = 5;
/// How long back those who were left out are counted, and how many.
const EXCLUDED_DAYS: i64 = 30;
const EXCLUDED_MOST: u32 = 2_000;
/// What the gate finds that never stops a message by itself.
const HARMLESS: [&str; 5] = ["granted", "duty", "unapproved", "paused", "quiet"];
/// Decisions of the step that are shown.
const DECISIONS_MOST: u32 = 20;

/// One of those who would be told something.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The message.
    pub row: MessageRow,
    /// Who they are now.
    pub customer: CustomerId,
    /// How they are called.
    pub name: Option<String>,
    /// What they would read; without, why it cannot be said.
    pub says: std::result::Result<Spoken, Unsaid>,
    /// What else the gate would find now.
    pub findings: Vec<Found>,
}

/// What somebody would read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    /// The subject; empty where the medium has none.
    pub subject: String,
    /// The text as it leaves.
    pub text: String,
}

/// A reason for which people were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// Its word at the gate.
    pub why: String,
    /// Whom.
    pub people: Vec<CustomerId>,
}

/// A step about which somebody is asked.
#[derive(Debug, Clone)]
pub struct ApprovalView {
    /// Which journey's.
    pub id: JourneyId,
    /// What waits; nothing if nobody does.
    pub waiting: Option<Waiting>,
    /// How the journey is called.
    pub name: String,
    /// The version that is published.
    pub journey: Option<Journey>,
    /// When people are asked.
    pub rule: Rule,
    /// By what it goes.
    pub medium: Medium,
    /// What it says.
    pub piece: Option<PieceView>,
    /// What it said when somebody last said yes, if that was something else.
    pub before: Option<PieceVersion>,
    /// The most different of those who would be told.
    pub samples: Vec<Sample>,
    /// Who was left out in the last thirty days, the most frequent reason first.
    pub excluded: Vec<Excluded>,
    /// What people said of it, the newest first.
    pub decisions: Vec<ApprovalRow>,
    /// What whoever answers has before them.
    pub seen: Seen,
    /// Another person has to say yes too where more than so many are told.
    pub second_person_above: Option<u32>,
}

impl App {
    /// A step about which somebody is asked.
    ///
    /// # Errors
    /// If the actor may not look after journeys or see personal data, or there is no such journey.
    pub async fn approval(
        &self,
        actor: &Actor,
        (id, step): (JourneyId, &str),
    ) -> Result<ApprovalView> {
        actor.must(Right::ManageJourneys)?;
        actor.must(Right::SeePersonalData)?;
        let now = self.now();
        let about = about(id, step);
        let (row, group, rows, stopped, decisions) = {
            let mut tx = self.shared().db.read().await?;
            let row = journey::get(&mut tx, id).await?;
            let row = row.ok_or(Error::Missing("journey"))?;
            let groups = asked::groups(&mut tx).await?;
            let group = groups.into_iter().find(|it| it.about == about);
            let behind = (Timestamp::MIN, MessageId(0));
            let rows = asked::page(&mut tx, &about, behind, LOOKED_AT_MOST).await?;
            let since = now.plus_seconds(-EXCLUDED_DAYS * 86_400);
            let stopped = asked::stopped(&mut tx, &about, since, EXCLUDED_MOST).await?;
            let decisions = approval::of_step(&mut tx, (id, step), DECISIONS_MOST).await?;
            (row, group, rows, stopped, decisions)
        };
        let journey = self.version_of(id, row.published).await?;
        let matter = self.matter((id, row.published), step, rows.first()).await?;
        let medium = rows.first().map_or(Medium::Email, |row| row.medium);
        let piece = match matter.piece {
            Some(piece) => self.piece(piece).await.ok(),
            None => None,
        };
        Ok(ApprovalView {
            id,
            waiting: group.map(|it| waiting((id, row.name.clone()), step.to_owned(), &it)),
            rule: journey
                .as_ref()
                .map_or(Rule::Automatic, |it| it.approval_of(step)),
            before: self.before(&decisions, piece.as_ref()).await?,
            samples: self.samples(rows).await?,
            excluded: excluded(stopped),
            second_person_above: self.message_policy().await?.policy.second_person_above,
            name: row.name,
            journey,
            medium,
            piece,
            decisions,
            seen: matter.seen(now),
        })
    }

    /// What a piece said when somebody last said yes to it, if it says something else now.
    async fn before(
        &self,
        decisions: &[ApprovalRow],
        piece: Option<&PieceView>,
    ) -> Result<Option<PieceVersion>> {
        let Some(piece) = piece else {
            return Ok(None);
        };
        let is_yes = |it: &&ApprovalRow| it.counts() && it.piece == piece.row.id;
        let last = decisions.iter().find(is_yes).map(|it| it.piece_version);
        let Some(last) = last.filter(|last| *last != piece.row.version) else {
            return Ok(None);
        };
        let versions = self.piece_versions(piece.row.id).await?;
        Ok(versions.into_iter().find(|it| it.row.version == last))
    }

    /// The most different of messages, as they would leave.
    async fn samples(&self, rows: Vec<MessageRow>) -> Result<Vec<Sample>> {
        let every = rows.len().div_ceil(WRITTEN_MOST).max(1);
        let chosen: Vec<MessageRow> = rows.into_iter().step_by(every).collect();
        let mut samples = Vec::with_capacity(chosen.len());
        for (row, spelled) in self.spell_out(chosen).await? {
            let Spelled {
                customer,
                name,
                says,
                findings,
            } = spelled;
            let says = says.map(|copy| Spoken {
                subject: copy.subject,
                text: copy.body,
            });
            samples.push(Sample {
                customer: customer.unwrap_or(row.customer),
                row,
                name,
                says,
                findings: findings
                    .iter()
                    .filter(|it| !matches!(it, Finding::Unapproved))
                    .map(|it| Found::of(finding_json(it)))
                    .collect(),
            });
        }
        Ok(most_different(samples))
    }
}

/// Those that differ most from each other; one that cannot be said at all differs from all that
/// can.
fn most_different(samples: Vec<Sample>) -> Vec<Sample> {
    let texts: Vec<String> = samples
        .iter()
        .map(|it| match &it.says {
            Ok(says) => format!("{}\n{}", says.subject, says.text),
            Err(why) => why.to_string(),
        })
        .collect();
    let mut samples: Vec<Option<Sample>> = samples.into_iter().map(Some).collect();
    let places = content::most_different(&texts, SHOWN_MOST).into_iter();
    places.filter_map(|at| samples[at].take()).collect()
}

/// Who was left out, by reason.
fn excluded(stopped: Vec<(CustomerId, String)>) -> Vec<Excluded> {
    let mut by_reason: BTreeMap<String, Vec<CustomerId>> = BTreeMap::new();
    for (customer, findings) in stopped {
        let findings: Vec<Value> = serde_json::from_str(&findings).unwrap_or_default();
        let words = findings.iter().filter_map(|it| it["why"].as_str());
        // What would not have stopped it alone is no reason.
        let stops = words.filter(|word| !HARMLESS.contains(word));
        for why in stops {
            by_reason.entry(why.to_owned()).or_default().push(customer);
        }
    }
    let mut excluded: Vec<Excluded> = by_reason
        .into_iter()
        .map(|(why, people)| Excluded { why, people })
        .collect();
    excluded.sort_by_key(|it| std::cmp::Reverse(it.people.len()));
    excluded
}
