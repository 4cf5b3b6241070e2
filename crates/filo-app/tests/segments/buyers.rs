//! Scores and stages of buyers in segments: measured together, and then as exact as any other
//! condition.

use filo_app::Actor;
use filo_core::event::{Event, EventKind};
use filo_core::identity::Kind;
use filo_core::segment::Occasion;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::agrees;
use crate::bench::{Bench, DAY, START};

/// One of each kind.
const ASKING: [&str; 8] = [
    r#"{"rfm":{"group":"champions"}}"#,
    r#"{"rfm":{"group":"hibernating"}}"#,
    r#"{"rfm":{"recency":{"at_least":3}}}"#,
    r#"{"all":[{"rfm":{"frequency":{"equals":2}}},{"not":{"rfm":{"monetary":{"at_most":3}}}}]}"#,
    r#"{"lifecycle":"at_risk"}"#,
    r#"{"any":[{"lifecycle":"new"},{"lifecycle":"returned"}]}"#,
    r#"{"not":{"lifecycle":"lost"}}"#,
    r#"{"lifecycle":"never_bought"}"#,
];

fn order(bench: &Bench, number: u32, person: u32, at: i64, amount: u32) -> Event {
    let user = format!("b-{person}");
    let properties = format!(r#"{{"order_id":"o-{number}","revenue":{amount},"currency":"EUR"}}"#);
    let what = (EventKind::Track, "Order Completed", properties.as_str());
    bench.event(number, what, at, &[(Kind::UserId, &user)])
}

/// Orders of so many people in the four hundred days before the start, and one who looks around.
fn orders(bench: &Bench, people: u32, chance: &mut StdRng) -> Vec<Event> {
    let mut events = Vec::new();
    for person in 0..people {
        for _ in 0..chance.random_range(1..8) {
            let number = u32::try_from(events.len()).unwrap();
            let at = START - chance.random_range(0..400 * DAY);
            let amount = chance.random_range(1..200);
            events.push(order(bench, number, person, at, amount));
        }
    }
    let looks = (EventKind::Track, "Product Viewed", "{}");
    events.push(bench.event(9_999, looks, START - DAY, &[(Kind::UserId, "looks")]));
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn scores_are_nobodys_until_there_are_fifty_buyers() {
    let bench = Bench::open().await;
    let mut chance = StdRng::seed_from_u64(1);
    let everybody = r#"{"any":[{"rfm":{"recency":{"at_least":1}}},{"lifecycle":"lost"}]}"#;
    let id = bench.make("With scores", everybody).await;
    let events = orders(&bench, 49, &mut chance);
    bench.send(&events, &mut chance).await;
    assert!(bench.app.tend_buyers().await.unwrap().is_some());
    bench.at(START).await;
    assert!(bench.app.buyers().await.unwrap().measure.is_none());
    assert!(bench.members(id).await.is_empty());

    let last = order(&bench, 5_000, 49, START - 3 * DAY, 10);
    bench.send(&[last], &mut chance).await;
    bench.app.tend_buyers().await.unwrap();
    bench.at(START).await;
    let view = bench.app.buyers().await.unwrap();
    let measure = view.measure.unwrap();
    assert_eq!(
        (measure.buyers, measure.customers, view.buyers_now),
        (50, 51, 50)
    );
    assert_eq!(bench.members(id).await.len(), 50);
    agrees(&bench, id, "with scores").await;
    let turns = bench.app.segment_turns(id, 0, 100).await.unwrap();
    assert!(turns.iter().all(|it| it.occasion == Some(Occasion::Change)));

    // Nothing is measured again before the night, and then it is.
    bench.app.tend_buyers().await.unwrap();
    assert_eq!(bench.app.buyer_days(9).await.unwrap().len(), 1);
    bench.at(START + DAY).await;
    bench.app.tend_buyers().await.unwrap();
    assert_eq!(bench.app.buyer_days(9).await.unwrap().len(), 2);
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_no_difference_whether_buyers_were_measured_before_or_after() {
    let mut chance = StdRng::seed_from_u64(2);
    let (first, last) = (Bench::open().await, Bench::open().await);
    let actor = Actor::operator();
    let mut before = Vec::new();
    for (place, condition) in ASKING.iter().enumerate() {
        before.push(first.make(&format!("s-{place}"), condition).await);
    }
    let events = orders(&first, 60, &mut chance);
    first.send(&events, &mut chance).await;
    last.send(&events, &mut chance).await;
    for bench in [&first, &last] {
        bench.app.measure_buyers(&actor).await.unwrap();
    }
    let first = first.reopened().await;
    let mut after = Vec::new();
    for (place, condition) in ASKING.iter().enumerate() {
        after.push(last.make(&format!("s-{place}"), condition).await);
    }
    let mut now = START;
    for round in 0..5 {
        for bench in [&first, &last] {
            bench.at(now).await;
            if round == 3 {
                bench.app.measure_buyers(&actor).await.unwrap();
                bench.at(now).await;
            }
        }
        for (one, other) in before.iter().zip(&after) {
            let about = format!("round {round}");
            agrees(&first, *one, &about).await;
            assert_eq!(
                first.members(*one).await,
                last.members(*other).await,
                "{about}"
            );
        }
        now += chance.random_range(0..30 * DAY);
        let more: Vec<Event> = (0..6)
            .map(|place| {
                let number = 6_000 + round * 10 + place;
                let person = chance.random_range(0..64);
                order(&first, number, person, now - DAY, number % 90 + 1)
            })
            .collect();
        for bench in [&first, &last] {
            bench.send(&more, &mut chance).await;
        }
    }
    first.app.rebuild().await.unwrap();
    first.at(now).await;
    for id in &before {
        agrees(&first, *id, "made anew").await;
    }
    first.end().await;
    last.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_a_score_or_becomes_late_leaves_at_the_very_instant() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(3);
    let recent = bench
        .make("Recent", r#"{"rfm":{"recency":{"equals":5}}}"#)
        .await;
    let late = bench.make("Late", r#"{"lifecycle":"at_risk"}"#).await;
    let events = orders(&bench, 60, &mut chance);
    bench.send(&events, &mut chance).await;
    bench.app.measure_buyers(&actor).await.unwrap();
    bench.at(START).await;
    for id in [recent, late] {
        let members = bench.members(id).await;
        assert!(!members.is_empty());
        let mut first = None;
        for member in members {
            let why = bench.app.why_in_segment(id, member).await.unwrap();
            let leaves = (why.explained.changes_at.0, member);
            first = Some(first.map_or(leaves, |first: (i64, _)| first.min(leaves)));
        }
        let (at, member) = first.unwrap();
        bench.at(at - 1).await;
        assert!(bench.members(id).await.contains(&member));
        bench.at(at).await;
        assert!(!bench.members(id).await.contains(&member));
        let turns = bench.app.segment_turns(id, 0, 1_000).await.unwrap();
        let left = turns.iter().rfind(|turn| turn.customer == member).unwrap();
        assert_eq!((left.is_in, left.at.0), (false, at));
        assert_eq!(left.occasion, Some(Occasion::Time));
    }
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_knows_the_scores_too() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(4);
    let events = orders(&bench, 60, &mut chance);
    bench.send(&events, &mut chance).await;
    let measure = bench.app.measure_buyers(&actor).await.unwrap();
    for (group, tally) in measure.groups() {
        let condition = format!(r#"{{"rfm":{{"group":"{}"}}}}"#, group.word());
        let condition = crate::bench::condition_of(&condition);
        let app = &bench.app;
        let preview = app
            .preview_segment_within(&actor, condition, std::time::Duration::from_secs(3_600))
            .await
            .unwrap();
        assert_eq!(preview.members, tally.people, "{group:?}");
    }
    bench.end().await;
}
