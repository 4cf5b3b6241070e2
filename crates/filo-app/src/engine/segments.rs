//! Segments in the engine: who is in is worked out with the event that changes it, and again at
//! the very instant at which an answer changes of its own accord.
//!
//! **Invariant:** whoever was touched is settled before the next checkpoint, so the tables never
//! show a state with yesterday's answers.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use ahash::HashMap;
use filo_core::consent;
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::Kind;
use filo_core::segment::{Occasion, Person, Standing, Traces};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::segment::member::{self, MemberRow};
use filo_store::segment::turn::{self, TurnRow};
use serde::{Deserialize, Serialize};

use super::apply::Arrival;
use super::checkpoint::names_somebody;
use super::live::Live;
use super::stir::Stir;

/// What stands beside a profile: on every thread its traces, on the customer's first node where
/// the customer stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Beside {
    pub(crate) traces: Traces,
    pub(crate) standing: Standing,
}

impl Beside {
    pub(crate) fn is_empty(&self) -> bool {
        self.traces.is_empty() && self.standing.is_empty()
    }
}

/// What the next checkpoint writes about segments.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seating {
    /// Who is in or out now, and since when.
    seats: HashMap<(SegmentId, CustomerId), (bool, Timestamp)>,
    wakes: HashMap<CustomerId, Timestamp>,
    turns: Vec<TurnRow>,
}

impl Seating {
    pub(crate) fn is_empty(&self) -> bool {
        self.seats.is_empty() && self.wakes.is_empty() && self.turns.is_empty()
    }

    /// Who came in or left.
    pub(crate) fn seated(&self) -> Vec<(SegmentId, CustomerId)> {
        self.seats.keys().copied().collect()
    }

    /// Puts what an earlier checkpoint could not write before what has been found since.
    pub(crate) fn put_before(&mut self, earlier: &Self) {
        for (seat, state) in &earlier.seats {
            self.seats.entry(*seat).or_insert(*state);
        }
        for (customer, at) in &earlier.wakes {
            self.wakes.entry(*customer).or_insert(*at);
        }
        self.turns.splice(..0, earlier.turns.iter().copied());
    }

    /// Writes it down and gives who turned, in order. What is gone is gone with everything that
    /// stood for it.
    pub(crate) async fn save(
        &self,
        tx: &mut Tx<'_>,
        gone: &[CustomerId],
    ) -> Result<Vec<TurnRow>, filo_store::Error> {
        member::forget(tx, gone).await?;
        let mut seats: Vec<_> = self.seats.iter().collect();
        seats.sort_unstable_by_key(|(seat, _)| **seat);
        seats.retain(|((_, customer), _)| gone.binary_search(customer).is_err());
        let left: Vec<_> = seats
            .iter()
            .filter(|(_, (is_in, _))| !is_in)
            .map(|(seat, _)| **seat)
            .collect();
        member::leave(tx, &left).await?;
        let entered = seats.iter().filter(|(_, (is_in, _))| *is_in);
        let entered: Vec<MemberRow> = entered
            .map(|((segment, customer), (_, entered_at))| MemberRow {
                segment: *segment,
                customer: *customer,
                entered_at: *entered_at,
            })
            .collect();
        member::enter(tx, &entered).await?;
        let mut wakes: Vec<_> = self.wakes.iter().map(|(id, at)| (*id, *at)).collect();
        wakes.sort_unstable();
        wakes.retain(|(customer, _)| gone.binary_search(customer).is_err());
        member::wake(tx, &wakes).await?;
        let mut turns = self.turns.clone();
        turn::tell(tx, &mut turns).await?;
        Ok(turns)
    }
}

impl Live {
    /// Notes which segments an event can have changed.
    pub(super) fn stir_by(&mut self, arrival: &Arrival) {
        if self.book.is_empty() {
            return;
        }
        let places = self.book.touched(&arrival.event);
        if places.is_empty() {
            return;
        }
        let occasion = Occasion::Event(arrival.event.id);
        if consent::concerns(&arrival.event) {
            // What was said counts for each identifier that came with it.
            for id in &arrival.nodes {
                self.stir(*id, Stir::at(occasion, places.clone()));
            }
            return;
        }
        self.stir(arrival.event.thread, Stir::at(occasion, places));
    }

    /// Notes that segments of whoever has this node are to be worked out anew.
    pub(crate) fn stir(&mut self, id: NodeId, stir: Stir) {
        if self.book.is_empty() {
            return;
        }
        match self.stirred.entry(id) {
            Entry::Vacant(place) => drop(place.insert(stir)),
            Entry::Occupied(mut place) => place.get_mut().add(stir),
        }
    }

    /// Works out anew where everybody stands who was touched. Gives when each of them is to be
    /// looked at again.
    pub(crate) fn settle_segments(&mut self, now: Timestamp) -> Vec<(Timestamp, CustomerId)> {
        if self.stirred.is_empty() {
            return Vec::new();
        }
        let mut customers: HashMap<CustomerId, Stir> = HashMap::default();
        for (id, stir) in std::mem::take(&mut self.stirred) {
            let Some(node) = self.nodes.get(&id) else {
                continue;
            };
            let customer = node.customer;
            if CustomerId::from(id) != customer {
                self.dissolve(id, now);
            }
            match customers.entry(customer) {
                Entry::Vacant(place) => drop(place.insert(stir)),
                Entry::Occupied(mut place) => place.get_mut().add(stir),
            }
        }
        let mut customers: Vec<_> = customers.into_iter().collect();
        customers.sort_unstable_by_key(|(id, _)| *id);
        let settle = |(customer, stir)| self.settle_one(customer, &stir, now);
        customers.into_iter().filter_map(settle).collect()
    }

    /// A node no longer stands for a customer: where that one stood is with the other now.
    fn dissolve(&mut self, id: NodeId, now: Timestamp) {
        let beside = self
            .nodes
            .get_mut(&id)
            .and_then(|node| node.beside.as_mut());
        let Some(standing) = beside.map(|beside| std::mem::take(&mut beside.standing)) else {
            return;
        };
        if standing.is_empty() {
            return;
        }
        // They may be a customer again before the next checkpoint.
        let customer = CustomerId::from(id);
        let book = std::sync::Arc::clone(&self.book);
        for segment in standing.members(&book) {
            self.seating.seats.insert((segment, customer), (false, now));
        }
        self.seating.wakes.insert(customer, Timestamp::MAX);
        self.soil(id);
    }

    fn settle_one(
        &mut self,
        customer: CustomerId,
        stir: &Stir,
        now: Timestamp,
    ) -> Option<(Timestamp, CustomerId)> {
        let first = NodeId::from(customer);
        let members = self.members(first);
        if !members.iter().any(|id| names_somebody(*id)) {
            return None;
        }
        let beside = self.nodes.get_mut(&first)?.beside.as_mut();
        let mut standing =
            beside.map_or_else(Standing::default, |it| std::mem::take(&mut it.standing));
        let woken_at = standing.wakes_at;
        let book = std::sync::Arc::clone(&self.book);
        let kinds: Vec<Kind> = members.iter().filter_map(|id| id.kind()).collect();
        let (profile, traces) = (self.profile(&members), self.traces(&members));
        let person = Person {
            customer,
            kinds: &kinds,
            profile: &profile,
            traces: &traces,
        };
        let places = stir.places(&book, woken_at <= now);
        let turns = standing.settle(&book, places.iter().copied(), &person, now);
        drop((profile, traces));
        if !turns.is_empty() {
            // What was put away goes when it is written anyway.
            standing.retain(&book);
        }
        // Of a segment that is being filled the tables may know nobody.
        if !self.filling.is_empty() {
            for segment in standing.members(&book) {
                if self.filling.contains(&segment) && !self.journeys.is_day(segment) {
                    self.seating.seats.insert((segment, customer), (true, now));
                }
            }
        }
        let wakes_at = standing.wakes_at;
        let is_same = turns.is_empty() && wakes_at == woken_at;
        self.put_standing(first, standing);
        if is_same {
            return None;
        }
        for turn in turns {
            let place = book.place(turn.segment);
            let occasion = place.map(|place| stir.occasion(place));
            let is_filling = self.filling.contains(&turn.segment);
            let is_first = is_filling && !self.refilling.contains(&turn.segment);
            if !is_first {
                self.note_turn(first, turn, occasion, now);
            }
            if self.journeys.is_day(turn.segment) {
                // Only a journey asks about it.
                continue;
            }
            let seat = (turn.segment, customer);
            self.seating.seats.insert(seat, (turn.is_in, now));
            if is_first {
                continue;
            }
            self.seating.turns.push(TurnRow {
                number: 0,
                segment: turn.segment,
                customer,
                at: now,
                is_in: turn.is_in,
                occasion,
            });
        }
        if wakes_at != woken_at {
            self.seating.wakes.insert(customer, wakes_at);
        }
        self.soil(first);
        (wakes_at != Timestamp::MAX).then_some((wakes_at, customer))
    }

    /// Where a customer stands is with their first node; nothing needs no place.
    fn put_standing(&mut self, first: NodeId, standing: Standing) {
        let Some(node) = self.nodes.get_mut(&first) else {
            return;
        };
        match &mut node.beside {
            Some(beside) => beside.standing = standing,
            None if standing.is_empty() => {}
            None => node.beside.get_or_insert_default().standing = standing,
        }
    }

    /// The segments that a customer is in, with since when where the tables may not know it yet;
    /// nothing if the customer is not in memory.
    pub(crate) fn seats(
        &self,
        customer: CustomerId,
    ) -> Option<Vec<(SegmentId, Option<Timestamp>)>> {
        let node = self.nodes.get(&NodeId::from(customer))?;
        if node.customer != customer {
            return None;
        }
        let standing = node.beside.as_ref().map(|beside| &beside.standing);
        let members = standing.into_iter().flat_map(|it| it.members(&self.book));
        let known = members.filter(|segment| !self.journeys.is_day(*segment));
        let seat = |segment: SegmentId| {
            let seat = self.seating.seats.get(&(segment, customer));
            (segment, seat.filter(|(is_in, _)| *is_in).map(|(_, at)| *at))
        };
        Some(known.map(seat).collect())
    }

    /// The traces of a customer: those of its threads, merged.
    pub(crate) fn traces(&self, members: &[NodeId]) -> Cow<'_, Traces> {
        let mut all = members
            .iter()
            .filter_map(|id| Some(&self.nodes.get(id)?.beside.as_ref()?.traces))
            .filter(|traces| !traces.is_empty());
        let Some(first) = all.next() else {
            return Cow::Owned(Traces::default());
        };
        let mut merged = Cow::Borrowed(first);
        for traces in all {
            merged.to_mut().merge(traces);
        }
        merged
    }
}
