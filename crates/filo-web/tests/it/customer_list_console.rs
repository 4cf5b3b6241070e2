//! Lists in the console, without a script: made, filled, emptied, put away, each with its way back.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};

use crate::access::{look, post, somebody};
use crate::customer_list::{list, some_people, who};

/// Where an answer leads.
fn there(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

/// The act that an address tells of.
fn act_of(address: &str) -> String {
    let (_, rest) = address.split_once("done-listing=").unwrap();
    rest.split('&').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_list_is_made_filled_and_emptied_and_each_is_taken_back() {
    let filo = Filo::start().await;
    let [anna, bruno, _] = some_people(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let empty = look(&filo, "/lists", &owner).await.ok().text();
    assert!(empty.contains("/lists/new"), "{empty}");
    let refused = post(&filo, "/lists", &owner, "name=+&description=").await;
    assert!(refused.is(422).text().contains("field-name-wrong"));
    let made = there(&post(&filo, "/lists", &owner, "name=Degustazione").await);
    let here = made.split('?').next().unwrap().to_owned();
    let id = here.trim_start_matches("/lists/").to_owned();

    let found = look(&filo, &format!("{here}?add=ferrarini"), &owner).await;
    let found = found.ok().text();
    assert!(found.contains("Anna Ferrarini") && found.contains(&anna));
    let members = format!("{here}/members");
    let put = there(&post(&filo, &members, &owner, &format!("id={anna}&id={bruno}")).await);
    assert_eq!(who(&filo, &id).await.len(), 2);
    let page = look(&filo, &put, &owner).await.ok().text();
    let undo = format!("/lists/acts/{}/undo", act_of(&put));
    assert!(page.contains(&undo), "the way back");
    assert!(page.contains("Bruno Villani"));
    let searched = look(&filo, &format!("{here}?search=villani"), &owner).await;
    assert!(!searched.ok().text().contains("Anna Ferrarini"));

    let removal = format!("{here}/members/removal");
    let off = there(&post(&filo, &removal, &owner, &format!("id={anna}")).await);
    assert_eq!(who(&filo, &id).await, std::slice::from_ref(&bruno));
    let undo = format!("/lists/acts/{}/undo", act_of(&off));
    let back = there(&post(&filo, &undo, &owner, &format!("back={id}")).await);
    assert!(back.starts_with(&here), "{back}");
    assert_eq!(who(&filo, &id).await.len(), 2);
    let none = there(&post(&filo, &removal, &owner, "").await);
    assert!(none.ends_with("done=list-nobody"));

    let change = post(&filo, &here, &owner, "version=1&name=Cena&description=d").await;
    there(&change);
    let stale = post(&filo, &here, &owner, "version=1&name=Pranzo").await;
    assert!(stale.is(409).text().contains("Cena"));
    let away = there(&post(&filo, &format!("{here}/archiving"), &owner, "").await);
    let page = look(&filo, &away, &owner).await.ok().text();
    assert!(page.contains(&format!("{here}/restoring")), "the way back");
    let shown = look(&filo, &here, &owner).await.ok().text();
    assert!(!shown.contains("/members/removal"), "nothing to do on it");
    there(&post(&filo, &format!("{here}/restoring"), &owner, "").await);
    assert_eq!(who(&filo, &id).await.len(), 2);
}

#[tokio::test]
async fn many_people_are_put_on_a_list_at_once_and_found_by_it() {
    let filo = Filo::start().await;
    let [anna, bruno, carla] = some_people(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let address = format!("/people/bulk?act=list&id={anna}&id={carla}");
    let first = look(&filo, &address, &owner).await.ok().text();
    assert!(first.contains("/lists/new"), "there is none yet");
    let id = list(&filo, "Verona").await;
    let form = look(&filo, &address, &owner).await.ok().text();
    assert!(form.contains("Verona") && form.contains(&carla));
    let fields = format!("act=list&id={anna}&id={carla}&onto={id}&way=on");
    let put = there(&post(&filo, "/people/listing", &owner, &fields).await);
    assert_eq!(who(&filo, &id).await.len(), 2);
    let page = look(&filo, &put, &owner).await.ok().text();
    assert!(page.contains(&act_of(&put)), "the way back");

    let narrowed = look(&filo, &format!("/people?list={id}"), &owner).await;
    let narrowed = narrowed.ok().text();
    assert!(narrowed.contains(&anna) && !narrowed.contains(&bruno));
    let segment = look(&filo, &format!("/segments/new?people=list%3D{id}"), &owner).await;
    assert!(segment.ok().text().contains("Verona"));

    let fields = format!("act=list&all=1&list={id}&onto={id}&way=off");
    let off = there(&post(&filo, "/people/listing", &owner, &fields).await);
    assert_eq!(who(&filo, &id).await, [] as [String; 0]);
    let undo = format!("/lists/acts/{}/undo", act_of(&off));
    let back = there(&post(&filo, &undo, &owner, "back=people").await);
    assert!(back.starts_with("/people?"));
    assert_eq!(who(&filo, &id).await.len(), 2);
    let gone = format!("act=list&id={anna}&onto=lst_00000000000000000000000009&way=on");
    let refused = post(&filo, "/people/listing", &owner, &gone).await;
    assert!(refused.is(422).text().contains("field-onto-wrong"));
}

#[tokio::test]
async fn a_persons_page_puts_them_on_a_list_and_takes_them_off() {
    let filo = Filo::start().await;
    let [anna, ..] = some_people(&filo).await;
    let id = list(&filo, "Degustazione").await;
    let shop = somebody(&filo, "shop", Role::ShopStaff).await.text;
    let here = format!("/people/{anna}");
    let page = look(&filo, &here, &shop).await.ok().text();
    assert!(page.contains(&format!("{here}/lists")), "{page}");
    let put = post(
        &filo,
        &format!("{here}/lists"),
        &shop,
        &format!("list={id}"),
    )
    .await;
    let put = there(&put);
    assert_eq!(who(&filo, &id).await, std::slice::from_ref(&anna));
    let page = look(&filo, &put, &shop).await.ok().text();
    let removal = format!("{here}/lists/{id}/removal");
    assert!(page.contains(&removal) && page.contains(&act_of(&put)));
    // At the counter nobody sees who else is on it.
    look(&filo, &format!("/lists/{id}"), &shop).await.is(403);
    there(&post(&filo, &removal, &shop, "").await);
    assert_eq!(who(&filo, &id).await, [] as [String; 0]);
    let undo = format!("/lists/acts/{}/undo", act_of(&put));
    let back = there(&post(&filo, &undo, &shop, &format!("back={anna}")).await);
    assert!(back.starts_with(&here), "{back}");
}

#[tokio::test]
async fn journeys_are_built_with_lists_in_the_console() {
    let filo = Filo::start().await;
    let id = list(&filo, "Degustazione").await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let new = serde_json::json!({"name": "Prova", "journey": crate::journey::by_lead(
        serde_json::json!([{"id": "on", "do": {"join_list": {"list": id}}}]))});
    let made = filo.api_post("/api/v1/journeys", &new).await;
    let path = format!("/journeys/{}", made["id"].as_str().unwrap());
    let page = look(&filo, &format!("{path}?lang=it"), &owner).await;
    assert!(
        page.ok()
            .text()
            .contains("Metti nella lista «Degustazione»")
    );
    let edit = look(&filo, &format!("{path}/edit?step=on"), &owner).await;
    assert!(edit.ok().text().contains(&id), "the list can be chosen");
}
