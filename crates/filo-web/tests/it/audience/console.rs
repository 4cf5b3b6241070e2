//! Audiences in the console, without a script.

use filo_core::access::Role;
use filo_testkit::{Answer, Reaction, Receiver};

use super::{filo_at, hash, synced, two_who_bought};
use crate::access::{look, post, somebody};

/// Where an answer leads.
fn there(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_audience_is_connected_made_tried_out_and_let_go() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    two_who_bought(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let marketer = somebody(&filo, "marketer", Role::Marketer).await.text;
    let empty = look(&filo, "/audiences", &marketer).await.ok().text();
    assert!(empty.contains("/audiences/new"), "{empty}");
    let form = "name=Compratori&platform=meta&delivery=push&remote=120&purpose=advertising";
    let refused = post(&filo, "/audiences", &marketer, form).await;
    assert!(refused.is(422).text().contains("field-delivery-wrong"));

    let accounts = "/settings/advertising";
    look(&filo, accounts, &marketer).await.is(403);
    let refused = post(
        &filo,
        "/settings/advertising/meta",
        &owner,
        "version=0&secret_token=",
    )
    .await;
    assert!(refused.is(422).text().contains("field-secret_token-wrong"));
    let saved = post(
        &filo,
        "/settings/advertising/meta",
        &owner,
        "version=0&secret_token=EAAB",
    )
    .await;
    assert!(there(&saved).ends_with("done=advertising-saved"));
    let page = look(&filo, accounts, &owner).await.ok().text();
    assert!(
        !page.contains("EAAB") && page.contains("LinkedIn"),
        "{page}"
    );

    let made = there(&post(&filo, "/audiences", &marketer, form).await);
    let here = made.split('?').next().unwrap().to_owned();
    synced(&filo).await;
    let segment = super::buyers(&filo).await;
    let refused = post(
        &filo,
        &here,
        &marketer,
        "version=1&name=+&purpose=advertising",
    )
    .await;
    assert!(refused.is(422).text().contains("field-name-wrong"));
    let change = format!("version=1&name=Compratori&purpose=advertising&segment={segment}");
    there(&post(&filo, &here, &marketer, &change).await);
    let stale = post(&filo, &here, &marketer, &change).await;
    stale.is(409);
    receiver.react([
        super::taken(2),
        Reaction::Json(200, r#"{"name":"Clienti"}"#.to_owned()),
    ]);
    synced(&filo).await;
    let page = look(&filo, &here, &marketer).await.ok().text();
    assert!(
        page.contains("badge-good") && !page.contains(&hash("anna@example.it")),
        "{page}"
    );
    let tried = post(&filo, &format!("{here}/test"), &marketer, "").await;
    assert!(tried.ok().text().contains("Clienti"));

    there(&post(&filo, &format!("{here}/pausing"), &marketer, "").await);
    assert!(
        look(&filo, &here, &marketer)
            .await
            .ok()
            .text()
            .contains("/resuming")
    );
    there(&post(&filo, &format!("{here}/resuming"), &marketer, "").await);
    let taken = post(&filo, &format!("{here}/files/everybody"), &marketer, "").await;
    let taken = taken.ok();
    assert!(
        taken
            .header("content-disposition")
            .unwrap()
            .contains("everybody.csv")
    );
    assert!(taken.text().contains(&hash("anna@example.it")));
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    post(&filo, &format!("{here}/files/everybody"), &agent, "")
        .await
        .is(403);

    let ending = there(&post(&filo, &format!("{here}/removal"), &marketer, "").await);
    assert!(ending.contains("audience-ending"), "{ending}");
    let page = look(&filo, &here, &marketer).await.ok().text();
    assert!(page.contains("/keeping"), "the way back");
    let gone = post(
        &filo,
        &format!("{here}/removal"),
        &marketer,
        "gone_there=yes",
    )
    .await;
    assert!(there(&gone).contains("audience-removed"));
    look(&filo, &here, &marketer).await.is(404);
    for language in ["it", "en"] {
        look(&filo, &format!("/audiences?lang={language}"), &marketer).await;
    }
}

#[tokio::test]
async fn a_delicate_segment_asks_for_a_second_thought() {
    let receiver = Receiver::start().await;
    let filo = filo_at(&receiver).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let condition = serde_json::json!({"happened": {"signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": {"last": "90 days"}}}}});
    let new = serde_json::json!({"name": "Allergici", "condition": condition});
    let made = filo.api_post("/api/v1/segments", &new).await;
    let segment = made["id"].as_str().unwrap();
    let form = format!("name=A&platform=meta&delivery=file&purpose=advertising&segment={segment}");
    let asked = post(&filo, "/audiences", &owner, &form)
        .await
        .is(422)
        .text();
    assert!(
        asked.contains("knows_delicate") && asked.contains("allergici"),
        "{asked}"
    );
    let sure = format!("{form}&knows_delicate=on");
    there(&post(&filo, "/audiences", &owner, &sure).await);
}
