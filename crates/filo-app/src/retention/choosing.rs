//! Who was kept long enough: visitors and people with whom nothing has happened since.
//!
//! **Invariant:** nobody goes who waits for an answer about their data.

use std::collections::BTreeSet;

use filo_core::id::{CustomerId, NodeId};
use filo_core::privacy::retention::{Kept, Retention};
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow, Filter, Span};
use filo_store::data_request;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::error::Result;
use crate::quality::may_be_somebody;

/// Rows read at a time.
const PAGE: u32 = 1_000;
/// Rows looked at for one answer: a preview stays a matter of a second.
const LOOKED_AT_MOST: usize = 200_000;

/// Before when each kind goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cutoffs([Option<Timestamp>; Kept::ALL.len()]);

impl Cutoffs {
    pub(super) fn new(rules: &Retention, now: Timestamp, zone: &TimeZone) -> Self {
        Self(Kept::ALL.map(|kept| rules.before(kept, now, zone)))
    }

    pub(super) const fn before(&self, kept: Kept) -> Option<Timestamp> {
        self.0[kept as usize]
    }

    /// The kind of somebody who goes.
    fn kind_of(&self, row: &CustomerRow) -> Option<Kept> {
        let is_named = row.name.is_some() || row.email.is_some() || row.phone.is_some();
        let kept = if may_be_somebody(row.id, row.node_count, is_named) {
            Kept::People
        } else {
            Kept::Visitors
        };
        let before = self.before(kept)?;
        (row.last_seen < before).then_some(kept)
    }
}

/// Who goes.
#[derive(Debug, Default)]
pub(super) struct TooLong {
    pub(super) who: Vec<(Kept, CustomerId)>,
    /// Not everybody was looked at.
    pub(super) is_partial: bool,
}

impl App {
    /// Who was kept too long, so many at most.
    pub(super) async fn kept_too_long(&self, cutoffs: &Cutoffs, most: usize) -> Result<TooLong> {
        let both = [Kept::Visitors, Kept::People].map(|kept| cutoffs.before(kept));
        let Some(latest) = both.into_iter().flatten().max() else {
            return Ok(TooLong::default());
        };
        let filter = Filter {
            last_seen: Span::between(None, Some(latest)),
            ..Filter::default()
        };
        let waiting = self.waiting_for_answers().await?;
        let (mut found, mut looked_at) = (TooLong::default(), 0);
        let mut behind = CustomerId(0);
        loop {
            let mut tx = self.shared().db.read().await?;
            let page = customer::by_id(&mut tx, &filter, behind, PAGE).await?;
            drop(tx);
            let Some(last) = page.last() else {
                return Ok(found);
            };
            behind = last.id;
            looked_at += page.len();
            for row in &page {
                let Some(kept) = cutoffs.kind_of(row) else {
                    continue;
                };
                if !waiting.contains(&row.id) {
                    found.who.push((kept, row.id));
                }
                if found.who.len() == most {
                    found.is_partial = true;
                    return Ok(found);
                }
            }
            if looked_at >= LOOKED_AT_MOST {
                found.is_partial = true;
                return Ok(found);
            }
        }
    }

    /// Those who asked about their data and wait for an answer.
    async fn waiting_for_answers(&self) -> Result<BTreeSet<CustomerId>> {
        let nodes = {
            let mut tx = self.shared().db.read().await?;
            data_request::open_nodes(&mut tx).await?
        };
        let mut waiting = BTreeSet::new();
        for node in nodes {
            let customer = self.customer(CustomerId::from(node)).await?;
            waiting.extend(customer.map(|customer| customer.id));
        }
        Ok(waiting)
    }

    /// The identifiers of somebody, if nothing has happened with them since.
    pub(super) async fn still_too_long(
        &self,
        id: CustomerId,
        before: Timestamp,
    ) -> Result<Option<Vec<NodeId>>> {
        let customer = self.customer(id).await?;
        let quiet = customer.filter(|customer| {
            let mut known = customer.identifiers.iter();
            known.all(|it| it.facts.last_seen < before)
        });
        Ok(quiet.map(|customer| customer.threads()))
    }
}
