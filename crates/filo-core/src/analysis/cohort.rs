//! Who comes back: customers by the period of their first order, and what came of them since.
//!
//! **Invariant:** in its first period all of a cohort ordered; a period that is not over has no
//! number, not even 0.

use filo_stats::cohort::Cohort as Came;
use filo_stats::proportion::Proportion;
use jiff::civil::Date;

use super::period::Periods;
use super::trail::Trail;
use super::trails::Trails;
use crate::buyer::Purchases;
use crate::event::Channel;
use crate::id::CustomerId;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// The cohorts of some periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohorts {
    /// What amounts are in; an order in another currency counts, and brings nothing.
    pub currency: Currency,
    /// One for each period that is over, the earliest first; also where nobody came.
    pub cohorts: Vec<Cohort>,
    /// First day of the period that is not over.
    pub running: Option<Date>,
    /// Customers whose first order is in it, so far.
    pub newcomers: u64,
}

/// Customers whose first order is in the same period.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// First day of the period.
    pub first: Date,
    /// What they did in it and in each after it that is over.
    pub cells: Vec<Cell>,
}

/// What a cohort did in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// How many of them ordered.
    pub customers: u64,
    /// Their orders.
    pub orders: u64,
    /// What these brought, less what went back.
    pub revenue: Cents,
}

impl Cohort {
    /// How many they are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.cells.first().map_or(0, |cell| cell.customers)
    }

    /// The share of them who ordered so many periods after the first, with its interval of 95 %.
    #[must_use]
    pub fn retained(&self, after: usize) -> Option<Proportion> {
        let count = |cell: &Cell| usize::try_from(cell.customers).ok();
        let came: Option<Vec<usize>> = self.cells.iter().map(count).collect();
        Came {
            first: 0,
            came: came?,
        }
        .retained(after)
    }

    /// What each of them brought on average until the end of that period.
    #[must_use]
    pub fn brought_each(&self, after: usize) -> Option<Cents> {
        let until = self.cells.get(..=after)?;
        let sum: i64 = until.iter().map(|cell| cell.revenue.0).sum();
        let size = i64::try_from(self.size()).ok().filter(|it| *it > 0)?;
        // To the nearest cent, halves away from nought.
        let half = if sum < 0 { -size / 2 } else { size / 2 };
        Some(Cents((sum + half) / size))
    }
}

/// What somebody ordered, by period: the period of their first order and, of each order from then
/// on, how many periods later it came.
fn orders_of(trail: &Trail, periods: &Periods, currency: Currency) -> Option<(usize, Orders)> {
    let purchases = Purchases::of_orders(trail.orders(), currency);
    let first = periods.number(purchases.all().first()?.placed_at)?;
    let order = |it: &crate::buyer::Purchase| {
        let after = periods.number(it.placed_at)?.checked_sub(first)?;
        Some((after, it.placed_at, it.revenue.unwrap_or(Cents::ZERO)))
    };
    Some((first, purchases.all().iter().filter_map(order).collect()))
}

type Orders = Vec<(usize, Timestamp, Cents)>;

/// Whether somebody was first seen on a channel; on any, if none is asked for.
fn is_from(trail: &Trail, channel: Option<Channel>) -> bool {
    let first = trail.visits().first().map(|visit| visit.channel);
    channel.is_none() || first == channel
}

impl Cohorts {
    /// The cohorts of who was first seen on a channel, or of everybody.
    #[must_use]
    pub fn of(
        trails: &Trails,
        periods: &Periods,
        channel: Option<Channel>,
        currency: Currency,
    ) -> Self {
        let over = periods.over();
        let mut cells: Vec<Vec<Cell>> = (0..over)
            .map(|first| vec![Cell::default(); over - first])
            .collect();
        let mut newcomers = 0;
        let from = trails.iter().filter(|(_, trail)| is_from(trail, channel));
        for (_, trail) in from {
            let Some((first, orders)) = orders_of(trail, periods, currency) else {
                continue;
            };
            let Some(row) = cells.get_mut(first) else {
                newcomers += 1;
                continue;
            };
            let mut last = None;
            for (after, _, revenue) in orders {
                if let Some(cell) = row.get_mut(after) {
                    cell.customers += u64::from(last.replace(after) != Some(after));
                    cell.orders += 1;
                    cell.revenue = cell.revenue.plus(revenue);
                }
            }
        }
        let cohorts = cells.into_iter().enumerate();
        Self {
            currency,
            cohorts: cohorts
                .filter_map(|(first, cells)| {
                    Some(Cohort {
                        first: periods.day(first)?,
                        cells,
                    })
                })
                .collect(),
            running: periods.day(over),
            newcomers,
        }
    }
}

/// Who of the cohort of a period ordered so many periods later, each with their last order in that
/// period: the people of a cell, and with 0 of the period that is not over its newcomers.
#[must_use]
pub fn in_cohort(
    trails: &Trails,
    periods: &Periods,
    channel: Option<Channel>,
    (first, after): (usize, usize),
) -> Vec<(CustomerId, Timestamp)> {
    let each = trails.iter().filter(|(_, trail)| is_from(trail, channel));
    let last_order = |(customer, trail): (CustomerId, &Trail)| {
        // Which currency counts changes no order.
        let (begun, orders) = orders_of(trail, periods, Currency::EUR)?;
        let mut there = orders.iter().filter(|(later, ..)| *later == after);
        let (_, at, _) = there.next_back().filter(|_| begun == first)?;
        Some((customer, *at))
    };
    each.filter_map(last_order).collect()
}
