//! Computed traits: what is told live is what everything that happened comes to, folded anew; and
//! segments that ask about them follow.

use filo_app::computed::{ComputedTraitDraft, ComputedTraitView};
use filo_app::{Actor, Error, Removal};
use filo_core::event::{Event, EventKind};
use filo_core::id::CustomerId;
use filo_core::identity::{Kind, Verdict};
use filo_core::profile::Profile;
use filo_core::segment::computed::{Computed, Recipe, Recipes, compute};
use filo_core::segment::{Person, Scene, Signals, Traces};
use filo_core::time::Timestamp;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};

use crate::agrees;
use crate::bench::{Bench, DAY, IMPORT, RUN, START};

/// One of each kind that the random events can move.
const MANY: [(&str, &str); 7] = [
    (
        "bought",
        r#"{"events":{"take":"count","signal":{"name":"Order Completed"},"during":{"last":"30 days"}}}"#,
    ),
    (
        "usual_total",
        r#"{"events":{"take":"most_frequent","signal":{"name":"Order Completed","field":"total"},"during":"ever"}}"#,
    ),
    (
        "cities",
        r#"{"events":{"take":"list","signal":{"kind":"identify","field":"city"},"during":{"last":"90 days"}}}"#,
    ),
    (
        "days_quiet",
        r#"{"events":{"take":"days_since_last","signal":{"name":"Email Opened"},"during":"ever"}}"#,
    ),
    (
        "spent",
        r#"{"orders":{"take":"revenue","during":{"last":"60 days"}}}"#,
    ),
    ("spent_each", r#"{"formula":"spent / bought"}"#),
    (
        "score",
        r#"{"formula":"round(if_missing(spent_each, 0) - days_quiet / 7, 1)"}"#,
    ),
];

/// Segments that ask about them.
const ASKING: [&str; 3] = [
    r#"{"trait":{"key":"days_quiet","test":{"value":{"number":{"above":20}}}}}"#,
    r#"{"all":[{"trait":{"key":"cities","test":{"value":{"is":["Lodi"]}}}},{"trait":{"key":"score","test":{"value":"set"}}}]}"#,
    r#"{"trait":{"key":"spent_each","test":{"value":{"number":{"between":[20,60]}}}}}"#,
];

fn recipe(json: &str) -> Recipe {
    Recipe::from_json(&format!(r#"{{"version":1,"recipe":{json}}}"#)).unwrap()
}

fn draft((key, json): (&str, &str)) -> ComputedTraitDraft {
    ComputedTraitDraft {
        key: key.to_owned(),
        label: String::new(),
        recipe: recipe(json),
    }
}

impl Bench {
    async fn compute(&self, made: (&str, &str)) -> ComputedTraitView {
        let actor = Actor::operator();
        let made = self.app.create_computed_trait(&actor, draft(made)).await;
        made.unwrap()
    }

    /// Everything that happened to somebody, folded anew.
    async fn anew(&self, id: CustomerId, now: i64) -> Vec<(String, Option<Computed>)> {
        let customer = self.app.customer(id).await.unwrap().unwrap();
        let events = self.app.timeline(id, None, 1_000).await.unwrap();
        let mut recipes = Recipes::new();
        for (key, json) in MANY {
            recipes.insert(key.into(), recipe(json).into());
        }
        let mut signals = Signals::default();
        signals.extend(recipes.values().filter_map(|recipe| recipe.signal()));
        let (mut profile, mut traces) = (Profile::default(), Traces::default());
        for event in &events {
            profile.fold(event, &self.app.rules());
            traces.fold(event, &signals);
        }
        let kinds: Vec<Kind> = customer.identifiers.iter().map(|it| it.kind).collect();
        let person = Person {
            customer: id,
            kinds: &kinds,
            profile: &profile,
            traces: &traces,
        };
        let scene = Scene {
            segments: std::collections::BTreeMap::new(),
            computed: recipes,
            purposes: self.app.segment_names().await.unwrap().purposes,
            currency: filo_core::money::Currency::EUR,
            zone: jiff::tz::TimeZone::UTC,
            personas: None,
            yardstick: filo_core::buyer::Yardstick::default(),
        };
        let read = compute(&person, &scene, Timestamp(now)).into_iter();
        read.map(|(key, reading)| (key.to_string(), reading.value))
            .collect()
    }

    async fn told(&self, id: CustomerId) -> Vec<(String, Option<Computed>)> {
        let mut values = self.app.computed_of(id).await.unwrap();
        values.sort_by(|one, other| one.key.cmp(&other.key));
        assert!(values.iter().all(|value| !value.is_counting));
        let told = values.into_iter();
        told.map(|value| (value.key, value.value)).collect()
    }

    async fn live_is_anew(&self, now: i64, about: &str) {
        let people = self.app.customers(None, 500).await.unwrap();
        assert!(!people.is_empty());
        for row in people {
            let (told, anew) = (self.told(row.id).await, self.anew(row.id, now).await);
            assert_eq!(told, anew, "{about}: {} at {now}", row.id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_live_is_what_everything_comes_to_anew() {
    for seed in 0..3 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (first, last) = (Bench::open().await, Bench::open().await);
        let mut events: Vec<Event> = (0..250)
            .map(|number| first.random(number, &mut chance))
            .collect();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for one in MANY {
            first.compute(one).await;
        }
        for (place, condition) in ASKING.iter().enumerate() {
            before.push(first.make(&format!("s-{place}"), condition).await);
        }
        first.send(&events, &mut chance).await;
        let first = if seed % 2 == 0 {
            first.reopened().await
        } else {
            first
        };
        // Here the events are there before anybody asks what they come to.
        events.shuffle(&mut chance);
        last.send(&events, &mut chance).await;
        for one in MANY {
            last.compute(one).await;
        }
        for (place, condition) in ASKING.iter().enumerate() {
            after.push(last.make(&format!("s-{place}"), condition).await);
        }
        let mut now = START;
        for _ in 0..4 {
            for (bench, made) in [(&first, &before), (&last, &after)] {
                bench.at(now).await;
                let about = format!("seed {seed}");
                bench.live_is_anew(now, &about).await;
                for id in made {
                    agrees(bench, *id, &about).await;
                }
            }
            for (one, other) in before.iter().zip(&after) {
                assert_eq!(first.members(*one).await, last.members(*other).await);
            }
            now += chance.random_range(0..15 * DAY);
        }
        let run = Removal::Run {
            source: IMPORT,
            received_at: RUN,
        };
        first.app.remove(run).await.unwrap();
        first.at(now).await;
        first
            .live_is_anew(now, &format!("seed {seed}, taken out"))
            .await;
        first.app.rebuild().await.unwrap();
        first.at(now).await;
        first
            .live_is_anew(now, &format!("seed {seed}, made anew"))
            .await;
        for id in &before {
            agrees(&first, *id, &format!("seed {seed}, made anew")).await;
        }
        first.end().await;
        last.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn segments_follow_when_a_computed_trait_is_changed_and_hold_it_fast() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(11);
    let events: Vec<Event> = (0..120)
        .map(|number| bench.random(number, &mut chance))
        .collect();
    bench.send(&events, &mut chance).await;
    let bought = bench.compute(MANY[0]).await;
    bench.compute(MANY[4]).await;
    let each = bench.compute(MANY[5]).await;
    let id = bench.make("Spend", ASKING[2]).await;
    bench.at(START).await;
    let before = bench.members(id).await;
    assert!(!before.is_empty());
    agrees(&bench, id, "made").await;

    let wider = (
        "bought",
        r#"{"events":{"take":"count","signal":{"name":"Product Viewed"},"during":"ever"}}"#,
    );
    let from = (bought.row.id, bought.row.version);
    let changed = bench
        .app
        .change_computed_trait(&actor, from, draft(wider))
        .await;
    assert_eq!(changed.unwrap().row.version, 2);
    bench.at(START).await;
    agrees(&bench, id, "changed").await;
    assert_ne!(bench.members(id).await, before);

    let refused = bench
        .app
        .archive_computed_trait(&actor, bought.row.id)
        .await;
    assert!(matches!(refused, Err(Error::Conflict(why)) if why.contains("spent each")));
    let refused = bench.app.archive_computed_trait(&actor, each.row.id).await;
    assert!(matches!(refused, Err(Error::Conflict(why)) if why.contains("Spend")));
    let list = (
        "spent_each",
        r#"{"events":{"take":"list","signal":{"name":"A","field":"x"},"during":"ever"}}"#,
    );
    let from = (each.row.id, each.row.version);
    let changed = bench
        .app
        .change_computed_trait(&actor, from, draft(list))
        .await;
    // A list has parts that are numbers, so the segment can still ask.
    changed.unwrap();

    bench.app.archive_segment(&actor, id).await.unwrap();
    bench
        .app
        .archive_computed_trait(&actor, each.row.id)
        .await
        .unwrap();
    let restored = bench.app.restore_segment(&actor, id).await;
    assert!(matches!(restored, Err(Error::Conflict(why)) if why.contains("put away")));
    bench
        .app
        .restore_computed_trait(&actor, each.row.id)
        .await
        .unwrap();
    bench.app.restore_segment(&actor, id).await.unwrap();
    bench.at(START).await;
    agrees(&bench, id, "brought back").await;
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_goes_with_the_people_it_is_of() {
    let bench = Bench::open().await;
    let actor = Actor::operator();
    let mut chance = StdRng::seed_from_u64(3);
    bench.compute(MANY[0]).await;
    bench.app.segments_settled().await.unwrap();
    let order = |number: u32, known: &[(Kind, &str)]| {
        let properties = format!(r#"{{"order_id":"o-{number}","total":20,"currency":"EUR"}}"#);
        let what = (EventKind::Track, "Order Completed", properties.as_str());
        bench.event(number, what, START - DAY, known)
    };
    let (user, mail) = ((Kind::UserId, "u-1"), (Kind::Email, "one@example.it"));
    let apart = [order(1, &[user]), order(2, &[mail]), order(4, &[mail])];
    bench.send(&apart, &mut chance).await;
    let of = async |kind, value| {
        let view = bench.app.find(kind, value).await.unwrap().unwrap();
        let told = bench.told(view.id).await;
        (view, told[0].1.clone().unwrap().to_json())
    };
    assert_eq!(of(user.0, user.1).await.1, "1");
    assert_eq!(of(mail.0, mail.1).await.1, "2");
    // Joined, and late.
    bench.send(&[order(5, &[user, mail])], &mut chance).await;
    let (joined, told) = of(user.0, user.1).await;
    assert_eq!(told, "4");
    let nodes: Vec<_> = joined.identifiers.iter().map(|it| it.node).collect();
    let apart = Verdict::Apart;
    let ruled = bench.app.rule(&actor, nodes[0], nodes[1], apart, "").await;
    ruled.unwrap();
    bench.app.settle().await.unwrap();
    // Each has what is on its own thread; the order that named both is on the stronger one's.
    assert_eq!(of(user.0, user.1).await.1, "2");
    assert_eq!(of(mail.0, mail.1).await.1, "2");
    bench.end().await;
}
