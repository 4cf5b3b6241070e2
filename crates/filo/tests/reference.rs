//! The reference of the book says what the program says: its commands with their options, its
//! settings, its problems.
//!
//! After a wanted change of the command line, run `UPDATE_BOOK=1 cargo test -p filo --test
//! reference` and review the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

const LANGUAGES: [&str; 2] = ["en", "it"];
/// The list of commands stands between these lines.
const MARKS: [&str; 2] = ["<!-- commands -->\n", "<!-- end of commands -->\n"];
/// What clap adds to each command by itself.
const OF_ALL: [&str; 2] = ["--help", "--version"];

fn file(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}

fn page(language: &str, name: &str) -> PathBuf {
    file(&format!("docs/book/{language}/{name}"))
}

fn read(path: &PathBuf) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_command_line_is_described() {
    let list = commands();
    for language in LANGUAGES {
        let path = page(language, "command-line.md");
        let text = read(&path);
        let (before, rest) = text.split_once(MARKS[0]).unwrap();
        let (described, after) = rest.split_once(MARKS[1]).unwrap();
        if std::env::var_os("UPDATE_BOOK").is_some() {
            let text = [before, MARKS[0], &list, MARKS[1], after].concat();
            std::fs::write(&path, text).unwrap();
            continue;
        }
        assert_eq!(described, list, "{}; see this test", path.display());
    }
}

/// All commands with their options, as Markdown.
fn commands() -> String {
    let all = help(&[]);
    let common: Vec<String> = options(&all).into_iter().map(|(name, _)| name).collect();
    let mut list = String::new();
    describe(&[], &common, &mut list);
    list
}

fn describe(command: &[&str], common: &[String], list: &mut String) {
    let help = help(command);
    let usage = help.lines().find_map(|line| line.strip_prefix("Usage: "));
    let about = help.lines().next().unwrap();
    let name = [&["filo"], command].concat().join(" ");
    write!(list, "\n### `{name}`\n\n{about}\n\n").unwrap();
    writeln!(list, "```text\n{}\n```", usage.unwrap()).unwrap();
    let own = options(&help).into_iter().filter(|(name, _)| {
        let is_common = common.contains(name) && !command.is_empty();
        !(is_common || OF_ALL.iter().any(|one| name.contains(one)))
    });
    let rows: Vec<String> = arguments(&help)
        .into_iter()
        .chain(own)
        .map(|(name, what)| format!("| `{name}` | {} |\n", what.replace('|', "\\|")))
        .collect();
    if !rows.is_empty() {
        writeln!(list, "\n| option | what it does |\n|---|---|").unwrap();
        list.extend(rows);
    }
    let below = entries(&help, "Commands:");
    for (name, _) in below.iter().filter(|(name, _)| name != "help") {
        describe(&[command, &[name]].concat(), common, list);
    }
}

/// What `filo … -h` prints.
fn help(command: &[&str]) -> String {
    let mut asked = Command::new(env!("CARGO_BIN_EXE_filo"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FILO_")) {
        asked.env_remove(name);
    }
    let said = asked.args(command).arg("-h").output().unwrap();
    assert!(said.status.success(), "{command:?}");
    String::from_utf8(said.stdout).unwrap()
}

fn options(help: &str) -> Vec<(String, String)> {
    entries(help, "Options:")
}

fn arguments(help: &str) -> Vec<(String, String)> {
    entries(help, "Arguments:")
}

/// Name and meaning of what a section of the help lists. What goes on in a further line is
/// indented deeper than any name.
fn entries(help: &str, section: &str) -> Vec<(String, String)> {
    const NAME_INDENT_MOST: usize = 6;
    let mut entries: Vec<(String, String)> = Vec::new();
    let lines = help.lines().skip_while(|line| *line != section).skip(1);
    for line in lines.take_while(|line| !line.is_empty()) {
        let text = line.trim_start();
        if line.len() - text.len() > NAME_INDENT_MOST {
            let (_, what) = entries.last_mut().unwrap();
            *what = format!("{what} {text}").trim().to_owned();
        } else {
            let (name, what) = text.split_once("  ").unwrap_or((text, ""));
            entries.push((name.to_owned(), what.trim().to_owned()));
        }
    }
    entries
}

#[test]
fn every_setting_is_described_with_its_default() {
    let settings: toml::Table = read(&file("crates/filo/src/filo.default.toml"))
        .parse()
        .unwrap();
    let settings: BTreeMap<String, String> = settings
        .into_iter()
        .map(|(name, value)| (name, value.to_string()))
        .collect();
    for language in LANGUAGES {
        let path = page(language, "configuration.md");
        let described: BTreeMap<String, String> = read(&path)
            .lines()
            .filter_map(|line| {
                let mut cells = line.strip_prefix("| `")?.split('`');
                let name = cells.next()?.to_owned();
                Some((name, cells.nth(1)?.to_owned()))
            })
            .collect();
        assert_eq!(described, settings, "{}", path.display());
    }
}

#[test]
fn every_problem_is_described() {
    let words = read(&file("crates/filo-web/src/i18n/en/problem.ftl"));
    let codes = words
        .lines()
        .filter_map(|line| line.strip_prefix("problem-")?.split_once(" = "));
    let codes: Vec<String> = codes.map(|(code, _)| code.replace('-', "_")).collect();
    assert!(codes.len() > 20, "{codes:?}");
    for language in LANGUAGES {
        let text = read(&page(language, "api.md"));
        for code in codes.iter().filter(|code| *code != "defect") {
            assert!(
                text.contains(&format!("| `{code}` |")),
                "{language}: {code}"
            );
        }
    }
}

#[test]
fn the_help_is_read_as_it_is_printed() {
    let help = "Makes.\n\nUsage: filo x\n\nOptions:\n      --map <A=B>\n          Which\n  \
                -h, --help  Print\n              help\n\nMore:\n";
    let read = options(help);
    let expected = [("--map <A=B>", "Which"), ("-h, --help", "Print help")];
    let expected = expected.map(|(name, what)| (name.to_owned(), what.to_owned()));
    assert_eq!(read, expected);
}
