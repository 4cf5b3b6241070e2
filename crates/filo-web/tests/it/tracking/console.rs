//! What the console shows of it, and how it is set there.

use std::time::Duration;

use filo_core::access::Role;

use super::{PHONE, Post};
use crate::access::{look, post as send, somebody};

#[tokio::test]
async fn the_setting_is_kept_refused_and_shown() {
    let post = Post::start().await;
    let owner = somebody(&post.filo, "olga", Role::Owner).await;
    let here = "/settings/tracking";
    let page = look(&post.filo, here, &owner.text).await.ok().text();
    assert!(page.contains("value=\"aggregate\" selected"), "{page}");
    assert!(
        page.contains("email_tracking") && !page.contains("\"contract\""),
        "{page}"
    );
    let wrong = "mode=individual&opens=yes&purpose=&version=0";
    let refused = send(&post.filo, here, &owner.text, wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("field-purpose-wrong"),
        "{}",
        refused.text()
    );
    assert!(
        refused.text().contains("value=\"individual\" selected"),
        "what was chosen stays"
    );
    let good = "mode=individual&opens=yes&purpose=email_tracking&version=0";
    send(&post.filo, here, &owner.text, good).await.is(303);
    let stale = send(&post.filo, here, &owner.text, good).await;
    assert_eq!(stale.status, 422, "from an older version");
    let page = look(&post.filo, here, &owner.text).await.ok().text();
    assert!(page.contains("value=\"individual\" selected"), "{page}");
    let list = look(&post.filo, "/settings", &owner.text).await.ok().text();
    assert!(list.contains(here));
}

#[tokio::test]
async fn steps_pieces_messages_and_copies_show_people_and_machines_apart() {
    let post = Post::start().await;
    post.individual().await;
    let owner = somebody(&post.filo, "olga", Role::Owner).await;
    let anna = post.somebody("anna", &["email_tracking"]).await;
    let journey = format!("/journeys/{}?lang=en", post.journey);
    let piece = format!("/pieces/{}?lang=en", post.piece);
    for (path, empty) in [(&journey, "No clicks yet"), (&piece, "Nothing counted yet")] {
        let page = look(&post.filo, path, &owner.text).await.ok().text();
        assert!(page.contains(empty), "{path}: {page}");
    }
    let mail = post.mail("anna").await;
    post.filo.advance(Duration::from_secs(120));
    post.come(&mail.led()[0], PHONE).await;
    post.come(&mail.led()[1], "curl/8.5.0").await;
    post.judge().await;
    for path in [&journey, &piece] {
        let page = look(&post.filo, path, &owner.text).await.ok().text();
        let said = "1 sent · clicks: 1 by people, 1 by machines";
        assert!(page.contains(said), "{path}: {page}");
        assert!(page.contains("rossi.it/menu"), "{page}");
    }
    let messages = format!("/api/v1/customers/{anna}/messages");
    let id = post.filo.api_get(&messages).await["data"][0]["id"].clone();
    let message = format!("/messages/{}?lang=en", id.as_str().unwrap());
    let page = look(&post.filo, &message, &owner.text).await.ok().text();
    assert!(page.contains("1 by a person, 0 by a machine"), "{page}");
    let copy = format!("/people/{anna}/dossier");
    let page = send(&post.filo, &copy, &owner.text, "kind=page")
        .await
        .ok()
        .text();
    assert!(page.contains("rossi.it/negozio"), "{page}");
}
