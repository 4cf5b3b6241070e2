//! Making and changing a segment: one form that is sent for every step and comes back as it was,
//! with what is wrong at the very field, until it is saved.
//!
//! **Invariant:** whatever was typed is still there when the form comes back; whatever a condition
//! says survives being changed here.

mod buying;
mod counting;
mod draft;
mod fault;
mod field;
mod form;
mod leaf;
mod page;
mod phrase;
mod reading;
mod recipe;
#[cfg(test)]
mod tests;
mod writing;

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::segment::{NAME_CHARS_MOST, SegmentDraft};
use filo_app::{App, Error};
use filo_core::id::SegmentId;
use filo_core::segment::computed::{Recipes, check_computed};
use filo_core::segment::{Condition, check, check_references, text};
use http::StatusCode;
use maud::Markup;
use serde::Deserialize;

pub(in crate::console) use self::fault::text_words;
pub(in crate::console) use self::recipe::{Around, RecipeDraft};

use self::counting::{Counted, count};
use self::draft::Draft;
use self::page::{About, Page};
use super::example::Example;
use super::view;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::right::ManageSegments;
use crate::ui::shown::line;

/// Fields of the form as they were sent.
pub(in crate::console) type Pairs = Vec<(String, String)>;
/// What is wrong, by the name of its field.
pub(in crate::console) type Wrong = BTreeMap<String, String>;

/// The form as it was filled in.
#[derive(Debug, Clone)]
struct Given {
    name: String,
    description: String,
    /// The version that is changed; 0 of a new one.
    version: i64,
    draft: Draft,
    /// The condition where it is written as a text.
    text: Option<String>,
}

impl Given {
    fn new(name: String, draft: Draft) -> Self {
        Self {
            name,
            description: String::new(),
            version: 0,
            draft,
            text: None,
        }
    }

    fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            name: of("name"),
            description: of("description").replace("\r\n", "\n"),
            version: of("version").parse().unwrap_or(0),
            draft: Draft::read(pairs),
            text: (of("mode") == "text").then(|| of("text").replace("\r\n", "\n")),
        }
    }

    /// The condition, or what is wrong with it, at its field.
    fn condition(
        &self,
        words: Words,
        own: SegmentId,
        (standing, recipes): (&BTreeMap<SegmentId, Condition>, &Recipes),
    ) -> Result<Condition, Wrong> {
        if let Some(text) = &self.text {
            let at = |why: String| Wrong::from([("text".to_owned(), why)]);
            let defined = text::define(text);
            let condition = defined
                .map_err(|fault| at(text_words(words, &fault)))?
                .into_condition();
            check_references(own, &condition, standing)
                .and_then(|()| check_computed(&condition, recipes))
                .map_err(|fault| at(fault::cause_words(words, fault.cause)))?;
            return Ok(condition);
        }
        let (condition, mut reading) = reading::read(words, &self.draft);
        let Some(condition) = condition else {
            return Err(reading.wrong);
        };
        let fault = check(&condition)
            .and_then(|()| check_references(own, &condition, standing))
            .and_then(|()| check_computed(&condition, recipes));
        match fault {
            Ok(()) => Ok(condition),
            Err(fault) => {
                reading.note(&fault);
                Err(reading.wrong)
            }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Start {
    /// An example to begin with.
    example: String,
    /// Filters of the list of people, to make a segment of them.
    people: String,
    /// What their view is called, or the condition.
    called: String,
    /// A condition as a text, to begin with.
    text: String,
}

/// A new segment: empty, from an example, or from a view of the list of people.
pub(in crate::console) async fn new_form(
    State(app): State<App>,
    session: Session<ManageSegments>,
    Query(start): Query<Start>,
) -> Answer {
    let words = session.words;
    let mut about = About::default();
    let given = if let Some(example) = Example::from_word(&start.example) {
        let name = words.say(&format!("segment-example-{}", example.word()));
        Given::new(
            name.into_owned(),
            writing::write(words, &example.condition()),
        )
    } else if let Ok(defined) = text::define(&start.text) {
        // Whoever comes from a number wants to see who is behind it.
        let condition = defined.into_condition();
        about.counted = count(&app, &session.actor, condition.clone()).await?;
        let name: String = line(&start.called).chars().take(NAME_CHARS_MOST).collect();
        Given::new(name, writing::write(words, &condition))
    } else if start.people.is_empty() {
        Given::new(String::new(), writing::nothing())
    } else {
        let said = view::condition(&app, &Narrowing::read(&start.people)).await?;
        about.unsaid = said.unsaid;
        about.is_view = true;
        let name: String = line(&start.called).chars().take(NAME_CHARS_MOST).collect();
        let draft = match said.conditions.len() {
            0 => writing::nothing(),
            1 => writing::write(words, &Condition::All(said.conditions)).with("bare", "1"),
            _ => writing::write(words, &Condition::All(said.conditions)),
        };
        Given::new(name, draft)
    };
    let page = Page::load(&app, &session, None).await?;
    shown(page.draw(&session, &given, &about))
}

/// A segment as it stands, to be changed.
pub(in crate::console) async fn edit_form(
    State(app): State<App>,
    session: Session<ManageSegments>,
    Path(segment): Path<String>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    let view = app.segment(segment).await?;
    if view.row.archived_at.is_some() {
        return done(&format!("/segments/{segment}"));
    }
    let given = Given {
        name: view.row.name.clone(),
        description: view.row.description.clone(),
        version: view.row.version,
        draft: writing::write(session.words, &view.condition),
        text: None,
    };
    let page = Page::load(&app, &session, Some(segment)).await?;
    shown(page.draw(&session, &given, &About::default()))
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageSegments, Pairs>,
) -> Answer {
    step(&app, &posted.session, None, &posted.form).await
}

pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(segment): Path<String>,
    posted: Posted<ManageSegments, Pairs>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    app.segment(segment).await?;
    step(&app, &posted.session, Some(segment), &posted.form).await
}

/// Does what the button says and gives the form back, or saves it.
async fn step(
    app: &App,
    session: &Session<ManageSegments>,
    segment: Option<SegmentId>,
    pairs: &Pairs,
) -> Answer {
    let words = session.words;
    let mut given = Given::read(pairs);
    let act = pairs.iter().find(|(name, _)| name == "act");
    let act = act.map_or("check", |(_, value)| value.as_str());
    let page = Page::load(app, session, segment).await?;
    let read = |given: &Given| given.condition(words, page.own_id(), page.beside());
    let mut about = About::default();
    match act {
        "save" => return save(app, session, &page, &mut given).await,
        "count" => match read(&given) {
            Ok(condition) => about.counted = count(app, &session.actor, condition).await?,
            Err(_) => about.counted = Counted::Unreadable,
        },
        "check" => match checked(words, &given, read(&given)) {
            Ok(condition) => {
                about.notice = Some("segment-in-order");
                about.counted = count(app, &session.actor, condition).await?;
            }
            Err(wrong) => about.wrong = wrong,
        },
        "as-text" | "as-tree" => match read(&given) {
            Ok(condition) if act == "as-text" => given.text = Some(text::print(&condition)),
            Ok(condition) => {
                given.draft = writing::write(words, &condition);
                given.text = None;
            }
            Err(wrong) => about.wrong = wrong,
        },
        act => {
            given.draft.act(act);
        }
    }
    let status = match about.wrong.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, page.draw(session, &given, &about)).into_response())
}

/// The name is looked at with the condition, so that all is said at once.
fn checked(
    words: Words,
    given: &Given,
    condition: Result<Condition, Wrong>,
) -> Result<Condition, Wrong> {
    let count = given.name.trim().chars().count();
    if (1..=NAME_CHARS_MOST).contains(&count) {
        return condition;
    }
    let mut wrong = condition.err().unwrap_or_default();
    let most = [("most", NAME_CHARS_MOST.into())];
    wrong.insert("name".to_owned(), words.fill("wrong-segment-name", most));
    Err(wrong)
}

async fn save(
    app: &App,
    session: &Session<ManageSegments>,
    page: &Page,
    given: &mut Given,
) -> Answer {
    let words = session.words;
    let condition = given.condition(words, page.own_id(), page.beside());
    let condition = match checked(words, given, condition) {
        Ok(condition) => condition,
        Err(wrong) => return refused(session, page, given, wrong),
    };
    let draft = SegmentDraft {
        name: given.name.clone(),
        description: given.description.clone(),
        condition,
    };
    let saved = match page.own() {
        Some(own) => {
            app.change_segment(&session.actor, (own, given.version), draft)
                .await
        }
        None => app.create_segment(&session.actor, draft).await,
    };
    match saved {
        Ok(view) => {
            let word = if page.own().is_some() {
                "changed"
            } else {
                "made"
            };
            done(&format!("/segments/{}?done=segment-{word}", view.row.id))
        }
        Err(Error::Invalid { field, .. }) => {
            let why = words.say(&format!("wrong-segment-{field}")).into_owned();
            refused(session, page, given, Wrong::from([(field.to_owned(), why)]))
        }
        Err(Error::Conflict(_)) => {
            let about = About {
                notice: Some(page.conflict(given)),
                is_bad: true,
                ..About::default()
            };
            let drawn: Markup = page.draw(session, given, &about);
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(session: &Session<ManageSegments>, page: &Page, given: &Given, wrong: Wrong) -> Answer {
    let about = About {
        wrong,
        ..About::default()
    };
    crate::console::wrong(page.draw(session, given, &about))
}
