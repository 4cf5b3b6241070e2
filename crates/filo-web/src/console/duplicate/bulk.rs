//! Accepting many at once: first how many and who, then all of them.

use axum::extract::{Query, State};
use filo_app::{ACCEPTED_MOST, App, DuplicateStatus, Error};
use maud::{Markup, html};
use serde::Deserialize;

use super::view::pair_name;
use super::{HERE, framed};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::DecideIdentity;
use crate::ui::form::form;

/// Pairs that are shown of those that would be accepted.
const SHOWN: u32 = 50;

/// From which chance on, in hundredths.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Least {
    percent: u8,
}

pub(in crate::console) async fn preview(
    State(app): State<App>,
    session: Session<DecideIdentity>,
    Query(from): Query<Least>,
) -> Answer {
    let words = session.words;
    let chance = i64::from(from.percent.clamp(1, 99)) * 100;
    let pairs = app.preview_acceptance(&session.actor, chance).await?.pairs;
    let rows = app
        .duplicates(
            &session.actor,
            (DuplicateStatus::Waiting, chance),
            None,
            SHOWN,
        )
        .await?;
    let mut names = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(pair) = app.duplicate(&session.actor, row.a, row.b).await? {
            names.push(pair_name(words, &pair));
        }
    }
    let content = content(words, (from.percent, pairs), &names, &session.token);
    shown(framed(&session, None, &content))
}

fn content(words: Words, (percent, pairs): (u8, i64), names: &[String], token: &str) -> Markup {
    let count = pairs.unsigned_abs();
    let told = [
        ("percent", i64::from(percent).into()),
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    let is_too_much = usize::try_from(count).is_ok_and(|count| count > ACCEPTED_MOST);
    let fields = html! {
        input type="hidden" name="percent" value=(percent);
        input type="hidden" name="pairs" value=(pairs);
        div.actions {
            button type="submit" { (words.fill("duplicate-bulk-do", [("count", count.into()), ("number", words.number(count).into())])) }
            a.button.quiet href=(HERE) { (words.say("cancel")) }
        }
    };
    html! {
        h1 { (words.say("duplicate-bulk-title")) }
        p.lead { (words.fill("duplicate-bulk-count", told)) }
        @if count == 0 {
            p { a.button.quiet href=(HERE) { (words.say("duplicate-back")) } }
        } @else {
            section.card {
                ul.list { @for name in names { li { bdi { (name) } } } }
                @if count > names.len() as u64 {
                    p.soft { (words.fill("duplicate-bulk-more", [("number", words.number(count - names.len() as u64).into())])) }
                }
            }
            @if is_too_much {
                p.notice.notice-bad { (words.fill("duplicate-bulk-too-many", [("most", words.number(ACCEPTED_MOST as u64).into())])) }
                p { a.button.quiet href=(HERE) { (words.say("duplicate-back")) } }
            } @else {
                p.soft { (words.say("duplicate-bulk-reversible")) }
                (form("/duplicates/acceptance", token, &fields))
            }
        }
    }
}

/// What was shown.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Accepted {
    percent: u8,
    pairs: i64,
}

pub(in crate::console) async fn accept(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Accepted>,
) -> Answer {
    let Posted { session, form } = posted;
    let chance = i64::from(form.percent.clamp(1, 99)) * 100;
    match app
        .accept_duplicates(&session.actor, chance, form.pairs)
        .await
    {
        Ok(_accepted) => done("/duplicates?done=duplicates-accepted"),
        // The queue has changed meanwhile: they see it as it is now and decide again.
        Err(Error::Conflict(_)) => {
            done(&format!("/duplicates/acceptance?percent={}", form.percent))
        }
        Err(other) => Err(other.into()),
    }
}
