//! The page of one computed trait: how it is made, what asks about it, what it says of some
//! people.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::computed::{ComputedTraitView, ComputedUsers};
use filo_app::segment::SegmentNames;
use filo_core::id::ComputedTraitId;
use maud::{Markup, html};
use serde::Deserialize;

use super::sample::{Sampled, panel, sample};
use super::{manages, state, whole};
use crate::console::session::Session;
use crate::console::{Answer, id, shown_while};
use crate::i18n::Words;
use crate::right::{ListPeople, Power};
use crate::sentence::recipe_sentence;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// What the page shows.
pub(super) struct One {
    view: ComputedTraitView,
    users: ComputedUsers,
    names: SegmentNames,
    sampled: Sampled,
    manages: bool,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(computed): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let one = One::load(&app, &session, id(&computed)?).await?;
    let goes_on = one.view.filled_thousandths.is_some();
    let content = one.content(session.words, &session.token, None);
    let page = whole(&session, &one.name(), asked.done.as_deref(), &content);
    shown_while(goes_on, page)
}

impl One {
    pub(super) async fn load<P: Power>(
        app: &App,
        session: &Session<P>,
        id: ComputedTraitId,
    ) -> filo_app::Result<Self> {
        let view = app.computed_trait(id).await?;
        let is_shown = view.row.archived_at.is_none() && view.filled_thousandths.is_none();
        let sampled = match is_shown && manages(session) {
            true => sample(app, &session.actor, (&view.row.key, &view.recipe)).await?,
            false => Sampled::Unasked,
        };
        Ok(Self {
            users: app.computed_trait_users(id).await?,
            names: app.segment_names().await?,
            manages: manages(session),
            view,
            sampled,
        })
    }

    pub(super) fn name(&self) -> String {
        line(&self.view.label())
    }

    pub(super) const fn is_used(&self) -> bool {
        !self.users.segments.is_empty() || !self.users.traits.is_empty()
    }

    pub(super) fn content(&self, words: Words, token: &str, wrong: Option<&str>) -> Markup {
        let row = &self.view.row;
        let is_away = row.archived_at.is_some();
        html! {
            a.back href="/computed-traits" { (Icon::Back.draw()) (words.say("place-computed")) }
            @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
            div.head {
                div {
                    h1 { (self.name()) " " (state(words, &self.view)) }
                    p.lead { (recipe_sentence(words, &self.view.recipe, &self.names)) }
                }
                @if self.manages {
                    div.actions {
                        @if is_away {
                            (button_form(&format!("/computed-traits/{}/restoring", row.id), token, &[], &words.say("segment-restore"), "small"))
                        } @else {
                            a.button href={ "/computed-traits/" (row.id) "/edit" } { (words.say("segment-edit")) }
                            @if !self.is_used() {
                                (button_form(&format!("/computed-traits/{}/archiving", row.id), token, &[], &words.say("segment-archive"), "quiet"))
                            }
                        }
                    }
                }
            }
            @if self.view.filled_thousandths.is_some() { p.notice { (words.say("computed-filling-hint")) } }
            div.segment {
                div {
                    (self.used(words))
                    (self.facts(words))
                }
                @if !matches!(self.sampled, Sampled::Unasked) {
                    aside { (panel(words, &self.sampled, false)) }
                }
            }
        }
    }

    fn used(&self, words: Words) -> Markup {
        html! {
            section.card {
                h2 { (words.say("computed-used")) }
                @if self.is_used() {
                    ul.points {
                        @for (id, name) in &self.users.segments {
                            li { a href={ "/segments/" (id) } { (line(name)) } " " span.soft { (words.say("computed-used-segment")) } }
                        }
                        @for (id, name) in &self.users.traits {
                            li { a href={ "/computed-traits/" (id) } { (line(name)) } " " span.soft { (words.say("computed-used-trait")) } }
                        }
                    }
                } @else { p.soft { (words.say("computed-unused")) } }
            }
        }
    }

    fn facts(&self, words: Words) -> Markup {
        let row = &self.view.row;
        html! {
            section.card {
                h2 { (words.say("segment-facts")) }
                dl.facts {
                    dt { (words.say("computed-head-key")) }
                    dd { code { (row.key) } }
                    dt { (words.say("segment-made")) }
                    dd { (words.date(row.created_at)) " · " (line(&row.created_by)) }
                    @if row.version > 1 {
                        dt { (words.say("segment-changed")) }
                        dd { (words.date(row.changed_at)) " · " (line(&row.changed_by)) }
                    }
                }
            }
        }
    }
}
