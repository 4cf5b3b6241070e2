//! Conditions about orders as they stand: what was called off does not count, and what went back
//! is taken off.

use super::condition::{OrderCondition, OrderFigure};
use super::evaluate::{Asked, Outcome};
use super::number::Number;
use crate::profile::Order;

pub(super) fn holds(wanted: &OrderCondition, asked: &Asked<'_>) -> Outcome {
    let reach = wanted.during.at(asked.now, || asked.zone());
    let mut count = 0;
    let mut revenues = Vec::new();
    let mut changes_at = reach.rolls_at();
    for order in asked.person.profile.orders.iter() {
        let Some(placed_at) = order.placed_at().filter(|_| !order.is_cancelled()) else {
            continue;
        };
        changes_at = changes_at.min(reach.moves_at(placed_at));
        if reach.holds(placed_at) {
            count += 1;
            revenues.extend(revenue(order, asked));
        }
    }
    let number = match wanted.figure {
        OrderFigure::Count => Some(Number::whole(count)),
        OrderFigure::Revenue => Some(Number::sum(revenues.into_iter())),
        OrderFigure::Average => match revenues.len() {
            0 => None,
            count => Some(Number::sum(revenues.into_iter()).each(count)),
        },
    };
    let holds = number.is_some_and(|number| wanted.is.accepts(number));
    Outcome::until(holds, changes_at)
}

/// What an order brought, in whole units of the company's currency; nothing in another one.
fn revenue(order: &Order, asked: &Asked<'_>) -> Option<Number> {
    let content = order.content()?;
    if content.currency != asked.scene.currency {
        return None;
    }
    let cents = content.revenue.0 - order.refunded_revenue().0;
    let digits = u32::from(content.currency.minor_digits());
    Some(Number::minor(cents, digits))
}
