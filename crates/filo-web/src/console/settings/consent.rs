//! What the company asks its customers for, and in which words.
//!
//! **Invariant:** whoever saves over somebody else's change is shown that change first; a text is
//! only ever followed by another.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::consent::{TermsView, WORDING_CHARS_MOST, Wording};
use filo_app::{App, Error};
use filo_core::access::Right;
use filo_core::consent::Basis;
use filo_core::consent::purpose::{
    EMAIL_TRACKING, Ground, MARKETING, NAME_CHARS_MOST, Purpose, Purposes, WORD_BYTES_MOST,
};
use filo_core::event::Channel;
use http::StatusCode;
use maud::{Markup, html};

use super::{Asked, whole};
use crate::addressing::channel_name;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::{Language, Words};
use crate::right::{ManageSettings, Power, SeeFigures};
use crate::ui::form::{Field, form};
use crate::ui::shown as display;

const HERE: &str = "/settings/consent";
/// The grounds that can be ticked.
const BASES: [Basis; 5] = [
    Basis::Consent,
    Basis::SoftSpam,
    Basis::Contract,
    Basis::LegitimateInterest,
    Basis::LegalObligation,
];

/// A form as pairs: boxes come once for each tick.
type Pairs = Vec<(String, String)>;

/// What was wrong, and with which purpose; an empty word is the new one.
struct Wrong {
    word: String,
    problem: String,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = page(&app, &session, None, asked.done.as_deref()).await?;
    shown(page)
}

async fn page<P: Power>(
    app: &App,
    session: &Session<P>,
    refused: Option<(&Purpose, &Wrong)>,
    done: Option<&str>,
) -> Result<Markup, Failure> {
    let view = app.purposes().await?;
    let wordings = app.wordings().await?;
    let title = session.words.say("settings-consent");
    let content = content(session, &view, &wordings, refused);
    Ok(whole(session, HERE, &title, done, &content))
}

fn content<P: Power>(
    session: &Session<P>,
    view: &TermsView,
    wordings: &[Wording],
    refused: Option<(&Purpose, &Wrong)>,
) -> Markup {
    let words = session.words;
    let may_change = session.actor.may(Right::ManageSettings);
    let of = |word: &str| refused.filter(|(_, wrong)| wrong.word == word);
    let problem =
        |refused: Option<(&Purpose, &Wrong)>| refused.map(|(_, wrong)| wrong.problem.clone());
    html! {
        h1 { (words.say("settings-consent")) }
        p.lead { (words.say("settings-consent-lead")) }
        @for purpose in &view.purposes.0 {
            @let refused = of(&purpose.word);
            @let shown = refused.map_or(purpose, |(given, _)| given);
            section.card id=(purpose.word) {
                h2 { (named(words, purpose)) }
                p.about { code { (purpose.word) } " · " (in_short(words, purpose)) }
                (texts(words, purpose, wordings))
                @if may_change {
                    details open[refused.is_some()] {
                        summary { (words.say("terms-change")) }
                        (purpose_form(words, &session.token, (shown, view.version), problem(refused).as_deref()))
                    }
                    details {
                        summary { (words.say("wording-new")) }
                        (wording_form(words, &session.token, purpose, wordings))
                    }
                    @if purpose.word != MARKETING && purpose.word != EMAIL_TRACKING {
                        (removal(words, &session.token, purpose, view.version))
                    }
                }
            }
        }
        @if may_change {
            @let refused = of("");
            @let empty = fresh();
            @let given = refused.map_or(&empty, |(given, _)| given);
            details.card #new open[refused.is_some()] {
                summary { (words.say("terms-new")) }
                (purpose_form(words, &session.token, (given, view.version), problem(refused).as_deref()))
            }
        }
    }
}

fn fresh() -> Purpose {
    Purpose {
        word: "".into(),
        name_it: "".into(),
        name_en: "".into(),
        ground: Ground::Statement,
        by_channel: false,
        channels: vec![Channel::Email],
        bases: vec![Basis::Consent],
        expires_after_months: 0,
        ask_again_after_months: 6,
    }
}

fn named(words: Words, purpose: &Purpose) -> String {
    display::line(match words.language {
        Language::Italian => &purpose.name_it,
        Language::English => &purpose.name_en,
    })
}

/// What holds, in a line.
fn in_short(words: Words, purpose: &Purpose) -> String {
    if purpose.ground == Ground::Duty {
        return words.say("terms-is-duty").into_owned();
    }
    let end = match purpose.expires_after_months {
        0 => words.say("terms-never-ends").into_owned(),
        months => words.fill("terms-ends", [("months", u64::from(months).into())]),
    };
    let bases: Vec<String> = purpose.bases.iter().map(|it| basis(words, *it)).collect();
    format!("{} · {end}", bases.join(", "))
}

fn basis(words: Words, basis: Basis) -> String {
    let key = format!("basis-{}", basis.word().replace('_', "-"));
    words.say(&key).into_owned()
}

fn texts(words: Words, purpose: &Purpose, wordings: &[Wording]) -> Markup {
    let own: Vec<&Wording> = wordings
        .iter()
        .filter(|it| it.purpose == purpose.word)
        .collect();
    let newest = own.iter().map(|it| it.version).max();
    html! {
        @if purpose.ground == Ground::Statement {
            @match newest {
                None => p.soft { (words.say("wording-none")) },
                Some(newest) => {
                    @for wording in own.iter().filter(|it| it.version == newest) {
                        p lang=(wording.language) { (wording.text) }
                        p.about {
                            code { (wording.name()) } " · " (wording.language) " · "
                            (words.date_time(wording.valid_from)) " · " (display::line(&wording.written_by))
                            " · SHA-256 " code { (wording.hash.get(..16).unwrap_or_default()) "…" }
                        }
                    }
                }
            }
        }
    }
}

fn purpose_form(
    words: Words,
    token: &str,
    (purpose, version): (&Purpose, i64),
    problem: Option<&str>,
) -> Markup {
    let is_new = purpose.word.is_empty() || problem.is_some_and(|_| !is_word(&purpose.word));
    let months = [purpose.expires_after_months, purpose.ask_again_after_months]
        .map(|months| months.to_string());
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            required: true,
            length_most: NAME_CHARS_MOST,
            ..Field::default()
        }
    }
    let grounds = Ground::ALL.map(|it| words.say(&format!("ground-{}", it.word())));
    let grounds: Vec<(&str, &str)> = Ground::ALL
        .iter()
        .zip(&grounds)
        .map(|(it, label)| (it.word(), &**label))
        .collect();
    let content = html! {
        input type="hidden" name="version" value=(version);
        @if is_new {
            input type="hidden" name="is_new" value="on";
            (Field {
                hint: Some(&words.say("terms-word-hint")),
                length_most: WORD_BYTES_MOST,
                ..field("word", &words.say("terms-word"), &purpose.word)
            }.input())
        } @else {
            input type="hidden" name="word" value=(purpose.word);
        }
        @if let Some(problem) = problem { p.wrong role="alert" { (problem) } }
        (field("name_it", &words.say("terms-name-it"), &purpose.name_it).input())
        (field("name_en", &words.say("terms-name-en"), &purpose.name_en).input())
        (field("ground", &words.say("terms-ground"), purpose.ground.word()).select(&grounds))
        fieldset {
            legend { (words.say("terms-channels")) }
            @for channel in Channel::ALL {
                label.check {
                    input type="checkbox" name="channel" value=(channel.word()) checked[purpose.channels.contains(&channel)];
                    span { (channel_name(words, Some(channel))) }
                }
            }
        }
        label.check {
            input type="checkbox" name="by_channel" value="on" checked[purpose.by_channel];
            span { (words.say("terms-by-channel")) }
        }
        fieldset {
            legend { (words.say("terms-bases")) }
            @for known in BASES {
                label.check {
                    input type="checkbox" name="basis" value=(known.word()) checked[purpose.bases.contains(&known)];
                    span { (basis(words, known)) }
                }
            }
            p.hint { (words.say("terms-bases-hint")) }
        }
        (Field {
            hint: Some(&words.say("terms-expires-hint")),
            length_most: 3,
            ..field("expires", &words.say("terms-expires"), &months[0])
        }.input())
        (Field { length_most: 3, ..field("ask_again", &words.say("terms-ask-again"), &months[1]) }.input())
        button type="submit" { (words.say("save")) }
    };
    form(HERE, token, &content)
}

fn is_word(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(letter)
}

fn wording_form(words: Words, token: &str, purpose: &Purpose, wordings: &[Wording]) -> Markup {
    let newest = |language: &str| {
        wordings
            .iter()
            .filter(|it| it.purpose == purpose.word && it.language == language)
            .max_by_key(|it| it.version)
            .map_or("", |it| it.text.as_str())
    };
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            required: true,
            length_most: WORDING_CHARS_MOST,
            ..Field::default()
        }
    }
    let content = html! {
        input type="hidden" name="purpose" value=(purpose.word);
        p.hint { (words.say("wording-hint")) }
        (field("text_it", &words.say("wording-it"), newest("it")).area(4))
        (field("text_en", &words.say("wording-en"), newest("en")).area(4))
        button type="submit" { (words.say("wording-do")) }
    };
    form("/settings/consent/wordings", token, &content)
}

fn removal(words: Words, token: &str, purpose: &Purpose, version: i64) -> Markup {
    html! {
        details.second-thought {
            summary { (words.say("terms-remove")) }
            form.inline method="post" action="/settings/consent/removal" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="version" value=(version);
                input type="hidden" name="word" value=(purpose.word);
                button.danger.small type="submit" { (words.say("terms-remove-confirm")) }
            }
        }
    }
}

fn first<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.trim())
}

fn all<'a>(pairs: &'a Pairs, name: &'static str) -> impl Iterator<Item = &'a str> {
    pairs
        .iter()
        .filter(move |(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// The purpose of a form; months that are no number are as wrong as too many.
fn purpose_of(pairs: &Pairs) -> Purpose {
    let months = |name| first(pairs, name).parse().unwrap_or(u16::MAX);
    Purpose {
        word: first(pairs, "word").into(),
        name_it: first(pairs, "name_it").into(),
        name_en: first(pairs, "name_en").into(),
        ground: Ground::from_word(first(pairs, "ground")).unwrap_or(Ground::Statement),
        by_channel: first(pairs, "by_channel") == "on",
        channels: all(pairs, "channel")
            .filter_map(Channel::from_word)
            .collect(),
        bases: all(pairs, "basis").map(Basis::from_word).collect(),
        expires_after_months: months("expires"),
        ask_again_after_months: months("ask_again"),
    }
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let given = purpose_of(&form);
    let is_new = first(&form, "is_new") == "on";
    let Purposes(mut purposes) = app.purposes().await?.purposes;
    match purposes.iter_mut().find(|it| it.word == given.word) {
        Some(known) if !is_new => *known = given.clone(),
        _ => purposes.push(given.clone()),
    }
    let saved = change(&app, &session, purposes, &form).await?;
    let Some(problem) = saved else {
        return done("/settings/consent?done=purposes-saved");
    };
    let word = if is_new { "" } else { given.word.as_str() };
    let refused = Wrong {
        word: word.to_owned(),
        problem: session.words.say(problem).into_owned(),
    };
    let page = page(&app, &session, Some((&given, &refused)), None).await?;
    if problem == "terms-conflict" {
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    wrong(page)
}

/// Saves; gives the key of what was wrong.
async fn change(
    app: &App,
    session: &Session<ManageSettings>,
    purposes: Vec<Purpose>,
    form: &Pairs,
) -> Result<Option<&'static str>, Failure> {
    let version = first(form, "version").parse().unwrap_or(-1);
    let saved = app
        .change_purposes(&session.actor, Purposes(purposes), version)
        .await;
    match saved {
        Ok(_view) => Ok(None),
        Err(Error::Invalid { .. }) => Ok(Some("terms-wrong")),
        Err(Error::Conflict(_)) => Ok(Some("terms-conflict")),
        Err(other) => Err(other.into()),
    }
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let word = first(&form, "word");
    let Purposes(mut purposes) = app.purposes().await?.purposes;
    let Some(given) = purposes.iter().find(|it| it.word == word).cloned() else {
        return Err(Failure::Missing);
    };
    purposes.retain(|it| it.word != word);
    let Some(problem) = change(&app, &session, purposes, &form).await? else {
        return done("/settings/consent?done=purpose-removed");
    };
    let refused = Wrong {
        word: word.to_owned(),
        problem: session.words.say(problem).into_owned(),
    };
    wrong(page(&app, &session, Some((&given, &refused)), None).await?)
}

pub(in crate::console) async fn add_wording(
    State(app): State<App>,
    posted: Posted<ManageSettings, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let (purpose, texts) = (
        first(&form, "purpose"),
        (first(&form, "text_it"), first(&form, "text_en")),
    );
    match app.add_wording(&session.actor, purpose, texts).await {
        Ok(_version) => done("/settings/consent?done=wording-added"),
        Err(Error::Invalid { .. }) => {
            let view = app.purposes().await?;
            let given = view.purposes.get(purpose).cloned().unwrap_or_else(fresh);
            let refused = Wrong {
                word: purpose.to_owned(),
                problem: session.words.say("wording-wrong").into_owned(),
            };
            wrong(page(&app, &session, Some((&given, &refused)), None).await?)
        }
        Err(other) => Err(other.into()),
    }
}
