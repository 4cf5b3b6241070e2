//! Who is leaving: how many were lost month by month, who is about to be, and how well that was
//! told before.
//!
//! **Invariant:** every number of people leads to them, for whoever may list people.

mod behind;
mod check;
mod month;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{BuyerPeople, LeavingAsked, LeavingView};
use filo_app::segment::SegmentView;
use filo_core::access::Right;
use filo_core::analysis::foresight::rounded;
use filo_core::analysis::leaving::{Leaving, WINDOWS_DAYS};
use maud::{Markup, html};
use serde::Deserialize;

use super::board::{Board, row};
use super::question::{segment_field, with_segment};
use super::{buyer_person, fact, figure, lacking};
use crate::console::annotation::near;
use crate::console::buyer::days_words;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::chart::Note;
use crate::ui::page::{Place, empty};

pub(in crate::console) use behind::show as behind;

const WINDOW_USUAL: u16 = 90;
/// So far back months go, and a little more.
const YEAR_DAYS: i64 = 400;

/// What the page was asked, as its address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    segment: String,
    window: String,
    who: String,
    month: String,
    rule: String,
    part: String,
    band: String,
    bought: String,
}

impl Asked {
    fn window_days(&self) -> u16 {
        let days = self.window.parse().ok();
        days.filter(|it| WINDOWS_DAYS.contains(it))
            .unwrap_or(WINDOW_USUAL)
    }

    fn question(&self) -> LeavingAsked {
        LeavingAsked {
            at: None,
            segment: self.segment.parse().ok(),
            window_days: self.window_days(),
        }
    }

    /// The part of an address that asks the same.
    fn query(&self) -> String {
        with_segment(format!("window={}", self.window_days()), &self.segment)
    }
}

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    view: &'a LeavingView,
    leaving: &'a Leaving,
    window_days: u16,
    query: &'a str,
    /// What happened beside the months.
    notes: &'a [Note],
    /// Whoever looks may see who is behind a number.
    lists: bool,
}

impl Drawing<'_> {
    /// A number that leads to the people behind it.
    fn door(self, who: &str, count: u64) -> Markup {
        let address = format!("/analysis/leaving/people?{}&{who}", self.query);
        figure::door(self.words, self.lists, count, &address)
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.leaving(&session.actor, &asked.question()).await?;
    let lists = session.actor.may(Right::ListPeople);
    let risks = match lists {
        true => Some(app.leaving_risks(&session.actor, &view).await?),
        false => None,
    };
    let words = session.words;
    let segments = app.segments().await?;
    let (query, window_days) = (asked.query(), asked.window_days());
    let notes = match &view.leaving {
        Some(leaving) => month::notes_of(words, &near(&app, &session, YEAR_DAYS).await?, leaving),
        None => Vec::new(),
    };
    let content = html! {
        div { h1 { (words.say("leaving-title")) } p.lead { (words.say("leaving-lead")) } }
        (row(words, Board::Leaving))
        (filter(words, &asked, &segments))
        @match &view.leaving {
            Some(leaving) => {
                @let it = Drawing { words, view: &view, leaving, window_days, query: &query, notes: &notes, lists };
                (parts(it, risks.as_ref()))
            },
            None => (not_yet(words, &view)),
        }
    };
    let title = words.say("leaving-title");
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn parts(it: Drawing<'_>, risks: Option<&BuyerPeople>) -> Markup {
    let words = it.words;
    html! {
        p.about { (words.fill("worth-as-of", [("when", words.date_time(it.view.at).into())])) }
        (summary(it))
        (month::section(it))
        @if let Some(risks) = risks.filter(|it| !it.people.is_empty()) {
            section aria-labelledby="leaving-risks" {
                h2 #leaving-risks { (words.say("leaving-risks")) }
                p.about { (words.say("leaving-risks-hint")) }
                (buyer_person::risks(words, risks))
            }
        }
        (check::section(it))
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("leaving-how-window")) }
            p { (words.say("leaving-how-rhythm")) }
            p { (words.say("leaving-how-stake")) }
            p.about { (words.say("leaving-how-source")) }
        }
    }
}

fn summary(it: Drawing<'_>) -> Markup {
    let (words, leaving) = (it.words, it.leaving);
    html! {
        section.card aria-labelledby="leaving-summary" {
            h2 #leaving-summary { (words.say("worth-summary")) }
            @match (leaving.at_risk, leaving.lost, &it.view.limits) {
                (Some(at_risk), Some(lost), Some(limits)) => {
                    dl.facts {
                        (fact(&words.say("leaving-at-risk"), &it.door("who=at_risk", at_risk)))
                        (fact(&words.say("leaving-lost"), &it.door("who=lost", lost)))
                        @if let Some(stake) = leaving.at_stake {
                            @let amount = words.amount(rounded(stake), it.view.currency);
                            (fact(&words.say("leaving-at-stake"), &html! { (amount) }))
                        }
                    }
                    p.about {
                        (words.fill("leaving-limits", [
                            ("late", days_words(words, limits.late_days).into()),
                            ("gone", days_words(words, limits.gone_days).into()),
                        ]))
                    }
                },
                _ => p { (words.say("leaving-no-rhythm")) " " a href="/buyers" { (words.say("buyer-title")) } },
            }
        }
    }
}

fn not_yet(words: Words, view: &LeavingView) -> Markup {
    let hint = html! {
        p { (words.say("leaving-none-hint")) }
        @if let Some(lack) = view.lack { p { strong { (lacking(words, lack)) } } }
    };
    empty(&words.say("leaving-none"), &hint)
}

fn filter(words: Words, asked: &Asked, segments: &[SegmentView]) -> Markup {
    html! {
        form.row action="/analysis/leaving" {
            div.field {
                label for="field-window" { (words.say("leaving-window")) }
                select #field-window name="window" {
                    @for days in WINDOWS_DAYS {
                        option value=(days) selected[asked.window_days() == days] {
                            (words.fill("leaving-window-days", [("days", days.into())]))
                        }
                    }
                }
            }
            (segment_field(words, segments, &asked.segment))
            button.quiet type="submit" { (words.say("analysis-show")) }
        }
    }
}
