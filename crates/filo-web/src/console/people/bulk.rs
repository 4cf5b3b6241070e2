//! What is done with many people at once: first how many, then the act, then the way back.
//!
//! **Invariant:** nothing is done with people whom the page before did not count.

use axum::extract::{Path, RawQuery, State};
use axum::response::IntoResponse;
use filo_app::{App, Chosen, Error, NOTED_MOST};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::profile::About;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::address;
use super::{export, listing};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done};
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::right::{ExportPeople, ListPeople, Power, WriteNotes};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};

/// Letters of a note at most, as the app has it.
const NOTE_LENGTH_MOST: usize = 4000;
/// Rows that can be picked: those of some pages.
const PICKED_MOST: usize = 200;

/// Pairs of an address or a form: names may repeat.
type Pairs = Vec<(String, String)>;

/// What is to be done with whom.
pub(super) struct Act {
    is_note: bool,
    is_listing: bool,
    picked: Vec<CustomerId>,
    is_all: bool,
    /// Everybody in this segment, instead of those of the list.
    segment: Option<SegmentId>,
    pub(super) narrowing: Narrowing,
    text: String,
    about: String,
}

impl Act {
    pub(super) fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let rest = serde_urlencoded::to_string(
            pairs
                .iter()
                .filter(|(name, _)| {
                    ![
                        "id", "act", "all", "segment", "token", "text", "about", "onto", "way",
                    ]
                    .contains(&name.as_str())
                })
                .collect::<Vec<_>>(),
        );
        Self {
            is_note: of("act") == "note",
            is_listing: of("act") == "list",
            picked: pairs
                .iter()
                .filter(|(name, _)| name == "id")
                .filter_map(|(_, value)| value.parse().ok())
                .take(PICKED_MOST)
                .collect(),
            is_all: of("all") == "1",
            segment: of("segment").parse().ok(),
            narrowing: Narrowing::read(&rest.unwrap_or_default()).with(|it| it.search.clear()),
            text: of("text"),
            about: of("about"),
        }
    }

    pub(super) fn chosen(&self, app: &App) -> Result<Chosen, Failure> {
        if let Some(segment) = self.segment {
            return Ok(Chosen::Members(segment));
        }
        if !self.is_all {
            return Ok(Chosen::Picked(self.picked.clone()));
        }
        // A filter that cannot be read must not become everybody.
        let (filter, wrong) = self.narrowing.filter_of(app);
        match wrong.as_slice() {
            // A trait is looked for a page at a time: everybody of it are not known.
            [] if self.narrowing.trait_test().is_some() => {
                Err(Failure::Unreadable { too_large: false })
            }
            [] => Ok(Chosen::All(filter)),
            [_, ..] => Err(Failure::Unreadable { too_large: false }),
        }
    }

    pub(super) async fn count(&self, app: &App) -> Result<u64, Failure> {
        Ok(match self.chosen(app)? {
            Chosen::All(filter) if filter.is_empty() => app.customer_count().await?,
            Chosen::All(filter) => app.people_count(&filter, u32::MAX).await?,
            Chosen::Picked(picked) => {
                let found = app.chosen(&Chosen::Picked(picked), PICKED_MOST).await?;
                u64::try_from(found.len()).unwrap_or_default()
            }
            Chosen::Members(segment) => app.segment(segment).await?.members.unsigned_abs(),
        })
    }

    /// Where one came from.
    pub(super) fn back(&self) -> String {
        match self.segment {
            Some(segment) => format!("/segments/{segment}"),
            None => address(&self.narrowing, &[]),
        }
    }

    /// What the act is about, as it is written down.
    pub(super) fn question(&self) -> String {
        match self.segment {
            Some(segment) => format!("segment={segment}"),
            None => self.narrowing.query(),
        }
    }

    pub(super) const fn is_of_segment(&self) -> bool {
        self.segment.is_some()
    }

    pub(super) fn hidden(&self) -> Markup {
        html! {
            (super::filter::hidden(&self.narrowing))
            @if self.is_all { input type="hidden" name="all" value="1"; }
            @if let Some(segment) = self.segment { input type="hidden" name="segment" value=(segment); }
            @for id in &self.picked { input type="hidden" name="id" value=(id); }
        }
    }
}

/// How many it would concern, and the form.
pub(in crate::console) async fn preview(
    State(app): State<App>,
    session: Session<ListPeople>,
    RawQuery(query): RawQuery,
) -> Answer {
    let pairs: Pairs = serde_urlencoded::from_str(&query.unwrap_or_default())
        .map_err(|_not_pairs| Failure::Unreadable { too_large: false })?;
    let act = Act::read(&pairs);
    let count = act.count(&app).await?;
    if act.is_listing {
        return listing::preview(&app, &session, &act, count).await;
    }
    Ok(confirm(&session, &act, count, None).into_response())
}

fn confirm<P: Power>(session: &Session<P>, act: &Act, count: u64, problem: Option<&str>) -> Markup {
    let words = session.words;
    let key = if act.is_note {
        "bulk-note-title"
    } else {
        "bulk-export-title"
    };
    let numbers = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    let title = words.fill(key, numbers);
    let too_many = act.is_note && count > u64::try_from(NOTED_MOST).unwrap_or(u64::MAX);
    let content = html! {
        (way_back(words, act))
        section.card.narrow {
            h1 { (title) }
            @if count == 0 {
                p.notice { (words.say("bulk-nobody")) }
                (to_the_list(words, act))
            } @else if too_many {
                p.notice.notice-warn { (words.fill("bulk-too-many", [("most", words.number(1000).into())])) }
                (to_the_list(words, act))
            } @else if act.is_note {
                (note_form(words, act, &session.token, problem))
            } @else {
                p.soft { (words.say("bulk-export-hint")) }
                (form("/people/export", &session.token, &html! {
                    (act.hidden())
                    div.actions {
                        button type="submit" { (words.say("bulk-export-do")) }
                        a.button.quiet href=(act.back()) { (words.say("cancel")) }
                    }
                }))
            }
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

/// To where one came from.
pub(super) fn way_back(words: Words, act: &Act) -> Markup {
    let key = match act.is_of_segment() {
        true => "place-segments",
        false => "place-people",
    };
    html! { a.back href=(act.back()) { (Icon::Back.draw()) (words.say(key)) } }
}

/// The way out where there is nothing to confirm.
pub(super) fn to_the_list(words: Words, act: &Act) -> Markup {
    html! { p { a.button.quiet href=(act.back()) { (words.say("bulk-back")) } } }
}

fn note_form(words: Words, act: &Act, token: &str, problem: Option<&str>) -> Markup {
    let text = Field {
        name: "text",
        label: &words.say("note-text"),
        value: &act.text,
        hint: Some(&words.say("bulk-note-hint")),
        wrong: problem,
        required: true,
        length_most: NOTE_LENGTH_MOST,
    };
    let labels = About::ALL.map(|about| words.say(&format!("about-{}", about.word())));
    let options: Vec<(&str, &str)> = About::ALL
        .iter()
        .zip(&labels)
        .map(|(about, label)| (about.word(), &**label))
        .collect();
    let about = Field {
        name: "about",
        label: &words.say("note-about"),
        value: if act.about.is_empty() {
            About::Other.word()
        } else {
            &act.about
        },
        ..Field::default()
    };
    form(
        "/people/notes",
        token,
        &html! {
            (act.hidden())
            input type="hidden" name="act" value="note";
            (text.area(3))
            (about.select(&options))
            div.actions {
                button type="submit" { (words.say("note-do")) }
                a.button.quiet href=(act.back()) { (words.say("cancel")) }
            }
        },
    )
}

/// The note.
pub(in crate::console) async fn note(
    State(app): State<App>,
    posted: Posted<WriteNotes, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let chosen = act.chosen(&app)?;
    let about = About::from_word(&act.about);
    let question = act.question();
    match app
        .note_many(&session.actor, &chosen, (&act.text, about), &question)
        .await
    {
        Ok(noted) => {
            let (id, people) = (format!("{:032x}", noted.act), noted.people.to_string());
            let back = [("done-act", &*id), ("done-people", &*people)];
            done(&address(&act.narrowing, &back))
        }
        Err(Error::Invalid { field, .. }) => {
            let count = act.count(&app).await?;
            let problem = session.words.look_up(&format!("wrong-{field}"));
            let page = confirm(&session, &act, count, problem.as_deref());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Takes the notes of an act back.
pub(in crate::console) async fn undo(
    State(app): State<App>,
    Path(act): Path<String>,
    posted: Posted<WriteNotes, Nothing>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Failure::Missing)?;
    app.undo_notes(&posted.session.actor, act).await?;
    done("/people?done=bulk-undone")
}

/// The file.
pub(in crate::console) async fn download(
    State(app): State<App>,
    posted: Posted<ExportPeople, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let chosen = act.chosen(&app)?;
    let count = act.count(&app).await?;
    let question = act.question();
    app.record_export(&session.actor, &question, count).await?;
    Ok(export::file(app, chosen, session.words).await?)
}
