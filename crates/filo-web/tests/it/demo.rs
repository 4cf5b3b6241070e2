//! The demo: repeatable, plausible, and open about being invented.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use filo_app::demo::{NAMED, Standing, Truth, Wish, prepare};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_testkit::{Filo, START};

const PEOPLE: u32 = 200;

fn wish(seed: u64, people: u32) -> Wish {
    Wish {
        seed,
        until: START,
        people,
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_customers_and_filling_again_changes_nothing() {
    let (one, filled) = Filo::demo_of(7, 60).await;
    let first = one.app.state_hash().await.unwrap();
    let (same, _) = Filo::demo_of(7, 60).await;
    assert_eq!(same.app.state_hash().await.unwrap(), first);
    let (other, _) = Filo::demo_of(8, 60).await;
    assert_ne!(other.app.state_hash().await.unwrap(), first);

    // As after a filling that was broken off.
    let before = one.app.status().duplicates;
    one.app.fill_demo(|_| {}).await.unwrap();
    assert_eq!(one.app.state_hash().await.unwrap(), first);
    assert_eq!(
        one.app.status().duplicates - before,
        filled.events,
        "every event was known"
    );
}

#[tokio::test]
async fn every_channel_has_its_share() {
    let filo = Filo::demo(PEOPLE).await;
    let customers = filo.app.customers(None, 200).await.unwrap();
    assert!(filo.app.customer_count().await.unwrap() > u64::from(PEOPLE) / 2);
    let mut by_source: BTreeMap<u32, u32> = BTreeMap::new();
    let mut channels = BTreeSet::new();
    for row in customers {
        for event in filo.thread(row.id).await {
            assert!(event.at <= START, "nothing is later than the end");
            *by_source.entry(event.source.0).or_default() += 1;
            channels.insert(event.channel.word());
        }
    }
    let sources = filo.app.sources().await.unwrap();
    for source in sources
        .iter()
        .filter(|row| row.name != "Site" && row.name != "Server")
    {
        let count = by_source.get(&source.id.0).copied().unwrap_or_default();
        let is_in_quarantine = source.name.starts_with("Nuovo gestionale");
        assert_eq!(count == 0, is_in_quarantine, "{}: {count}", source.name);
    }
    for channel in ["web", "app", "email", "phone", "shop", "social"] {
        assert!(
            channels.contains(channel),
            "{channel} is missing in {channels:?}"
        );
    }
    let duplicates = filo.app.status().duplicates;
    assert!(duplicates > 10, "{duplicates} events were repeated");
}

#[tokio::test]
async fn identity_finds_who_is_who() {
    let (filo, filled) = Filo::demo_of(1, 400).await;
    let score = Score::of(&filo, &filled.truth).await;
    println!("{score:?}");
    // The generator makes mistakes on purpose: mistyped numbers, two with one telephone.
    assert!(score.precision() > 0.97, "{score:?}");
    assert!(score.precision() < 1.0, "no wrong join to undo: {score:?}");
    // Who uses one address here and another there cannot be known to be one.
    assert!(score.recall() > 0.85, "{score:?}");
}

/// Pairs of identifiers: joined rightly, joined wrongly, and not joined.
#[derive(Debug, Default)]
struct Score {
    right: f64,
    wrong: f64,
    missed: f64,
}

impl Score {
    async fn of(filo: &Filo, truth: &Truth) -> Self {
        let mut people: BTreeMap<u32, Vec<CustomerId>> = BTreeMap::new();
        let mut customers: HashMap<CustomerId, Vec<u32>> = HashMap::new();
        let owners: BTreeMap<NodeId, u32> = truth.owners().collect();
        for (node, owner) in owners {
            let customer = filo.app.customer(CustomerId::from(node)).await.unwrap();
            let customer = customer.expect("every identifier is somebody's").id;
            people.entry(owner).or_default().push(customer);
            customers.entry(customer).or_default().push(owner);
        }
        let mut score = Self::default();
        for owners in customers.values() {
            let (same, different) = pairs(owners);
            score.right += same;
            score.wrong += different;
        }
        for customers in people.values() {
            score.missed += pairs(customers).1;
        }
        score
    }

    fn precision(&self) -> f64 {
        self.right / (self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        self.right / (self.right + self.missed)
    }
}

/// How many pairs are equal, and how many differ.
fn pairs<T: PartialEq>(list: &[T]) -> (f64, f64) {
    let (mut same, mut different) = (0.0, 0.0);
    for (place, one) in list.iter().enumerate() {
        for other in &list[place + 1..] {
            if one == other {
                same += 1.0;
            } else {
                different += 1.0;
            }
        }
    }
    (same, different)
}

#[tokio::test]
async fn every_story_is_found_and_shows_what_it_says() {
    let filo = Filo::demo(5).await;
    for name in NAMED {
        let found = filo.app.search(name, 10).await.unwrap();
        assert!(!found.is_empty(), "{name} is not found");
    }
    let by_email = async |email: &str| filo.find(Kind::Email, email).await.expect("known");

    // One woman under two names.
    let giulia = by_email("giulia.ferrarini@posta.example").await;
    let letters = by_email("giulia.ferrarini@lettera.example").await;
    assert_eq!(giulia.id, letters.id);
    assert!(giulia.identifiers.iter().any(|it| it.kind == Kind::Card));
    // Father and son, and two Annas, are two each.
    assert_eq!(
        filo.app.search("Mario Espositi", 10).await.unwrap().len(),
        2
    );
    assert_eq!(
        filo.app.search("Anna Russolini", 10).await.unwrap().len(),
        2
    );
    // The father's fixed line is known and joins nobody.
    let father = filo.find(Kind::Card, "AUR1900002").await.unwrap();
    let line = filo
        .find(Kind::Landline, "0200001234")
        .await
        .expect("a line");
    assert_ne!(father.id, line.id);
    // The tablet is its own.
    let tablet = filo
        .find(Kind::AnonymousId, "dispositivo-900006")
        .await
        .unwrap();
    let paola = by_email("paola.galletti@posta.example").await;
    let irene = by_email("irene.galletti@posta.example").await;
    assert!(tablet.id != paola.id && tablet.id != irene.id && paola.id != irene.id);
    // The reception's number joins nobody any more, and somebody is told.
    let reception = filo.find(Kind::Card, "AUR1900009").await.unwrap();
    assert!(
        reception
            .identifiers
            .iter()
            .all(|it| it.kind != Kind::Phone)
    );
    let incidents = filo.app.incidents(true, None, 200).await.unwrap();
    assert!(!incidents.is_empty(), "no incident");
    // Luca and Sara are one, which is wrong; the note says so.
    let luca = filo.find(Kind::Card, "AUR1900010").await.unwrap();
    assert_eq!(luca.id, by_email("sara.marinelli@posta.example").await.id);
    assert_eq!(luca.profile.notes.newest_first().len(), 1);
    // The sisters were separated.
    let chiara = filo.find(Kind::Card, "AUR1900012").await.unwrap();
    let elena = filo.find(Kind::Card, "AUR1900013").await.unwrap();
    assert_ne!(chiara.id, elena.id);
    // Nobody has the address that the till made up.
    assert!(filo.find(Kind::Email, "a@a.it").await.is_none());
}

#[tokio::test]
async fn relations_are_as_they_are_told() {
    let filo = Filo::demo(5).await;
    let thread = async |email: &str| {
        let view = filo.find(Kind::Email, email).await.expect("known");
        filo.thread(view.id).await
    };
    let has = |events: &[filo_core::event::Event], name: &str| {
        events.iter().filter(|event| event.name == name).count()
    };
    let francesco = thread("francesco.grecchi@posta.example").await;
    for name in [
        "Order Refunded",
        "Call Logged",
        "Note Added",
        "Survey Answered",
    ] {
        assert_eq!(has(&francesco, name), 1, "{name}");
    }
    let davide = thread("davide.fontanini@posta.example").await;
    assert_eq!(has(&davide, "Order Completed"), 1);
    let first = davide.last().unwrap();
    assert!(
        first.context.contains("autunno-aurora"),
        "{}",
        first.context
    );
    let nino = thread("nino.carusetti@posta.example").await;
    assert_eq!(
        (has(&nino, "Form Submitted"), has(&nino, "Order Completed")),
        (1, 8)
    );
    let beatrice = thread("beatrice.delucchi@posta.example").await;
    assert_eq!(
        (
            has(&beatrice, "Consent Granted"),
            has(&beatrice, "Unsubscribed")
        ),
        (2, 1)
    );
    let teresa = filo.find(Kind::Card, "AUR1900015").await.unwrap();
    let mornings = filo.thread(teresa.id).await;
    let silent_since = START.plus_seconds(-35 * 86_400);
    assert!(has(&mornings, "Order Completed") > 200);
    assert!(mornings.iter().all(|event| event.at < silent_since));
}

#[tokio::test]
async fn what_the_new_system_sent_wrongly_can_be_repaired() {
    let filo = Filo::demo(20).await;
    let list = filo.api_get("/api/v1/quarantine?limit=100").await;
    let rows = list["data"].as_array().unwrap();
    assert_eq!(rows.len(), 30);
    let codes: BTreeSet<&str> = rows.iter().filter_map(|row| row["code"].as_str()).collect();
    assert_eq!(
        codes,
        BTreeSet::from(["bad_timestamp", "missing_event", "no_user_anon_id"])
    );
    let row = rows
        .iter()
        .find(|row| row["code"] == "bad_timestamp")
        .unwrap();
    let path = format!("/api/v1/quarantine/{}", row["id"].as_str().unwrap());
    let kept = filo.api_get(&path).await;
    let mut body: serde_json::Value = serde_json::from_str(kept["body"].as_str().unwrap()).unwrap();
    body["timestamp"] = "2026-10-01T08:00:00Z".into();
    let mended = serde_json::json!({ "body": body.to_string() });
    let done = filo.api_post(&format!("{path}/repair"), &mended).await;
    assert_eq!(done["events"], 1);
}

#[tokio::test]
async fn pages_of_a_demo_say_so_and_others_do_not() {
    for (filo, is_demo) in [(Filo::demo(3).await, true), (Filo::start().await, false)] {
        assert_eq!(filo.app.is_demo(), is_demo);
        let page = filo.get("/login?lang=it").send().await.ok().text();
        assert_eq!(page.contains("qui è tutto inventato"), is_demo);
    }
}

#[tokio::test]
async fn a_place_that_holds_something_else_never_becomes_a_demo() {
    let filo = Filo::start().await;
    let (config, _files) = filo.stop().await;
    let standing = prepare(&config, &wish(1, 5), START).await.unwrap();
    assert_eq!(standing, Standing::Foreign);
    let filo = Filo::demo(3).await;
    assert!(filo.app.fill_demo(|_| {}).await.is_ok());
    let (config, _files) = filo.stop().await;
    let standing = prepare(&config, &wish(9, 5), START).await.unwrap();
    assert_eq!(
        standing,
        Standing::Filled(wish(1, 3)),
        "it stays what it was"
    );
}

#[tokio::test]
async fn what_is_no_demo_is_not_filled() {
    let filo = Filo::start().await;
    assert!(filo.app.fill_demo(|_| {}).await.is_err());
    assert_eq!(filo.app.customer_count().await.unwrap(), 0);
}
