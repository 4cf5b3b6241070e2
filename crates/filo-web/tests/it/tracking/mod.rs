//! Clicks and opens of mails: out of the mail as a server got it, over the company's page, to the
//! numbers, and onto the thread of who said yes to that.

mod aggregate;
mod console;
mod individual;
mod link;

use std::time::Duration;

use filo_testkit::{Answer, Filo, MailServer, MailServerOptions};
use http::Method;
use mail_parser::MessageParser;
use serde_json::{Value, json};

use crate::journey::{by_lead, lead, settled, start};
use crate::message_journey::nobody_held_back;

const PAGES: &str = "https://scelte.rossi.it";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15";
/// Longer than a verdict takes.
const OVER: Duration = Duration::from_secs(17 * 60);
const MENU: &str = "https://rossi.it/menu?a=1&b=2";
const SHOP: &str = "https://rossi.it/negozio";
const MAP: &str = "http://rossi.it/mappa";

/// A Filo that mails over a real server, with a journey whose one step sends three links to
/// everybody, one of their own, and two that are no addresses of the web.
struct Post {
    filo: Filo,
    server: MailServer,
    journey: String,
    piece: String,
}

/// A mail as the server got it.
struct Mail {
    raw: Vec<u8>,
    html: String,
    text: String,
}

impl Mail {
    /// The addresses of its links, in order.
    fn links(&self) -> Vec<String> {
        let parts = self.html.split("href=\"").skip(1);
        let links = parts.filter_map(|part| part.split('"').next());
        links.map(|link| link.replace("&amp;", "&")).collect()
    }

    /// Those that are led over, as paths.
    fn led(&self) -> Vec<String> {
        let head = format!("{PAGES}/c/");
        let led = self.links().into_iter().filter(|it| it.starts_with(&head));
        led.map(|it| it[PAGES.len()..].to_owned()).collect()
    }

    /// Where its picture lies, as a path.
    fn pixel(&self) -> Option<String> {
        let at = self.html.find(&format!("{PAGES}/o/"))?;
        let rest = &self.html[at + PAGES.len()..];
        rest.split('"').next().map(str::to_owned)
    }
}

impl Post {
    async fn start() -> Self {
        let server = MailServer::start(MailServerOptions::default()).await;
        let filo =
            Filo::start_with(|config| config.public_pages_url = Some(PAGES.to_owned())).await;
        nobody_held_back(&filo).await;
        let account = json!({"server": {"host": "localhost", "port": server.address.port(),
            "security": "none", "own_relay": true}, "from_address": "ciao@rossi.it", "version": 0});
        put(&filo, "/api/v1/mail", &account).await.ok();
        let text = format!(
            "Ciao. [Il menu]({MENU}) e [il negozio]({SHOP}).\n\n[Dove siamo]({MAP}) o \
             [scrivici](mailto:ciao@rossi.it). [La tua pagina](https://rossi.it/di/{{{{ first_name }}}})."
        );
        let piece = json!({"name": "Grazie", "purpose": "marketing", "class": "marketing",
            "adaptations": [{"medium": "email", "language": "it",
                             "fields": {"subject": "Grazie", "text": text}}]});
        let made = filo
            .api_post("/api/v1/pieces", &json!({ "piece": piece }))
            .await;
        let piece = made["id"].as_str().unwrap().to_owned();
        let steps = json!([{"id": "hello", "do": {"send": {"piece": piece, "value": 9}}},
                           {"id": "later", "do": {"wait": {"for": "8 weeks"}}}]);
        let journey = start(&filo, by_lead(steps)).await;
        Self {
            filo,
            server,
            journey,
            piece,
        }
    }

    /// Somebody who wants marketing by mail, and more if it is said.
    async fn somebody(&self, user: &str, more: &[&str]) -> String {
        let email = format!("{user}@example.it");
        let mut calls = vec![json!({"type": "identify", "userId": user,
            "messageId": format!("who-{user}"),
            "traits": {"email": email, "firstName": user}})];
        for purpose in [&["marketing"], more].concat() {
            calls.push(
                json!({"type": "track", "event": "Consent Granted", "userId": user,
                "messageId": format!("yes-{user}-{purpose}"),
                "properties": {"purpose": purpose, "channel": "email", "basis": "consent",
                               "proof": "al banco"}}),
            );
        }
        self.filo.send(calls).await;
        self.filo.user(user).await.id.to_string()
    }

    /// The mail that somebody gets for a lead.
    async fn mail(&self, user: &str) -> Mail {
        let before = self.server.received().len();
        let number = u32::try_from(before).unwrap();
        self.filo.send([lead(user, number)]).await;
        settled(&self.filo).await;
        self.filo.app.send_messages().await.unwrap();
        let received = self.server.received();
        assert_eq!(received.len(), before + 1, "one mail to {user}");
        let raw = received.last().unwrap().data.clone();
        let message = MessageParser::default().parse(&raw).unwrap();
        let html = message.body_html(0).unwrap().into_owned();
        let text = message.body_text(0).unwrap().into_owned();
        Mail { raw, html, text }
    }

    async fn mode(&self, mode: &str, more: Value) {
        let version = self.filo.api_get("/api/v1/settings/tracking").await["version"].clone();
        let mut body = json!({"mode": mode, "version": version});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        put(&self.filo, "/api/v1/settings/tracking", &body)
            .await
            .ok();
    }

    async fn individual(&self) {
        let more = json!({"purpose": "email_tracking", "counts_opens": true});
        self.mode("individual", more).await;
    }

    /// Somebody follows an address.
    async fn come(&self, path: &str, agent: &str) -> Answer {
        let request = self.filo.get(path).header("user-agent", agent);
        request.header("host", "scelte.rossi.it").send().await
    }

    /// Everything that was followed is judged.
    async fn judge(&self) {
        self.filo.advance(OVER);
        self.filo.app.judge_clicks().await.unwrap();
        settled(&self.filo).await;
    }

    /// What was counted of the step: people and machines.
    async fn counted(&self) -> (i64, i64) {
        let step = self.figures().await;
        let number = |key: &str| step[key].as_i64().unwrap_or(0);
        (number("people"), number("machines"))
    }

    async fn figures(&self) -> Value {
        let path = format!("/api/v1/journeys/{}/clicks", self.journey);
        self.filo.api_get(&path).await["data"][0].clone()
    }

    /// The events of a name on somebody's thread.
    async fn events(&self, user: &str, name: &str) -> Vec<filo_core::event::Event> {
        let id = self.filo.user(user).await.id;
        let thread = self.filo.thread(id).await.into_iter();
        thread.filter(|event| event.name == name).collect()
    }
}

async fn put(filo: &Filo, path: &str, body: &Value) -> Answer {
    let request = filo.request(Method::PUT, path).bearer(&filo.api_key);
    request.json(body).send().await
}

fn location(answer: &Answer) -> &str {
    answer.headers["location"].to_str().unwrap()
}
