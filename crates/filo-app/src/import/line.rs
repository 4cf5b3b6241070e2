//! One line of a file: what it says, and what may become of it.
//!
//! **Invariant:** the fate of a line depends on the line and the shape alone; only the order it
//! belongs to can still turn it away (see `assembly`).

use filo_core::identity::{Identifier, Kind, Rules};
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use super::column::Column;
use super::csv_shape::{Preset, Shape, text};
use super::decimal::Decimal;
use super::report::Reason;
use super::when::DateReader;

/// An order number is shorter.
const ORDER_BYTES_MOST: usize = 200;
/// A clock a little ahead is no reason to refuse a sale of today.
const AHEAD_MOST_S: i64 = 24 * 3600;

/// What a file's lines are read with.
pub(super) struct LineReader<'a> {
    /// Columns, numbers, program.
    pub(super) shape: &'a Shape,
    /// Dates.
    pub(super) dates: DateReader,
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
    pub(super) fn value(&self, record: &csv::ByteRecord, column: Column) -> Option<String> {
        let field = record.get(self.shape.column(column)?)?;
        let text = text(field);
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix('\'').unwrap_or(trimmed).trim();
        (!bare.is_empty()).then(|| bare.to_owned())
    }

    /// Reads a line.
    pub(super) fn read(&self, record: &csv::ByteRecord) -> (Remarks, Fate) {
        let mut remarks = Remarks::default();
        let fate = match self.examine(record, &mut remarks) {
            Ok(fate) => fate,
            Err(reason) => Fate::Rejected(reason),
        };
        (remarks, fate)
    }

    fn examine(&self, record: &csv::ByteRecord, remarks: &mut Remarks) -> Result<Fate, Reason> {
        if record.len() != self.shape.headers.len() {
            return Err(Reason::WrongColumnCount);
        }
        remarks.order = self.value(record, Column::Order).ok_or(Reason::NoOrder)?;
        remarks.is_cancellation = self.is_cancellation(&remarks.order);
        let quantity = self.number(record, Column::Quantity, Reason::BadQuantity);
        let price = self.number(record, Column::Price, Reason::BadPrice);
        remarks.quantity_not_positive = matches!(quantity, Ok(Some(value)) if !value.is_positive());
        remarks.price_not_positive = matches!(price, Ok(Some(value)) if !value.is_positive());
        if remarks.order.len() > ORDER_BYTES_MOST {
            return Err(Reason::OrderTooLong);
        }
        let customer = self.customer(record)?;
        if customer.is_empty() && self.shape.preset != Preset::ShopifyOrders {
            return Ok(Fate::NoCustomer);
        }
        let at = self.date(record, Column::At)?.ok_or(Reason::BadDate)?;
        if at > self.now.plus_seconds(AHEAD_MOST_S) {
            return Err(Reason::FutureDate);
        }
        let fields = self.fields(record)?;
        let quantity = quantity?.unwrap_or(Decimal::ONE);
        let price = price?;
        let line_total = self.number(record, Column::LineTotal, Reason::BadPrice)?;
        if remarks.is_cancellation {
            let product = self.product(record, quantity, price, line_total);
            return refund(at, customer, product, fields);
        }
        if !quantity.is_positive() {
            return Err(Reason::QuantityNotPositive);
        }
        let product = self.product(record, quantity, price, line_total);
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
        record: &csv::ByteRecord,
        column: Column,
        reason: Reason,
    ) -> Result<Option<Decimal>, Reason> {
        self.value(record, column)
            .map(|value| Decimal::parse(&value, self.shape.decimals).ok_or(reason))
            .transpose()
    }

    fn date(&self, record: &csv::ByteRecord, column: Column) -> Result<Option<Timestamp>, Reason> {
        self.value(record, column)
            .map(|value| self.dates.read(&value).ok_or(Reason::BadDate))
            .transpose()
    }

    /// The identifiers of the line; an error only if something stands there and none of it is
    /// of use.
    fn customer(&self, record: &csv::ByteRecord) -> Result<Customer, Reason> {
        let mut customer = Customer::new();
        let mut refused = false;
        for (column, kind) in [
            (Column::Customer, Kind::UserId),
            (Column::Email, Kind::Email),
            (Column::Phone, Kind::Phone),
        ] {
            let Some(value) = self.value(record, column) else {
                continue;
            };
            let value = if kind == Kind::UserId {
                whole_number(&value)
            } else {
                &value
            };
            match Identifier::new(kind, value, self.rules) {
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
        record: &csv::ByteRecord,
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
            sku: self.value(record, Column::Sku),
            name: self.value(record, Column::Product),
            quantity,
            price,
            amount,
        })
    }

    fn fields(&self, record: &csv::ByteRecord) -> Result<OrderFields, Reason> {
        let amount = |column| self.number(record, column, Reason::BadPrice);
        let status = self
            .value(record, Column::Status)
            .unwrap_or_default()
            .to_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| status == *word);
        Ok(OrderFields {
            currency: self.value(record, Column::Currency),
            total: amount(Column::Total)?,
            subtotal: amount(Column::Subtotal)?,
            shipping: amount(Column::Shipping)?,
            tax: amount(Column::Tax)?,
            discount: amount(Column::Discount)?,
            coupon: self.value(record, Column::Coupon),
            cancelled_at: self.date(record, Column::CancelledAt)?,
            is_cancelled: is(&["cancelled", "canceled", "voided", "annullato", "annullata"]),
            refunded: amount(Column::Refunded)?.filter(|amount| amount.is_positive()),
            is_refunded: is(&["refunded", "rimborsato", "rimborsata"]),
            country: self.value(record, Column::Country),
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
