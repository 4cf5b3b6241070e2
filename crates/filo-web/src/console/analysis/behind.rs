//! Whose ways a number counts.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{End, WHO_MOST, WayPeople, WayPerson};
use filo_core::event::Channel;
use maud::{Markup, html};

use super::question::Asked;
use super::sequence;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, people, shown};
use crate::i18n::Words;
use crate::right::SeePeopleOfFigures;
use crate::ui::icon::Icon;
use crate::ui::page::{Place, empty};
use crate::ui::shown::line;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let touches = channels(&asked.sequence).ok_or(Failure::Missing)?;
    let end = match asked.end.as_str() {
        "order" => End::Order,
        "open" => End::Open,
        _ => return Err(Failure::Missing),
    };
    let question = asked.question(&app);
    let found = app
        .way_people(&session.actor, &question, (&touches, end))
        .await?;
    let words = session.words;
    let key = match end {
        End::Order => "analysis-behind-order",
        End::Open => "analysis-behind-open",
    };
    let said = [
        ("count", found.count.into()),
        ("number", words.number(found.count).into()),
    ];
    let content = html! {
        a.back href={ "/analysis?" (asked.query()) } { (Icon::Back.draw()) (words.say("analysis-title")) }
        h1 { (sequence::name(words, &touches)) }
        p.lead { (words.fill(key, said)) }
        @if found.people.is_empty() {
            (empty(&words.say("analysis-none"), &html! { p { (words.say("analysis-behind-none")) } }))
        } @else { (list(words, &found)) }
        @if found.count > WHO_MOST as u64 {
            p.about { (words.fill("analysis-behind-more", [("most", (WHO_MOST as u64).into())])) }
        }
    };
    shown(session.page(
        Place::Analysis,
        &words.say("analysis-title"),
        None,
        &content,
    ))
}

/// The channels of a way as an address has them.
fn channels(text: &str) -> Option<Vec<Channel>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let channel = |word: &str| Channel::ALL.into_iter().find(|it| it.word() == word);
    text.split('.').map(channel).collect()
}

fn list(words: Words, found: &WayPeople) -> Markup {
    html! {
        section.card {
            ul.list {
                @for person in &found.people {
                    li {
                        a.line href={ "/people/" (person.customer) } {
                            span { strong { bdi { (line(&name(words, person))) } } }
                            @if let Some(revenue) = person.revenue {
                                span { (words.amount(revenue.0, found.currency)) }
                            }
                        }
                        @if let Some(at) = person.ordered_at { p.about { (words.date_time(at)) } }
                    }
                }
            }
        }
    }
}

fn name(words: Words, person: &WayPerson) -> String {
    match &person.row {
        Some(row) => people::name(words, row),
        None => words.say("analysis-just-came").into_owned(),
    }
}
