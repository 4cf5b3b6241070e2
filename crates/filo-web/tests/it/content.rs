//! Content through the running program: pieces made, changed, refused with their place, brought
//! back; offers told in one way; previews for a real person; what an erasure does.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{look, somebody};

const PIECES: &str = "/api/v1/pieces";

fn piece(name: &str, text: &str) -> Value {
    json!({"name": name, "purpose": "marketing", "class": "marketing", "adaptations": [
        {"medium": "email", "language": "it", "fields": {"subject": "Ciao", "text": text}},
        {"medium": "sms", "language": "it", "fields": {"text": "Breve. {{ links.unsubscribe }}"}}]})
}

async fn make(filo: &Filo, piece: &Value) -> Value {
    filo.api_post(PIECES, &json!({"piece": piece})).await
}

async fn send(filo: &Filo, method: &str, path: &str, body: &Value) -> Answer {
    let request = match method {
        "put" => filo.request(http::Method::PUT, path),
        _ => filo.post(path),
    };
    request.bearer(&filo.api_key).json(body).send().await
}

#[tokio::test]
async fn a_piece_is_made_changed_and_says_again_what_it_said() {
    let filo = Filo::start().await;
    let made = make(
        &filo,
        &piece("Benvenuto", "Ciao {{ first_name | default(\"a te\") }}"),
    )
    .await;
    assert_eq!(
        (&made["version"], &made["media"]),
        (&json!(1), &json!(["email", "sms"]))
    );
    let id = made["id"].as_str().unwrap();
    let at = format!("{PIECES}/{id}");
    let changed = json!({"version": 1, "piece": piece("Bentornato", "Eccoci")});
    let answer = send(&filo, "put", &at, &changed).await.ok().json();
    assert_eq!(
        (&answer["version"], &answer["piece"]["name"]),
        (&json!(2), &json!("Bentornato"))
    );
    // From a version that somebody else has changed nothing is changed.
    send(&filo, "put", &at, &changed).await.is(409);
    let back = json!({"version": 2, "to": 1});
    let answer = send(&filo, "post", &format!("{at}/return"), &back)
        .await
        .ok()
        .json();
    assert_eq!(
        (&answer["version"], &answer["piece"]["name"]),
        (&json!(3), &json!("Benvenuto"))
    );
    let versions = filo.api_get(&format!("{at}/versions")).await;
    let said: Vec<&Value> = versions["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["version"])
        .collect();
    assert_eq!(said, [3, 2, 1]);
    let away = send(&filo, "post", &format!("{at}/archiving"), &json!({}))
        .await
        .ok()
        .json();
    assert!(away["archived_at"].is_string());
    send(
        &filo,
        "put",
        &at,
        &json!({"version": 4, "piece": piece("x", "y")}),
    )
    .await
    .is(409);
    let here = send(&filo, "post", &format!("{at}/restoring"), &json!({}))
        .await
        .ok()
        .json();
    assert!(here["archived_at"].is_null());
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(audit.contains("piece_changed"), "{audit}");
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_with_its_place() {
    let filo = Filo::start().await;
    for (text, expected) in [
        ("uno\n\ndue {{ frist_name }}", "text, line 3"),
        ("{% set x = 1 %}", "not possible"),
        ("[vai](javascript:alert)", "no address"),
        ("[promotion] {{ promotion.terms }}", "none was chosen"),
        ("", "is empty"),
    ] {
        let answer = send(&filo, "post", PIECES, &json!({"piece": piece("A", text)}))
            .await
            .is(422);
        assert!(
            answer.text().contains(expected),
            "{text}: {}",
            answer.text()
        );
    }
    let mut wrong = piece("A", "x");
    wrong["purpose"] = json!("nonsense");
    let answer = send(&filo, "post", PIECES, &json!({"piece": wrong}))
        .await
        .is(422);
    assert!(answer.text().contains("purpose"));
    let mut wrong = piece("A", "x");
    wrong["colour"] = json!("red");
    send(&filo, "post", PIECES, &json!({"piece": wrong}))
        .await
        .is(422);
}

#[tokio::test]
async fn an_offer_is_told_in_one_way_and_not_put_away_while_it_is_used() {
    let filo = Filo::start().await;
    let promotion =
        json!({"name": "Festa", "terms": {"it": "due al prezzo di uno"}, "code": "DUE"});
    let made = filo
        .api_post("/api/v1/promotions", &json!({"promotion": promotion}))
        .await;
    let id = made["id"].as_str().unwrap().to_owned();
    let mut told = piece("Festa", "[promozione]");
    told["promotion"] = json!(id);
    told["adaptations"][1]["fields"]["text"] =
        json!("{{ promotion.terms }}: {{ promotion.code }} {{ links.unsubscribe }}");
    let made = make(&filo, &told).await;
    for medium in ["email", "sms"] {
        let asked = json!({"piece": told, "medium": medium});
        let seen = send(&filo, "post", &format!("{PIECES}/preview"), &asked)
            .await
            .ok()
            .json();
        let text = seen["text"].as_str().unwrap();
        assert!(
            text.contains("due al prezzo di uno") && text.contains("DUE"),
            "{text}"
        );
    }
    let at = format!("/api/v1/promotions/{id}");
    let answer = send(&filo, "post", &format!("{at}/archiving"), &json!({}))
        .await
        .is(409);
    assert!(answer.text().contains("Festa"));
    let piece = made["id"].as_str().unwrap();
    send(
        &filo,
        "post",
        &format!("{PIECES}/{piece}/archiving"),
        &json!({}),
    )
    .await
    .ok();
    send(&filo, "post", &format!("{at}/archiving"), &json!({}))
        .await
        .ok();
    // Now the piece cannot come back before its offer does.
    send(
        &filo,
        "post",
        &format!("{PIECES}/{piece}/restoring"),
        &json!({}),
    )
    .await
    .is(422);
    send(&filo, "post", &format!("{at}/restoring"), &json!({}))
        .await
        .ok();
    send(
        &filo,
        "post",
        &format!("{PIECES}/{piece}/restoring"),
        &json!({}),
    )
    .await
    .ok();
    let wrong = json!({"promotion": {"name": "X", "terms": {}}});
    send(&filo, "post", "/api/v1/promotions", &wrong)
        .await
        .is(422);
}

#[tokio::test]
async fn a_preview_speaks_to_a_real_person_as_they_wish_and_only_to_who_may_see_them() {
    let filo = Filo::start().await;
    filo.send([json!({"type": "identify", "userId": "anna", "messageId": "i-1",
        "traits": {"firstName": "Anna", "lastName": "Ferrarini", "tone": "formale", "email": "anna@example.com"}})])
        .await;
    filo.settle().await;
    let id = filo.user("anna").await.id;
    let mut both = piece("Prova", "Ciao {{ first_name | default(\"a te\") }}");
    let formal = json!({"medium": "email", "language": "it", "tone": "formal",
        "fields": {"subject": "Buongiorno", "text": "Buongiorno {{ name | default(\"\") }}"}});
    both["adaptations"].as_array_mut().unwrap().push(formal);
    let asked = json!({"piece": both, "medium": "email", "customer": id.to_string()});
    let path = format!("{PIECES}/preview");
    let seen = send(&filo, "post", &path, &asked).await.ok().json();
    assert_eq!(
        (&seen["tone"], &seen["subject"]),
        (&json!("formal"), &json!("Buongiorno"))
    );
    assert!(
        seen["text"]
            .as_str()
            .unwrap()
            .starts_with("Buongiorno Anna Ferrarini")
    );
    assert!(seen["html"].as_str().unwrap().contains("Anna Ferrarini"));
    let asked =
        json!({"piece": both, "medium": "email", "customer": "cus_00000000000000000000000001"});
    send(&filo, "post", &path, &asked).await.is(404);
    let missing = json!({"piece": piece("A", "{{ traits.shoe_size }}"), "medium": "email", "customer": id.to_string()});
    let answer = send(&filo, "post", &path, &missing).await.is(422);
    assert!(answer.text().contains("traits.shoe_size"));
    // An analyst sees content, and nobody's name.
    let analyst = somebody(&filo, "a", Role::Analyst).await.text;
    look(&filo, "/pieces", &analyst).await.ok();
    look(&filo, "/pieces/new", &analyst).await.is(403);
    let agent = somebody(&filo, "g", Role::Agent).await.text;
    look(&filo, "/pieces", &agent).await.is(403);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn starters_the_map_the_review_and_the_sameness_are_told() {
    let filo = Filo::start().await;
    let starters = filo.api_get(&format!("{PIECES}/starters")).await;
    assert_eq!(starters["data"].as_array().unwrap().len(), 8);
    for starter in starters["data"].as_array().unwrap() {
        make(&filo, &starter["piece"]).await;
    }
    let map = filo.api_get(&format!("{PIECES}/map")).await;
    assert_eq!(map["media"], json!(["email", "sms"]));
    assert!(map["gaps"].as_u64().unwrap() > 0);
    let same = filo.api_get(&format!("{PIECES}/sameness")).await;
    assert_eq!(
        same["data"],
        json!([]),
        "starters are unlike each other and everybody’s"
    );
    let stock = piece(
        "Offerte",
        "Clicca qui! Solo per te, non perdere l’occasione!",
    );
    make(&filo, &stock).await;
    make(
        &filo,
        &piece(
            "Offerte 2",
            "Clicca qui! Solo per te, non perdere l’occasione!",
        ),
    )
    .await;
    let same = filo.api_get(&format!("{PIECES}/sameness")).await;
    let first = &same["data"][0];
    assert!(
        first["score"].as_f64().unwrap() > 90.0 && first["is_same"] == json!(true),
        "{first}"
    );
    assert!(!first["sentences"].as_array().unwrap().is_empty());
    let review = send(
        &filo,
        "post",
        &format!("{PIECES}/review"),
        &json!({"piece": stock}),
    )
    .await
    .ok()
    .json();
    let rules: Vec<&str> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    assert!(
        rules.contains(&"stock") && rules.contains(&"exclamation"),
        "{rules:?}"
    );
    let voice = json!({"version": 0, "voice": {"banned": ["clicca qui"], "exclamations_most": 9, "tone": "formal"}});
    send(&filo, "put", "/api/v1/settings/voice", &voice)
        .await
        .ok();
    send(&filo, "put", "/api/v1/settings/voice", &voice)
        .await
        .is(409);
    let review = send(
        &filo,
        "post",
        &format!("{PIECES}/review"),
        &json!({"piece": stock}),
    )
    .await
    .ok()
    .json();
    let said = review["findings"].to_string();
    assert!(
        said.contains("banned") && !said.contains("exclamation"),
        "{said}"
    );
}

#[tokio::test]
async fn what_names_a_forgotten_person_goes_from_content_and_its_history() {
    let filo = Filo::start().await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
        "traits": {"email": "anna.ferrarini@example.com"}}),
    ])
    .await;
    filo.settle().await;
    let named = make(&filo, &piece("Una", "Chiedi ad anna.ferrarini@example.com")).await;
    let other = make(&filo, &piece("Due", "Ha detto anna.ferrarini@example.com")).await;
    let id = other["id"].as_str().unwrap();
    let change = json!({"version": 1, "piece": piece("Due", "Niente nomi")});
    send(&filo, "put", &format!("{PIECES}/{id}"), &change)
        .await
        .ok();
    let customer = filo.user("anna").await.id;
    let erasure = format!("/api/v1/customers/{customer}/erasure");
    send(&filo, "post", &erasure, &json!({"ground": "request"})).await;
    filo.settle().await;
    let gone = format!("{PIECES}/{}", named["id"].as_str().unwrap());
    let request = filo.get(&gone).bearer(&filo.api_key);
    request.send().await.is(404);
    let versions = filo.api_get(&format!("{PIECES}/{id}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 1);
}
