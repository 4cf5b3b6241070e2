//! How one gets the Monday page by mail: the card of one's account, its form, and a test.

use axum::extract::State;
use filo_app::App;
use filo_app::mail::Told;
use filo_app::monday::MondayReader;
use filo_core::monday::Delivery;
use maud::{Markup, html};
use serde::Deserialize;

use super::letter::write;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done};
use crate::i18n::Words;
use crate::right::Own;
use crate::ui::form::{Field, button_form, form};

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Given {
    is_on: String,
    #[serde(default)]
    weekday: String,
    #[serde(default)]
    hour: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(super) async fn subscribe(State(app): State<App>, posted: Posted<Own, Given>) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    let delivery = match given.is_on.as_str() {
        "yes" => {
            let weekday = given.weekday.parse().ok();
            let found = weekday.zip(given.hour.parse().ok());
            let found = found.and_then(|(weekday, hour)| Delivery::new(weekday, hour));
            // Only a form that was not ours names another day or hour.
            Some(found.ok_or(Failure::Missing)?)
        }
        _ => None,
    };
    app.set_own_monday(&session.actor, delivery).await?;
    let word = if delivery.is_some() { "on" } else { "off" };
    done(&format!("/account?done=monday-{word}#monday"))
}

pub(super) async fn test(State(app): State<App>, posted: Posted<Own, Nothing>) -> Answer {
    let told = app.test_monday(&posted.session.actor, write).await?;
    let word = match told {
        Told::Sent => "sent",
        Told::Kept => "kept",
        Told::Failed(_) => "failed",
    };
    done(&format!("/account?done=monday-test-{word}#monday"))
}

/// The card of one's account.
pub(in crate::console) fn card(words: Words, token: &str, reader: Option<&MondayReader>) -> Markup {
    let delivery = reader.map_or_else(Delivery::default, |it| it.delivery);
    let days: Vec<(String, String)> = (1..=7)
        .map(|day| {
            let text = words.say(&format!("monday-day-{day}")).into_owned();
            (day.to_string(), text)
        })
        .collect();
    let hours: Vec<(String, String)> = (0..24)
        .map(|hour| (hour.to_string(), format!("{hour}:00")))
        .collect();
    let ways = [("yes", "monday-way-yes"), ("no", "monday-way-no")];
    let ways = ways.map(|(word, key)| (word.to_owned(), words.say(key).into_owned()));
    let select = |name: &'static str, label: &str, value: &str, options: &[(String, String)]| {
        let pairs: Vec<(&str, &str)> = options
            .iter()
            .map(|(one, other)| (one.as_str(), other.as_str()))
            .collect();
        let field = Field {
            name,
            label: &words.say(label),
            value,
            ..Field::default()
        };
        field.select(&pairs)
    };
    let is_on = if reader.is_some() { "yes" } else { "no" };
    html! {
        section.card #monday {
            h2 { (words.say("monday-title")) }
            p { (words.say("monday-card")) " " a href="/monday" { (words.say("monday-open")) } }
            (form("/account/monday", token, &html! {
                (select("is_on", "monday-way", is_on, &ways))
                div.row {
                    (select("weekday", "monday-weekday", &delivery.weekday().to_string(), &days))
                    (select("hour", "monday-hour", &delivery.hour().to_string(), &hours))
                }
                div.actions { button type="submit" { (words.say("account-save")) } }
            }))
            @if let Some(reader) = reader {
                @if let Some(next) = reader.next_at {
                    p.about { (words.fill("monday-next", [("when", words.date_time(next).into())])) }
                }
                @if let Some((at, outcome)) = &reader.last {
                    @let key = format!("monday-last-{outcome}");
                    p.about { (words.fill(&key, [("when", words.date_time(*at).into())])) }
                }
            }
            (button_form("/account/monday/test", token, &[], &words.say("monday-test"), "quiet"))
        }
    }
}
