//! The places of the console, what one looks for, and who one is: at the side of a screen, above
//! and below on a phone.

use filo_core::access::Right;
use maud::{Markup, html};

use super::icon::{Icon, mark};
use super::monogram::monogram;
use super::page::{Frame, Visitor};
use super::shown;
use crate::i18n::{Language, Theme};

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Incidents,
    People,
    Segments,
    Journeys,
    Tasks,
    Content,
    Messages,
    Analysis,
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
    /// What one must be allowed to find anything there; none where a login is enough.
    right: Option<Right>,
}

const DOORS: [Door; 9] = [
    Door {
        address: "/",
        icon: Icon::Today,
        key: "place-today",
        places: &[Place::Today, Place::Tasks, Place::Incidents],
        right: None,
    },
    Door {
        address: "/people",
        icon: Icon::People,
        key: "place-people",
        places: &[Place::People],
        right: Some(Right::SeePeople),
    },
    Door {
        address: "/segments",
        icon: Icon::Segments,
        key: "place-segments",
        places: &[Place::Segments],
        right: Some(Right::ListPeople),
    },
    Door {
        address: "/journeys",
        icon: Icon::Flow,
        key: "place-journeys",
        places: &[Place::Journeys],
        right: Some(Right::ListPeople),
    },
    Door {
        address: "/pieces",
        icon: Icon::Pen,
        key: "place-content",
        places: &[Place::Content],
        right: Some(Right::SeeFigures),
    },
    Door {
        address: "/messages",
        icon: Icon::Mail,
        key: "place-messages",
        places: &[Place::Messages],
        right: Some(Right::ListPeople),
    },
    Door {
        address: "/analysis",
        icon: Icon::Ways,
        key: "place-analysis",
        places: &[Place::Analysis],
        right: Some(Right::SeeFigures),
    },
    Door {
        address: "/sources",
        icon: Icon::Sources,
        key: "place-sources",
        places: &[Place::Sources, Place::Quarantine],
        right: Some(Right::SeeSources),
    },
    Door {
        address: "/settings",
        icon: Icon::Settings,
        key: "place-settings",
        places: &[Place::Settings],
        right: Some(Right::ManageSettings),
    },
];

/// The places, and on a wide screen what is around them.
pub(super) fn side(frame: &Frame<'_>, visitor: Visitor<'_>) -> Markup {
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
                @for door in DOORS.iter().filter(|door| door.right.is_none_or(|right| visitor.rights.have(right))) {
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
pub(super) fn top(frame: &Frame<'_>, visitor: Visitor<'_>) -> Markup {
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
fn me(frame: &Frame<'_>, visitor: Visitor<'_>) -> Markup {
    let words = frame.words;
    html! {
        details.me data-menu {
            summary {
                (monogram(visitor.name, ""))
                span.who { (shown::line(visitor.name)) }
            }
            div.menu {
                a href="/account" { (words.say("account-title")) }
                (choices(frame))
                form method="post" action="/logout" {
                    input type="hidden" name="token" value=(visitor.token);
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
