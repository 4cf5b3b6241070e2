//! Paths: what follows on what, where ways are lost, and what each channel has to do with it.

use filo_core::access::Right;
use filo_core::analysis::{
    Ended, Flow, Place, Sequence, Touchpoint, Way, sequences_of, touchpoints, ways_of,
};
use filo_core::event::Channel;
use filo_core::id::CustomerId;
use filo_core::money::Currency;

use super::behind::{FigurePeople, Found};
use super::gathering::{self, Needed};
use super::{End, WaysAsked};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// What is asked about paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathsAsked {
    /// Which ways.
    pub ways: WaysAsked,
    /// Steps gone fewer times on a hundred ways are left out.
    pub least_percent: u8,
}

/// What paths come to.
#[derive(Debug, Clone)]
pub struct FlowView {
    /// What amounts are in.
    pub currency: Currency,
    /// People, visitors among them, with a way.
    pub people: u64,
    /// Ways that ended with an order.
    pub orders: u64,
    /// Ways without one, so far.
    pub open: u64,
    /// What follows on what.
    pub flow: Flow,
    /// The ways that are gone most.
    pub sequences: Vec<Sequence>,
    /// Each channel that was touched.
    pub touchpoints: Vec<Touchpoint>,
}

/// Of which ways the people are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// Those that go a step.
    Step(Place, Place),
    /// Those that touch a channel, with this end or any.
    Touch(Channel, Option<End>),
    /// Those without an order so far of which a channel was the last touch.
    Lost(Channel),
    /// Every one.
    Any,
}

impl Passing {
    fn holds(self, way: &Way) -> bool {
        let is_open = way.ended == Ended::Open;
        match self {
            Self::Step(from, to) => way.hops().iter().any(|it| (it.from, it.to) == (from, to)),
            Self::Touch(channel, end) => {
                let is_end = end.is_none_or(|end| is_open == (end == End::Open));
                is_end && way.touches.contains(&channel)
            }
            Self::Lost(channel) => is_open && way.touches.last() == Some(&channel),
            Self::Any => true,
        }
    }
}

impl App {
    /// What follows on what on the ways to an order.
    ///
    /// # Errors
    /// As [`App::ways`].
    pub async fn paths(&self, actor: &Actor, asked: &PathsAsked) -> Result<FlowView> {
        actor.must(Right::SeeFigures)?;
        let ways = self.ways_asked(&asked.ways).await?;
        let (least, currency) = (asked.least_percent, self.currency());
        let weigh = move || {
            let mut people: Vec<CustomerId> = ways.iter().map(|(customer, _)| *customer).collect();
            people.dedup();
            let is_open = |(_, way): &&(CustomerId, Way)| way.ended == Ended::Open;
            let open = ways.iter().filter(is_open).count();
            FlowView {
                currency,
                people: people.len() as u64,
                orders: (ways.len() - open) as u64,
                open: open as u64,
                flow: Flow::of(&ways, least),
                sequences: sequences_of(ways.iter().map(|(_, way)| way)),
                touchpoints: touchpoints(&ways),
            }
        };
        let view = tokio::task::spawn_blocking(weigh).await;
        Ok(view.map_err(anyhow::Error::from)?)
    }

    /// Who went some of these ways.
    ///
    /// # Errors
    /// As [`App::paths`], and if the actor may not list people.
    pub async fn path_people(
        &self,
        actor: &Actor,
        asked: &WaysAsked,
        passing: Passing,
    ) -> Result<FigurePeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        let ways = self.ways_asked(asked).await?;
        let passed = ways.into_iter().filter(|(_, way)| passing.holds(way));
        let found = passed.map(|(customer, way)| Found {
            customer,
            at: match way.ended {
                Ended::Order(purchase) => Some(purchase.placed_at),
                Ended::Open => None,
            },
            about: Vec::new(),
        });
        self.figure_people(actor, found.collect()).await
    }

    async fn ways_asked(&self, asked: &WaysAsked) -> Result<Vec<(CustomerId, Way)>> {
        self.must_know_segment(asked.segment).await?;
        let _turn = self.turn_to_look().await?;
        let (question, currency) = (asked.question, self.currency());
        let trails = gathering::trails(self, asked.segment, Needed::of(&question)).await?;
        let ways = tokio::task::spawn_blocking(move || ways_of(&trails, &question, currency));
        Ok(ways.await.map_err(anyhow::Error::from)?)
    }
}
