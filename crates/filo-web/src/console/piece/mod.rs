//! Content: the list of pieces, the editor of one, its history; the map, the sameness meter, the
//! voice.
//!
//! **Invariant:** every text can be written, tried and looked at without a script; what was typed
//! is still there when the form comes back.

mod aside;
mod begin;
mod details;
mod draw;
mod editor;
mod fault;
mod frame;
mod given;
mod history;
mod list;
mod map;
mod moving;
mod same;
mod voice;

pub(super) use begin::{create, new_form};
pub(super) use details::{edit_form, save as save_details};
pub(super) use editor::{change, show};
pub(super) use fault::fault_words;
pub(super) use frame::{show as frame, try_out};
pub(super) use history::{go_back, show as history};
pub(super) use list::show as list;
pub(super) use map::show as map;
pub(super) use moving::{archive, copy, restore};
pub(super) use same::show as same;
pub(super) use voice::{save as save_voice, show as voice};

use filo_app::App;
use filo_core::access::Right;
use filo_core::company::Language;
use filo_core::content::{Piece, Tone, Variant};
use filo_core::id::CustomerId;
use filo_core::message::Medium;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::{Session, encode};
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::page::Place;
use crate::ui::tab::{Tab, tabs};

/// A page of this place.
pub(super) fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Content, title, done, content)
}

/// Whether whoever looks may write.
pub(super) fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageContent)
}

/// The doors between the pages of this place.
pub(super) fn doors(words: Words, here: &str) -> Markup {
    let names = [
        "place-content",
        "promotion-title",
        "content-map",
        "content-same",
        "voice-title",
    ];
    let names = names.map(|key| words.say(key));
    let addresses = [
        "/pieces",
        "/promotions",
        "/pieces/map",
        "/pieces/sameness",
        "/pieces/voice",
    ];
    let list: Vec<Tab<'_>> = addresses
        .into_iter()
        .zip(&names)
        .map(|(address, label)| Tab {
            address,
            label,
            count: 0,
            here: address == here,
        })
        .collect();
    tabs(&words.say("place-content"), &list)
}

/// Which text, as an address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    medium: String,
    #[serde(rename = "in")]
    language: String,
    tone: String,
    variant: String,
    person: String,
    dark: String,
    done: Option<String>,
}

/// Which text, and for whom it is looked at.
#[derive(Debug, Clone, Copy)]
struct At {
    medium: Medium,
    language: Language,
    tone: Tone,
    variant: Variant,
    person: Option<CustomerId>,
}

impl Asked {
    /// The text that is asked for; without words for it the first that the piece has, else a mail
    /// as the company usually writes it.
    fn at(&self, app: &App, piece: &Piece, usual: Tone) -> At {
        let medium = Medium::from_word(&self.medium);
        let of_medium =
            |it: &&filo_core::content::Adaptation| medium.is_none_or(|medium| it.medium == medium);
        let first = piece.adaptations.iter().find(of_medium);
        let company = app.company().company.language;
        At {
            medium: medium
                .or(first.map(|it| it.medium))
                .unwrap_or(Medium::Email),
            language: Language::from_tag(&self.language)
                .or(first.map(|it| it.language))
                .unwrap_or(company),
            tone: Tone::from_word(&self.tone)
                .or(first.map(|it| it.tone))
                .unwrap_or(usual),
            variant: Variant::from_word(&self.variant).unwrap_or_default(),
            person: self.person.parse().ok(),
        }
    }
}

impl At {
    /// The question mark and what follows it.
    fn query(&self) -> String {
        let person = self
            .person
            .map(|id| format!("&person={}", encode(&id.to_string())));
        format!(
            "?medium={}&in={}&tone={}&variant={}{}",
            self.medium.word(),
            self.language.tag(),
            self.tone.word(),
            self.variant.word(),
            person.unwrap_or_default()
        )
    }

    /// "E-mail · Italiano · Formale", and the version where it is not the first.
    fn words(&self, words: Words) -> String {
        let said = [
            medium_words(words, self.medium),
            language_words(words, self.language),
            tone_words(words, self.tone),
        ];
        let said = said.join(" · ");
        match self.variant {
            Variant::A => said,
            variant => format!("{said} · {}", variant.word().to_uppercase()),
        }
    }
}

pub(super) fn medium_words(words: Words, medium: Medium) -> String {
    words
        .say(&format!(
            "content-medium-{}",
            medium.word().replace('_', "-")
        ))
        .into_owned()
}

/// By what, in which language and how something is said.
pub(super) fn spot_words(
    words: Words,
    (medium, language, tone): (Medium, Language, Tone),
) -> String {
    [
        medium_words(words, medium),
        language_words(words, language),
        tone_words(words, tone),
    ]
    .join(" ")
}

fn language_words(words: Words, language: Language) -> String {
    words
        .say(&format!("content-in-{}", language.tag()))
        .into_owned()
}

fn tone_words(words: Words, tone: Tone) -> String {
    words
        .say(&format!("content-tone-{}", tone.word().replace('_', "-")))
        .into_owned()
}

/// What customers are called who are at a stage; who is at none is anybody.
fn stage_words(words: Words, stage: Option<filo_core::buyer::Stage>) -> String {
    let word = stage
        .map_or("any", filo_core::buyer::Stage::word)
        .replace('_', "-");
    words.say(&format!("content-stage-{word}")).into_owned()
}

/// A choice among links: which one is here, and whether something is there.
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "a chip is here or not, and written or not"
)]
fn chip(address: &str, label: &str, here: bool, is_written: bool, words: Words) -> Markup {
    html! {
        a.chip.on[is_written] href=(address) aria-current=[here.then_some("true")] {
            (label)
            @if is_written { span.aloud { " " (words.say("content-written")) } }
        }
    }
}
