//! The page of messages on the site: how they look, a test, and what is shown while it is off.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::Receiver;
use serde_json::{Value, json};

use super::site::{OWED, ask, ask_as, comes_by};
use super::{console_at, write};
use crate::access::{look, post, somebody};

#[tokio::test]
async fn off_it_shows_nothing_and_its_page_sets_how_it_looks() {
    let receiver = Receiver::start().await;
    let filo = console_at(&receiver).await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let here = "/settings/channels/in_app";
    let id = comes_by(&filo, "a-1").await;
    write(&filo, &id, OWED, "Ciao").await;
    filo.app.send_messages().await.unwrap();
    assert_eq!(ask(&filo, "a-1").await, None, "the channel is off");
    let list = format!("/people/{id}/messages");
    let list = look(&filo, &list, &owner.text).await.ok().text();
    assert!(list.contains("aspetta che torni sul sito"), "{list}");
    let before = look(&filo, here, &owner.text).await.ok().text();
    assert!(
        !before.contains("data-messages"),
        "nothing is connected yet"
    );
    for (wrong, what) in [
        ("colour=red&layout=card&times=3", "#0b5c58"),
        ("colour=%23112233&layout=moon&times=3", "Scegli dove sta"),
        ("colour=%23112233&layout=card&times=99", "Da 1 a 10"),
        (
            "colour=%23112233&layout=card&times=3&secret_identity=short",
            "32",
        ),
    ] {
        let typed = format!("carrier=site&version=0&{wrong}");
        let refused = post(&filo, here, &owner.text, &typed).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(refused.text().contains(what), "{wrong}");
    }
    let typed = "carrier=site&version=0&colour=%23112233&layout=centre&times=2&secret_identity=";
    post(&filo, here, &owner.text, typed).await.is(303);
    let page = look(&filo, here, &owner.text).await.ok().text();
    for part in ["/filo.js", "data-messages", "in_app/preview", "#112233"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let frame = look(&filo, &format!("{here}/preview?light=dark"), &owner.text).await;
    assert!(
        frame
            .header("content-security-policy")
            .unwrap()
            .contains("sandbox")
    );
    let frame = frame.ok().text();
    assert!(frame.contains("--brand:#112233") && frame.contains("message centre"));
    assert_eq!(ask(&filo, "a-1").await.unwrap()["layout"], "centre");

    // A test appears on the page of whoever opens its link, and is nobody's.
    let refused = post(
        &filo,
        &format!("{here}/test"),
        &owner.text,
        "to=bar.example",
    )
    .await;
    assert_eq!(refused.status, 422);
    let made = json!({"to": "https://bar.example/menu#top"});
    let made = filo.api_post("/api/v1/channels/in_app/test", &made).await;
    let page = made["to"].as_str().unwrap();
    let token = page
        .strip_prefix("https://bar.example/menu#filo-test=")
        .unwrap();
    let test = json!({ "test": token });
    let told = ask_as(&filo, "nobody", &test).await.ok().json();
    assert!(told["title"].as_str().unwrap().contains("Filo"), "{told}");
    assert_eq!((&told["report"], &told["id"]), (&Value::Null, &Value::Null));
    ask_as(&filo, "nobody", &json!({"test": &token[..token.len() - 1]}))
        .await
        .is(204);
    filo.advance(Duration::from_secs(901));
    ask_as(&filo, "nobody", &test).await.is(204);
    filo.api_post("/api/v1/channels/in_app/disconnection", &json!({}))
        .await;
    assert_eq!(ask(&filo, "a-1").await, None);
}
