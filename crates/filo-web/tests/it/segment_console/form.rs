//! The form of a segment: put together by buttons, refused at the field, changed without losing
//! what it does not touch, counted, and written as a text.

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::json;

use super::{Desk, TWICE, a_few_orders, condition, fields_of, made, with};

#[tokio::test]
async fn what_is_wrong_is_said_at_the_field_and_what_was_typed_stays() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let wrong = with(
        TWICE,
        &[
            ("name", " "),
            ("c.0.n1", "molti"),
            ("c.0.amount", "0"),
            ("act", "save"),
        ],
    );
    let page = desk.post("/segments", &wrong).await.is(422).text();
    for field in ["name", "c.0.n1", "c.0.amount"] {
        assert!(
            page.contains(&format!("id=\"field-{field}-wrong\"")),
            "{field}: {page}"
        );
        assert!(
            page.contains(&format!("href=\"#field-{field}\"")),
            "{field}"
        );
    }
    assert!(page.contains("value=\"molti\"") && page.contains("3 cose da sistemare"));

    // What the condition as a whole cannot be stands at its field too.
    let beyond = with(TWICE, &[("c.0.n1", "1001"), ("act", "check")]);
    let page = desk.post("/segments", &beyond).await.is(422).text();
    assert!(
        page.contains("id=\"field-c.0.n1-wrong\"") && page.contains("1.000"),
        "{page}"
    );
    let mut wide = TWICE[..4].to_vec();
    let names: Vec<String> = (0..70).map(|place| format!("c.{place}.")).collect();
    let names: Vec<[String; 2]> = names
        .iter()
        .map(|it| [format!("{it}kind"), format!("{it}id")])
        .collect();
    for [kind, id] in &names {
        wide.extend([(kind.as_str(), "known"), (id.as_str(), "card")]);
    }
    let page = desk
        .post("/segments", &with(&wide, &[("act", "save")]))
        .await
        .is(422)
        .text();
    assert!(page.contains("Al massimo 64 condizioni"), "{page}");
    assert_eq!(filo.api_get("/api/v1/segments").await["data"], json!([]));
}

#[tokio::test]
async fn the_tree_is_put_together_by_buttons() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let press = async |fields: &[(&str, &str)], act: &str| {
        desk.post("/segments", &with(fields, &[("act", act)]))
            .await
            .ok()
            .text()
    };
    let page = press(TWICE, "add:c:trait").await;
    assert!(page.contains("name=\"c.1.kind\" value=\"trait\""), "{page}");
    assert!(
        page.contains("name=\"c.0.n1\" value=\"2\""),
        "what was there stays"
    );
    let two = with(TWICE, &[("c.1.kind", "known"), ("c.1.id", "card")]);
    let page = press(&two, "up:c.1").await;
    assert!(page.contains("name=\"c.0.kind\" value=\"known\""), "{page}");
    let page = press(&two, "remove:c.0").await;
    assert!(
        !page.contains("name=\"c.1.kind\"") && page.contains("name=\"c.0.kind\" value=\"known\"")
    );
    let page = press(&two, "add:c:group").await;
    assert!(page.contains("name=\"c.2.op\""), "{page}");
    let event = [
        ("c.kind", "group"),
        ("c.0.kind", "happened"),
        ("c.0.name", "A"),
    ];
    let page = press(&event, "filter:c.0:").await;
    assert!(page.contains("name=\"c.0.w0_field\""), "{page}");
    for nonsense in ["up:c.9", "add:x:y", "filter:c.7:", "…", ""] {
        press(TWICE, nonsense).await;
    }
}

#[tokio::test]
async fn an_edit_keeps_what_it_does_not_touch_and_a_stale_one_is_told() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    // The form has no fields for a denial of a denial: it stays a text.
    let odd = json!({"all": [
        {"not": {"not": {"known": "card"}}},
        {"happened": {"signal": {"kind": "track", "name": "Order Completed",
            "where": [{"field": "channel", "test": {"is": ["shop"]}}]},
            "hours": {"days": 96, "from": 1080, "to": 1320},
            "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": "ever"}}}},
    ]});
    let new = json!({"name": "Strano", "condition": odd});
    let id = filo.api_post("/api/v1/segments", &new).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let form = desk.page(&format!("/segments/{id}/edit")).await;
    assert!(form.contains("not not known by card"), "{form}");
    let fields = fields_of(&form);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let path = format!("/segments/{id}");
    let renamed = with(&fields, &[("name", "Sempre strano"), ("act", "save")]);
    let answer = desk.post(&path, &renamed).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(condition(&filo, &id).await, odd);

    // The same form once more comes from a version that is no longer there.
    let again = desk.post(&path, &renamed).await.is(409).text();
    assert!(
        again.contains("Intanto qualcun altro l’ha cambiato"),
        "{again}"
    );
    assert!(
        again.contains("value=\"Sempre strano\"") && again.contains("name=\"version\" value=\"2\"")
    );
    let over = with(&renamed, &[("version", "2")]);
    assert_eq!(desk.post(&path, &over).await.status, 303);
}

#[tokio::test]
async fn the_condition_is_counted_and_written_as_a_text() {
    let filo = Filo::start().await;
    a_few_orders(&filo).await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let counted = desk
        .post("/segments", &with(TWICE, &[("act", "count")]))
        .await
        .ok()
        .text();
    let panel = counted.split("id=\"segment-count\"").nth(1).unwrap();
    assert!(
        panel.contains("<strong>1</strong>") && panel.contains("Anna Ferrarini"),
        "{panel}"
    );
    let unreadable = with(TWICE, &[("c.0.n1", "x"), ("act", "count")]);
    let page = desk.post("/segments", &unreadable).await.ok().text();
    assert!(page.contains("Prima completa la condizione."), "{page}");

    let text = desk
        .post("/segments", &with(TWICE, &[("act", "as-text")]))
        .await
        .ok()
        .text();
    assert!(
        text.contains("order count at least 2 in last 90 days"),
        "{text}"
    );
    let written = [
        ("name", "Testo"),
        ("mode", "text"),
        ("text", "known by card\nand known bi email"),
        ("act", "save"),
    ];
    let page = desk.post("/segments", &written).await.is(422).text();
    assert!(page.contains("Riga 2, colonna 11"), "{page}");
    let written = with(&written, &[("text", "known by card and known by email")]);
    let tree = desk
        .post("/segments", &with(&written, &[("act", "as-tree")]))
        .await
        .ok()
        .text();
    assert!(tree.contains("name=\"c.1.kind\" value=\"known\""), "{tree}");
    let id = made(&desk, &written).await;
    assert_eq!(
        condition(&filo, &id).await,
        json!({"all": [{"known": "card"}, {"known": "email"}]})
    );
}
