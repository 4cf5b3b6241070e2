//! Measuring buyers: once a day at night, at once when there are enough for the first time, and
//! whenever somebody asks.
//!
//! **Invariant:** what is measured by counts for everybody from one instant on: with it in its
//! transaction stands that everybody is to be looked at for the segments that ask for it.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::buyer::{BUYERS_LEAST, Everybody, Measure, Purchases, Yardstick};
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::segment::Condition;
use filo_core::time::Timestamp;
use filo_store::buyer_day::{self, BuyerDayRow};
use filo_store::segment::{self, SegmentRow};
use filo_store::{Tx, customer, lease};
use tokio::sync::{Mutex, Notify};

use super::{DAYS_KEPT, measure_of, who_bought};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::daily::{around, tend_when_due};
use crate::engine::{Live, components};
use crate::error::Result;
use crate::segment::{asking_for_buyers, definition_of};

/// The hour of the wall: after backups and before anybody works.
const HOUR: u8 = 4;
/// People read in one transaction.
const PAGE: u32 = 500;
/// Buyers that are looked at; their orders stay in memory meanwhile, 24 bytes each.
const BUYERS_MOST: usize = 2_000_000;
const DAY_SECONDS: i64 = 86_400;

/// What the workspace keeps about measuring while it runs.
#[derive(Debug, Default)]
pub(crate) struct Measuring {
    changed: Notify,
    /// One at a time.
    turn: Mutex<()>,
}

impl Measuring {
    /// Looks now whether it is due.
    pub(crate) fn look(&self) {
        self.changed.notify_waiters();
    }
}

impl App {
    /// Measures buyers every day, for as long as this Filo runs.
    pub fn keep_measuring_buyers(&self) {
        let app = self.clone();
        self.spawn(async move {
            let changed = &app.measuring().changed;
            tend_when_due(&app, changed, |app| Box::pin(app.tend_buyers())).await;
        });
    }

    /// Measures buyers if that is due. Returns when to look again.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn tend_buyers(&self) -> Result<Option<Timestamp>> {
        let Some((due, next)) = around(HOUR, &self.zone(), self.now()) else {
            return Ok(None);
        };
        if self.is_leader() && self.is_measuring_due(due).await? {
            let _turn = self.measuring().turn.lock().await;
            self.measure(None).await?;
        }
        Ok(Some(next))
    }

    async fn is_measuring_due(&self, due: Timestamp) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        let latest = buyer_day::latest(&mut tx).await?;
        if let Some(measure) = latest.as_ref().map(measure_of).transpose()?
            && measure.yardstick.cuts.is_some()
            && measure.currency == self.currency()
        {
            return Ok(measure.at < due);
        }
        let least = u32::try_from(BUYERS_LEAST).unwrap_or(u32::MAX);
        let count = customer::count_upto(&mut tx, &who_bought(), least).await?;
        Ok(count >= i64::from(least))
    }

    pub(super) fn next_measuring(&self) -> Option<Timestamp> {
        around(HOUR, &self.zone(), self.now()).map(|(_, next)| next)
    }

    /// Measures buyers now.
    ///
    /// # Errors
    /// If the actor may not say who is in segments, or the tables cannot be read or written.
    pub async fn measure_buyers(&self, actor: &Actor) -> Result<Measure> {
        actor.must(Right::ManageSegments)?;
        let _turn = self.measuring().turn.lock().await;
        if self.is_leader() {
            // What was accepted before is in the tables then.
            self.settle().await?;
        }
        self.measure(Some(actor)).await
    }

    async fn measure(&self, actor: Option<&Actor>) -> Result<Measure> {
        let everybody = self.everybody_who_bought().await?;
        let (now, currency) = (self.now(), self.currency());
        let customers = self.customer_count().await?;
        let measuring =
            tokio::task::spawn_blocking(move || everybody.measure(now, currency, customers));
        let measure = measuring.await.map_err(anyhow::Error::from)?;
        let mut tx = self.shared().db.begin().await?;
        let before = buyer_day::latest(&mut tx).await?;
        let before = before.as_ref().map(measure_of).transpose()?;
        let before = before.map(|it| it.yardstick).unwrap_or_default();
        let row = BuyerDayRow {
            day: self.day_of(now),
            measured_at: now,
            measure: serde_json::to_string(&measure).map_err(anyhow::Error::from)?,
        };
        buyer_day::put(&mut tx, &row).await?;
        let kept_s = i64::from(DAYS_KEPT) * DAY_SECONDS;
        buyer_day::prune(&mut tx, now.plus_seconds(-kept_s)).await?;
        let again = moved(&mut tx, &before, &measure.yardstick).await?;
        let ids: Vec<SegmentId> = again.keys().copied().collect();
        segment::unfill_these(&mut tx, &ids).await?;
        if let Some(actor) = actor {
            let entry = actor.did(Act::SettingChanged, now);
            record(&mut tx, &entry.with("name", Token::word("buyers"))).await?;
        }
        // Whoever applies may be another node.
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        if before != measure.yardstick {
            self.reopen_book_again(again).await?;
        }
        Ok(measure)
    }

    /// The day on the company's wall, counted since 1970.
    fn day_of(&self, now: Timestamp) -> i64 {
        let instant = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
        let offset = self.zone().to_offset(instant);
        now.plus_seconds(i64::from(offset.seconds()))
            .0
            .div_euclid(DAY_SECONDS * 1_000_000)
    }

    /// The orders of everybody who has bought, page by page, as the tables have them.
    async fn everybody_who_bought(&self) -> Result<Everybody> {
        let (filter, currency) = (who_bought(), self.currency());
        let mut everybody = Everybody::default();
        let mut looked_at = 0;
        let mut behind = CustomerId(0);
        while looked_at < BUYERS_MOST {
            let mut tx = self.shared().db.read().await?;
            let rows = customer::by_id(&mut tx, &filter, behind, PAGE).await?;
            let Some(last) = rows.last() else { break };
            behind = last.id;
            looked_at += rows.len();
            let nodes: Vec<NodeId> = rows.iter().map(|row| NodeId::from(row.id)).collect();
            let mut live = Live::default();
            live.take_in(components(&mut tx, &nodes).await?);
            drop(tx);
            for node in nodes {
                let profile = live.profile(&live.members(node)).into_owned();
                everybody.add(&Purchases::of(&profile, currency));
            }
            tokio::task::yield_now().await;
        }
        Ok(everybody)
    }
}

/// The segments in which somebody may be or not be by what has changed, with their versions.
async fn moved(
    tx: &mut Tx<'_>,
    before: &Yardstick,
    now: &Yardstick,
) -> Result<BTreeMap<SegmentId, i64>> {
    let (cuts, limits) = (before.cuts != now.cuts, before.limits != now.limits);
    if !cuts && !limits {
        return Ok(BTreeMap::new());
    }
    let rows = segment::list(tx).await?;
    let standing: Vec<&SegmentRow> = rows.iter().filter(|it| it.archived_at.is_none()).collect();
    let mut conditions: BTreeMap<SegmentId, Condition> = BTreeMap::new();
    for row in &standing {
        conditions.insert(row.id, definition_of(row)?.into_condition());
    }
    let asking = asking_for_buyers(&conditions, (cuts, limits));
    let version = |row: &&SegmentRow| (row.id, row.version);
    let moved = standing.iter().filter(|row| asking.contains(&row.id));
    Ok(moved.map(version).collect())
}
