//! The page of a journey: what brings somebody in, the steps with how many stand at each, what
//! can be done with it.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::impact::{ExperimentView, ImpactView};
use filo_app::journey::JourneyPage;
use filo_app::tracking::MailFigures;
use filo_core::access::Right;
use filo_core::id::JourneyId;
use filo_core::journey::{Action, Journey, Status, Step, StepId};
use filo_core::message::Medium;
use maud::{Markup, html};
use serde::Deserialize;

use super::calendar::calendar;
use super::experiment::results;
use super::impact::card;
use super::tree::{Beside, InList, Tree};
use super::{badge, manages, names, rehearsal, whole};
use crate::clicks;
use crate::console::session::Session;
use crate::console::{Answer, id, shown_while};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::sentence::journey::{
    JourneyNames, approval_sentence, entry_sentence, goal_sentence, span_words, trigger_sentence,
};
use crate::sentence::phrase;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::shown::{line, lines};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
    /// Of which version the effect is shown; empty for all that can be compared.
    version: String,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = app.journey_page(id(&journey)?).await?;
    let names = names(&app).await?;
    let may = manages(&session);
    let measured = measured(&app, &session, &page, &asked.version).await?;
    let about = (session.token.as_str(), may, None);
    let content = content(session.words, &page, (&names, &measured), about);
    let title = line(&page.view.row.name);
    let goes_on = page.view.is_filling || page.view.row.broadcast_after.is_some();
    let goes_on = goes_on && page.view.status == Status::Active;
    shown_while(
        goes_on,
        whole(&session, &title, asked.done.as_deref(), &content),
    )
}

/// What was measured of a journey.
#[derive(Debug, Default)]
pub(super) struct Effects {
    impact: Option<ImpactView>,
    experiments: Vec<ExperimentView>,
    /// What was counted of its mails; nothing for who may not see figures.
    clicks: Option<Vec<MailFigures>>,
}

/// What whoever looks may see of what it changed; of a version that there is not, everything.
async fn measured(
    app: &App,
    session: &Session<ListPeople>,
    page: &JourneyPage,
    version: &str,
) -> filo_app::Result<Effects> {
    if page.view.row.published == 0 || !session.actor.may(Right::SeeFigures) {
        return Ok(Effects::default());
    }
    let id = page.view.row.id;
    let version: Option<i64> = version.parse().ok();
    let is_there = |wanted: &i64| page.versions.iter().any(|(row, _)| row.version == *wanted);
    Ok(Effects {
        impact: app.journey_impact(id, version.filter(is_there)).await?,
        experiments: app.journey_experiments(id).await?,
        clicks: Some(app.clicks_of_journey(id).await?),
    })
}

/// What stands beside the steps of a page that is only read: who stands there, and what came of
/// an experiment.
struct Plain<'a> {
    id: JourneyId,
    version: i64,
    words: Words,
    opens: bool,
    experiments: &'a [ExperimentView],
    clicks: Option<&'a [MailFigures]>,
    /// With which ways can be kept.
    token: Option<&'a str>,
}

impl Beside for Plain<'_> {
    fn step(&self, step: &Step, _place: InList) -> Markup {
        let experiment = self.experiments.iter().find(|it| it.step == step.id);
        html! {
            @if let Some(view) = experiment {
                (results(self.words, (self.id, self.version), view, self.token))
            }
            @if let (Action::Send(send), Some(all)) = (&step.action, self.clicks) {
                @if send.medium == Medium::Email { (clicks::of_step(self.words, all, &step.id.0)) }
            }
            @if self.opens && step.action.lists().len() > 1 {
                a.small href={ "/journeys/" (self.id) "/people?step=" (step.id) } {
                    (self.words.say("journey-who-stands"))
                }
            }
        }
    }

    fn gap(&self, _of: Option<(&StepId, usize)>) -> Markup {
        html! {}
    }
}

pub(super) type About<'a> = (&'a str, bool, Option<&'a str>);

type Known<'a> = (&'a JourneyNames, &'a Effects);

pub(super) fn content(
    words: Words,
    page: &JourneyPage,
    (names, effects): Known<'_>,
    (token, may, wrong): About<'_>,
) -> Markup {
    let view = &page.view;
    let id = view.row.id;
    let description = lines(&view.row.description, 500);
    // What runs is shown; what is worked on only where nothing ever ran.
    let running = page
        .versions
        .iter()
        .find(|(row, _)| row.version == view.row.published);
    let journey = running.map_or(&view.draft, |(_, journey)| journey);
    let counts = counts(page, view.row.published);
    let plain = Plain {
        id,
        version: view.row.version,
        words,
        opens: counts.values().any(|count| *count > 0),
        experiments: &effects.experiments,
        clicks: effects.clicks.as_deref(),
        token: may.then_some(token),
    };
    let tree = Tree {
        words,
        names,
        counts: &counts,
        faults: if running.is_none() { &page.faults } else { &[] },
        beside: &plain,
    };
    html! {
        a.back href="/journeys" { (Icon::Back.draw()) (words.say("place-journeys")) }
        @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
        div.head {
            div {
                h1 { (line(&view.row.name)) " " (badge(words, view)) }
                p.lead { (trigger_sentence(words, journey, names)) "." }
                @if !description.trim().is_empty() { p.soft { (description) } }
            }
            @if may { (actions(words, page, token)) }
        }
        @if view.is_filling { p.notice { (words.say("journey-getting-ready-hint")) } }
        @if view.status != Status::Draft && view.is_changed {
            p.notice { (words.say("journey-changed-hint")) }
        }
        @if let Some(impact) = &effects.impact { (card(words, page, impact)) }
        div.segment {
            section.card aria-labelledby="tree-title" {
                h2 #tree-title { (words.say("journey-steps")) }
                (tree.draw(&journey.steps))
            }
            aside {
                (figures(words, page))
                (calendar(words, journey, &page.calendar))
                (rules(words, journey, names))
                (older(words, page))
                (rehearsal::door(words, id))
                (facts(words, page))
            }
        }
    }
}

/// How many stand at each step of a version.
pub(super) fn counts(page: &JourneyPage, version: i64) -> BTreeMap<String, i64> {
    let standing = page.standing.iter().filter(|it| it.version == version);
    standing.map(|it| (it.step.clone(), it.count)).collect()
}

fn actions(words: Words, page: &JourneyPage, token: &str) -> Markup {
    let view = &page.view;
    let (id, version) = (view.row.id, view.row.version.to_string());
    let halt = |halt: &str, key: &str, class: &str| {
        let hidden = [("halt", halt), ("version", version.as_str())];
        button_form(
            &format!("/journeys/{id}/halting"),
            token,
            &hidden,
            &words.say(key),
            class,
        )
    };
    html! {
        div.actions {
            @match view.status {
                Status::Draft | Status::Stopped => {
                    a.button href={ "/journeys/" (id) "/publishing" } { (words.say("journey-start-do")) }
                }
                Status::Active => {
                    @if view.is_changed { a.button href={ "/journeys/" (id) "/publishing" } { (words.say("journey-publish-do")) } }
                    (halt("pause", "journey-pause", "quiet"))
                }
                Status::Paused => {
                    (halt("resume", "journey-resume", "button"))
                    @if view.is_changed { a.button.quiet href={ "/journeys/" (id) "/publishing" } { (words.say("journey-publish-do")) } }
                }
                Status::Finishing => { (halt("resume", "journey-resume", "quiet")) }
            }
            a.button.quiet href={ "/journeys/" (id) "/edit" } { (words.say("journey-edit")) }
            (rehearsal::begin(words, page, token))
            @if view.status != Status::Draft {
                a.button.quiet href={ "/journeys/" (id) "/people" } { (words.say("journey-people")) }
            }
            @if matches!(view.status, Status::Active | Status::Paused | Status::Finishing) {
                a.button.quiet href={ "/journeys/" (id) "/stopping" } { (words.say("journey-stop")) }
            }
        }
    }
}

fn figures(words: Words, page: &JourneyPage) -> Markup {
    let totals = page.view.totals;
    let rows = [
        ("journey-head-entered", totals.entered),
        ("journey-head-way", totals.on_the_way),
        ("journey-head-reached", totals.reached),
    ];
    html! {
        section.card {
            h2 { (words.say("journey-figures")) }
            dl.facts {
                @for (key, count) in rows {
                    dt { (words.say(key)) }
                    dd { (words.number(count.unsigned_abs())) }
                }
                @for (ending, count) in &page.endings {
                    dt { (words.say(&format!("journey-ending-{}", ending.replace('_', "-")))) }
                    dd { (words.number(count.unsigned_abs())) }
                }
            }
        }
    }
}

/// How often somebody comes in, what makes them leave, what it is for.
pub(super) fn rules(words: Words, journey: &Journey, names: &JourneyNames) -> Markup {
    let fresh = span_words(words, journey.fresh_for);
    html! {
        section.card {
            h2 { (words.say("journey-rules")) }
            dl.facts {
                dt { (words.say("journey-entry")) }
                dd { (entry_sentence(words, journey.entry)) }
                dt { (words.say("journey-fresh")) }
                dd { (words.fill("journey-fresh-for", [("span", fresh.into())])) }
                dt { (words.say("journey-holdout")) }
                dd { (journey.holdout_percent) }
                dt { (words.say("approval-rule")) }
                dd {
                    (approval_sentence(words, journey.approval))
                    @if !journey.approval.is_automatic() { " " a href="/approvals" { (words.say("place-approvals")) } }
                }
                @for condition in &journey.exit {
                    dt { (words.say("journey-exit")) }
                    dd { (phrase(words, condition, &names.of_segments)) }
                }
                @if let Some(goal) = &journey.goal {
                    dt { (words.say("journey-goal-label")) }
                    dd { strong { (line(&goal.name)) } ": " (goal_sentence(words, goal, names)) }
                }
            }
        }
    }
}

/// Those who are on older versions.
fn older(words: Words, page: &JourneyPage) -> Markup {
    let standing = page.standing.iter();
    let older: Vec<_> = standing
        .filter(|it| it.version != page.view.row.published)
        .collect();
    html! {
        @if !older.is_empty() {
            section.card {
                h2 { (words.say("journey-older")) }
                ul.points {
                    @for it in older {
                        li {
                            (words.fill("journey-older-line", [
                                ("version", it.version.into()),
                                ("step", it.step.as_str().into()),
                                ("count", it.count.into()),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

fn facts(words: Words, page: &JourneyPage) -> Markup {
    let row = &page.view.row;
    html! {
        section.card {
            h2 { (words.say("segment-facts")) }
            dl.facts {
                dt { (words.say("segment-made")) }
                dd { (words.date(row.created_at)) " · " (line(&row.created_by)) }
                dt { (words.say("segment-changed")) }
                dd { (words.date(row.changed_at)) " · " (line(&row.changed_by)) }
                @for (version, _) in &page.versions {
                    dt { (words.fill("journey-version", [("version", version.version.into())])) }
                    dd { (words.date(version.published_at)) " · " (line(&version.published_by)) }
                }
            }
        }
    }
}
