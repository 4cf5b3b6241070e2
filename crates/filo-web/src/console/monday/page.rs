//! The Monday page: a few figures that matter beside the week before, how customers find it, what
//! stands out, what journeys changed, and who waits; made to be printed.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::monday::{MondayFigures, MondayView, WAITING_DAYS};
use filo_core::analysis::metric::{Answers, Comparison};
use maud::{Markup, html};
use serde::Deserialize;

use crate::console::alert;
use crate::console::analysis::compare::{chance, days_words};
use crate::console::annotation::told;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::Own;
use crate::sentence::figure::{Teller, name};
use crate::sentence::impact::headline;
use crate::ui::icon::Icon;
use crate::ui::page::Place;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<Own>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.monday(&session.actor).await?;
    let words = session.words;
    let company = &app.company().company.name;
    let title = words.say("monday-title");
    let teller = Teller {
        words,
        currency: view.currency,
    };
    let content = html! {
        a.back href="/" { (Icon::Back.draw()) (words.say("place-today")) }
        header.monday {
            p.soft { @if !company.is_empty() { (line(company)) " · " } (words.long_date(view.at)) }
            h1 { (title) }
            p.lead { (days_words(words, &view.days)) }
        }
        div.paper {
            (waiting(words, &view))
            @if let Some(figures) = &view.figures {
                (part(teller, "monday-business", &figures.business, None))
                (part(teller, "monday-experience", &figures.experience, Some(&answers(words, figures))))
                (alerts(words, figures))
                (journeys(words, figures))
                @if !figures.annotations.is_empty() {
                    section.card { h2 { (words.say("annotation-meanwhile")) } (told(words, &figures.annotations)) }
                }
            }
        }
        p.about.unprinted {
            (words.say("monday-print")) " "
            a href="/account#monday" { (words.say("monday-by-mail")) }
        }
    };
    shown(session.page(Place::Today, &title, asked.done.as_deref(), &content))
}

fn part(teller: Teller, key: &str, rows: &[Comparison], more: Option<&Markup>) -> Markup {
    let words = teller.words;
    let heads = [
        "compare-head-figure",
        "monday-head-week",
        "monday-head-before",
        "compare-head-difference",
        "compare-head-chance",
    ];
    let heads = heads.map(|key| words.say(key));
    html! {
        section aria-labelledby=(key) {
            h2 #(key) { (words.say(key)) }
            table.table.compared {
                thead {
                    tr {
                        @for (place, head) in heads.iter().enumerate() {
                            th.number[(1..=3).contains(&place)] scope="col" { (head) }
                        }
                    }
                }
                tbody {
                    @for it in rows {
                        tr {
                            th scope="row" data-label=(heads[0]) { (name(words, it.metric)) }
                            td.number data-label=(heads[1]) { (teller.value(it.metric, it.now.value)) }
                            td.number data-label=(heads[2]) { (teller.value(it.metric, it.before.value)) }
                            td.number data-label=(heads[3]) { (teller.difference(it)) }
                            td data-label=(heads[4]) { span { (chance(teller, it)) } }
                        }
                    }
                }
            }
            @if let Some(more) = more { (more) }
        }
    }
}

/// How long answers took.
fn answers(words: Words, figures: &MondayFigures) -> Markup {
    let (now, before) = &figures.answers;
    html! {
        p {
            (answers_words(words, now.as_ref(), before.as_ref()))
        }
    }
}

/// The same as a sentence.
pub(super) fn answers_words(
    words: Words,
    now: Option<&Answers>,
    before: Option<&Answers>,
) -> String {
    let hours = |it: &Answers| words.decimal(&format!("{:.1}", it.median_hours));
    let Some(now) = now else {
        return words.say("monday-answers-none").into_owned();
    };
    let said = [
        ("count", now.answered.into()),
        ("number", words.number(now.answered).into()),
        ("hours", hours(now).into()),
    ];
    let told = words.fill("monday-answers", said);
    match before {
        Some(before) => {
            let more = words.fill("monday-answers-before", [("hours", hours(before).into())]);
            format!("{told} {more}")
        }
        None => told,
    }
}

fn alerts(words: Words, figures: &MondayFigures) -> Markup {
    html! {
        section.card aria-labelledby="monday-alerts" {
            h2 #monday-alerts { (words.say("alert-title")) }
            @if figures.alerts.is_empty() { p.soft { (words.say("alert-none")) } }
            @for it in &figures.alerts {
                h3 { (alert::headline(words, it)) }
                p { (alert::sentence(words, it)) }
                (alert::reasons(words, it))
            }
        }
    }
}

fn journeys(words: Words, figures: &MondayFigures) -> Markup {
    html! {
        section.card aria-labelledby="monday-journeys" {
            h2 #monday-journeys { (words.say("monday-journeys")) }
            @if figures.journeys.is_empty() { p.soft { (words.say("monday-journeys-none")) } }
            @for (id, name, impact) in &figures.journeys {
                h3 { a href={ "/journeys/" (id) } { (line(name)) } }
                p { (headline(words, impact)) }
            }
        }
    }
}

fn waiting(words: Words, view: &MondayView) -> Markup {
    let lines = waiting_words(words, view);
    html! {
        @if !lines.is_empty() {
            section.card aria-labelledby="monday-waiting" {
                h2 #monday-waiting { (words.say("monday-waiting")) }
                ul.points { @for (text, address) in &lines { li { a href=(address) { (text) } } } }
            }
        }
    }
}

/// Who and what waits, each with where it is seen to; nothing of what the reader may not see.
pub(super) fn waiting_words(words: Words, view: &MondayView) -> Vec<(String, &'static str)> {
    let waiting = &view.waiting;
    let mut lines = Vec::new();
    if let Some(answers) = waiting.answers {
        let text = match answers.since.filter(|_| answers.people > 0) {
            Some(since) => words.fill(
                "monday-waiting-answers",
                [
                    ("count", answers.people.into()),
                    ("number", words.number(answers.people).into()),
                    ("when", words.date_time(since).into()),
                ],
            ),
            None => words.fill("monday-waiting-nobody", [("days", WAITING_DAYS.into())]),
        };
        lines.push((text, "/people"));
    }
    if let Some((tasks, late)) = waiting.tasks {
        let said = [
            ("count", tasks.into()),
            ("number", words.number(tasks).into()),
            ("late", words.number(late).into()),
        ];
        lines.push((words.fill("monday-waiting-tasks", said), "/tasks"));
    }
    if let Some(approvals) = waiting.approvals {
        let said = [
            ("count", approvals.into()),
            ("number", words.number(approvals).into()),
        ];
        lines.push((words.fill("monday-waiting-approvals", said), "/approvals"));
    }
    lines
}
