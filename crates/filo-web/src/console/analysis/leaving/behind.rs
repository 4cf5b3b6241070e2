//! Who is behind a number of those who leave.

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::analysis::leaving::{Part, Rule, Who};
use maud::html;

use super::Asked;
use crate::console::analysis::buyer_person;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeePeopleOfFigures;
use crate::ui::icon::Icon;
use crate::ui::page::Place;

/// Bands of a check, at most.
const BANDS_MOST: usize = 10;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let who = who(&asked).ok_or(Failure::Missing)?;
    let question = asked.question();
    let found = app.leaving_people(&session.actor, &question, who).await?;
    let words = session.words;
    let title = words.say("leaving-title");
    let content = html! {
        a.back href={ "/analysis/leaving?" (asked.query()) } { (Icon::Back.draw()) (title) }
        h1 { (name(words, who, &asked)) }
        (buyer_person::counted(words, &found))
        (buyer_person::risks(words, &found))
    };
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn who(asked: &Asked) -> Option<Who> {
    match asked.who.as_str() {
        "at_risk" => Some(Who::AtRisk),
        "lost" => Some(Who::Lost),
        "month" => {
            let part = match asked.part.as_str() {
                "start" => Part::Start,
                "lost" => Part::Lost,
                _ => return None,
            };
            Some(Who::Month(
                month(&asked.month)?,
                Rule::from_word(&asked.rule)?,
                part,
            ))
        }
        "checked" => {
            let band = asked.band.parse().ok().filter(|it| *it < BANDS_MOST)?;
            let bought = match asked.bought.as_str() {
                "" => None,
                text => Some(text.parse().ok()?),
            };
            Some(Who::Checked(band, bought))
        }
        _ => None,
    }
}

fn month(text: &str) -> Option<(i16, i8)> {
    let (year, month) = text.split_once('-')?;
    let month = month.parse().ok().filter(|it| (1..=12).contains(it))?;
    Some((year.parse().ok()?, month))
}

fn name(words: Words, who: Who, asked: &Asked) -> String {
    match who {
        Who::AtRisk => words.say("leaving-at-risk").into_owned(),
        Who::Lost => words.say("leaving-lost").into_owned(),
        Who::Month((year, number), rule, part) => {
            let rule = match rule {
                Rule::Window => {
                    let days = asked.window_days().into();
                    words.fill("leaving-rule-window", [("days", days)])
                }
                Rule::Rhythm => words.say("leaving-rule-rhythm").into_owned(),
            };
            let key = match part {
                Part::Start => "leaving-behind-start",
                Part::Lost => "leaving-behind-lost",
            };
            let month = format!("{} {year}", words.month_name(number));
            words.fill(key, [("month", month.into()), ("rule", rule.into())])
        }
        Who::Checked(band, bought) => {
            let key = match bought {
                None => "leaving-behind-band",
                Some(true) => "leaving-behind-bought",
                Some(false) => "leaving-behind-not-bought",
            };
            words.fill(key, [("band", (band + 1).into())])
        }
    }
}
