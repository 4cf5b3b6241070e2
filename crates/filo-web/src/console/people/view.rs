//! Saved views: tabs over the list, made from the filters of the moment.

use axum::extract::{Path, State};
use filo_app::{App, Error, SavedView};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Passing, People, address, framed, list, people};
use crate::console::posted::Posted;
use crate::console::session::encode;
use crate::console::{Answer, done, wrong};
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::right::WriteNotes;
use crate::ui::form::{button_form, form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;
use crate::ui::tab::{self, Tab};

/// Letters of a tab, as the app has it.
const NAME_LETTERS_MOST: usize = 40;

/// The view that shows exactly this.
fn here(people: &People) -> Option<&SavedView> {
    let query = people.narrowing.with(|it| it.search.clear()).query();
    people.views.iter().find(|view| view.query == query)
}

pub(super) fn tabs(words: Words, people: &People) -> Markup {
    let here = here(people);
    let all = words.say("view-all");
    let addresses: Vec<String> = people
        .views
        .iter()
        .map(|view| address(&Narrowing::read(&view.query), &[]))
        .collect();
    let mut list = vec![Tab {
        address: "/people",
        label: &all,
        count: 0,
        here: !people.is_filtered(),
    }];
    let names: Vec<String> = people.views.iter().map(|view| line(&view.name)).collect();
    for ((view, name), address) in people.views.iter().zip(&names).zip(&addresses) {
        list.push(Tab {
            address,
            label: name,
            count: 0,
            here: here.is_some_and(|here| here.id == view.id),
        });
    }
    html! { @if !people.views.is_empty() { (tab::tabs(&words.say("view-title"), &list)) } }
}

/// Keeping these filters under a name; or, where they have one, changing or removing it.
pub(super) fn keep(words: Words, people: &People, token: &str) -> Markup {
    let query = people.narrowing.with(|it| it.search.clear()).query();
    let known = here(people);
    html! {
        @if let Some(view) = known {
            details.filter data-menu {
                summary { (words.say("view-change")) }
                div.menu {
                    (named(words, token, &format!("/people/views/{}", view.id), (&view.name, None), "view-rename"))
                    (button_form(&format!("/people/views/{}/removal", view.id), token, &[], &words.say("view-remove"), "danger small"))
                }
            }
        } @else if !query.is_empty() {
            details.filter data-menu {
                summary { (words.say("view-keep")) }
                div.menu { (named(words, token, "/people/views", ("", Some(&query)), "view-keep-do")) }
            }
        }
    }
}

/// The same people as a segment, which keeps itself up to date.
pub(super) fn as_segment(words: Words, people: &People) -> Markup {
    let query = people.narrowing.filters().query();
    let called = here(people).map_or("", |view| view.name.as_str());
    html! {
        @if people.segments && !query.is_empty() {
            a.button.plain.small href={ "/segments/new?people=" (encode(&query)) @if !called.is_empty() { "&called=" (encode(called)) } } {
                (Icon::Segments.draw()) (words.say("segment-from-people"))
            }
        }
    }
}

fn named(
    words: Words,
    token: &str,
    action: &str,
    (name, query): (&str, Option<&str>),
    button: &str,
) -> Markup {
    form(
        action,
        token,
        &html! {
            @if let Some(query) = query { input type="hidden" name="query" value=(query); }
            div.field {
                label for="field-view" { (words.say("view-name")) }
                input #field-view name="view" required maxlength=(NAME_LETTERS_MOST) value=(name) autocomplete="off";
            }
            button.small type="submit" { (words.say(button)) }
        },
    )
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct NewView {
    view: String,
    query: String,
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<WriteNotes, NewView>,
) -> Answer {
    let Posted { session, form } = posted;
    let narrowing = Narrowing::read(&form.query).with(|it| it.search.clear());
    match app
        .save_view(&session.actor, &form.view, &narrowing.query())
        .await
    {
        Ok(_) => done(&address(&narrowing, &[("done", "view-kept")])),
        Err(Error::Invalid { .. }) => {
            let people = people(&app, &session.actor, narrowing, Passing::default()).await?;
            let content = html! {
                p.notice.notice-bad role="alert" { (session.words.say("wrong-view")) }
                (list::content(session.words, &people, &session.token))
            };
            wrong(framed(&session, &people, &content))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Renamed {
    view: String,
}

pub(in crate::console) async fn rename(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted<WriteNotes, Renamed>,
) -> Answer {
    let Posted { session, form } = posted;
    let view = app.rename_view(&session.actor, &id, &form.view).await?;
    done(&address(
        &Narrowing::read(&view.query),
        &[("done", "view-renamed")],
    ))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted<WriteNotes, Nothing>,
) -> Answer {
    let view = app.remove_view(&posted.session.actor, &id).await?;
    let back = [("done-name", &*view.name), ("done-query", &view.query)];
    done(&address(&Narrowing::default(), &back))
}
