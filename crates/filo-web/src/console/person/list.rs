//! The lists somebody is on, each with since when and by whom; putting them on one, taking them
//! off.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::customer_list::{ListMembership, ListView};
use filo_app::{App, Chosen, Error};
use filo_core::access::Right;
use filo_core::id::{CustomerId, JourneyId, ListId};
use maud::{Markup, html};
use serde::Deserialize;

use super::Person;
use crate::console::customer_list::{Passing, by_whom};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::WriteNotes;
use crate::ui::form::{Field, button_form, form};
use crate::ui::shown;

/// What the card shows.
pub(in crate::console) struct Lists {
    on: Vec<ListMembership>,
    /// Those in use that they are not on.
    others: Vec<ListView>,
    writes: bool,
}

impl Lists {
    /// No lists.
    #[cfg(test)]
    pub(super) const fn none() -> Self {
        Self {
            on: Vec::new(),
            others: Vec::new(),
            writes: true,
        }
    }

    pub(super) async fn load<P>(
        app: &App,
        session: &Session<P>,
        customer: &filo_app::CustomerView,
    ) -> filo_app::Result<Self> {
        let on = app.lists_of(customer).await?;
        let writes = session.actor.may(Right::WriteNotes);
        let others = match writes {
            true => app.lists().await?,
            false => Vec::new(),
        };
        let is_on = |view: &ListView| on.iter().any(|it| it.list == view.row.id);
        let others = others
            .into_iter()
            .filter(|view| !view.is_away() && !is_on(view))
            .collect();
        Ok(Self { on, others, writes })
    }
}

pub(super) fn card(words: Words, person: &Person, token: &str) -> Markup {
    let (lists, customer) = (&person.lists, person.customer.id);
    let journeys = &person.runs.1.journeys;
    html! {
        @if !lists.on.is_empty() || !lists.others.is_empty() {
            details.card.section open data-fold {
                summary { h2 { (words.say("customer-list-of-person")) } }
                @if lists.on.is_empty() { p.soft { (words.say("customer-list-on-none")) } }
                @else {
                    ul.list {
                        @for membership in &lists.on {
                            li { (line_of(words, person, (membership, journeys), token)) }
                        }
                    }
                }
                @if !lists.others.is_empty() { (adding(words, customer, &lists.others, token)) }
            }
        }
    }
}

fn line_of(
    words: Words,
    person: &Person,
    (membership, journeys): (&ListMembership, &BTreeMap<JourneyId, String>),
    token: &str,
) -> Markup {
    let name = shown::line(&membership.name);
    let (customer, list) = (person.customer.id, membership.list);
    let by = by_whom(words, &membership.joined_by, journeys);
    let fill = [
        ("when", words.date(membership.joined_at).into()),
        ("who", by.into()),
    ];
    html! {
        div.line {
            @if person.opens_segments { a.value href={ "/lists/" (list) } { (name) } }
            @else { span.value { (name) } }
            @if person.lists.writes {
                (button_form(&format!("/people/{customer}/lists/{list}/removal"), token, &[],
                    &words.say("customer-list-take-off"), "plain small"))
            }
        }
        p.about { (words.fill("customer-list-since-by", fill)) }
    }
}

fn adding(words: Words, customer: CustomerId, others: &[ListView], token: &str) -> Markup {
    let named = others
        .iter()
        .map(|view| (view.row.id.to_string(), shown::line(&view.row.name)));
    let named: Vec<(String, String)> = named.collect();
    let options: Vec<(&str, &str)> = named
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    let which = Field {
        name: "list",
        label: &words.say("customer-list-which"),
        ..Field::default()
    };
    form(
        &format!("/people/{customer}/lists"),
        token,
        &html! {
            div.row {
                (which.select(&options))
                button.quiet type="submit" { (words.say("customer-list-put-on-do")) }
            }
        },
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Which {
    list: String,
}

/// Puts them on a list.
pub(in crate::console) async fn add(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<WriteNotes, Which>,
) -> Answer {
    let list: ListId = id(&posted.form.list)?;
    let customer: CustomerId = id(&customer)?;
    let chosen = Chosen::Picked(vec![customer]);
    let actor = &posted.session.actor;
    let said = app.put_on_list(actor, list, &chosen, "").await;
    answer(customer, said, true)
}

/// Takes them off a list.
pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path((customer, list)): Path<(String, String)>,
    posted: Posted<WriteNotes, Nothing>,
) -> Answer {
    let (customer, list): (CustomerId, ListId) = (id(&customer)?, id(&list)?);
    let chosen = Chosen::Picked(vec![customer]);
    let actor = &posted.session.actor;
    let said = app.take_off_list(actor, list, &chosen, "").await;
    answer(customer, said, false)
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

fn answer(customer: CustomerId, said: filo_app::Result<filo_app::Done>, is_on: bool) -> Answer {
    match said {
        Ok(act) => done(&format!("/people/{customer}?{}", Passing::of(&act, is_on))),
        // There is nobody of this id.
        Err(Error::Invalid { .. }) => Err(crate::console::failure::Failure::Missing),
        Err(error) => Err(error.into()),
    }
}
