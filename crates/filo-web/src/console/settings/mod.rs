//! What an owner sets: one page per thing, all of them in [`crate::ui::settings_nav`].

pub(super) mod advertising;
pub(super) mod audit;
pub(super) mod backup;
pub(super) mod channel;
pub(super) mod company;
pub(super) mod consent;
pub(super) mod duplicate;
pub(super) mod key;
pub(super) mod mail;
pub(super) mod message;
pub(super) mod price;
pub(super) mod register;
pub(super) mod retention;
pub(super) mod rule;
pub(super) mod sign_on;
pub(super) mod tracking;
pub(super) mod webhook;

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::Session;
use super::{Answer, shown};
use crate::right::{Own, Power};
use crate::ui::page::{Frame, Place, page};
use crate::ui::settings_nav::{overview, settings};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

/// All of them, as rows.
pub(super) async fn list(session: Session<Own>, Query(asked): Query<Asked>) -> Answer {
    let words = session.words;
    let title = words.say("place-settings");
    let content = html! {
        h1 { (title) }
        (overview(words, session.actor.rights))
    };
    shown(page(
        &frame(&session, &title, asked.done.as_deref()),
        &content,
    ))
}

/// A page of the settings.
pub(super) fn whole<P: Power>(
    session: &Session<P>,
    here: &str,
    title: &str,
    done: Option<&str>,
    content: &Markup,
) -> Markup {
    page(
        &frame(session, title, done),
        &settings(session.words, session.actor.rights, here, content),
    )
}

fn frame<'a, P: Power>(
    session: &'a Session<P>,
    title: &'a str,
    done: Option<&'a str>,
) -> Frame<'a> {
    Frame {
        words: session.words,
        title,
        place: Some(Place::Settings),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    }
}
