//! Kinds of customers: looking for them, what was found, putting it in force, giving names.
//!
//! **Invariant:** what is told of a kind are facts with their counts; people are shown as
//! [`filo_app::Eyes`] lets through.

mod card;
mod deciding;
mod finding;
mod page;

pub(super) use deciding::{adopt, make_segment, name, seek, withdraw};
pub(super) use page::{show, show_search};

use maud::Markup;

use super::session::Session;
use crate::right::Power;

/// A page of this place.
fn whole<P: Power>(session: &Session<P>, done: Option<&str>, content: &Markup) -> Markup {
    let title = session.words.say("place-personas");
    super::segment::whole(session, &title, done, content)
}
