//! Clients of other makes, unmodified, against the real program over a bad network: what they
//! send arrives once, on the right customer's thread.
//!
//! Each tells the same story (`sdk-tests/story.json`): Anna looks at something before she says
//! who she is, is known on other devices, buys twice and gives one thing back; Bruno does little.
//! Skipped, with a printed line, where the packages are not installed, unless
//! `FILO_SDK_TESTS=required`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::panic,
    reason = "so has one whose command or customer says nothing"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use filo_testkit::Child;

use crate::exchange::{api_key, settled};
use crate::rough_road::{Passage, RoughRoad};
use crate::told::{Place, Told};

mod exchange;
mod rough_road;
mod told;

const TICKS: u32 = 100;

/// What the test runner says.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner knows where the clients are installed"
)]
fn told_by_runner(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk-tests")
}

/// Whether a client can be tried: says so if not, or fails if it must be there.
fn is_missing(what: &str, is_there: bool) -> bool {
    if filo_testkit::postgres_url().is_some() {
        eprintln!("skipped: {what}: no client sees the database, so SQLite is enough");
        return true;
    }
    if !is_there {
        let required = told_by_runner("FILO_SDK_TESTS").is_some_and(|word| word == "required");
        assert!(!required, "{what} is not installed");
        eprintln!("skipped: {what} is not installed (CONTRIBUTING.md says how)");
    }
    !is_there
}

fn python() -> String {
    told_by_runner("FILO_SDK_PYTHON").unwrap_or_else(|| "python3".to_owned())
}

fn knows_segment(python: &str) -> bool {
    let answer = Command::new(python)
        .args(["-c", "import segment.analytics"])
        .output();
    answer.is_ok_and(|output| output.status.success())
}

fn chromium() -> String {
    told_by_runner("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".to_owned())
}

fn has_browser() -> bool {
    let driver = folder().join("../web/node_modules/playwright-core");
    driver.exists() && Path::new(&chromium()).exists()
}

fn has_package(name: &str) -> bool {
    folder().join("node_modules/@segment").join(name).exists()
}

/// Runs a client against a fresh Filo and waits until what it sent is applied.
fn tell(mut client: Command, place: Place, ticks: u32) -> Told {
    let program = Path::new(env!("CARGO_BIN_EXE_filo"));
    let data = tempfile::tempdir().unwrap();
    let child = Child::start(program, data.path(), &[]).unwrap();
    let prefix = match place {
        Place::Server => "filo_sec_",
        Place::Browser => "filo_pub_",
    };
    let mut words = child.greeting.split_whitespace();
    let key = words.find(|word| word.starts_with(prefix)).unwrap();
    let road = RoughRoad::to(child.address);
    client
        .env("FILO_URL", road.url())
        .env("FILO_KEY", key)
        .env("FILO_TICKS", ticks.to_string());
    let output = client.output().unwrap();
    let passages = road.passages();
    assert!(
        output.status.success(),
        "{}{}\nthe last that passed: {:#?}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        passages.last()
    );
    let api_key = api_key(program, data.path());
    settled(child.address, &api_key);
    Told {
        child,
        data,
        api_key,
        passages,
        ticks,
        place,
    }
}

#[test]
fn analytics_node() {
    if is_missing("@segment/analytics-node", has_package("analytics-node")) {
        return;
    }
    let mut client = Command::new("node");
    client.arg(folder().join("node.mjs"));
    let told = tell(client, Place::Server, TICKS);
    told.check();
    assert!(told.posts().all(|post| post.path == "/v1/batch"));
    let counted = |post: &Passage| post.headers.contains_key("x-retry-count");
    assert!(told.posts().any(counted), "it counts its attempts");
}

fn analytics_python(gzip: bool) {
    let python = python();
    if is_missing("segment-analytics-python", knows_segment(&python)) {
        return;
    }
    let mut client = Command::new(python);
    client.arg(folder().join("python.py"));
    client.env("FILO_GZIP", if gzip { "1" } else { "0" });
    let told = tell(client, Place::Server, TICKS);
    told.check();
    for post in told.posts() {
        let said = post.headers.get("content-encoding").map(String::as_str);
        assert_eq!(said, gzip.then_some("gzip"), "{post:#?}");
        assert_eq!(post.is_packed, gzip, "{post:#?}");
    }
}

#[test]
fn analytics_python_plain() {
    analytics_python(false);
}

#[test]
fn analytics_python_with_gzip() {
    analytics_python(true);
}

fn analytics_next(strategy: &str, batch_path: bool) {
    let is_there = has_browser() && has_package("analytics-next");
    if is_missing("@segment/analytics-next or Chromium", is_there) {
        return;
    }
    let told = tell(browser("analytics-next", strategy), Place::Browser, TICKS);
    told.check();
    for post in told.posts() {
        assert_eq!(post.path == "/v1/b", batch_path, "{post:#?}");
        assert_eq!(post.headers["content-type"], "text/plain", "{post:#?}");
        assert!(post.headers["authorization"].starts_with("Basic "));
    }
    let mut preflights = told.passages.iter().filter(|one| one.method == "OPTIONS");
    assert!(preflights.next().is_some(), "the browser asked first");
}

fn browser(script: &str, strategy: &str) -> Command {
    let mut client = Command::new("node");
    client
        .arg(folder().join("browser.mjs"))
        .env("CHROMIUM", chromium())
        .env("FILO_SCRIPT", script)
        .env("FILO_STRATEGY", strategy);
    client
}

#[test]
fn analytics_next_one_by_one() {
    analytics_next("", false);
}

#[test]
fn analytics_next_in_batches() {
    analytics_next("batching", true);
}

/// Our own script where analytics.js would be: the same page, the same story. It sends few at
/// once and waits long when refused, so it has less to tell.
#[test]
fn filo_js() {
    let script = folder().join("../web/node_modules/esbuild");
    if is_missing("filo.js or Chromium", has_browser() && script.exists()) {
        return;
    }
    let told = tell(browser("filo.js", ""), Place::Browser, TICKS / 5);
    told.check();
    let mut preflights = told.passages.iter().filter(|one| one.method == "OPTIONS");
    assert!(preflights.next().is_none(), "nothing to ask first");
}
