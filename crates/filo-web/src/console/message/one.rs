//! One message: what it says, where it stands, and why.

use std::borrow::Cow;

use axum::extract::{Path, Query, State as Shared};
use filo_app::approval::Draft;
use filo_app::{App, Error, MessageView, Said, ShownRow};
use filo_core::access::Right;
use filo_core::channel::Receipt;
use filo_core::id::MessageId;
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::badge;
use crate::addressing::purpose_name;
use crate::clicks;
use crate::console::approval::{address, unsaid};
use crate::console::session::Session;
use crate::console::{Answer, id, shown};
use crate::i18n::Words;
use crate::right::SeePeople;
use crate::ui::form::{button_form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;
use crate::verdict::{PieceNames, finding, medium_name, outcome, piece_names, said_by};

/// Letters of a message that are shown.
const TEXT_LETTERS_MOST: usize = 20_000;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

pub(in crate::console) async fn show(
    Shared(app): Shared<App>,
    session: Session<SeePeople>,
    Path(message): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let message: MessageId = id(&message)?;
    let view = app.message(&session.actor, message).await?;
    let words = session.words;
    let purposes = app.purposes().await?.purposes;
    let purpose = purpose_name(words, &purposes, &view.row.purpose);
    let names = piece_names(&app).await?;
    let (subject, _) = said_by(words, &view.row.saying, &names);
    let title = display::line(&subject);
    let is_asked = view.row.state == State::Unapproved && session.actor.may(Right::ManageJourneys);
    let draft = match is_asked {
        true => match app.message_draft(&session.actor, message).await {
            // It was answered while this page was drawn, or by one of two.
            Err(Error::Conflict(_)) => None,
            found => Some(found?),
        },
        false => None,
    };
    let may_send = session.actor.may(Right::SendMessages);
    let content = html! {
        a.back href={ "/people/" (view.customer) "/messages" } { (Icon::Back.draw()) (words.say("message-of-person")) }
        div {
            h1 { bdi { (title) } }
            p.lead {
                (badge(words, view.row.state)) " " (medium_name(words, view.row.medium)) " · " (purpose)
                " · " (words.say(&format!("message-class-{}", view.row.class.word())))
            }
        }
        @if let Some(draft) = &draft { (approving(words, draft, &session.token)) }
        @if may_send { (acts(words, &view, &session.token)) }
        (verdicts(words, &view.verdicts))
        @if draft.is_none() { (letter(words, &view, &names)) }
        @if let Some(receipt) = &view.receipt { (arrival(words, receipt)) }
        @if let Some(shown) = &view.shown { (showings(words, shown)) }
        @if !view.clicks.is_empty() { (clicks::of_message(words, &view.clicks)) }
        (facts(words, &view))
    };
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::Messages),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: asked.done.as_deref(),
    };
    shown(page(&frame, &content))
}

fn acts(words: Words, view: &MessageView, token: &str) -> Markup {
    let state = view.row.state;
    let address = |act: &str| format!("/messages/{}/{act}", view.row.id);
    html! {
        // Who is asked about one says no to it instead.
        @if state.can_be_cancelled() && state != State::Unapproved {
            div.actions {
                (button_form(&address("cancellation"), token, &[], &words.say("message-cancel"), "quiet"))
            }
        } @else if state.can_be_sent_again() {
            div.actions {
                (second_thought(&address("again"), token, &words.say("message-again"), &words.say(&format!("message-again-{}", state.word()))))
            }
        }
    }
}

/// What it would say, and whether it may leave, for who is asked.
fn approving(words: Words, draft: &Draft, token: &str) -> Markup {
    let here = format!("/messages/{}", draft.row.id);
    let (approval, seen) = (format!("{here}/approval"), draft.seen.to_string());
    let hidden = |answer| [("seen", seen.as_str()), ("answer", answer)];
    let about = match &draft.row.origin {
        Origin::Journey { journey, step, .. } => Some(address(*journey, step)),
        Origin::Hand { .. } | Origin::Confirmation { .. } => None,
    };
    html! {
        section.card {
            h2 { (words.say("approval-one")) }
            @match &draft.says {
                Ok(says) => {
                    @if !says.subject.is_empty() { p { strong { bdi { (display::line(&says.subject)) } } } }
                    div.letter dir="auto" { (display::lines(&says.text, TEXT_LETTERS_MOST)) }
                }
                Err(why) => (unsaid(words, why)),
            }
            div.actions {
                (button_form(&approval, token, &hidden("yes"), &words.say("approval-one-yes"), ""))
                a.button.quiet href={ (here) "/words" } { (words.say("message-rewrite")) }
                (button_form(&approval, token, &hidden("no"), &words.say("approval-one-no"), "quiet danger"))
            }
            @if let Some(about) = about { p.about { a href=(about) { (words.say("approval-all-of-step")) } } }
        }
    }
}

/// What the gate said, the newest first.
fn verdicts(words: Words, verdicts: &[Said]) -> Markup {
    html! {
        section.card {
            h2 { (words.say("message-verdicts")) }
            @if verdicts.is_empty() { p.soft { (words.say("message-verdicts-none")) } }
            ol.list reversed {
                @for said in verdicts.iter().rev() { li { (verdict(words, said)) } }
            }
        }
    }
}

/// One verdict with its reasons.
pub(super) fn verdict(words: Words, said: &Said) -> Markup {
    html! {
        div.line { strong { (outcome(words, said)) } span.about { (words.date_time(said.at)) } }
        ul.plain { @for found in &said.findings { li { (finding(words, found)) } } }
    }
}

fn letter(words: Words, view: &MessageView, names: &PieceNames) -> Markup {
    let (title, (subject, text)) = match &view.copy {
        Some(copy) => (
            "message-sent-text",
            (copy.subject.clone(), copy.body.clone()),
        ),
        None => ("message-text", said_by(words, &view.row.saying, names)),
    };
    html! {
        section.card {
            h2 { (words.say(title)) }
            @if view.copy.is_none() || !subject.is_empty() { p { strong { bdi { (display::line(&subject)) } } } }
            div.letter dir="auto" { (display::lines(&text, TEXT_LETTERS_MOST)) }
            @if let Saying::Piece { piece, .. } = &view.row.saying {
                p.about { a href={ "/pieces/" (piece) } { (words.say("message-piece-open")) } }
            }
        }
    }
}

/// How far it came, as its carrier told.
fn arrival(words: Words, receipt: &Receipt) -> Markup {
    let told = [
        ("delivered", receipt.delivered_at),
        ("read", receipt.read_at),
        ("failed", receipt.failed_at),
    ];
    html! {
        section.card {
            h2 { (words.say("message-arrival")) " " (words.say(&format!("message-stage-{}", receipt.stage().word()))) }
            dl.facts {
                @for (stage, at) in told {
                    @if let Some(at) = at {
                        dt { (words.say(&format!("message-stage-{stage}"))) } dd { (words.date_time(at)) }
                    }
                }
                @if !receipt.code.is_empty() { dt { (words.say("message-code")) } dd { code { (display::line(&receipt.code)) } } }
                @if !receipt.carrier_id.is_empty() {
                    dt { (words.say("message-carrier-id")) } dd { code { (display::line(&receipt.carrier_id)) } }
                }
            }
        }
    }
}

/// How often the site showed it, and how that ended.
fn showings(words: Words, shown: &ShownRow) -> Markup {
    let ended = shown.ended_at.zip(shown.ended_by.as_deref());
    html! {
        section.card {
            h2 { (words.fill("message-shown", [("count", i64::from(shown.times).into())])) }
            dl.facts {
                dt { (words.say("message-shown-first")) } dd { (words.date_time(shown.first_at)) }
                dt { (words.say("message-shown-last")) } dd { (words.date_time(shown.last_at)) }
                @if let Some((at, by)) = ended {
                    dt { (words.say("message-shown-ended")) }
                    dd { (ended_by(words, by)) ", " (words.date_time(at)) }
                }
            }
        }
    }
}

/// Why it is not shown any more, in words.
fn ended_by(words: Words, by: &str) -> Cow<'static, str> {
    let key = match by {
        "clicked" | "dismissed" | "times" => format!("message-shown-{by}"),
        _ => "message-shown-stopped".to_owned(),
    };
    words.say(&key)
}

fn facts(words: Words, view: &MessageView) -> Markup {
    let row = &view.row;
    html! {
        section.card {
            h2 { (words.say("message-facts")) }
            dl.facts {
                dt { (words.say("message-origin")) } dd { (words.say(&format!("message-origin-{}", row.origin.word().replace('_', "-")))) }
                dt { (words.say("message-planned")) } dd { (words.date_time(row.planned_at)) }
                @if let Some(claimed) = row.claimed_at {
                    dt { (words.say("message-claimed")) } dd { (words.date_time(claimed)) }
                }
                @if let Some(decision) = &view.decision {
                    @let who = [("who", display::line(&decision.made_name).into()), ("date", words.date_time(decision.made_at).into())];
                    dt { (words.say("message-decision")) }
                    dd {
                        (words.fill(if decision.is_yes { "message-decision-yes" } else { "message-decision-no" }, who))
                        @if decision.waits_for_second() { ". " (words.say("approval-second-needed")) }
                    }
                }
                @if let Some(basis) = &row.basis {
                    dt { (words.say("message-basis")) }
                    dd { (words.look_up(&format!("basis-{}", basis.replace('_', "-"))).unwrap_or_else(|| words.say("basis-duty"))) }
                }
                @if let Some(answer) = &row.answer {
                    dt { (words.say("message-answer")) } dd { code { (display::line(answer)) } }
                }
            }
        }
    }
}
