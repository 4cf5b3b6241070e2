//! Paths: what follows on what on the ways to an order, where they are lost, and what each channel
//! has to do with it.

mod drawing;
mod step;
mod touchpoint;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{End, FlowView, Passing, PathsAsked};
use filo_core::access::Right;
use filo_core::analysis::Place as Spot;
use maud::{Markup, html};

use super::board::{self, Board};
use super::question::{Asked, Form, LEASTS, choice};
use super::{figure, sequence, sheet};
use crate::console::failure::Failure;
use crate::console::person::channel_word;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::passing::{Said, passing};
use crate::right::{SeeFigures, SeePeopleOfFigures};
use crate::ui::page::{Place, empty};

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    view: &'a FlowView,
    query: &'a str,
    /// Whoever looks may see whose ways they are.
    lists: bool,
}

impl Drawing<'_> {
    /// A number of people that leads to them: `part` says in the address which ways it is of.
    fn door(self, count: u64, part: &str) -> Markup {
        let address = format!("/analysis/paths/people?{}{part}", self.query);
        figure::door(self.words, self.lists, count, &address)
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let least = asked.least_percent();
    let paths = PathsAsked {
        ways: asked.question(&app),
        least_percent: least,
    };
    let view = app.paths(&session.actor, &paths).await?;
    let words = session.words;
    if asked.is_sheet() {
        return step::sheet(words, &view);
    }
    let segments = app.segments().await?;
    let form = Form {
        words,
        asked: &asked,
        segments: &segments,
    };
    let query = asked.query();
    let it = Drawing {
        words,
        view: &view,
        query: &query,
        lists: session.actor.may(Right::ListPeople),
    };
    let content = html! {
        div { h1 { (words.say("flow-title")) } p.lead { (words.say("flow-lead")) } }
        (board::row(words, Board::Paths))
        (form.draw("/analysis/paths", &least_field(words, least)))
        @if view.flow.ways == 0 {
            (empty(&words.say("analysis-none"), &html! { p { (words.say("analysis-none-hint")) } }))
        } @else { (parts(it, least)) }
    };
    shown(session.page(Place::Analysis, &words.say("flow-title"), None, &content))
}

fn parts(it: Drawing<'_>, least: u8) -> Markup {
    let words = it.words;
    let sheet = format!("/analysis/paths?{}&least={least}", it.query);
    let sequences = sequence::Sequences {
        words,
        all: &it.view.sequences,
        orders: it.view.orders,
        currency: it.view.currency,
        query: it.query,
        lists: it.lists,
    };
    html! {
        section.card aria-labelledby="flow-graph" {
            h2 #flow-graph { (words.say("flow-graph")) }
            p { (summary(it)) }
            (drawing::draw(it))
            p.about { (words.say("flow-graph-hint")) " " (rare(it, least)) }
        }
        (step::table(it))
        (sheet::link(words, &sheet))
        (touchpoint::section(it))
        (sequence::table(sequences))
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("analysis-how-way")) }
            p { (words.say("flow-how-step")) }
            p { (words.say("flow-how-touchpoint")) }
            p.about { (words.say("flow-how-source")) }
        }
    }
}

/// “12 persone, 14 percorsi: 9 finiti con un ordine, 5 ancora senza.”
fn summary(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let view = it.view;
    let said = [
        ("ways", words.number(view.flow.ways).into()),
        ("orders", words.number(view.orders).into()),
        ("open", words.number(view.open).into()),
    ];
    html! {
        (words.say("flow-people")) " " (it.door(view.people, "")) ". "
        (words.fill("flow-summary", said))
    }
}

/// How many steps are left out.
fn rare(it: Drawing<'_>, least: u8) -> String {
    let said = [
        ("least", u64::from(least).into()),
        ("count", it.view.flow.rare.into()),
    ];
    it.words.fill("flow-rare", said)
}

fn least_field(words: Words, least: u8) -> Markup {
    let option = |least: u8| {
        let said = [("least", u64::from(least).into())];
        let text = match least {
            0 => words.say("flow-least-none").into_owned(),
            _ => words.fill("flow-least-percent", said),
        };
        (least.to_string(), text)
    };
    choice(
        "least",
        &words.say("flow-least"),
        &LEASTS.map(option),
        &least.to_string(),
    )
}

/// What a place is called.
fn place(words: Words, place: Spot) -> String {
    match place {
        Spot::On(channel) => channel_word(words, channel),
        Spot::Start => words.say("flow-place-start").into_owned(),
        Spot::Order => words.say("flow-place-order").into_owned(),
        Spot::Open => words.say("flow-place-open").into_owned(),
    }
}

/// Whose ways a number counts.
pub(in crate::console) async fn behind(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let said = Said {
        step: &asked.step,
        touch: &asked.touch,
        lost: &asked.lost,
        end: &asked.end,
    };
    let passing = passing(said).ok_or(Failure::Missing)?;
    let question = asked.question(&app);
    let found = app.path_people(&session.actor, &question, passing).await?;
    let head = figure::Head {
        board: Board::Paths,
        query: &asked.query(),
        title: html! { (title(session.words, passing)) },
    };
    shown(figure::page(&session, &head, &found))
}

fn title(words: Words, passing: Passing) -> String {
    let named = |key: &str, channel| {
        let channel = channel_word(words, channel);
        words.fill(key, [("channel", channel.into())])
    };
    match passing {
        Passing::Any => words.say("flow-behind-any").into_owned(),
        Passing::Step(from, to) => format!("{} → {}", place(words, from), place(words, to)),
        Passing::Touch(channel, None) => named("flow-behind-touch", channel),
        Passing::Touch(channel, Some(End::Order)) => named("flow-behind-order", channel),
        Passing::Touch(channel, Some(End::Open)) => named("flow-behind-open", channel),
        Passing::Lost(channel) => named("flow-behind-lost", channel),
    }
}
