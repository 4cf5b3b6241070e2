//! Segments in the console, without a script: made, changed, put away and brought back, laid over
//! one another, explained; and what is said where something is wrong.

mod form;
mod people;

use filo_core::access::Role;
use filo_testkit::{Answer, Filo};
use serde_json::{Value, json};

use crate::access::{cookie, somebody, token};

/// Somebody of the company at a browser, reading Italian.
struct Desk<'a> {
    filo: &'a Filo,
    session: String,
}

impl<'a> Desk<'a> {
    async fn of(filo: &'a Filo, role: Role) -> Self {
        let session = somebody(filo, role.word(), role).await.text;
        Self { filo, session }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = self.filo.get(path).header("cookie", &cookie(&self.session));
        request.header("accept-language", "it").send().await
    }

    async fn page(&self, path: &str) -> String {
        self.get(path).await.ok().text()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("token", token(&self.session))];
        form.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let form = serde_urlencoded::to_string(form).unwrap();
        let request = self
            .filo
            .post(path)
            .header("cookie", &cookie(&self.session));
        request
            .header("accept-language", "it")
            .form(&form)
            .send()
            .await
    }
}

fn order(number: u32, user: &str) -> Value {
    json!({"type": "track", "userId": user, "event": "Order Completed",
           "messageId": format!("order-{number}"),
           "properties": {"order_id": format!("o-{number}"), "total": 20 * number, "currency": "EUR"}})
}

/// Two orders of Anna's, one of Bruno's.
async fn a_few_orders(filo: &Filo) {
    let name = |user: &str, name: &str| {
        json!({"type": "identify", "userId": user, "messageId": format!("i-{user}"),
               "traits": {"name": name, "email": format!("{user}@example.it"), "city": "Milano"}})
    };
    filo.send([
        name("anna", "Anna Ferrarini"),
        name("bruno", "Bruno Villani"),
        order(1, "anna"),
        order(2, "anna"),
        order(3, "bruno"),
    ])
    .await;
    filo.settle().await;
}

/// Everybody with at least two orders in ninety days, as the form says it.
const TWICE: &[(&str, &str)] = &[
    ("name", "Due volte"),
    ("c.kind", "group"),
    ("c.op", "all"),
    ("c.bare", "1"),
    ("c.0.kind", "orders"),
    ("c.0.figure", "count"),
    ("c.0.cmp", "at_least"),
    ("c.0.n1", "2"),
    ("c.0.win", "last"),
    ("c.0.amount", "90"),
    ("c.0.unit", "days"),
];

fn with<'a>(
    fields: &[(&'a str, &'a str)],
    changed: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed).copied().collect()
}

async fn made(desk: &Desk<'_>, fields: &[(&str, &str)]) -> String {
    let answer = desk
        .post("/segments", &with(fields, &[("act", "save")]))
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let there = answer.header("location").unwrap();
    let id = there.strip_prefix("/segments/").unwrap();
    desk.filo.app.segments_settled().await.unwrap();
    id.split('?').next().unwrap().to_owned()
}

async fn condition(filo: &Filo, id: &str) -> Value {
    filo.api_get(&format!("/api/v1/segments/{id}")).await["condition"].clone()
}

#[tokio::test]
async fn a_segment_is_made_by_the_form_and_its_page_tells_who_and_why() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let empty = desk.page("/segments").await;
    assert!(empty.contains("Ancora nessun segmento") && empty.contains("example=sleeping"));
    a_few_orders(&filo).await;
    let example = desk.page("/segments/new?example=regulars").await;
    assert!(example.contains("value=\"Clienti abituali\"") && example.contains("value=\"90\""));

    let id = made(&desk, TWICE).await;
    let wanted = json!({"orders": {"figure": "count", "is": {"at_least": 2}, "during": {"last": "90 days"}}});
    assert_eq!(condition(&filo, &id).await, wanted);
    let list = desk.page("/segments").await;
    assert!(
        list.contains("Due volte") && list.contains("Ha almeno 2 ordini"),
        "{list}"
    );
    let page = desk
        .page(&format!("/segments/{id}?done=segment-made"))
        .await;
    assert!(
        page.contains("Segmento creato.") && page.contains("Anna Ferrarini"),
        "{page}"
    );
    assert!(!page.contains("Bruno Villani"));
    assert!(
        page.contains("Dentro dal") && page.contains("da domani"),
        "{page}"
    );

    let anna = filo.user("anna").await.id;
    let why = desk.page(&format!("/segments/{id}/people/{anna}")).await;
    assert!(
        why.contains("È nel segmento «Due volte».") && why.contains("verdict good"),
        "{why}"
    );
    assert!(why.contains("Resta così fino al"));
    let found = desk
        .page(&format!("/segments/{id}/people?search=bruno"))
        .await;
    assert!(
        found.contains("Bruno Villani") && found.contains("Fuori"),
        "{found}"
    );
    let person = desk.page(&format!("/people/{anna}")).await;

    filo.advance(std::time::Duration::from_secs(2 * 86_400));
    filo.send([order(4, "bruno")]).await;
    filo.settle().await;
    filo.app.segments_settled().await.unwrap();
    let later = Desk::of(&filo, Role::Owner).await;
    let page = later.page(&format!("/segments/{id}")).await;
    assert!(page.contains("<svg class=\"chart\""), "{page}");
    assert!(
        page.contains("Bruno Villani") && page.contains("per ciò che è successo"),
        "{page}"
    );
    assert!(later.page("/segments").await.contains("+1"));
    assert!(
        person.contains(&format!("href=\"/segments/{id}/people/{anna}\"")),
        "{person}"
    );
}

/// The fields of a form as a browser sends them.
fn fields_of(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form class=\"builder\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let of = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?;
        let value = value.split('"').next()?;
        Some(
            value
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        )
    };
    let mut fields = Vec::new();
    for (place, _) in form.match_indices('<') {
        let rest = &form[place..];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        let Some(name) = of(tag, "name").filter(|_| !tag.starts_with("<button")) else {
            continue;
        };
        let is_box = tag.contains("type=\"checkbox\"");
        if tag.starts_with("<input") && (!is_box || tag.contains(" checked")) {
            fields.push((name, of(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("<textarea") {
            let text = rest[tag.len() + 1..].split("</textarea>").next().unwrap();
            fields.push((name, text.replace("&quot;", "\"").replace("&amp;", "&")));
        } else if tag.starts_with("<select") {
            let options = rest.split("</select>").next().unwrap();
            let chosen = options.split("<option").find(|it| it.contains(" selected"));
            let first = options.split("<option").nth(1);
            let value = chosen.or(first).and_then(|it| of(it, "value"));
            fields.push((name, value.unwrap_or_default()));
        }
    }
    fields.retain(|(name, _)| name != "token" && name != "act");
    fields
}

/// Whoever is in another segment.
fn within(other: &str) -> [(&str, &str); 5] {
    [
        ("name", "Dentro"),
        ("c.kind", "group"),
        ("c.bare", "1"),
        ("c.0.kind", "segment"),
        ("c.0.segment", other),
    ]
}

#[tokio::test]
async fn segments_are_put_away_brought_back_and_laid_over_one_another() {
    let filo = Filo::start().await;
    a_few_orders(&filo).await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let twice = made(&desk, TWICE).await;
    let everybody = [("name", "Tutti"), ("c.kind", "group"), ("c.op", "all")];
    let all = made(&desk, &everybody).await;
    let inside = made(&desk, &within(&twice)).await;

    let page = desk
        .page(&format!(
            "/segments/{all}/overlap?with={twice}&with=&with={inside}"
        ))
        .await;
    assert!(
        page.contains("In tutti e due: 50 % di questo, 100 % dell’altro."),
        "{page}"
    );
    assert!(page.contains("class=\"matrix\""));
    assert!(
        desk.page(&format!("/segments/{all}/overlap"))
            .await
            .contains("Scegli almeno un altro")
    );
    desk.get(&format!("/segments/{all}/overlap?with=x"))
        .await
        .is(404);

    let away = desk.post(&format!("/segments/{all}/archiving"), &[]).await;
    let back = away.header("location").unwrap().to_owned();
    let list = desk.page(&back).await;
    assert!(
        list.contains(&format!("action=\"/segments/{all}/restoring\"")),
        "{list}"
    );
    assert!(desk.page("/segments?show=away").await.contains("Tutti"));
    let page = desk.page(&format!("/segments/{all}")).await;
    assert!(
        page.contains("Messo via il") && !page.contains("/edit"),
        "{page}"
    );
    let back = desk.post(&format!("/segments/{all}/restoring"), &[]).await;
    assert_eq!(
        back.header("location").unwrap(),
        format!("/segments/{all}?done=segment-back")
    );
}

#[tokio::test]
async fn what_others_are_made_of_stays_and_nothing_is_made_of_itself() {
    let filo = Filo::start().await;
    let desk = Desk::of(&filo, Role::Marketer).await;
    let twice = made(&desk, TWICE).await;
    let inside = made(&desk, &within(&twice)).await;
    let refused = desk
        .post(&format!("/segments/{twice}/archiving"), &[])
        .await
        .is(409)
        .text();
    assert!(
        refused.contains("Altri segmenti ne sono fatti") && refused.contains("Dentro"),
        "{refused}"
    );
    let circle = with(
        TWICE,
        &[
            ("version", "1"),
            ("c.0.kind", "segment"),
            ("c.0.segment", &*inside),
            ("act", "save"),
        ],
    );
    let page = desk
        .post(&format!("/segments/{twice}"), &circle)
        .await
        .is(422)
        .text();
    assert!(page.contains("chiederebbe di sé stesso"), "{page}");
}
