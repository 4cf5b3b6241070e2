//! What is read of trails: by hand, against real shops with known answers, and what must always
//! hold.

mod cohort;
mod flow;
mod reorder;

use compact_str::format_compact;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId};
use crate::identity::Rules;
use crate::money::{Cents, Currency};
use crate::semantic;
use crate::time::Timestamp;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000 + second)
}

fn event(channel: Channel, name: &str, second: i64, properties: &str) -> Event {
    Event {
        id: EventId(u128::try_from(second).unwrap() << 8 | channel as u128),
        thread: NodeId(1),
        at: at(second),
        received_at: at(second),
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel,
        source: SourceId(9),
        name: name.into(),
        identifiers: smallvec::SmallVec::new(),
        properties: properties.into(),
        context: "{}".into(),
        message_id: compact_str::CompactString::default(),
    }
}

fn seen(channel: Channel, second: i64) -> Event {
    event(channel, "Product Viewed", second, "{}")
}

fn order(channel: Channel, second: i64, id: &str, revenue: i64) -> Event {
    let properties =
        format!("{{\"order_id\":\"{id}\",\"revenue\":{revenue},\"currency\":\"EUR\"}}");
    event(channel, semantic::ORDER_COMPLETED, second, &properties)
}

fn trail(events: &[Event]) -> Trail {
    let rules = Rules::default();
    let mut trail = Trail::default();
    for event in events {
        trail.fold(event, &rules);
    }
    trail.join();
    trail
}

fn asked(which: Which, from: i64, until: i64) -> Question {
    Question {
        from: at(from),
        until: at(until),
        which,
        lookback_days: 30,
    }
}

fn ways(trail: &Trail, asked: &Question) -> Vec<(Vec<Channel>, Option<i64>)> {
    let ways = trail.ways(asked, Currency::EUR).into_iter();
    let told = ways.map(|way| {
        assert_eq!(way.touches.len(), way.ages.len());
        let revenue = match way.ended {
            Ended::Order(purchase) => Some(purchase.revenue.unwrap_or(Cents::ZERO).0),
            Ended::Open => None,
        };
        (way.touches, revenue)
    });
    told.collect()
}

#[test]
fn signs_within_half_an_hour_on_one_channel_are_one_visit() {
    let trail = trail(&[
        seen(Channel::Web, 0),
        seen(Channel::Email, 10 * MINUTE),
        seen(Channel::Web, 30 * MINUTE),
        seen(Channel::Web, 61 * MINUTE),
        // The company's own system, and what was only sent: nobody was there.
        seen(Channel::Server, 90 * MINUTE),
        event(Channel::Email, "Email Delivered", 95 * MINUTE, "{}"),
    ]);
    let told: Vec<(Channel, Timestamp, Timestamp)> = trail
        .visits()
        .iter()
        .map(|visit| (visit.channel, visit.from, visit.until))
        .collect();
    assert_eq!(
        told,
        [
            (Channel::Web, at(0), at(30 * MINUTE)),
            (Channel::Email, at(10 * MINUTE), at(10 * MINUTE)),
            (Channel::Web, at(61 * MINUTE), at(61 * MINUTE)),
        ]
    );
}

#[test]
fn each_order_ends_the_way_of_what_was_touched_since_the_one_before() {
    let trail = trail(&[
        seen(Channel::Social, 0),
        seen(Channel::Web, DAY),
        order(Channel::Web, DAY + MINUTE, "a", 20),
        seen(Channel::Web, DAY + 2 * MINUTE),
        // Within the same visit: it led to both.
        order(Channel::Web, DAY + 3 * MINUTE, "b", 5),
        seen(Channel::Email, 3 * DAY),
        // At the counter nothing else is seen, and they were there.
        order(Channel::Shop, 4 * DAY, "c", 7),
        // Told by the shop's system: nobody knows what they touched.
        order(Channel::Server, 50 * DAY, "d", 9),
        order(Channel::Web, 51 * DAY, "gone", 100),
        event(
            Channel::Web,
            semantic::ORDER_CANCELLED,
            51 * DAY + MINUTE,
            "{\"order_id\":\"gone\"}",
        ),
        seen(Channel::Phone, 60 * DAY),
    ]);
    let all = ways(&trail, &asked(Which::All, 0, 100 * DAY));
    assert_eq!(
        all,
        [
            (vec![Channel::Social, Channel::Web], Some(2_000)),
            (vec![Channel::Web], Some(500)),
            (vec![Channel::Email, Channel::Shop], Some(700)),
            (vec![], Some(900)),
            // What was called off is no order, and they were there.
            (vec![Channel::Web, Channel::Phone], None),
        ]
    );
    let first = ways(&trail, &asked(Which::First, 0, 100 * DAY));
    assert_eq!(first, all[..1]);
    let next = ways(&trail, &asked(Which::Next, 0, 100 * DAY));
    assert_eq!(next, all[1..]);
    // Of a period the orders in it; of who had not bought at its end, the way so far.
    let early = ways(&trail, &asked(Which::All, 0, DAY));
    assert_eq!(early, [(vec![Channel::Social], None)]);
    assert_eq!(ways(&trail, &asked(Which::First, 2 * DAY, 70 * DAY)), []);
    let late = ways(&trail, &asked(Which::All, 49 * DAY, 51 * DAY));
    assert_eq!(late, all[3..4]);
    // Whoever was not there in the period has no way in it.
    assert_eq!(ways(&trail, &asked(Which::All, 52 * DAY, 60 * DAY)), []);
}

#[test]
fn what_is_too_long_ago_does_not_lead_to_an_order() {
    let trail = trail(&[
        seen(Channel::Social, 0),
        seen(Channel::Web, 2 * DAY),
        order(Channel::Web, 32 * DAY, "a", 20),
    ]);
    let way = &trail.ways(&asked(Which::All, 0, 40 * DAY), Currency::EUR)[0];
    assert_eq!(way.touches, [Channel::Web, Channel::Web]);
    assert_eq!(way.ages, [30.0, 0.0]);
    let until_first = |until| trail.until_first_order(at(until), Currency::EUR);
    assert_eq!(until_first(40 * DAY), Some((32.0, true)));
    assert_eq!(until_first(20 * DAY), Some((20.0, false)));
    assert_eq!(until_first(0), None);
}

fn channel() -> impl Strategy<Value = Channel> {
    prop::sample::select(Channel::ALL.to_vec())
}

/// Signs of life, and orders every now and then, in a hundred days.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = (channel(), 0i64..100 * 24 * 12, 0u32..5);
    vec(one, 0..40).prop_map(|all| {
        let event = |(place, (channel, fives, kind)): (usize, (Channel, i64, u32))| {
            let second = fives * 5 * MINUTE;
            let mut event = match kind {
                0 => order(channel, second, &format_compact!("o{}", fives % 9), 3),
                _ => seen(channel, second),
            };
            event.id = EventId(u128::try_from(place).unwrap());
            event
        };
        all.into_iter().enumerate().map(event).collect()
    })
}

proptest! {
    #[test]
    fn neither_order_nor_threads_nor_repetition_change_a_trail(
        events in events(),
        shuffled in any::<prop::sample::Index>(),
        again in any::<bool>(),
    ) {
        let whole = trail(&events);
        let cut = if events.is_empty() { 0 } else { shuffled.index(events.len()) };
        let (one, other) = events.split_at(cut);
        let mut turned: Vec<Event> = other.iter().rev().cloned().collect();
        if again {
            turned.extend(other.iter().cloned());
        }
        let mut joined = trail(&turned);
        joined.merge(trail(one));
        prop_assert_eq!(joined, whole);
    }

    #[test]
    fn what_is_too_long_ago_to_change_an_answer_can_be_let_go(
        events in events(),
        from in 0i64..100,
        length in 1i64..60,
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = trail(&events);
        let question = asked(Which::All, from * DAY, (from + length) * DAY);
        // Each thread lets go of its own.
        let cut = if events.is_empty() { 0 } else { cut.index(events.len()) };
        let [mut short, mut other] = [&events[..cut], &events[cut..]].map(trail);
        short.forget(question.earliest());
        other.forget(question.earliest());
        short.merge(other);
        prop_assert!(short.visits().len() <= whole.visits().len());
        let begun = |trail: &Trail| trail.visits().first().map(|it| (it.from, it.channel));
        prop_assert_eq!(begun(&short), begun(&whole));
        let ways = |trail: &Trail| trail.ways(&question, Currency::EUR);
        prop_assert_eq!(ways(&short), ways(&whole));
        let first = |trail: &Trail| trail.until_first_order(question.until, Currency::EUR);
        prop_assert_eq!(first(&short), first(&whole));
    }

    #[test]
    fn every_order_asked_for_ends_one_way_and_first_and_next_are_all(
        events in events(),
        from in 0i64..60,
        length in 1i64..60,
    ) {
        let trail = trail(&events);
        let of = |which| ways(&trail, &asked(which, from * DAY, (from + length) * DAY));
        let (all, first, next) = (of(Which::All), of(Which::First), of(Which::Next));
        let ended = |ways: &[(Vec<Channel>, Option<i64>)]| {
            ways.iter().filter(|it| it.1.is_some()).count()
        };
        prop_assert_eq!(ended(&all), ended(&first) + ended(&next));
        prop_assert_eq!(all.len(), first.len() + next.len());
        let (begin, end) = (at(from * DAY), at((from + length) * DAY));
        let orders = trail.orders().iter().filter_map(crate::profile::Order::placed_at);
        let expected = orders.filter(|it| *it >= begin && *it < end).count();
        prop_assert_eq!(ended(&all), expected);
    }
}
