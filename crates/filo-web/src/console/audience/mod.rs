//! Audiences of platforms of advertising: all of them, the page of one, making and changing them,
//! pausing them and letting them go, and files to take away.
//!
//! **Invariant:** of people only counts are shown here, and of addresses only hashes.

mod act;
mod file;
mod form;
mod list;
mod one;
mod page;

pub(super) use act::{keep, pause, remove, resume, tell, test};
pub(super) use file::{close, download};
pub(super) use form::{create, new_form};
pub(super) use list::show as list;
pub(super) use one::{change, show};

use filo_app::audience::State;
use filo_core::access::Right;
use maud::{Markup, html};

use super::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::page::Place;

/// A page of this place.
fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Segments, title, done, content)
}

/// Whether whoever looks may make and change audiences.
fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageSegments)
}

/// How an audience is doing.
fn badge(words: Words, state: State) -> Markup {
    let class = match state {
        State::InStep => "badge badge-good",
        State::Failing => "badge badge-bad",
        State::Paused | State::Ending => "badge badge-warn",
        State::ByHand | State::Behind => "badge",
    };
    let key = format!("audience-state-{}", state.word().replace('_', "-"));
    html! { span class=(class) { (words.say(&key)) } }
}
