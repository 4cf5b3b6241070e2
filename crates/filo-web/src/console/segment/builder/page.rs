//! The page around the form, and what is read for it.

use std::collections::BTreeMap;

use filo_app::App;
use filo_app::segment::{Hints, SegmentNames, SegmentView};
use filo_core::id::SegmentId;
use filo_core::segment::Condition;
use filo_core::segment::computed::Recipes;
use maud::{Markup, html};

use super::counting::Counted;
use super::form::{Shown, form};
use super::{Given, Wrong};
use crate::console::failure::Failure;
use crate::console::segment::example;
use crate::console::segment::one::{Named, others};
use crate::console::segment::whole;
use crate::console::session::Session;
use crate::right::Power;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// The segment of nobody: what a new one is called before it is there.
const NOBODY: SegmentId = SegmentId(0);

/// What there is besides the form.
pub(super) struct Page {
    /// The segment that is changed; none of a new one.
    view: Option<SegmentView>,
    /// The conditions of the others in use.
    standing: BTreeMap<SegmentId, Condition>,
    /// How computed traits are made.
    recipes: Recipes,
    names: SegmentNames,
    others: Vec<Named>,
    hints: Hints,
}

/// What is said about the form this time.
pub(super) struct About {
    pub(super) wrong: Wrong,
    /// The key of what is said above it.
    pub(super) notice: Option<&'static str>,
    pub(super) is_bad: bool,
    /// It comes from a view of the list of people.
    pub(super) is_view: bool,
    /// What of the view no condition says, and why: keys.
    pub(super) unsaid: Vec<(&'static str, &'static str)>,
    pub(super) counted: Counted,
}

impl Default for About {
    fn default() -> Self {
        Self {
            wrong: Wrong::new(),
            notice: None,
            is_bad: false,
            is_view: false,
            unsaid: Vec::new(),
            counted: Counted::Unasked,
        }
    }
}

impl Page {
    pub(super) async fn load<P>(
        app: &App,
        session: &Session<P>,
        own: Option<SegmentId>,
    ) -> Result<Self, Failure> {
        let views = app.segments().await?;
        let names = app.segment_names().await?;
        let others = others(&views, own.unwrap_or(NOBODY));
        let view = views.iter().find(|view| Some(view.row.id) == own).cloned();
        let standing = views.into_iter().filter(|it| it.row.archived_at.is_none());
        Ok(Self {
            view,
            recipes: app.computed_recipes().await?,
            standing: standing.map(|it| (it.row.id, it.condition)).collect(),
            names,
            others,
            hints: app.segment_hints(&session.actor).await?,
        })
    }

    /// What a condition may ask about.
    pub(super) const fn beside(&self) -> (&BTreeMap<SegmentId, Condition>, &Recipes) {
        (&self.standing, &self.recipes)
    }

    pub(super) fn own(&self) -> Option<SegmentId> {
        self.view.as_ref().map(|view| view.row.id)
    }

    pub(super) fn own_id(&self) -> SegmentId {
        self.own().unwrap_or(NOBODY)
    }

    /// Why it could not be saved. If somebody else was faster, the form goes on from their
    /// version: whoever saves again has been told.
    pub(super) fn conflict(&self, given: &mut Given) -> &'static str {
        let Some(view) = &self.view else {
            return "segment-too-many";
        };
        if view.row.archived_at.is_some() {
            return "segment-away-meanwhile";
        }
        given.version = view.row.version;
        "segment-changed-meanwhile"
    }

    pub(super) fn draw<P: Power>(
        &self,
        session: &Session<P>,
        given: &Given,
        about: &About,
    ) -> Markup {
        let words = session.words;
        let (title, action, back) = match &self.view {
            Some(view) => {
                let here = format!("/segments/{}", view.row.id);
                (line(&view.row.name), here.clone(), here)
            }
            None => {
                let title = words.say("segment-new").into_owned();
                (title, "/segments".to_owned(), "/segments".to_owned())
            }
        };
        let place = match &self.view {
            Some(_) => title.clone(),
            None => words.say("place-segments").into_owned(),
        };
        let heading = match &self.view {
            Some(_) => words.say("segment-edit-title"),
            None => words.say("segment-new"),
        };
        let shown = Shown {
            words,
            given,
            wrong: &about.wrong,
            action,
            back: back.clone(),
            names: &self.names,
            others: &self.others,
            hints: &self.hints,
            counted: &about.counted,
        };
        let content = html! {
            a.back href=(back) { (Icon::Back.draw()) (place) }
            h1 { (heading) }
            @if let Some(notice) = about.notice {
                div.notice.notice-good[!about.is_bad].notice-bad[about.is_bad] role="status" {
                    p { (words.say(notice)) }
                    @if about.is_bad && self.view.is_some() {
                        p { a href=(back) target="_blank" { (words.say("segment-see-now")) } }
                    }
                }
            }
            @if about.is_view { (self.unsaid(session, about)) }
            (form(&shown, &session.token))
            @if self.view.is_none() && given.draft.children.is_empty() && given.text.is_none() {
                section aria-labelledby="segment-examples" {
                    h2 #segment-examples { (words.say("segment-or-example")) }
                    (example::doors(words))
                }
            }
        };
        whole(session, &title, None, &content)
    }

    /// What became of the filters of a view.
    fn unsaid<P>(&self, session: &Session<P>, about: &About) -> Markup {
        let words = session.words;
        html! {
            div.notice.notice-warn[!about.unsaid.is_empty()] {
                p { (words.say("segment-from-view")) }
                @if !about.unsaid.is_empty() {
                    p { (words.say("segment-view-unsaid")) }
                    ul.points {
                        @for (filter, why) in &about.unsaid {
                            li { strong { (words.say(filter)) } ": " (words.say(why)) }
                        }
                    }
                }
            }
        }
    }
}
