//! Questions that are answered: by both roles, within their limits, and without whoever was
//! forgotten.

use super::{Answer, Filo, Kind, Role, Value, ask, json, look, post, somebody, written_down};

async fn two_people(filo: &Filo) {
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
            "traits": {"email": "anna@example.it", "firstName": "Anna"}}),
        json!({"type": "track", "userId": "anna", "messageId": "o-1", "event": "Order Completed",
            "properties": {"order_id": "A-1", "revenue": 42.5, "currency": "EUR",
                "note": "=HYPERLINK(\"x\")", "tag": "<script>alert(1)</script>"}}),
        json!({"type": "identify", "userId": "bruno", "messageId": "i-2",
            "traits": {"email": "bruno@example.it"}}),
    ])
    .await;
}

async fn rows(filo: &Filo, who: &str, statement: &str) -> Value {
    let answer = ask(filo, who, &json!({"statement": statement})).await;
    answer.ok().json()["rows"].clone()
}

async fn refused(filo: &Filo, statement: &str, form: &str) -> Value {
    let question = json!({"statement": statement, "as": form});
    let answer: Answer = ask(filo, &filo.api_key, &question).await;
    assert!(
        answer.status.is_client_error(),
        "{statement}: {}",
        answer.text()
    );
    answer.json()
}

#[tokio::test]
async fn an_answer_covers_what_was_accepted_a_moment_ago() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    let told = ask(
        &filo,
        &filo.api_key,
        &json!({"statement": "SELECT email, order_count, revenue_cents / 100.0 AS euro FROM customers ORDER BY email"}),
    )
    .await
    .ok()
    .json();
    assert_eq!(
        told["columns"][1],
        json!({"name": "order_count", "kind": "integer"})
    );
    assert_eq!(
        told["rows"],
        json!([["anna@example.it", 1, 42.5], ["bruno@example.it", 0, 0.0]])
    );
    assert_eq!(
        (&told["complete"], &told["covered"]),
        (&json!(true), &json!(false))
    );
    let question = json!({"statement": "EXPLAIN SELECT count(*) FROM events"});
    let plan = ask(&filo, &filo.api_key, &question).await.ok().json();
    assert!(
        plan["plan"].as_str().unwrap().contains("Aggregate"),
        "{plan}"
    );
}

#[tokio::test]
async fn who_sees_no_names_finds_none_out() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    let analyst = somebody(&filo, "analyst", Role::Analyst).await.text;
    for probe in [
        "SELECT count(*) FROM customers WHERE email = 'anna@example.it'",
        "SELECT count(*) FROM identifiers WHERE value LIKE 'anna%'",
        "SELECT count(*) FROM events WHERE json_text(properties, 'order_id') = 'A-1'",
        "SELECT count(*) FROM customers WHERE traits <> '{}'",
    ] {
        assert_ne!(
            rows(&filo, &filo.api_key, probe).await,
            json!([[0]]),
            "{probe}"
        );
        assert_eq!(rows(&filo, &analyst, probe).await, json!([[0]]), "{probe}");
    }
    let sum = "SELECT sum(revenue_cents) FROM customers";
    assert_eq!(rows(&filo, &analyst, sum).await, json!([[4250]]));
    let all = "statement=SELECT+*+FROM+customers+JOIN+identifiers+USING+(customer_id)";
    for form in ["page", "csv"] {
        let answer = post(
            &filo,
            "/analysis/sql",
            &analyst,
            &format!("{all}&as={form}"),
        )
        .await;
        let text = answer.ok().text();
        assert!(
            !text.contains("example.it") && !text.contains("Anna"),
            "{text}"
        );
    }
    let agent = somebody(&filo, "agent", Role::Agent).await.text;
    ask(&filo, &agent, &json!({"statement": sum})).await.is(403);
}

#[tokio::test]
async fn answers_stand_on_the_page_and_leave_as_files() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let form = "statement=SELECT+json_text(properties,+'tag')+AS+tag,+json_text(properties,+'note')+AS+note,+7+AS+n+FROM+events+WHERE+kind+%3D+'track'";
    let page = post(&filo, "/analysis/sql", &owner, &format!("{form}&as=page")).await;
    let page = page.ok().text();
    assert!(!page.contains("<script>alert"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(1)") && page.contains("class=\"number\""),
        "{page}"
    );
    let csv = post(
        &filo,
        "/analysis/sql?lang=en",
        &owner,
        &format!("{form}&as=csv"),
    )
    .await
    .ok();
    assert!(
        csv.header("content-disposition")
            .unwrap()
            .contains("filo-sql.csv")
    );
    assert!(csv.text().contains("'=HYPERLINK"), "{}", csv.text());
    let parquet = post(
        &filo,
        "/analysis/sql",
        &owner,
        &format!("{form}&as=parquet"),
    )
    .await
    .ok();
    assert!(parquet.body.starts_with(b"PAR1"));
    let by_key = ask(
        &filo,
        &filo.api_key,
        &json!({"statement": "SELECT 1 AS a", "as": "csv"}),
    )
    .await;
    assert_eq!(by_key.ok().text(), "a\r\n1\r\n");
    // An address holds no question: whoever follows it sees an empty desk.
    let empty = look(&filo, "/analysis/sql", &owner).await.ok().text();
    assert!(!empty.contains("HYPERLINK") && !empty.contains("json_text(properties, 'tag')"));
}

#[tokio::test]
async fn what_may_not_be_or_takes_too_much_says_so() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    for statement in [
        "DROP VIEW events",
        "COPY events TO '/tmp/x.csv'",
        "SET x = 1",
        "SHOW ALL",
    ] {
        let problem = refused(&filo, statement, "json").await;
        assert_eq!(problem["code"], "sql_refused", "{statement}");
        assert!(
            problem["detail"].as_str().unwrap().contains("only SELECT"),
            "{problem}"
        );
    }
    let problem = refused(&filo, "SELECT kind,\n  colour FROM events", "json").await;
    assert_eq!(problem["field"], "statement");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("line 2, column 3:") && detail.contains("colour"),
        "{detail}"
    );
    let many = "SELECT 1 FROM events a, events b, events c, events d, events e, events f, events g, events h, events i, events j, events k";
    let told = ask(&filo, &filo.api_key, &json!({"statement": many}))
        .await
        .ok()
        .json();
    assert_eq!(told["complete"], json!(false));
    assert_eq!(told["rows"].as_array().unwrap().len(), 10_000);
    let problem = refused(&filo, many, "csv").await;
    assert_eq!(
        (&problem["code"], &problem["field"]),
        (&json!("sql_limit"), &json!("rows"))
    );
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    let page = post(
        &filo,
        "/analysis/sql?lang=it",
        &owner,
        "statement=drop+view+events&as=page",
    )
    .await;
    assert!(page.is(422).text().contains("«DROP» qui non si può"));

    // Each was written down, without its text.
    let entries = written_down(&filo).await;
    assert_eq!(entries.len(), 8, "{entries:?}");
    assert!(
        entries[0].contains("ending=not_allowed rows=0"),
        "{entries:?}"
    );
    assert!(
        entries[5].contains("form=document ending=answered rows=10000"),
        "{entries:?}"
    );
    assert!(entries[6].contains("ending=too_many_rows"), "{entries:?}");
    assert!(
        entries
            .iter()
            .all(|it| !it.contains("events") && !it.contains("colour"))
    );
    let mark = |text: &str| text.split(' ').next().unwrap().to_owned();
    assert_eq!(mark(&entries[5]), mark(&entries[6]));
    assert_ne!(mark(&entries[0]), mark(&entries[1]));
}

#[tokio::test]
async fn more_at_once_than_are_worked_on_come_again() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    let question = json!({"statement": "SELECT count(*) FROM events"});
    let asked = (0..8).map(|_| ask(&filo, &filo.api_key, &question));
    let answers = futures_util::future::join_all(asked).await;
    let busy = answers.iter().filter(|it| it.status == 503);
    assert!(busy.clone().count() > 0 && busy.clone().count() < 8);
    for answer in busy {
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert!(answer.text().contains("2 questions"), "{}", answer.text());
    }
    // Whoever was let in has left again.
    assert_eq!(rows(&filo, &filo.api_key, "SELECT 1").await, json!([[1]]));
}

#[tokio::test]
async fn who_was_forgotten_is_in_no_view() {
    let filo = Filo::start().await;
    two_people(&filo).await;
    let all = "SELECT (SELECT count(*) FROM customers WHERE email LIKE 'anna%') AS c, \
               (SELECT count(*) FROM identifiers WHERE value LIKE 'anna%') AS i, \
               (SELECT count(*) FROM events WHERE json_text(properties, 'order_id') = 'A-1') AS e";
    assert_eq!(rows(&filo, &filo.api_key, all).await, json!([[1, 2, 1]]));
    let anna = filo.find(Kind::Email, "anna@example.it").await.unwrap();
    let path = format!("/api/v1/customers/{}/erasure", anna.id);
    filo.api_post(&path, &json!({"ground": "request"})).await;
    assert_eq!(rows(&filo, &filo.api_key, all).await, json!([[0, 0, 0]]));
    let left = "SELECT email FROM customers";
    assert_eq!(
        rows(&filo, &filo.api_key, left).await,
        json!([["bruno@example.it"]])
    );
}
