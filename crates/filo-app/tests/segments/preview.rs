//! A preview is who would be in: the same as the segment has once it was made.

use std::collections::BTreeSet;
use std::time::Duration;

use filo_app::Actor;
use filo_app::segment::{Preview, SAMPLE_MOST};
use filo_core::event::{Event, EventKind};
use filo_core::identity::Kind;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::bench::{BOUGHT, Bench, DAY, MANY, START, condition_of};

async fn preview(bench: &Bench, condition: &str) -> Preview {
    let actor = Actor::operator();
    let condition = condition_of(condition);
    // So much time that also a slow machine looks at everybody.
    let time = Duration::from_secs(3_600);
    let app = &bench.app;
    app.preview_segment_within(&actor, condition, time)
        .await
        .unwrap()
}

/// What is foretold is what the segment then has.
async fn comes_true(bench: &Bench, name: &str, condition: &str) {
    let foretold = preview(bench, condition).await;
    let everybody = bench.app.customers(None, 200).await.unwrap();
    assert!(foretold.is_exact(), "{name}");
    assert_eq!(foretold.of, everybody.len() as u64, "{name}");
    let id = bench.make(name, condition).await;
    bench.app.segments_settled().await.unwrap();
    let members = bench.members(id).await;
    assert_eq!(foretold.members, members.len() as u64, "{name}");
    let shown: BTreeSet<_> = foretold.sample.iter().map(|row| row.id).collect();
    let first: BTreeSet<_> = members.iter().copied().take(SAMPLE_MOST).collect();
    assert_eq!(shown, first, "{name}");
    let again = preview(bench, condition).await;
    assert_eq!(again.members, foretold.members, "{name}, from its traces");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_comes_true() {
    for seed in 0..4 {
        let mut chance = StdRng::seed_from_u64(seed);
        let bench = Bench::open().await;
        let events: Vec<Event> = (0..250)
            .map(|number| bench.random(number, &mut chance))
            .collect();
        let (before, after) = events.split_at(chance.random_range(50..200));
        bench.send(before, &mut chance).await;
        // A segment whose signals have traces, while others' have none.
        let kept = bench.make("kept", BOUGHT).await;
        bench.app.segments_settled().await.unwrap();
        bench.send(after, &mut chance).await;
        let bench = match seed % 2 {
            0 => bench.reopened().await,
            _ => bench,
        };
        if seed % 3 == 0 {
            bench.app.flush_lake().await.unwrap();
        }
        bench.at(START + chance.random_range(0..20 * DAY)).await;
        for (place, condition) in MANY.iter().enumerate() {
            comes_true(&bench, &format!("{seed}/{place}"), condition).await;
        }
        let of_another = format!(
            r#"{{"all":[{{"not":{{"segment":"{kept}"}}}},{{"happened":{{"signal":{{"name":"Email Opened"}},"test":{{"figure":{{"figure":"count","is":{{"at_least":1}},"during":"ever"}}}}}}}}]}}"#
        );
        comes_true(&bench, &format!("{seed}, of another"), &of_another).await;
        comes_true(&bench, &format!("{seed}, everybody"), r#"{"all":[]}"#).await;
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_time_it_is_an_estimate_of_the_same_people_each_time() {
    let bench = Bench::open().await;
    let mut chance = StdRng::seed_from_u64(9);
    let of = |number: u32| {
        let user = format!("u-{number:04}");
        let name = match number % 4 {
            0 => "Order Completed",
            _ => "Product Viewed",
        };
        let what = (EventKind::Track, name, "{}");
        bench.event(number, what, START - DAY, &[(Kind::UserId, &user)])
    };
    let events: Vec<Event> = (0..1_500).map(of).collect();
    bench.send(&events, &mut chance).await;
    let actor = Actor::operator();
    let ask = async || {
        let app = &bench.app;
        app.preview_segment_within(&actor, condition_of(BOUGHT), Duration::ZERO)
            .await
            .unwrap()
    };
    let foretold = ask().await;
    let (low, high) = foretold.interval.unwrap();
    assert!(!foretold.is_exact() && foretold.of < 1_500, "{foretold:?}");
    assert_eq!(foretold.customers, 1_500);
    assert!(low <= foretold.members && foretold.members <= high);
    assert!((low..=high).contains(&375), "{foretold:?}");
    assert_eq!(foretold.sample.len(), SAMPLE_MOST);
    let again = ask().await;
    let ids = |preview: &Preview| -> Vec<_> { preview.sample.iter().map(|it| it.id).collect() };
    assert_eq!(ids(&again), ids(&foretold));
    assert_eq!(preview(&bench, BOUGHT).await.members, 375);
    bench.end().await;
}
