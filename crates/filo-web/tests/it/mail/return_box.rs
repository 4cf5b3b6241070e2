//! Fetching returned mail from a mailbox, over a real conversation: what is taken and what is left
//! alone, breaks in the middle, trouble, and what people see.

use std::time::Duration;

use filo_core::access::Role;
use filo_testkit::{Answer, Filo, ImapCut, ImapSecurity, ImapServer};
use http::Method;
use serde_json::{Value, json};

use super::returns::{notice, suppressed};
use crate::access::{look, post, somebody};

const HUMAN: &str = "From: Anna <anna@example.com>\r\nTo: resi@bottega.it\r\nSubject: Re: \
                     colomba\r\nMessage-ID: <1@example.com>\r\n\r\nLa prendo, grazie!\r\n";
const AWAY: &str = "From: Anna <anna@example.com>\r\nTo: resi@bottega.it\r\nSubject: Fuori \
                    ufficio\r\nAuto-Submitted: auto-replied\r\nMessage-ID: \
                    <2@example.com>\r\n\r\nSono in ferie.\r\n";

pub(super) async fn company() -> (Filo, ImapServer) {
    company_over(ImapSecurity::Clear).await
}

pub(super) async fn company_over(security: ImapSecurity) -> (Filo, ImapServer) {
    let server = ImapServer::start(security).await;
    let roots = server.roots_pem.clone();
    let filo = Filo::start_with(|config| config.outbound.roots_pem = roots).await;
    let word = match security {
        ImapSecurity::Clear => "none",
        ImapSecurity::Tls => "tls",
        ImapSecurity::Starttls => "starttls",
    };
    let mut settings = settings(&server, 0);
    settings["server"]["security"] = word.into();
    put(&filo, &settings).await.ok();
    (filo, server)
}

pub(super) fn settings(server: &ImapServer, version: i64) -> Value {
    json!({"is_on": true, "server": {"host": "localhost", "port": server.address.port(),
                                     "security": "none", "user": "resi", "own_relay": true},
           "password": "segreto", "afterwards": "seen", "version": version})
}

pub(super) async fn put(filo: &Filo, body: &Value) -> Answer {
    let request = filo.request(Method::PUT, "/api/v1/mail/return-box");
    request.bearer(&filo.api_key).json(body).send().await
}

pub(super) async fn fetch(filo: &Filo) -> Value {
    let path = "/api/v1/mail/return-box/fetch";
    filo.api_post(path, &json!({})).await
}

fn flags(server: &ImapServer, uid: u32) -> Vec<String> {
    let all = server.messages();
    let message = all.iter().find(|it| it.uid == uid).unwrap();
    message.flags.clone()
}

pub(super) async fn dead(filo: &Filo, number: u128) -> String {
    let said = "550 5.1.1 User unknown";
    let raw = notice(filo, "anna@example.com", number, "5.1.1", said).await;
    format!("Message-ID: <dsn-{number}@mx.example.net>\r\n{raw}")
}

async fn returns(filo: &Filo) -> usize {
    let all = filo.api_get("/api/v1/mail/returns").await;
    all["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn what_servers_report_is_taken_and_everything_else_stays_unread() {
    let (filo, server) = company().await;
    let human = server.put(HUMAN);
    let report = server.put(dead(&filo, 1).await);
    let away = server.put(AWAY);
    let odd = server.put("no header at all");
    let fetched = fetch(&filo).await;
    assert_eq!(
        fetched,
        json!({"taken": 1, "left_alone": 3, "has_more": false, "fault": null})
    );
    assert_eq!(suppressed(&filo, "anna@example.com").await, 1);
    assert_eq!(flags(&server, report), ["\\Seen"]);
    for uid in [human, away, odd] {
        assert_eq!(flags(&server, uid), [""; 0], "{uid}");
    }
    let commands = server.commands();
    assert!(
        commands.iter().all(|it| !it.contains("BODY[]")),
        "{commands:?}"
    );
    assert_eq!(commands.last().unwrap(), "LOGOUT");
    // What was looked at is not fetched again; what is new is.
    let again = fetch(&filo).await;
    assert_eq!(
        (&again["taken"], &again["left_alone"]),
        (&json!(0), &json!(0))
    );
    server.put(dead(&filo, 2).await);
    assert_eq!(fetch(&filo).await["taken"], 1);
    let stands = filo.api_get("/api/v1/mail/return-box").await;
    assert_eq!(
        (&stands["taken"], &stands["left_alone"], &stands["fault"]),
        (&json!(2), &json!(3), &json!(""))
    );
    assert!(!stands.to_string().contains("segreto"), "{stands}");
}

#[tokio::test]
async fn it_is_looked_into_every_five_minutes_while_it_is_on() {
    let (filo, server) = company().await;
    server.put(dead(&filo, 1).await);
    let first = filo.app.tend_return_box().await.unwrap().unwrap();
    assert_eq!(first.taken, 1);
    assert_eq!(filo.app.tend_return_box().await.unwrap(), None);
    let filo = filo.restart().await;
    filo.advance(Duration::from_secs(299));
    assert_eq!(filo.app.tend_return_box().await.unwrap(), None);
    filo.advance(Duration::from_secs(1));
    let second = filo.app.tend_return_box().await.unwrap().unwrap();
    assert_eq!((second.taken, second.left_alone), (0, 0));
    let mut off = settings(&server, 1);
    off["is_on"] = false.into();
    put(&filo, &off).await.ok();
    filo.advance(Duration::from_secs(3_600));
    assert_eq!(filo.app.tend_return_box().await.unwrap(), None);
}

#[tokio::test]
async fn a_break_anywhere_neither_loses_nor_doubles_anything() {
    for cut in [ImapCut::InBody, ImapCut::BeforeStore, ImapCut::AfterStore] {
        let (filo, server) = company().await;
        let uid = server.put(dead(&filo, 1).await);
        server.cut(cut);
        let broken = fetch(&filo).await;
        assert!(broken["fault"].is_string(), "{cut:?}: {broken}");
        assert_eq!(broken["taken"], 0, "{cut:?}");
        let is_known = cut != ImapCut::InBody;
        assert_eq!(returns(&filo).await, usize::from(is_known), "{cut:?}");
        if cut == ImapCut::InBody {
            assert_eq!(flags(&server, uid), [""; 0], "marked before it was on disk");
        }
        let filo = filo.restart().await;
        assert_eq!(fetch(&filo).await["taken"], 1, "{cut:?}");
        assert_eq!(returns(&filo).await, 1, "{cut:?}");
        assert!(
            flags(&server, uid).contains(&"\\Seen".to_owned()),
            "{cut:?}"
        );
    }
}

#[tokio::test]
async fn new_numbers_and_second_copies_count_nothing_twice() {
    let (filo, server) = company().await;
    let raw = dead(&filo, 1).await;
    server.put(raw.clone());
    assert_eq!(fetch(&filo).await["taken"], 1);
    server.renumber();
    assert_eq!(fetch(&filo).await["taken"], 1, "looked at anew");
    // The same report that came another way.
    server.put(format!("Received: from elsewhere\r\n{raw}"));
    assert_eq!(fetch(&filo).await["taken"], 1);
    assert_eq!(returns(&filo).await, 1);
}

#[tokio::test]
async fn it_is_moved_or_deleted_alone() {
    let (filo, server) = company().await;
    let human = server.put(HUMAN);
    let mut moved = settings(&server, 1);
    moved["afterwards"] = "move".into();
    moved["move_to"] = "Fatti".into();
    put(&filo, &moved).await.ok();
    server.put(dead(&filo, 1).await);
    assert_eq!(fetch(&filo).await["taken"], 1);
    let in_folder = |folder: &str| {
        let all = server.messages().into_iter();
        all.filter(|it| it.folder == folder).count()
    };
    assert_eq!((in_folder("INBOX"), in_folder("Fatti")), (1, 1));
    // A server that cannot move copies, marks and takes away that one.
    server.set_abilities("IMAP4rev1 UIDPLUS");
    server.put(dead(&filo, 2).await);
    assert_eq!(fetch(&filo).await["taken"], 1);
    assert_eq!((in_folder("INBOX"), in_folder("Fatti")), (1, 2));
    let mut deleted = settings(&server, 2);
    deleted["afterwards"] = "delete".into();
    put(&filo, &deleted).await.ok();
    server.put(dead(&filo, 3).await);
    assert_eq!(fetch(&filo).await["taken"], 1);
    assert_eq!((in_folder("INBOX"), in_folder("Fatti")), (1, 2));
    assert_eq!(flags(&server, human), [""; 0]);
    // Without that it stays, marked, and nobody else's goes.
    server.set_abilities("IMAP4rev1");
    let kept = server.put(dead(&filo, 4).await);
    assert_eq!(fetch(&filo).await["taken"], 1);
    assert!(flags(&server, kept).contains(&"\\Deleted".to_owned()));
    let mut nowhere = settings(&server, 3);
    nowhere["afterwards"] = "move".into();
    nowhere["move_to"] = "Altrove".into();
    put(&filo, &nowhere).await.ok();
    let tried = filo
        .api_post("/api/v1/mail/return-box/test", &json!({}))
        .await;
    assert!(
        tried["fault"].as_str().unwrap().contains("Altrove"),
        "{tried}"
    );
}

#[tokio::test]
async fn what_is_too_large_or_too_many_is_bounded() {
    let (filo, server) = company().await;
    server.say_size(26 << 20);
    let large = server.put(dead(&filo, 1).await);
    let fetched = fetch(&filo).await;
    assert_eq!(
        (&fetched["taken"], &fetched["left_alone"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(flags(&server, large), [""; 0]);
    let (filo, server) = company().await;
    for _ in 0..201 {
        server.put(HUMAN);
    }
    let first = fetch(&filo).await;
    assert_eq!(
        (&first["left_alone"], &first["has_more"]),
        (&json!(200), &json!(true))
    );
    let second = fetch(&filo).await;
    assert_eq!(
        (&second["left_alone"], &second["has_more"]),
        (&json!(1), &json!(false))
    );
}

#[tokio::test]
async fn trouble_is_told_backs_off_and_becomes_an_incident_after_an_hour() {
    let (filo, server) = company().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    server.set_password("cambiata");
    let mut waits = Vec::new();
    for _ in 0..5 {
        let round = filo.app.tend_return_box().await.unwrap().unwrap();
        assert!(round.fault.unwrap().contains("Invalid credentials"));
        let due = filo.api_get("/api/v1/mail/return-box").await["due_at"].clone();
        let due = filo_core::time::Timestamp::parse(due.as_str().unwrap()).unwrap();
        // The clock of a test moves by a little with each question.
        let wait = (due.micros_since(filo.now()) + 500_000) / 1_000_000;
        waits.push(wait);
        filo.advance(Duration::from_secs(u64::try_from(wait + 1).unwrap()));
    }
    assert_eq!(waits, [300, 600, 1_200, 2_400, 3_600]);
    let incidents = filo.api_get("/api/v1/incidents").await.to_string();
    assert!(incidents.contains("mail_return_box"), "{incidents}");
    let page = look(&filo, "/settings/mail/return-box", &owner.text).await;
    let text = page.ok().text();
    assert!(text.contains("Invalid credentials"), "{text}");
    assert!(text.contains("Si riprova il"), "{text}");
    // Mended, it goes on at once.
    let mut mended = settings(&server, 1);
    mended["password"] = "cambiata".into();
    put(&filo, &mended).await.ok();
    let round = filo.app.tend_return_box().await.unwrap().unwrap();
    assert_eq!(round.fault, None);
    assert_eq!(filo.api_get("/api/v1/mail/return-box").await["failures"], 0);
}

#[tokio::test]
async fn the_page_is_enough_and_keeps_the_password_to_its_machine() {
    let server = ImapServer::start(ImapSecurity::Clear).await;
    let filo = Filo::start().await;
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let here = "/settings/mail/return-box";
    let page = look(&filo, here, &owner.text).await.ok();
    assert!(page.text().contains("Nessuna casella"), "{}", page.text());
    for act in ["test", "fetch"] {
        let path = format!("{here}/{act}");
        post(&filo, &path, &owner.text, "").await.is(409);
    }
    let port = server.address.port();
    let typed = |change: &str, password: &str, version: u32| {
        format!(
            "is_on=yes&host=localhost&port={port}&security=none&own_relay=yes&user=resi\
             &password={password}&folder=&afterwards=seen&version={version}{change}"
        )
    };
    for wrong in [
        "port=x",
        "host=a+b",
        "user=",
        "afterwards=burn",
        "security=none&own_relay=",
    ] {
        let (field, value) = wrong.split_once('=').unwrap();
        let form = typed("", "segreto", 0);
        let parts = form.split('&').map(|part| match part.split_once('=') {
            Some((name, _)) if name == field => format!("{field}={value}"),
            Some(("own_relay", _)) if wrong.contains("own_relay") => String::new(),
            _ => part.to_owned(),
        });
        let form: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let page = post(&filo, here, &owner.text, &form.join("&")).await;
        assert_eq!(page.status, 422, "{wrong}");
    }
    post(&filo, here, &owner.text, &typed("", "", 0))
        .await
        .is(422);
    post(&filo, here, &owner.text, &typed("", "segreto", 0))
        .await
        .is(303);
    post(&filo, here, &owner.text, &typed("", "segreto", 0))
        .await
        .is(409);
    // Without a new one the password there is stays, but not for another machine.
    post(&filo, here, &owner.text, &typed("", "", 1))
        .await
        .is(303);
    let elsewhere = typed("", "", 2).replace("user=resi", "user=altri");
    post(&filo, here, &owner.text, &elsewhere).await.is(422);
    server.put(dead(&filo, 1).await);
    server.put(HUMAN);
    let tested = post(&filo, &format!("{here}/test"), &owner.text, "").await;
    let text = tested.ok().text();
    assert!(text.contains("ci sono 2 messaggi"), "{text}");
    assert_eq!(
        server
            .commands()
            .iter()
            .filter(|it| it.contains("FETCH"))
            .count(),
        0
    );
    let fetched = post(&filo, &format!("{here}/fetch"), &owner.text, "").await;
    let text = fetched.ok().text();
    assert!(text.contains("Presi: 1, lasciati stare: 1"), "{text}");
    assert!(!text.contains("segreto"));
    let audit = filo.api_get("/api/v1/audit").await.to_string();
    assert!(audit.contains("mail_return_box") && !audit.contains("segreto"));
}
