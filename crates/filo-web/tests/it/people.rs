//! The list of people as a whole: filters, order, views, notes for many, the file; in the API and
//! in the console.

use filo_testkit::Filo;
use filo_testkit::{Answer, Request};
use serde_json::{Value, json};

/// Twelve people: half of them met in the shop, every third with marketing allowed.
async fn a_dozen(filo: &Filo) {
    for number in 1..=12 {
        let user = format!("u-{number}");
        let name = format!("{} Rossi", ["Zoe", "Anna", "Ètienne", "Bruno"][number % 4]);
        let mut calls = vec![
            json!({"type": "identify", "userId": user, "messageId": format!("i-{number}"),
            "traits": {"name": name, "email": format!("p{number}@example.it"), "birthday": "1980-05-17"}}),
        ];
        if number % 2 == 0 {
            calls.push(json!({"type": "track", "event": "Store Visit Recorded", "userId": user,
                "messageId": format!("s-{number}"), "channel": "shop", "context": {"channel": "shop"}}));
        }
        if number % 3 == 0 {
            calls.push(json!({"type": "track", "event": "Consent Granted", "userId": user,
                "messageId": format!("c-{number}"),
                "properties": {"purpose": "marketing", "channel": "email", "basis": "consent", "proof": "form"}}));
        }
        for order in 0..number % 4 {
            calls.push(json!({"type": "track", "event": "Order Completed", "userId": user,
                "messageId": format!("o-{number}-{order}"),
                "properties": {"order_id": format!("{number}-{order}"), "total": 10 * number, "currency": "EUR"}}));
        }
        filo.send(calls).await;
        filo.advance(std::time::Duration::from_secs(10));
    }
    filo.settle().await;
}

fn ids(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Every row of a question, page by page.
async fn walk(filo: &Filo, query: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut next = String::new();
    loop {
        let page = filo
            .api_get(&format!("/api/v1/customers?limit=5&{query}{next}"))
            .await;
        rows.extend(page["data"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(mark) => next = format!("&before={mark}"),
            None => return rows,
        }
    }
}

/// A request of somebody who has logged in.
fn console(cookie: &str, request: Request) -> Request {
    request
        .header("cookie", cookie)
        .header("accept-language", "it")
}

async fn page(filo: &Filo, path: &str) -> Answer {
    let cookie = crate::hostile::log_in(filo).await;
    console(&cookie, filo.get(path)).send().await
}

async fn post(filo: &Filo, path: &str, form: &str) -> Answer {
    let cookie = crate::hostile::log_in(filo).await;
    let page = console(&cookie, filo.get("/people")).send().await;
    let token = page.text();
    let token = token.split("name=\"token\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    console(&cookie, filo.post(path))
        .form(&format!("token={token}&{form}"))
        .send()
        .await
}

#[tokio::test]
async fn filters_and_orders_are_exact_over_pages() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    for (query, expected) in [
        ("", 12),
        ("marketing=granted", 4),
        ("marketing=unknown", 8),
        ("orders=2", 6),
        ("orders=2&marketing=granted", 2),
        ("spent_from=100", 4),
        ("reach=email", 12),
        ("reach=phone", 0),
        ("last_to=1999-01-01", 0),
        ("first_from=1999-01-01", 12),
    ] {
        for sort in ["last_seen", "first_seen", "name", "spent"] {
            let rows = walk(&filo, &format!("{query}&sort={sort}")).await;
            assert_eq!(rows.len(), expected, "{query} {sort}");
        }
    }
    let by_name = walk(&filo, "sort=name").await;
    let names: Vec<&str> = by_name
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names[..4],
        ["Anna Rossi", "Anna Rossi", "Anna Rossi", "Bruno Rossi"]
    );
    assert_eq!(names[6], "Ètienne Rossi", "accents do not sort behind Z");
    let spent = walk(&filo, "sort=spent").await;
    let spent: Vec<i64> = spent
        .iter()
        .map(|row| row["revenue_cents"].as_i64().unwrap())
        .collect();
    assert!(spent.is_sorted_by(|one, next| one >= next), "{spent:?}");
    let found = filo
        .api_get("/api/v1/customers?search=rossi&marketing=granted")
        .await;
    assert_eq!(ids(&found).len(), 4);
    for wrong in [
        "channel=tv",
        "sort=age",
        "spent_from=molto",
        "before=x",
        "colour=red",
    ] {
        let answer = filo
            .get(&format!("/api/v1/customers?{wrong}"))
            .bearer(&filo.api_key)
            .send()
            .await;
        assert!(
            answer.status.is_client_error(),
            "{wrong}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn rows_follow_what_happens_and_survive_a_restart() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    filo.send([
        json!({"type": "track", "event": "Consent Withdrawn", "userId": "u-3",
        "messageId": "w", "properties": {"purpose": "marketing", "channel": "email"}}),
    ])
    .await;
    filo.settle().await;
    assert_eq!(walk(&filo, "marketing=denied").await.len(), 1);
    let filo = filo.restart().await;
    assert_eq!(walk(&filo, "marketing=granted").await.len(), 3);
    filo.app.rebuild().await.unwrap();
    filo.settle().await;
    assert_eq!(walk(&filo, "marketing=denied").await.len(), 1);
}

#[tokio::test]
async fn a_note_for_many_is_written_and_taken_back() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    let noted = async |user: &str| filo.user(user).await.profile.notes.newest_first().len();
    let confirm = page(&filo, "/people/bulk?act=note&all=1&marketing=granted").await;
    assert!(
        confirm.text().contains("La stessa nota per 4 persone"),
        "{}",
        confirm.text()
    );
    let empty = post(
        &filo,
        "/people/notes",
        "act=note&all=1&marketing=granted&text=+&about=other",
    )
    .await;
    assert_eq!(empty.status, 422);
    // A filter that cannot be read must not become everybody.
    let wrong = post(
        &filo,
        "/people/notes",
        "act=note&all=1&marketing=sempre&text=x&about=other",
    )
    .await;
    assert!(wrong.status.is_client_error(), "{}", wrong.status);
    assert_eq!(noted("u-1").await, 0);

    let done = post(
        &filo,
        "/people/notes",
        "act=note&all=1&marketing=granted&text=Invito&about=promise",
    )
    .await;
    assert_eq!(done.status, 303);
    assert_eq!((noted("u-3").await, noted("u-1").await), (1, 0));
    let back = done.header("location").unwrap().to_owned();
    let told = page(&filo, &back).await.text();
    assert!(told.contains("Nota scritta per 4 persone."), "{told}");
    let undo = told.split("action=\"/people/acts/").nth(1).unwrap();
    let undo = format!("/people/acts/{}", undo.split('"').next().unwrap());
    assert_eq!(post(&filo, &undo, "").await.status, 303);
    assert_eq!(noted("u-3").await, 0);
    // Taking them back again changes nothing.
    assert_eq!(post(&filo, &undo, "").await.status, 303);

    let picked = filo.user("u-1").await.id;
    let body = json!({"text": "Solo tu", "about": "other", "customers": [picked.to_string()]});
    let act = filo.api_post("/api/v1/customers/notes", &body).await;
    assert_eq!(noted("u-1").await, 1);
    filo.request(
        http::Method::DELETE,
        &format!("/api/v1/customers/notes/{}", act["act"].as_str().unwrap()),
    )
    .bearer(&filo.api_key)
    .header("idempotency-key", "d")
    .send()
    .await
    .is(204);
    assert_eq!(noted("u-1").await, 0);
}

#[tokio::test]
async fn the_file_holds_all_that_match_and_no_formula() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    filo.send([
        json!({"type": "identify", "userId": "u-13", "messageId": "evil",
        "traits": {"name": "=HYPERLINK(\"http://x\")", "email": "evil@example.it"}}),
    ])
    .await;
    filo.settle().await;
    let file = post(&filo, "/people/export", "all=1").await.is(200);
    assert!(
        file.header("content-disposition")
            .unwrap()
            .contains("filo.csv")
    );
    let text = file.text();
    assert_eq!(text.lines().count(), 14, "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{text}");
    let some = post(&filo, "/people/export", "all=1&marketing=granted")
        .await
        .is(200);
    assert_eq!(some.text().lines().count(), 5);
    let id = filo.user("u-1").await.id;
    let one = post(&filo, "/people/export", &format!("id={id}"))
        .await
        .is(200);
    assert_eq!(one.text().lines().count(), 2);
    let api = filo
        .post("/api/v1/customers/export")
        .bearer(&filo.api_key)
        .json(&json!({"query": "marketing=granted"}))
        .send()
        .await
        .is(200);
    assert_eq!(api.text().lines().count(), 5);
    let wrong = filo
        .post("/api/v1/customers/export")
        .bearer(&filo.api_key)
        .json(&json!({"query": "marketnig=granted"}))
        .send()
        .await;
    assert!(wrong.status.is_client_error(), "{}", wrong.text());
}

#[tokio::test]
async fn views_are_saved_renamed_removed_and_brought_back() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    let kept = post(
        &filo,
        "/people/views",
        "view=Negozio+%3Cb%3E&query=channel%3Dshop%26sort%3Dspent",
    )
    .await;
    assert_eq!(kept.status, 303);
    let list = page(&filo, kept.header("location").unwrap()).await.text();
    assert!(list.contains("Negozio &lt;b&gt;"), "{list}");
    let views = filo.api_get("/api/v1/customer-views").await;
    let id = views["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(views["data"][0]["query"], "sort=spent&channel=shop");
    assert_eq!(
        post(&filo, "/people/views", "view=+&query=channel%3Dshop")
            .await
            .status,
        422
    );
    let renamed = post(&filo, &format!("/people/views/{id}"), "view=Bottega").await;
    assert_eq!(renamed.status, 303);
    let removed = post(&filo, &format!("/people/views/{id}/removal"), "").await;
    let told = page(&filo, removed.header("location").unwrap())
        .await
        .text();
    assert!(told.contains("Vista «Bottega» eliminata."), "{told}");
    let empty = filo.api_get("/api/v1/customer-views").await;
    assert_eq!(empty["data"], json!([]));
    assert_eq!(
        post(&filo, "/people/views/none/removal", "").await.status,
        404
    );
}

#[tokio::test]
async fn suggestions_are_options_and_nothing_hostile_breaks_a_page() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    let options = page(&filo, "/people/suggestions?search=ross")
        .await
        .is(200)
        .text();
    assert_eq!(options.matches("role=\"option\"").count(), 8, "{options}");
    assert!(!options.contains("<html"), "{options}");
    assert_eq!(page(&filo, "/people/suggestions?search=").await.text(), "");
    let id = filo.user("u-2").await.id;
    for path in [
        "/people?search=%00%E2%80%AE'%22%3Cscript%3E".to_owned(),
        "/people?before=AAAA&sort=name".to_owned(),
        "/people?spent_from=1e999&orders=99999999999999999999".to_owned(),
        "/people?birthday=week&sort=name&reach=both".to_owned(),
        "/people/bulk?id=x&id=y&act=boom".to_owned(),
        "/people?done-act=..%2F..&done-people=1".to_owned(),
        format!("/people/{id}?about=orders&channel=shop&q=%3Cscript%3E"),
        format!("/people/{id}?about=boom&channel=tv&before=x"),
        format!("/people/{id}?done=ruling-apart&done-a=x&done-b=y"),
    ] {
        let answer = page(&filo, &path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
        assert!(!answer.text().contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn the_thread_is_narrowed_and_what_was_ruled_can_be_undone_from_the_toast() {
    let filo = Filo::start().await;
    a_dozen(&filo).await;
    let person = filo.user("u-3").await;
    let id = person.id;
    let all = page(&filo, &format!("/people/{id}")).await.is(200).text();
    assert!(
        all.contains("Ordine completato") && all.contains("Consenso dato"),
        "{all}"
    );
    let orders = page(&filo, &format!("/people/{id}?about=orders"))
        .await
        .text();
    let thread = orders.split("id=\"thread-title\"").nth(1).unwrap();
    let thread = thread.split("id=\"why\"").next().unwrap();
    assert!(
        thread.contains("Ordine completato") && !thread.contains("Consenso dato"),
        "{thread}"
    );
    let none = page(&filo, &format!("/people/{id}?q=nulla-del-genere"))
        .await
        .text();
    assert!(none.contains("Qui non c’è niente di simile."), "{none}");

    let noted = post(
        &filo,
        &format!("/people/{id}/notes"),
        "text=Teme+i+ritardi&about=worry",
    )
    .await;
    let told = page(&filo, noted.header("location").unwrap()).await.text();
    let action = told
        .split("data-toast")
        .nth(1)
        .unwrap()
        .split("action=\"")
        .nth(1)
        .unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    assert!(told.contains("Teme i ritardi"), "{told}");
    assert_eq!(post(&filo, &action, "").await.status, 303);
    assert!(
        filo.user("u-3")
            .await
            .profile
            .notes
            .newest_first()
            .is_empty()
    );

    let (a, b) = (person.identifiers[0].node, person.identifiers[1].node);
    let form = format!("a={a}&b={b}&verdict=apart");
    let ruled = post(&filo, &format!("/people/{id}/rulings"), &form).await;
    assert_eq!(filo.user("u-3").await.identifiers.len(), 1);
    let told = page(&filo, ruled.header("location").unwrap()).await.text();
    assert!(
        told.contains("data-toast") && told.contains("value=\"withdrawn\""),
        "{told}"
    );
    let back = format!("a={a}&b={b}&verdict=withdrawn");
    let again = post(&filo, &format!("/people/{id}/rulings"), &back).await;
    assert_eq!(again.status, 303);
    assert_eq!(filo.user("u-3").await.identifiers.len(), 2);
}
