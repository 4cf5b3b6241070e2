//! Holes that comparable products had, each tried on Filo. A test is named after the advisory, or
//! after the class where there are several; its comment says what would let it through.

mod access;
mod answers;
mod bombs;
mod forms;
mod injection;
mod markup;
mod secrets;

use filo_testkit::{Answer, Filo};
use http::Method;
use serde_json::json;

use crate::hostile::log_in;

/// The name of a message that might lie in the folder.
const KEPT: &str = "00000000000000000001-mes_00000000000000000000000001";

/// A Filo with two people, something in quarantine, and somebody at the console.
struct House {
    filo: Filo,
    cookie: String,
    /// What the forms of this session carry.
    token: String,
    /// A customer, a quarantined event and a key.
    person: String,
    quarantined: String,
    key: String,
}

impl House {
    async fn open() -> Self {
        Self::of(Filo::start().await).await
    }

    async fn of(filo: Filo) -> Self {
        filo.send([
            json!({"type": "identify", "userId": "u-1", "messageId": "i-1",
                   "traits": {"email": "anna@example.it", "firstName": "Anna"}}),
            json!({"type": "identify", "userId": "u-2", "messageId": "i-2",
                   "traits": {"email": "bruno@example.it", "firstName": "Bruno"}}),
            json!({"type": "track", "userId": "u-1", "messageId": "bad-1"}),
        ])
        .await;
        let person = filo.user("u-1").await.id.to_string();
        let quarantine = filo.api_get("/api/v1/quarantine").await;
        let keys = filo.api_get("/api/v1/keys").await;
        let cookie = log_in(&filo).await;
        let page = filo
            .get("/quarantine")
            .header("cookie", &cookie)
            .send()
            .await;
        let text = page.text();
        let token = text.split("name=\"token\" value=\"").nth(1).unwrap();
        Self {
            token: token.split('"').next().unwrap().to_owned(),
            quarantined: quarantine["data"][0]["id"].as_str().unwrap().to_owned(),
            key: keys["data"][0]["id"].as_str().unwrap().to_owned(),
            cookie,
            person,
            filo,
        }
    }

    /// A page, as the person at the console sees it.
    async fn page(&self, path: &str) -> Answer {
        self.filo
            .get(path)
            .header("cookie", &self.cookie)
            .send()
            .await
    }

    /// Every page that somebody can come to, with an id of something that is there.
    fn pages(&self) -> Vec<String> {
        let pages = routes("get")
            .into_iter()
            // An icon is no page, nor is a file to save, and the stream of the live page has no end.
            .filter(|path| path != "/favicon.svg" && path != "/live/events")
            .filter(|path| !path.ends_with(".json") && path != PICTURE);
        let found = pages.map(|path| {
            let path = path
                .replace("{id}", self.id_for(&path))
                .replace("{code}", "invalid")
                .replace("{name}", KEPT);
            let node = self.person.replace("cus_", "idn_");
            match path.as_str() {
                it if it.ends_with("/rulings/preview") => {
                    format!("{path}?a={node}&b={node}&verdict=apart")
                }
                it if it.ends_with("/joins/preview") => format!("{path}?who=bruno@example.it"),
                _ => path,
            }
        });
        let pages: Vec<String> = found.collect();
        assert!(pages.len() >= 12, "{pages:?}");
        pages
    }

    /// Every form's address.
    fn forms(&self) -> Vec<String> {
        let found = routes("post").into_iter().map(|path| {
            let filled = path.replace("{id}", self.id_for(&path));
            filled.replace("{note}", &self.person.replace("cus_", "evt_"))
        });
        let forms: Vec<String> = found.collect();
        assert!(forms.len() >= 10, "{forms:?}");
        forms
    }

    fn id_for(&self, path: &str) -> &str {
        match path.split('/').nth(1) {
            Some("people") => &self.person,
            Some("quarantine") => &self.quarantined,
            Some("keys") => &self.key,
            _ => "inc_00000000000000000000000001",
        }
    }

    /// Every operation of the API, with ids of things that are there.
    async fn operations(&self) -> Vec<(Method, String)> {
        let document = self.filo.get("/api/openapi.json").send().await.json();
        let mut found = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            let id = match path.split('/').nth(3) {
                Some("customers") => &self.person,
                Some("quarantine") => &self.quarantined,
                Some("keys") => &self.key,
                Some("sources") => "1",
                Some("audiences") => "aud_00000000000000000000000001",
                Some("mail") => "mrt_00000000000000000000000001",
                Some("webhooks") => "whk_00000000000000000000000001",
                Some("imports") => "imp_00000000000000000000000001",
                Some("pieces") => "pce_00000000000000000000000001",
                Some("promotions") => "prm_00000000000000000000000001",
                Some("journeys") => "jrn_00000000000000000000000001",
                Some("runs") => "run_00000000000000000000000001",
                Some("tasks") => "tsk_00000000000000000000000001",
                Some("computed-traits") => "ctr_00000000000000000000000001",
                Some("lists") => "lst_00000000000000000000000001",
                Some("segments") => "seg_00000000000000000000000001",
                Some("messages") => "mes_00000000000000000000000001",
                Some("personas") => "prs_00000000000000000000000001",
                Some("persona-searches") => "prn_00000000000000000000000001",
                Some("erasures") => "era_00000000000000000000000001",
                Some("data-requests") => "dsr_00000000000000000000000001",
                Some("suppressions") => "sup_00000000000000000000000001",
                Some("users") => "usr_00000000000000000000000001",
                Some("invites") => "inv_00000000000000000000000001",
                Some("annotations") => "ann_00000000000000000000000001",
                Some("alerts") => "alt_00000000000000000000000001",
                Some("alert-rules") => "alr_00000000000000000000000001",
                Some("saved-queries") => "sqy_00000000000000000000000001",
                Some("settings") => "trl_00000000000000000000000001",
                _ => "inc_00000000000000000000000001",
            };
            let address = path
                .replace("{id}", id)
                .replace("{name}", KEPT)
                .replace("{act}", "0123456789abcdef0123456789abcdef")
                .replace("{delivery}", "msg_00000000000000000000000001")
                .replace("{which}", "whole")
                .replace("{customer}", &self.person);
            let address = address.replace("{note}", &self.person.replace("cus_", "evt_"));
            // The live feed has no end.
            if path == "/api/v1/feed" {
                continue;
            }
            for method in item.as_object().unwrap().keys() {
                let method = method.to_uppercase().parse().unwrap();
                found.push((method, address.clone()));
            }
        }
        assert!(found.len() >= 25, "{found:?}");
        found
    }

    /// Everything that a request can change, in one text.
    async fn state(&self) -> String {
        let hash = self.filo.app.state_hash().await.unwrap();
        let audit = self.filo.app.audit_head().await.unwrap();
        let mut keys = self.filo.api_get("/api/v1/keys").await;
        for key in keys["data"].as_array_mut().unwrap() {
            // Trying a key is using it.
            key["last_used_at"] = json!(null);
        }
        let quarantine = self.filo.api_get("/api/v1/quarantine?status=all").await;
        let committed = self.filo.app.status().committed;
        format!("{hash} {audit} {keys} {quarantine} {committed}")
    }
}

/// How a message looks on a site: drawn in a frame of a settings page, with the company's colours,
/// under a policy of its own.
const PICTURE: &str = "/settings/channels/in_app/preview";

/// The console's table of routes is read from its source: a new route is tried without anybody
/// remembering to.
fn routes(method: &str) -> Vec<String> {
    let table = include_str!("../../../src/console/mod.rs");
    let lines = table.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix(".route(\"")?;
        let (path, handler) = rest.split_once('"')?;
        let call = format!("{method}(");
        let has = handler.contains(&format!(" {call}")) || handler.contains(&format!(".{call}"));
        has.then(|| path.to_owned())
    });
    lines.collect()
}
