//! Putting people on a list from its page, taking them off, and the way back from both.

use axum::extract::{Path, State};
use filo_app::{App, Chosen, Error};
use filo_core::id::{CustomerId, ListId};
use serde::Deserialize;

use super::Passing;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::{Answer, done, id};
use crate::right::WriteNotes;

/// Rows that can be picked: those of some pages.
const PICKED_MOST: usize = 200;

fn picked(pairs: &Pairs) -> Vec<CustomerId> {
    let ids = pairs.iter().filter(|(name, _)| name == "id");
    let ids = ids.filter_map(|(_, value)| value.parse().ok());
    ids.take(PICKED_MOST).collect()
}

pub(in crate::console) async fn add(
    State(app): State<App>,
    Path(list): Path<String>,
    posted: Posted<WriteNotes, Pairs>,
) -> Answer {
    say(&app, &list, &posted, true).await
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(list): Path<String>,
    posted: Posted<WriteNotes, Pairs>,
) -> Answer {
    say(&app, &list, &posted, false).await
}

async fn say(app: &App, list: &str, posted: &Posted<WriteNotes, Pairs>, is_on: bool) -> Answer {
    let list: ListId = id(list)?;
    let actor = &posted.session.actor;
    let chosen = Chosen::Picked(picked(&posted.form));
    let question = format!("list={list}");
    let said = match is_on {
        true => app.put_on_list(actor, list, &chosen, &question).await,
        false => app.take_off_list(actor, list, &chosen, &question).await,
    };
    match said {
        Ok(act) => done(&format!("/lists/{list}?{}", Passing::of(&act, is_on))),
        // Nobody was picked: there is nothing to say but how to.
        Err(Error::Invalid { .. }) => done(&format!("/lists/{list}?done=list-nobody")),
        Err(error) => Err(error.into()),
    }
}

/// Where the way back leads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Back {
    back: String,
}

/// Takes an act back.
pub(in crate::console) async fn undo(
    State(app): State<App>,
    Path(act): Path<String>,
    posted: Posted<WriteNotes, Back>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Failure::Missing)?;
    let (list, _) = app.undo_listing(&posted.session.actor, act).await?;
    let back = posted.form.back;
    if back == "people" {
        return done("/people?done=list-undone");
    }
    match back.parse::<CustomerId>() {
        Ok(customer) => done(&format!("/people/{customer}?done=list-undone")),
        Err(_a_list) => done(&format!("/lists/{list}?done=list-undone")),
    }
}
