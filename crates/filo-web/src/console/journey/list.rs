//! The list of journeys, and beginning one.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::journey::{JourneyDraft, JourneyView, NAME_CHARS_MOST, Playbook};
use filo_app::{App, Error};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{badge, manages, names, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ListPeople, ManageJourneys};
use crate::sentence::journey::{JourneyNames, trigger_sentence};
use crate::ui::form::{Field, form};
use crate::ui::page::empty;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct New {
    name: String,
    playbook: String,
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.journeys().await?;
    let names = names(&app).await?;
    let may = manages(&session);
    let content = content(words, &views, &names, (&session.token, may, None));
    let title = words.say("place-journeys");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

/// Begins a journey, from nothing or from one that works.
pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageJourneys, New>,
) -> Answer {
    let (session, new) = (posted.session, posted.form);
    let words = session.words;
    let playbook = Playbook::from_word(&new.playbook).unwrap_or(Playbook::Empty);
    let language = match words.language {
        crate::i18n::Language::Italian => filo_app::Language::Italian,
        crate::i18n::Language::English => filo_app::Language::English,
    };
    let name = match new.name.trim() {
        "" => words
            .say(&format!("playbook-{}", playbook.word()))
            .into_owned(),
        name => name.to_owned(),
    };
    let draft = JourneyDraft {
        name,
        description: String::new(),
        journey: playbook.journey(language),
    };
    match app.create_journey(&session.actor, draft).await {
        Ok(view) => done(&format!("/journeys/{}/edit?done=journey-made", view.row.id)),
        Err(Error::Invalid { .. } | Error::Conflict(_)) => {
            let views = app.journeys().await?;
            let names = names(&app).await?;
            let wrong = words.fill("journey-name-wrong", [("most", NAME_CHARS_MOST.into())]);
            let about = (session.token.as_str(), true, Some((&new, wrong.as_str())));
            let content = content(words, &views, &names, about);
            let page = whole(&session, &words.say("place-journeys"), None, &content);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

type About<'a> = (&'a str, bool, Option<(&'a New, &'a str)>);

fn content(words: Words, views: &[JourneyView], names: &JourneyNames, about: About<'_>) -> Markup {
    let (token, may, wrong) = about;
    html! {
        div.head {
            div {
                h1 { (words.say("place-journeys")) }
                p.lead { (words.say("journey-lead")) }
            }
        }
        @if views.is_empty() {
            @let hint = html! { p { (words.say("journey-none-hint")) } };
            (empty(&words.say("journey-none"), &hint))
        } @else { (table(words, views, names)) }
        @if may { (begin(words, token, wrong)) }
    }
}

fn table(words: Words, views: &[JourneyView], names: &JourneyNames) -> Markup {
    let heads = [
        "journey-head-way",
        "journey-head-entered",
        "journey-head-reached",
    ];
    let heads = heads.map(|key| words.say(key));
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("journey-head-name")) }
                    @for head in &heads { th.number scope="col" { (head) } }
                }
            }
            tbody {
                @for view in views {
                    tr {
                        td {
                            div.names {
                                a href={ "/journeys/" (view.row.id) } { (line(&view.row.name)) }
                                " " (badge(words, view))
                                p.about { (trigger_sentence(words, &view.draft, names)) "." }
                            }
                        }
                        @let totals = [view.totals.on_the_way, view.totals.entered, view.totals.reached];
                        @for (head, count) in heads.iter().zip(totals) {
                            td.number data-label=(head) { (words.number(count.unsigned_abs())) }
                        }
                    }
                }
            }
        }
    }
}

fn begin(words: Words, token: &str, wrong: Option<(&New, &str)>) -> Markup {
    let name = Field {
        name: "name",
        label: &words.say("journey-name"),
        value: wrong.map_or("", |(given, _)| given.name.as_str()),
        hint: Some(&words.say("journey-name-hint")),
        wrong: wrong.map(|(_, why)| why),
        length_most: NAME_CHARS_MOST,
        ..Field::default()
    };
    let fields = html! {
        fieldset.playbooks {
            legend { (words.say("journey-begin-with")) }
            @for playbook in Playbook::ALL {
                @let word = playbook.word();
                label.choice {
                    input type="radio" name="playbook" value=(word)
                        checked[playbook == Playbook::Birthday];
                    span {
                        strong { (words.say(&format!("playbook-{word}"))) }
                        span.about { (words.say(&format!("playbook-{word}-hint"))) }
                    }
                }
            }
        }
        (name.input())
        button type="submit" { (words.say("journey-begin")) }
    };
    html! {
        section.card aria-labelledby="begin-title" {
            h2 #begin-title { (words.say("journey-new")) }
            (form("/journeys", token, &fields))
        }
    }
}
