//! Rehearsals in the console: asking for one, following it, reading what it came to, and looking
//! at one of the people in it.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

mod asking;
mod cost;
mod figures;
mod load;
mod page;
mod person;
mod sample;
mod steps;

pub(super) use asking::{begin, door};
pub(in crate::console) use asking::{list, start};
pub(in crate::console) use page::{cancel, remove, show};
pub(in crate::console) use person::person;

use filo_core::journey::rehearsal::Fate;

use crate::i18n::Words;

/// Which version, in a word or two.
fn version_words(words: Words, version: i64) -> String {
    match version {
        0 => words.say("rehearsal-draft").into_owned(),
        version => words.fill("journey-version", [("version", version.into())]),
    }
}

/// What would have become of a message, in a few words.
fn fate_words(words: Words, fate: Fate) -> String {
    let key = format!("rehearsal-fate-{}", fate.word().replace('_', "-"));
    match fate.at() {
        Some(at) => words.fill(&key, [("when", words.date_time(at).into())]),
        None => words.say(&key).into_owned(),
    }
}

/// What stood in the way, as a sentence.
fn why_words(words: Words, why: &str) -> String {
    let word = why.replace('_', "-");
    let own = words.look_up(&format!("rehearsal-why-{word}"));
    own.unwrap_or_else(|| words.say(&format!("why-{word}")))
        .into_owned()
}
