//! A journey that really ran, and its rehearsal over the same days: the same ways, the same steps
//! at the same instants, the same verdicts of the gate. And the rehearsal did nothing.

use std::time::Duration;

use filo_core::time::Timestamp;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::journey::{lead, settled, start};
use crate::rehearsal::{hold_back, piece, rehearsed};

/// People of the script.
const PEOPLE: u64 = 6;
/// What happens to them.
const EVENTS: u64 = 110;
const DAYS: u64 = 14;

/// A chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        // The constants of Knuth's MMIX.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Something that happens: so many minutes after the beginning, as it is sent.
struct Happening {
    minute: u64,
    call: Value,
}

/// Two weeks of six people who ask, look, buy, and say yes and no.
fn script(seed: u64) -> Vec<Happening> {
    let mut chance = Chance(seed);
    let mut script = Vec::new();
    for person in 0..PEOPLE {
        let user = format!("u{person}");
        let traits =
            json!({"email": format!("{user}@example.it"), "name": format!("Persona {person}")});
        script.push(Happening {
            minute: 1,
            call: json!({"type": "identify", "userId": user, "messageId": format!("i{person}"), "traits": traits}),
        });
    }
    for number in 0..EVENTS {
        let user = format!("u{}", chance.below(PEOPLE));
        let said = json!({"purpose": "marketing", "channel": "email", "basis": "consent"});
        let (name, properties) = match chance.below(20) {
            0..=5 => ("Lead Submitted", json!({"topic": "ufficio"})),
            6..=10 => ("Cart Viewed", json!({})),
            11..=12 => (
                "Order Completed",
                json!({"order_id": format!("o{number}"), "total": 10, "currency": "EUR"}),
            ),
            13 => (
                "Consent Withdrawn",
                json!({"purpose": "marketing", "channel": "email"}),
            ),
            _ => ("Consent Granted", said),
        };
        let minute = 5 + chance.below(DAYS * 1_440 - 10);
        let call = json!({"type": "track", "userId": user, "event": name, "messageId": format!("m{number}"), "properties": properties});
        script.push(Happening { minute, call });
    }
    script.sort_by_key(|happening| happening.minute);
    // Two things at one instant come in whatever order they are sent.
    let mut before = 1;
    let people = usize::try_from(PEOPLE).unwrap();
    for happening in script.iter_mut().skip(people) {
        happening.minute = happening.minute.max(before + 1);
        before = happening.minute;
    }
    script
}

fn document(first: &str, second: &str) -> Value {
    let bought = json!({"happened": {"signal": {"name": "Order Completed"}, "test": {"figure":
        {"figure": "count", "is": {"at_least": 2}, "during": {"last": "4 days"}}}}});
    json!({
        "trigger": {"event": {"name": "Lead Submitted"}},
        "entry": {"every": "2 days"},
        "exit": [bought],
        "goal": {"name": "Ordine", "event": {"name": "Order Completed"}, "within": "5 days"},
        "steps": [
            {"id": "hello", "do": {"send": {"piece": first, "value": 7, "fallbacks": ["sms"]}}},
            {"id": "morning", "do": {"wait": {"for": "6 hours", "until": {"at": "10:30"}}}},
            {"id": "cart", "do": {"wait_for_event": {"event": {"name": "Cart Viewed"}, "within": "30 hours",
                "then": [
                    {"id": "warm", "do": {"set_trait": {"key": "warm", "value": true}}},
                    {"id": "again", "do": {"send": {"piece": second, "value": 9, "valid_days": 2}}}],
                "otherwise": [{"id": "silent", "do": {"record": {"name": "Lead Silent"}}}]}}},
            {"id": "fork", "do": {"branch": {"ways": [{"if": {"trait": {"key": "warm", "test": {"value": "set"}}},
                "steps": [{"id": "ask", "do": {"ask": {"kind": "call", "title": "Chiama",
                    "outcomes": [{"name": "Sì"}], "within": "20 hours"}}}]}],
                "otherwise": [{"id": "half", "do": {"split": {"arms": [
                    {"name": "A", "share": 50, "steps": [{"id": "late", "do": {"send": {"piece": first}}}]},
                    {"name": "B", "share": 50}]}}}]}}},
            {"id": "bought", "do": {"wait_until": {"if": {"happened": {"signal": {"name": "Order Completed"},
                "test": {"last": {"last": "2 days"}}}}, "within": "3 days"}}}]
    })
}

/// Lets everything happen that is due now.
async fn rest(filo: &Filo) {
    for _ in 0..3 {
        settled(filo).await;
        filo.app.send_messages().await.unwrap();
    }
    settled(filo).await;
}

/// Every page of a list.
async fn all(filo: &Filo, path: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut page = filo.api_get(path).await;
    loop {
        found.extend(page["data"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else {
            return found;
        };
        page = filo.api_get(&format!("{path}?before={next}")).await;
    }
}

/// The first instant behind now at which something of the journey wakes or a message is due.
async fn next_wake(filo: &Filo, journey: &str) -> Option<Timestamp> {
    let runs = all(filo, &format!("/api/v1/journeys/{journey}/runs")).await;
    let messages = all(filo, "/api/v1/messages").await;
    let wakes = runs.iter().map(|run| &run["wakes_at"]);
    let due = messages.iter().map(|message| &message["due_at"]);
    let instants = wakes
        .chain(due)
        .filter_map(|at| Timestamp::parse(at.as_str()?));
    instants.filter(|at| *at > filo.now()).min()
}

/// Moves the clock to an instant, and rests at everything that wakes on the way.
async fn live_until(filo: &Filo, journey: &str, until: Timestamp) {
    loop {
        let next = next_wake(filo, journey).await.filter(|at| *at <= until);
        // The API tells instants to the thousandth of a second.
        let to = next.unwrap_or(until).plus_micros(1_000);
        let micros = to.micros_since(filo.now()).max(0).unsigned_abs();
        filo.advance(Duration::from_micros(micros));
        rest(filo).await;
        if next.is_none() {
            return;
        }
    }
}

/// What of a history can be compared: the ids of events in it are drawn.
fn lines(run: &Value) -> Vec<Value> {
    let lines = run["lines"].as_array().unwrap().iter();
    lines
        .map(|line| json!([line["at"], line["step"], line["what"], line["detail"]]))
        .collect()
}

fn way(customer: &Value, run: &Value) -> Value {
    let step = match run["ended_at"].is_null() {
        true => run["step"].clone(),
        false => Value::Null,
    };
    json!([
        customer,
        run["entered_at"],
        run["key"],
        run["why"],
        run["ended_at"],
        run["ending"],
        step,
        lines(run)
    ])
}

fn verdicts(message: &Value) -> Vec<Value> {
    let verdicts = message["verdicts"].as_array().unwrap().iter();
    verdicts
        .map(|verdict| {
            let mut findings = verdict["findings"].as_array().unwrap().clone();
            for finding in &mut findings {
                // The id of a rival is drawn.
                finding.as_object_mut().unwrap().remove("by");
            }
            json!([
                verdict["at"],
                verdict["outcome"],
                verdict["until"],
                findings
            ])
        })
        .collect()
}

fn fate(state: &str) -> &str {
    match state {
        "sent" => "left",
        "queued" => "waits",
        "awaiting" => "asks_person",
        other => other,
    }
}

/// What really happened: ways and messages, each as one value.
async fn really(filo: &Filo, journey: &str) -> (Vec<String>, Vec<String>) {
    let (mut ways, mut messages) = (Vec::new(), Vec::new());
    for run in all(filo, &format!("/api/v1/journeys/{journey}/runs")).await {
        let id = run["id"].as_str().unwrap();
        let whole = filo.api_get(&format!("/api/v1/runs/{id}")).await;
        ways.push(way(&run["customer"], &whole).to_string());
    }
    for message in all(filo, "/api/v1/messages").await {
        if message["origin"] != "journey" {
            continue;
        }
        let id = message["id"].as_str().unwrap();
        let whole = filo.api_get(&format!("/api/v1/messages/{id}")).await;
        let state = fate(message["state"].as_str().unwrap());
        let told = json!([
            message["customer"],
            message["planned_at"],
            message["piece"],
            state,
            verdicts(&whole)
        ]);
        messages.push(told.to_string());
    }
    ways.sort_unstable();
    messages.sort_unstable();
    (ways, messages)
}

/// What the rehearsal says would have happened.
async fn supposedly(filo: &Filo, rehearsal: &str) -> (Vec<String>, Vec<String>) {
    let (mut ways, mut messages) = (Vec::new(), Vec::new());
    for person in all(filo, &format!("/api/v1/rehearsals/{rehearsal}/people")).await {
        let customer = &person["customer"];
        let path = format!(
            "/api/v1/rehearsals/{rehearsal}/people/{}",
            customer.as_str().unwrap()
        );
        let told = filo.api_get(&path).await;
        for run in told["runs"].as_array().unwrap() {
            ways.push(way(customer, run).to_string());
        }
        for message in told["messages"].as_array().unwrap() {
            let told = json!([
                customer,
                message["planned_at"],
                message["piece"],
                message["fate"],
                verdicts(message)
            ]);
            messages.push(told.to_string());
            assert_eq!(
                message["text"].is_null(),
                message["fate"] != "left",
                "{message}"
            );
        }
    }
    ways.sort_unstable();
    messages.sort_unstable();
    (ways, messages)
}

/// Everything that a rehearsal must leave as it was.
async fn standing(filo: &Filo, journey: &str) -> Value {
    let mut events = 0;
    for person in 0..PEOPLE {
        let id = filo.user(&format!("u{person}")).await.id;
        events += filo.thread(id).await.len();
    }
    let page = filo.api_get(&format!("/api/v1/journeys/{journey}")).await;
    json!([
        events,
        page,
        all(filo, "/api/v1/messages").await,
        all(filo, "/api/v1/tasks").await
    ])
}

/// The same with every instant cut to its second: the clock of a test goes on by a little
/// whenever it is read.
fn to_the_second(all: &[String]) -> Vec<String> {
    let cut = |part: &str| match part.as_bytes() {
        [.., b'.', one, two, three]
            if [one, two, three].iter().all(|digit| digit.is_ascii_digit()) =>
        {
            part[..part.len() - 4].to_owned()
        }
        _ => part.to_owned(),
    };
    let whole = |text: &String| text.split('Z').map(cut).collect::<Vec<_>>().join("Z");
    all.iter().map(whole).collect()
}

async fn agree(seed: u64, holdout: u8) {
    let filo = Filo::start().await;
    hold_back(&filo, holdout).await;
    let first = piece(&filo, "Grazie", "Ciao, ti interessa: {{ event.topic }}.").await;
    let second = piece(
        &filo,
        "Ancora",
        "Il carrello è ancora lì, se ci vuoi ripensare.",
    )
    .await;
    let journey = start(&filo, document(&first, &second)).await;
    let begin = filo.now();
    let minute = |minute: u64| begin.plus_seconds(i64::try_from(minute * 60).unwrap());
    for happening in script(seed) {
        live_until(&filo, &journey, minute(happening.minute)).await;
        filo.send([happening.call]).await;
        rest(&filo).await;
    }
    // A word by hand takes room, as it really did.
    live_until(&filo, &journey, minute(DAYS * 1_440)).await;
    let said = json!({"purpose": "marketing", "channel": "email", "basis": "consent"});
    filo.send([
        json!({"type": "identify", "userId": "mano", "messageId": "mano1", "traits": {"email": "mano@example.it"}}),
        json!({"type": "track", "userId": "mano", "event": "Consent Granted", "messageId": "mano2", "properties": said}),
    ])
    .await;
    rest(&filo).await;
    let mano = filo.user("mano").await.id;
    let words = json!({"medium": "email", "purpose": "marketing", "subject": "Ciao", "text": "Una parola a mano."});
    let path = format!("/api/v1/customers/{mano}/messages");
    for _ in 0..2 {
        filo.api_post(&path, &words).await;
        rest(&filo).await;
    }
    filo.send([lead("mano", 1)]).await;
    rest(&filo).await;
    live_until(&filo, &journey, minute(DAYS * 1_440 + 3_000)).await;

    let before = standing(&filo, &journey).await;
    let (ways, messages) = really(&filo, &journey).await;
    let left = messages.iter().filter(|it| it.contains("\"left\"")).count();
    assert!(
        ways.len() > 10 && left > 3 && messages.len() > left,
        "{ways:#?} {messages:#?}"
    );
    let rehearsal = rehearsed(&filo, &journey, &json!({"version": 1, "days": 30})).await;
    let told = supposedly(&filo, &rehearsal).await;
    assert_eq!(to_the_second(&told.0), to_the_second(&ways));
    assert_eq!(to_the_second(&told.1), to_the_second(&messages));
    assert_eq!(standing(&filo, &journey).await, before, "it did something");

    let report = filo
        .api_get(&format!("/api/v1/rehearsals/{rehearsal}"))
        .await;
    let main = &report["report"]["main"];
    assert_eq!(main["entered"], json!(ways.len()));
    assert_eq!(main["messages"]["planned"], json!(messages.len()));
    assert_eq!(main["messages"]["left"], json!(left));
    // Once more is the same.
    let again = rehearsed(&filo, &journey, &json!({"version": 1, "days": 30})).await;
    let again = filo.api_get(&format!("/api/v1/rehearsals/{again}")).await;
    assert_eq!(&again["report"]["main"], main);
}

#[tokio::test]
async fn a_rehearsal_is_what_really_happened() {
    agree(1, 0).await;
}

#[tokio::test]
async fn also_of_other_people_some_of_whom_are_held_back() {
    agree(20, 40).await;
}
