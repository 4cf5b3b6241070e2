//! The command line as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "so has one whose command says nothing")]

use std::path::Path;
use std::process::Command;

use filo_testkit::Child;

use crate::exchange::{api_key, command, exchange, run, settled};

mod exchange;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_filo"))
}

const ORDERS: &str = "order_id,date,email,sku,quantity,price\n\
    1,2026-01-05 10:00,anna@example.it,A,2,10.00\n\
    1,2026-01-05 10:00,anna@example.it,B,1,5.50\n\
    2,2026-01-06 10:00,bruno@example.it,A,1,x\n";

#[test]
fn a_first_start_says_how_to_begin_and_a_second_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let child = Child::start(program(), folder.path(), &[]).unwrap();
    for word in ["Filo 0", "/login?key=", "filo_pub_", "filo_sec_", "curl -u"] {
        assert!(
            child.greeting.contains(word),
            "{word} is missing:\n{}",
            child.greeting
        );
    }
    let key = child.secret_key().unwrap().to_owned();
    let call = r#"{"userId":"1","event":"Tested","messageId":"1"}"#;
    assert_eq!(
        exchange(child.address, "POST", "/v1/track", &key, call)
            .unwrap()
            .0,
        200
    );

    // Commands reach the running Filo.
    let link = run(program(), folder.path(), &["login"]);
    assert!(String::from_utf8_lossy(&link.stdout).contains("/login?key="));
    let api = api_key(program(), folder.path());
    settled(child.address, &api);
    let found = exchange(
        child.address,
        "GET",
        "/api/v1/customers/lookup?user_id=1",
        &api,
        "",
    );
    assert_eq!(found.unwrap().0, 200);

    assert!(child.terminate().success(), "SIGTERM ends it well");
    let child = Child::start(program(), folder.path(), &[]).unwrap();
    assert!(!child.greeting.contains("filo_sec_"));
    let found = exchange(
        child.address,
        "GET",
        "/api/v1/customers/lookup?user_id=1",
        &api,
        "",
    );
    assert_eq!(found.unwrap().0, 200);
}

#[test]
fn orders_come_in_with_and_without_a_running_filo() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("orders.csv");
    std::fs::write(&file, ORDERS).unwrap();
    let file = file.to_str().unwrap();
    let dry = command(
        program(),
        folder.path(),
        &["import", "orders", file, "--dry-run", "--json"],
    );
    assert_eq!(
        (&dry["lines"], &dry["clean_lines"], &dry["orders"]),
        (&3.into(), &2.into(), &1.into())
    );
    let child = Child::start(program(), folder.path(), &[]).unwrap();
    let report = command(
        program(),
        folder.path(),
        &["import", "orders", file, "--json"],
    );
    assert_eq!(report["revenue"]["EUR"], "25.5");
    let api = api_key(program(), folder.path());
    let path = "/api/v1/customers/lookup?email=anna%40example.it";
    let (_, body) = exchange(child.address, "GET", path, &api, "").unwrap();
    let customer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(customer["orders"][0]["net_cents"], 2550, "{body}");
    let human = run(program(), folder.path(), &["import", "orders", file]);
    let human = String::from_utf8_lossy(&human.stdout).into_owned();
    assert!(
        human.contains("the price is not a number") && human.contains("line 4"),
        "{human}"
    );
    let people = folder.path().join("people.csv");
    std::fs::write(&people, "Nome,Mail\nAnna,anna@example.it\nBea,no mail\n").unwrap();
    let people = people.to_str().unwrap();
    let asked = |dry: &'static [&'static str]| {
        let mut arguments = vec!["import", "people", people, "--json"];
        arguments.extend(dry);
        command(program(), folder.path(), &arguments)
    };
    let dry = asked(&["--dry-run", "--mapping", "trait:nickname=Nome"]);
    let numbers = (&dry["rows"], &dry["updated"], &dry["reasons"]["bad_email"]);
    assert_eq!(numbers, (&2.into(), &1.into(), &1.into()), "{dry}");
    assert!(dry["import"].is_null(), "{dry}");
    let done = asked(&[]);
    assert!(
        done["import"].as_str().unwrap().starts_with("imp_"),
        "{done}"
    );
    assert_eq!(done["state"], "done");
    let wrong = run(
        program(),
        folder.path(),
        &["import", "orders", "no-such-file.csv"],
    );
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("cannot be read"));
}

#[test]
fn what_cannot_begin_says_why_and_ends_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let child = Child::start(program(), folder.path(), &[]).unwrap();
    let locked = Child::start(program(), folder.path(), &[]).unwrap_err();
    assert!(locked.contains("already uses"), "{locked}");
    let elsewhere = tempfile::tempdir().unwrap();
    let taken = Command::new(program())
        .args(["--listen", &child.address.to_string(), "--data"])
        .arg(elsewhere.path())
        .output()
        .unwrap();
    assert_eq!(taken.status.code(), Some(1));
    let said = String::from_utf8_lossy(&taken.stderr).into_owned();
    assert!(said.contains("taken by another program"), "{said}");
    let settings = elsewhere.path().join("filo.toml");
    std::fs::write(&settings, "memori_mb = 5\n").unwrap();
    let wrong = run(
        program(),
        elsewhere.path(),
        &["--config", settings.to_str().unwrap(), "check"],
    );
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("did you mean `memory_mb`"));
}

#[test]
fn keys_are_made_listed_and_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let created = command(
        program(),
        folder.path(),
        &[
            "key", "create", "--kind", "secret", "--name", "Cassa", "--json",
        ],
    );
    assert!(created["key"].as_str().unwrap().starts_with("filo_sec_"));
    let id = created["id"].as_str().unwrap();
    let revoked = run(program(), folder.path(), &["key", "revoke", id]);
    assert!(revoked.status.success());
    let listed = run(program(), folder.path(), &["key", "list"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        listed.contains("revoked") && listed.contains("Cassa"),
        "{listed}"
    );
    assert!(!listed.contains(created["key"].as_str().unwrap()));
}

#[test]
fn the_audit_log_is_shown_verified_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let audit = |arguments: &[&str]| {
        let said = run(program(), folder.path(), &[&["audit"], arguments].concat());
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        (said.status.code(), text)
    };
    let make = ["key", "create", "--kind", "api", "--name", "=Cassa"];
    assert!(run(program(), folder.path(), &make).status.success());
    let (_, head) = audit(&["head"]);
    let head = head.trim();
    assert!(run(program(), folder.path(), &make).status.success());
    let (code, said) = audit(&["verify", "--head", head]);
    assert!(
        code == Some(0) && said.contains("Nothing was changed"),
        "{said}"
    );
    // A head that this log never had: another hash, and a number it has not reached.
    let (seq, hash) = head.split_once('-').unwrap();
    for wrong in [format!("{seq}-{}", "0".repeat(64)), format!("999-{hash}")] {
        let (code, said) = audit(&["verify", "--head", &wrong]);
        assert!(code == Some(1) && said.contains("PROBLEM"), "{said}");
    }
    assert_eq!(audit(&["verify", "--head", "x"]).0, Some(1));
    let (code, csv) = audit(&["export", "--act", "key_made"]);
    assert_eq!((code, csv.lines().count()), (Some(0), 3), "{csv}");
    assert!(csv.contains("operator") && !csv.contains("Cassa"), "{csv}");
    let checked = command(program(), folder.path(), &["check", "--json"]);
    assert_eq!(checked["sound"], true);
    assert_eq!(checked["audit_entries"], 5, "{checked}");
}

#[cfg(not(feature = "sql"))]
#[test]
fn without_sql_the_command_says_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let asked = run(program(), folder.path(), &["sql", "select 1"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("--features sql"));
}

#[test]
fn a_demo_is_filled_once_and_never_among_other_data() {
    let folder = tempfile::tempdir().unwrap();
    let demo = ["demo", "--no-serve", "--people", "3", "--seed", "5"];
    let filled = run(program(), folder.path(), &demo);
    let said = String::from_utf8_lossy(&filled.stdout).into_owned();
    assert!(
        filled.status.success() && said.contains("Invented"),
        "{said}"
    );
    let again = run(program(), folder.path(), &["demo", "--no-serve"]);
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(said.contains("the demo of seed 5"), "{said}");
    let child = Child::start(program(), folder.path(), &["demo"]).unwrap();
    for word in ["/login?key=", "Everything in it is invented"] {
        assert!(child.greeting.contains(word), "{}", child.greeting);
    }
    assert!(child.terminate().success());

    let other = tempfile::tempdir().unwrap();
    assert!(run(program(), other.path(), &["login"]).status.success());
    let refused = run(program(), other.path(), &demo);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("nothing invented is put there"), "{said}");
    let future = tempfile::tempdir().unwrap();
    let unborn = ["demo", "--no-serve", "--until", "2999-01-01T00:00:00Z"];
    let refused = run(program(), future.path(), &unborn);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("has not come yet"));
}
