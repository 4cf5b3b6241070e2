//! One person's way through a journey: where they stand and why; and the card on their page.

use axum::extract::{Path, Query, State};
use filo_app::journey::{LineRow, RunView};
use filo_app::{App, Error};
use filo_core::id::{EventId, JourneyId, RunId, SegmentId};
use maud::{Markup, html};
use serde::Deserialize;

use super::halting::Nothing;
use super::{manages, names, whole};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, people, shown};
use crate::i18n::Words;
use crate::right::{ManageJourneys, SeePeople};
use crate::sentence::journey::{JourneyNames, step_sentence, way_names};
use crate::ui::form::second_thought;
use crate::ui::icon::Icon;
use crate::ui::shown::line;
use filo_core::journey::Step;
use filo_core::time::Timestamp;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

pub(in crate::console) async fn run(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path(run): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let view = app.run(id(&run)?).await?;
    let names = names(&app).await?;
    let customer = app.eyes(&session.actor).customer(view.run.customer).await?;
    let customer = customer.ok_or(Failure::Missing)?;
    let name = people::name_of(words, &customer);
    let may = manages(&session) && view.run.ended.is_none();
    let content = html! {
        a.back href={ "/people/" (customer.id) } { (Icon::Back.draw()) bdi { (name) } }
        h1 { (line(&view.name)) }
        p.lead { (standing(words, &view, &names)) }
        @if view.run.is_held_back { p.notice { (words.say("run-held-back")) } }
        section.card {
            h2 { (words.say("run-history")) }
            (history(words, &view, &names))
        }
        @if may {
            (second_thought(&format!("/runs/{}/end", view.run.id), &session.token,
                &words.say("run-take-out"), &words.say("run-take-out-do")))
        }
    };
    shown(whole(
        &session,
        &line(&view.name),
        asked.done.as_deref(),
        &content,
    ))
}

/// Takes somebody out.
pub(in crate::console) async fn end_run(
    State(app): State<App>,
    Path(run): Path<String>,
    posted: Posted<ManageJourneys, Nothing>,
) -> Answer {
    let run: RunId = id(&run)?;
    match app.take_out(&posted.session.actor, run).await {
        Ok(()) => done(&format!("/runs/{run}?done=run-taken-out")),
        Err(Error::Conflict(_)) => done(&format!("/runs/{run}")),
        Err(error) => Err(error.into()),
    }
}

/// The journeys that somebody is on and was on.
pub(in crate::console) fn card(words: Words, runs: &[RunView], names: &JourneyNames) -> Markup {
    html! {
        @if !runs.is_empty() {
            details.card.section open data-fold {
                summary { h2 { (words.say("run-of-person")) } }
                ul.list {
                    @for view in runs {
                        li {
                            a.value href={ "/runs/" (view.run.id) } { (line(&view.name)) }
                            p.about { (standing(words, view, names)) }
                        }
                    }
                }
            }
        }
    }
}

/// Where somebody stands, in a sentence.
fn standing(words: Words, view: &RunView, names: &JourneyNames) -> String {
    let run = &view.run;
    if let Some((at, ending)) = run.ended {
        let key = format!("journey-ending-{}", ending.word().replace('_', "-"));
        let how = words.say(&key).into_owned();
        let fill = [("how", how.into()), ("when", words.date_time(at).into())];
        return words.fill("run-ended", fill);
    }
    let step = view.step(&run.step.0);
    let step = step.map_or_else(
        || run.step.to_string(),
        |step| step_sentence(words, step, names),
    );
    let since = words.date_time(run.since);
    match run.stand.until() {
        Some(until) => words.fill(
            "run-stands-until",
            [
                ("step", step.into()),
                ("since", since.into()),
                ("until", words.date_time(until).into()),
            ],
        ),
        None => words.fill(
            "run-stands",
            [("step", step.into()), ("since", since.into())],
        ),
    }
}

fn history(words: Words, view: &RunView, names: &JourneyNames) -> Markup {
    html! {
        ol.list {
            @for line in &view.lines {
                li {
                    time datetime=(line.at) { (words.date_time(line.at)) }
                    p { (told(words, view.step(&line.step), line, names)) }
                }
            }
        }
    }
}

/// A line of the history, in a sentence.
pub(super) fn told(
    words: Words,
    step: Option<&Step>,
    row: &LineRow,
    names: &JourneyNames,
) -> String {
    let what = step.map_or_else(String::new, |step| step_sentence(words, step, names));
    let key = format!("run-line-{}", row.what);
    let detail = match row.what.as_str() {
        "entered" => why_words(words, &row.detail, names),
        "waits" => Timestamp::parse(&row.detail)
            .map_or_else(|| row.detail.clone(), |at| words.date_time(at)),
        "went" => {
            let way = row.detail.parse::<usize>().ok();
            let ways = step
                .map(|step| way_names(words, step, names))
                .unwrap_or_default();
            way.and_then(|way| ways.get(way).cloned())
                .unwrap_or_default()
        }
        "late" => words
            .say(&format!("journey-late-{}", row.detail.replace('_', "-")))
            .into_owned(),
        "ended" => words
            .say(&format!("journey-ending-{}", row.detail.replace('_', "-")))
            .into_owned(),
        "withheld" => String::new(),
        "started" => {
            let id: Option<JourneyId> = row.detail.parse().ok();
            let name = id.and_then(|id| names.journeys.get(&id));
            name.map_or_else(|| row.detail.clone(), |name| line(name))
        }
        _ => line(&row.detail),
    };
    words.fill(&key, [("step", what.into()), ("detail", detail.into())])
}

/// What brought somebody in, as the run has it.
pub(in crate::console) fn why_words(words: Words, why: &str, names: &JourneyNames) -> String {
    let (word, rest) = why.split_once(' ').unwrap_or((why, ""));
    let segment = |rest: &str| {
        let id: Option<SegmentId> = rest.parse().ok();
        let name = id.and_then(|id| names.of_segments.segments.get(&id));
        name.map_or_else(|| rest.to_owned(), |name| line(name))
    };
    let detail = match word {
        "event" => rest
            .parse::<EventId>()
            .map_or_else(|_| rest.to_owned(), |_| String::new()),
        "entered" | "left" | "broadcast" | "schedule" => segment(rest),
        "journey" => {
            let id: Option<JourneyId> = rest.parse().ok();
            let name = id.and_then(|id| names.journeys.get(&id));
            name.map_or_else(|| rest.to_owned(), |name| line(name))
        }
        _ => line(rest),
    };
    let key = format!("run-why-{word}");
    match words.look_up(&key) {
        Some(_) => words.fill(&key, [("detail", detail.into())]),
        None => line(why),
    }
}
