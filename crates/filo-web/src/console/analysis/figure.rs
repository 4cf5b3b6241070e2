//! The people whom a figure counts.

use filo_app::analysis::{FigurePeople, FigurePerson, WHO_MOST};
use maud::{Markup, html};

use super::board::Board;
use crate::console::people;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::page::{Place, empty};
use crate::ui::shown::line;

/// A number of people that leads to them, for whoever may list people.
pub(super) fn door(words: Words, lists: bool, count: u64, address: &str) -> Markup {
    let number = words.number(count);
    html! {
        @if lists && count > 0 { a href=(address) { (number) } } @else { (number) }
    }
}

/// What stands above the people.
pub(super) struct Head<'a> {
    /// The board from which one comes, with the same question.
    pub(super) board: Board,
    pub(super) query: &'a str,
    /// What the figure counts.
    pub(super) title: Markup,
}

/// The page of those behind a figure.
pub(super) fn page<P>(session: &Session<P>, head: &Head<'_>, found: &FigurePeople) -> Markup {
    let words = session.words;
    let title = words.say(head.board.key());
    let said = [
        ("count", found.count.into()),
        ("number", words.number(found.count).into()),
    ];
    let content = html! {
        a.back href={ (head.board.address()) "?" (head.query) } { (Icon::Back.draw()) (title) }
        h1 { (head.title) }
        p.lead { (words.fill("analysis-figure-people", said)) }
        @if found.people.is_empty() {
            (empty(&words.say("analysis-figure-none"), &html! { p { (words.say("analysis-figure-none-hint")) } }))
        } @else {
            section.card { ul.list { @for person in &found.people { li { (row(words, person)) } } } }
        }
        @if found.count > WHO_MOST as u64 {
            p.about { (words.fill("analysis-behind-more", [("most", (WHO_MOST as u64).into())])) }
        }
    };
    session.page(Place::Analysis, &title, None, &content)
}

fn row(words: Words, person: &FigurePerson) -> Markup {
    let name = match &person.row {
        Some(row) => people::name(words, row),
        None => words.say("analysis-just-came").into_owned(),
    };
    html! {
        a.line href={ "/people/" (person.customer) } {
            span { strong { bdi { (line(&name)) } } }
            @if let Some(at) = person.at { span { (words.date(at)) } }
        }
        @if !person.about.is_empty() {
            p.about { (line(&person.about.join(", "))) }
        }
    }
}
