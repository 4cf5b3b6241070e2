//! Which products were in somebody's orders.
//!
//! **Invariant:** of what is told of an order several times the latest telling with products
//! counts, in whatever order they are taken in; what the company's systems tell and what is claimed
//! stand apart, as orders do.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::event::Event;
use crate::id::EventId;
use crate::json;
use crate::profile::{Order, Provenance, order_key};
use crate::semantic;
use crate::time::Timestamp;

/// Products kept of one order: more than anybody carries.
const PRODUCTS_MOST: usize = 1_000;
/// Longer keys and names are cut.
const TEXT_MOST: usize = 200;

/// A product, as an order tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Product {
    /// Its `sku`, else its `product_id`, else its name.
    pub key: CompactString,
    /// Its name, else its key.
    pub name: CompactString,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Telling {
    stamp: (Timestamp, EventId),
    products: Vec<Product>,
}

/// The products of orders, by whether they are claimed and the id of the order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baskets(BTreeMap<(bool, CompactString), Telling>);

impl Baskets {
    /// Takes in which products an event says were bought; other events say nothing here.
    pub fn fill(&mut self, event: &Event) {
        let name = event.name.as_str();
        let tells = matches!(name, semantic::ORDER_COMPLETED | semantic::ORDER_UPDATED);
        if !(tells && semantic::is_about_order(event)) {
            return;
        }
        let products = products(&event.properties);
        let Some(id) = order_key(event).filter(|_| !products.is_empty()) else {
            return;
        };
        let provenance = Provenance::of(event);
        let stamp = provenance.stamp();
        self.add((!provenance.is_proven(), id), Telling { stamp, products });
    }

    fn add(&mut self, order: (bool, CompactString), telling: Telling) {
        match self.0.get_mut(&order) {
            Some(known) if known.stamp >= telling.stamp => {}
            Some(known) => *known = telling,
            None => drop(self.0.insert(order, telling)),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (order, telling) in other.0 {
            self.add(order, telling);
        }
    }

    /// The products of an order, each once: those that are told of it as it counts, else those that
    /// are told of it otherwise.
    #[must_use]
    pub fn of(&self, order: &Order) -> &[Product] {
        let told = |is_claimed| self.0.get(&(is_claimed, CompactString::from(order.id())));
        let telling = told(order.is_claimed()).or_else(|| told(!order.is_claimed()));
        telling.map_or(&[], |it| &it.products)
    }
}

/// The products that the properties of an order say were bought, each once.
fn products(properties: &str) -> Vec<Product> {
    let Some(all) = json::member(properties, "products") else {
        return Vec::new();
    };
    let lines = json::elements(all).take(PRODUCTS_MOST);
    let mut products: Vec<Product> = lines.filter_map(product).collect();
    products.sort_unstable();
    products.dedup_by(|one, other| one.key == other.key);
    products
}

fn product(line: &str) -> Option<Product> {
    let (mut sku, mut id, mut name, mut quantity) = (None, None, None, None);
    for (key, raw) in json::members(line) {
        match key {
            "sku" => sku = text(raw),
            "product_id" | "productId" => id = text(raw),
            "name" => name = text(raw),
            "quantity" => quantity = json::text(raw).and_then(|it| it.parse::<f64>().ok()),
            _ => {}
        }
    }
    let is_bought = quantity.is_none_or(|it| it > 0.0);
    let key = sku.or(id).or_else(|| name.clone()).filter(|_| is_bought)?;
    Some(Product {
        name: name.unwrap_or_else(|| key.clone()),
        key,
    })
}

fn text(raw: &str) -> Option<CompactString> {
    let text = json::text(raw)?;
    let text = text.trim();
    let end = text.floor_char_boundary(TEXT_MOST);
    let text = text.get(..end).unwrap_or_default();
    (!text.is_empty()).then(|| CompactString::new(text))
}
