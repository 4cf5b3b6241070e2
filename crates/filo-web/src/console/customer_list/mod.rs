//! Lists by hand: all of them, the page of one, making and changing them, putting people on and
//! taking them off, with the way back.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

mod act;
mod form;
mod list;
mod moving;
mod one;
mod page;

pub(super) use act::{add, remove, undo};
pub(super) use form::{create, new_form};
pub(super) use list::show as list;
pub(super) use moving::{archive, restore};
pub(super) use one::{change, show};

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::id::{ImportId, JourneyId};
use maud::Markup;

use super::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::page::Place;
use crate::ui::shown::line;
use crate::ui::toast::toast_with_undo;

/// A page of this place.
fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::People, title, done, content)
}

/// Whether whoever looks may make lists and put them away.
fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageSegments)
}

/// Who put somebody on a list: a person or a key by name, a journey by name, a file.
pub(super) fn by_whom(
    words: Words,
    joined_by: &str,
    journeys: &BTreeMap<JourneyId, String>,
) -> String {
    if joined_by.parse::<ImportId>().is_ok() {
        return words.say("customer-list-by-file").into_owned();
    }
    match joined_by.parse::<JourneyId>() {
        Ok(id) => {
            let name = journeys.get(&id).map(|name| line(name));
            let name = name.unwrap_or_else(|| words.say("journey-unknown").into_owned());
            words.fill("customer-list-by-journey", [("name", name.into())])
        }
        Err(_no_journey) => line(joined_by),
    }
}

/// What was just done with how many people, as an address says it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Passing {
    #[serde(rename = "done-listing")]
    act: String,
    #[serde(rename = "done-people")]
    people: String,
    #[serde(rename = "done-way")]
    way: String,
}

impl Passing {
    /// What an address says of an act.
    pub(super) fn of(act: &filo_app::Done, is_on: bool) -> String {
        let way = if is_on { "on" } else { "off" };
        format!(
            "done-listing={:032x}&done-people={}&done-way={way}",
            act.act, act.people
        )
    }

    /// The way back; `back` is where it leads.
    pub(super) fn undo(&self, words: Words, token: &str, back: &str) -> Option<Markup> {
        let is_act = self.act.len() == 32 && self.act.bytes().all(|it| it.is_ascii_hexdigit());
        let count: u64 = self.people.parse().ok().filter(|_| is_act)?;
        let key = match self.way.as_str() {
            "on" => "customer-list-put-on",
            "off" => "customer-list-taken-off",
            _ => return None,
        };
        let fill = [
            ("count", count.into()),
            ("number", words.number(count).into()),
        ];
        let action = format!("/lists/acts/{}/undo", self.act);
        Some(toast_with_undo(
            &words.fill(key, fill),
            &action,
            token,
            &[("back", back)],
            &words.say("undo"),
        ))
    }
}
