//! Every route of API and console, with the right it needs, against every caller.
//!
//! The routes are read from where they are made (the OpenAPI document, which comes from the
//! API's table, and the console's own lines), so one that is missing here fails.

use std::collections::BTreeSet;
use std::path::Path;

use filo_app::{Actor, KeyKind, NewKey, Scopes};
use filo_core::access::{Rights, Role};
use filo_testkit::Filo;
use http::Method;
use serde_json::json;

use super::content_table::{api as api_table, console as console_table};
use super::table::Needs::{self, Both, Nothing, The};
use super::{cookie, somebody, token};

/// Logging out would end the caller, and the live streams do not end by themselves: that of the
/// console takes the same right as the page around it, that of the API has a test of its own.
const APART: [&str; 3] = ["/logout", "/live/events", "/api/v1/feed"];

impl Needs {
    /// Whether these rights are enough.
    pub(super) fn are_met(&self, rights: Rights) -> bool {
        match self {
            Self::Nothing | Self::Login => true,
            Self::The(right) => rights.have(*right),
            Self::Both(one, other) => rights.have(*one) && rights.have(*other),
        }
    }
}

type Listed = BTreeSet<(String, String)>;

fn listed(table: &[(&str, &str, Needs)]) -> Listed {
    let own = |(method, path, _): &(&str, &str, Needs)| ((*method).to_owned(), (*path).to_owned());
    table.iter().map(own).collect()
}

/// The routes of the console, from the lines that make them. Files of the design are apart.
fn console_routes(folder: &Path, found: &mut Listed) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            console_routes(&path, found);
            continue;
        }
        if path.file_name().is_some_and(|name| name == "asset.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for rest in text.split(".route(").skip(1) {
            let line = rest.lines().next().unwrap();
            let address = line.split('"').nth(1);
            assert!(address.is_some(), "write the address as a text: {line}");
            let address = address.unwrap_or_default();
            let methods = ["get", "post", "put", "delete", "patch"];
            let used: Vec<&str> = methods
                .into_iter()
                .filter(|method| {
                    line.contains(&format!(" {method}(")) || line.contains(&format!(".{method}("))
                })
                .collect();
            assert!(!used.is_empty(), "no method in {line}");
            found.extend(
                used.iter()
                    .map(|method| ((*method).to_owned(), address.to_owned())),
            );
        }
    }
}

#[test]
fn every_route_is_in_the_matrix() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut console = Listed::new();
    console_routes(&manifest.join("src/console"), &mut console);
    assert_eq!(
        console,
        listed(&console_table()),
        "the console's routes and this matrix differ"
    );
    let document = std::fs::read_to_string(manifest.join("openapi.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let mut api = Listed::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let methods = methods.as_object().unwrap().keys();
        api.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    assert_eq!(
        api,
        listed(&api_table()),
        "the API's routes and this matrix differ"
    );
}

/// A caller: a name, what they come with, what they may do. None: nobody.
struct Caller {
    name: String,
    text: String,
    rights: Option<Rights>,
}

async fn callers(filo: &Filo) -> Vec<Caller> {
    let mut callers = Vec::new();
    for role in Role::ALL {
        let session = somebody(filo, role.word(), role).await;
        callers.push(Caller {
            name: role.word().to_owned(),
            text: session.text,
            rights: Some(role.rights()),
        });
    }
    let ended = somebody(filo, "gone", Role::Owner).await;
    let gone = super::actor(filo, &ended).await;
    filo.app.log_out(&gone).await.unwrap();
    for (name, text) in [("nobody", String::new()), ("ended session", ended.text)] {
        let name = name.to_owned();
        callers.push(Caller {
            name,
            text,
            rights: None,
        });
    }
    callers
}

async fn keys(filo: &Filo) -> Vec<Caller> {
    let mut keys = Vec::new();
    for word in ["read", "write", "admin"] {
        let new = NewKey {
            name: word.to_owned(),
            kind: KeyKind::Api,
            scopes: Scopes::of_words(word),
            expires_at: None,
        };
        let made = filo.app.create_key(&Actor::operator(), new).await.unwrap();
        keys.push(Caller {
            name: format!("key {word}"),
            text: made.text,
            rights: Some(Scopes::of_words(word).rights()),
        });
    }
    keys
}

/// The address with ids: of what is there, and of what is not.
fn addresses(path: &str, customer: &str) -> Vec<String> {
    let absent = "cus_00000000000000000000000001";
    let id = |known: &str| {
        let other = if path.contains("/customers/") || path.contains("/people/") {
            known
        } else {
            "x"
        };
        path.replace("{id}", other)
            .replace("{note}", "evt_00000000000000000000000001")
            .replace("{code}", "invalid")
            .replace("{act}", "0123456789abcdef0123456789abcdef")
            .replace("{view}", "x")
            .replace("{medium}", "sms")
            .replace("{platform}", "meta")
            .replace("{which}", "everybody")
            .replace("{journey}", "x")
            .replace("{step}", "x")
            .replace("{metric}", "orders")
            .replace("{delivery}", "x")
    };
    if path.contains('{') {
        vec![id(customer), id(absent)]
    } else {
        vec![path.to_owned()]
    }
}

#[tokio::test]
async fn nobody_passes_the_api_without_the_right() {
    let filo = Filo::start().await;
    let customer = super::masking::plant(&filo).await;
    let mut all = callers(&filo).await;
    all.extend(keys(&filo).await);
    let mut cells = 0;
    for (method, path, needs) in api_table()
        .iter()
        .filter(|(_, path, _)| !APART.contains(path))
    {
        for caller in &all {
            for address in addresses(path, &customer) {
                cells += 1;
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let request = filo.request(method.clone(), &address).bearer(&caller.text);
                // A body that no route takes: whoever passes changes nothing.
                let answer = request.json(&json!({"nothing": 1})).send().await;
                let status = answer.status.as_u16();
                let cell = format!("{} {method} {address}: {status}", caller.name);
                let allowed = match (needs, caller.rights) {
                    (_, None) => {
                        assert_eq!(status, 401, "{cell}");
                        false
                    }
                    (_, Some(rights)) => needs.are_met(rights),
                };
                let refused = matches!(status, 401 | 403);
                // Ending somebody is no body's matter: it is left out where it would succeed.
                assert_eq!(allowed, !refused, "{cell} {}", answer.text());
                if !allowed {
                    assert!(!answer.text().contains("sentinel"), "{cell}");
                }
                assert!(status < 500, "{cell}");
            }
        }
    }
    assert!(cells > 500, "{cells} cells");
}

#[tokio::test]
async fn nobody_passes_the_console_without_the_right() {
    let filo = Filo::start().await;
    let customer = super::masking::plant(&filo).await;
    let all = callers(&filo).await;
    let mut cells = 0;
    for (method, path, needs) in console_table()
        .iter()
        .filter(|(_, path, _)| !APART.contains(path))
    {
        for caller in &all {
            let mut refusals = BTreeSet::new();
            for address in addresses(path, &customer) {
                cells += 1;
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let request = filo.request(method.clone(), &address);
                let request = request.header("cookie", &cookie(&caller.text));
                let form = format!("token={}", token(&caller.text));
                let answer = match *path {
                    // These would change the callers of the next cells.
                    "/account/sessions/end-others" | "/users/second-factor"
                        if method == Method::POST =>
                    {
                        request.form("token=wrong").send().await
                    }
                    _ => request.form(&form).send().await,
                };
                let status = answer.status.as_u16();
                let cell = format!("{} {method} {address}: {status}", caller.name);
                assert!(status < 500, "{cell}");
                let to_login =
                    status == 303 && answer.header("location").unwrap().starts_with("/login");
                match (needs, caller.rights) {
                    (Nothing, _) => assert!(status != 403, "{cell}"),
                    (_, None) => assert!(to_login, "{cell}"),
                    (The(_) | Both(..), Some(rights)) if !needs.are_met(rights) => {
                        assert_eq!(status, 403, "{cell}");
                        assert!(!answer.text().contains("sentinel"), "{cell}");
                        refusals.insert(answer.text());
                    }
                    (_, Some(_))
                        if *path == "/users/second-factor" || path.ends_with("end-others") => {}
                    (_, Some(_)) => assert!(status != 403 && !to_login, "{cell}"),
                }
            }
            // It names the right, and of two the first that is missing.
            let most = if matches!(needs, Both(..)) { 2 } else { 1 };
            assert!(
                refusals.len() <= most,
                "a refusal tells what is there: {path}"
            );
        }
    }
    assert!(cells > 400, "{cells} cells");
}
