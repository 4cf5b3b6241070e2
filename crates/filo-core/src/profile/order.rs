//! Orders: what was bought, for how much, and what went back.
//!
//! **Invariant:** an order is known by its id alone, so two sources (or two threads of one person)
//! that tell of the same order count it once. What a later event says wins by event time, not by
//! arrival; what a public key claims never changes an order that the company's systems told of,
//! nor pushes it out.

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::order_reading::{Reading, order_id};
use super::provenance::Provenance;
use super::sorted::{Entry, Sorted};
use crate::event::Event;
use crate::id::EventId;
use crate::identity::Rules;
use crate::money::{Cents, Currency, Decimal};
use crate::semantic;
use crate::time::Timestamp;

/// Orders kept per profile: one a week for a working life.
const ORDERS_MOST: usize = 2000;
/// Refunds kept per order.
const REFUNDS_MOST: usize = 50;

/// What an order says about its value, by its latest telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The currency of the amounts.
    pub currency: Currency,
    /// Without shipping and tax: what the customer is worth.
    pub revenue: Cents,
    /// What the customer paid.
    pub total: Cents,
    /// Pieces.
    pub item_count: u32,
    /// The event that said so.
    pub provenance: Provenance,
    /// Whether it said anything about money.
    is_priced: bool,
}

impl Content {
    fn rank(&self) -> (bool, Timestamp, EventId) {
        let (at, event) = self.provenance.stamp();
        (self.is_priced, at, event)
    }
}

/// Money that went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Refund {
    /// `refund_id`, else the event's id.
    key: CompactString,
    /// How much; all of it if not said.
    amount: Option<Decimal>,
    /// In which currency; the order's if not said.
    currency: Option<Currency>,
    provenance: Provenance,
}

/// One order, as the company's systems tell it, or as it is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    is_claimed: bool,
    id: CompactString,
    completed: Option<Provenance>,
    content: Option<Content>,
    cancelled: Option<Provenance>,
    /// Sorted by key.
    refunds: Vec<Refund>,
}

impl Order {
    /// The id that the shop gave it, or that of its event.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is worth, once an event said so.
    #[must_use]
    pub const fn content(&self) -> Option<&Content> {
        self.content.as_ref()
    }

    /// When it was placed; nothing as long as only its refund or cancellation is known.
    #[must_use]
    pub fn placed_at(&self) -> Option<Timestamp> {
        let completed = self.completed.as_ref().map(|provenance| provenance.at);
        completed.or(self.content.as_ref().map(|content| content.provenance.at))
    }

    /// Whether it was placed with a public key only.
    #[must_use]
    pub const fn is_claimed(&self) -> bool {
        self.is_claimed
    }

    /// Whether it was called off.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        self.cancelled.is_some()
    }

    /// When it was called off.
    #[must_use]
    pub fn cancelled_at(&self) -> Option<Timestamp> {
        self.cancelled.as_ref().map(|cancelled| cancelled.at)
    }

    /// What went back of the total: never more than was paid. Refunds in another currency than
    /// the order's are not counted.
    #[must_use]
    pub fn refunded(&self) -> Cents {
        let Some(content) = &self.content else {
            return Cents::ZERO;
        };
        let amount = |refund: &Refund| match refund.amount {
            None => content.total,
            Some(amount) => amount.to_cents(content.currency).unwrap_or(Cents::ZERO),
        };
        let sum: Cents = self
            .refunds
            .iter()
            .filter(|refund| {
                refund
                    .currency
                    .is_none_or(|other| other == content.currency)
            })
            .map(amount)
            .sum();
        Cents(sum.0.clamp(0, content.total.0.max(0)))
    }

    /// The part of the revenue that went back: revenue and refund are compared as shares of the
    /// total, because a refund gives shipping and tax back too.
    #[must_use]
    pub fn refunded_revenue(&self) -> Cents {
        match (&self.content, self.refunded()) {
            (None, _) | (_, Cents::ZERO) => Cents::ZERO,
            (Some(content), refunded) => content.revenue.share(refunded, content.total),
        }
    }

    fn stands_at(&self, is_claimed: bool, id: &str) -> Ordering {
        (self.is_claimed, self.id.as_str()).cmp(&(is_claimed, id))
    }

    fn refund(&mut self, refund: Refund) {
        match self
            .refunds
            .binary_search_by(|known| known.key.cmp(&refund.key))
        {
            Ok(position) => {
                if refund.provenance.rank() > self.refunds[position].provenance.rank() {
                    self.refunds[position] = refund;
                }
            }
            Err(position) => {
                self.refunds.insert(position, refund);
                self.refunds.truncate(REFUNDS_MOST);
            }
        }
    }
}

/// Proven ones first, so that a flood of claims pushes out claims.
impl Entry for Order {
    fn order(&self, other: &Self) -> Ordering {
        self.stands_at(other.is_claimed, &other.id)
    }

    fn absorb(&mut self, other: &Self) {
        let completed = [self.completed, other.completed].into_iter().flatten();
        self.completed = completed.min_by_key(Provenance::stamp);
        let cancelled = [self.cancelled, other.cancelled].into_iter().flatten();
        self.cancelled = cancelled.max_by_key(Provenance::stamp);
        if other.content.as_ref().map(Content::rank) > self.content.as_ref().map(Content::rank) {
            self.content.clone_from(&other.content);
        }
        for refund in &other.refunds {
            self.refund(refund.clone());
        }
    }
}

/// The orders of a profile.
///
/// What was claimed of an order and what is proven of it stand apart. A proven cancellation or
/// refund stands with both, because a shop may let the browser tell of orders and its own system
/// of refunds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Orders(Sorted<Order, ORDERS_MOST>);

impl Orders {
    /// Takes in what an order event says; other events say nothing here.
    pub(crate) fn learn(&mut self, event: &Event, rules: &Rules) {
        let name = event.name.as_str();
        let reading = Reading::of(&event.properties);
        let Some(id) = key(event, reading.order_id.as_ref()) else {
            return;
        };
        let provenance = Provenance::of(event);
        let is_claimed = !provenance.is_proven();
        let mut told = Order {
            is_claimed,
            id,
            completed: None,
            content: None,
            cancelled: None,
            refunds: Vec::new(),
        };
        match name {
            semantic::ORDER_COMPLETED => {
                told.completed = Some(provenance);
                told.content = Some(content(&reading, provenance, rules));
            }
            semantic::ORDER_UPDATED if reading.is_priced() => {
                told.content = Some(content(&reading, provenance, rules));
            }
            semantic::ORDER_CANCELLED => told.cancelled = Some(provenance),
            semantic::ORDER_REFUNDED => told.refunds.push(Refund {
                key: reading
                    .refund_id
                    .clone()
                    .unwrap_or_else(|| CompactString::from(event.id.to_string())),
                amount: reading.refunded_amount(),
                currency: reading.currency,
                provenance,
            }),
            _ => return,
        }
        if !is_claimed && told.placed_at().is_none() {
            self.0.add(Order {
                is_claimed: true,
                ..told.clone()
            });
        }
        self.0.add(told);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// Every order once, proven ones first, then by id; those too of which only a refund or
    /// cancellation is known yet.
    pub fn iter(&self) -> impl Iterator<Item = &Order> {
        self.0.iter().filter(|order| {
            let twin = self
                .0
                .find(|known| known.stands_at(!order.is_claimed, &order.id));
            // Of two tellings the proven one counts, once it tells of the order itself.
            let is_outdone = match twin {
                Some(proven) if order.is_claimed => proven.placed_at().is_some(),
                Some(_) => order.placed_at().is_none(),
                None => false,
            };
            !is_outdone
        })
    }

    /// An order by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Order> {
        let proven = self.0.find(|order| order.stands_at(false, id));
        let claimed = || self.0.find(|order| order.stands_at(true, id));
        proven
            .filter(|order| order.placed_at().is_some())
            .or_else(claimed)
            .or(proven)
    }

    /// Whether there were more orders than could be kept.
    #[must_use]
    pub const fn is_overflown(&self) -> bool {
        self.0.is_overflown()
    }
}

/// What an order event says the order is known by.
pub(crate) fn order_key(event: &Event) -> Option<CompactString> {
    key(event, order_id(&event.properties).as_ref())
}

/// Its id; without one only the purchase itself makes sense, which is known by its event.
fn key(event: &Event, id: Option<&CompactString>) -> Option<CompactString> {
    let is_completion = event.name == semantic::ORDER_COMPLETED;
    let own = || is_completion.then(|| CompactString::from(event.id.to_string()));
    id.cloned().or_else(own)
}

fn content(reading: &Reading, provenance: Provenance, rules: &Rules) -> Content {
    let workspace = Currency::parse(&rules.currency).unwrap_or(Currency::EUR);
    let currency = reading.currency.unwrap_or(workspace);
    let amounts = reading.amounts(currency);
    Content {
        currency,
        revenue: amounts.revenue,
        total: amounts.total,
        item_count: reading.item_count,
        provenance,
        is_priced: reading.is_priced(),
    }
}
