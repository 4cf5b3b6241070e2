//! Journeys by the calendar through the running program: everybody who is in the segment at each
//! occurrence, once, over restarts, pauses and changes of the rule; what is told before and after.

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};

use crate::access::{cookie, somebody, token};
use crate::journey::{DAY, HOUR, settled, start};

/// People who bought something, from one number to another.
async fn buy(filo: &Filo, users: std::ops::Range<u32>) {
    filo.send(users.map(|number| {
        json!({"type": "track", "userId": format!("u{number}"), "event": "Order Completed",
               "messageId": format!("o{number}"), "properties": {"order_id": format!("o{number}"), "total": 5}})
    }))
    .await;
    settled(filo).await;
}

/// The segment of those who bought.
async fn bought(filo: &Filo) -> Value {
    let bought = json!({"name": "Hanno comprato", "condition": {"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": "ever"}}}}});
    let segment = filo.api_post("/api/v1/segments", &bought).await["id"].clone();
    settled(filo).await;
    segment
}

/// The day on which somebody at the company reads the calendar, some days from now.
fn day(filo: &Filo, later: i64) -> String {
    let at = filo.now().plus_seconds(later * 86_400).to_string();
    at[..10].to_owned()
}

fn daily(filo: &Filo, segment: &Value) -> Value {
    json!({
        "trigger": {"schedule": {"rule": "FREQ=DAILY", "first_day": day(filo, 1), "at": "09:00",
                                 "segment": segment}},
        "entry": "every_time",
        "steps": [{"id": "e", "do": {"end": {}}}],
    })
}

async fn page(filo: &Filo, id: &str) -> Value {
    settled(filo).await;
    filo.api_get(&format!("/api/v1/journeys/{id}")).await
}

/// What became of the occurrences, the oldest first.
fn outcomes(page: &Value) -> Vec<(String, i64)> {
    let all = page["occurrences"].as_array().unwrap().iter().rev();
    let one = |it: &Value| {
        let outcome = it["outcome"].as_str().unwrap().to_owned();
        (outcome, it["entered"].as_i64().unwrap())
    };
    all.map(one).collect()
}

fn entered(count: i64) -> (String, i64) {
    ("entered".to_owned(), count)
}

/// Lets time go on to just behind the next occurrence.
async fn come_round(filo: &Filo, id: &str) {
    let next = page(filo, id).await["next"][0].as_str().unwrap().to_owned();
    let next = filo_core::time::Timestamp::parse(&next).unwrap();
    let micros = next.micros_since(filo.now()).max(0).unsigned_abs();
    filo.advance(std::time::Duration::from_micros(micros));
    settled(filo).await;
}

async fn halt(filo: &Filo, id: &str, what: &str) {
    let version = page(filo, id).await["version"].clone();
    let body = json!({"version": version});
    filo.api_post(&format!("/api/v1/journeys/{id}/{what}"), &body)
        .await;
    settled(filo).await;
}

#[tokio::test]
async fn whoever_is_in_the_segment_at_each_occurrence_comes_in_over_restarts() {
    let mut filo = Filo::start().await;
    buy(&filo, 0..300).await;
    let segment = bought(&filo).await;
    let journey = start(&filo, daily(&filo, &segment)).await;
    let before = page(&filo, &journey).await;
    assert_eq!(before["next"].as_array().unwrap().len(), 5);
    assert_eq!(
        (&before["entered"], &before["occurrences"]),
        (&json!(0), &json!([]))
    );
    assert!(
        before["trigger"]["it"]
            .as_str()
            .unwrap()
            .starts_with("Ogni giorno, alle 09:00, dal "),
        "{before}"
    );
    come_round(&filo, &journey).await;
    let first = page(&filo, &journey).await;
    assert_eq!(outcomes(&first), [entered(300)]);
    assert_eq!(first["entered"], 300);
    // Restarted as by a kill, nothing begins again.
    filo = filo.restart().await;
    assert_eq!(outcomes(&page(&filo, &journey).await), [entered(300)]);
    buy(&filo, 300..310).await;
    come_round(&filo, &journey).await;
    filo = filo.restart().await;
    let second = page(&filo, &journey).await;
    assert_eq!(outcomes(&second), [entered(300), entered(310)]);
    assert_eq!(second["entered"], 610);
    let runs = filo
        .api_get(&format!("/api/v1/journeys/{journey}/runs"))
        .await;
    let why = format!("schedule {}", segment.as_str().unwrap());
    assert_eq!(runs["data"][0]["why"], json!(why), "{runs}");
}

#[tokio::test]
async fn an_occurrence_in_the_middle_of_which_it_crashes_lets_everybody_in_once() {
    let mut filo = Filo::start().await;
    buy(&filo, 0..900).await;
    let segment = bought(&filo).await;
    let journey = start(&filo, daily(&filo, &segment)).await;
    let next = page(&filo, &journey).await["next"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let next = filo_core::time::Timestamp::parse(&next).unwrap();
    let micros = next.micros_since(filo.now()).max(0).unsigned_abs();
    filo.advance(std::time::Duration::from_micros(micros));
    // Killed wherever it is, some times.
    for _ in 0..4 {
        tokio::task::yield_now().await;
        filo = filo.restart().await;
    }
    let after = page(&filo, &journey).await;
    assert_eq!(outcomes(&after), [entered(900)]);
    assert_eq!(after["entered"], 900);
}

#[tokio::test]
async fn what_was_missed_is_made_up_for_once_or_left_out_and_listed() {
    let filo = Filo::start().await;
    buy(&filo, 0..3).await;
    let segment = bought(&filo).await;
    let journey = start(&filo, daily(&filo, &segment)).await;
    come_round(&filo, &journey).await;
    halt(&filo, &journey, "pausing").await;
    filo.advance(3 * DAY + HOUR);
    settled(&filo).await;
    assert_eq!(outcomes(&page(&filo, &journey).await), [entered(3)]);
    halt(&filo, &journey, "resuming").await;
    let late = || ("late".to_owned(), 0);
    let resumed = page(&filo, &journey).await;
    assert_eq!(outcomes(&resumed), [entered(3), late(), late(), entered(3)]);
    assert_eq!(resumed["entered"], 6);
    halt(&filo, &journey, "stopping").await;
    filo.advance(3 * DAY);
    assert_eq!(page(&filo, &journey).await["entered"], 6);
}

#[tokio::test]
async fn a_new_rule_counts_from_now_on_and_the_same_goes_on() {
    let filo = Filo::start().await;
    buy(&filo, 0..2).await;
    let segment = bought(&filo).await;
    let mut document = daily(&filo, &segment);
    document["holdout_percent"] = json!(0);
    let journey = start(&filo, document.clone()).await;
    come_round(&filo, &journey).await;
    let publish = async |document: &Value| {
        let seen = page(&filo, &journey).await;
        let change = json!({"version": seen["version"], "name": "Prova", "journey": document});
        let request = filo.request(http::Method::PUT, &format!("/api/v1/journeys/{journey}"));
        let changed = request.bearer(&filo.api_key).json(&change).send().await;
        let version = changed.ok().json()["version"].clone();
        let path = format!("/api/v1/journeys/{journey}/publishing");
        filo.api_post(&path, &json!({"version": version})).await;
        settled(&filo).await;
    };
    // What came round today by the new rule, but before it was published, does not count.
    filo.advance(2 * HOUR);
    let mut earlier = document.clone();
    earlier["trigger"]["schedule"]["at"] = json!("10:00");
    publish(&earlier).await;
    assert_eq!(outcomes(&page(&filo, &journey).await), [entered(2)]);
    come_round(&filo, &journey).await;
    let mut renamed = earlier.clone();
    renamed["entry"] = json!("once");
    publish(&renamed).await;
    come_round(&filo, &journey).await;
    let all = page(&filo, &journey).await;
    assert_eq!(outcomes(&all), [entered(2), entered(2), entered(0)]);
}

#[tokio::test]
async fn what_cannot_be_kept_is_told_with_its_place() {
    let filo = Filo::start().await;
    let segment = bought(&filo).await;
    let check = async |schedule: Value| {
        let journey = json!({"trigger": {"schedule": schedule},
                             "steps": [{"id": "e", "do": {"end": {}}}]});
        let body = json!({"journey": journey});
        filo.api_post("/api/v1/journeys/check", &body).await
    };
    let of = |rule: &str| json!({"rule": rule, "first_day": "2027-01-01", "at": "09:00", "segment": segment});
    let good = check(of("FREQ=MONTHLY;BYDAY=1MO")).await;
    assert_eq!(good["faults"], json!([]));
    assert_eq!(good["next"].as_array().unwrap().len(), 5, "{good}");
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=9",
        "mai",
    ] {
        let wrong = check(of(rule)).await;
        assert_eq!(wrong["faults"][0]["at"], "/trigger/schedule/rule", "{rule}");
        assert_eq!(wrong["next"], json!([]));
    }
    let mut old = of("FREQ=DAILY");
    old["first_day"] = json!("1800-01-01");
    let old = check(old).await;
    assert_eq!(old["faults"][0]["at"], "/trigger/schedule/first_day");
    let mut nobody = of("FREQ=DAILY");
    nobody["segment"] = json!("seg_00000000000000000000000001");
    let nobody = check(nobody).await;
    assert_eq!(nobody["faults"][0]["at"], "/trigger/schedule/segment");
}

#[tokio::test]
async fn a_rehearsal_lets_in_at_each_occurrence_of_its_days() {
    let filo = Filo::start().await;
    filo.advance(10 * DAY);
    buy(&filo, 0..2).await;
    let segment = bought(&filo).await;
    filo.advance(3 * DAY);
    settled(&filo).await;
    let mut document = daily(&filo, &segment);
    document["trigger"]["schedule"]["first_day"] = json!("2026-01-01");
    let new = json!({"name": "Prova", "journey": document});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let main = crate::rehearsal::main_of(&filo, &id, &json!({"days": 20})).await;
    assert_eq!(
        (&main["people"], &main["entered"], &main["trigger"]),
        (&json!(2), &json!(6), &json!("schedule")),
        "{main}"
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn it_is_chosen_in_the_form_and_read_on_the_page() {
    let filo = Filo::start().await;
    buy(&filo, 0..2).await;
    let segment = bought(&filo).await;
    let segment = segment.as_str().unwrap();
    let empty = json!({"name": "Ogni primo lunedì", "journey": {"trigger": {"hand": {}},
        "holdout_percent": 0, "steps": [{"id": "e", "do": {"end": {}}}]}});
    let made = filo.api_post("/api/v1/journeys", &empty).await;
    let journey = format!("/journeys/{}", made["id"].as_str().unwrap());
    let session = somebody(&filo, "marketer", Role::Marketer).await.text;
    let first_day = day(&filo, 1);
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let own = token(&session);
        let mut form: Vec<(&str, &str)> = vec![("token", &own)];
        form.extend(fields);
        let request = filo.post(path).header("cookie", &cookie(&session));
        let request = request.header("accept-language", "it");
        request
            .form(&serde_urlencoded::to_string(form).unwrap())
            .send()
            .await
    };
    let read = async |path: &str| {
        let request = filo.get(path).header("cookie", &cookie(&session));
        let request = request.header("accept-language", "it");
        request.send().await.ok().text()
    };
    let trigger = format!("{journey}/trigger");
    let fields = |rest: &[(&'static str, &'static str)]| {
        let mut all = vec![
            ("version", "1"),
            ("name", "Ogni primo lunedì"),
            ("trigger", "schedule"),
            ("entry", "every_time"),
            ("holdout", "0"),
            ("cal_at", "09:00"),
        ];
        all.extend(rest);
        all
    };
    let mut wrong = fields(&[("cal_often", "rule"), ("cal_rule", "FREQ=SECONDLY")]);
    wrong.extend([("segment", segment), ("cal_from", first_day.as_str())]);
    let refused = post(&trigger, &wrong).await.is(422).text();
    assert!(refused.contains("Questa regola non va"), "{refused}");
    let none = post(
        &trigger,
        &fields(&[("cal_often", "week"), ("segment", "x")]),
    )
    .await;
    assert!(none.is(422).text().contains("Scegli"));
    let mut right = fields(&[
        ("cal_often", "month-weekday"),
        ("cal_nth", "1"),
        ("cal_weekday", "MO"),
    ]);
    right.extend([("segment", segment), ("cal_from", first_day.as_str())]);
    post(&trigger, &right).await.is(303);
    let edit = read(&format!("{journey}/edit")).await;
    assert!(edit.contains("value=\"month-weekday\" selected"), "{edit}");
    let publishing = read(&format!("{journey}/publishing")).await;
    assert!(publishing.contains("Ogni mese, il primo lunedì, alle 09:00"));
    assert!(publishing.contains("Le prossime date"));
    assert_eq!(publishing.matches("<li>lunedì ").count(), 5, "{publishing}");
    post(&format!("{journey}/publishing"), &[("version", "2")])
        .await
        .is(303);
    settled(&filo).await;
    let page = read(&journey).await;
    assert!(page.contains("Ancora nessuna."), "{page}");
    come_round(&filo, made["id"].as_str().unwrap()).await;
    // Days later they have to log in anew.
    let later = somebody(&filo, "analyst", Role::Marketer).await.text;
    let request = filo.get(&journey).header("cookie", &cookie(&later));
    let request = request.header("accept-language", "it");
    let page = request.send().await.ok().text();
    assert!(page.contains("Sono entrate 2 persone"), "{page}");
}
