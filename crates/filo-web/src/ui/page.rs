//! The frame of every page: head, places, what was just done, content.

use filo_core::access::Rights;
use maud::{DOCTYPE, Markup, html};

use super::icon::{Icon, loose_thread, mark};
pub(crate) use super::nav::Place;
use super::nav::{choices, side, top};
use super::palette::palette;
use crate::i18n::Words;

/// What a page loads before its first paint, all of it our own.
const FONTS: [&str; 2] = [
    "/assets/hanken-grotesk.woff2",
    "/assets/source-serif-4.woff2",
];

/// Somebody who has logged in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visitor<'a> {
    pub(crate) name: &'a str,
    /// What their forms carry.
    pub(crate) token: &'a str,
    /// Doors to which they have no key are not shown.
    pub(crate) rights: Rights,
}

/// What stands around a page's content.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) words: Words,
    pub(crate) title: &'a str,
    /// Where in the navigation; none for pages without one.
    pub(crate) place: Option<Place>,
    /// Where the page can be read again in another language; none for answers to forms.
    pub(crate) address: Option<&'a str>,
    /// Who looks; none before logging in.
    pub(crate) visitor: Option<Visitor<'a>>,
    /// The key of what was just done, from `?done=`.
    pub(crate) done: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// A page without navigation.
    pub(crate) const fn bare(words: Words, title: &'a str) -> Self {
        Self {
            words,
            title,
            place: None,
            address: None,
            visitor: None,
            done: None,
        }
    }
}

/// A whole page.
pub(crate) fn page(frame: &Frame<'_>, content: &Markup) -> Markup {
    let words = frame.words;
    html! {
        (DOCTYPE)
        html lang=(words.language.tag()) data-theme=[words.theme.forced()] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                title { (frame.title) " · Filo" }
                @for font in FONTS {
                    link rel="preload" href=(font) as="font" type="font/woff2" crossorigin;
                }
                // Columns are as wide as their longest cell: a table that is painted while it
                // arrives moves under the reader's eyes. So nothing is painted before the end.
                @if frame.visitor.is_some() { link rel="expect" href="#palette" blocking="render"; }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/console.css";
                script src="/assets/console.js" defer blocking="render" {}
            }
            body {
                a.skip href="#content" { (words.say("skip-to-content")) }
                @match frame.visitor {
                    Some(visitor) => (inside(frame, visitor, content)),
                    None => (alone(frame, content)),
                }
            }
        }
    }
}

/// A page of somebody who has logged in.
fn inside(frame: &Frame<'_>, visitor: Visitor<'_>, content: &Markup) -> Markup {
    html! {
        div.shell {
            (side(frame, visitor))
            div.canvas {
                (top(frame, visitor))
                (invented(frame.words))
                main #content tabindex="-1" {
                    (toast(frame))
                    (content)
                }
            }
        }
        (palette(frame.words, visitor.rights))
    }
}

/// A page of somebody who has not: one thing on quiet ground.
fn alone(frame: &Frame<'_>, content: &Markup) -> Markup {
    html! {
        div.alone {
            header { a.brand href="/" aria-label="Filo" { (mark()) span { "Filo" } } (invented(frame.words)) }
            main #content tabindex="-1" {
                (toast(frame))
                (content)
            }
            footer.soft { (choices(frame)) }
        }
    }
}

/// A demo says on every page that it is one.
fn invented(words: Words) -> Markup {
    html! {
        @if words.is_invented {
            aside.banner aria-label=(words.say("demo-label")) { p { (words.say("demo-invented")) } }
        }
    }
}

fn toast(frame: &Frame<'_>) -> Markup {
    let text = frame.done.and_then(|done| done_text(frame.words, done));
    html! {
        @if let Some(text) = text {
            div.toast role="status" data-toast {
                (Icon::Check.draw())
                span { (text) }
            }
        }
    }
}

/// Only keys that begin with `done-` are texts for here, so a link cannot show any other.
fn done_text(words: Words, done: &str) -> Option<String> {
    let plain = done.len() <= 40
        && done
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !plain {
        return None;
    }
    words
        .look_up(&format!("done-{done}"))
        .map(std::borrow::Cow::into_owned)
}

/// Where there is nothing yet, and what to do about it.
pub(crate) fn empty(title: &str, hint: &Markup) -> Markup {
    html! {
        div.empty {
            (loose_thread())
            p.empty-title { (title) }
            (hint)
        }
    }
}
