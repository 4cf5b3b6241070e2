//! What a person allows: may they be addressed, what was in force when, the ledger with its
//! proofs, and the certificate.

pub(in crate::console) mod certificate;
mod ledger;

use axum::extract::{Path, Query, State};
use filo_app::consent::{Addressing, MadeConfirmation};
use filo_app::{App, CustomerView, Error};
use filo_core::access::Right;
use filo_core::consent::addressing::Verdict;
use filo_core::consent::ledger::Ledger;
use filo_core::consent::purpose::{Ground, Purpose, Purposes};
use filo_core::event::Channel;
use filo_core::id::CustomerId;
use filo_core::profile::view::summary;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use self::ledger::{line, proof};
use crate::addressing::{channel_name, purpose_name, reason};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{Power, RecordConsent, SeePeople};
use crate::ui::form::{Field, copyable, form};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

/// An answer as the list of a person shows it.
pub(super) type Overview = Vec<(Purpose, Channel, Verdict)>;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    purpose: Option<String>,
    channel: Option<String>,
    day: Option<String>,
    time: Option<String>,
}

/// What the page shows.
struct Page {
    customer: CustomerView,
    ledger: Ledger,
    is_whole: bool,
    purposes: Purposes,
    overview: Overview,
    /// The answer about an earlier instant.
    then: Option<Addressing>,
    /// The day that was asked about cannot be one.
    wrong_day: bool,
    /// A link that was just made, or why it was not.
    confirmation: Option<Result<MadeConfirmation, String>>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path(customer): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = read(&app, &session, id(&customer)?, &asked).await?;
    let is_wrong = known.wrong_day;
    let whole = whole(&session, &known, &asked);
    if is_wrong { wrong(whole) } else { shown(whole) }
}

async fn read<P: Power>(
    app: &App,
    session: &Session<P>,
    customer: CustomerId,
    asked: &Asked,
) -> Result<Page, Failure> {
    let actor = &session.actor;
    let (view, ledger, is_whole) = app.consent_ledger(actor, customer).await?;
    let mut known = Page {
        overview: app.addressing_now(&view).await?,
        customer: view,
        ledger,
        is_whole,
        purposes: app.purposes().await?.purposes,
        then: None,
        wrong_day: false,
        confirmation: None,
    };
    let Some(day) = asked.day.as_deref() else {
        return Ok(known);
    };
    let channel = asked.channel.as_deref().and_then(Channel::from_word);
    let (Some(at), Some(channel)) = (instant(session.words, day, asked.time.as_deref()), channel)
    else {
        known.wrong_day = true;
        return Ok(known);
    };
    let purpose = asked.purpose.as_deref().unwrap_or_default();
    let found = app.may_address(actor, customer, (purpose, channel), Some(at));
    known.then = Some(found.await?);
    Ok(known)
}

/// A day and a time on the company's clock; without a time the end of the day.
fn instant(words: Words, day: &str, time: Option<&str>) -> Option<Timestamp> {
    let (begin, end) = words.bounds_of_day(day)?;
    let Some(time) = time.map(str::trim).filter(|time| !time.is_empty()) else {
        return Some(end.plus_micros(-1));
    };
    let time: jiff::civil::Time = time.parse().ok()?;
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    let guess = begin.plus_seconds(seconds);
    // On the two days on which clocks change, an hour is missing or there twice.
    let shown = words.hour(guess);
    let hour = u8::try_from(time.hour()).unwrap_or(0);
    Some(guess.plus_seconds((i64::from(hour) - i64::from(shown)) * 3600))
}

fn whole<P: Power>(session: &Session<P>, known: &Page, asked: &Asked) -> Markup {
    let words = session.words;
    let name = name_of(words, &known.customer);
    let title = words.fill("consent-page", [("name", name.into())]);
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    let customer = known.customer.id;
    let may_certify = session.actor.may(Right::SeePersonalData);
    let content = html! {
        a.back href={ "/people/" (customer) } { (Icon::Back.draw()) (words.say("consent-back")) }
        h1 { (title) }
        section.card #now {
            h2 { (words.say("consent-now")) }
            (lines(words, &known.overview))
        }
        section.card #then {
            h2 { (words.say("consent-then")) }
            (then(words, known))
            (ask_form(words, known, asked))
        }
        @if session.actor.may(Right::RecordConsent) { (confirm(words, known, &session.token)) }
        section.card #ledger {
            h2 { (words.say("consent-ledger")) }
            @if !known.is_whole { p.notice.notice-warn { (words.say("consent-not-whole")) } }
            @if known.ledger.entries.is_empty() { p.soft { (words.say("consents-none")) } }
            ul.list {
                @for entry in known.ledger.entries.iter().rev() { (line(words, &known.purposes, entry)) }
            }
        }
        @if may_certify {
            p.actions {
                a.button.quiet href={ "/people/" (customer) "/consents/certificate" } { (words.say("certificate-show")) }
                a.button.quiet href={ "/people/" (customer) "/consents/certificate.json" } { (words.say("certificate-json")) }
            }
        }
        p.about { a href="/suppressions" { (words.say("place-suppressions")) } }
    };
    page(&frame, &content)
}

fn name_of(words: Words, customer: &CustomerView) -> String {
    let known = summary(&customer.profile).display_name;
    known.map_or_else(
        || words.say("person-unknown").into_owned(),
        |name| display::line(&name),
    )
}

/// The card on the page of the person.
pub(super) fn card(words: Words, customer: CustomerId, overview: &Overview) -> Markup {
    html! {
        section.card.section {
            h2 { (words.say("consent-now")) }
            (lines(words, overview))
            p { a href={ "/people/" (customer) "/consents" } { (words.say("consent-more")) } }
        }
    }
}

fn lines(words: Words, overview: &Overview) -> Markup {
    html! {
        ul.list {
            @for (purpose, channel, verdict) in overview {
                li {
                    div.line {
                        span {
                            strong { (named(words, purpose)) }
                            @if purpose.by_channel { " · " (channel_name(words, Some(*channel))) }
                        }
                        (badge(words, verdict.may))
                    }
                    p.about { (reasons(words, verdict)) }
                }
            }
        }
    }
}

fn named(words: Words, purpose: &Purpose) -> String {
    purpose_name(words, &Purposes(vec![purpose.clone()]), &purpose.word)
}

fn badge(words: Words, may: bool) -> Markup {
    if may {
        html! { span.badge.badge-good { (words.say("consent-granted")) } }
    } else {
        html! { span.badge.badge-bad { (words.say("consent-denied")) } }
    }
}

fn reasons(words: Words, verdict: &Verdict) -> String {
    let mut said: Vec<String> = verdict.reasons.iter().map(|it| reason(words, it)).collect();
    said.dedup();
    if let Some(end) = verdict.expires_at.filter(|_| verdict.may) {
        said.push(words.fill("consent-until", [("date", words.date(end).into())]));
    }
    if let Some(from) = verdict.ask_from {
        said.push(words.fill("consent-ask-from", [("date", words.date(from).into())]));
    }
    said.join(" ")
}

/// The answer about an earlier instant.
fn then(words: Words, known: &Page) -> Markup {
    let Some(found) = &known.then else {
        return Markup::default();
    };
    let answer = if found.verdict.may {
        "consent-then-yes"
    } else {
        "consent-then-no"
    };
    let date = words.date_time(found.at);
    html! {
        div.notice role="status" {
            p { strong { (words.fill(answer, [("date", date.into())])) } " " (reasons(words, &found.verdict)) }
            @if let Some(entry) = &found.entry { (proof(words, entry)) }
            @if !found.is_whole { p { (words.say("consent-not-whole")) } }
        }
    }
}

fn ask_form(words: Words, known: &Page, asked: &Asked) -> Markup {
    let names: Vec<(String, String)> = known
        .purposes
        .0
        .iter()
        .map(|purpose| (purpose.word.to_string(), named(words, purpose)))
        .collect();
    let purposes: Vec<(&str, &str)> = names.iter().map(|(a, b)| (&**a, &**b)).collect();
    let labels = Channel::ALL.map(|channel| channel_name(words, Some(channel)));
    let channels: Vec<(&str, &str)> = Channel::ALL
        .iter()
        .zip(&labels)
        .map(|(channel, label)| (channel.word(), &**label))
        .collect();
    let said = |value: &Option<String>, usual: &str| value.as_deref().unwrap_or(usual).to_owned();
    let (purpose, channel) = (
        said(&asked.purpose, "marketing"),
        said(&asked.channel, "email"),
    );
    let (day, time) = (said(&asked.day, ""), said(&asked.time, ""));
    let wrong_day = known.wrong_day.then(|| words.say("consent-day-wrong"));
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            ..Field::default()
        }
    }
    let action = format!("/people/{}/consents#then", known.customer.id);
    html! {
        form.form action=(action) {
            div.row {
                (field("purpose", &words.say("consent-purpose"), &purpose).select(&purposes))
                (field("channel", &words.say("consent-channel"), &channel).select(&channels))
            }
            div.row {
                (Field {
                    required: true,
                    wrong: wrong_day.as_deref(),
                    ..field("day", &words.say("consent-day"), &day)
                }.date())
                (Field {
                    hint: Some(&words.say("consent-time-hint")),
                    length_most: 5,
                    ..field("time", &words.say("consent-time"), &time)
                }.input())
            }
            button.quiet type="submit" { (words.say("consent-ask")) }
        }
    }
}

fn confirm(words: Words, known: &Page, token: &str) -> Markup {
    let names: Vec<(String, String)> = known
        .purposes
        .0
        .iter()
        .filter(|purpose| purpose.ground == Ground::Statement)
        .map(|purpose| (purpose.word.to_string(), named(words, purpose)))
        .collect();
    let purposes: Vec<(&str, &str)> = names.iter().map(|(a, b)| (&**a, &**b)).collect();
    let purpose = Field {
        name: "purpose",
        label: &words.say("consent-purpose"),
        value: "marketing",
        ..Field::default()
    };
    let action = format!("/people/{}/confirmations", known.customer.id);
    html! {
        details.card #confirm open[known.confirmation.is_some()] {
            summary { (words.say("confirmation-title")) }
            p.soft { (words.say("confirmation-hint")) }
            @match &known.confirmation {
                Some(Ok(made)) => {
                    p role="status" { (words.fill("confirmation-made", [("date", words.date(made.expires_at).into())])) }
                    (copyable(words, "confirmation-url", &made.url))
                }
                Some(Err(problem)) => p.wrong role="alert" { (problem) },
                None => {}
            }
            (form(&action, token, &html! {
                (purpose.select(&purposes))
                button type="submit" { (words.say("confirmation-do")) }
            }))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct ConfirmationForm {
    purpose: String,
}

pub(in crate::console) async fn ask_to_confirm(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<RecordConsent, ConfirmationForm>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let Posted { session, form } = posted;
    let about = (form.purpose.as_str(), Some(Channel::Email));
    let made = match app
        .request_confirmation(&session.actor, customer, about)
        .await
    {
        Ok(made) => Ok(made),
        Err(Error::TooOften { .. }) => Err("confirmation-too-often"),
        Err(Error::Conflict(_)) => Err("confirmation-no-address"),
        Err(Error::Invalid { .. }) => Err("confirmation-no-purpose"),
        Err(other) => return Err(other.into()),
    };
    let is_wrong = made.is_err();
    let mut known = read(&app, &session, customer, &Asked::default()).await?;
    known.confirmation = Some(made.map_err(|key| session.words.say(key).into_owned()));
    let page = whole(&session, &known, &Asked::default());
    if is_wrong { wrong(page) } else { shown(page) }
}
