//! Reading an order event: the amounts as the specification names them, and what stands in for
//! those that are missing.
//!
//! Revenue is without shipping and tax. If it is missing: `subtotal` (after discounts, before
//! tax and shipping), else `total`, else `value`, else the sum of the products. The total, if
//! missing, is revenue plus shipping plus tax.
//!
//! **Invariant:** amounts are read exactly from the text of the JSON; one that cannot be read is
//! as if it were not there, except that an unreadable refund is never taken for a full one.

use compact_str::CompactString;

use super::touch::cut;
use crate::json;
use crate::money::{Cents, Currency, Decimal};

/// Longer ids are cut.
const ID_MOST: usize = 100;
/// Products read of one order.
const PRODUCTS_MOST: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) order_id: Option<CompactString>,
    pub(super) refund_id: Option<CompactString>,
    pub(super) currency: Option<Currency>,
    pub(super) item_count: u32,
    revenue: Option<Decimal>,
    subtotal: Option<Decimal>,
    total: Option<Decimal>,
    value: Option<Decimal>,
    shipping: Option<Decimal>,
    tax: Option<Decimal>,
    products: Option<Decimal>,
    has_unreadable: bool,
}

pub(super) struct Amounts {
    pub(super) revenue: Cents,
    pub(super) total: Cents,
}

impl Reading {
    pub(super) fn of(properties: &str) -> Self {
        let mut reading = Self::default();
        for (key, raw) in json::members(properties) {
            match key {
                "order_id" | "orderId" => reading.order_id = id(raw).or(reading.order_id),
                "refund_id" | "refundId" => reading.refund_id = id(raw).or(reading.refund_id),
                "currency" => {
                    reading.currency = json::text(raw).and_then(|text| Currency::parse(&text));
                }
                "revenue" => reading.revenue = reading.amount(raw),
                "subtotal" => reading.subtotal = reading.amount(raw),
                "total" => reading.total = reading.amount(raw),
                "value" => reading.value = reading.amount(raw),
                "shipping" => reading.shipping = reading.amount(raw),
                "tax" => reading.tax = reading.amount(raw),
                "products" => reading.read_products(raw),
                _ => {}
            }
        }
        reading
    }

    /// Whether it says anything about money.
    pub(super) fn is_priced(&self) -> bool {
        self.stated_revenue().is_some()
    }

    pub(super) fn amounts(&self, currency: Currency) -> Amounts {
        let cents = |amount: Option<Decimal>| amount.and_then(|amount| amount.to_cents(currency));
        let revenue = cents(self.stated_revenue()).unwrap_or(Cents::ZERO);
        let on_top = [self.shipping, self.tax]
            .into_iter()
            .filter_map(cents)
            .sum();
        // A revenue that came from the total has nothing on top of it.
        let total = cents(self.total).unwrap_or_else(|| revenue.plus(on_top));
        Amounts { revenue, total }
    }

    /// How much went back; nothing means all of it. Some shops write refunds below zero.
    pub(super) fn refunded_amount(&self) -> Option<Decimal> {
        let stated = self.total.or(self.revenue).or(self.value).or(self.products);
        match stated {
            Some(amount) => Some(amount.magnitude()),
            None if self.has_unreadable => Some(Decimal::ZERO),
            None => None,
        }
    }

    fn stated_revenue(&self) -> Option<Decimal> {
        self.revenue
            .or(self.subtotal)
            .or(self.total)
            .or(self.value)
            .or(self.products)
    }

    fn amount(&mut self, raw: &str) -> Option<Decimal> {
        let amount = json::text(raw).and_then(|text| Decimal::parse(&text));
        self.has_unreadable |= amount.is_none() && raw != "null" && raw != "\"\"";
        amount
    }

    fn read_products(&mut self, raw: &str) {
        let mut pieces = Decimal::ZERO;
        for product in json::elements(raw).take(PRODUCTS_MOST) {
            let (mut price, mut quantity) = (None, Decimal::ONE);
            for (key, raw) in json::members(product) {
                match key {
                    "price" => price = self.amount(raw),
                    "quantity" => quantity = self.amount(raw).unwrap_or(Decimal::ONE),
                    _ => {}
                }
            }
            pieces = pieces.plus(quantity).unwrap_or(pieces);
            let line = price.and_then(|price| price.times(quantity));
            if let Some(line) = line {
                self.products = self.products.unwrap_or(Decimal::ZERO).plus(line);
            }
        }
        self.item_count = pieces.to_count();
    }
}

/// The id of the order in the properties of an event.
pub(super) fn order_id(properties: &str) -> Option<CompactString> {
    let stated =
        json::members(properties).filter(|(key, _)| matches!(*key, "order_id" | "orderId"));
    stated.fold(None, |known, (_, raw)| id(raw).or(known))
}

fn id(raw: &str) -> Option<CompactString> {
    let text = json::text(raw)?;
    let text = text.trim();
    (!text.is_empty()).then(|| CompactString::new(cut(text, ID_MOST)))
}
