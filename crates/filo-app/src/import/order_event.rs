//! An assembled order as events of the customer's thread.
//!
//! **Invariant:** a message id depends on the order's number and the kind of event alone, so the
//! same order from any file, brought in any number of times, is one event.

use compact_str::{CompactString, format_compact};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{SourceId, WorkspaceKey};
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use super::assembly::Draft;
use super::decimal::Decimal;
use super::line::Product;

/// The longest message id of the wire contract.
const MESSAGE_ID_BYTES_MOST: usize = 100;

/// What all events of a run have in common.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// Whose event ids.
    pub(super) key: WorkspaceKey,
    /// The source that imports write as.
    pub(super) source: SourceId,
    /// The time of the run.
    pub(super) received_at: Timestamp,
    /// Where the orders were placed.
    pub(super) channel: Channel,
    /// Of orders that do not say theirs.
    pub(super) currency: String,
    /// Decimals of the minor unit, by currency.
    pub(super) decimals: fn(&str) -> u32,
}

#[derive(Serialize)]
struct Properties<'a> {
    order_id: &'a str,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtotal: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revenue: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coupon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    products: Vec<ProductProperties<'a>>,
}

#[derive(Serialize)]
struct ProductProperties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    quantity: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<Box<RawValue>>,
}

/// A number of the file as a number of JSON, digit by digit.
fn number(value: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(value.to_string()).ok()
}

fn product(product: &Product) -> ProductProperties<'_> {
    ProductProperties {
        sku: product.sku.as_deref(),
        name: product.name.as_deref(),
        quantity: number(product.quantity),
        price: product.price.and_then(number),
    }
}

/// The order's currency.
pub(super) fn currency<'a>(draft: &'a Draft, stamp: &'a Stamp) -> &'a str {
    draft.fields.currency.as_deref().unwrap_or(&stamp.currency)
}

/// What the order earned, without shipping and tax: its subtotal if the file has one, else its
/// lines, else its total.
pub(super) fn revenue(draft: &Draft, stamp: &Stamp) -> Decimal {
    let fields = &draft.fields;
    let amount = fields
        .subtotal
        .or_else(|| (!draft.products.is_empty()).then(|| draft.amount()))
        .or(fields.total)
        .unwrap_or(Decimal::ZERO);
    amount.rounded((stamp.decimals)(currency(draft, stamp)))
}

/// What was given back: for a refund its lines, for an order what the shop says.
pub(super) fn refunded(draft: &Draft, stamp: &Stamp) -> Option<Decimal> {
    let amount = if draft.is_refund {
        Some(draft.amount())
    } else {
        draft.fields.refunded
    };
    amount.map(|amount| amount.rounded((stamp.decimals)(currency(draft, stamp))))
}

/// Whether the order was cancelled.
pub(super) fn is_cancelled(draft: &Draft) -> bool {
    !draft.is_refund && (draft.fields.is_cancelled || draft.fields.cancelled_at.is_some())
}

/// The events of an order or a refund: one to three.
pub(super) fn events(draft: &Draft, stamp: &Stamp) -> Vec<Event> {
    if draft.is_refund {
        return vec![event(
            draft,
            stamp,
            "Order Refunded",
            draft.at,
            &refund_properties(draft, stamp),
        )];
    }
    let mut events = vec![event(
        draft,
        stamp,
        "Order Completed",
        draft.at,
        &order_properties(draft, stamp),
    )];
    let later = draft.fields.cancelled_at.unwrap_or(draft.at).max(draft.at);
    if is_cancelled(draft) {
        events.push(event(
            draft,
            stamp,
            "Order Cancelled",
            later,
            &bare(draft, stamp),
        ));
    }
    if draft.fields.refunded.is_some() || draft.fields.is_refunded {
        let mut properties = bare(draft, stamp);
        properties.total = refunded(draft, stamp).and_then(number);
        events.push(event(draft, stamp, "Order Refunded", later, &properties));
    }
    events
}

fn bare<'a>(draft: &'a Draft, stamp: &'a Stamp) -> Properties<'a> {
    Properties {
        order_id: &draft.order,
        currency: currency(draft, stamp),
        total: None,
        subtotal: None,
        revenue: None,
        shipping: None,
        tax: None,
        discount: None,
        coupon: None,
        country: None,
        products: Vec::new(),
    }
}

fn order_properties<'a>(draft: &'a Draft, stamp: &'a Stamp) -> Properties<'a> {
    let fields = &draft.fields;
    let revenue = revenue(draft, stamp);
    Properties {
        total: number(fields.total.unwrap_or(revenue)),
        subtotal: fields.subtotal.and_then(number),
        revenue: number(revenue),
        shipping: fields.shipping.and_then(number),
        tax: fields.tax.and_then(number),
        discount: fields.discount.and_then(number),
        coupon: fields.coupon.as_deref(),
        country: fields.country.as_deref(),
        products: draft.products.iter().map(product).collect(),
        ..bare(draft, stamp)
    }
}

fn refund_properties<'a>(draft: &'a Draft, stamp: &'a Stamp) -> Properties<'a> {
    Properties {
        total: refunded(draft, stamp).and_then(number),
        products: draft.products.iter().map(product).collect(),
        ..bare(draft, stamp)
    }
}

fn event(
    draft: &Draft,
    stamp: &Stamp,
    name: &'static str,
    at: Timestamp,
    properties: &Properties<'_>,
) -> Event {
    let message_id = message_id(&draft.order, name, stamp);
    let first = &draft.customer[0];
    Event {
        id: stamp.key.event_id(stamp.source, &message_id),
        thread: stamp.key.node_id(first.kind, &first.value),
        at,
        received_at: stamp.received_at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel: stamp.channel,
        source: stamp.source,
        message_id,
        name: CompactString::const_new(name),
        identifiers: draft.customer.iter().cloned().collect(),
        // Plain structs of texts and numbers: nothing in them can fail to be written.
        properties: serde_json::to_string(properties).unwrap_or_default().into(),
        context: Box::default(),
    }
}

/// `order:completed:536365`; a number too long for the contract is hashed.
fn message_id(order: &str, name: &str, stamp: &Stamp) -> CompactString {
    let word = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let plain = format_compact!("order:{word}:{order}");
    if plain.len() <= MESSAGE_ID_BYTES_MOST {
        return plain;
    }
    format_compact!("order:{word}:{}", stamp.key.event_id(stamp.source, order))
}
