//! Backups on the command line: with and without a running Filo, on a full disk, and killed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "so has one whose command says nothing")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use filo_testkit::Child;

use crate::exchange::{api_key, command, exchange, run, settled};

mod exchange;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_filo"))
}

fn send(child: &Child, key: &str, from: u32, to: u32) {
    for first in (from..to).step_by(100) {
        let events: Vec<String> = (first..(first + 100).min(to))
            .map(|number| {
                format!(
                    r#"{{"type":"identify","userId":"u-{}","messageId":"m-{number}","traits":{{"email":"p{}@example.it","note":"{}"}}}}"#,
                    number % 500,
                    number % 500,
                    "x".repeat(300)
                )
            })
            .collect();
        let body = format!(r#"{{"batch":[{}]}}"#, events.join(","));
        let answer = exchange(child.address, "POST", "/v1/batch", key, &body);
        assert_eq!(answer.unwrap().0, 200);
    }
}

fn path(value: &serde_json::Value) -> PathBuf {
    PathBuf::from(value["path"].as_str().unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_backup_is_made_tried_and_restored_with_and_without_a_running_filo() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let child = Child::start(program(), &data, &[]).unwrap();
    let key = child.secret_key().unwrap().to_owned();
    send(&child, &key, 0, 300);
    // No backup yet: this is not the moment to upgrade.
    let check = run(program(), &data, &["upgrade-check"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(said.contains("There is no backup"), "{said}");
    let running = path(&command(program(), &data, &["backup", "--json"]));
    assert!(running.starts_with(data.join("backups")));
    let tried = command(program(), &data, &["backup", "drill", "--json"]);
    assert_eq!(tried["customers"], 300);
    let check = run(program(), &data, &["upgrade-check"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(check.status.code(), Some(0), "{said}");
    assert!(said.contains("This Filo can take over."), "{said}");
    assert!(child.terminate().success());
    let check = run(program(), &data, &["upgrade-check"]);
    assert_eq!(check.status.code(), Some(0), "and with none running");
    let elsewhere = place.path().join("elsewhere");
    let stopped = command(
        program(),
        &data,
        &["backup", "--to", text(&elsewhere), "--json"],
    );
    let listed = command(program(), &data, &["backup", "list", "--json"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    for backup in [running, path(&stopped)] {
        let whole = run(program(), &data, &["backup", "verify", text(&backup)]);
        assert!(whole.status.success());
        let new = place.path().join("new").join(backup.file_name().unwrap());
        let restored = command(program(), &new, &["restore", text(&backup), "--json"]);
        assert_eq!(restored["customers"], 300);
        let again = run(program(), &new, &["restore", text(&backup)]);
        assert_eq!(again.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));
        // The keys are the old ones: what sends goes on sending.
        let child = Child::start(program(), &new, &[]).unwrap();
        send(&child, &key, 300, 400);
        let api = api_key(program(), &new);
        settled(child.address, &api);
        let found = exchange(
            child.address,
            "GET",
            "/api/v1/customers/lookup?user_id=u-399",
            &api,
            "",
        );
        assert_eq!(found.unwrap().0, 200);
        assert!(child.terminate().success());
        let check = command(program(), &new, &["check", "--json"]);
        assert_eq!(check["sound"], true, "{check}");
    }
    let key = std::fs::read(data.join("default/secret.key")).unwrap();
    let with = command(program(), &data, &["backup", "--with-secret-key", "--json"]);
    let new = place.path().join("with-key");
    command(program(), &new, &["restore", text(&path(&with)), "--json"]);
    assert_eq!(std::fs::read(new.join("default/secret.key")).unwrap(), key);
}

fn begin(data: &Path, arguments: &[&str]) -> std::process::Child {
    let mut started = Command::new(program());
    started.arg("--data").arg(data).args(arguments);
    started.stdout(Stdio::null()).stderr(Stdio::null());
    started.spawn().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn a_filo_killed_while_it_backs_up_or_restores_leaves_nothing_half() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let copies = place.path().join("copies");
    let mut child = Child::start(program(), &data, &[]).unwrap();
    let key = child.secret_key().unwrap().to_owned();
    send(&child, &key, 0, 4_000);
    let (mut unfinished, mut whole) = (0, 0);
    for round in 0..12_u64 {
        let before = names(&copies);
        let mut asked = begin(&data, &["backup", "--to", text(&copies)]);
        let is_new = |name: &String| !before.contains(name);
        wait_until(round, || names(&copies).iter().any(is_new));
        child.kill();
        drop(asked.wait());
        for name in names(&copies) {
            if name.starts_with("unfinished-") {
                unfinished += 1;
            } else {
                whole += 1;
                let verified = run(
                    program(),
                    &data,
                    &["backup", "verify", text(&copies.join(&name))],
                );
                assert!(verified.status.success(), "{name}");
            }
        }
        child = Child::start(program(), &data, &[]).unwrap();
    }
    println!("{unfinished} unfinished and {whole} whole backups after kills");
    assert!(unfinished > 0, "no kill came in the middle");
    let last = path(&command(
        program(),
        &data,
        &["backup", "--to", text(&copies), "--json"],
    ));
    assert!(
        names(&copies)
            .iter()
            .all(|name| name.starts_with("filo-backup-"))
    );
    assert!(child.terminate().success());

    let new = place.path().join("new");
    let mut cut_off = 0;
    for round in 0..12_u64 {
        let mut restoring = begin(&new, &["restore", text(&last)]);
        wait_until(round, || new.join("default.restoring").exists());
        drop(restoring.kill());
        drop(restoring.wait());
        if new.join("default").exists() {
            let check = command(program(), &new, &["check", "--json"]);
            assert_eq!(check["sound"], true, "{check}");
            std::fs::remove_dir_all(new.join("default")).unwrap();
        } else if new.join("default.restoring").exists() {
            cut_off += 1;
        }
    }
    assert!(cut_off > 0, "no kill came in the middle");
    let restored = command(program(), &new, &["restore", text(&last), "--json"]);
    assert_eq!(restored["customers"], 500);
    assert_eq!(names(&new), ["default"]);
}

/// Until something has begun, however busy the machine is, and then a little longer in every
/// round.
fn wait_until(round: u64, has_begun: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(10);
    while !has_begun() && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(5 * round));
}

#[test]
fn a_full_disk_ends_a_backup_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let small = place.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let child = Child::start(program(), &data, &[]).unwrap();
    let key = child.secret_key().unwrap().to_owned();
    send(&child, &key, 0, 3_000);
    assert!(child.terminate().success());
    // A disk of its own that holds less than the backup, in a world of its own.
    let script = "mount -t tmpfs -o size=48k tmpfs \"$1\" || exit 77
        \"$2\" --data \"$3\" backup --to \"$1\"; code=$?; ls -A \"$1\"; exit $code";
    let mut alone = Command::new("unshare");
    alone.args(["-rm", "sh", "-c", script, "sh", text(&small)]);
    let Ok(output) = alone.arg(program()).arg(&data).output() else {
        return println!("skipped: there is no unshare");
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() == Some(77) || said.contains("unshare failed") {
        return println!("skipped: no disk can be made here: {said}");
    }
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("No space left"), "{said}");
    let left = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(left, "", "nothing half is left");
    let check = command(program(), &data, &["check", "--json"]);
    assert_eq!(check["sound"], true, "{check}");
    let child = Child::start(program(), &data, &[]).unwrap();
    let api = api_key(program(), &data);
    let (_, incidents) = exchange(child.address, "GET", "/api/v1/incidents", &api, "").unwrap();
    assert!(incidents.contains("backup_failed"), "{incidents}");
}
