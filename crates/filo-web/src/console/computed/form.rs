//! Making and changing a computed trait: one form that is sent for every step and comes back as
//! it was, with what is wrong at the very field and with the values of some people, until it is
//! saved.
//!
//! **Invariant:** whatever was typed is still there when the form comes back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::computed::{ComputedTraitDraft, ComputedTraitView};
use filo_app::segment::{Hints, SegmentNames};
use filo_app::{App, Error};
use filo_core::id::ComputedTraitId;
use filo_core::profile::normal_key;
use filo_core::segment::computed::{
    KEY_BYTES_MOST, LABEL_CHARS_MOST, Recipe, Recipes, check_recipe,
};
use http::StatusCode;
use maud::{Markup, html};

use super::sample::{Sampled, panel, sample};
use super::whole;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::segment::{Around, Pairs, RecipeDraft, Wrong};
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::ManageSegments;
use crate::ui::form::Field;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// The form as it was filled in.
#[derive(Debug, Clone)]
struct Given {
    key: String,
    label: String,
    /// The version that is changed; 0 of a new one.
    version: i64,
    recipe: RecipeDraft,
}

impl Given {
    fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            key: of("key"),
            label: of("label"),
            version: of("version").parse().unwrap_or(0),
            recipe: RecipeDraft::sent(pairs),
        }
    }

    /// The key that it has or will have.
    fn own_key(&self, page: &Page) -> String {
        if let Some(view) = &page.view {
            return view.row.key.clone();
        }
        let written = match self.key.trim() {
            "" => self.label.trim(),
            key => key,
        };
        normal_key(written).unwrap_or_default()
    }

    /// The recipe, or what is wrong with it.
    fn checked(&self, words: Words, page: &Page) -> Result<Recipe, Wrong> {
        let recipe = self.recipe.recipe(words)?;
        match check_recipe(&self.own_key(page), &recipe, &page.recipes) {
            Ok(()) => Ok(recipe),
            Err(fault) => Err(RecipeDraft::blame(words, &fault)),
        }
    }
}

/// What there is besides the form.
struct Page {
    /// The one that is changed; none of a new one.
    view: Option<ComputedTraitView>,
    recipes: Recipes,
    names: SegmentNames,
    hints: Hints,
}

/// What is said about the form this time.
struct About {
    wrong: Wrong,
    /// What is said above it.
    notice: Option<String>,
    sampled: Sampled,
}

impl Default for About {
    fn default() -> Self {
        Self {
            wrong: Wrong::new(),
            notice: None,
            sampled: Sampled::Unasked,
        }
    }
}

pub(in crate::console) async fn new_form(
    State(app): State<App>,
    session: Session<ManageSegments>,
) -> Answer {
    let given = Given {
        key: String::new(),
        label: String::new(),
        version: 0,
        recipe: RecipeDraft::begun(),
    };
    let page = Page::load(&app, &session, None).await?;
    shown(page.draw(&session, &given, &About::default()))
}

/// One as it stands, to be changed.
pub(in crate::console) async fn edit_form(
    State(app): State<App>,
    session: Session<ManageSegments>,
    Path(computed): Path<String>,
) -> Answer {
    let computed: ComputedTraitId = id(&computed)?;
    let view = app.computed_trait(computed).await?;
    if view.row.archived_at.is_some() {
        return done(&format!("/computed-traits/{computed}"));
    }
    let given = Given {
        key: view.row.key.clone(),
        label: view.row.label.clone(),
        version: view.row.version,
        recipe: RecipeDraft::write(session.words, &view.recipe),
    };
    let page = Page::load(&app, &session, Some(computed)).await?;
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
    Path(computed): Path<String>,
    posted: Posted<ManageSegments, Pairs>,
) -> Answer {
    step(&app, &posted.session, Some(id(&computed)?), &posted.form).await
}

/// Does what the button says and gives the form back, or saves it.
async fn step(
    app: &App,
    session: &Session<ManageSegments>,
    computed: Option<ComputedTraitId>,
    pairs: &Pairs,
) -> Answer {
    let mut given = Given::read(pairs);
    let page = Page::load(app, session, computed).await?;
    let act = pairs.iter().find(|(name, _)| name == "act");
    let mut about = About::default();
    match act.map_or("check", |(_, value)| value.as_str()) {
        "save" => return save(app, session, &page, &mut given).await,
        "check" => match given.checked(session.words, &page) {
            Ok(recipe) => {
                let own = given.own_key(&page);
                about.sampled = sample(app, &session.actor, (&own, &recipe)).await?;
            }
            Err(wrong) => {
                about.wrong = wrong;
                about.sampled = Sampled::Unreadable;
            }
        },
        act => given.recipe.act(act),
    }
    let status = match about.wrong.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, page.draw(session, &given, &about)).into_response())
}

async fn save(
    app: &App,
    session: &Session<ManageSegments>,
    page: &Page,
    given: &mut Given,
) -> Answer {
    let words = session.words;
    let refused = |given: &Given, wrong: Wrong| {
        let about = About {
            wrong,
            ..About::default()
        };
        crate::console::wrong(page.draw(session, given, &about))
    };
    let recipe = match given.checked(words, page) {
        Ok(recipe) => recipe,
        Err(wrong) => return refused(given, wrong),
    };
    let draft = ComputedTraitDraft {
        key: given.key.clone(),
        label: given.label.clone(),
        recipe,
    };
    let saved = match &page.view {
        Some(view) => {
            let from = (view.row.id, given.version);
            app.change_computed_trait(&session.actor, from, draft).await
        }
        None => app.create_computed_trait(&session.actor, draft).await,
    };
    match saved {
        Ok(view) => {
            let word = if page.view.is_some() {
                "changed"
            } else {
                "made"
            };
            done(&format!(
                "/computed-traits/{}?done=computed-{word}",
                view.row.id
            ))
        }
        Err(Error::Invalid { field, .. }) => {
            let why = words.say(&format!("wrong-computed-{field}")).into_owned();
            refused(given, Wrong::from([(field.to_owned(), why)]))
        }
        Err(Error::Conflict(why)) => {
            let about = About {
                notice: Some(page.conflict(words, given, &why)),
                ..About::default()
            };
            Ok((StatusCode::CONFLICT, page.draw(session, given, &about)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

impl Page {
    async fn load<P>(
        app: &App,
        session: &Session<P>,
        own: Option<ComputedTraitId>,
    ) -> Result<Self, Failure> {
        let view = match own {
            Some(id) => Some(app.computed_trait(id).await?),
            None => None,
        };
        Ok(Self {
            view,
            recipes: app.computed_recipes().await?,
            names: app.segment_names().await?,
            hints: app.segment_hints(&session.actor).await?,
        })
    }

    /// Why it could not be saved. If somebody else was faster, the form goes on from their
    /// version: whoever saves again has been told.
    fn conflict(&self, words: Words, given: &mut Given, why: &str) -> String {
        let Some(view) = &self.view else {
            return words.fill(
                "computed-conflict-new",
                [("key", given.own_key(self).into())],
            );
        };
        if view.row.archived_at.is_some() {
            return words.say("segment-away-meanwhile").into_owned();
        }
        if view.row.version != given.version {
            given.version = view.row.version;
            return words.say("segment-changed-meanwhile").into_owned();
        }
        // What is left is a segment that could no longer ask what it asks.
        tracing::debug!(why, "a computed trait cannot be changed so");
        words.say("computed-conflict-segment").into_owned()
    }

    fn draw(&self, session: &Session<ManageSegments>, given: &Given, about: &About) -> Markup {
        let words = session.words;
        let (title, action) = match &self.view {
            Some(view) => {
                let here = format!("/computed-traits/{}", view.row.id);
                (words.say("computed-edit-title"), here)
            }
            None => (words.say("computed-new"), "/computed-traits".to_owned()),
        };
        let place = match &self.view {
            Some(view) => line(&view.label()),
            None => words.say("place-computed").into_owned(),
        };
        let around = Around {
            words,
            wrong: &about.wrong,
            action: &action,
            names: &self.names,
            hints: &self.hints,
        };
        let content = html! {
            a.back href=(action) { (Icon::Back.draw()) (place) }
            h1 { (title) }
            @if let Some(notice) = &about.notice { p.notice.notice-bad role="alert" { (notice) } }
            form.builder method="post" action=(action) {
                input type="hidden" name="token" value=(session.token);
                input type="hidden" name="version" value=(given.version);
                // What the Enter key presses: nothing is saved by accident.
                button.aloud type="submit" name="act" value="check" tabindex="-1" formnovalidate { (words.say("computed-try")) }
                div.segment {
                    div {
                        (self.names(words, given, &about.wrong))
                        section.card aria-labelledby="computed-how" {
                            h2 #computed-how { (words.say("computed-how")) }
                            (given.recipe.draw(&around))
                        }
                        div.actions {
                            button type="submit" name="act" value="save" { (words.say("segment-save")) }
                            a.button.plain href=(action) { (words.say("cancel")) }
                        }
                    }
                    aside { (panel(words, &about.sampled, true)) }
                }
            }
        };
        whole(session, &title, None, &content)
    }

    fn names(&self, words: Words, given: &Given, wrong: &Wrong) -> Markup {
        let wrong = |field: &str| wrong.get(field).map(String::as_str);
        html! {
            section.card {
                (Field {
                    name: "label",
                    label: &words.say("segment-name"),
                    value: &given.label,
                    hint: Some(&words.say("computed-label-hint")),
                    wrong: wrong("label"),
                    length_most: LABEL_CHARS_MOST,
                    ..Field::default()
                }.input())
                @match &self.view {
                    Some(view) => p.about { (words.say("computed-head-key")) ": " code { (view.row.key) } },
                    None => (Field {
                        name: "key",
                        label: &words.say("computed-head-key"),
                        value: &given.key,
                        hint: Some(&words.say("computed-key-hint")),
                        wrong: wrong("key"),
                        length_most: KEY_BYTES_MOST,
                        ..Field::default()
                    }.input()),
                }
            }
        }
    }
}
