//! What must be there once a client has told the story of Anna and Bruno
//! (`sdk-tests/story.json` and the clients beside it).
//!
//! **Invariant:** the numbers stand here as a person computes them, not as Filo does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use filo_testkit::Child;
use serde_json::Value;

use crate::exchange::{command, exchange};
use crate::rough_road::{Fate, Passage};

/// Which key a client has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Server,
    Browser,
}

/// A Filo that a client has told its story to.
pub(crate) struct Told {
    pub(crate) child: Child,
    /// Its data; gone when this is.
    pub(crate) data: tempfile::TempDir,
    pub(crate) api_key: String,
    pub(crate) passages: Vec<Passage>,
    pub(crate) ticks: u32,
    pub(crate) place: Place,
}

impl Told {
    fn get(&self, path: &str) -> Option<Value> {
        let path = format!("/api/v1/{path}");
        let (status, body) = exchange(self.child.address, "GET", &path, &self.api_key, "").unwrap();
        assert!(status == 200 || status == 404, "{path}: {body}");
        (status == 200).then(|| serde_json::from_str(&body).unwrap())
    }

    fn rows(&self, path: &str) -> Vec<Value> {
        self.get(path).unwrap()["data"].as_array().unwrap().clone()
    }

    fn user(&self, id: &str) -> Value {
        self.get(&format!("customers/lookup?user_id={id}"))
            .unwrap_or_else(|| panic!("nobody is {id}"))
    }

    /// The whole thread, which is short enough for one page.
    fn thread(&self, customer: &Value) -> Vec<Value> {
        let id = text(&customer["id"]);
        let events = self.rows(&format!("customers/{id}/events?limit=200"));
        assert_eq!(customer["event_count"], events.len(), "{id}");
        events
    }

    /// All of it.
    pub(crate) fn check(&self) {
        let (anna, bruno) = (self.user("anna"), self.user("bruno"));
        let threads = [self.thread(&anna), self.thread(&bruno)];
        let events = threads.concat();
        self.check_nobody_else(&anna, &bruno);
        self.check_road(&events);
        self.check_events(&threads);
        self.check_identifiers(&anna, &bruno);
        check_purchases(&anna);
        assert_eq!(anna["groups"], serde_json::json!(["acme"]));
        assert_eq!(anna["traits"]["first_name"], "Anna");
        assert_eq!(anna["traits"]["plan"], "gold");
        assert_eq!(bruno["orders"].as_array().unwrap().len(), 0, "{bruno}");
        match self.place {
            Place::Browser => check_visit(&anna, &events),
            Place::Server => check_no_visit(&events),
        }
        let program = Path::new(env!("CARGO_BIN_EXE_filo"));
        let found = command(program, self.data.path(), &["check", "--json"]);
        assert_eq!(found["sound"], true, "{found}");
    }

    /// The network was as bad as it should be, and all that went over it is on a thread, once.
    fn check_road(&self, events: &[Value]) {
        let mut sent: BTreeMap<&str, BTreeSet<Fate>> = BTreeMap::new();
        for passage in &self.passages {
            let is_good = matches!(passage.status, None | Some(200 | 204));
            assert!(is_good, "{passage:#?}");
            for id in &passage.messages {
                sent.entry(id).or_default().insert(passage.fate);
            }
        }
        let all = BTreeSet::from([Fate::Refused, Fate::AnswerLost, Fate::Answered]);
        for (id, fates) in &sent {
            assert_eq!(fates, &all, "{id} was spared something");
        }
        let kept: BTreeSet<&str> = events
            .iter()
            .map(|event| text(&event["message_id"]))
            .collect();
        let lost: Vec<_> = sent.keys().filter(|id| !kept.contains(*id)).collect();
        assert_eq!(lost, Vec::<&&str>::new(), "sent, but not there");
        assert_eq!((events.len(), kept.len()), (sent.len(), sent.len()));
    }

    /// No stray customer, nothing refused, nothing to worry about. A company is an identifier of
    /// its own, without a thread.
    fn check_nobody_else(&self, anna: &Value, bruno: &Value) {
        let company = self.get("customers/lookup?group_id=acme");
        if let Some(company) = &company {
            assert_eq!(company["event_count"], 0, "{company}");
        }
        let known = [Some(anna), Some(bruno), company.as_ref()];
        let known: BTreeSet<&str> = known.iter().flatten().map(|one| text(&one["id"])).collect();
        let listed = self.rows("customers");
        let listed: BTreeSet<&str> = listed.iter().map(|row| text(&row["id"])).collect();
        let strangers: Vec<Value> = listed
            .difference(&known)
            .map(|id| self.rows(&format!("customers/{id}/events")).into())
            .collect();
        assert_eq!(strangers, Vec::<Value>::new());
        assert_eq!(self.rows("quarantine"), Vec::<Value>::new());
        assert_eq!(self.rows("incidents"), Vec::<Value>::new());
    }

    fn check_events(&self, [anna, bruno]: &[Vec<Value>; 2]) {
        let ticks = |parity| {
            (0..self.ticks)
                .filter(move |tick| tick % 2 == parity)
                .map(|tick| format!("track Tick {tick}"))
        };
        let mut of_anna: Vec<String> = [
            "alias",
            "group",
            "identify",
            "page Cart",
            "screen Home",
            "track Order Completed",
            "track Order Completed",
            "track Order Refunded",
            "track Product Viewed",
        ]
        .map(str::to_owned)
        .into();
        if self.place == Place::Server {
            // From her telephone.
            of_anna.push("identify".to_owned());
        }
        of_anna.extend(ticks(0));
        let of_bruno = ticks(1).chain(["identify".to_owned()]);
        assert_eq!(names(anna), sorted(of_anna), "Anna's thread");
        assert_eq!(names(bruno), sorted(of_bruno), "Bruno's thread");
        let (trust, channel) = match self.place {
            Place::Server => ("verified", "server"),
            Place::Browser => ("claimed", "web"),
        };
        for event in anna.iter().chain(bruno) {
            assert_eq!(event["trust"], trust, "{event}");
            assert_eq!(event["clock_suspect"], false, "{event}");
            if let Some(tick) = event["properties"]["tick"].as_u64() {
                assert_eq!(event["name"], format!("Tick {tick}"));
                assert_eq!(event["channel"], channel, "{event}");
            }
        }
    }

    fn check_identifiers(&self, anna: &Value, bruno: &Value) {
        let [mut of_anna, mut of_bruno] = [anna, bruno].map(identifiers);
        if self.place == Place::Browser {
            // One computer, but a visitor's id of their own for each of them.
            let of = |known: &mut BTreeSet<String>| {
                let visitor = known.iter().find(|one| one.starts_with("anonymous_id "));
                known.take(&visitor.unwrap().clone()).unwrap()
            };
            assert_ne!(of(&mut of_anna), of(&mut of_bruno));
        }
        let mut expected = vec!["user_id anna", "email anna@example.it"];
        let mut expected_of_bruno = vec!["user_id bruno", "email bruno@example.it"];
        if self.place == Place::Server {
            expected.extend([
                "anonymous_id anna-laptop",
                "anonymous_id anna-phone",
                "anonymous_id anna-tablet",
                // A server's alias counts under both readings of the previous id.
                "user_id anna-tablet",
            ]);
            expected_of_bruno.push("anonymous_id bruno-laptop");
        }
        assert_eq!(of_anna, expected.into_iter().map(str::to_owned).collect());
        let expected = expected_of_bruno.into_iter().map(str::to_owned);
        assert_eq!(of_bruno, expected.collect());
    }

    /// What was sent, apart from what was asked for.
    pub(crate) fn posts(&self) -> impl Iterator<Item = &Passage> {
        let posts = self.passages.iter();
        posts.filter(|passage| passage.method == "POST")
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort_unstable();
    names
}

fn names(events: &[Value]) -> Vec<String> {
    sorted(events.iter().map(|event| {
        let name = format!("{} {}", text(&event["kind"]), text(&event["name"]));
        name.trim_end().to_owned()
    }))
}

fn identifiers(customer: &Value) -> BTreeSet<String> {
    let all = customer["identifiers"].as_array().unwrap().iter();
    all.map(|one| format!("{} {}", text(&one["kind"]), text(&one["value"])))
        .collect()
}

/// 40.99 and three times 0.11; of the first, whose total was 55.01, 10.50 went back.
fn check_purchases(anna: &Value) {
    let [orders] = anna["orders"].as_array().unwrap().as_slice() else {
        panic!("one currency: {}", anna["orders"]);
    };
    for (field, expected) in [
        ("count", 2),
        ("cancelled_count", 0),
        ("item_count", 6),
        ("gross_cents", 4099 + 33),
        ("average_cents", 2066),
        // A refund gives back its share of shipping and tax too: 40.99 × 10.50 / 55.01.
        ("refunded_cents", 782),
        ("net_cents", 4132 - 782),
    ] {
        assert_eq!(orders[field], expected, "{field} of {orders}");
    }
    assert_eq!(orders["currency"], "EUR");
}

/// A visitor's network, browser, page and campaign are kept.
fn check_visit(anna: &Value, events: &[Value]) {
    let first = &anna["first_touch"];
    for (field, expected) in [
        ("channel", "web"),
        ("campaign_source", "newsletter"),
        ("campaign_medium", "email"),
        ("campaign_name", "natale"),
        ("referrer", "www.google.it"),
        ("path", "/negozio/carrello"),
    ] {
        assert_eq!(first[field], expected, "{field} of {first}");
    }
    for event in events {
        let context = &event["context"];
        assert_eq!(context["ip"], "93.45.1.0", "{event}");
        assert!(text(&context["userAgent"]).contains("Chrome"), "{event}");
        assert_eq!(context["page"]["path"], "/negozio/carrello", "{event}");
    }
}

/// A shop's server is no visitor: where it stands says nothing about the customer.
fn check_no_visit(events: &[Value]) {
    for event in events {
        assert!(event["context"]["ip"].is_null(), "{event}");
        assert!(event["context"]["userAgent"].is_null(), "{event}");
        let library = text(&event["context"]["library"]["name"]);
        assert!(library.contains("analytics"), "{event}");
    }
}
