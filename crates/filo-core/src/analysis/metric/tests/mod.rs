//! What is told of figures: on the calendar, beside chance, and taken apart.

mod stretch;

use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{CustomerId, EventId, NodeId, SegmentId, SourceId};
use crate::identity::Rules;
use crate::money::Currency;
use crate::time::Timestamp;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn event(channel: Channel, name: &str, minute: i64, properties: &str) -> Event {
    Event {
        id: EventId(u128::try_from(minute).unwrap() << 8 | channel as u128),
        thread: NodeId(1),
        at: Timestamp::from_seconds(1_700_000_000 + minute * 60),
        received_at: Timestamp::from_seconds(1_700_000_000 + minute * 60),
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

/// All the time of the events of these tests.
fn always() -> Window {
    Window {
        from: Timestamp::from_seconds(1_700_000_000),
        until: Timestamp::from_seconds(1_800_000_000),
        first: date(2023, 11, 14),
        last: date(2027, 1, 15),
        days: 100.0,
    }
}

fn person(events: &[Event]) -> Person {
    let mut doings = Doings::default();
    for event in events {
        doings.meet(event, &[always()]);
        doings.learn(event, &Rules::default());
    }
    doings.join();
    Person::of(doings, Currency::EUR)
}

fn value(metric: Metric, events: &[Event]) -> Option<f64> {
    let parts = metric.parts(
        &person(events),
        always(),
        Timestamp::from_seconds(1_790_000_000),
    );
    figure_of(metric, std::iter::once(parts.as_slice())).value
}

#[test]
fn figures_are_what_somebody_did() {
    let order = |minute, id: &str, euros: i64| {
        let properties = format!(r#"{{"order_id":"{id}","revenue":{euros},"currency":"EUR"}}"#);
        event(Channel::Web, "Order Completed", minute, &properties)
    };
    let all = [
        event(Channel::Web, "Product Viewed", 0, "{}"),
        event(Channel::Web, "Product Viewed", 20, "{}"),
        order(45, "a", 40),
        order(3_000, "b", 20),
        order(4_000, "c", 60),
        event(
            Channel::Web,
            "Order Cancelled",
            4_100,
            r#"{"order_id":"c"}"#,
        ),
        event(Channel::Chat, "Message Received", 5_000, "{}"),
        event(Channel::Chat, "Message Received", 5_010, "{}"),
        event(
            Channel::Chat,
            "Message Sent",
            5_020,
            r#"{"origin":"journey"}"#,
        ),
        event(Channel::Chat, "Message Sent", 5_060, r#"{"origin":"hand"}"#),
        event(Channel::Chat, "Message Received", 9_000, "{}"),
        event(
            Channel::Email,
            "Survey Answered",
            9_100,
            r#"{"nps":9,"csat":2}"#,
        ),
        event(Channel::Email, "Survey Answered", 9_200, r#"{"nps":3}"#),
        event(Channel::Email, "Unsubscribed", 9_300, "{}"),
        event(Channel::Email, "Unsubscribed", 9_400, "{}"),
    ];
    for (metric, expected) in [
        (Metric::Orders, Some(2.0)),
        (Metric::Revenue, Some(6_000.0)),
        (Metric::Buyers, Some(1.0)),
        (Metric::NewBuyers, Some(1.0)),
        (Metric::AverageOrder, Some(3_000.0)),
        (Metric::Returning, Some(0.0)),
        (Metric::Visitors, Some(1.0)),
        (Metric::Written, Some(2.0)),
        (Metric::AnsweredInDay, Some(0.5)),
        (Metric::Recommendation, Some(0.0)),
        (Metric::Satisfaction, Some(0.0)),
        (Metric::Unsubscribed, Some(1.0)),
        (Metric::Complaints, Some(0.0)),
    ] {
        assert_eq!(value(metric, &all), expected, "{metric:?}");
    }
    let someone = person(&all);
    let answers = Answers::of(std::iter::once(&someone), always()).unwrap();
    assert_eq!((answers.answered, answers.median_hours), (1, 1.0));
    let now = Timestamp::from_seconds(1_700_000_000 + 10_000 * 60);
    let waiting = Waiting::of(std::iter::once(&someone), now, 30);
    assert_eq!(waiting.people, 1);
    assert_eq!(
        waiting.since,
        Some(Timestamp::from_seconds(1_700_000_000 + 9_000 * 60))
    );
}

fn part(top: f64, bottom: f64, channel: Channel) -> Part {
    Part {
        at: Timestamp::default(),
        top,
        bottom,
        channel,
        source: SourceId(9),
        name: "Order Completed".into(),
    }
}

/// Somebody with so much now and so much before.
fn paired(number: u128, now: Vec<Part>, before: Vec<Part>) -> Paired {
    Paired {
        customer: CustomerId(number),
        now,
        before,
    }
}

fn many(now: usize, before: usize) -> Vec<Paired> {
    let one = || vec![part(1.0, 0.0, Channel::Web)];
    let those = (0..now).map(|it| paired(it as u128, one(), Vec::new()));
    let others = (0..before).map(|it| paired(10_000 + it as u128, Vec::new(), one()));
    those.chain(others).collect()
}

#[test]
fn few_people_say_nothing_and_many_say_what_there_is() {
    let verdict =
        |now, before| Comparison::of(Metric::Buyers, &many(now, before), (7.0, 7.0)).verdict;
    assert_eq!(verdict(6, 1), Verdict::TooFew { have: 7, least: 10 });
    assert_eq!(verdict(0, 0), Verdict::TooFew { have: 0, least: 10 });
    assert_eq!(verdict(12, 9), Verdict::WithinChance);
    assert_eq!(verdict(12, 2), Verdict::Higher);
    assert_eq!(verdict(2, 12), Verdict::Lower);
    // 310 in 31 days and 280 in 28 are the same pace.
    let it = Comparison::of(Metric::Buyers, &many(310, 280), (31.0, 28.0));
    assert_eq!(
        (it.difference, it.verdict),
        (Some(30.0), Verdict::WithinChance)
    );
    assert!(it.pace.unwrap().abs() < 1e-12);
    // 99 times of a hundred is harder to reach than 95 times.
    let it = Comparison::careful(Metric::Buyers, &many(20, 8), (7.0, 7.0));
    assert_eq!(it.verdict, Verdict::WithinChance);
    assert_eq!(verdict(20, 8), Verdict::Higher);
}

#[test]
fn the_same_people_again_are_no_new_evidence() {
    // Forty who buy four times each before and five times now: each for themselves says so.
    let times = |count: usize| vec![part(1.0, 0.0, Channel::Web); count];
    let same: Vec<Paired> = (0..40).map(|it| paired(it, times(5), times(4))).collect();
    assert_eq!(
        Comparison::of(Metric::Orders, &same, (7.0, 7.0)).verdict,
        Verdict::Higher
    );
    // One who buys sixty times is one.
    let mut one = vec![paired(1, times(60), Vec::new())];
    one.extend((2..40).map(|it| paired(it, Vec::new(), times(1))));
    assert_eq!(
        Comparison::of(Metric::Orders, &one, (7.0, 7.0)).verdict,
        Verdict::WithinChance
    );
}

#[test]
fn causes_of_a_fall_are_where_it_fell() {
    let at = |channel: Channel| vec![part(1.0, 0.0, channel)];
    let mut people: Vec<Paired> = Vec::new();
    for number in 0..40 {
        people.push(paired(number, at(Channel::Web), at(Channel::Web)));
        people.push(paired(100 + number, Vec::new(), at(Channel::Shop)));
    }
    let members = vec![(SegmentId(7), (100..140).map(CustomerId).collect())];
    let found = causes(Metric::Orders, &people, (7.0, 7.0), &members);
    let told: Vec<(Dimension, &str, i64)> = found
        .iter()
        .map(|it| {
            #[expect(clippy::cast_possible_truncation, reason = "whole hundredths")]
            let share = (it.share * 100.0).round() as i64;
            (it.dimension, it.of.as_str(), share)
        })
        .collect();
    let segment = SegmentId(7).to_string();
    assert_eq!(
        told,
        [
            (Dimension::Channel, "shop", 100),
            (Dimension::Segment, &segment, 100)
        ]
    );
    assert!(causes(Metric::Orders, &many(9, 9), (7.0, 7.0), &[]).is_empty());
}

#[test]
fn every_figure_has_a_word_of_its_own() {
    for metric in Metric::ALL {
        assert_eq!(Metric::from_word(metric.word()), Some(metric));
    }
    for stretch in STRETCHES {
        assert_eq!(Stretch::from_word(stretch.word()), Some(stretch));
    }
}

fn any_part() -> impl Strategy<Value = Part> {
    (0_u8..5, 0_u8..3, 0_usize..3).prop_map(|(top, bottom, channel)| {
        part(f64::from(top), f64::from(bottom), Channel::ALL[channel])
    })
}

fn any_people() -> impl Strategy<Value = Vec<Paired>> {
    vec((vec(any_part(), 0..3), vec(any_part(), 0..3)), 0..60).prop_map(|all| {
        let each = all.into_iter().enumerate();
        let each = each.filter(|(_, (now, before))| !now.is_empty() || !before.is_empty());
        each.map(|(number, (now, before))| paired(number as u128, now, before))
            .collect()
    })
}

proptest! {
    #[test]
    fn the_other_way_round_says_the_opposite(people in any_people()) {
        let turned: Vec<Paired> = people
            .iter()
            .map(|it| paired(it.customer.0, it.before.clone(), it.now.clone()))
            .collect();
        for metric in Metric::ALL {
            let it = Comparison::of(metric, &people, (7.0, 7.0));
            let back = Comparison::of(metric, &turned, (7.0, 7.0));
            let opposite = match it.verdict {
                Verdict::Higher => Verdict::Lower,
                Verdict::Lower => Verdict::Higher,
                other => other,
            };
            // Where one side is nothing, a ratio has no other way round.
            let has_both = it.now.top > 0.0 && it.before.top > 0.0;
            if has_both {
                prop_assert_eq!(back.verdict, opposite, "{:?}", metric);
            }
            if let Some(interval) = it.interval {
                prop_assert!(interval.low <= interval.high);
            }
        }
    }

    #[test]
    fn what_is_read_does_not_depend_on_order_and_repetition(
        minutes in vec((0_i64..5_000, 0_usize..4), 1..40), turn in 0_usize..40,
    ) {
        let names = ["Product Viewed", "Message Received", "Live Chat Message Received", "Unsubscribed"];
        let events: Vec<Event> = minutes
            .iter()
            .map(|(minute, kind)| event(Channel::ALL[kind % 2], names[*kind], *minute, "{}"))
            .collect();
        let read = |events: &[Event]| {
            let mut doings = Doings::default();
            events.iter().for_each(|it| doings.meet(it, &[always()]));
            doings.join();
            doings
        };
        let whole = read(&events);
        let (one, other) = events.split_at(turn % events.len());
        let mut merged = read(other);
        merged.merge(read(one));
        merged.merge(read(&events));
        prop_assert_eq!(whole, merged);
    }
}
