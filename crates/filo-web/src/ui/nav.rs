//! The places of the console, what one looks for, and who one is: at the side of a screen, above
//! and below on a phone.

use maud::{Markup, html};

use super::icon::{Icon, mark};
use super::monogram::monogram;
use super::page::Frame;
use super::shown;
use crate::i18n::{Language, Theme};

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Incidents,
    People,
    Sources,
    Quarantine,
    Settings,
}

/// A door in the navigation: where it leads, its sign, its word, what lies behind it.
struct Door {
    address: &'static str,
    icon: Icon,
    key: &'static str,
    places: &'static [Place],
}

const DOORS: [Door; 4] = [
    Door {
        address: "/",
        icon: Icon::Today,
        key: "place-today",
        places: &[Place::Today, Place::Incidents],
    },
    Door {
        address: "/people",
        icon: Icon::People,
        key: "place-people",
        places: &[Place::People],
    },
    Door {
        address: "/sources",
        icon: Icon::Sources,
        key: "place-sources",
        places: &[Place::Sources, Place::Quarantine],
    },
    Door {
        address: "/settings",
        icon: Icon::Settings,
        key: "place-settings",
        places: &[Place::Settings],
    },
];

/// The places, and on a wide screen what is around them.
pub(super) fn side(frame: &Frame<'_>, visitor: (&str, &str)) -> Markup {
    let words = frame.words;
    html! {
        header.side {
            a.brand href="/" aria-label="Filo" { (mark()) span { "Filo" } }
            a.find href="/people" data-palette {
                (Icon::Search.draw())
                (words.say("find"))
                kbd aria-hidden="true" { "Ctrl K" }
            }
            nav.places aria-label=(words.say("navigation")) {
                @for door in &DOORS {
                    @let here = frame.place.is_some_and(|place| door.places.contains(&place));
                    a href=(door.address) aria-current=[here.then_some("page")] {
                        (door.icon.draw())
                        span { (words.say(door.key)) }
                    }
                }
            }
            div.side-foot { (me(frame, visitor)) }
        }
    }
}

/// The bar above, on a phone.
pub(super) fn top(frame: &Frame<'_>, visitor: (&str, &str)) -> Markup {
    html! {
        div.top role="region" aria-label=(frame.words.say("top-bar")) {
            a.brand href="/" aria-label="Filo" { (mark()) span { "Filo" } }
            div.actions {
                a.button.plain.round href="/people" data-palette aria-label=(frame.words.say("find")) {
                    (Icon::Search.draw())
                }
                (me(frame, visitor))
            }
        }
    }
}

/// Who looks: their account, the language, the light, the way out.
fn me(frame: &Frame<'_>, (name, token): (&str, &str)) -> Markup {
    let words = frame.words;
    html! {
        details.me data-menu {
            summary {
                (monogram(name, ""))
                span.who { (shown::line(name)) }
            }
            div.menu {
                (choices(frame))
                form method="post" action="/logout" {
                    input type="hidden" name="token" value=(token);
                    button type="submit" { (words.say("log-out")) }
                }
            }
        }
    }
}

/// The same page in another language or light; nothing where a page cannot be asked for again.
pub(super) fn choices(frame: &Frame<'_>) -> Markup {
    let Some(address) = frame.address else {
        return html! {};
    };
    let words = frame.words;
    let joint = if address.contains('?') { '&' } else { '?' };
    html! {
        div.pair role="group" aria-label=(words.say("choose-language")) {
            @for language in Language::ALL {
                a href={ (address) (joint) "lang=" (language.tag()) } lang=(language.tag())
                    hreflang=(language.tag()) aria-current=[(language == words.language).then_some("true")] {
                    (language.name())
                }
            }
        }
        div.pair role="group" aria-label=(words.say("choose-theme")) {
            @for theme in Theme::ALL {
                a href={ (address) (joint) "theme=" (theme.word()) }
                    aria-current=[(theme == words.theme).then_some("true")] {
                    (words.say(&format!("theme-{}", theme.word())))
                }
            }
        }
    }
}
