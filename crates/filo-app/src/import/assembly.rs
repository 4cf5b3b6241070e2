//! Lines become orders: grouped by number, kept in memory while more lines may come.
//!
//! **Invariant:** an order leaves once, with the lines that were accepted for it; a line that
//! comes after its order has left is turned away with a reason, never a second order.

use ahash::{AHashMap, AHashSet};
use filo_core::time::Timestamp;

use super::decimal::Decimal;
use super::line::{Customer, OrderFields, OrderLine, Product};
use super::report::Reason;

/// Memory for orders that are still open. Shops write an order's lines side by side, so only
/// files far larger than this ever close an order early.
const OPEN_BYTES_MOST: usize = 200 * 1024 * 1024;
/// Lines without news after which an order is closed when memory is short.
const QUIET_LINES: u64 = 10_000;
/// More lines than any order; a day's takings under one number should not become one event.
const LINES_MOST: usize = 10_000;

/// An order or a refund in the making.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Its number.
    pub(super) order: String,
    /// A refund rather than an order.
    pub(super) is_refund: bool,
    /// The earliest time of its lines: tills write long invoices over two minutes.
    pub(super) at: Timestamp,
    /// Who.
    pub(super) customer: Customer,
    /// What.
    pub(super) products: Vec<Product>,
    /// Fields of the order, each from the first line that has it.
    pub(super) fields: OrderFields,
    /// How many lines it has.
    pub(super) lines: u64,
    /// Where the first of them stands in the file.
    pub(super) first_line: u64,
    last_line: u64,
}

impl Draft {
    /// The sum of its lines.
    pub(super) fn amount(&self) -> Decimal {
        self.products
            .iter()
            .fold(Decimal::ZERO, |sum, product| sum.plus(product.amount))
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.products.iter().map(product_bytes).sum::<usize>()
    }
}

fn product_bytes(product: &Product) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    size_of::<Product>() + text(&product.sku) + text(&product.name)
}

/// What became of a line that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    /// It is part of its order.
    Taken,
    /// It names nobody, and neither does its order.
    NoCustomer,
    /// Its order does not take it.
    Rejected(Reason),
}

/// The orders that are open.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    drafts: Vec<Option<Draft>>,
    places: AHashMap<String, usize>,
    closed: AHashSet<String>,
    nobodys: AHashSet<String>,
    open_bytes: usize,
}

impl Assembly {
    /// Adds a line to its order: the how manieth it is, and where it stands.
    pub(super) fn offer(
        &mut self,
        order: &str,
        is_refund: bool,
        (number, first_line): (u64, u64),
        line: OrderLine,
    ) -> Offered {
        if self.closed.contains(order) {
            return Offered::Rejected(Reason::OrderClosed);
        }
        if let Some(draft) = self
            .places
            .get(order)
            .and_then(|place| self.drafts[*place].as_mut())
        {
            return add(draft, number, line, &mut self.open_bytes);
        }
        if line.customer.is_empty() || self.nobodys.contains(order) {
            // The rest of the order follows its first line.
            self.nobodys.insert(order.to_owned());
            return Offered::NoCustomer;
        }
        let draft = Draft {
            order: order.to_owned(),
            is_refund,
            at: line.at,
            customer: line.customer,
            products: line.product.into_iter().collect(),
            fields: line.fields,
            lines: 1,
            first_line,
            last_line: number,
        };
        self.open_bytes += draft.bytes();
        self.places.insert(order.to_owned(), self.drafts.len());
        self.drafts.push(Some(draft));
        Offered::Taken
    }

    /// Orders that leave because memory is short.
    pub(super) fn overflow(&mut self, number: u64) -> Vec<Draft> {
        // Only now and then: looking through all open orders at each line would cost a square.
        if self.open_bytes <= OPEN_BYTES_MOST || !number.is_multiple_of(QUIET_LINES) {
            return Vec::new();
        }
        let mut leaving = Vec::new();
        for slot in &mut self.drafts {
            if slot
                .as_ref()
                .is_some_and(|draft| draft.last_line + QUIET_LINES < number)
            {
                leaving.extend(slot.take());
            }
        }
        self.drafts.retain(Option::is_some);
        self.places = (self.drafts.iter().enumerate())
            .filter_map(|(place, draft)| Some((draft.as_ref()?.order.clone(), place)))
            .collect();
        self.open_bytes = self.drafts.iter().flatten().map(Draft::bytes).sum();
        self.closed
            .extend(leaving.iter().map(|draft| draft.order.clone()));
        leaving
    }

    /// The rest, in the order in which they began.
    pub(super) fn finish(self) -> Vec<Draft> {
        self.drafts.into_iter().flatten().collect()
    }
}

fn add(draft: &mut Draft, number: u64, line: OrderLine, open_bytes: &mut usize) -> Offered {
    if !line.customer.is_empty() && line.customer != draft.customer {
        return Offered::Rejected(Reason::OtherCustomer);
    }
    if draft.products.len() >= LINES_MOST {
        return Offered::Rejected(Reason::TooManyLines);
    }
    draft.at = draft.at.min(line.at);
    draft.last_line = number;
    draft.lines += 1;
    *open_bytes += line.product.as_ref().map_or(0, product_bytes);
    draft.products.extend(line.product);
    let (known, new) = (&mut draft.fields, line.fields);
    known.currency = known.currency.take().or(new.currency);
    known.total = known.total.or(new.total);
    known.subtotal = known.subtotal.or(new.subtotal);
    known.shipping = known.shipping.or(new.shipping);
    known.tax = known.tax.or(new.tax);
    known.discount = known.discount.or(new.discount);
    known.coupon = known.coupon.take().or(new.coupon);
    known.cancelled_at = known.cancelled_at.or(new.cancelled_at);
    known.is_cancelled |= new.is_cancelled;
    known.refunded = known.refunded.or(new.refunded);
    known.is_refunded |= new.is_refunded;
    known.country = known.country.take().or(new.country);
    Offered::Taken
}

#[cfg(test)]
mod tests {
    use compact_str::CompactString;
    use filo_core::identity::{Identifier, Kind};

    use super::*;

    fn line(seconds: i64, customer: &str) -> OrderLine {
        let customer = match customer {
            "" => Customer::new(),
            id => [Identifier {
                kind: Kind::UserId,
                value: CompactString::from(id),
            }]
            .into_iter()
            .collect(),
        };
        OrderLine {
            at: Timestamp::from_seconds(seconds),
            customer,
            product: Some(Product {
                sku: None,
                name: None,
                quantity: Decimal::ONE,
                price: None,
                amount: Decimal::ONE,
            }),
            fields: OrderFields::default(),
        }
    }

    #[test]
    fn lines_of_one_number_are_one_order_wherever_they_stand() {
        let mut assembly = Assembly::default();
        assert_eq!(
            assembly.offer("1", false, (2, 2), line(60, "a")),
            Offered::Taken
        );
        assert_eq!(
            assembly.offer("2", false, (3, 3), line(70, "b")),
            Offered::Taken
        );
        assert_eq!(
            assembly.offer("1", false, (4, 4), line(50, "")),
            Offered::Taken
        );
        assert_eq!(
            assembly.offer("1", false, (5, 5), line(50, "b")),
            Offered::Rejected(Reason::OtherCustomer)
        );
        assert!(assembly.overflow(100_000).is_empty());
        let orders = assembly.finish();
        let seen: Vec<_> = orders
            .iter()
            .map(|order| (order.order.as_str(), order.lines, order.at))
            .collect();
        assert_eq!(
            seen,
            vec![
                ("1", 2, Timestamp::from_seconds(50)),
                ("2", 1, Timestamp::from_seconds(70))
            ]
        );
    }

    #[test]
    fn an_order_of_nobody_stays_nobodys() {
        let mut assembly = Assembly::default();
        assert_eq!(
            assembly.offer("1", false, (2, 2), line(60, "")),
            Offered::NoCustomer
        );
        assert_eq!(
            assembly.offer("1", false, (3, 3), line(60, "a")),
            Offered::NoCustomer
        );
        assert!(assembly.finish().is_empty());
    }

    #[test]
    fn a_line_after_its_order_has_left_is_turned_away() {
        let mut assembly = Assembly::default();
        assembly.offer("1", false, (2, 2), line(60, "a"));
        assembly.open_bytes = OPEN_BYTES_MOST + 1;
        assert_eq!(assembly.overflow(2 * QUIET_LINES).len(), 1);
        assert_eq!(
            assembly.offer("1", false, (20_001, 20_001), line(60, "a")),
            Offered::Rejected(Reason::OrderClosed)
        );
    }
}
