//! Computed traits in the console, without a script: made with a look at some values, changed,
//! found on a person's page, put away and brought back; and what is said where something is wrong.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::json;

use crate::access::{cookie, somebody, token};

/// Somebody of the company at a browser, reading Italian.
struct Desk<'a> {
    filo: &'a Filo,
    session: String,
}

impl Desk<'_> {
    async fn page(&self, path: &str) -> String {
        let request = self.filo.get(path).header("cookie", &cookie(&self.session));
        let answer = request.header("accept-language", "it").send().await;
        answer.ok().text()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("token", token(&self.session))];
        form.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let request = self.filo.post(path);
        request
            .header("cookie", &cookie(&self.session))
            .header("accept-language", "it")
            .form(&serde_urlencoded::to_string(form).unwrap())
            .send()
            .await
    }
}

const COFFEES: [(&str, &str); 9] = [
    ("label", "Caffè bevuti"),
    ("version", "0"),
    ("c.0.made", "events"),
    ("c.0.name", "Order Completed"),
    ("c.0.event", "track"),
    ("c.0.take", "count"),
    ("c.0.win", "last"),
    ("c.0.amount", "90"),
    ("c.0.unit", "days"),
];

async fn a_few_orders(filo: &Filo) {
    let order = |number: u32, user: &str| {
        json!({"type": "track", "userId": user, "event": "Order Completed",
               "messageId": format!("order-{number}"),
               "properties": {"order_id": format!("o-{number}"), "revenue": 20, "currency": "EUR"}})
    };
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
               "traits": {"name": "Anna Ferrarini", "points": 5}}),
        order(1, "anna"),
        order(2, "anna"),
    ])
    .await;
    filo.settle().await;
}

fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_kept = |field: &&(&str, &str)| changed.iter().all(|(name, _)| *name != field.0);
    let kept = COFFEES.iter().filter(is_kept);
    kept.chain(changed).copied().collect()
}

/// The address of one that is made by the form.
async fn made(desk: &Desk<'_>, fields: &[(&str, &str)]) -> String {
    let made = desk.post("/computed-traits", fields).await.is(303);
    desk.filo.app.segments_settled().await.unwrap();
    let there = made.header("location").unwrap();
    there.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn one_is_tried_made_and_found_on_a_persons_page() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let desk = Desk {
        filo: &filo,
        session,
    };
    a_few_orders(&filo).await;
    let empty = desk.page("/computed-traits").await;
    assert!(empty.contains("Ancora nessuna caratteristica calcolata"));
    assert!(
        desk.page("/segments")
            .await
            .contains("href=\"/computed-traits\"")
    );
    let new = desk.page("/computed-traits/new").await;
    assert!(new.contains("Nuova caratteristica"));

    let tried = desk
        .post("/computed-traits", &with(&[("act", "check")]))
        .await;
    let tried = tried.ok().text();
    assert!(tried.contains("Uno su 1") && tried.contains("Anna Ferrarini"));
    assert!(
        tried.contains("value=\"Caffè bevuti\""),
        "what was typed is there"
    );
    let filtered = desk
        .post("/computed-traits", &with(&[("act", "filter:c.0:")]))
        .await;
    assert!(filtered.ok().text().contains("c.0.w0_field"));

    let made = desk
        .post("/computed-traits", &with(&[("act", "save")]))
        .await
        .is(303);
    let there = made.header("location").unwrap().to_owned();
    filo.app.segments_settled().await.unwrap();
    let page = desk.page(&there).await;
    assert!(page.contains("Caratteristica creata."));
    assert!(page.contains("Quante volte ha fatto un ordine negli ultimi 90 giorni."));
    assert!(page.contains("caffè_bevuti"));
    let here = there.split('?').next().unwrap();
    let anna = format!("/people/{}", filo.user("anna").await.id);
    assert!(
        desk.page(&anna)
            .await
            .contains(&format!("href=\"{here}\">Caffè bevuti</a>"))
    );
    assert!(
        desk.page("/segments/new")
            .await
            .contains("<option value=\"caffè_bevuti\">Caffè bevuti")
    );
}

#[tokio::test]
async fn one_is_changed_used_put_away_and_brought_back() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let desk = Desk {
        filo: &filo,
        session,
    };
    a_few_orders(&filo).await;
    let here = &made(&desk, &with(&[("act", "save")])).await;
    let anna = format!("/people/{}", filo.user("anna").await.id);
    let edit = desk.page(&format!("{here}/edit")).await;
    assert!(edit.contains("value=\"Order Completed\""));
    let wider = with(&[
        ("act", "save"),
        ("version", "1"),
        ("label", "Caffè di sempre"),
        ("c.0.win", "ever"),
    ]);
    desk.post(here, &wider).await.is(303);
    // Whoever saw the version before is told so, and keeps what was typed.
    let late = desk.post(here, &wider).await.is(409).text();
    assert!(late.contains("Intanto qualcun altro") && late.contains("Caffè di sempre"));
    filo.app.segments_settled().await.unwrap();

    let formula = [
        ("label", "Spesa"),
        ("key", "spesa_a_visita"),
        ("version", "0"),
        ("c.0.made", "formula"),
        ("c.0.formula", "points / caffè_bevuti"),
        ("act", "save"),
    ];
    let each = made(&desk, &formula).await;
    assert!(
        desk.page(&each)
            .await
            .contains("dove caffè_bevuti è «Caffè di sempre»")
    );
    assert!(desk.page(&anna).await.contains("2,5"));
    let used = desk.page(here).await;
    assert!(used.contains("Spesa") && !used.contains("/archiving"));
    let refused = desk
        .post(&format!("{here}/archiving"), &[])
        .await
        .is(409)
        .text();
    assert!(refused.contains("Non si può mettere via"));

    let away = desk.post(&format!("{each}/archiving"), &[]).await.is(303);
    let list = desk.page(away.header("location").unwrap()).await;
    assert!(list.contains("«Spesa» messa via.") && list.contains(&format!("{each}/restoring")));
    desk.post(&format!("{each}/restoring"), &[]).await.is(303);
    assert!(desk.page("/computed-traits").await.contains(&each));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let desk = Desk {
        filo: &filo,
        session,
    };
    a_few_orders(&filo).await;
    let formula = ("c.0.made", "formula");
    for (changed, status, said) in [
        (vec![("c.0.name", "")], 422, "Scrivi che cosa è successo"),
        (
            vec![("c.0.take", "sum")],
            422,
            "Scrivi il campo di cui si guarda il valore.",
        ),
        (vec![("c.0.amount", "x")], 422, "Scrivi quanto tempo"),
        (
            vec![formula, ("c.0.formula", "points %")],
            422,
            "Riga 1, colonna 8: «%»",
        ),
        (
            vec![formula, ("c.0.formula", "sqrt(points)")],
            422,
            "le funzioni sono",
        ),
        (
            vec![formula, ("key", "a"), ("c.0.formula", "a + 1")],
            422,
            "sarebbe fatta di sé stessa",
        ),
        (vec![("key", "city")], 422, "Filo conosce già"),
        (vec![("label", "")], 422, "Scrivi un nome"),
        (vec![("key", "points")], 409, "è già preso"),
    ] {
        let mut fields = with(&changed);
        fields.push(("act", "save"));
        let answer = desk
            .post("/computed-traits", &fields)
            .await
            .is(status)
            .text();
        assert!(answer.contains(said), "{said}");
    }
    assert!(filo.app.computed_traits().await.unwrap().is_empty());
}
