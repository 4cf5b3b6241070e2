//! Cohorts: who comes back, by when they first ordered.

mod asked;
mod table;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{CohortCell, CohortsAsked};
use filo_app::segment::SegmentView;
use filo_core::access::Right;
use filo_core::analysis::{Cohorts, Unit};
use filo_core::event::Channel;
use jiff::civil::Date;
use maud::{Markup, html};

use self::asked::{Asked, COUNTS, Shown};
use super::board::{self, Board};
use super::question::{choice, segment_field};
use super::{figure, sheet};
use crate::console::failure::Failure;
use crate::console::person::channel_word;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::{SeeFigures, SeePeopleOfFigures};
use crate::ui::page::{Place, empty};

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    cohorts: &'a Cohorts,
    asked: &'a CohortsAsked,
    shown: Shown,
    query: &'a str,
    /// Whoever looks may see who is behind a cell.
    lists: bool,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let cohorts_asked = asked.cohorts(words);
    let cohorts = app.cohorts(&session.actor, &cohorts_asked).await?;
    let query = asked.query(words);
    let it = Drawing {
        words,
        cohorts: &cohorts,
        asked: &cohorts_asked,
        shown: asked.shown(),
        query: &query,
        lists: session.actor.may(Right::ListPeople),
    };
    if asked.form == "csv" {
        return table::file(it);
    }
    let segments = app.segments().await?;
    let is_empty = cohorts.cohorts.iter().all(|it| it.size() == 0);
    let content = html! {
        div { h1 { (words.say("cohort-title")) } p.lead { (words.say("cohort-lead")) } }
        (board::row(words, Board::Cohorts))
        (filter(words, &asked, &segments))
        (newcomers(it))
        @if is_empty {
            (empty(&words.say("cohort-none"), &html! { p { (words.say("cohort-none-hint")) } }))
        } @else {
            (table::table(it))
            (sheet::link(words, &format!("/analysis/cohorts?{query}")))
        }
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("cohort-how")) }
            p { (words.say("cohort-how-amount")) }
            p.about { (words.fill("cohort-how-source", [("zone", app.company().company.zone.as_str().into())])) }
        }
    };
    shown(session.page(Place::Analysis, &words.say("cohort-title"), None, &content))
}

fn filter(words: Words, asked: &Asked, segments: &[SegmentView]) -> Markup {
    let cohorts = asked.cohorts(words);
    let named = |key: &str, word: &str| {
        (
            word.to_owned(),
            words.say(&format!("{key}-{word}")).into_owned(),
        )
    };
    let units = Unit::ALL.map(|it| named("cohort-unit", it.word()));
    let shown = Shown::ALL.map(|it| named("cohort-show", it.word()));
    let counts = COUNTS.map(|it| (it.to_string(), words.number(it.into())));
    let mut channels = vec![(String::new(), words.say("cohort-channel-any").into_owned())];
    let met = Channel::ALL.into_iter().filter(|it| *it != Channel::Server);
    channels.extend(met.map(|it| (it.word().to_owned(), channel_word(words, it))));
    let chosen = cohorts.channel.map_or("", Channel::word);
    html! {
        form.row action="/analysis/cohorts" {
            (choice("unit", &words.say("cohort-unit"), &units, cohorts.unit.word()))
            (choice("count", &words.say("cohort-count"), &counts, &cohorts.periods.to_string()))
            (choice("show", &words.say("cohort-show"), &shown, asked.shown().word()))
            (choice("channel", &words.say("cohort-channel"), &channels, chosen))
            (segment_field(words, segments, &asked.segment))
            div.field {
                label for="field-until" { (words.say("cohort-until")) }
                input #field-until type="date" name="until" value=(cohorts.until.map_or("", |_| asked.until.as_str()));
            }
            button.quiet type="submit" { (words.say("analysis-show")) }
        }
    }
}

impl Drawing<'_> {
    pub(super) fn address(self, first: Date, after: usize) -> String {
        format!(
            "/analysis/cohorts/people?{}&first={first}&after={after}",
            self.query
        )
    }

    /// The name of a period.
    pub(super) fn period(self, first: Date) -> String {
        match self.asked.unit {
            Unit::Month => format!("{} {}", self.words.month_name(first.month()), first.year()),
            Unit::Week => self.words.civil_date(first),
        }
    }
}

/// Who has come in the period that is not over.
fn newcomers(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let Some(first) = it.cohorts.running else {
        return html! {};
    };
    let period = it.period(first);
    let key = format!("cohort-running-{}", it.asked.unit.word());
    html! {
        p.about {
            (words.fill(&key, [("period", period.into())])) " "
            (figure::door(words, it.lists, it.cohorts.newcomers, &it.address(first, 0))) "."
        }
    }
}

/// Who is behind a cell.
pub(in crate::console) async fn behind(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let cell = CohortCell {
        first: asked.first.parse().map_err(|_unread| Failure::Missing)?,
        after: asked.after.parse().map_err(|_unread| Failure::Missing)?,
    };
    let words = session.words;
    let cohorts = asked.cohorts(words);
    let found = app.cohort_people(&session.actor, &cohorts, cell).await?;
    let period = match cohorts.unit {
        Unit::Month => format!(
            "{} {}",
            words.month_name(cell.first.month()),
            cell.first.year()
        ),
        Unit::Week => words.civil_date(cell.first),
    };
    let key = format!("cohort-behind-{}", cohorts.unit.word());
    let said = [
        ("period", period.into()),
        ("count", u64::from(cell.after).into()),
    ];
    let head = figure::Head {
        board: Board::Cohorts,
        query: &asked.query(words),
        title: html! { (words.fill(&key, said)) },
    };
    shown(figure::page(&session, &head, &found))
}
