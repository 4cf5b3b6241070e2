//! What waits for a person's yes: the queue, one step of it, and what was said.

mod deciding;
mod one;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::approval::{ApprovalRow, Waiting};
use filo_core::cost::Cost;
use filo_core::id::JourneyId;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::Session;
use super::{Answer, shown};
use crate::cost::total_words;
use crate::i18n::Words;
use crate::right::{ManageJourneys, Power};
use crate::ui::form::button_form;
use crate::ui::page::{Place, empty};
use crate::ui::shown::line;

pub(super) use deciding::{decide, decide_one, second, withdraw};
pub(super) use one::{show, unsaid};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: Option<String>,
}

/// Where a step is looked at.
pub(super) fn address(journey: JourneyId, step: &str) -> String {
    format!("/approvals/{journey}/{step}")
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let waiting = app.approvals_waiting(&session.actor).await?;
    let decisions = app.decisions(&session.actor).await?;
    let names = app.journey_names().await?;
    let mut costs = Vec::with_capacity(waiting.len());
    for it in &waiting {
        costs.push(app.waiting_cost(it).await?);
    }
    let name_of = |id: JourneyId| names.get(&id).map(|name| line(name)).unwrap_or_default();
    let title = words.say("place-approvals");
    let content = html! {
        div { h1 { (title) } p.lead { (words.say("approvals-lead")) } }
        @if waiting.is_empty() {
            (empty(&words.say("approvals-none"), &html! { p { (words.say("approvals-none-hint")) } }))
        } @else {
            section.card {
                h2 { (words.say("approvals-waiting")) }
                ul.list { @for (it, cost) in waiting.iter().zip(&costs) { (group(words, it, cost)) } }
            }
        }
        @if !decisions.is_empty() {
            section.card {
                h2 { (words.say("approvals-decided")) }
                ul.list {
                    @for row in &decisions {
                        (decision(&session, row, Some(&name_of(row.journey))))
                    }
                }
            }
        }
    };
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Messages, title, done, content)
}

/// Messages that wait, as a line of the queue.
fn group(words: Words, it: &Waiting, cost: &Cost) -> Markup {
    html! {
        li {
            a.line href=(address(it.journey, &it.step)) {
                span { strong { bdi { (line(&it.name)) } } }
                span.badge.badge-warn { (count_words(words, it.count)) }
            }
            p.about {
                (words.fill("approval-since", [("date", words.date_time(it.oldest).into())]))
                " · " (words.fill("approval-until", [("date", words.date_time(it.expires_at).into())]))
                " · " (words.fill("cost-of-yes", [("amount", total_words(words, cost).into())]))
                @if it.half > 0 { " · " (words.fill("approval-half", [("count", it.half.into()), ("number", words.number(it.half).into())])) }
            }
        }
    }
}

/// How many messages.
fn count_words(words: Words, count: u64) -> String {
    words.fill(
        "approval-messages",
        [
            ("count", count.into()),
            ("number", words.number(count).into()),
        ],
    )
}

/// What somebody said, with what can be done about it.
fn decision<P>(session: &Session<P>, row: &ApprovalRow, name: Option<&str>) -> Markup {
    let (words, token) = (session.words, &session.token);
    let count = count_words(words, row.people.unsigned_abs());
    let key = match (row.is_yes, row.is_standing) {
        (true, true) => "approval-said-always",
        (true, false) => "approval-said-yes",
        (false, _) => "approval-said-no",
    };
    let act = |act: &str| format!("/decisions/{}/{act}", row.id);
    let is_other = session.actor.user != Some(row.made_by);
    html! {
        li {
            div.line {
                div {
                    p.value {
                        @if let Some(name) = name { a href=(address(row.journey, &row.step)) { bdi { (name) } } " · " }
                        (words.fill(key, [("who", line(&row.made_name).into()), ("messages", count.into())]))
                    }
                    p.about {
                        (words.date_time(row.made_at))
                        @if let Some(at) = row.seconded_at {
                            " · " (words.fill("approval-seconded", [("who", line(&row.seconded_name).into()), ("date", words.date_time(at).into())]))
                        }
                        @if let Some(at) = row.withdrawn_at {
                            " · " (words.fill("approval-withdrawn", [("who", line(&row.withdrawn_name).into()), ("date", words.date_time(at).into())]))
                        }
                    }
                    @if !row.note.is_empty() { p.soft { bdi { (line(&row.note)) } } }
                }
                @if row.withdrawn_at.is_none() {
                    div.actions {
                        @if row.waits_for_second() {
                            @if is_other { (button_form(&act("second"), token, &[], &words.say("approval-second-do"), "small")) }
                            @else { span.badge.badge-warn { (words.say("approval-second-waits")) } }
                        }
                        (button_form(&act("withdrawal"), token, &[], &words.say(if row.is_yes { "approval-withdraw" } else { "approval-reopen" }), "quiet small"))
                    }
                }
            }
        }
    }
}
