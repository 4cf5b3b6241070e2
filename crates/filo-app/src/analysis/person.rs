//! Whose the ways are.

use filo_core::access::Right;
use filo_core::analysis::{Ended, Way, ways_of};
use filo_core::event::Channel;
use filo_core::id::CustomerId;
use filo_core::money::{Cents, Currency};
use filo_core::time::Timestamp;
use filo_store::customer::CustomerRow;

use super::gathering::Needed;
use super::{WaysAsked, gathering};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// People who are shown behind a number.
pub const WHO_MOST: usize = 500;

/// Ways of which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With an order.
    Order,
    /// Without one, so far.
    Open,
}

/// Whose some ways are.
#[derive(Debug, Clone)]
pub struct WayPeople {
    /// How many ways there are.
    pub count: u64,
    /// What amounts are in.
    pub currency: Currency,
    /// The first of them: those with the latest orders.
    pub people: Vec<WayPerson>,
}

/// A way of somebody.
#[derive(Debug, Clone)]
pub struct WayPerson {
    /// Whose.
    pub customer: CustomerId,
    /// What the actor may see of them; nothing of somebody who has come this moment.
    pub row: Option<CustomerRow>,
    /// When they ordered.
    pub ordered_at: Option<Timestamp>,
    /// What it brought.
    pub revenue: Option<Cents>,
}

impl App {
    /// Who went a sequence of channels, with this end.
    ///
    /// # Errors
    /// As [`App::ways`], and if the actor may not list people.
    pub async fn way_people(
        &self,
        actor: &Actor,
        asked: &WaysAsked,
        (sequence, end): (&[Channel], End),
    ) -> Result<WayPeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        self.must_know_segment(asked.segment).await?;
        let currency = self.currency();
        let mut found: Vec<(CustomerId, Way)> = {
            let _turn = self.turn_to_look().await?;
            let needed = Needed::of(&asked.question);
            let trails = gathering::trails(self, asked.segment, needed).await?;
            ways_of(&trails, &asked.question, currency)
        };
        found.retain(|(_, way)| {
            let ended = match way.ended {
                Ended::Order(_) => End::Order,
                Ended::Open => End::Open,
            };
            ended == end && way.sequence() == sequence
        });
        let ordered_at = |way: &Way| match way.ended {
            Ended::Order(purchase) => Some(purchase.placed_at),
            Ended::Open => None,
        };
        found.sort_by_key(|(customer, way)| (std::cmp::Reverse(ordered_at(way)), *customer));
        let count = found.len() as u64;
        found.truncate(WHO_MOST);
        let ids: Vec<CustomerId> = found.iter().map(|(customer, _)| *customer).collect();
        let rows = self.eyes(actor).people_of(&ids).await?;
        let people = found.iter().map(|(customer, way)| WayPerson {
            customer: *customer,
            row: rows.iter().find(|row| row.id == *customer).cloned(),
            ordered_at: ordered_at(way),
            revenue: way.revenue(),
        });
        Ok(WayPeople {
            count,
            currency,
            people: people.collect(),
        })
    }
}
