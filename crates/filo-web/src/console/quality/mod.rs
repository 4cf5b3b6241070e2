//! The quality of what is known: how good it is, what to mend first and what that brings; the
//! lists behind it; and mending.

mod act;
mod list;
mod page;
pub(super) mod person;

pub(super) use act::{leave, mend, preview, take_up, undo};
pub(super) use list::show as list;

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::quality::{Field, Gain, Reason};
use maud::Markup;
use serde::Deserialize;

use super::annotation::near;
use super::session::Session;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::right::{ListPeople, Power};
use crate::ui::page::{Frame, Place, page as framed};
use crate::ui::toast::toast_with_undo;

/// What was just done, in an address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Passing {
    done: Option<String>,
    /// The act of mending that was just done, to undo it.
    #[serde(rename = "done-mend")]
    mended: Option<String>,
    /// When findings were just left as they are, to take them up again.
    #[serde(rename = "done-left")]
    left: Option<String>,
    /// How many people, or values, that was about.
    #[serde(rename = "done-count")]
    count: Option<u64>,
}

impl Passing {
    /// The way back from what was just done; `back` says where to go afterwards.
    pub(super) fn undo(&self, words: Words, token: &str, back: &[(&str, &str)]) -> Option<Markup> {
        let count = self.count.unwrap_or(1);
        let label = words.say("undo");
        let say = |key: &str| words.fill(key, [("count", count.into())]);
        if let Some(act) = self.mended.as_deref().filter(|act| is_act(act)) {
            let action = format!("/quality/acts/{act}/undo");
            let text = say("quality-mended");
            return Some(toast_with_undo(&text, &action, token, back, &label));
        }
        let at = self.left.as_deref()?;
        at.parse::<i64>().ok()?;
        let mut hidden = vec![("at", at)];
        hidden.extend_from_slice(back);
        let text = say("quality-left");
        Some(toast_with_undo(
            &text,
            "/quality/leaving/undo",
            token,
            &hidden,
            &label,
        ))
    }
}

fn is_act(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// How far back the course of the figures goes.
const COURSE_DAYS: i64 = 400;

pub(super) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(passing): Query<Passing>,
) -> Answer {
    let quality = app.quality(&session.actor).await?;
    let whole = page::Whole {
        quality,
        sources: app.sources().await?,
        now: app.now(),
        annotations: near(&app, &session, COURSE_DAYS).await?,
    };
    let undo = passing.undo(session.words, &session.token, &[]);
    let done = passing.done.as_deref().filter(|_| undo.is_none());
    let title = session.words.say("quality-title");
    let content = maud::html! {
        @if let Some(undo) = undo { (undo) }
        (whole.content(session.words))
    };
    shown(framed(&frame(&session, &title, done), &content))
}

fn frame<'a, P: Power>(
    session: &'a Session<P>,
    title: &'a str,
    done: Option<&'a str>,
) -> Frame<'a> {
    Frame {
        words: session.words,
        title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    }
}

/// What is wrong, in words.
fn reason_word(words: Words, reason: Reason) -> String {
    let key = format!("quality-reason-{}", reason.word().replace('_', "-"));
    words.say(&key).into_owned()
}

fn field_word(words: Words, field: Field) -> String {
    let key = format!("quality-field-{}", field.word().replace('_', "-"));
    words.say(&key).into_owned()
}

/// "412 people become reachable by mail".
fn gain_words(words: Words, gain: Gain, count: u64) -> String {
    let key = match gain {
        Gain::Email => "quality-gain-email",
        Gain::Phone => "quality-gain-phone",
    };
    let numbers = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    words.fill(key, numbers)
}

/// Parts of a thousand as a percentage; a dash where nothing can be told.
fn percent(figure: Option<u16>) -> String {
    figure.map_or_else(
        || "–".to_owned(),
        |figure| format!("{} %", (figure + 5) / 10),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_reason_and_field_has_words_in_both_languages() {
        for language in Language::ALL {
            let words = Words::of(language);
            for reason in Reason::ALL {
                let key = format!("quality-reason-{}", reason.word().replace('_', "-"));
                assert!(words.look_up(&key).is_some(), "{key}");
            }
            for field in Field::ALL {
                let key = format!("quality-field-{}", field.word().replace('_', "-"));
                assert!(words.look_up(&key).is_some(), "{key}");
            }
        }
    }
}
