//! Segments and the list of people: who may look and who may change, the members as a file, a view
//! that becomes a segment; and a list of segments that is long.

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::json;

use super::{Desk, TWICE, a_few_orders, fields_of, made, with};

#[tokio::test]
async fn who_may_only_look_gets_no_button_and_the_members_leave_as_a_file() {
    let filo = Filo::start().await;
    a_few_orders(&filo).await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let id = made(&desk, TWICE).await;
    let analyst = Desk::of(&filo, Role::Analyst).await;
    for path in ["/segments".to_owned(), format!("/segments/{id}")] {
        let page = analyst.page(&path).await;
        assert!(
            !page.contains("/segments/new") && !page.contains("/archiving"),
            "{page}"
        );
        assert!(
            !page.contains("Ferrarini") && !page.contains("act=export"),
            "{page}"
        );
    }
    analyst.get("/segments/new").await.is(403);
    analyst.post("/segments", TWICE).await.is(403);
    let shop = Desk::of(&filo, Role::ShopStaff).await;
    shop.get("/segments").await.is(403);
    assert!(!shop.page("/").await.contains("href=\"/segments\""));

    let confirm = desk
        .page(&format!("/people/bulk?act=export&segment={id}"))
        .await;
    assert!(
        confirm.contains("Esporta una persona")
            && confirm.contains(&format!("href=\"/segments/{id}\"")),
        "{confirm}"
    );
    let file = desk
        .post("/people/export", &[("act", "export"), ("segment", &*id)])
        .await
        .ok()
        .text();
    assert_eq!(file.lines().count(), 2, "{file}");
    assert!(file.contains("Anna Ferrarini"));
    let none = "seg_00000000000000000000000001";
    desk.get(&format!("/people/bulk?act=export&segment={none}"))
        .await
        .is(404);
}

#[tokio::test]
async fn a_view_of_the_list_of_people_becomes_a_segment() {
    let filo = Filo::start().await;
    a_few_orders(&filo).await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let list = desk.page("/people?orders=2&reach=email").await;
    let there = "/segments/new?people=orders%3D2%26reach%3Demail";
    assert!(list.contains(there), "{list}");
    let form = desk.page(there).await;
    assert!(
        form.contains("nasce dai filtri") && !form.contains("non si possono dire"),
        "{form}"
    );
    let fields = fields_of(&form);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let id = made(&desk, &with(&fields, &[("name", "Dalla vista")])).await;
    let members = filo
        .api_get(&format!("/api/v1/segments/{id}/members"))
        .await;
    assert_eq!(
        members["data"].as_array().unwrap().len(),
        1,
        "as many as the list shows"
    );
    let unsaid = desk
        .page("/segments/new?people=source%3D1%26orders%3D1")
        .await;
    assert!(
        unsaid.contains("non si possono dire") && unsaid.contains("Arrivati da"),
        "{unsaid}"
    );
    assert!(
        !desk.page("/people").await.contains("/segments/new"),
        "nothing to make one of"
    );
}

#[tokio::test]
async fn a_thousand_segments_have_a_search_and_pages() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    for number in 0..60 {
        let new = json!({"name": format!("Numero {number:03}"), "condition": {"known": "card"}});
        filo.api_post("/api/v1/segments", &new).await;
    }
    let first = desk.page("/segments").await;
    assert!(
        first.contains("Numero 049") && !first.contains("Numero 050"),
        "{first}"
    );
    assert!(desk.page("/segments?page=2").await.contains("Numero 059"));
    let found = desk.page("/segments?search=numero+05").await;
    assert!(found.contains("Numero 055") && !found.contains("Numero 001"));
    let none = desk
        .page("/segments?search=%3Cb%3E&page=99999999999999999999")
        .await;
    assert!(none.contains("Nessun segmento per «&lt;b&gt;»"), "{none}");
}
