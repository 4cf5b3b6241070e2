//! Journeys: the list, the page of one as a tree, working on it, starting and stopping it, who is
//! on the way.
//!
//! **Invariant:** of people only what [`filo_app::Eyes`] lets through is shown here.

mod behind;
mod calendar;
mod cost;
mod editing;
mod experiment;
mod form;
mod form_approval;
mod form_fallbacks;
mod form_read;
mod form_split;
mod form_written;
mod halting;
mod impact;
mod learning;
mod list;
mod one;
mod people;
mod publishing;
pub(super) mod rehearsal;
mod run;
mod tree;

pub(super) use behind::behind;
pub(super) use editing::{change_document, change_step, change_trigger, edit};
pub(super) use experiment::keep;
pub(super) use halting::{halt, remove, stopping};
pub(super) use learning::steer;
pub(super) use list::{create, list};
pub(super) use one::show;
pub(super) use people::{enter, people};
pub(super) use publishing::{publish, publishing};
pub(super) use run::{card, end_run, run, why_words};

use filo_app::App;
use filo_app::journey::JourneyView;
use filo_core::access::Right;
use filo_core::journey::Status;
use maud::{Markup, html};

use super::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::sentence::journey::JourneyNames;
use crate::ui::page::Place;
use crate::verdict::piece_names;

/// Whether whoever looks may make and change journeys.
fn manages<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::ManageJourneys)
}

async fn names(app: &App) -> filo_app::Result<JourneyNames> {
    Ok(JourneyNames {
        of_segments: app.segment_names().await?,
        journeys: app.journey_names().await?,
        pieces: piece_names(app).await?,
        audiences: app.audience_names().await?,
    })
}

/// A whole page of this place.
fn whole<P: Power>(
    session: &Session<P>,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    session.page(Place::Journeys, title, done, content)
}

/// How a journey is.
fn badge(words: Words, view: &JourneyView) -> Markup {
    let class = match view.status {
        Status::Active => "badge badge-good",
        Status::Paused => "badge badge-warn",
        Status::Draft | Status::Finishing | Status::Stopped => "badge",
    };
    let key = match view.is_filling {
        true => "journey-status-getting-ready".to_owned(),
        false => format!("journey-status-{}", view.status.word()),
    };
    html! { span class=(class) { (words.say(&key)) } }
}
