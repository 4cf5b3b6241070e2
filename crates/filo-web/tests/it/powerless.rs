//! I16: with a public key one can add events and claims, and nothing else.

use filo_core::identity::Kind;
use filo_testkit::Filo;
use http::Method;
use serde_json::json;

async fn two_known_people(filo: &Filo) {
    for (user, mail) in [("u-1", "anna@example.it"), ("u-2", "bruno@example.it")] {
        filo.send([
            json!({"type": "identify", "userId": user, "messageId": format!("i-{user}"),
                          "traits": {"email": mail, "firstName": user}}),
        ])
        .await;
    }
}

#[tokio::test]
async fn it_never_joins_two_known_people() {
    let filo = Filo::start().await;
    two_known_people(&filo).await;
    let (one, two) = (filo.user("u-1").await.id, filo.user("u-2").await.id);
    filo.send_public([
        json!({"type": "identify", "userId": "u-1", "messageId": "1",
               "traits": {"email": "bruno@example.it"}}),
        json!({"type": "alias", "userId": "u-1", "previousId": "u-2", "messageId": "2"}),
        json!({"type": "identify", "anonymousId": "a-1", "userId": "u-1", "messageId": "3"}),
        json!({"type": "identify", "anonymousId": "a-1", "userId": "u-2", "messageId": "4"}),
        json!({"type": "track", "event": "X", "userId": "u-2", "messageId": "5",
               "properties": {"email": "anna@example.it"}}),
        json!({"type": "identify", "userId": "u-1", "messageId": "6", "context": {"externalIds": [
               {"id": "u-2", "type": "user_id", "collection": "users", "encoding": "none"}]}}),
    ])
    .await;
    assert_eq!(filo.user("u-1").await.id, one);
    assert_eq!(filo.user("u-2").await.id, two);
    assert_ne!(one, two);
    assert_eq!(
        filo.find(Kind::Email, "bruno@example.it").await.unwrap().id,
        two
    );
}

#[tokio::test]
async fn it_never_overrides_what_a_server_said() {
    let filo = Filo::start().await;
    two_known_people(&filo).await;
    filo.advance(std::time::Duration::from_secs(60));
    filo.send_public([
        json!({"type": "identify", "userId": "u-1", "messageId": "1",
                             "traits": {"firstName": "Ladro", "city": "Roma"}}),
    ])
    .await;
    let customer = filo.api_get("/api/v1/customers/lookup?user_id=u-1").await;
    assert_eq!(customer["traits"]["first_name"], "u-1");
    assert_eq!(customer["traits"]["city"], "Roma");
}

#[tokio::test]
async fn it_reads_and_decides_nothing() {
    let filo = Filo::start().await;
    two_known_people(&filo).await;
    let id = filo.user("u-1").await.id;
    for (method, path) in [
        (Method::GET, "/api/v1/customers".to_owned()),
        (Method::GET, format!("/api/v1/customers/{id}")),
        (
            Method::GET,
            "/api/v1/customers/lookup?user_id=u-1".to_owned(),
        ),
        (Method::GET, format!("/api/v1/customers/{id}/events")),
        (Method::GET, "/api/v1/quarantine".to_owned()),
        (Method::GET, "/api/v1/sources".to_owned()),
        (Method::GET, "/api/v1/status".to_owned()),
        (Method::POST, "/api/v1/joins".to_owned()),
        (Method::POST, "/api/v1/sources".to_owned()),
        (Method::POST, format!("/api/v1/customers/{id}/consents")),
        (Method::POST, format!("/api/v1/customers/{id}/notes")),
        (
            Method::GET,
            "/v1/spaces/x/collections/users/profiles/user_id:u-1/traits".to_owned(),
        ),
        (Method::GET, format!("/people/{id}")),
    ] {
        for key in [&filo.public_key, &filo.secret_key, &"nothing".to_owned()] {
            let asked = [
                filo.request(method.clone(), &path).bearer(key),
                filo.request(method.clone(), &path).key(key),
                filo.request(method.clone(), &path)
                    .header("cookie", &format!("filo_session={key}")),
            ];
            for request in asked {
                let answer = request.json(&json!({})).send().await;
                let refused = answer.status == 401
                    || answer.status == 303 && answer.header("location").unwrap().contains("login");
                assert!(
                    refused,
                    "{method} {path}: {} {}",
                    answer.status,
                    answer.text()
                );
                assert!(!answer.text().contains("anna"));
            }
        }
    }
}

#[tokio::test]
async fn keys_do_no_more_than_their_scopes() {
    let filo = Filo::start().await;
    two_known_people(&filo).await;
    let reader = filo
        .api_post(
            "/api/v1/keys",
            &json!({"name": "Reader", "scopes": {"read": true}}),
        )
        .await;
    let reader = reader["text"]
        .as_str()
        .unwrap_or_else(|| panic!("{reader}"))
        .to_owned();
    let id = filo.user("u-1").await.id;
    filo.get(&format!("/api/v1/customers/{id}"))
        .bearer(&reader)
        .send()
        .await
        .is(200);
    let note = json!({"text": "x"});
    let path = format!("/api/v1/customers/{id}/notes");
    filo.post(&path)
        .bearer(&reader)
        .json(&note)
        .send()
        .await
        .is(403);
    let key = json!({"name": "More", "scopes": {"admin": true}});
    filo.post("/api/v1/keys")
        .bearer(&reader)
        .json(&key)
        .send()
        .await
        .is(403);
}
