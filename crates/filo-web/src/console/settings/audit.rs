//! The audit log: who did what and when, and where the chain ends.
//!
//! **Invariant:** names stand only on the page, never in the log: they are looked up by id.

mod line;

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, AuditFilter, EXPORT_LINES_MOST};
use filo_core::audit::{Act, Party, Sealed};
use filo_core::time::Timestamp;
use http::{HeaderValue, header};
use line::{party, row, sentence};
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::api::audit::{cursor_of, seq_of};
use crate::api::paging::Cursor;
use crate::console::posted::Posted;
use crate::console::session::{Session, encode};
use crate::console::{Answer, shown, wrong};
use crate::i18n::Words;
use crate::right::SeeAudit;
use crate::ui::form::{Field, button_form, copyable};
use crate::ui::page::empty;
use crate::ui::shown as display;

const HERE: &str = "/settings/audit";
/// Rows of a page.
const ROWS: usize = 50;
/// Keys among which one chooses, the newest; others by the links of the table.
const ACTORS_OFFERED: usize = 100;

/// What of the log is wanted; also what the export is asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    day: String,
    before: Option<String>,
}

impl Asked {
    /// None if the day is none.
    fn filter(&self, words: Words) -> Option<AuditFilter> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (from, until) = match given(&self.day) {
            Some(day) => words
                .bounds_of_day(&day)
                .map(|(from, until)| (Some(from), Some(until)))?,
            None => (None, None),
        };
        Some(AuditFilter {
            actor: given(&self.actor),
            act: given(&self.act),
            from,
            until,
        })
    }

    /// Nothing is left out.
    fn is_everything(&self) -> bool {
        [&self.actor, &self.act, &self.day]
            .iter()
            .all(|asked| asked.trim().is_empty())
    }

    fn address(&self, before: Option<&str>) -> String {
        let pairs = [
            ("actor", self.actor.as_str()),
            ("act", self.act.as_str()),
            ("day", self.day.as_str()),
            ("before", before.unwrap_or_default()),
        ];
        let pairs: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        format!("/settings/audit?{}", pairs.join("&"))
    }
}

struct Log {
    entries: Vec<Sealed>,
    next: Option<String>,
    head: String,
    /// What the keys are called and when they were made, newest first.
    keys: Vec<(String, String, Timestamp)>,
    /// What the sources are called, by id.
    sources: BTreeMap<String, String>,
}

impl Log {
    fn key_name(&self, id: &str) -> Option<&str> {
        let found = self.keys.iter().find(|(key, ..)| key == id);
        found.map(|(_, name, _)| name.as_str())
    }

    fn source_name(&self, id: &str) -> Option<&str> {
        self.sources.get(id).map(String::as_str)
    }
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<SeeAudit>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let filter = asked.filter(words);
    let before = asked
        .before
        .as_deref()
        .and_then(Cursor::read)
        .and_then(seq_of);
    let mut entries = match &filter {
        Some(filter) => app.audit(&session.actor, filter, before, ROWS + 1).await?,
        None => Vec::new(),
    };
    let more = entries.len() > ROWS;
    entries.truncate(ROWS);
    let next = entries.last().filter(|_| more);
    let mut keys = app.keys().await?;
    keys.sort_by_key(|key| std::cmp::Reverse((key.created_at, key.id)));
    let sources = app.sources().await?.into_iter();
    let log = Log {
        next: next.map(|entry| cursor_of(entry).write()),
        entries,
        head: app.audit_head().await?.to_string(),
        keys: keys
            .into_iter()
            .map(|key| (key.id.to_string(), key.name, key.created_at))
            .collect(),
        sources: sources
            .map(|source| (source.id.0.to_string(), source.name))
            .collect(),
    };
    let no_day = filter.is_none().then(|| words.say("audit-day-wrong"));
    let content = content(words, &log, &asked, no_day.as_deref(), &session.token);
    let title = words.say("settings-audit");
    let page = whole(&session, HERE, &title, None, &content);
    if filter.is_none() {
        wrong(page)
    } else {
        shown(page)
    }
}

fn content(words: Words, log: &Log, asked: &Asked, day_wrong: Option<&str>, token: &str) -> Markup {
    let hidden = [
        ("actor", asked.actor.as_str()),
        ("act", asked.act.as_str()),
        ("day", asked.day.as_str()),
    ];
    html! {
        div.head {
            div {
                h1 { (words.say("settings-audit")) }
                p.lead { (words.say("settings-audit-lead")) }
            }
            (button_form("/settings/audit/export", token, &hidden, &words.say("audit-export"), "quiet small"))
        }
        (filters(words, log, asked, day_wrong))
        @if log.entries.is_empty() {
            (empty(&words.say("audit-none"), &html! { p { a href="/settings/audit" { (words.say("audit-all")) } } }))
        } @else {
            (table(words, log))
            @if let Some(next) = &log.next {
                p.pages { a.button.quiet href=(asked.address(Some(next))) { (words.say("older")) } }
            }
        }
        section.card {
            h2 { (words.say("audit-head")) }
            p { (words.say("audit-head-hint")) }
            (copyable(words, "audit-head", &log.head))
        }
    }
}

fn filters(words: Words, log: &Log, asked: &Asked, day_wrong: Option<&str>) -> Markup {
    let acts: Vec<(&str, String)> = Act::ALL
        .iter()
        .map(|act| (act.word(), sentence(words, act.word())))
        .collect();
    let any = words.say("audit-act-any");
    let mut options = vec![("", any.as_ref())];
    options.extend(acts.iter().map(|(word, text)| (*word, text.as_str())));
    let act = Field {
        name: "act",
        label: &words.say("audit-what"),
        value: &asked.act,
        ..Field::default()
    };
    let actor = Field {
        name: "actor",
        label: &words.say("audit-who"),
        value: asked.actor.trim(),
        ..Field::default()
    };
    let actors = actors(words, log, asked.actor.trim());
    let actors: Vec<(&str, &str)> = actors
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    let day = Field {
        name: "day",
        label: &words.say("audit-day"),
        value: &asked.day,
        wrong: day_wrong,
        ..Field::default()
    };
    html! {
        form.row action=(HERE) {
            (act.select(&options))
            (actor.select(&actors))
            (day.date())
            div.actions {
                button.quiet type="submit" { (words.say("audit-filter")) }
                @if !asked.is_everything() { a.button.plain href=(HERE) { (words.say("audit-all")) } }
            }
        }
    }
}

/// Whoever may have done something: those without a key, then keys and people by name. Who comes
/// in each day has many keys, so each says when it was made.
fn actors(words: Words, log: &Log, asked: &str) -> Vec<(String, String)> {
    let mut actors = vec![(String::new(), words.say("audit-who-any").into_owned())];
    let parties = Party::ALL.iter().filter(|party| **party != Party::Key);
    actors.extend(parties.map(|it| (it.word().to_owned(), party(words, it.word()))));
    let keys = log.keys.iter().enumerate();
    actors.extend(
        keys.filter(|(index, (id, ..))| *index < ACTORS_OFFERED || id == asked)
            .map(|(_, (id, name, made_at))| {
                let name = display::line(name);
                (
                    id.clone(),
                    format!("{name} · {}", words.date_time(*made_at)),
                )
            }),
    );
    if !actors.iter().any(|(id, _)| id == asked) {
        actors.push((asked.to_owned(), display::line(asked)));
    }
    actors
}

fn table(words: Words, log: &Log) -> Markup {
    let heads =
        ["when", "who", "which", "more", "what"].map(|head| words.say(&format!("audit-{head}")));
    let [when, who, which, more, what] = &heads;
    html! {
        table.table.audit {
            thead {
                tr {
                    th scope="col" { (what) }
                    th scope="col" { (which) }
                    th scope="col" { (who) }
                    th scope="col" { (when) }
                    th scope="col" { (more) }
                }
            }
            tbody { @for entry in &log.entries { (row(words, log, entry, [when, who, which, more])) } }
        }
    }
}

/// The log as a file: a form, because it writes down that it was exported.
pub(in crate::console) async fn export(
    State(app): State<App>,
    posted: Posted<SeeAudit, Asked>,
) -> Answer {
    let Posted { session, form } = posted;
    let Some(filter) = form.filter(session.words) else {
        let hint = session.words.say("audit-day-wrong").into_owned();
        return Err(filo_app::Error::invalid("day", hint).into());
    };
    let text = app
        .export_audit(&session.actor, &filter, EXPORT_LINES_MOST)
        .await?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"filo-audit.csv\""),
        ),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use filo_core::audit::{Entry, Head, seal};
    use filo_core::id::KeyId;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_act_and_party_has_its_words() {
        for language in Language::ALL {
            let words = Words::of(language);
            for act in Act::ALL {
                assert_ne!(
                    sentence(words, act.word()),
                    act.word(),
                    "{}",
                    language.tag()
                );
            }
            for party in Party::ALL.iter().filter(|party| **party != Party::Key) {
                let key = format!("audit-party-{}", party.word());
                assert!(words.look_up(&key).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn names_are_looked_up_and_shown_as_text() {
        let mut entry = Entry::new(Timestamp(0), Party::Key, Act::KeyMade).about(KeyId(2));
        entry.actor = Some(KeyId(1).into());
        let log = Log {
            entries: vec![seal(&Head::BEGINNING, &entry)],
            next: Some("n".to_owned()),
            head: "1-00".to_owned(),
            keys: vec![(KeyId(1).to_string(), "<b>Anna</b>".to_owned(), Timestamp(0))],
            sources: BTreeMap::new(),
        };
        let asked = Asked {
            actor: "a&b\"".to_owned(),
            ..Asked::default()
        };
        let page = content(Words::of(Language::Italian), &log, &asked, None, "t").into_string();
        assert!(page.contains("&lt;b&gt;Anna"), "{page}");
        assert!(page.contains("actor=a%26b%22&amp;before=n"), "{page}");
        assert!(page.contains(r#"value="a&amp;b&quot;" selected"#), "{page}");
        assert!(
            page.contains(&KeyId(2).to_string()),
            "ids are not lost: {page}"
        );
    }
}
