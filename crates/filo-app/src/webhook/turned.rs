//! Who came into segments and who left them, told as it is written down.
//!
//! **Invariant:** what is told are the turns of the same transaction, each once, in their order.

use filo_core::segment::Occasion;
use filo_core::webhook::Topic;
use filo_store::segment::turn::TurnRow;
use serde_json::{Value, json};

use super::hearer::Hearer;
use super::outbox::News;

/// The news of turns; none if nobody wants to hear of them.
pub(crate) fn turned(hearers: &[Hearer], turns: &[TurnRow]) -> Vec<News> {
    let topics = [Topic::SegmentEntered, Topic::SegmentLeft];
    let is_heard = |hearer: &Hearer| topics.iter().any(|topic| hearer.wants(*topic));
    if !hearers.iter().any(is_heard) {
        return Vec::new();
    }
    turns.iter().map(news).collect()
}

fn news(turn: &TurnRow) -> News {
    let topic = match turn.is_in {
        true => Topic::SegmentEntered,
        false => Topic::SegmentLeft,
    };
    let customer = turn.customer.to_string();
    let mut data = json!({
        "turn": turn.number,
        "segment": turn.segment.to_string(),
        "customer": customer,
        "at": turn.at.to_string(),
        "reason": turn.occasion.map(Occasion::word),
    });
    if let Some(event) = turn.occasion.and_then(Occasion::event) {
        data["event"] = Value::from(event.to_string());
    }
    News::new(topic, customer, data)
}
