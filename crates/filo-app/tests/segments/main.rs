//! Segments: who is in, live and recomputed, comes to the same; and whoever is in leaves on time.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod bench;
mod buyers;
mod computed;
mod preview;

use filo_app::segment::{SegmentDraft, SegmentView};
use filo_app::{Actor, Removal};
use filo_core::event::{Event, EventKind};
use filo_core::id::SegmentId;
use filo_core::identity::Kind;
use filo_core::segment::{Condition, Occasion};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};

use crate::bench::{BOUGHT, Bench, DAY, IMPORT, MANY, RUN, START, condition_of};

/// What is in the tables is what asking again gives, for everybody.
async fn agrees(bench: &Bench, id: SegmentId, about: &str) {
    let members = bench.members(id).await;
    for row in bench.app.customers(None, 500).await.unwrap() {
        let why = bench.app.why_in_segment(id, row.id).await.unwrap();
        assert_eq!(
            why.explained.holds,
            members.contains(&row.id),
            "{about}: {id} {}",
            row.id
        );
        let of = bench.app.segments_of(row.id).await.unwrap();
        let is_in = of.iter().any(|membership| membership.segment == id);
        assert_eq!(is_in, members.contains(&row.id), "{about}: {id} {}", row.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_in_with_the_event_and_out_at_the_very_instant() {
    let bench = Bench::open().await;
    let id = bench.make("Bought", BOUGHT).await;
    let mut chance = StdRng::seed_from_u64(1);
    let order = (
        EventKind::Track,
        "Order Completed",
        r#"{"order_id":"o-1","total":20}"#,
    );
    let event = bench.event(1, order, START, &[(Kind::UserId, "u-1")]);
    let bought = event.id;
    bench.send(&[event], &mut chance).await;
    bench.app.segments_settled().await.unwrap();
    assert_eq!(bench.members(id).await.len(), 1);
    // Cold: the timer finds them in the tables.
    let bench = bench.reopened().await;
    bench.at(START + 30 * DAY - 1).await;
    assert_eq!(bench.members(id).await.len(), 1);
    bench.at(START + 30 * DAY).await;
    assert_eq!(bench.members(id).await.len(), 0);
    let turns = bench.app.segment_turns(id, 0, 10).await.unwrap();
    let told: Vec<_> = turns
        .iter()
        .map(|turn| (turn.is_in, turn.at.0, turn.occasion))
        .collect();
    let (by_event, by_time) = (Occasion::Event(bought), Occasion::Time);
    let (came, left) = (START, START + 30 * DAY);
    assert_eq!(
        told,
        [(true, came, Some(by_event)), (false, left, Some(by_time))]
    );
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_no_difference_whether_the_segment_or_the_events_came_first() {
    for seed in 0..4 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (first, last) = (Bench::open().await, Bench::open().await);
        let mut events: Vec<Event> = (0..300)
            .map(|number| first.random(number, &mut chance))
            .collect();
        let mut before = Vec::new();
        for (place, condition) in MANY.iter().enumerate() {
            before.push(first.make(&format!("s-{place}"), condition).await);
        }
        first.send(&events, &mut chance).await;
        let first = if seed % 2 == 0 {
            first.reopened().await
        } else {
            first
        };
        events.shuffle(&mut chance);
        last.send(&events, &mut chance).await;
        let mut after = Vec::new();
        for (place, condition) in MANY.iter().enumerate() {
            after.push(last.make(&format!("s-{place}"), condition).await);
        }
        let mut now = START;
        for _ in 0..6 {
            first.at(now).await;
            last.at(now).await;
            for (one, other) in before.iter().zip(&after) {
                let about = format!("seed {seed} at {now}");
                agrees(&first, *one, &about).await;
                assert_eq!(
                    first.members(*one).await,
                    last.members(*other).await,
                    "{about}"
                );
            }
            now += chance.random_range(0..20 * DAY);
        }
        // What was never sent is in no segment either.
        let run = Removal::Run {
            source: IMPORT,
            received_at: RUN,
        };
        first.app.remove(run).await.unwrap();
        first.at(now).await;
        for id in &before {
            agrees(&first, *id, &format!("seed {seed}, taken out")).await;
        }
        first.app.rebuild().await.unwrap();
        first.at(now).await;
        for id in &before {
            agrees(&first, *id, &format!("seed {seed}, made anew")).await;
        }
        first.end().await;
        last.end().await;
    }
}

/// What has not been written yet counts too: whoever came a moment before a segment is in it.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_came_a_moment_before_a_segment_is_in_it() {
    let bench = Bench::open().await;
    for round in 0..8 {
        let came = (0..20).map(|number| {
            let (number, name) = (round * 20 + number, format!("new-{round}-{number}"));
            let seen = (EventKind::Track, "Seen", "{}");
            bench.event(number, seen, START, &[(Kind::UserId, &name)])
        });
        let permit = bench.app.admit(10_000).unwrap();
        bench.app.accept(permit, came.collect()).await.unwrap();
        let all = bench
            .make(&format!("s-{round}"), r#"{"known":"user_id"}"#)
            .await;
        bench.app.segments_settled().await.unwrap();
        agrees(&bench, all, "made at once").await;
        let expected = usize::try_from((round + 1) * 20).unwrap();
        assert_eq!(bench.members(all).await.len(), expected);
    }
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_is_changed_put_away_and_brought_back() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(5);
    let events: Vec<Event> = (0..80)
        .map(|number| bench.random(number, &mut chance))
        .collect();
    bench.send(&events, &mut chance).await;
    let id = bench.make("Bought", BOUGHT).await;
    bench.at(START).await;
    let view: SegmentView = bench.app.segment(id).await.unwrap();
    assert!(view.is_filled() && view.members > 0);
    let before = bench.members(id).await;

    let mut draft = SegmentDraft {
        name: "Not bought".to_owned(),
        description: String::new(),
        condition: Condition::Not(Box::new(view.condition.clone())),
    };
    let changed = bench
        .app
        .change_segment(&actor, (id, 1), draft.clone())
        .await
        .unwrap();
    assert_eq!(changed.row.version, 2);
    bench.at(START).await;
    assert!(bench.members(id).await.is_disjoint(&before));
    agrees(&bench, id, "changed").await;
    // Whoever was in left by the change, and whoever came in by it is told too.
    let turns = bench.app.segment_turns(id, 0, 100).await.unwrap();
    assert!(turns.iter().all(|it| it.occasion == Some(Occasion::Change)));
    let left = turns.iter().filter(|turn| !turn.is_in);
    assert!(left.map(|turn| turn.customer).eq(before.iter().copied()));
    let came = turns.iter().filter(|turn| turn.is_in).count();
    assert_eq!(came, bench.members(id).await.len());
    // Whoever saw the version before is told so.
    assert!(
        bench
            .app
            .change_segment(&actor, (id, 1), draft.clone())
            .await
            .is_err()
    );

    let other = bench
        .make("Others", &format!(r#"{{"segment":"{id}"}}"#))
        .await;
    bench.at(START).await;
    assert_eq!(bench.members(other).await, bench.members(id).await);
    assert!(
        bench.app.archive_segment(&actor, id).await.is_err(),
        "another is made of it"
    );
    draft.condition = Condition::Segment(other);
    assert!(
        bench
            .app
            .change_segment(&actor, (id, 2), draft)
            .await
            .is_err(),
        "a circle"
    );
    bench.app.archive_segment(&actor, other).await.unwrap();
    bench.app.archive_segment(&actor, id).await.unwrap();
    bench.at(START).await;
    assert!(bench.members(id).await.is_empty());
    bench.app.restore_segment(&actor, id).await.unwrap();
    bench.at(START).await;
    agrees(&bench, id, "brought back").await;
    assert!(!bench.members(id).await.is_empty());
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_a_segment_changes_with_those_that_it_is_made_of() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(6);
    let events: Vec<Event> = (0..80)
        .map(|number| bench.random(number, &mut chance))
        .collect();
    bench.send(&events, &mut chance).await;
    let id = bench.make("Bought", BOUGHT).await;
    let others = format!(r#"{{"not":{{"segment":"{id}"}}}}"#);
    let others = bench.make("Others", &others).await;
    let of_others = format!(r#"{{"segment":"{others}"}}"#);
    let of_others = bench.make("Others, again", &of_others).await;
    bench.at(START).await;
    let before = bench.members(others).await;
    assert!(!before.is_empty());
    for (version, condition) in [(1, r#"{"all":[]}"#), (2, MANY[3]), (3, BOUGHT)] {
        let draft = SegmentDraft {
            name: "Bought".to_owned(),
            description: String::new(),
            condition: condition_of(condition),
        };
        let changed = bench.app.change_segment(&actor, (id, version), draft).await;
        assert_eq!(changed.unwrap().row.version, version + 1);
        bench.at(START).await;
        for segment in [id, others, of_others] {
            agrees(&bench, segment, condition).await;
        }
        assert_eq!(bench.members(of_others).await, bench.members(others).await);
    }
    assert_eq!(bench.members(others).await, before);
    bench.end().await;
}
