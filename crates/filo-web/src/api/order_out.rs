//! What a customer bought, as the API shows it.

use filo_core::profile::view::OrderSummary;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;

/// The orders of one currency. Amounts are in minor units, without shipping and tax.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderSummary)]
pub(crate) struct OrderSummaryOut {
    /// The currency.
    #[schema(example = "EUR")]
    currency: String,
    /// Orders that stand, refunded ones among them.
    count: u32,
    /// Orders that were called off.
    cancelled_count: u32,
    /// Pieces in the orders that stand.
    item_count: u64,
    /// Revenue before refunds.
    gross_cents: i64,
    /// What of it went back.
    refunded_cents: i64,
    /// What of it stayed.
    net_cents: i64,
    /// Revenue before refunds per order.
    average_cents: i64,
    /// When the first one that stands was placed.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_at: Option<Text<Timestamp>>,
    /// When the last one that stands was placed.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Text<Timestamp>>,
}

impl OrderSummaryOut {
    pub(crate) fn new(orders: &OrderSummary) -> Self {
        Self {
            currency: orders.currency.code().to_owned(),
            count: orders.count,
            cancelled_count: orders.cancelled_count,
            item_count: orders.item_count,
            gross_cents: orders.gross.0,
            refunded_cents: orders.refunded.0,
            net_cents: orders.net.0,
            average_cents: orders.average.0,
            first_at: orders.first_at.map(Text),
            last_at: orders.last_at.map(Text),
        }
    }
}
