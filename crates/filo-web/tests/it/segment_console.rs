//! Segments in the console, without a script: made, changed, put away and brought back, laid over
//! one another, explained; and what is said where something is wrong.

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
