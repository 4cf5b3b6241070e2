//! Approval through the running program: what waits for a person's yes, what they see, what a yes
//! covers and when it lapses, and what is never sent without one.

mod alone;

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{look, post, somebody};
use crate::consent_ledger::anna;
use crate::journey::{DAY, by_lead, lead, start};
use crate::message_journey::{messages, nobody_held_back, piece};

/// Somebody who said yes to marketing by mail.
async fn willing(filo: &Filo, name: &str) {
    filo.send([
        json!({"type": "identify", "userId": name, "messageId": format!("{name}-1"),
               "traits": {"email": format!("{name}@example.it"), "name": name}}),
        json!({"type": "track", "event": "Consent Granted", "userId": name,
               "messageId": format!("{name}-2"),
               "properties": {"purpose": "marketing", "channel": "email", "basis": "consent",
                              "proof": "form 7", "how": "form"}}),
    ])
    .await;
}

/// A journey that says a piece to whoever sends a lead, and asks first.
async fn asking(filo: &Filo, piece: &str, rule: &Value) -> String {
    let steps = json!([{"id": "hello", "do": {"send": {"piece": piece, "valid_days": 3}}},
                       {"id": "later", "do": {"wait": {"for": "1 week"}}}]);
    let mut journey = by_lead(steps);
    journey["approval"] = rule.clone();
    start(filo, journey).await
}

/// How many messages stand in a state.
async fn standing(filo: &Filo, state: &str) -> usize {
    let all = messages(filo).await;
    all.iter().filter(|it| it["state"] == state).count()
}

async fn second_person_above(filo: &Filo, most: u32) {
    let path = "/api/v1/settings/messages";
    let mut policy = filo.api_get(path).await;
    policy["second_person_above"] = most.into();
    let request = filo.request(http::Method::PUT, path);
    request
        .bearer(&filo.api_key)
        .json(&policy)
        .send()
        .await
        .ok();
}

/// Changes what a piece says.
async fn rewrite(filo: &Filo, piece: &str, text: &str) {
    let path = format!("/api/v1/pieces/{piece}");
    let mut was = filo.api_get(&path).await;
    was["piece"]["adaptations"][0]["fields"]["text"] = text.into();
    let changed = json!({"version": was["version"], "piece": was["piece"]});
    let request = filo.request(http::Method::PUT, &path);
    request
        .bearer(&filo.api_key)
        .json(&changed)
        .send()
        .await
        .ok();
}

/// Where an answer leads.
fn there(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

/// What a page of the console shows, as its form sends it back.
fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Says yes or no to everything that waits at the step, as one sees it.
async fn answer(filo: &Filo, journey: &str, who: &str, form: &str) -> String {
    let here = format!("/approvals/{journey}/hello");
    let page = look(filo, &here, who).await.ok().text();
    let form = format!("seen={}&{form}", seen(&page));
    there(&post(filo, &here, who, &form).await)
}

/// The newest decision.
async fn decision(filo: &Filo) -> Value {
    filo.api_get("/api/v1/approvals/decisions").await["data"][0].clone()
}

#[tokio::test]
async fn nothing_leaves_before_somebody_has_seen_it_and_said_yes() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    anna(&filo).await;
    willing(&filo, "bruno").await;
    // Nobody is asked about who never said yes.
    filo.send([
        json!({"type": "identify", "userId": "carla", "messageId": "c",
                      "traits": {"email": "carla@example.it"}}),
    ])
    .await;
    let piece = piece(&filo, "Ti interessa: {{ event.topic }}.").await;
    let journey = asking(&filo, &piece, &json!("every")).await;
    filo.send([lead("anna", 1), lead("bruno", 1), lead("carla", 1)])
        .await;
    assert_eq!(standing(&filo, "unapproved").await, 2);
    assert_eq!(standing(&filo, "stopped").await, 1);
    let waiting = filo.api_get("/api/v1/approvals").await["data"].clone();
    assert_eq!(
        (
            &waiting[0]["journey"],
            &waiting[0]["step"],
            &waiting[0]["count"]
        ),
        (&json!(journey), &json!("hello"), &json!(2)),
        "{waiting}"
    );
    let today = look(&filo, "/", &owner).await.ok().text();
    assert!(
        today.contains("/approvals"),
        "it is among what is to be done"
    );
    let queue = look(&filo, "/approvals", &owner).await.ok().text();
    assert!(
        queue.contains(&format!("/approvals/{journey}/hello")),
        "{queue}"
    );

    let page = look(&filo, &format!("/approvals/{journey}/hello"), &owner).await;
    let page = page.ok().text();
    // Each of those who would be told, as they would read it; and who is left out, with why.
    assert_eq!(page.matches("Ti interessa: ufficio.").count(), 2, "{page}");
    assert!(page.contains("Anna") && page.contains("bruno"), "{page}");
    assert!(page.contains("Chi resta fuori"), "{page}");
    // Who came after somebody looked was not looked at.
    let form = format!("seen={}&answer=yes", seen(&page));
    filo.advance(std::time::Duration::from_secs(60));
    willing(&filo, "dario").await;
    filo.send([lead("dario", 1)]).await;
    assert_eq!(standing(&filo, "unapproved").await, 3);
    let here = format!("/approvals/{journey}/hello");
    let said = there(&post(&filo, &here, &owner, &form).await);
    assert!(said.ends_with("done=approval-yes"), "{said}");
    assert_eq!(standing(&filo, "sent").await, 2);
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let decision = decision(&filo).await;
    assert_eq!(
        (
            &decision["people"],
            &decision["answer"],
            &decision["made_by"]
        ),
        (&json!(2), &json!("yes"), &json!("owner")),
        "{decision}"
    );
    // What was decided holds over a restart.
    let filo = filo.restart().await;
    assert_eq!(standing(&filo, "sent").await, 2);
    assert_eq!(standing(&filo, "unapproved").await, 1);
}

#[tokio::test]
async fn a_no_calls_off_and_both_are_taken_back() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    anna(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let journey = asking(&filo, &piece, &json!("every")).await;
    filo.send([lead("anna", 1)]).await;
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let here = format!("/approvals/{journey}/hello");
    let page = look(&filo, &here, &owner).await.ok().text();
    let long = format!("seen={}&answer=no&note={}", seen(&page), "x".repeat(201));
    let refused = post(&filo, &here, &owner, &long).await;
    assert!(refused.is(422).text().contains("200 lettere"));
    let said = answer(&filo, &journey, &owner, "answer=no&note=Troppo+presto").await;
    assert!(said.ends_with("done=approval-no"), "{said}");
    assert_eq!(standing(&filo, "cancelled").await, 1);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(
        page.contains("Troppo presto") && !page.contains("name=\"seen\""),
        "{page}"
    );
    let late = post(&filo, &here, &owner, "seen=1-0&answer=yes").await;
    assert!(there(&late).ends_with("done=approval-gone"));

    let withdraw = |id: &Value| format!("/decisions/{}/withdrawal", id.as_str().unwrap());
    let no = decision(&filo).await;
    there(&post(&filo, &withdraw(&no["id"]), &owner, "").await);
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let again = there(&post(&filo, &withdraw(&no["id"]), &owner, "").await);
    assert!(again.ends_with("done=approval-gone"), "{again}");

    // A yes that is taken back before it left.
    let path = "/api/v1/settings/messages";
    let mut policy = filo.api_get(path).await;
    policy["is_paused"] = true.into();
    let request = filo.request(http::Method::PUT, path).bearer(&filo.api_key);
    request.json(&policy).send().await.ok();
    answer(&filo, &journey, &owner, "answer=yes").await;
    assert_eq!(standing(&filo, "awaiting").await, 1);
    let yes = decision(&filo).await;
    there(&post(&filo, &withdraw(&yes["id"]), &owner, "").await);
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let mut policy = filo.api_get(path).await;
    policy["is_paused"] = false.into();
    let request = filo.request(http::Method::PUT, path).bearer(&filo.api_key);
    request.json(&policy).send().await.ok();
    assert_eq!(standing(&filo, "unapproved").await, 1, "nobody says yes");
    answer(&filo, &journey, &owner, "answer=yes").await;
    assert_eq!(standing(&filo, "sent").await, 1);
}

#[tokio::test]
async fn a_yes_lapses_once_the_content_says_something_else() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    for name in ["anna", "bruno", "carla"] {
        willing(&filo, name).await;
    }
    let piece = piece(&filo, "Ciao.").await;
    let journey = asking(&filo, &piece, &json!("every")).await;
    filo.send([lead("anna", 1)]).await;
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let said = answer(&filo, &journey, &owner, "answer=yes&standing=1").await;
    assert!(said.ends_with("done=approval-yes"), "{said}");
    filo.send([lead("bruno", 1)]).await;
    assert_eq!(
        standing(&filo, "sent").await,
        2,
        "it goes for what comes too"
    );

    let here = format!("/approvals/{journey}/hello");
    rewrite(&filo, &piece, "Ciao, e fino a domenica sconto.").await;
    filo.send([lead("carla", 1)]).await;
    assert_eq!(standing(&filo, "sent").await, 2);
    assert_eq!(standing(&filo, "unapproved").await, 1);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("Che cosa è cambiato"), "{page}");
    let news = "Ciao, e fino a domenica sconto.";
    assert!(
        page.matches(news).count() >= 2,
        "before, now and the sample: {page}"
    );
    // What is saved while somebody reads is not what they said yes to.
    let form = format!("seen={}&answer=yes", seen(&page));
    rewrite(&filo, &piece, "Ciao, e fino a lunedì sconto.").await;
    let unread = there(&post(&filo, &here, &owner, &form).await);
    assert!(unread.ends_with("done=approval-gone"), "{unread}");
    assert_eq!(standing(&filo, "unapproved").await, 1);
    answer(&filo, &journey, &owner, "answer=yes").await;
    assert_eq!(standing(&filo, "sent").await, 3);
}

#[tokio::test]
async fn for_many_two_have_to_say_yes_and_a_key_never_can() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    second_person_above(&filo, 1).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let other = somebody(&filo, "giulia", Role::Marketer).await.text;
    for name in ["anna", "bruno"] {
        willing(&filo, name).await;
    }
    let piece = piece(&filo, "Ciao.").await;
    let journey = asking(&filo, &piece, &json!("every")).await;
    filo.send([lead("anna", 1), lead("bruno", 1)]).await;
    assert_eq!(standing(&filo, "unapproved").await, 2);
    // The operator and a key have every right, and are nobody.
    let operator = filo_app::Actor::operator();
    let id = journey.parse().unwrap();
    let page = look(&filo, &format!("/approvals/{journey}/hello"), &owner).await;
    let seen = seen(&page.ok().text()).parse().unwrap();
    let yes = filo_app::approval::Decision {
        is_yes: true,
        ..Default::default()
    };
    let refused = filo
        .app
        .decide_step(&operator, (id, "hello"), seen, yes)
        .await;
    assert!(
        matches!(refused, Err(filo_app::Error::Forbidden(_))),
        "{refused:?}"
    );
    let said = answer(&filo, &journey, &owner, "answer=yes").await;
    assert!(said.ends_with("done=approval-half"), "{said}");
    assert_eq!(
        standing(&filo, "unapproved").await,
        2,
        "one yes is not enough"
    );
    let half = decision(&filo).await;
    assert_eq!(half["waits_for_second"], true, "{half}");
    let second = format!("/decisions/{}/second", half["id"].as_str().unwrap());
    post(&filo, &second, &owner, "").await.is(403);
    assert_eq!(standing(&filo, "unapproved").await, 2);
    let said = there(&post(&filo, &second, &other, "").await);
    assert!(said.ends_with("done=approval-yes"), "{said}");
    assert_eq!(standing(&filo, "sent").await, 2);
    let whole = decision(&filo).await;
    assert_eq!(
        (&whole["made_by"], &whole["seconded_by"]),
        (&json!("owner"), &json!("giulia"))
    );
}

#[tokio::test]
async fn of_a_broadcast_to_many_nobody_slips_through() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    for number in 0..12 {
        willing(&filo, &format!("persona{number}")).await;
    }
    let segment = json!({"name": "Tutti", "condition": {"happened": {
        "signal": {"name": "Consent Granted"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &segment).await;
    crate::journey::settled(&filo).await;
    let piece = piece(&filo, "Ciao.").await;
    let journey = json!({"trigger": {"broadcast": segment["id"]}, "approval": {"above": 10},
        "steps": [{"id": "hello", "do": {"send": {"piece": piece}}}]});
    let many = start(&filo, journey.clone()).await;
    assert_eq!(standing(&filo, "unapproved").await, 12);
    assert_eq!(standing(&filo, "sent").await, 0);
    answer(&filo, &many, &owner, "answer=yes").await;
    assert_eq!(standing(&filo, "sent").await, 12);
    let mut few = journey;
    few["approval"] = json!({"above": 12});
    start(&filo, few).await;
    assert_eq!(standing(&filo, "unapproved").await, 0);
    let wrong = json!({"journey": {"trigger": {"hand": {}},
        "approval": {"sample": 100}, "steps": [{"id": "end", "do": {"end": {}}}]}});
    let checked = filo.api_post("/api/v1/journeys/check", &wrong).await;
    assert!(checked.to_string().contains("\"/approval\""), "{checked}");
}
