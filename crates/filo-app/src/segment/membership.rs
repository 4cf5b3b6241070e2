//! Who is in a segment, who came and left, and why somebody is in or not.

use std::collections::BTreeMap;

use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::Kind;
use filo_core::segment::{Explained, Person, explain};
use filo_core::time::Timestamp;
use filo_store::segment;
use filo_store::segment::member::{self, MemberRow};
use filo_store::segment::turn::{self, TurnDay, TurnRow};

use crate::app::App;
use crate::engine::Live;
use crate::error::{Error, Result};

/// Turns of one answer.
pub const TURNS_MOST: u32 = 1_000;
/// Members of one answer.
const MEMBERS_MOST: u32 = 501;
/// Segments that are laid over one another.
const OVERLAP_MOST: usize = 5;
const DAY_MICROS: i64 = 86_400_000_000;

/// A segment that somebody is in.
#[derive(Debug, Clone)]
pub struct Membership {
    /// Which.
    pub segment: SegmentId,
    /// What people call it.
    pub name: String,
    /// Since when.
    pub entered_at: Timestamp,
}

/// How a segment grew: its size at the end of each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Days since 1970 in UTC, who came, who left, and how many there were at the end.
    pub days: Vec<(TurnDay, i64)>,
}

/// How segments lie over one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The segments with how many are in each.
    pub sizes: Vec<(SegmentId, i64)>,
    /// Two of them, and how many are in both.
    pub shared: Vec<(SegmentId, SegmentId, i64)>,
}

/// Why somebody is in a segment, or not.
#[derive(Debug, Clone)]
pub struct Reason {
    /// When it was asked.
    pub at: Timestamp,
    /// The condition, part by part.
    pub explained: Explained,
}

impl App {
    /// Who is in a segment, by id, behind one.
    ///
    /// # Errors
    /// If there is no such segment.
    pub async fn segment_members(
        &self,
        id: SegmentId,
        behind: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<MemberRow>> {
        let mut tx = self.shared().db.read().await?;
        super::known(&mut tx, id).await?;
        let behind = behind.unwrap_or(CustomerId(0));
        Ok(member::members(&mut tx, id, behind, limit.min(MEMBERS_MOST)).await?)
    }

    /// Who came into a segment and who left it, in order, behind a number.
    ///
    /// # Errors
    /// If there is no such segment.
    pub async fn segment_turns(
        &self,
        id: SegmentId,
        behind: i64,
        limit: u32,
    ) -> Result<Vec<TurnRow>> {
        let mut tx = self.shared().db.read().await?;
        super::known(&mut tx, id).await?;
        Ok(turn::turns_of(&mut tx, id, behind, limit.min(TURNS_MOST)).await?)
    }

    /// How a segment grew in the last days, from its size now and who came and left.
    ///
    /// # Errors
    /// If there is no such segment.
    pub async fn segment_growth(&self, id: SegmentId, days: u16) -> Result<Growth> {
        let mut tx = self.shared().db.read().await?;
        super::known(&mut tx, id).await?;
        let today = self.now().0.div_euclid(DAY_MICROS);
        let first = today - i64::from(days.max(1)) + 1;
        let since = Timestamp(first.saturating_mul(DAY_MICROS));
        let turns = turn::days(&mut tx, id, since).await?;
        let mut size = member::count(&mut tx, id).await?;
        let mut grown = Vec::new();
        for day in (first..=today).rev() {
            let none = TurnDay {
                day,
                entered: 0,
                left: 0,
            };
            let turned = turns.iter().find(|turned| turned.day == day).copied();
            let turned = turned.unwrap_or(none);
            grown.push((turned, size));
            size -= turned.entered - turned.left;
        }
        grown.reverse();
        Ok(Growth { days: grown })
    }

    /// How up to five segments lie over one another.
    ///
    /// # Errors
    /// If they are fewer than two or more than five, or one of them is none.
    pub async fn segment_overlap(&self, ids: &[SegmentId]) -> Result<Overlap> {
        if !(2..=OVERLAP_MOST).contains(&ids.len()) {
            let hint = format!("from 2 to {OVERLAP_MOST} segments");
            return Err(Error::invalid("segments", hint));
        }
        let mut tx = self.shared().db.read().await?;
        let mut overlap = Overlap {
            sizes: Vec::new(),
            shared: Vec::new(),
        };
        for (place, id) in ids.iter().enumerate() {
            super::known(&mut tx, *id).await?;
            overlap
                .sizes
                .push((*id, member::count(&mut tx, *id).await?));
            for other in ids.iter().skip(place + 1) {
                let shared = member::shared(&mut tx, *id, *other).await?;
                overlap.shared.push((*id, *other, shared));
            }
        }
        Ok(overlap)
    }

    /// The segments that a customer is in, by name: with the event that made it so, where the
    /// customer is in memory; the tables follow with the next checkpoint.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn segments_of(&self, customer: CustomerId) -> Result<Vec<Membership>> {
        let seats = self.shared().live.read().seats(customer);
        let mut tx = self.shared().db.read().await?;
        let rows = member::of_customer(&mut tx, customer).await?;
        let stored = |segment| rows.iter().find(|row| row.segment == segment);
        let seats: Vec<(SegmentId, Timestamp)> = match seats {
            None => rows.iter().map(|it| (it.segment, it.entered_at)).collect(),
            Some(seats) => {
                let since = |(segment, at): (SegmentId, Option<Timestamp>)| {
                    let at = stored(segment).map(|row| row.entered_at).or(at);
                    // A checkpoint that tells it is under way.
                    (segment, at.unwrap_or_else(|| self.now()))
                };
                seats.into_iter().map(since).collect()
            }
        };
        let ids: Vec<SegmentId> = seats.iter().map(|(segment, _)| *segment).collect();
        let names = segment::names(&mut tx, &ids).await?;
        let names: BTreeMap<SegmentId, String> = names.into_iter().collect();
        let membership = |(segment, entered_at): (SegmentId, Timestamp)| {
            Some(Membership {
                segment,
                name: names.get(&segment)?.clone(),
                entered_at,
            })
        };
        let mut memberships: Vec<Membership> = seats.into_iter().filter_map(membership).collect();
        memberships.sort_by_cached_key(|it| (it.name.to_lowercase(), it.segment));
        Ok(memberships)
    }

    /// What a customer came into and left, in order.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn turns_of(&self, ids: &[NodeId]) -> Result<Vec<TurnRow>> {
        let ids: Vec<CustomerId> = ids.iter().map(|id| CustomerId::from(*id)).collect();
        let mut tx = self.shared().db.read().await?;
        Ok(turn::turns_of_customers(&mut tx, &ids).await?)
    }

    /// Why a customer is in a segment, or not, and until when that stands.
    ///
    /// # Errors
    /// If there is no such segment or customer.
    pub async fn why_in_segment(&self, id: SegmentId, customer: CustomerId) -> Result<Reason> {
        let (book, _) = self.read_book().await?;
        let segments = &book.scene().segments;
        let condition = segments.get(&id).ok_or(Error::Missing("segment"))?;
        let first = NodeId::from(customer);
        let now = self.now();
        let read = |live: &Live| {
            live.nodes
                .get(&first)
                .filter(|node| node.customer == customer)?;
            let members = live.members(first);
            let kinds: Vec<Kind> = members.iter().filter_map(|id| id.kind()).collect();
            let (profile, traces) = (live.profile(&members), live.traces(&members));
            let person = Person {
                customer,
                kinds: &kinds,
                profile: &profile,
                traces: &traces,
            };
            Some(explain(condition, &person, book.scene(), now))
        };
        let explained = self.with_components(&[first], read).await?;
        Ok(Reason {
            at: now,
            explained: explained.ok_or(Error::Missing("customer"))?,
        })
    }
}
