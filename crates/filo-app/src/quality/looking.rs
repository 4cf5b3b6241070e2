//! Looking at people: those something happened with, and at the start everybody who changed
//! since they were looked at last.
//!
//! **Invariant:** what is written down of a person follows from one committed checkpoint; the
//! next checkpoint of theirs makes them due again. Beside requests it takes at most a quarter of
//! one processor.

use std::collections::HashMap;
use std::time::Duration;

use ahash::HashSet;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Identifier;
use filo_core::quality::{Assessment, CHECKS_VERSION, Known, Tally, assess};
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow};
use filo_store::quality::{self, FindingRow, KeyRow, PersonRow};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::due::may_be_somebody;
use crate::App;
use crate::engine::{Live, components};

/// People looked at in one transaction.
const PAGE: u32 = 250;
/// The first look waits until a start is over; later ones until more have gathered.
const REST: Duration = Duration::from_secs(3);
/// The figures are as old as that at most while people change, and a day begins in between.
const MEASURE_EVERY: Duration = Duration::from_secs(60);
/// Of how many changes of a person's score one is told: two years of one a month.
const HISTORY_MOST: usize = 24;

/// A person's score on a day, in parts of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Point {
    pub(super) day: i64,
    pub(super) score: u16,
}

/// One person looked at, before it is written down.
struct Look {
    row: CustomerRow,
    assessment: Assessment,
    keys: Vec<KeyRow>,
    findings: Vec<FindingRow>,
}

impl App {
    /// Looks at whoever is due, again and again. It is run beside the engine by the node that
    /// leads.
    pub(crate) async fn keep_looking(&self) {
        let mut measured: Option<Instant> = None;
        let mut stale = true;
        loop {
            tokio::time::sleep(REST).await;
            match self.look_at_due(true).await {
                Ok(looked) => stale |= looked > 0,
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::error!(error, "the quality of what is known was not looked at");
                }
            }
            let is_time = measured.is_none_or(|at| at.elapsed() >= MEASURE_EVERY);
            if stale && is_time {
                stale = self.measured_or_said().await;
                measured = Some(Instant::now());
            }
            // With nobody due: until somebody is, or the figures are to be written.
            tokio::select! {
                () = self.shared().due.wait() => {}
                () = tokio::time::sleep(MEASURE_EVERY * 10) => stale = true,
                () = tokio::time::sleep(MEASURE_EVERY), if stale => {}
            }
        }
    }

    /// Whether the figures must be tried again.
    async fn measured_or_said(&self) -> bool {
        let measured = match self.measure_quality().await {
            Ok(()) => self.count_findings().await.map(drop),
            Err(error) => Err(error),
        };
        let Err(error) = measured else {
            return false;
        };
        tracing::error!(%error, "the figures of the quality were not written");
        true
    }

    /// Looks now at whoever is due and at everybody else who changed, and writes the figures of
    /// the day. What waits for a checkpoint is not in the tables yet: settle first.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn refresh_quality(&self) -> crate::Result<u64> {
        let due = self.look_at_due(false).await?;
        // Whom somebody else has begun to look at is not due any more, and not written yet.
        let looked = due + self.look_at_everybody(false).await?;
        self.measure_quality().await?;
        Ok(looked)
    }

    async fn look_at_due(&self, gently: bool) -> anyhow::Result<u64> {
        let due = &self.shared().due;
        let mut looked = 0;
        if due.take_everybody() {
            match self.look_at_everybody(gently).await {
                Ok(found) => looked += found,
                Err(error) => {
                    due.put_back();
                    return Err(error);
                }
            }
        }
        loop {
            let ids = due.take(PAGE as usize);
            if ids.is_empty() {
                return Ok(looked);
            }
            looked += ids.len() as u64;
            let begun = Instant::now();
            if let Err(error) = self.look_at(&ids).await {
                due.put_back();
                return Err(error);
            }
            self.rest_after(begun, gently).await;
        }
    }

    async fn look_at_everybody(&self, gently: bool) -> anyhow::Result<u64> {
        let mut behind = CustomerId(0);
        let mut looked = 0;
        loop {
            let begun = Instant::now();
            let page = {
                let mut tx = self.shared().db.read().await?;
                quality::candidates(&mut tx, behind, PAGE, i64::from(CHECKS_VERSION)).await?
            };
            let Some(last) = page.last() else {
                let mut tx = self.shared().db.begin().await?;
                quality::forget_gone(&mut tx).await?;
                tx.commit().await?;
                return Ok(looked);
            };
            behind = last.id;
            let ids: Vec<CustomerId> = page
                .iter()
                .filter(|it| it.is_changed && may_be_somebody(it.id, it.node_count, it.is_named))
                .map(|it| it.id)
                .collect();
            if !ids.is_empty() {
                looked += ids.len() as u64;
                self.look_at(&ids).await?;
            }
            self.rest_after(begun, gently).await;
        }
    }

    async fn rest_after(&self, begun: Instant, gently: bool) {
        if gently {
            tokio::time::sleep(begun.elapsed() * 3).await;
        } else {
            tokio::task::yield_now().await;
        }
    }

    /// Looks at these people and writes down what was seen.
    pub(super) async fn look_at(&self, ids: &[CustomerId]) -> anyhow::Result<()> {
        let shared = self.shared();
        let _alone = shared.due.looking.lock().await;
        let now = self.now();
        let (looks, before) = {
            let mut tx = shared.db.read().await?;
            let rows = customer::get_many(&mut tx, ids).await?;
            let nodes: Vec<NodeId> = rows.iter().map(|row| NodeId::from(row.id)).collect();
            let mut aside = Live::default();
            aside.take_in(components(&mut tx, &nodes).await?);
            let members: Vec<Vec<NodeId>> = nodes.iter().map(|node| aside.members(*node)).collect();
            let known = members.iter().flatten().map(|node| CustomerId::from(*node));
            let known: Vec<CustomerId> = known.collect();
            let ignored: HashSet<(CustomerId, [String; 3])> = quality::ignored_of(&mut tx, &known)
                .await?
                .into_iter()
                .collect();
            let before = quality::looked_at(&mut tx, ids).await?;
            drop(tx);
            let looks = rows.into_iter().zip(&members);
            let looks = looks.filter_map(|(row, members)| {
                let is_left = |words: &[String; 3]| {
                    members
                        .iter()
                        .any(|node| ignored.contains(&(CustomerId::from(*node), words.clone())))
                };
                self.look_at_one(row, &aside, members, is_left)
            });
            (looks.collect::<Vec<Look>>(), before)
        };
        let before: HashMap<CustomerId, Vec<u8>> = before
            .into_iter()
            .map(|row| (row.customer, row.history))
            .collect();
        let keys: Vec<KeyRow> = looks.iter().flat_map(|look| look.keys.clone()).collect();
        let findings: Vec<FindingRow> = looks
            .iter()
            .flat_map(|look| look.findings.clone())
            .collect();
        let mut tx = shared.db.begin().await?;
        quality::forget_worked_out(&mut tx, ids).await?;
        quality::put(&mut tx, &findings, &keys).await?;
        let nodes: Vec<NodeId> = keys.iter().map(|key| key.node).collect();
        let twice: HashSet<NodeId> = quality::shared(&mut tx, &nodes)
            .await?
            .into_iter()
            .collect();
        let people: Vec<PersonRow> = looks
            .iter()
            .map(|look| look.person(&twice, before.get(&look.row.id), now))
            .collect();
        quality::put_people(&mut tx, &people).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Looks at one person; none if it is a device of which nothing else is known.
    fn look_at_one(
        &self,
        row: CustomerRow,
        live: &Live,
        members: &[NodeId],
        is_left: impl Fn(&[String; 3]) -> bool,
    ) -> Option<Look> {
        let profile = live.profile(members);
        let nodes = members.iter().filter_map(|node| live.nodes.get(node));
        let mut identifiers: Vec<Identifier> = nodes.map(|node| node.identifier.clone()).collect();
        identifiers.sort_unstable();
        let known = Known {
            profile: &profile,
            identifiers: &identifiers,
        };
        let assessment = assess(known, &self.rules(), self.now());
        if assessment.is_nobody(&identifiers) {
            return None;
        }
        let mut keys: Vec<KeyRow> = assessment
            .keys
            .iter()
            .map(|(identifier, field, source)| KeyRow {
                node: self.key().node_id(identifier.kind, &identifier.value),
                customer: row.id,
                field: field.word(),
                source: *source,
            })
            .collect();
        keys.sort_unstable_by_key(|key| key.node);
        keys.dedup_by_key(|key| key.node);
        let findings = finding_rows(row.id, &assessment, is_left);
        Some(Look {
            row,
            assessment,
            keys,
            findings,
        })
    }
}

/// What was found as rows, without what is to be left as it is.
pub(super) fn finding_rows(
    customer: CustomerId,
    assessment: &Assessment,
    is_left: impl Fn(&[String; 3]) -> bool,
) -> Vec<FindingRow> {
    let rows = assessment.findings.iter().map(|finding| FindingRow {
        customer,
        reason: finding.reason.word().to_owned(),
        field: finding.field.word().to_owned(),
        raw: finding.raw.clone(),
        proposal: finding.proposal.clone(),
        gain: assessment.gain(finding).map(|gain| gain.word().to_owned()),
    });
    rows.filter(|row| !is_left(&[row.reason.clone(), row.field.clone(), row.raw.clone()]))
        .collect()
}

impl Look {
    fn person(
        &self,
        twice: &HashSet<NodeId>,
        history: Option<&Vec<u8>>,
        now: Timestamp,
    ) -> PersonRow {
        let own = self
            .keys
            .iter()
            .filter(|key| !twice.contains(&key.node))
            .count();
        let compared = (self.keys.len() as u64, own as u64);
        let scores = Tally::of_person(&self.assessment.marks, now, compared).scores();
        let mut points = history.map(|bytes| points(bytes)).unwrap_or_default();
        if let Some(score) = scores.whole() {
            let day = day_of(now);
            points.retain(|point| point.day != day);
            if points.last().is_none_or(|last| last.score != score) {
                points.push(Point { day, score });
            }
            let surplus = points.len().saturating_sub(HISTORY_MOST);
            points.drain(..surplus);
        }
        PersonRow {
            customer: self.row.id,
            events: self.row.events,
            node_count: self.row.node_count,
            checks: i64::from(CHECKS_VERSION),
            marks: filo_core::quality::marks_to_bytes(&self.assessment.marks),
            history: postcard::to_stdvec(&points).unwrap_or_default(),
        }
    }
}

/// The points of stored bytes.
pub(super) fn points(bytes: &[u8]) -> Vec<Point> {
    postcard::from_bytes(bytes).unwrap_or_default()
}

/// Days since 1970, in UTC.
pub(super) fn day_of(now: Timestamp) -> i64 {
    const DAY_MICROS: i64 = 86_400 * 1_000_000;
    now.0.div_euclid(DAY_MICROS)
}
