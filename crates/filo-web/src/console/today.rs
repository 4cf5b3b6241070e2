//! Oggi: what needs a person, read in the morning with a coffee; quiet when there is nothing.

use axum::extract::{Query, State};
use filo_app::{App, Beginning, CustomerRow, Today};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::alert;
use super::people;
use super::session::Session;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::right::Own;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<Own>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let day = words.day_of(app.now());
    let birthday = day.map(|day| i64::from(day.month()) * 100 + i64::from(day.day()));
    let today = app.today(&session.actor, birthday).await?;
    let frame = Frame {
        words,
        title: &words.say("place-today"),
        place: Some(Place::Today),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: asked.done.as_deref(),
    };
    let company = &app.company().company.name;
    let content = content(words, company, &today, app.now());
    shown(page(&frame, &content))
}

fn content(words: Words, company: &str, today: &Today, now: Timestamp) -> Markup {
    html! {
        header {
            p.soft { (words.long_date(now)) @if !company.is_empty() { " · " (display::line(company)) } }
            h1 { (words.say(greeting(words.hour(now)))) }
            p { a href="/monday" { (words.say("monday-title")) } }
        }
        @if let Some(begun) = today.beginning { (beginning(words, begun)) }
        div.today {
            div {
                (to_do(words, today))
                (alerts(words, today))
                @if !today.birthdays.is_empty() {
                    (persons(words, ("birthdays", "/people?birthday=today"), &today.birthdays, now))
                }
            }
            div { (persons(words, ("latest", "/people"), &today.latest, now)) }
        }
    }
}

/// The key of the greeting of an hour.
const fn greeting(hour: u8) -> &'static str {
    match hour {
        5..13 => "today-morning",
        13..18 => "today-afternoon",
        _ => "today-evening",
    }
}

/// What a new owner does first, ticked as it is done.
fn beginning(words: Words, beginning: Beginning) -> Markup {
    let steps = [
        (beginning.has_source, "today-step-source", "/sources"),
        (beginning.has_event, "today-step-event", "/sources"),
        (beginning.has_account, "today-step-account", "/account"),
        (beginning.named, "today-step-company", "/settings/company"),
        (beginning.backs_up, "today-step-backup", "/settings/backups"),
    ];
    let done = steps.iter().filter(|(done, ..)| *done).count();
    let count = [("done", done.into()), ("all", steps.len().into())];
    html! {
        section.card aria-labelledby="beginning-title" {
            div.head {
                h2 #beginning-title { (words.say("today-beginning")) }
                span.badge { (words.fill("today-beginning-count", count)) }
            }
            ol.list {
                @for (_, key, address) in steps.iter().filter(|(done, ..)| !done) {
                    li.step {
                        span.tick {}
                        span { (words.say(key)) }
                        a.button.quiet.small href=(address) { (words.say("today-step-do")) }
                    }
                }
            }
            @if done > 0 {
                // What is done makes no room for what waits.
                details {
                    summary { (words.say("today-steps-done")) }
                    ol.list {
                        @for (_, key, _) in steps.iter().filter(|(done, ..)| *done) {
                            li.step.done { span.tick { (Icon::Check.draw()) } span { (words.say(key)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What watched figures told.
fn alerts(words: Words, today: &Today) -> Markup {
    html! {
        @if !today.alerts.is_empty() {
            section.card aria-labelledby="alerts-title" {
                div.head {
                    h2 #alerts-title { (words.say("alert-title")) }
                    a.small href="/alerts" { (words.say("see-all")) }
                }
                ul.list {
                    @for it in &today.alerts {
                        li {
                            p { strong { (alert::headline(words, it)) } " " span.soft { (alert::days_of(words, it)) } }
                            p { (alert::sentence(words, it)) }
                        }
                    }
                }
            }
        }
    }
}

/// What waits for a person, each with where it is seen to.
fn to_do(words: Words, today: &Today) -> Markup {
    let (incidents, quarantine) = (&today.incidents, &today.quarantine);
    let requests = [
        ("today-requests-overdue", today.requests_overdue),
        ("today-requests-due", today.requests_due),
    ];
    let tasks = [
        ("today-tasks-late", today.tasks_late),
        ("today-tasks", today.tasks.saturating_sub(today.tasks_late)),
        ("today-approvals", today.approvals),
    ];
    let no_request = requests.iter().chain(&tasks).all(|(_, count)| *count == 0);
    html! {
        section.card aria-labelledby="todo-title" {
            h2 #todo-title { (words.say("today-todo")) }
            @if incidents.is_empty() && quarantine.is_empty() && today.duplicates == 0 && no_request {
                p.calm { (Icon::Check.draw()) (words.say("today-calm")) }
                p.soft { (words.say("today-calm-hint")) }
            } @else {
                ul.list.todo {
                    @for (key, count) in tasks.iter().filter(|(_, count)| *count > 0) {
                        @let address = if *key == "today-approvals" { "/approvals" } else { "/tasks" };
                        (row(words, address, Icon::Check, key, *count))
                    }
                    @for (key, count) in requests.iter().filter(|(_, count)| *count > 0) {
                        (row(words, "/requests", Icon::Mail, key, *count))
                    }
                    @for (kind, count) in incidents {
                        (row(words, "/incidents", Icon::Alert, &format!("incident-{}", kind.replace('_', "-")), *count))
                    }
                    @if today.duplicates > 0 {
                        (row(words, "/duplicates", Icon::Group, "today-duplicates", today.duplicates))
                    }
                    @for (code, count) in quarantine {
                        (row(words, "/quarantine", Icon::Shield, &format!("defect-{}", code.replace('_', "-")), *count))
                    }
                }
            }
        }
    }
}

fn row(words: Words, address: &str, icon: Icon, key: &str, count: u64) -> Markup {
    let told = words.look_up(key);
    let told = told.map_or_else(|| display::line(key), std::borrow::Cow::into_owned);
    html! {
        li {
            a href=(address) {
                span.sign { (icon.draw()) }
                span { (told) }
                span.count { (words.number(count)) }
            }
        }
    }
}

/// A few people under a heading, with where they all are.
fn persons(
    words: Words,
    (key, address): (&str, &str),
    rows: &[CustomerRow],
    now: Timestamp,
) -> Markup {
    html! {
        section.card aria-labelledby={ (key) "-title" } {
            div.head {
                h2 #{ (key) "-title" } { (words.say(&format!("today-{key}"))) }
                a.small href=(address) { (words.say("see-all")) }
            }
            @if rows.is_empty() {
                p.soft { (words.say("people-none")) }
            } @else {
                ul.list {
                    @for row in rows {
                        @let name = people::name(words, row);
                        li {
                            div.person-cell {
                                (monogram(&name, ""))
                                div {
                                    a href={ "/people/" (row.id) } { bdi { (name) } }
                                    p.about {
                                        time datetime=(row.last_seen) { (words.recently(row.last_seen, now)) }
                                        @if let Some(spent) = people::spent_words(words, row) { " · " (spent) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn it_is_quiet_when_there_is_nothing_and_says_what_there_is() {
        let now = Timestamp::parse("2026-11-28T08:00:00Z").unwrap();
        for language in Language::ALL {
            let words = Words::of(language);
            let page = content(words, "Torrefazione <b>", &Today::default(), now).into_string();
            assert!(
                page.contains("class=\"calm\"") && !page.contains("class=\"tick\""),
                "{page}"
            );
            assert!(page.contains("Torrefazione &lt;b&gt;"), "{page}");
            let busy = Today {
                quarantine: vec![("missing_event".to_owned(), 1_234)],
                incidents: vec![("unheard_of<".to_owned(), 1)],
                requests_due: 3,
                requests_overdue: 2,
                beginning: Some(Beginning::default()),
                ..Today::default()
            };
            let page = content(words, "", &busy, now).into_string();
            assert!(
                page.contains("href=\"/quarantine\"") && page.contains("&lt;"),
                "{page}"
            );
            assert_eq!(page.matches("href=\"/requests\"").count(), 2, "{page}");
            assert_eq!(page.matches("class=\"tick\"").count(), 5, "{page}");
        }
    }

    #[test]
    fn the_greeting_follows_the_clock() {
        assert_eq!(greeting(8), "today-morning");
        assert_eq!(greeting(13), "today-afternoon");
        assert_eq!(greeting(23), "today-evening");
        assert_eq!(greeting(2), "today-evening");
    }
}
