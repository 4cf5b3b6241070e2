//! What messages cost that leave over a carrier: by the parts they really had, each at the price
//! that was in force when it left.

use filo_testkit::{Filo, Receiver};
use serde_json::{Value, json};

use super::{anna_on, filo_at, put, taken, twilio};
use crate::journey::{HOUR, by_lead, lead, settled, start};
use crate::rehearsal::main_of;

/// Puts prices in force.
async fn price(filo: &Filo, version: i64, prices: &Value) {
    let list = json!({"currency": "EUR", "prices": prices, "version": version});
    put(filo, "/api/v1/settings/prices", list).await.ok();
}

/// A journey that answers each lead with a text message of two parts: 165 letters, and how to get
/// no more.
async fn texting(filo: &Filo) -> String {
    let text = format!("Ciao {}", "a".repeat(160));
    let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "sms", "language": "it", "fields": {"text": text}}]});
    let made = filo
        .api_post("/api/v1/pieces", &json!({"piece": piece}))
        .await;
    let send = json!({"piece": made["id"], "medium": "sms"});
    start(
        filo,
        by_lead(json!([{"id": "hello", "do": {"send": send}}])),
    )
    .await
}

/// Anna comes once more, and gets what she is to get.
async fn come(filo: &Filo, number: u32) {
    filo.advance(HOUR);
    filo.send([lead("anna", number)]).await;
    settled(filo).await;
    filo.app.send_messages().await.unwrap();
}

async fn cost_of(filo: &Filo, journey: &str) -> Value {
    let path = format!("/api/v1/journeys/{journey}/impact");
    filo.api_get(&path).await["cost"].clone()
}

#[tokio::test]
async fn what_left_keeps_its_price_and_what_is_expected_takes_the_one_of_now() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    put(&filo, "/api/v1/channels/sms", twilio("+390210000000"))
        .await
        .ok();
    anna_on(&filo, "sms").await;
    let journey = texting(&filo).await;
    receiver.react([taken("SM1"), taken("SM2"), taken("SM3")]);

    come(&filo, 1).await;
    let cost = cost_of(&filo, &journey).await;
    let spent = &cost["spent"];
    assert_eq!(spent["total"], json!([]), "no price is not nothing: {cost}");
    assert_eq!(spent["is_at_least"], true);
    assert_eq!(
        spent["items"],
        json!([{"item": "sms_part", "units": 2, "units_without_price": 2, "amounts": []}])
    );
    assert_eq!(
        (&cost["per_goal"], &spent["kept"]),
        (&Value::Null, &json!(0))
    );

    price(&filo, 0, &json!({"sms_part": "0.0385"})).await;
    come(&filo, 2).await;
    price(&filo, 1, &json!({"sms_part": "0.05"})).await;
    come(&filo, 3).await;
    let spent = cost_of(&filo, &journey).await["spent"].clone();
    // 2 × 0.0385 € + 2 × 0.05 €, and two parts from before there was a price.
    let total = json!([{"currency": "EUR", "amount": "0.177"}]);
    assert_eq!(
        (&spent["total"], &spent["is_at_least"]),
        (&total, &json!(true))
    );
    assert_eq!(spent["items"][0]["units"], 6);
    assert_eq!(spent["items"][0]["units_without_price"], 2);
    let months = filo.api_get("/api/v1/costs").await;
    let all: Vec<&Value> = months["data"].as_array().unwrap().iter().collect();
    assert!(all.iter().any(|month| month["total"] == total), "{months}");

    filo.advance(HOUR);
    let main = main_of(&filo, &journey, &json!({"version": 1})).await;
    let expected = &main["cost"];
    assert_eq!(main["messages"]["left"], 3, "{main}");
    assert_eq!(expected["items"][0]["units"], 6, "{expected}");
    assert_eq!(
        (&expected["total"], &expected["is_at_least"]),
        (
            &json!([{"currency": "EUR", "amount": "0.3"}]),
            &json!(false)
        )
    );
    price(&filo, 2, &json!({"sms_part": "0"})).await;
    let path = format!("/api/v1/journeys/{journey}/rehearsals");
    let rehearsals = filo.api_get(&path).await;
    let again = &rehearsals["data"][0]["report"]["main"]["cost"];
    let nothing = json!([{"currency": "EUR", "amount": "0"}]);
    assert_eq!(
        (&again["total"], &again["is_at_least"]),
        (&nothing, &json!(false))
    );
    let spent = cost_of(&filo, &journey).await["spent"].clone();
    assert_eq!(spent["total"], total, "what left keeps its price");
}

#[tokio::test]
async fn what_stays_here_because_nobody_carries_it_is_not_paid() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    anna_on(&filo, "sms").await;
    price(&filo, 0, &json!({"sms_part": "0.0385"})).await;
    let journey = texting(&filo).await;
    come(&filo, 1).await;
    let spent = cost_of(&filo, &journey).await["spent"].clone();
    assert_eq!((&spent["total"], &spent["items"]), (&json!([]), &json!([])));
    assert_eq!(
        (&spent["kept"], &spent["is_at_least"]),
        (&json!(2), &json!(false))
    );
}
