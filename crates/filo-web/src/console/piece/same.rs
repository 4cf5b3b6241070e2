//! The sameness meter: which texts are alike, each other and what everybody says, and why.

use axum::extract::State;
use filo_app::App;
use filo_app::content::{Alike, TextKey};
use filo_core::content::SAME_FROM;
use maud::{Markup, html};

use super::{At, doors, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::page::empty;
use crate::ui::shown::line;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
) -> Answer {
    let words = session.words;
    let alike = app.sameness(None).await?;
    let title = words.say("content-same");
    let (others, stock): (Vec<&Alike>, Vec<&Alike>) =
        alike.iter().partition(|it| it.like.key.is_some());
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("content-same-lead")) }
        (doors(words, "/pieces/sameness"))
        @if alike.is_empty() {
            (empty(&words.say("content-same-none"), &html! { p { (words.say("content-same-none-hint")) } }))
        } @else {
            (part(words, "content-same-own", &others))
            (part(words, "content-same-stock", &stock))
            p.about { (words.fill("content-same-how", [("from", words.decimal(&SAME_FROM.to_string()).into())])) }
        }
    };
    shown(whole(&session, &title, None, &content))
}

fn part(words: Words, key: &str, alike: &[&Alike]) -> Markup {
    html! {
        section.card aria-labelledby=(key) {
            h2 #(key) { (words.say(key)) }
            @if alike.is_empty() { p.soft { (words.say("content-same-nothing")) } }
            @else {
                ul.list {
                    @for it in alike { li { (one(words, it)) } }
                }
            }
        }
    }
}

fn one(words: Words, alike: &Alike) -> Markup {
    let score = format!("{:.0}", alike.like.score);
    let is_same = alike.like.score >= SAME_FROM;
    html! {
        div.line {
            p {
                (door(words, &alike.text))
                @if let Some(key) = &alike.like.key { " ↔ " (door(words, key)) }
            }
            span.badge.badge-warn[is_same] { (words.fill("content-same-score", [("score", score.into())])) }
        }
        @if !alike.like.pairs.is_empty() {
            ul.points {
                @for pair in &alike.like.pairs {
                    li { q { (line(&pair.own)) } @if pair.own != pair.other { " ↔ " q { (line(&pair.other)) } } }
                }
            }
        }
    }
}

fn door(words: Words, key: &TextKey) -> Markup {
    let at = At {
        medium: key.medium,
        language: key.language,
        tone: key.tone,
        variant: key.variant,
        person: None,
    };
    html! {
        a href={ "/pieces/" (key.piece) (at.query()) } { (line(&key.name)) }
        span.about { " " (at.words(words)) }
    }
}
