//! Histories and conditions that chance writes, around the days on which clocks change in Rome.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use smallvec::SmallVec;

use crate::buyer::{Cuts, Group, Limits, Pace, Stage, Yardstick};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, ListId, NodeId, PersonaId, SegmentId, SourceId};
use crate::identity::Kind;
use crate::segment::{
    Answer, Calendar, Channels, Comparison, Condition, ConsentCondition, Figure, Filter, Happened,
    HappenedTest, Hours, Meeting, Number, OrderCondition, OrderFigure, Pattern, RfmCondition,
    SHARES, Sequence, Share, Signal, Span, TraitCondition, TraitTest, ValueTest, Window,
};
use crate::time::Timestamp;

pub(super) const KINDS: [Kind; 2] = [Kind::Email, Kind::Card];
pub(super) const EVERYBODY: SegmentId = SegmentId(1);
const NAMES: [&str; 4] = ["A", "B", "C", "Order Completed"];
const CHANNELS: [Channel; 3] = [Channel::Web, Channel::Shop, Channel::Email];

/// What happened, and one trait that is a day.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub(super) now: Timestamp,
    pub(super) day: String,
    pub(super) events: Vec<Event>,
    /// Who said what of lists: no signal and no sign of life.
    pub(super) listed: Vec<Event>,
    pub(super) yardstick: Yardstick,
}

fn event(number: u64, at: Timestamp, (name, channel, value): (&str, Channel, i64)) -> Event {
    Event {
        // Spread, so that ids do not follow the order of the list.
        id: EventId(u128::from(number.wrapping_mul(0x9E37_79B9_7F4A_7C15))),
        thread: NodeId(1),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel,
        source: SourceId(1),
        message_id: "".into(),
        name: name.into(),
        identifiers: SmallVec::new(),
        properties: format!(r#"{{"revenue":{value},"tag":"t{value}"}}"#).into(),
        context: "".into(),
    }
}

pub(super) fn identify(at: Timestamp, day: &str) -> Event {
    Event {
        kind: EventKind::Identify,
        properties: format!(r#"{{"day":"{day}"}}"#).into(),
        ..event(u64::MAX, at, ("", Channel::Web, 0))
    }
}

pub(super) fn history() -> impl Strategy<Value = History> {
    let bases = [
        "2026-03-28T22:00:00Z",
        "2026-10-24T22:00:00Z",
        "2026-12-31T22:30:00Z",
        "2028-02-28T12:00:00Z",
    ];
    let minutes = prop_oneof![
        4 => (-240i64..=0).prop_map(|hours| hours * 60),
        2 => -60i64..=5,
        1 => -60_000i64..=0,
    ];
    let content = (select(NAMES.to_vec()), select(CHANNELS.to_vec()), 0i64..5);
    let days = [
        "2026-03-30",
        "1990-10-26",
        "1992-02-29",
        "2027-01-01",
        "2026-10-24",
    ];
    (
        select(bases.to_vec()),
        0i64..96,
        select(days.to_vec()),
        vec((minutes, content), 0..14),
        super::lists::statements(),
        yardstick(),
    )
        .prop_map(|(base, hours, day, told, listed, yardstick)| {
            let now = Timestamp::parse(base).unwrap().plus_seconds(hours * 3600);
            let told = told.into_iter().enumerate();
            let mut events: Vec<Event> = told
                .map(|(number, (minutes, content))| {
                    event(number as u64 + 1, now.plus_seconds(minutes * 60), content)
                })
                .collect();
            events.push(identify(now.plus_seconds(-86_400), day));
            let listed = listed.into_iter().enumerate();
            let listed = listed.map(|(number, said)| super::lists::event(number, now, said));
            History {
                listed: listed.collect(),
                now,
                day: day.to_owned(),
                events,
                yardstick,
            }
        })
}

/// Limits whose days are among the ages that are looked at.
fn yardstick() -> impl Strategy<Value = Yardstick> {
    let recency = [
        [Some(0), Some(2), Some(6), Some(39)],
        [None, Some(0), Some(0), Some(6)],
        [None; 4],
    ];
    let orders = [
        [Some(4), Some(3), Some(2), Some(2)],
        [Some(10), Some(5), Some(3), Some(2)],
    ];
    let revenue = [
        [Some(900), Some(500), Some(200), Some(100)],
        [None, Some(300), Some(300), Some(0)],
    ];
    let cuts = (
        select(recency.to_vec()),
        select(orders.to_vec()),
        select(revenue.to_vec()),
    );
    let cuts = cuts.prop_map(|(recency_days, orders, revenue_cents)| Cuts {
        recency_days,
        orders,
        revenue_cents,
        is_ladder: false,
    });
    // Of all the same, or a pace of about two days.
    let paces = [
        None,
        Some(Pace {
            mean_millionths: 693_147,
            within_millionths: 500_000,
            between_millionths: 400_000,
        }),
    ];
    let limits = (
        select([(1, 3), (3, 7), (3, 3)].to_vec()),
        select(paces.to_vec()),
    );
    let limits = limits.prop_map(|((late_days, gone_days), pace)| Limits {
        usual_days: 1,
        late_days,
        gone_days,
        never_thousandths: 0,
        gap_count: 0,
        pace,
    });
    let parts = (option::weighted(0.8, cuts), option::weighted(0.8, limits));
    parts.prop_map(|(cuts, limits)| Yardstick { cuts, limits })
}

fn buying() -> impl Strategy<Value = Condition> {
    let rfm = prop_oneof![
        select(Group::ALL.to_vec()).prop_map(RfmCondition::Group),
        comparison().prop_map(RfmCondition::Recency),
        comparison().prop_map(RfmCondition::Frequency),
        comparison().prop_map(RfmCondition::Monetary),
    ];
    prop_oneof![
        rfm.prop_map(Condition::Rfm),
        select(Stage::ALL.to_vec()).prop_map(Condition::Lifecycle),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    let spans = [
        "5 minutes",
        "1 hour",
        "1 day",
        "3 days",
        "1 week",
        "40 days",
    ];
    select(spans.to_vec()).prop_map(|text| text.parse().unwrap())
}

pub(super) fn window() -> impl Strategy<Value = Window> {
    let day = || {
        let days = [
            "2026-03-28",
            "2026-03-29",
            "2026-10-25",
            "2027-01-01",
            "2028-02-28",
        ];
        select(days.to_vec()).prop_map(|text| text.parse().unwrap())
    };
    prop_oneof![
        Just(Window::Ever),
        span().prop_map(Window::Last),
        span().prop_map(Window::Before),
        (span(), span()).prop_map(|(one, other)| Window::Ago(one, other)),
        select(Calendar::ALL.to_vec()).prop_map(Window::Calendar),
        (day(), day()).prop_map(|(one, other)| Window::Days(one, other)),
        day().prop_map(Window::Since),
    ]
}

pub(super) fn comparison() -> impl Strategy<Value = Comparison> {
    let number = || {
        let numbers = ["0", "1", "2", "2.5", "3", "-1"];
        select(numbers.to_vec()).prop_map(|text| text.parse::<Number>().unwrap())
    };
    prop_oneof![
        number().prop_map(Comparison::Equals),
        number().prop_map(Comparison::Differs),
        number().prop_map(Comparison::Below),
        number().prop_map(Comparison::AtMost),
        number().prop_map(Comparison::Above),
        number().prop_map(Comparison::AtLeast),
        (number(), number()).prop_map(|(one, other)| Comparison::Between(one, other)),
    ]
}

pub(super) fn value_test() -> impl Strategy<Value = ValueTest> {
    prop_oneof![
        vec(
            select(["1", "2", "t3", "T1"].to_vec()).prop_map(Into::into),
            1..3
        )
        .prop_map(ValueTest::Is),
        vec(select(["0", "t2"].to_vec()).prop_map(Into::into), 1..3).prop_map(ValueTest::IsNot),
        Just(ValueTest::Contains("T".into())),
        Just(ValueTest::Set),
        Just(ValueTest::Empty),
        comparison().prop_map(ValueTest::Number),
    ]
}

pub(super) fn signal() -> impl Strategy<Value = Signal> {
    let fields = ["revenue", "tag", "channel"];
    let name = select(["A", "B", "C", "Order Completed", ""].to_vec());
    let filter = (select(fields.to_vec()), value_test());
    (name, option::of(filter), select(fields.to_vec())).prop_map(|(name, filter, field)| {
        let mut pattern = Pattern::event(name);
        pattern.filters.extend(filter.map(|(field, test)| Filter {
            field: field.parse().unwrap(),
            test,
        }));
        Signal::new(pattern, Some(field.parse().unwrap()))
    })
}

pub(super) fn hours() -> impl Strategy<Value = Hours> {
    (1u8..128, 0u16..24, 1u16..=24).prop_map(|(days, from, to)| Hours {
        days,
        from: from * 60,
        to: to * 60,
    })
}

fn happened() -> impl Strategy<Value = Condition> {
    let figures = [
        Figure::Count,
        Figure::Sum,
        Figure::Average,
        Figure::Smallest,
        Figure::Greatest,
        Figure::Distinct,
    ];
    let test = prop_oneof![
        4 => (select(figures.to_vec()), comparison(), window())
            .prop_map(|(figure, is, during)| HappenedTest::Figure { figure, is, during }),
        1 => window().prop_map(HappenedTest::First),
        1 => window().prop_map(HappenedTest::Last),
        1 => value_test().prop_map(HappenedTest::LastIs),
    ];
    (signal(), option::weighted(0.3, hours()), test).prop_map(|(signal, hours, test)| {
        Condition::Happened(Happened {
            signal,
            hours,
            test,
        })
    })
}

fn known() -> impl Strategy<Value = Condition> {
    let test = prop_oneof![
        value_test().prop_map(TraitTest::Value),
        window().prop_map(TraitTest::Date),
        span().prop_map(TraitTest::Within),
        (0u16..5, 0u16..5).prop_map(|(before, after)| TraitTest::Anniversary { before, after }),
    ];
    test.prop_map(|test| {
        Condition::Trait(TraitCondition {
            key: "day".into(),
            test,
        })
    })
}

fn rest() -> impl Strategy<Value = Condition> {
    let figures = [
        OrderFigure::Count,
        OrderFigure::Revenue,
        OrderFigure::Average,
    ];
    let orders = (select(figures.to_vec()), comparison(), window());
    let channel = || select(CHANNELS.to_vec());
    prop_oneof![
        orders.prop_map(|(figure, is, during)| {
            Condition::Orders(OrderCondition { figure, is, during })
        }),
        (channel(), option::of(span()))
            .prop_map(|(channel, last)| Condition::Met(Meeting { channel, last })),
        (comparison(), option::of(span()))
            .prop_map(|(is, last)| Condition::Channels(Channels { is, last })),
        select(Kind::ALL.to_vec()).prop_map(Condition::Known),
        (1u128..3).prop_map(|id| Condition::Segment(SegmentId(id))),
        (1u128..4).prop_map(|id| Condition::Persona(PersonaId(id))),
        (1u128..4).prop_map(|id| Condition::List(ListId(id))),
        select([0, SHARES].to_vec()).prop_map(|to| Condition::Share(Share {
            draw: "draw".into(),
            from: 0,
            to,
        })),
        select([Answer::Yes, Answer::Unasked].to_vec()).prop_map(|answer| {
            Condition::Consent(ConsentCondition {
                purpose: "marketing".into(),
                channel: None,
                answer,
            })
        }),
    ]
}

pub(in crate::segment) fn condition() -> impl Strategy<Value = Condition> {
    let sequence = (signal(), window(), signal(), span(), option::of(signal())).prop_map(
        |(first, during, then, within, without)| {
            Condition::Sequence(Sequence {
                first,
                during,
                then,
                within,
                without,
            })
        },
    );
    let leaf =
        prop_oneof![4 => happened(), 2 => sequence, 2 => known(), 2 => rest(), 2 => buying()];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Condition::All),
            vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.prop_map(|child| Condition::Not(Box::new(child))),
        ]
    })
}
