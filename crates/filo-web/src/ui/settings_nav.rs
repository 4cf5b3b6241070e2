//! The pages of the settings: a list at the side of a screen, a page of rows on a phone.

use maud::{Markup, html};

use super::icon::Icon;
use crate::i18n::Words;

/// One page: where it is, its sign, and the keys of its name and of what it is for
/// (`settings-…` and `settings-…-lead`).
struct Row {
    address: &'static str,
    icon: Icon,
    key: &'static str,
}

const ROWS: [Row; 5] = [
    Row {
        address: "/settings/company",
        icon: Icon::Shop,
        key: "settings-company",
    },
    Row {
        address: "/settings/identity",
        icon: Icon::Join,
        key: "settings-identity",
    },
    Row {
        address: "/settings/keys",
        icon: Icon::Key,
        key: "settings-keys",
    },
    Row {
        address: "/settings/backups",
        icon: Icon::Copy,
        key: "settings-backups",
    },
    Row {
        address: "/settings/audit",
        icon: Icon::List,
        key: "settings-audit",
    },
];

/// Every page with what it is for.
pub(crate) fn overview(words: Words) -> Markup {
    html! {
        ul.settings-rows {
            @for row in &ROWS {
                li {
                    a href=(row.address) {
                        span.sign { (row.icon.draw()) }
                        span {
                            strong { (words.say(row.key)) }
                            span.about { (words.say(&format!("{}-lead", row.key))) }
                        }
                    }
                }
            }
        }
    }
}

/// A page of the settings beside the list of the others.
pub(crate) fn settings(words: Words, here: &str, content: &Markup) -> Markup {
    html! {
        div.settings {
            nav.settings-nav aria-label=(words.say("place-settings")) {
                @for row in &ROWS {
                    a href=(row.address) aria-current=[(row.address == here).then_some("page")] {
                        (row.icon.draw())
                        (words.say(row.key))
                    }
                }
            }
            div.settings-page {
                p.settings-back { a.back href="/settings" { (Icon::Back.draw()) (words.say("place-settings")) } }
                (content)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_row_has_its_words() {
        for language in Language::ALL {
            for row in &ROWS {
                for key in [row.key.to_owned(), format!("{}-lead", row.key)] {
                    assert!(Words::of(language).look_up(&key).is_some(), "{key}");
                }
            }
        }
    }
}
