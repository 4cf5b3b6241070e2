//! The voice of the company: how it speaks, and the rules that texts are read by.
//!
//! **Invariant:** whoever saves over somebody else's change is told first.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::content::voice::{Rule, STOCK, Voice};
use filo_core::content::{Links, Tone};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{doors, manages, tone_words, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ManageContent, Power, SeeFigures};
use crate::ui::form::{Field, form};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// The form as it was filled in.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::console) struct Given {
    version: i64,
    tone: String,
    address: String,
    banned: String,
    allowed: String,
    emoji_most: String,
    exclamations_most: String,
    sentence_words_most: String,
    ease_least: String,
    #[serde(default)]
    links: String,
}

impl Given {
    fn of(voice: &Voice, version: i64) -> Self {
        let lines = |phrases: &[compact_str::CompactString]| {
            let phrases: Vec<&str> = phrases
                .iter()
                .map(compact_str::CompactString::as_str)
                .collect();
            phrases.join("\n")
        };
        Self {
            version,
            tone: voice.tone.word().to_owned(),
            address: voice.address.to_string(),
            banned: lines(&voice.banned),
            allowed: lines(&voice.allowed),
            emoji_most: voice.emoji_most.to_string(),
            exclamations_most: voice.exclamations_most.to_string(),
            sentence_words_most: voice.sentence_words_most.to_string(),
            ease_least: voice.ease_least.to_string(),
            links: voice
                .links
                .iter()
                .map(|(name, url)| format!("{name} = {url}\n"))
                .collect(),
        }
    }

    /// The voice, or the field that cannot be read.
    fn voice(&self) -> Result<Voice, &'static str> {
        let phrases = |text: &str| text.lines().map(Into::into).collect();
        let number =
            |field: &'static str, text: &str| text.trim().parse().map_err(|_no_number| field);
        Ok(Voice {
            tone: Tone::from_word(&self.tone).ok_or("tone")?,
            address: self.address.as_str().into(),
            banned: phrases(&self.banned),
            allowed: phrases(&self.allowed),
            emoji_most: number("emoji_most", &self.emoji_most)?,
            exclamations_most: number("exclamations_most", &self.exclamations_most)?,
            sentence_words_most: number("sentence_words_most", &self.sentence_words_most)?,
            ease_least: number("ease_least", &self.ease_least)?,
            links: links_of(&self.links).ok_or("links")?,
        })
    }
}

/// A name and an address a line, divided by an equals sign.
fn links_of(text: &str) -> Option<Links> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, url) = line.split_once('=')?;
            Some((name.trim().to_owned(), url.trim().to_owned()))
        })
        .collect()
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.voice().await?;
    let given = Given::of(&view.voice, view.version);
    shown(draw(&session, &given, (None, None), asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageContent, Given>,
) -> Answer {
    let (session, mut given) = (posted.session, posted.form);
    let words = session.words;
    let voice = match given.voice() {
        Ok(voice) => voice,
        Err(field) => {
            return crate::console::wrong(draw(&session, &given, (Some(field), None), None));
        }
    };
    match app.change_voice(&session.actor, voice, given.version).await {
        Ok(_) => done("/pieces/voice?done=voice-saved"),
        Err(Error::Invalid { field, .. }) => {
            crate::console::wrong(draw(&session, &given, (Some(field), None), None))
        }
        Err(Error::Conflict(_)) => {
            given.version = app.voice().await?.version;
            let why = words.say("voice-changed-meanwhile");
            let page = draw(&session, &given, (None, Some(&why)), None);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn draw<P: Power>(
    session: &Session<P>,
    given: &Given,
    (wrong, why): (Option<&str>, Option<&str>),
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("voice-title");
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("voice-lead")) }
        (doors(words, "/pieces/voice"))
        @if let Some(why) = why { p.notice.notice-bad role="alert" { (why) } }
        @if manages(session) {
            section.card {
                (form("/pieces/voice", &session.token, &html! {
                    input type="hidden" name="version" value=(given.version);
                    (fields(words, given, wrong))
                    button type="submit" { (words.say("segment-save")) }
                }))
            }
        } @else {
            section.card { fieldset disabled { (fields(words, given, None)) } }
        }
        (built_in(words))
    };
    whole(session, &title, done, &content)
}

fn fields(words: Words, given: &Given, wrong: Option<&str>) -> Markup {
    let tones: Vec<(&str, String)> = Tone::ALL
        .into_iter()
        .map(|tone| (tone.word(), tone_words(words, tone)))
        .collect();
    let tones: Vec<(&str, &str)> = tones
        .iter()
        .map(|(word, label)| (*word, label.as_str()))
        .collect();
    let field = |name: &'static str, value: &str, draw: &dyn Fn(&Field<'_>) -> Markup| {
        let key = name.replace('_', "-");
        let why = (wrong == Some(name)).then(|| words.say(&format!("wrong-voice-{key}")));
        draw(&Field {
            name,
            label: &words.say(&format!("voice-{key}")),
            value,
            hint: Some(&words.say(&format!("voice-{key}-hint"))),
            wrong: why.as_deref(),
            ..Field::default()
        })
    };
    html! {
        (field("tone", &given.tone, &|field| field.select(&tones)))
        (field("address", &given.address, &|field| field.input()))
        (field("banned", &given.banned, &|field| field.area(4)))
        (field("allowed", &given.allowed, &|field| field.area(3)))
        (field("links", &given.links, &|field| field.area(4)))
        div.row {
            (field("ease_least", &given.ease_least, &|field| field.input()))
            (field("sentence_words_most", &given.sentence_words_most, &|field| field.input()))
        }
        div.row {
            (field("exclamations_most", &given.exclamations_most, &|field| field.input()))
            (field("emoji_most", &given.emoji_most, &|field| field.input()))
        }
    }
}

/// The phrases that Filo knows by itself.
fn built_in(words: Words) -> Markup {
    let groups = [
        (Rule::Stock, "voice-stock"),
        (Rule::Promise, "voice-promise"),
        (Rule::Superlative, "voice-superlative"),
        (Rule::Profiling, "voice-profiling"),
    ];
    html! {
        section.card aria-labelledby="built-in" {
            h2 #built-in { (words.say("voice-built-in")) }
            p.soft { (words.say("voice-built-in-hint")) }
            @for (rule, key) in groups {
                details {
                    summary { (words.say(key)) }
                    p.phrases {
                        @for stock in STOCK.iter().filter(|stock| stock.rule == rule) { span.chip { (stock.phrase) } " " }
                    }
                }
            }
        }
    }
}
