//! Content in the console, without a script: a piece begun from an example, written, tried with a
//! person, looked at in its frame, put away and brought back; offers and the voice beside it.

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
        let request = self.filo.post(path);
        request
            .header("cookie", &cookie(&self.session))
            .header("accept-language", "it")
            .form(&serde_urlencoded::to_string(form).unwrap())
            .send()
            .await
    }
}

async fn desk(filo: &Filo) -> Desk<'_> {
    let session = somebody(filo, "m", Role::Marketer).await.text;
    Desk { filo, session }
}

/// The path of where a form leads.
fn there(answer: &Answer) -> String {
    let location = answer.header("location").unwrap();
    location.split('?').next().unwrap().to_owned()
}

const MAIL: [(&str, &str); 5] = [
    ("medium", "email"),
    ("in", "it"),
    ("tone", "friendly"),
    ("variant", "a"),
    ("version", "1"),
];

fn mail<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = MAIL
        .iter()
        .filter(|field| fields.iter().all(|(name, _)| *name != field.0));
    kept.chain(fields).copied().collect()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_piece_is_begun_written_tried_and_put_away() {
    let filo = Filo::start().await;
    let desk = desk(&filo).await;
    filo.send([
        json!({"type": "identify", "userId": "anna", "messageId": "i-1",
        "traits": {"name": "Anna Ferrarini"}}),
    ])
    .await;
    filo.settle().await;
    assert!(
        desk.page("/pieces")
            .await
            .contains("Ancora nessun contenuto")
    );
    assert!(
        desk.page("/pieces/new")
            .await
            .contains("Carrello lasciato a metà")
    );
    let piece = there(
        &desk
            .post("/pieces", &[("starter", "welcome")])
            .await
            .is(303),
    );
    let page = desk.page(&piece).await;
    assert!(
        page.contains("Piacere di conoscerti") && page.contains("Niente da dire"),
        "{page}"
    );
    let frame = desk
        .get(&format!(
            "{piece}/frame?medium=email&in=it&tone=formal&dark=dark"
        ))
        .await
        .ok();
    let policy = frame.header("content-security-policy").unwrap().to_owned();
    assert!(
        policy.contains("sandbox") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert!(frame.text().contains("Piacere di conoscerLa") && frame.text().contains("@media all"));

    // What is typed is checked and looked at before it is saved.
    let typed = mail(&[
        ("subject", "Ciao"),
        ("text", "Clicca qui, {{ frist_name }}"),
        ("act", "check"),
        ("who", "Ferrarini"),
    ]);
    let tried = desk.post(&piece, &typed).await.ok().text();
    assert!(
        tried.contains("forse volevi dire first_name") && tried.contains("lo dicono tutti"),
        "{tried}"
    );
    assert!(tried.contains("Clicca qui, {{ frist_name }}") && tried.contains("Anna Ferrarini"));
    let refused = mail(&[
        ("subject", "Ciao"),
        ("text", "{{ frist_name }}"),
        ("act", "save"),
    ]);
    desk.post(&piece, &refused).await.is(422);
    let person = filo.user("anna").await.id.to_string();
    let good = [
        ("subject", "Ciao"),
        ("text", "Ciao {{ first_name | default(\"a te\") }}"),
        ("person", person.as_str()),
    ];
    let frame = desk
        .post(&format!("{piece}/frame"), &mail(&good))
        .await
        .ok()
        .text();
    assert!(frame.contains("Ciao Anna"), "{frame}");
    let saved = mail(&[&good[..], &[("act", "save")]].concat());
    let answer = desk.post(&piece, &saved).await.is(303);
    assert!(
        answer
            .header("location")
            .unwrap()
            .contains("done=content-saved")
    );
    // Somebody else saved meanwhile: what was typed is kept, and saving again is a decision.
    let late = desk.post(&piece, &saved).await.is(409).text();
    assert!(late.contains("Intanto qualcun altro") && late.contains("Ciao {{ first_name"));

    let history = desk.page(&format!("{piece}/history")).await;
    assert!(
        history.contains("Versione 2") && history.contains("E-mail Italiano Amichevole"),
        "{history}"
    );
    desk.post(&format!("{piece}/return"), &[("version", "2"), ("to", "1")])
        .await
        .is(303);
    assert!(desk.page(&piece).await.contains("Piacere di conoscerti"));
    let removed = mail(&[("version", "3"), ("act", "remove")]);
    desk.post(&piece, &removed).await.is(303);
    let copy = there(&desk.post(&format!("{piece}/copying"), &[]).await.is(303));
    assert!(desk.page(&copy).await.contains("Benvenuto (copia)"));
    let away = desk.post(&format!("{copy}/archiving"), &[]).await.is(303);
    let list = desk.page(away.header("location").unwrap()).await;
    assert!(
        list.contains("messo via") && list.contains("/restoring"),
        "{list}"
    );
    desk.post(&format!("{copy}/restoring"), &[]).await.is(303);
}

#[tokio::test]
async fn details_variations_and_the_line_why_are_kept() {
    let filo = Filo::start().await;
    let desk = desk(&filo).await;
    let piece = there(&desk.post("/pieces", &[("name", "Prova")]).await.is(303));
    let wrong = desk.post("/pieces", &[("name", " ")]).await.is(422).text();
    assert!(wrong.contains("Scrivi un nome"));
    let details = |variations| {
        vec![
            ("version", "1"),
            ("name", "Prova"),
            ("purpose", "marketing"),
            ("class", "service"),
            ("stage", "lost"),
            ("pillar", "Il mestiere"),
            ("promotion", ""),
            ("variations-it", variations),
            ("variations-en", ""),
            ("why-it", "Il {{ reason.day }}"),
            ("why-en", ""),
        ]
    };
    let refused = desk
        .post(&format!("{piece}/details"), &details("saluto: Ciao, 20%"))
        .await
        .is(422)
        .text();
    assert!(
        refused.contains("saluto: Ciao, 20%") && refused.contains("non può cambiare"),
        "{refused}"
    );
    desk.post(
        &format!("{piece}/details"),
        &details("saluto: Ciao | Eccoci\nsaluto (formal): Buongiorno"),
    )
    .await
    .is(303);
    let again = desk.page(&format!("{piece}/edit")).await;
    assert!(
        again.contains("saluto: Ciao | Eccoci") && again.contains("saluto (formal): Buongiorno")
    );
    assert!(desk.page("/pieces").await.contains("Il mestiere"));
    let map = desk.page("/pieces/map").await;
    assert!(map.contains("vuoti") && map.contains("manca"));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_offer_and_the_voice_are_written_without_a_script() {
    let filo = Filo::start().await;
    let desk = desk(&filo).await;
    assert!(
        desk.page("/promotions")
            .await
            .contains("Ancora nessuna promozione")
    );
    let wrong = desk
        .post("/promotions", &[("name", "Festa"), ("terms_it", "")])
        .await
        .is(422)
        .text();
    assert!(wrong.contains("Scrivi le condizioni") && wrong.contains("value=\"Festa\""));
    let fields = [
        ("name", "Festa"),
        ("terms_it", "due al prezzo di uno"),
        ("code", "DUE"),
        ("ends_on", "2031-12-31"),
        ("media", "email"),
        ("media", "sms"),
        ("shops", "via Roma\nPorta Nuova"),
    ];
    let offer = there(&desk.post("/promotions", &fields).await.is(303));
    let page = desk.page(&offer).await;
    assert!(page.contains("due al prezzo di uno") && page.contains("In nessun contenuto"));
    let piece = there(&desk.post("/pieces", &[("name", "Prova")]).await.is(303));
    let id = offer.rsplit('/').next().unwrap();
    let details = [
        ("version", "1"),
        ("name", "Prova"),
        ("purpose", "marketing"),
        ("class", "marketing"),
        ("stage", ""),
        ("pillar", ""),
        ("promotion", id),
        ("variations-it", ""),
        ("variations-en", ""),
        ("why-it", ""),
        ("why-en", ""),
    ];
    desk.post(&format!("{piece}/details"), &details)
        .await
        .is(303);
    let told = mail(&[
        ("version", "2"),
        ("subject", "Ciao"),
        ("text", "Solo il 20% in meno"),
        ("act", "check"),
    ]);
    let tried = desk.post(&piece, &told).await.ok().text();
    assert!(
        tried.contains("le cifre di un’offerta") && tried.contains("non dice le condizioni"),
        "{tried}"
    );
    let refused = desk
        .post(&format!("{offer}/archiving"), &[])
        .await
        .is(409)
        .text();
    assert!(refused.contains("Non si può mettere via"));

    let voice = |words: &'static str| {
        vec![
            ("version", "0"),
            ("tone", "formal"),
            ("address", "Via Roma 12, Trieste"),
            ("banned", "super"),
            ("allowed", ""),
            ("emoji_most", "1"),
            ("exclamations_most", "1"),
            ("sentence_words_most", words),
            ("ease_least", "60"),
        ]
    };
    let wrong = desk
        .post("/pieces/voice", &voice("molte"))
        .await
        .is(422)
        .text();
    assert!(wrong.contains("Un numero da 8 a 60") && wrong.contains("Via Roma 12"));
    desk.post("/pieces/voice", &voice("20")).await.is(303);
    assert!(desk.page("/pieces/voice").await.contains("Via Roma 12"));
    desk.post("/pieces/voice", &voice("20")).await.is(409);
}
