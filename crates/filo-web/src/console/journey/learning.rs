//! How the shares of an experiment learn: what is in force and why, what is to be believed of each
//! way, what can be said of the difference; and freezing them, making them equal, letting them
//! learn again.

use axum::extract::{Path, State};
use filo_app::impact::{ExperimentView, LearningState, LearningView};
use filo_app::journey::ShareView;
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::impact::Effect;
use filo_core::journey::{ShareReason, Steering, StepId, WHOLE};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::halting::stale;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ManageJourneys;
use crate::sentence::impact::{count_words, of_ways, points_ends, signed, what};
use crate::sentence::journey::span_words;
use crate::ui::chart::{Course, Range, Slice, course, interval};
use crate::ui::form::button_form;
use crate::ui::shown::line;

/// Lines of the history that the page tells: the API tells all.
const HISTORY_MOST: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Said {
    step: String,
    shares: String,
}

/// Does what a person says of the shares; what cannot be done now is said on the page.
pub(in crate::console) async fn steer(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Said>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, form) = (posted.session, posted.form);
    let Some(steering) = Steering::from_word(&form.shares) else {
        return done(&format!("/journeys/{journey}"));
    };
    let step = StepId::from(form.step.as_str());
    let of = (journey, &step);
    match app.steer_shares(&session.actor, of, steering).await {
        Ok(()) => done(&format!(
            "/journeys/{journey}?done=shares-{}#step-{step}",
            steering.word()
        )),
        Err(Error::Conflict(_) | Error::Invalid { .. }) => {
            stale(&app, &session, journey, "learning-stale").await
        }
        Err(error) => Err(error.into()),
    }
}

/// What there is to say; with a token, the shares can be steered.
pub(super) fn learning(
    words: Words,
    id: JourneyId,
    (view, learning): (&ExperimentView, &LearningView),
    token: Option<&str>,
) -> Markup {
    let action = format!("/journeys/{id}/shares");
    html! {
        p { (state(words, view, learning)) }
        @for effect in &view.measured.impact.effects { (finding(words, view, effect)) }
        (ways(words, view, learning))
        p.soft.small { (words.say("learning-belief-hint")) " " (words.say("learning-not-usual")) }
        (history(words, view, learning))
        @if let Some(token) = token {
            div.actions {
                @for steering in learning.steerings() {
                    @let hidden = [("step", view.step.0.as_str()), ("shares", steering.word())];
                    (button_form(&action, token, &hidden,
                        &words.say(&format!("learning-do-{}", steering.word())), "quiet small"))
                }
            }
            p.hint { (words.say("learning-do-hint")) }
        }
    }
}

/// How the shares are now, and why.
fn state(words: Words, view: &ExperimentView, learning: &LearningView) -> String {
    let state = learning.state();
    let last = learning.history.last();
    match state {
        LearningState::WarmingUp => words.fill(
            "learning-warming-up",
            [
                ("most", u64::from(learning.adaptive.warm_up).into()),
                ("count", count_words(words, learning.fewest).into()),
                ("window", span_words(words, view.measured.window).into()),
            ],
        ),
        LearningState::Learning => {
            let floor = u64::from(learning.adaptive.floor_percent);
            words.fill("learning-learns", [("floor", floor.into())])
        }
        LearningState::Frozen | LearningState::Equal => {
            let who = last.map(|last| line(&last.made_by)).unwrap_or_default();
            let when = last.map_or_else(String::new, |last| words.date_time(last.since));
            let key = format!("learning-{}", state.word());
            words.fill(&key, [("who", who.into()), ("when", when.into())])
        }
    }
}

/// The difference of a way from the first, each person weighed by the shares in force.
fn finding(words: Words, view: &ExperimentView, effect: &Effect) -> Markup {
    let between = of_ways(words, view, effect.group);
    let ends = points_ends(words, effect.points);
    let told = words.fill(
        &format!("learning-effect-{}", effect.verdict.word()),
        [
            ("what", what(words, &view.measured, effect.outcome).into()),
            ("who", between.who.into()),
            ("against", between.against.into()),
            ("points", signed(words, effect.points.value * 100.0).into()),
            ("low", ends.0.as_str().into()),
            ("high", ends.1.as_str().into()),
        ],
    );
    html! {
        div.finding {
            p { (told) }
            (interval(&told, &Range {
                value: effect.points.value,
                ends: (effect.points.low, effect.points.high),
                written: (&ends.0, &ends.1),
            }))
        }
    }
}

/// The ways with what is in force and what is to be believed of each.
fn ways(words: Words, view: &ExperimentView, learning: &LearningView) -> Markup {
    html! {
        div.wide {
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("learning-way")) }
                    th.number scope="col" { (words.say("learning-share")) }
                    th.number scope="col" { (words.say("learning-belief")) }
                    th.number scope="col" { (words.say("learning-best")) }
                } }
                tbody {
                    @for (place, way) in view.ways.iter().enumerate() {
                        tr {
                            th scope="row" { (line(&way.name)) }
                            td.number { (learning.shares.get(place).map_or_else(|| "—".to_owned(), |share| part_words(words, of_whole(*share)))) }
                            @if let Some(belief) = learning.beliefs.get(place) {
                                td.number {
                                    (part_words(words, belief.mean))
                                    span.soft { " · " (part_words(words, belief.low)) "–" (part_words(words, belief.high)) }
                                }
                                td.number { (part_words(words, belief.best)) }
                            } @else {
                                td.number { "—" }
                                td.number { "—" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How the shares came to be what they are: drawn, and told line by line.
fn history(words: Words, view: &ExperimentView, learning: &LearningView) -> Markup {
    let newest = learning.history.iter().rev().take(HISTORY_MOST);
    let more = learning.history.len().saturating_sub(HISTORY_MOST);
    html! {
        @if learning.history.is_empty() { p.soft.small { (words.say("learning-no-history")) } }
        @else {
            h3 { (words.say("learning-history")) }
            (drawn(words, view, learning))
            details.fold.small {
                summary { (words.say("learning-history-table")) }
                div.wide {
                    table.plain-table {
                        thead { tr {
                            th scope="col" { (words.say("learning-since")) }
                            th scope="col" { (words.say("learning-why")) }
                            @for way in &view.ways { th.number scope="col" { (line(&way.name)) } }
                        } }
                        tbody {
                            @for entry in newest {
                                tr {
                                    td { (words.date_time(entry.since)) }
                                    td { (reason(words, entry)) }
                                    @for (place, share) in entry.shares.iter().enumerate() {
                                        td.number {
                                            (part_words(words, of_whole(*share)))
                                            @if let Some(seen) = entry.seen.get(place) {
                                                span.soft { " · " (words.fill("learning-seen", [
                                                    ("reached", count_words(words, seen.reached).into()),
                                                    ("count", count_words(words, seen.counted).into()),
                                                ])) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                @if more > 0 {
                    p.soft { (words.fill("learning-history-more", [("count", count_words(words, more).into())])) }
                }
            }
        }
    }
}

/// Why shares came into force.
fn reason(words: Words, entry: &ShareView) -> String {
    match entry.reason {
        ShareReason::Learnt => words.say("learning-reason-learnt").into_owned(),
        ShareReason::Frozen | ShareReason::Equal | ShareReason::Resumed => {
            let key = format!("learning-reason-{}", entry.reason.word());
            words.fill(&key, [("who", line(&entry.made_by).into())])
        }
    }
}

/// The shares over time, from the first person on.
fn drawn(words: Words, view: &ExperimentView, learning: &LearningView) -> Markup {
    let measured = &view.measured;
    let came = measured.people.first().map(|person| person.since);
    let changed = learning.history.first().map(|entry| entry.since);
    let Some(begin) = came.into_iter().chain(changed).min() else {
        return html! {};
    };
    let begun: Vec<f64> = view
        .ways
        .iter()
        .map(|way| f64::from(way.share) / 100.0)
        .collect();
    let mut stretches: Vec<(Timestamp, Vec<f64>)> = vec![(begin, begun)];
    for entry in &learning.history {
        let shares = entry.shares.iter().map(|share| of_whole(*share)).collect();
        stretches.push((entry.since, shares));
    }
    let end = stretches
        .last()
        .map_or(begin, |(since, _)| (*since).max(measured.at));
    let until = stretches
        .iter()
        .skip(1)
        .map(|(since, _)| *since)
        .chain([end]);
    let slices: Vec<Slice> = stretches
        .iter()
        .zip(until)
        .map(|((since, shares), until)| Slice {
            length: until.micros_since(*since).max(0) as f64,
            shares: shares.clone(),
        })
        .collect();
    let names: Vec<String> = view.ways.iter().map(|way| way.name.clone()).collect();
    let now: Vec<String> = names
        .iter()
        .zip(&learning.shares)
        .map(|(name, share)| format!("{} {}", line(name), part_words(words, of_whole(*share))))
        .collect();
    let told = words.fill("learning-chart", [("shares", now.join(", ").into())]);
    course(&Course {
        told: &told,
        names: &names,
        slices: &slices,
        ends: (&words.date(begin), &words.date(end)),
    })
}

fn of_whole(share: u16) -> f64 {
    f64::from(share) / f64::from(WHOLE)
}

/// 12,5 %.
fn part_words(words: Words, part: f64) -> String {
    let text = format!("{:.1}", part * 100.0);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    format!("{}\u{a0}%", words.decimal(text))
}
