//! The pages of the settings: a list at the side of a screen, a page of rows on a phone.

use filo_core::access::{Right, Rights};
use maud::{Markup, html};

use super::icon::Icon;
use crate::i18n::Words;

/// One page: where it is, its sign, and the keys of its name and of what it is for
/// (`settings-…` and `settings-…-lead`).
struct Row {
    address: &'static str,
    icon: Icon,
    key: &'static str,
    /// What one must be allowed to open it.
    right: Right,
}

const ROWS: [Row; 21] = [
    Row {
        address: "/settings/company",
        icon: Icon::Shop,
        key: "settings-company",
        right: Right::ManageSettings,
    },
    Row {
        address: "/users",
        icon: Icon::People,
        key: "settings-users",
        right: Right::ManageUsers,
    },
    Row {
        address: "/settings/sign-on",
        icon: Icon::Shield,
        key: "settings-sign-on",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/identity",
        icon: Icon::Join,
        key: "settings-identity",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/consent",
        icon: Icon::Check,
        key: "settings-consent",
        right: Right::SeeFigures,
    },
    Row {
        address: "/settings/messages",
        icon: Icon::Mail,
        key: "settings-messages",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/tracking",
        icon: Icon::Search,
        key: "settings-tracking",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/prices",
        icon: Icon::Cart,
        key: "settings-prices",
        right: Right::ManageSettings,
    },
    Row {
        address: "/suppressions",
        icon: Icon::Shield,
        key: "settings-suppressions",
        right: Right::ListPeople,
    },
    Row {
        address: "/settings/duplicates",
        icon: Icon::Group,
        key: "settings-duplicates",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/mail",
        icon: Icon::Mail,
        key: "settings-mail",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/channels",
        icon: Icon::Flow,
        key: "settings-channels",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/advertising",
        icon: Icon::Group,
        key: "settings-advertising",
        right: Right::ManageSettings,
    },
    Row {
        address: "/settings/keys",
        icon: Icon::Key,
        key: "settings-keys",
        right: Right::ManageKeys,
    },
    Row {
        address: "/settings/webhooks",
        icon: Icon::Flow,
        key: "settings-webhooks",
        right: Right::ManageWebhooks,
    },
    Row {
        address: "/settings/backups",
        icon: Icon::Copy,
        key: "settings-backups",
        right: Right::ManageBackups,
    },
    Row {
        address: "/requests",
        icon: Icon::Mail,
        key: "settings-requests",
        right: Right::HandlePrivacy,
    },
    Row {
        address: "/settings/erasures",
        icon: Icon::Shield,
        key: "settings-erasures",
        right: Right::HandlePrivacy,
    },
    Row {
        address: "/settings/retention",
        icon: Icon::Today,
        key: "settings-retention",
        right: Right::HandlePrivacy,
    },
    Row {
        address: "/settings/register",
        icon: Icon::Note,
        key: "settings-register",
        right: Right::HandlePrivacy,
    },
    Row {
        address: "/settings/audit",
        icon: Icon::List,
        key: "settings-audit",
        right: Right::SeeAudit,
    },
];

/// The pages that somebody may open.
fn open(rights: Rights) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| rights.have(row.right))
}

/// Every page with what it is for.
pub(crate) fn overview(words: Words, rights: Rights) -> Markup {
    html! {
        ul.settings-rows {
            @for row in open(rights) {
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
pub(crate) fn settings(words: Words, rights: Rights, here: &str, content: &Markup) -> Markup {
    html! {
        div.settings {
            nav.settings-nav aria-label=(words.say("place-settings")) {
                @for row in open(rights) {
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
