//! Conditions about orders as they stand: what was called off does not count, and what went back
//! is taken off.

use super::condition::{OrderCondition, OrderFigure};
use super::evaluate::{Asked, Outcome};
use super::number::Number;
use super::window::Window;
use crate::profile::Order;
use crate::time::Timestamp;

pub(super) fn holds(wanted: &OrderCondition, asked: &Asked<'_>) -> Outcome {
    let (number, changes_at) = number_of(wanted.figure, wanted.during, asked);
    let holds = number.is_some_and(|number| wanted.is.accepts(number));
    Outcome::until(holds, changes_at)
}

/// The number that the orders of a window make, and until when it is that.
pub(super) fn number_of(
    figure: OrderFigure,
    during: Window,
    asked: &Asked<'_>,
) -> (Option<Number>, Timestamp) {
    let reach = during.at(asked.now, || asked.zone());
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
    let number = match figure {
        OrderFigure::Count => Some(Number::whole(count)),
        OrderFigure::Revenue => Some(Number::sum(revenues.into_iter())),
        OrderFigure::Average => match revenues.len() {
            0 => None,
            count => Some(Number::sum(revenues.into_iter()).each(count)),
        },
    };
    (number, changes_at)
}

/// When the orders of a window were placed, and until when it is those.
pub(super) fn placed(during: Window, asked: &Asked<'_>) -> (Vec<Timestamp>, Timestamp) {
    let reach = during.at(asked.now, || asked.zone());
    let orders = asked.person.profile.orders.iter();
    let standing = orders.filter(|order| !order.is_cancelled());
    let mut placed: Vec<Timestamp> = standing.filter_map(Order::placed_at).collect();
    let moves = placed.iter().map(|at| reach.moves_at(*at));
    let changes_at = moves.fold(reach.rolls_at(), Timestamp::min);
    placed.retain(|at| reach.holds(*at));
    (placed, changes_at)
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
