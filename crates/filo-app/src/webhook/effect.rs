//! What the engine did that somebody wants to hear of: collected while events are applied, told
//! with the checkpoint.
//!
//! **Invariant:** what is told compares the state of this checkpoint with that of the last one,
//! so what came and went between two checkpoints is not told.

use ahash::{HashMap, HashSet};
use filo_core::consent;
use filo_core::event::{Event, EventKind, Trust};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::semantic;
use filo_core::webhook::Topic;
use serde_json::{Map, Value, json};

use super::outbox::{News, QUEUE_MOST};
use crate::engine::Live;

/// What can change about a customer, as bits and words.
const CHANGES: [(u8, &str); 6] = [
    (1, "traits"),
    (2, "orders"),
    (4, "consents"),
    (8, "notes"),
    (16, "identifiers"),
    (32, "events"),
];
/// What of an order is told.
const OF_ORDER: [&str; 5] = ["order_id", "revenue", "total", "value", "currency"];
/// What of a claimed yes is asked about.
const OF_CLAIM: [&str; 4] = ["purpose", "channel", "wording", "how"];
/// What of a statement about consent is told.
const OF_CONSENT: [&str; 3] = ["purpose", "channel", "basis"];

/// Something on a thread, told as it happened.
#[derive(Debug, Clone)]
struct Happened {
    topic: Topic,
    thread: NodeId,
    data: Map<String, Value>,
}

/// What is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listening {
    /// Nothing: the state is being made anew.
    Nothing,
    /// What customers claimed and are to be asked about; nobody listens to the rest.
    Claims,
    /// Everything.
    Everything,
}

/// Collected since the last checkpoint.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effects {
    /// Somebody listens; otherwise claims alone are collected.
    listens: bool,
    changed: HashMap<NodeId, u8>,
    /// Whose each node was at the last checkpoint, if that is different.
    moved: HashMap<NodeId, CustomerId>,
    happened: Vec<Happened>,
    /// What there was no room for.
    lost: u64,
}

impl Effects {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.moved.is_empty() && self.happened.is_empty()
    }

    /// Notes an event that was applied.
    pub(crate) fn note(&mut self, event: &Event) {
        if !self.listens {
            return;
        }
        *self.changed.entry(event.thread).or_default() |= change_of(event);
        let (topic, keys) = if event.name == semantic::ORDER_COMPLETED {
            (Topic::OrderCompleted, &OF_ORDER[..])
        } else if consent::concerns(event) {
            (Topic::ConsentChanged, &OF_CONSENT[..])
        } else {
            return;
        };
        if event.kind != EventKind::Track {
            return;
        }
        if self.happened.len() >= QUEUE_MOST {
            self.lost += 1;
            return;
        }
        let mut data = picked(&event.properties, keys);
        data.insert("event".to_owned(), event.id.to_string().into());
        data.insert("name".to_owned(), event.name.as_str().into());
        data.insert("at".to_owned(), event.at.to_string().into());
        self.happened.push(Happened {
            topic,
            thread: event.thread,
            data,
        });
    }

    /// Notes a claimed yes that its person can confirm by mail.
    pub(crate) fn note_claim(&mut self, event: &Event, nodes: &[NodeId]) {
        let is_claim = event.kind == EventKind::Track
            && event.name == semantic::CONSENT_GRANTED
            && event.trust == Trust::Claimed;
        let address = nodes.iter().find(|node| node.kind() == Some(Kind::Email));
        let Some(address) = address.filter(|_| is_claim) else {
            return;
        };
        if self.happened.len() >= QUEUE_MOST {
            self.lost += 1;
            return;
        }
        let mut data = picked(&event.properties, &OF_CLAIM);
        data.insert("identifier".to_owned(), address.to_string().into());
        data.insert("at".to_owned(), event.at.to_string().into());
        data.insert("source".to_owned(), event.source.0.into());
        self.happened.push(Happened {
            topic: Topic::ConfirmationRequested,
            thread: event.thread,
            data,
        });
    }

    /// Notes whose a node was before it became somebody else's.
    pub(crate) fn note_move(&mut self, node: NodeId, before: CustomerId) {
        if self.listens {
            self.moved.entry(node).or_insert(before);
        }
    }

    /// Takes back what an earlier one had collected and could not tell.
    pub(crate) fn absorb(&mut self, earlier: Self) {
        for (node, bits) in earlier.changed {
            *self.changed.entry(node).or_default() |= bits;
        }
        self.moved.extend(earlier.moved);
        self.happened.splice(0..0, earlier.happened);
        self.lost += earlier.lost;
    }
}

fn change_of(event: &Event) -> u8 {
    match event.kind {
        EventKind::Identify | EventKind::Group => 1,
        EventKind::Alias | EventKind::Decision => 16,
        EventKind::Page | EventKind::Screen => 32,
        EventKind::Track if consent::concerns(event) => 4,
        EventKind::Track => match event.name.as_str() {
            semantic::NOTE_ADDED | semantic::NOTE_REMOVED => 8,
            name if name.starts_with("Order ") => 2,
            _ => 32,
        },
    }
}

/// Members of a JSON object that was sent; what is no object has none.
fn picked(properties: &str, keys: &[&str]) -> Map<String, Value> {
    let mut given: Map<String, Value> = serde_json::from_str(properties).unwrap_or_default();
    given.retain(|key, value| keys.contains(&key.as_str()) && is_short(value));
    given
}

/// Long texts and nested values are not what changed; the event has them.
fn is_short(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= 200,
        Value::Array(items) => {
            items.len() <= 20
                && items
                    .iter()
                    .all(|it| !it.is_object() && !it.is_array() && is_short(it))
        }
        Value::Object(_) => false,
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// What one checkpoint tells: what was collected, and whose each node is now.
#[derive(Debug)]
pub(crate) struct Told {
    effects: Effects,
    now: HashMap<NodeId, CustomerId>,
}

impl Live {
    /// Collects from now on, or no longer.
    pub(crate) fn watch(&mut self, listening: Listening) {
        if listening == Listening::Nothing {
            self.effects = None;
        } else {
            let effects = self.effects.get_or_insert_default();
            effects.listens = listening == Listening::Everything;
        }
    }

    /// Whether something waits to be told.
    pub(crate) fn has_news(&self) -> bool {
        self.effects
            .as_ref()
            .is_some_and(|effects| !effects.is_empty())
    }

    /// Takes what was collected.
    pub(crate) fn take_told(&mut self) -> Option<Told> {
        let effects = self.effects.as_mut().filter(|it| !it.is_empty())?;
        let fresh = Effects {
            listens: effects.listens,
            ..Effects::default()
        };
        let effects = std::mem::replace(effects, fresh);
        let threads = effects.happened.iter().map(|it| &it.thread);
        let nodes = effects.changed.keys().chain(effects.moved.keys());
        let now = nodes
            .chain(threads)
            .filter_map(|id| Some((*id, self.nodes.get(id)?.customer)))
            .collect();
        Some(Told { effects, now })
    }

    /// Puts back what a checkpoint could not tell.
    pub(crate) fn put_back(&mut self, told: Told) {
        if let Some(effects) = &mut self.effects {
            effects.absorb(told.effects);
        }
    }
}

impl Told {
    /// The customers whose being there before decides what is told.
    pub(crate) fn customers(&self) -> Vec<CustomerId> {
        let before = self.effects.moved.values();
        let mut ids: Vec<CustomerId> = self.now.values().chain(before).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// What there was no room for.
    pub(crate) fn lost(&self) -> u64 {
        self.effects.lost
    }

    /// The news, given who was there before and who is there now (sorted), and who has gone.
    pub(crate) fn news(
        &self,
        before: &[CustomerId],
        after: &[CustomerId],
        gone: &[CustomerId],
    ) -> Vec<News> {
        let mut news = Vec::new();
        let mut moves: Vec<(CustomerId, CustomerId)> = self
            .effects
            .moved
            .iter()
            .filter_map(|(node, was)| Some((*was, *self.now.get(node)?)))
            .filter(|(was, now)| was != now && before.binary_search(was).is_ok())
            .collect();
        moves.sort_unstable();
        moves.dedup();
        let gone: HashSet<CustomerId> = gone.iter().copied().collect();
        let mut split_off = HashSet::default();
        for (was, now) in moves {
            let (topic, key) = if gone.contains(&was) {
                (Topic::CustomerJoined, "joined")
            } else if after.binary_search(&now).is_ok() {
                split_off.insert(now);
                (Topic::CustomerSeparated, "separated")
            } else {
                continue;
            };
            let (customer, other) = match topic {
                Topic::CustomerJoined => (now, was),
                _ => (was, now),
            };
            let data = json!({ "customer": customer.to_string(), key: other.to_string() });
            news.push(News::new(topic, customer.to_string(), data));
        }
        let mut changed: HashMap<CustomerId, u8> = HashMap::default();
        for (node, bits) in &self.effects.changed {
            if let Some(customer) = self.now.get(node) {
                *changed.entry(*customer).or_default() |= bits;
            }
        }
        let mut changed: Vec<(CustomerId, u8)> = changed.into_iter().collect();
        changed.sort_unstable();
        for (customer, bits) in changed {
            if after.binary_search(&customer).is_err() || split_off.contains(&customer) {
                continue;
            }
            news.push(about(
                customer,
                bits,
                before.binary_search(&customer).is_ok(),
            ));
        }
        news.extend(self.happened());
        news
    }

    fn happened(&self) -> impl Iterator<Item = News> {
        self.effects.happened.iter().filter_map(|happened| {
            let customer = self.now.get(&happened.thread)?.to_string();
            let mut data = happened.data.clone();
            data.insert("customer".to_owned(), customer.clone().into());
            Some(News::new(happened.topic, customer, data.into()))
        })
    }
}

fn about(customer: CustomerId, bits: u8, known: bool) -> News {
    let customer = customer.to_string();
    if !known {
        let data = json!({ "customer": customer });
        return News::new(Topic::CustomerCreated, customer, data);
    }
    let changed = CHANGES.iter().filter(|(bit, _)| bits & bit != 0);
    let changed: Vec<&str> = changed.map(|(_, word)| *word).collect();
    let data = json!({ "customer": customer, "changed": changed });
    News::new(Topic::CustomerUpdated, customer, data)
}
