//! Looking for anything from anywhere: a dialog that the script opens with Ctrl K and fills from
//! `/people/suggestions`. Without a script it is never opened, and the search of the list serves.

use filo_core::access::{Right, Rights};
use maud::{Markup, html};

use super::icon::Icon;
use crate::i18n::Words;

/// Where one can go without looking for anybody: address, sign, word, and what one must be allowed.
const DOORS: [(&str, Icon, &str, Option<Right>); 15] = [
    ("/", Icon::Today, "place-today", None),
    (
        "/people",
        Icon::People,
        "place-people",
        Some(Right::SeePeople),
    ),
    (
        "/segments",
        Icon::Segments,
        "place-segments",
        Some(Right::ListPeople),
    ),
    (
        "/journeys",
        Icon::Flow,
        "place-journeys",
        Some(Right::ListPeople),
    ),
    ("/tasks", Icon::Check, "place-tasks", Some(Right::DoTasks)),
    (
        "/computed-traits",
        Icon::List,
        "place-computed",
        Some(Right::ListPeople),
    ),
    (
        "/pieces",
        Icon::Pen,
        "place-content",
        Some(Right::SeeFigures),
    ),
    (
        "/promotions",
        Icon::Cart,
        "promotion-title",
        Some(Right::SeeFigures),
    ),
    (
        "/quality",
        Icon::Check,
        "quality-title",
        Some(Right::ListPeople),
    ),
    (
        "/sources",
        Icon::Sources,
        "place-sources",
        Some(Right::SeeSources),
    ),
    (
        "/live",
        Icon::Flow,
        "place-live",
        Some(Right::SeeQuarantine),
    ),
    (
        "/quarantine",
        Icon::Shield,
        "place-quarantine",
        Some(Right::SeeQuarantine),
    ),
    (
        "/incidents",
        Icon::Alert,
        "place-incidents",
        Some(Right::SeeIncidents),
    ),
    (
        "/settings",
        Icon::Settings,
        "place-settings",
        Some(Right::ManageSettings),
    ),
    ("/components", Icon::List, "components", None),
];

pub(super) fn palette(words: Words, rights: Rights) -> Markup {
    let open = |right: Option<Right>| right.is_none_or(|right| rights.have(right));
    html! {
        dialog.palette #palette aria-label=(words.say("find")) {
            input #palette-input type="search" role="combobox" aria-expanded="true"
                aria-controls="palette-list" aria-autocomplete="list" autocomplete="off"
                spellcheck="false" maxlength="200"
                aria-label=(words.say("find-hint")) placeholder=(words.say("find-hint"));
            div #palette-list role="listbox" aria-label=(words.say("find")) {
                div #palette-found role="presentation" {}
                div #palette-places role="presentation" {
                    @for (address, icon, key, _) in DOORS.into_iter().filter(|(.., right)| open(*right)) {
                        a role="option" tabindex="-1" href=(address) aria-selected="false" {
                            (icon.draw()) (words.say(key))
                        }
                    }
                }
            }
            footer aria-hidden="true" {
                span { kbd { "↑" } kbd { "↓" } " " (words.say("find-move")) }
                span { kbd { "↵" } " " (words.say("find-open")) }
                span { kbd { "Esc" } " " (words.say("find-close")) }
            }
        }
        dialog #shortcuts aria-labelledby="shortcuts-title" {
            div.shortcuts {
                form.head method="dialog" {
                    h2 #shortcuts-title { (words.say("shortcuts-title")) }
                    button.quiet.small { (words.say("shortcuts-close")) }
                }
                span { kbd { "Ctrl" } " " kbd { "K" } } span { (words.say("shortcut-find")) }
                span { kbd { "/" } } span { (words.say("shortcut-search")) }
                span { kbd { "g" } " " kbd { "o" } } span { (words.say("place-today")) }
                span { kbd { "g" } " " kbd { "p" } } span { (words.say("place-people")) }
                span { kbd { "g" } " " kbd { "e" } } span { (words.say("place-segments")) }
                span { kbd { "g" } " " kbd { "s" } } span { (words.say("place-sources")) }
                span { kbd { "g" } " " kbd { "i" } } span { (words.say("place-settings")) }
                span { kbd { "j" } " " kbd { "k" } } span { (words.say("shortcut-move")) }
                span { kbd { "n" } } span { (words.say("shortcut-note")) }
                span { kbd { "?" } } span { (words.say("shortcuts-title")) }
            }
        }
    }
}
