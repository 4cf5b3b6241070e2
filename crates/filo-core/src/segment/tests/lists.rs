//! Lists by hand from their definition: of those who may say so, whoever spoke last.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::chance::History;
use crate::event::{Event, Trust};
use crate::id::{EventId, ListId};
use crate::time::Timestamp;

/// Statements about lists, by people and by those who may make none.
pub(super) fn statements() -> impl Strategy<Value = Vec<(i64, bool, u128, Trust)>> {
    let trust = select([Trust::Staff, Trust::Staff, Trust::Verified, Trust::Claimed].to_vec());
    vec((-3i64..=0, any::<bool>(), 1u128..3, trust), 0..5)
}

pub(super) fn event(number: usize, now: Timestamp, said: (i64, bool, u128, Trust)) -> Event {
    let (hours, is_on, list, trust) = said;
    let name = match is_on {
        true => "List Joined",
        false => "List Left",
    };
    Event {
        id: EventId(u128::from(u64::MAX - number as u64)),
        trust,
        name: name.into(),
        kind: crate::event::EventKind::Track,
        properties: format!(r#"{{"list":"{}"}}"#, ListId(list)).into(),
        ..super::chance::identify(now.plus_seconds(hours * 3_600), "")
    }
}

pub(super) fn is_on(list: ListId, history: &History) -> bool {
    let word = list.to_string();
    let about = history.listed.iter();
    let mut said: Vec<&Event> = about
        .filter(|it| it.trust == Trust::Staff && it.properties.contains(&word))
        .collect();
    said.sort_by_key(|it| (it.at, it.id));
    said.last().is_some_and(|it| it.name == "List Joined")
}
