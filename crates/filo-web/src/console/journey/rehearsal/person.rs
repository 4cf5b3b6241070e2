//! One person in a rehearsal: what would have happened with them, and what each message would have
//! read like at that instant.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::journey::LineRow;
use filo_app::rehearsal::{RehearsedPerson, WordedMessage};
use filo_app::{App, Error};
use filo_core::id::{CustomerId, RehearsalId};
use filo_core::journey::{Run, Step};
use http::StatusCode;
use maud::{Markup, html};

use super::fate_words;
use crate::console::failure::Failure;
use crate::console::journey::run::told;
use crate::console::journey::{names, whole};
use crate::console::session::Session;
use crate::console::{Answer, id, people, shown};
use crate::i18n::Words;
use crate::right::SeePeople;
use crate::sentence::journey::{JourneyNames, step_sentence};
use crate::ui::icon::Icon;
use crate::ui::shown::{line, lines};
use crate::verdict::{finding, medium_name, outcome, said_now};

/// Letters of a text that are shown.
const TEXT_LETTERS_MOST: usize = 20_000;

pub(in crate::console) async fn person(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path((rehearsal, customer)): Path<(String, String)>,
) -> Answer {
    let words = session.words;
    let rehearsal: RehearsalId = id(&rehearsal)?;
    let customer: CustomerId = id(&customer)?;
    let view = app.eyes(&session.actor).customer(customer).await?;
    let view = view.ok_or(Failure::Missing)?;
    let name = people::name_of(words, &view);
    let back = html! {
        a.back href={ "/rehearsals/" (rehearsal) } { (Icon::Back.draw()) (words.say("rehearsal-title")) }
        h1 { bdi { (name) } }
    };
    let title = words.say("rehearsal-title");
    let person = match app
        .rehearsed_person(&session.actor, rehearsal, customer)
        .await
    {
        Ok(person) => person,
        Err(Error::Conflict(_)) => {
            let content =
                html! { (back) p.notice { (words.say("rehearsal-draft-changed-person")) } };
            let page = whole(&session, &title, None, &content);
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let names = names(&app).await?;
    let content = html! {
        (back)
        p.lead { (words.say("rehearsal-person-lead")) }
        p { a href={ "/people/" (customer) } { (words.say("rehearsal-person-open")) } }
        @if person.rehearsed.runs.is_empty() { p.soft { (words.say("rehearsal-person-none")) } }
        @for run in &person.rehearsed.runs { (way(words, &person, run, &names)) }
        @for message in &person.messages { (letter(words, &person, message, &names)) }
    };
    shown(whole(&session, &title, None, &content))
}

fn step_of<'a>(person: &'a RehearsedPerson, id: &str) -> Option<&'a Step> {
    let steps = person.journey.walk().into_iter();
    steps.into_iter().find(|step| step.id.0 == id)
}

/// A way with its history.
fn way(words: Words, person: &RehearsedPerson, run: &Run, names: &JourneyNames) -> Markup {
    let lines = person.rehearsed.lines.iter();
    let lines = lines.filter(|(of, ..)| *of == run.id);
    html! {
        section.card {
            h2 { (words.fill("rehearsal-way", [("when", words.date_time(run.entered_at).into())])) }
            @if !run.key.is_empty() { p.about { (line(&run.key)) } }
            ol.list {
                @for (number, (_, at, what)) in (0_i64..).zip(lines) {
                    @let step = what.step.as_ref().map(|step| step.0.to_string()).unwrap_or_default();
                    @let row = LineRow {
                        run: run.id,
                        number,
                        at: *at,
                        what: what.what.word().to_owned(),
                        detail: what.detail.to_string(),
                        step: step.clone(),
                    };
                    li {
                        time datetime=(at) { (words.date_time(*at)) }
                        p { (told(words, step_of(person, &step), &row, names)) }
                    }
                }
            }
            @if run.ended.is_none() { p.about { (words.say("rehearsal-under-way-still")) } }
        }
    }
}

/// A message with what the gate would have said, and how it would have read.
fn letter(
    words: Words,
    person: &RehearsedPerson,
    message: &WordedMessage,
    names: &JourneyNames,
) -> Markup {
    let said = &message.said;
    let step = step_of(person, &said.step.0);
    let what = step.map_or_else(
        || said.step.to_string(),
        |step| step_sentence(words, step, names),
    );
    html! {
        section.card {
            h2 { (what) }
            p.about { (medium_name(words, said.medium)) " · " (fate_words(words, said.fate)) }
            ul.list {
                @for (at, verdict) in &said.verdicts {
                    @let verdict = said_now(verdict, *at);
                    li {
                        div.line { strong { (outcome(words, &verdict)) } span.about { (words.date_time(*at)) } }
                        ul.plain { @for found in &verdict.findings { li { (finding(words, found)) } } }
                    }
                }
            }
            @match &message.rendering {
                Some(Ok(rendering)) => {
                    p { strong { bdi { (line(&rendering.subject)) } } }
                    div.letter dir="auto" { (lines(&rendering.text, TEXT_LETTERS_MOST)) }
                }
                Some(Err(fault)) => {
                    p.wrong { (words.say("rehearsal-unsayable")) " " code { (line(fault)) } }
                }
                None => {}
            }
        }
    }
}
