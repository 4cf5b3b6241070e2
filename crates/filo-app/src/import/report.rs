//! What became of every line of a file.
//!
//! **Invariant:** `lines = clean + refunds + without customer + the sum of the rejected`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Examples kept of the rejected lines; the rest are counted, and all go to the errors' file.
const EXAMPLES_MOST: usize = 20;

/// Why a line was not brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More or fewer fields than the header.
    WrongColumnCount,
    /// A quote is opened in it and closed nowhere.
    UnclosedQuote,
    /// It is longer than any line of a table.
    LineTooLong,
    /// It holds bytes that stand for no letter.
    NotText,
    /// It is no object of JSON, or no table at all.
    NoObject,
    /// No order number.
    NoOrder,
    /// An order number longer than any is.
    OrderTooLong,
    /// The date cannot be read.
    BadDate,
    /// The date lies more than a day ahead.
    FutureDate,
    /// The quantity is not a number.
    BadQuantity,
    /// The price or amount is not a number.
    BadPrice,
    /// Zero or fewer pieces, and no cancellation.
    QuantityNotPositive,
    /// Nothing to pay, or less: gifts, samples, corrections of the books.
    PriceNotPositive,
    /// A cancellation that gives nothing back.
    CancellationNotNegative,
    /// The identifiers of the customer are placeholders or cannot be read.
    BadCustomer,
    /// The order's other lines name another customer.
    OtherCustomer,
    /// The order's other lines stand too far up in the file.
    OrderClosed,
    /// More lines than one order has.
    TooManyLines,
}

impl Reason {
    /// The word in the file of rejected lines and in keys of the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WrongColumnCount => "wrong_column_count",
            Self::UnclosedQuote => "unclosed_quote",
            Self::LineTooLong => "too_long",
            Self::NotText => "bad_bytes",
            Self::NoObject => "no_object",
            Self::NoOrder => "no_order",
            Self::OrderTooLong => "order_too_long",
            Self::BadDate => "bad_date",
            Self::FutureDate => "future_date",
            Self::BadQuantity => "bad_quantity",
            Self::BadPrice => "bad_price",
            Self::QuantityNotPositive => "quantity_not_positive",
            Self::PriceNotPositive => "price_not_positive",
            Self::CancellationNotNegative => "cancellation_not_negative",
            Self::BadCustomer => "bad_customer",
            Self::OtherCustomer => "other_customer",
            Self::OrderClosed => "order_closed",
            Self::TooManyLines => "too_many_lines",
        }
    }

    /// Why a table could not read a line, by its word.
    pub(super) fn of_fault(word: &str) -> Self {
        match word {
            "unclosed_quote" => Self::UnclosedQuote,
            "too_long" => Self::LineTooLong,
            "bad_bytes" => Self::NotText,
            _ => Self::NoObject,
        }
    }

    /// The sentence in the report.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::WrongColumnCount => "the line has more or fewer fields than the header",
            Self::UnclosedQuote => "a quote is opened in the line and does not close as it should",
            Self::LineTooLong => "the line is longer than 256 kB",
            Self::NotText => "the line holds bytes that are no text",
            Self::NoObject => "the line is no object of JSON",
            Self::NoOrder => "there is no order number",
            Self::OrderTooLong => "the order number is longer than 200 letters",
            Self::BadDate => "the date cannot be read",
            Self::FutureDate => "the date lies in the future",
            Self::BadQuantity => "the quantity is not a number",
            Self::BadPrice => "the price is not a number",
            Self::QuantityNotPositive => "the quantity is not more than zero",
            Self::PriceNotPositive => "the price is not more than zero",
            Self::CancellationNotNegative => "a cancellation must give something back",
            Self::BadCustomer => "the customer's id, e-mail or telephone cannot be used",
            Self::OtherCustomer => "the order's first line names another customer",
            Self::OrderClosed => "the order's other lines stand too far up: sort by order",
            Self::TooManyLines => "the order has more than 10,000 lines",
        }
    }
}

/// A line that was not brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedLine {
    /// Its number in the file; the header is line 1.
    pub line: u64,
    /// The order it names.
    pub order: String,
    /// Why.
    pub reason: Reason,
}

/// The report of a file of orders, the same dry or not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderReport {
    /// Which program wrote the file.
    pub preset: String,
    /// Column and header.
    pub mapping: Vec<(String, String)>,
    /// Lines after the header.
    pub lines: u64,
    /// Lines of orders that were brought in.
    pub clean_lines: u64,
    /// Lines of refunds that were brought in.
    pub refund_lines: u64,
    /// Lines that name no customer: nobody's thread.
    pub lines_without_customer: u64,
    /// Lines that were not brought in, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// All lines of cancellations, with and without a customer.
    pub cancellation_lines: u64,
    /// All lines with a quantity of zero or less.
    pub quantity_not_positive_lines: u64,
    /// All lines with a price of zero or less.
    pub price_not_positive_lines: u64,
    /// Lines equal to an earlier one in every field; they count, as a till writes one line for
    /// each piece.
    pub repeated_lines: u64,
    /// Order numbers of all kinds.
    pub invoices: u64,
    /// Orders brought in.
    pub orders: u64,
    /// Refunds brought in.
    pub refunds: u64,
    /// Orders brought in that were cancelled.
    pub cancelled_orders: u64,
    /// Different customers of all lines.
    pub customers_named: u64,
    /// Customers with an order brought in.
    pub customers: u64,
    /// Different products of clean lines.
    pub products: u64,
    /// Countries of all lines.
    pub countries: u64,
    /// Sum of the orders by currency, in decimals.
    pub revenue: BTreeMap<String, String>,
    /// Sum of the refunds by currency, in decimals.
    pub refunded: BTreeMap<String, String>,
    /// The first and last date of what was brought in.
    pub period: Option<(String, String)>,
    /// The first rejected lines.
    pub examples: Vec<RejectedLine>,
    /// Events handed to the log; what was already there is recognised by its id and stays once.
    pub events: u64,
}

impl OrderReport {
    /// Lines rejected for any reason.
    #[must_use]
    pub fn rejected_lines(&self) -> u64 {
        self.rejected.values().sum()
    }

    /// Whether every line has its outcome.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let outcomes = self.clean_lines + self.refund_lines + self.lines_without_customer;
        self.lines == outcomes + self.rejected_lines()
    }

    /// Counts a rejected line and keeps it as an example while there is room.
    pub(super) fn reject(&mut self, line: u64, order: &str, reason: Reason) {
        *self.rejected.entry(reason).or_default() += 1;
        if self.examples.len() < EXAMPLES_MOST {
            self.examples.push(RejectedLine {
                line,
                order: order.chars().take(40).collect(),
                reason,
            });
        }
    }
}
