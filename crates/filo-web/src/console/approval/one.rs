//! One step about which somebody is asked: what the most different of its people would read, who
//! is left out, what is new, and the answer.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use filo_app::approval::{ApprovalView, DECISION_NOTE_CHARS_MOST, Excluded, Sample};
use filo_app::content::{PieceVersion, PieceView};
use filo_app::{App, Found, Unsaid};
use filo_core::content::{Adaptation, Fields};
use filo_core::id::{CustomerId, JourneyId};
use maud::{Markup, html};

use super::{Asked, count_words, decision, whole};
use crate::console::piece::{fault_words, spot_words};
use crate::console::session::Session;
use crate::console::{Answer, id, people, shown};
use crate::cost::of_yes;
use crate::i18n::Words;
use crate::right::{ManageJourneys, Power};
use crate::sentence::journey::approval_sentence;
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::shown::{line, lines};
use crate::verdict::{finding, medium_name};

/// Letters of a message that are shown.
const TEXT_LETTERS_MOST: usize = 4_000;
/// People named under a reason; the others are counted.
const NAMED_MOST: usize = 10;

/// What was typed, and what was wrong with it.
#[derive(Debug, Default, Clone)]
pub(super) struct Given {
    pub(super) note: String,
    pub(super) wrong: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Path((journey, step)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let view = app.approval(&session.actor, (journey, &step)).await?;
    let content = draw(&app, &session, (&view, &step), &Given::default()).await?;
    let title = session.words.say("approval-title");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

pub(super) async fn draw<P: Power>(
    app: &App,
    session: &Session<P>,
    (view, step): (&ApprovalView, &str),
    given: &Given,
) -> filo_app::Result<Markup> {
    let (words, journey) = (session.words, view.id);
    let names = left_out(app, session, &view.excluded).await?;
    let cost = app.approval_cost(view).await?;
    Ok(html! {
        a.back href="/approvals" { (Icon::Back.draw()) (words.say("place-approvals")) }
        div {
            h1 { bdi { (line(&view.name)) } }
            p.lead {
                (medium_name(words, view.medium))
                @if let Some(piece) = &view.piece {
                    " · " a href={ "/pieces/" (piece.row.id) } { bdi { (line(&piece.row.name)) } }
                }
                " · " a href={ "/journeys/" (journey) } { (words.say("approval-journey")) }
            }
            p.soft { (approval_sentence(words, view.rule)) }
            @if let Some(cost) = &cost { (of_yes(words, cost)) }
        }
        (answer(session, (journey, step), view, given))
        @if let (Some(before), Some(piece)) = (&view.before, &view.piece) { (news(words, before, piece)) }
        @if !view.samples.is_empty() {
            section.card {
                h2 { (words.say("approval-samples")) }
                p.about { (words.say("approval-samples-lead")) }
                div.letters { @for sample in &view.samples { (letter(words, sample)) } }
            }
        }
        @if !view.excluded.is_empty() {
            section.card {
                h2 { (words.say("approval-excluded")) }
                p.about { (words.say("approval-excluded-lead")) }
                ul.list { @for it in &view.excluded { (excluded(words, it, &names)) } }
            }
        }
        @if !view.decisions.is_empty() {
            section.card {
                h2 { (words.say("approval-decisions")) }
                ul.list { @for row in &view.decisions { (decision(session, row, None)) } }
            }
        }
    })
}

/// How those are called who are named as left out.
async fn left_out<P>(
    app: &App,
    session: &Session<P>,
    all: &[Excluded],
) -> filo_app::Result<BTreeMap<CustomerId, String>> {
    let eyes = app.eyes(&session.actor);
    let mut names = BTreeMap::new();
    for id in all.iter().flat_map(|it| it.people.iter().take(NAMED_MOST)) {
        if let Some(customer) = eyes.customer(*id).await? {
            names.insert(*id, people::name_of(session.words, &customer));
        }
    }
    Ok(names)
}

/// How many wait, and the yes or no.
fn answer<P>(
    session: &Session<P>,
    (journey, step): (JourneyId, &str),
    view: &ApprovalView,
    given: &Given,
) -> Markup {
    let words = session.words;
    let Some(waiting) = &view.waiting else {
        return html! { p.notice { (words.say("approval-nobody-waits")) } };
    };
    let open = waiting.count.saturating_sub(waiting.half);
    let note = Field {
        name: "note",
        label: &words.say("approval-note"),
        value: &given.note,
        hint: Some(&words.say("approval-note-hint")),
        wrong: given.wrong.as_deref(),
        length_most: DECISION_NOTE_CHARS_MOST,
        ..Field::default()
    };
    let second = view.second_person_above.map(|most| {
        let most = u64::from(most);
        words.fill(
            "approval-second-hint",
            [("number", words.number(most).into())],
        )
    });
    let fields = html! {
        input type="hidden" name="seen" value=(view.seen);
        (note.input())
        label.check {
            input type="checkbox" name="standing" value="1";
            span { (words.say("approval-standing")) }
        }
        @if let Some(second) = second { p.about { (second) } }
        div.actions {
            button type="submit" name="answer" value="yes" { (words.say("approval-yes")) }
            button.quiet.danger type="submit" name="answer" value="no" { (words.say("approval-no")) }
        }
    };
    html! {
        section.card {
            h2 { (count_words(words, waiting.count)) " " (words.say("approval-wait")) }
            p.about {
                (words.fill("approval-until", [("date", words.date_time(waiting.expires_at).into())]))
                @if waiting.half > 0 { " · " (words.fill("approval-half", [("count", waiting.half.into()), ("number", words.number(waiting.half).into())])) }
            }
            @if open > 0 { (form(&super::address(journey, step), &session.token, &fields)) }
            @else { p.soft { (words.say("approval-second-needed")) } }
        }
    }
}

/// What one of them would read.
fn letter(words: Words, sample: &Sample) -> Markup {
    let unnamed = words.say("approval-somebody");
    let name = sample
        .name
        .as_deref()
        .map_or(unnamed, |name| line(name).into());
    html! {
        article {
            div.line {
                a href={ "/people/" (sample.customer) } { bdi { (name) } }
                a.button.quiet.small href={ "/messages/" (sample.row.id) } { (words.say("approval-open-one")) }
            }
            @match &sample.says {
                Ok(says) => {
                    @if !says.subject.is_empty() { p { strong { bdi { (line(&says.subject)) } } } }
                    div.letter dir="auto" tabindex="0" { (lines(&says.text, TEXT_LETTERS_MOST)) }
                }
                Err(why) => (unsaid(words, why)),
            }
            @let held: Vec<&Found> = sample.findings.iter().filter(|it| !matches!(it.why.as_str(), "granted" | "duty")).collect();
            @if !held.is_empty() {
                p.about { (words.say("approval-also")) }
                ul.plain { @for found in held { li { (finding(words, found)) } } }
            }
        }
    }
}

/// Why somebody cannot be told something.
pub(in crate::console) fn unsaid(words: Words, why: &Unsaid) -> Markup {
    let why = match why {
        Unsaid::Nowhere => words.say("approval-nowhere").into_owned(),
        Unsaid::Fault(fault) => fault_words(words, fault),
        Unsaid::Other(why) => line(why),
    };
    html! {
        p.notice.notice-bad { (words.say("approval-unsayable")) " " bdi { (why) } }
    }
}

/// A reason, and whom it left out.
fn excluded(words: Words, it: &Excluded, names: &BTreeMap<CustomerId, String>) -> Markup {
    let found = Found::of(serde_json::json!({ "why": it.why }));
    let key = format!("excluded-{}", it.why.replace('_', "-"));
    let why = words
        .look_up(&key)
        .map_or_else(|| finding(words, &found), Into::into);
    let count = it.people.len() as u64;
    html! {
        li {
            details {
                summary { (why) " " span.count { (words.number(count)) } }
                ul.plain.left-out {
                    @for customer in it.people.iter().take(NAMED_MOST) {
                        @let name = names.get(customer).cloned().unwrap_or_else(|| words.say("approval-somebody").into_owned());
                        li { a href={ "/people/" (customer) } { bdi { (name) } } }
                    }
                    @if it.people.len() > NAMED_MOST { li.soft { "…" } }
                }
            }
        }
    }
}

/// What a piece says now that it did not say when somebody last said yes.
fn news(words: Words, before: &PieceVersion, now: &PieceView) -> Markup {
    let changed = |it: &&Adaptation| {
        let was = before.piece.at(it.medium, it.language, it.tone, it.variant);
        was != Some(&it.fields)
    };
    let changed: Vec<&Adaptation> = now.piece.adaptations.iter().filter(changed).collect();
    html! {
        section.card {
            h2 { (words.say("approval-news")) }
            p.about {
                (words.fill("approval-news-lead", [("before", before.row.version.into()), ("now", now.row.version.into())]))
                " " a href={ "/pieces/" (now.row.id) "/history" } { (words.say("content-history")) }
            }
            @if changed.is_empty() { p.soft { (words.say("approval-news-around")) } }
            @for it in changed {
                @let was = before.piece.at(it.medium, it.language, it.tone, it.variant);
                h3 { (spot_words(words, (it.medium, it.language, it.tone))) }
                div.was-and-is {
                    div {
                        p.about { (words.say("approval-was")) }
                        @match was {
                            Some(was) => (text(was)),
                            None => p.soft { (words.say("approval-was-nothing")) },
                        }
                    }
                    div { p.about { (words.say("approval-is-now")) } (text(&it.fields)) }
                }
            }
        }
    }
}

fn text(it: &Fields) -> Markup {
    html! {
        @if !it.subject.is_empty() { p { strong { bdi { (line(&it.subject)) } } } }
        div.letter dir="auto" { (lines(&it.text, TEXT_LETTERS_MOST)) }
    }
}
