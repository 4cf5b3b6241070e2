//! The people behind a figure of what a journey changed.
//!
//! **Invariant:** they are as many as the figure says, and of them only what [`filo_app::Eyes`]
//! lets through is shown.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::impact::Measured;
use filo_core::id::{JourneyId, RunId};
use filo_core::impact::{Figure, Person};
use filo_core::journey::StepId;
use maud::{Markup, html};
use serde::Deserialize;

use super::impact::{group_name, version_query};
use super::whole;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, id, people, shown};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::sentence::impact::count_words;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// People of a page.
const PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    group: String,
    figure: String,
    /// Of an experiment, its step.
    step: String,
    version: String,
    before: String,
}

/// A group with its name.
struct Shown {
    measured: Measured,
    group: String,
}

pub(in crate::console) async fn behind(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let journey: JourneyId = id(&journey)?;
    let figure = Figure::from_word(&asked.figure).ok_or(Failure::Missing)?;
    let group: usize = id(&asked.group)?;
    let version: Option<i64> = asked.version.parse().ok();
    let view = app.journey(journey).await?;
    let found = measured(&app, words, journey, (group, version, &asked.step)).await?;
    let all = found.measured.behind(group, figure);
    let before: Option<RunId> = asked.before.parse().ok();
    let begin = before.and_then(|before| all.iter().position(|it| it.run == before));
    let begin = begin.map_or(0, |place| place + 1);
    let page: Vec<&Person> = all.iter().skip(begin).take(PAGE).copied().collect();
    let eyes = app.eyes(&session.actor);
    let mut called = Vec::with_capacity(page.len());
    for person in &page {
        let customer = eyes.customer(person.customer).await?;
        called.push(customer.map(|it| people::name_of(words, &it)));
    }
    let title = title(words, &found, figure);
    let next = page.last().filter(|_| begin + PAGE < all.len());
    let content = html! {
        a.back href={ "/journeys/" (journey) } { (Icon::Back.draw()) (line(&view.row.name)) }
        h1 { (title) }
        p.lead { (words.fill("impact-behind-count", [("count", count_words(words, all.len()).into())])) }
        @if page.is_empty() { p.soft { (words.say("journey-nobody")) } }
        @else { (table(words, &page, &called)) }
        @if let Some(last) = next {
            p.pages.actions {
                a.button.quiet href={ "/journeys/" (journey) "/impact?group=" (group) "&figure=" (figure.word())
                    (version_query(version))
                    @if !asked.step.is_empty() { "&step=" (asked.step) }
                    "&before=" (last.run) } { (words.say("older")) }
            }
        }
    };
    shown(whole(&session, &title, None, &content))
}

/// What was measured of a journey, or of one of its experiments.
async fn measured(
    app: &App,
    words: Words,
    journey: JourneyId,
    (group, version, step): (usize, Option<i64>, &str),
) -> Result<Shown, Failure> {
    if step.is_empty() {
        let view = app.journey_impact(journey, version).await?;
        let measured = view.ok_or(Failure::Missing)?.measured;
        measured.impact.groups.get(group).ok_or(Failure::Missing)?;
        return Ok(Shown {
            measured,
            group: group_name(words, group),
        });
    }
    let step = StepId::from(step);
    let mut experiments = app.journey_experiments(journey).await?.into_iter();
    let view = experiments.find(|it| it.step == step);
    let view = view.ok_or(Failure::Missing)?;
    let way = view.ways.get(group).ok_or(Failure::Missing)?;
    Ok(Shown {
        group: line(&way.name),
        measured: view.measured,
    })
}

fn title(words: Words, found: &Shown, figure: Figure) -> String {
    let goal = found.measured.goal.as_deref().map(line).unwrap_or_default();
    let what = match figure {
        Figure::Reached => words.fill("impact-figure-reached", [("goal", goal.into())]),
        Figure::Entered | Figure::Open | Figure::Counted | Figure::Bought => words
            .say(&format!("impact-figure-{}", figure.word()))
            .into_owned(),
    };
    format!("{}: {what}", found.group)
}

fn table(words: Words, page: &[&Person], called: &[Option<String>]) -> Markup {
    let heads = [
        "impact-since",
        "impact-until",
        "impact-reached-at",
        "impact-bought",
    ]
    .map(|key| words.say(key));
    html! {
        table.table {
            thead { tr {
                th scope="col" { (words.say("journey-run-who")) }
                @for head in &heads { th scope="col" { (head) } }
            } }
            tbody {
                @for (person, name) in page.iter().zip(called) {
                    tr {
                        td {
                            a href={ "/runs/" (person.run) } {
                                @match name { Some(name) => bdi { (name) }, None => (words.say("person-unknown")) }
                            }
                        }
                        td data-label=(heads[0]) { (words.date_time(person.since)) }
                        td data-label=(heads[1]) { (words.date_time(person.until)) }
                        td data-label=(heads[2]) {
                            @match person.done.reached_at { Some(at) => (words.date_time(at)), None => "—" }
                        }
                        td data-label=(heads[3]) { (spent(words, person)) }
                    }
                }
            }
        }
    }
}

/// What somebody spent, by currency; how often they bought where no amount is known.
fn spent(words: Words, person: &Person) -> String {
    let sums: Vec<String> = person
        .done
        .revenue
        .iter()
        .map(|(currency, sum)| words.amount(sum.0, *currency))
        .collect();
    match (person.done.order_count, sums.is_empty()) {
        (0, _) => "—".to_owned(),
        (count, true) => count_words(words, count),
        (count, false) => format!("{} · {}", count_words(words, count), sums.join(", ")),
    }
}
