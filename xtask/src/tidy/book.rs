//! The book for users: both languages have the same pages in the same order, with the same
//! commands and the same pairs of words.

use std::collections::BTreeSet;

use super::Finding;
use super::documents::blocks;
use super::source::Source;

/// The folder of each language; the first is the one the other is held against.
const LANGUAGES: [&str; 2] = ["docs/book/en/", "docs/book/it/"];
const SUMMARY: &str = "SUMMARY.md";
const GLOSSARY: &str = "glossary.md";
const WHY: &str = "who reads the book in one language must find what the other has";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let [english, italian] = LANGUAGES.map(|folder| pages(sources, folder));
    for (folder, here, there) in [
        (LANGUAGES[0], &english, &italian),
        (LANGUAGES[1], &italian, &english),
    ] {
        findings.extend(check_summary(folder, here));
        for (page, _) in there
            .iter()
            .filter(|(page, _)| text_of(here, page).is_none())
        {
            findings.push(finding(
                folder,
                page,
                "is only in the other language".to_owned(),
            ));
        }
    }
    for (page, text) in &english {
        let Some(other) = text_of(&italian, page) else {
            continue;
        };
        let (one, other) = match *page {
            SUMMARY => (listed(text), listed(other)),
            GLOSSARY => (pairs(text, [0, 1]), pairs(other, [1, 0])),
            _ => (blocks(text), blocks(other)),
        };
        findings.extend(difference(&one, &other).map(|what| finding(LANGUAGES[1], page, what)));
    }
    findings
}

fn finding(folder: &str, page: &str, what: String) -> Finding {
    Finding {
        place: format!("{folder}{page}"),
        what,
        why: WHY,
    }
}

/// The pages of a language by their path within it.
fn pages<'a>(sources: &'a [Source], folder: &str) -> Vec<(&'a str, &'a str)> {
    let inside = sources.iter().filter(|source| source.has_kind(&["md"]));
    inside
        .filter_map(|source| Some((source.path.strip_prefix(folder)?, source.text.as_str())))
        .collect()
}

fn text_of<'a>(pages: &[(&str, &'a str)], wanted: &str) -> Option<&'a str> {
    let found = pages.iter().find(|(page, _)| *page == wanted);
    found.map(|(_, text)| *text)
}

/// The summary lists every page exactly once.
fn check_summary(folder: &str, pages: &[(&str, &str)]) -> Vec<Finding> {
    let Some(summary) = text_of(pages, SUMMARY) else {
        let what = "does not exist".to_owned();
        return vec![finding(folder, SUMMARY, what)];
    };
    let listed = listed(summary);
    let distinct: BTreeSet<&String> = listed.iter().collect();
    let mut findings = Vec::new();
    if distinct.len() < listed.len() {
        let what = "lists a page twice".to_owned();
        findings.push(finding(folder, SUMMARY, what));
    }
    let names = pages.iter().map(|(page, _)| *page);
    for page in names.filter(|page| *page != SUMMARY) {
        if !listed.iter().any(|one| one == page) {
            findings.push(finding(folder, page, format!("is not in {SUMMARY}")));
        }
    }
    findings
}

/// The pages that a summary links to, in its order.
fn listed(summary: &str) -> Vec<String> {
    let links = summary.split("](").skip(1);
    links
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
        .collect()
}

/// Word and translation of each row of the glossary, the English one first.
fn pairs(text: &str, columns: [usize; 2]) -> Vec<String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| "));
    rows.skip(1)
        .filter_map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            let [english, italian] = columns.map(|column| cells.get(column));
            Some(format!("{} = {}", english?, italian?))
        })
        .collect()
}

/// The first thing that one has and the other has not at its place.
fn difference(one: &[String], other: &[String]) -> Option<String> {
    let longest = one.len().max(other.len());
    let at = (0..longest).find(|at| one.get(*at) != other.get(*at))?;
    let shown = |text: Option<&String>| match text {
        Some(text) => format!("“{}”", text.trim()),
        None => "nothing".to_owned(),
    };
    Some(format!(
        "has {} where the English page has {}",
        shown(other.get(at)),
        shown(one.get(at))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(changed: &str, text: &str) -> Vec<Source> {
        let pages = [
            ("en/SUMMARY.md", "[A](a.md)\n[Words](glossary.md)\n"),
            ("it/SUMMARY.md", "[A](a.md)\n[Parole](glossary.md)\n"),
            ("en/a.md", "# A\n\n```sh\nfilo # serves\n```\n"),
            ("it/a.md", "# A\n\n```sh\nfilo # lavora\n```\n"),
            (
                "en/glossary.md",
                "| English | Italian |\n|---|---|\n| event | evento | x |\n",
            ),
            (
                "it/glossary.md",
                "| italiano | inglese |\n|---|---|\n| evento | event | y |\n",
            ),
        ];
        let others = pages.iter().filter(|(page, _)| *page != changed);
        let mut sources: Vec<Source> = others
            .map(|(page, text)| Source::of(&format!("docs/book/{page}"), text))
            .collect();
        if !text.is_empty() {
            sources.push(Source::of(&format!("docs/book/{changed}"), text));
        }
        sources
    }

    #[test]
    fn both_languages_have_the_same() {
        for (changed, text, found) in [
            ("none", "", 0),
            // Missing: once as a page, once as a line of the summary that leads nowhere, which
            // the check of links says.
            ("it/a.md", "", 1),
            ("it/b.md", "# B\n", 2),
            ("en/SUMMARY.md", "[Words](glossary.md)\n", 2),
            ("it/SUMMARY.md", "[Parole](glossary.md)\n[A](a.md)\n", 1),
            (
                "it/SUMMARY.md",
                "[A](a.md)\n[A](a.md)\n[P](glossary.md)\n",
                2,
            ),
            ("it/a.md", "# A\n\n```sh\nfilo check\n```\n", 1),
            (
                "it/glossary.md",
                "| i | e |\n|---|---|\n| fatto | event | y |\n",
                1,
            ),
            ("it/SUMMARY.md", "", 2),
        ] {
            let findings = check(&book(changed, text));
            assert_eq!(findings.len(), found, "{changed}: {findings:?}");
        }
    }
}
