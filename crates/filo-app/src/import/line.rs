//! One line of a file: what it says, and what may become of it.
//!
//! **Invariant:** the fate of a line depends on the line and the shape alone; only the order it
//! belongs to can still turn it away (see `assembly`).

use filo_core::identity::{Identifier, Kind, Rules};
use filo_core::time::Timestamp;
use jiff::tz::TimeZone;
use smallvec::SmallVec;

use super::column::Column;
use super::decimal::Decimal;
use super::draft::plain;
use super::order_shape::{Preset, Shape};
use super::report::Reason;
use super::rows::AHEAD_MOST_S;
use super::when::DateReader;

/// An order number is shorter.
const ORDER_BYTES_MOST: usize = 200;

/// How shops say that an order came to nothing: it was cancelled, or never paid.
const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "voided",
    "failed",
    "payment error",
    "annullato",
    "annullata",
    "fallito",
    "errore di pagamento",
];
/// How they say that the money went back.
const REFUNDED: &[&str] = &["refunded", "rimborsato", "rimborsata"];

/// What a file's lines are read with.
pub(super) struct LineReader<'a> {
    /// Columns, numbers, program.
    pub(super) shape: &'a Shape,
    /// The zone of times that do not say theirs.
    pub(super) zone: TimeZone,
    /// Identifiers.
    pub(super) rules: &'a Rules,
    /// The time of the run.
    pub(super) now: Timestamp,
}

/// Who bought, strongest first.
pub(super) type Customer = SmallVec<[Identifier; 2]>;

/// What stands on an order's first line only, or on each.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct OrderFields {
    /// Three letters.
    pub(super) currency: Option<String>,
    /// With shipping and tax.
    pub(super) total: Option<Decimal>,
    /// Without them.
    pub(super) subtotal: Option<Decimal>,
    /// Of the order.
    pub(super) shipping: Option<Decimal>,
    /// Of the order.
    pub(super) tax: Option<Decimal>,
    /// Of the order.
    pub(super) discount: Option<Decimal>,
    /// Used with the order.
    pub(super) coupon: Option<String>,
    /// When the shop cancelled it.
    pub(super) cancelled_at: Option<Timestamp>,
    /// Cancelled, without a date of its own.
    pub(super) is_cancelled: bool,
    /// Given back.
    pub(super) refunded: Option<Decimal>,
    /// Given back whole, without an amount.
    pub(super) is_refunded: bool,
    /// Of the customer.
    pub(super) country: Option<String>,
}

/// A product on a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Product {
    /// Code.
    pub(super) sku: Option<String>,
    /// Name.
    pub(super) name: Option<String>,
    /// Pieces, more than zero.
    pub(super) quantity: Decimal,
    /// Of one.
    pub(super) price: Option<Decimal>,
    /// Of all pieces.
    pub(super) amount: Decimal,
}

/// A line that belongs into an order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OrderLine {
    /// When.
    pub(super) at: Timestamp,
    /// Who; empty if the line leaves it to the order's first line.
    pub(super) customer: Customer,
    /// What; absent on lines that only carry the order.
    pub(super) product: Option<Product>,
    /// The order's own fields.
    pub(super) fields: OrderFields,
}

/// What may become of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fate {
    /// Part of an order.
    Order(Box<OrderLine>),
    /// Part of a cancellation: a refund.
    Refund(Box<OrderLine>),
    /// Nobody's.
    NoCustomer,
    /// Not usable.
    Rejected(Reason),
}

/// What can be said of a line before its fate: counted whatever becomes of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Remarks {
    /// The order it names.
    pub(super) order: String,
    /// The invoice is a cancellation.
    pub(super) is_cancellation: bool,
    /// Zero or fewer pieces.
    pub(super) quantity_not_positive: bool,
    /// Zero or less to pay.
    pub(super) price_not_positive: bool,
}

impl LineReader<'_> {
    /// The value of a column, trimmed, without the apostrophe that spreadsheets put before
    /// numbers to keep them text; nothing if empty.
    pub(super) fn value<'c>(&self, cells: &'c [String], column: Column) -> Option<&'c str> {
        let cell = plain(cells.get(self.shape.place(column)?.position)?);
        (!cell.is_empty()).then_some(cell)
    }

    /// Whom the line names, as it is written.
    pub(super) fn named<'c>(&self, cells: &'c [String]) -> impl Iterator<Item = (Kind, &'c str)> {
        self.shape.who.iter().filter_map(|(position, kind)| {
            let cell = plain(cells.get(*position)?);
            (!cell.is_empty()).then_some((*kind, cell))
        })
    }

    /// Reads a line.
    pub(super) fn read(&self, cells: &[String]) -> (Remarks, Fate) {
        let mut remarks = Remarks::default();
        let fate = match self.examine(cells, &mut remarks) {
            Ok(fate) => fate,
            Err(reason) => Fate::Rejected(reason),
        };
        (remarks, fate)
    }

    fn examine(&self, cells: &[String], remarks: &mut Remarks) -> Result<Fate, Reason> {
        let order = self.value(cells, Column::Order).ok_or(Reason::NoOrder)?;
        order.clone_into(&mut remarks.order);
        remarks.is_cancellation = self.is_cancellation(&remarks.order);
        let quantity = self.number(cells, Column::Quantity, Reason::BadQuantity);
        let price = self.number(cells, Column::Price, Reason::BadPrice);
        remarks.quantity_not_positive = matches!(quantity, Ok(Some(value)) if !value.is_positive());
        remarks.price_not_positive = matches!(price, Ok(Some(value)) if !value.is_positive());
        if remarks.order.len() > ORDER_BYTES_MOST {
            return Err(Reason::OrderTooLong);
        }
        let customer = self.customer(cells)?;
        if customer.is_empty() && self.shape.preset != Preset::ShopifyOrders {
            return Ok(Fate::NoCustomer);
        }
        let at = self.date(cells, Column::At)?.ok_or(Reason::BadDate)?;
        if at > self.now.plus_seconds(AHEAD_MOST_S) {
            return Err(Reason::FutureDate);
        }
        let fields = self.fields(cells)?;
        let quantity = quantity?.unwrap_or(Decimal::ONE);
        let price = price?;
        let line_total = self.number(cells, Column::LineTotal, Reason::BadPrice)?;
        if remarks.is_cancellation {
            let product = self.product(cells, quantity, price, line_total);
            return refund(at, customer, product, fields);
        }
        if !quantity.is_positive() {
            return Err(Reason::QuantityNotPositive);
        }
        let product = self.product(cells, quantity, price, line_total);
        // Shopify lists gifts at price zero inside paid orders: part of the order all the same.
        let gifts_count = self.shape.preset == Preset::ShopifyOrders;
        if product.as_ref().is_some_and(|product| {
            product.amount.is_negative() || !product.amount.is_positive() && !gifts_count
        }) {
            return Err(Reason::PriceNotPositive);
        }
        Ok(Fate::Order(Box::new(OrderLine {
            at,
            customer,
            product,
            fields,
        })))
    }

    fn is_cancellation(&self, order: &str) -> bool {
        self.shape.preset == Preset::OnlineRetail && order.starts_with(['C', 'c'])
    }

    fn number(
        &self,
        cells: &[String],
        column: Column,
        reason: Reason,
    ) -> Result<Option<Decimal>, Reason> {
        let Some(value) = self.value(cells, column) else {
            return Ok(None);
        };
        let mark = self.shape.place(column).map(|place| place.mark);
        let number = mark.and_then(|mark| Decimal::parse(value, mark));
        number.map(Some).ok_or(reason)
    }

    fn date(&self, cells: &[String], column: Column) -> Result<Option<Timestamp>, Reason> {
        let (Some(value), Some(place)) = (self.value(cells, column), self.shape.place(column))
        else {
            return Ok(None);
        };
        let reader = DateReader {
            order: place.order,
            zone: self.zone.clone(),
        };
        reader.read(value).map(Some).ok_or(Reason::BadDate)
    }

    /// The identifiers of the line; an error only if something stands there and none of it is
    /// of use.
    fn customer(&self, cells: &[String]) -> Result<Customer, Reason> {
        let mut customer = Customer::new();
        let mut refused = false;
        for (kind, value) in self.named(cells) {
            let value = if kind == Kind::UserId {
                whole_number(value)
            } else {
                value
            };
            match Identifier::new(kind, value, self.rules) {
                Ok(identifier) if customer.contains(&identifier) => {}
                Ok(identifier) => customer.push(identifier),
                Err(_useless) => refused = true,
            }
        }
        customer.sort();
        if customer.is_empty() && refused {
            Err(Reason::BadCustomer)
        } else {
            Ok(customer)
        }
    }

    fn product(
        &self,
        cells: &[String],
        quantity: Decimal,
        price: Option<Decimal>,
        line_total: Option<Decimal>,
    ) -> Option<Product> {
        let amount = match (line_total, price) {
            (Some(total), _) => total,
            (None, Some(price)) => price.times(quantity),
            (None, None) => return None,
        };
        Some(Product {
            sku: self.value(cells, Column::Sku).map(str::to_owned),
            name: self.value(cells, Column::Product).map(str::to_owned),
            quantity,
            price,
            amount,
        })
    }

    fn fields(&self, cells: &[String]) -> Result<OrderFields, Reason> {
        let text = |column| self.value(cells, column).map(str::to_owned);
        let amount = |column| self.number(cells, column, Reason::BadPrice);
        let status = self
            .value(cells, Column::Status)
            .unwrap_or_default()
            .to_lowercase();
        let status = status.strip_prefix("wc-").unwrap_or(&status);
        let is = |words: &[&str]| words.contains(&status);
        Ok(OrderFields {
            currency: text(Column::Currency),
            total: amount(Column::Total)?,
            subtotal: amount(Column::Subtotal)?,
            shipping: amount(Column::Shipping)?,
            tax: amount(Column::Tax)?,
            discount: amount(Column::Discount)?,
            coupon: text(Column::Coupon),
            cancelled_at: self.date(cells, Column::CancelledAt)?,
            is_cancelled: is(CANCELLED),
            refunded: amount(Column::Refunded)?.filter(|amount| amount.is_positive()),
            is_refunded: is(REFUNDED),
            country: text(Column::Country),
        })
    }
}

/// A cancellation counts what is given back as more than zero.
fn refund(
    at: Timestamp,
    customer: Customer,
    product: Option<Product>,
    fields: OrderFields,
) -> Result<Fate, Reason> {
    let mut product = product.ok_or(Reason::BadPrice)?;
    if !product.amount.is_negative() {
        return Err(Reason::CancellationNotNegative);
    }
    product.amount = product.amount.size();
    product.quantity = product.quantity.size();
    product.price = product.price.map(Decimal::size);
    Ok(Fate::Refund(Box::new(OrderLine {
        at,
        customer,
        product: Some(product),
        fields,
    })))
}

/// `17850.0` is how a spreadsheet that knows only floats writes the id 17850.
fn whole_number(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty()
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && zeros.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_spreadsheet_made_floats_are_whole_again() {
        for (text, expected) in [
            ("17850.0", "17850"),
            ("17850", "17850"),
            ("17850.5", "17850.5"),
            ("a.0", "a.0"),
            (".0", ".0"),
        ] {
            assert_eq!(whole_number(text), expected);
        }
    }
}
