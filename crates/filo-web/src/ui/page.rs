//! The frame of every page: head, navigation, message, content.

use maud::{DOCTYPE, Markup, html};

use crate::i18n::{Language, Words};

/// A place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    People,
    Sources,
    Quarantine,
    Incidents,
    Webhooks,
}

impl Place {
    const ALL: [Self; 5] = [
        Self::People,
        Self::Sources,
        Self::Quarantine,
        Self::Incidents,
        Self::Webhooks,
    ];

    const fn address(self) -> &'static str {
        match self {
            Self::People => "/people",
            Self::Sources => "/sources",
            Self::Quarantine => "/quarantine",
            Self::Incidents => "/incidents",
            Self::Webhooks => "/settings/webhooks",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::People => "place-people",
            Self::Sources => "place-sources",
            Self::Quarantine => "place-quarantine",
            Self::Incidents => "place-incidents",
            Self::Webhooks => "place-webhooks",
        }
    }
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
    /// Who looks, by name, and the token of the forms; none before logging in.
    pub(crate) visitor: Option<(&'a str, &'a str)>,
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
        html lang=(words.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (frame.title) " · Filo" }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/console.css";
                script src="/assets/console.js" defer {}
            }
            body {
                a.skip href="#content" { (words.say("skip-to-content")) }
                (bar(frame))
                main #content tabindex="-1" {
                    @if let Some(text) = frame.done.and_then(|done| done_text(words, done)) {
                        p.notice.notice-good role="status" { (text) }
                    }
                    (content)
                }
            }
        }
    }
}

fn bar(frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! {
        header.bar {
            a.brand href="/people" aria-label="Filo" { (logo()) span { "Filo" } }
            @if let Some((name, token)) = frame.visitor {
                nav.places aria-label=(words.say("navigation")) {
                    @for place in Place::ALL {
                        a href=(place.address()) aria-current=[(frame.place == Some(place)).then_some("page")] {
                            (words.say(place.key()))
                        }
                    }
                }
                div.visitor {
                    (languages(frame))
                    span.visitor-name { (crate::ui::shown::line(name)) }
                    form method="post" action="/logout" {
                        input type="hidden" name="token" value=(token);
                        button.link type="submit" { (words.say("log-out")) }
                    }
                }
            } @else {
                div.visitor { (languages(frame)) }
            }
        }
    }
}

/// The same page in the other languages.
fn languages(frame: &Frame<'_>) -> Markup {
    let Some(address) = frame.address else {
        return html! {};
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    html! {
        @for language in Language::ALL.into_iter().filter(|other| *other != frame.words.language) {
            a.language href={ (address) (joint) "lang=" (language.tag()) } lang=(language.tag()) hreflang=(language.tag()) {
                (language.name())
            }
        }
    }
}

/// Two strands that become one thread.
fn logo() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" {
            path d="M3 5c6 0 6 7 11 7h7" {}
            path d="M3 19c6 0 6-7 11-7" {}
            circle cx="21" cy="12" r="1.6" {}
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
            p.empty-title { (title) }
            (hint)
        }
    }
}
