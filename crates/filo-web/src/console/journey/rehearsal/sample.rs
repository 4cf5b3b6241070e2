//! Some of those who would have come in, with what would have been said to each.

use filo_app::rehearsal::RehearsalView;
use filo_app::{App, CustomerRow};
use filo_core::access::Right;
use filo_core::journey::rehearsal::{Shown, ShownMessage};
use filo_core::journey::{Journey, StepId};
use maud::{Markup, html};

use super::{fate_words, why_words};
use crate::console::people;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::sentence::journey::{JourneyNames, step_sentence};

/// People on the page: the rest is behind a fold.
const SHOWN_FIRST: usize = 20;
/// Messages of one of them on the page.
const MESSAGES_MOST: usize = 4;

pub(super) async fn table<P>(
    words: Words,
    app: &App,
    session: &Session<P>,
    (view, journey, names): (&RehearsalView, &Journey, &JourneyNames),
) -> filo_app::Result<Markup> {
    let people = app.rehearsal_people(&session.actor, view.id).await?;
    if people.is_empty() {
        return Ok(html! {});
    }
    let opens = session.actor.may(Right::SeePeople) && session.actor.may(Right::SeePersonalData);
    let draw = |people: &[(Shown, CustomerRow)]| {
        html! {
            ul.list {
                @for (shown, who) in people { li { (one(words, (view, shown, who), (journey, names), opens)) } }
            }
        }
    };
    let (first, rest) = people.split_at(people.len().min(SHOWN_FIRST));
    Ok(html! {
        section.card aria-labelledby="sample-title" {
            h2 #sample-title { (words.say("rehearsal-sample")) }
            p.soft { (words.fill("rehearsal-sample-hint", [("count", people.len().into())])) }
            (draw(first))
            @if !rest.is_empty() {
                details.fold { summary { (words.fill("rehearsal-sample-more", [("count", rest.len().into())])) } (draw(rest)) }
            }
        }
    })
}

fn one(
    words: Words,
    (view, shown, who): (&RehearsalView, &Shown, &CustomerRow),
    (journey, names): (&Journey, &JourneyNames),
    opens: bool,
) -> Markup {
    let name = people::name(words, who);
    let more = shown.messages.len().saturating_sub(MESSAGES_MOST);
    html! {
        div.line {
            @if opens {
                a.value href={ "/rehearsals/" (view.id) "/people/" (shown.customer) } { bdi { (name) } }
            } @else { bdi { (name) } }
            span.about { (words.fill("rehearsal-entered-on", [("when", words.date_time(shown.entered_at).into())])) }
        }
        @if shown.messages.is_empty() { p.about { (words.say("rehearsal-no-message")) } }
        ul.points {
            @for message in shown.messages.iter().take(MESSAGES_MOST) {
                li { (said(words, message, (journey, names))) }
            }
            @if more > 0 { li { (words.fill("rehearsal-more-messages", [("count", more.into())])) } }
        }
    }
}

fn said(
    words: Words,
    message: &ShownMessage,
    (journey, names): (&Journey, &JourneyNames),
) -> Markup {
    let id = StepId(message.step.clone());
    let step = journey.walk().into_iter().find(|step| step.id == id);
    let name = names.pieces.get(&message.piece).cloned();
    let what = match (step, name) {
        (Some(step), _) => step_sentence(words, step, names),
        (None, Some(name)) => name,
        (None, None) => message.step.to_string(),
    };
    html! {
        (what) " — " (fate_words(words, message.fate))
        @if let Some(why) = message.why.first() { span.about { " · " (why_words(words, why)) } }
    }
}
