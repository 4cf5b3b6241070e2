//! Who is behind a number of what customers are worth.

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::analysis::worth::{BANDS, Group, Who};
use maud::html;

use super::{Asked, group, told};
use crate::console::analysis::buyer_person;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeePeopleOfFigures;
use crate::ui::icon::Icon;
use crate::ui::page::Place;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let who = who(&asked).ok_or(Failure::Missing)?;
    let question = asked.question();
    let found = app.worth_people(&session.actor, &question, who).await?;
    let words = session.words;
    let title = words.say("worth-title");
    let content = html! {
        a.back href={ "/analysis/worth?" (asked.query()) } { (Icon::Back.draw()) (title) }
        h1 { (name(words, who)) }
        (buyer_person::counted(words, &found))
        (buyer_person::table(words, &found))
    };
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn who(asked: &Asked) -> Option<Who> {
    match asked.who.as_str() {
        "all" => Some(Who::All),
        "once" => Some(Who::Once),
        "band" => {
            let band = asked.band.parse().ok();
            band.filter(|it| *it < BANDS).map(Who::Band)
        }
        "group" => Group::from_word(&asked.group).map(Who::Group),
        _ => None,
    }
}

fn name(words: Words, who: Who) -> String {
    match who {
        Who::All => words.say("worth-people").into_owned(),
        Who::Once => words.say("worth-once").into_owned(),
        Who::Band(band) => words.fill("worth-behind-band", [("ends", told::ends(band).into())]),
        Who::Group(found) => words.fill(
            "worth-behind-group",
            [("name", group::name(words, found).into())],
        ),
    }
}
