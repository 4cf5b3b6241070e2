//! Journeys that put people into an audience and take them out.

use filo_testkit::Receiver;
use http::Method;
use serde_json::json;

use super::{ask, audience, connect, filo_at, hash, make, synced, taken, told, two_who_bought};
use crate::journey::{by_lead, lead, settled, start};

#[tokio::test]
async fn a_journey_puts_somebody_in_and_takes_them_out() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    connect(
        &filo,
        "meta",
        &json!({"secrets": {"token": "EAAB"}, "version": 0}),
    )
    .await;
    let draft = json!({"platform": "meta", "delivery": "push", "remote": "120",
                       "audience": {"name": "Da richiamare"}});
    let id = make(&filo, &draft).await;
    let steps = json!([
        {"id": "in", "do": {"join_audience": {"audience": id}}},
        {"id": "week", "do": {"wait": {"for": "1 week"}}},
        {"id": "out", "do": {"leave_audience": {"audience": id}}}]);
    start(&filo, by_lead(steps)).await;
    receiver.react([taken(2)]);
    filo.send([lead("anna", 1)]).await;
    for _ in 0..2 {
        settled(&filo).await;
    }
    synced(&filo).await;
    let (method, _, rows) = told(&receiver.received()[0]);
    assert_eq!(method, "POST");
    assert!(rows.concat().contains(&hash("anna@example.it")));
    assert_eq!(audience(&filo, &id).await["people"]["offered"], 1);
    // It is named by a journey under way.
    let path = format!("/api/v1/audiences/{id}");
    ask(&filo, Method::DELETE, &path, &json!({})).await.is(409);

    receiver.react([taken(2)]);
    filo.advance(8 * super::DAY);
    for _ in 0..2 {
        settled(&filo).await;
    }
    synced(&filo).await;
    assert_eq!(told(&receiver.received()[1]).0, "DELETE");
    assert_eq!(audience(&filo, &id).await["people"]["offered"], 0);
    // An audience is no list: nobody finds it among theirs.
    let anna = filo.user("anna").await.id;
    let lists = filo
        .api_get(&format!("/api/v1/customers/{anna}/lists"))
        .await;
    assert_eq!(lists["data"], json!([]));

    let steps = json!([{"id": "in", "do": {"join_audience": {"audience": "aud_00000000000000000000000001"}}}]);
    let new = json!({"name": "Prova", "journey": by_lead(steps)});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let path = format!(
        "/api/v1/journeys/{}/publishing",
        made["id"].as_str().unwrap()
    );
    let refused = ask(&filo, Method::POST, &path, &json!({"version": 1})).await;
    assert!(refused.is(422).text().contains("no audience"));
}
