//! Putting many people on a list, or taking them off: first how many and which list, then the act.
//!
//! **Invariant:** nothing is done with people whom the page before did not count.

use axum::extract::State;
use axum::response::IntoResponse;
use filo_app::customer_list::{LISTED_MOST, ListView};
use filo_app::{App, Error};
use filo_core::id::ListId;
use http::StatusCode;
use maud::{Markup, html};

use super::bulk::{Act, to_the_list, way_back};
use super::lists_in_use;
use crate::console::customer_list::Passing;
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done};
use crate::right::{Power, WriteNotes};
use crate::ui::form::{Field, form};
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown::line;

/// How many it would concern, and the form.
pub(super) async fn preview<P: Power>(
    app: &App,
    session: &Session<P>,
    act: &Act,
    count: u64,
) -> Answer {
    let lists = lists_in_use(app).await?;
    Ok(draw(session, act, (count, &lists), None).into_response())
}

fn draw<P: Power>(
    session: &Session<P>,
    act: &Act,
    (count, lists): (u64, &[ListView]),
    problem: Option<&str>,
) -> Markup {
    let words = session.words;
    let numbers = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    let title = words.fill("customer-list-bulk-title", numbers);
    let most = u64::try_from(LISTED_MOST).unwrap_or(u64::MAX);
    let content = html! {
        (way_back(words, act))
        section.card.narrow {
            h1 { (title) }
            @if count == 0 {
                p.notice { (words.say("bulk-nobody")) }
                (to_the_list(words, act))
            } @else if count > most {
                p.notice.notice-warn { (words.fill("customer-list-too-many", [("most", words.number(most).into())])) }
                (to_the_list(words, act))
            } @else if lists.is_empty() {
                p.notice { (words.say("customer-list-none-yet")) }
                p.actions {
                    a.button href="/lists/new" { (words.say("customer-list-new")) }
                    a.button.quiet href=(act.back()) { (words.say("cancel")) }
                }
            } @else { (fields(session, act, lists, problem)) }
        }
    };
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    page(&frame, &content)
}

fn fields<P: Power>(
    session: &Session<P>,
    act: &Act,
    lists: &[ListView],
    problem: Option<&str>,
) -> Markup {
    let words = session.words;
    let named = lists
        .iter()
        .map(|view| (view.row.id.to_string(), line(&view.row.name)));
    let named: Vec<(String, String)> = named.collect();
    let options: Vec<(&str, &str)> = named
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    let onto = Field {
        name: "onto",
        label: &words.say("customer-list-which"),
        hint: Some(&words.say("customer-list-bulk-hint")),
        wrong: problem,
        ..Field::default()
    };
    form(
        "/people/listing",
        &session.token,
        &html! {
            (act.hidden())
            input type="hidden" name="act" value="list";
            (onto.select(&options))
            div.actions {
                button type="submit" name="way" value="on" { (words.say("customer-list-put-on-do")) }
                button.quiet type="submit" name="way" value="off" { (words.say("customer-list-take-off")) }
                a.button.quiet href=(act.back()) { (words.say("cancel")) }
            }
        },
    )
}

/// The act.
pub(in crate::console) async fn say(
    State(app): State<App>,
    posted: Posted<WriteNotes, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let of = |wanted: &str| {
        let found = form.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let act = Act::read(&form);
    let (is_on, list) = (of("way") != "off", of("onto").parse::<ListId>().ok());
    let (chosen, question) = (act.chosen(&app)?, act.question());
    let said = match (list, is_on) {
        (None, _) => Err(Error::Missing("list")),
        (Some(list), true) => {
            let on = app.put_on_list(&session.actor, list, &chosen, &question);
            on.await
        }
        (Some(list), false) => {
            let off = app.take_off_list(&session.actor, list, &chosen, &question);
            off.await
        }
    };
    match said {
        Ok(made) => {
            let back = super::address(&act.narrowing, &[]);
            let joint = if back.contains('?') { '&' } else { '?' };
            done(&format!("{back}{joint}{}", Passing::of(&made, is_on)))
        }
        Err(Error::Missing(_) | Error::Conflict(_)) => {
            let (count, lists) = (act.count(&app).await?, lists_in_use(&app).await?);
            let why = session.words.say("customer-list-wrong-which");
            let page = draw(&session, &act, (count, &lists), Some(&why));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Invalid { .. }) => {
            // Nobody, or too many by now: the page before says so.
            let (count, lists) = (act.count(&app).await?, lists_in_use(&app).await?);
            let page = draw(&session, &act, (count, &lists), None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
