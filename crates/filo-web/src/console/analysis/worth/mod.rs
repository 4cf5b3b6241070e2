//! What customers are worth: a formula that anybody can follow, beside what is expected of each.
//!
//! **Invariant:** every number of people leads to them, for whoever may list people.

mod behind;
mod group;
mod told;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{BuyerPeople, WorthAsked, WorthView};
use filo_app::segment::SegmentView;
use filo_core::access::Right;
use filo_core::analysis::worth::{By, Worth};
use maud::{Markup, html};
use serde::Deserialize;

use super::board::{Board, row};
use super::buyer_person;
use super::figure;
use super::lacking;
use super::question::{segment_field, with_segment};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::page::{Place, empty};

pub(in crate::console) use behind::show as behind;

/// What the page was asked, as its address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    segment: String,
    by: String,
    who: String,
    band: String,
    group: String,
}

impl Asked {
    fn by(&self) -> By {
        By::from_word(&self.by).unwrap_or_default()
    }

    fn question(&self) -> WorthAsked {
        WorthAsked {
            at: None,
            segment: self.segment.parse().ok(),
            by: self.by(),
        }
    }

    /// The part of an address that asks the same.
    fn query(&self) -> String {
        with_segment(format!("by={}", self.by().word()), &self.segment)
    }
}

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    view: &'a WorthView,
    worth: &'a Worth,
    query: &'a str,
    /// Whoever looks may see who is behind a number.
    lists: bool,
}

impl Drawing<'_> {
    fn amount(self, amount: f64) -> String {
        self.words.amount(
            filo_core::analysis::foresight::rounded(amount),
            self.view.currency,
        )
    }

    /// A number that leads to the people behind it.
    fn door(self, who: &str, count: u64) -> Markup {
        let address = format!("/analysis/worth/people?{}&{who}", self.query);
        figure::door(self.words, self.lists, count, &address)
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.worth(&session.actor, &asked.question()).await?;
    let lists = session.actor.may(Right::ListPeople);
    let top = match lists {
        true => Some(app.worth_top(&session.actor, &view).await?),
        false => None,
    };
    let words = session.words;
    let segments = app.segments().await?;
    let query = asked.query();
    let content = html! {
        div { h1 { (words.say("worth-title")) } p.lead { (words.say("worth-lead")) } }
        (row(words, Board::Worth))
        (filter(words, &asked, &segments))
        @match &view.worth {
            Some(worth) => (parts(Drawing { words, view: &view, worth, query: &query, lists }, top.as_ref())),
            None => (not_yet(words, &view)),
        }
    };
    let title = words.say("worth-title");
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn parts(it: Drawing<'_>, top: Option<&BuyerPeople>) -> Markup {
    let words = it.words;
    html! {
        p.about { (words.fill("worth-as-of", [("when", words.date_time(it.view.at).into())])) }
        (told::summary(it))
        (told::simple(it))
        (group::table(it))
        (told::chances(it))
        @if let Some(top) = top.filter(|_| it.worth.total.is_some()) {
            section aria-labelledby="worth-top" {
                h2 #worth-top { (words.say("worth-top")) }
                p.about { (words.say("worth-top-hint")) }
                (buyer_person::table(words, top))
            }
        }
        (told::how(it))
    }
}

fn not_yet(words: Words, view: &WorthView) -> Markup {
    let hint = html! {
        p { (words.say("worth-none-hint")) }
        @if let Some(lack) = view.lack { p { strong { (lacking(words, lack)) } } }
    };
    empty(&words.say("worth-none"), &hint)
}

fn filter(words: Words, asked: &Asked, segments: &[SegmentView]) -> Markup {
    html! {
        form.row action="/analysis/worth" {
            div.field {
                label for="field-by" { (words.say("worth-by")) }
                select #field-by name="by" {
                    @for by in By::ALL {
                        option value=(by.word()) selected[asked.by() == by] {
                            (words.say(&format!("worth-by-{}", by.word())))
                        }
                    }
                }
            }
            (segment_field(words, segments, &asked.segment))
            button.quiet type="submit" { (words.say("analysis-show")) }
        }
    }
}
