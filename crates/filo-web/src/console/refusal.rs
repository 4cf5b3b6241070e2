//! What the app refuses, in the words of who reads: its own texts speak English, for programs.
//!
//! **Invariant:** every text in the table is one of the app's, and has its words in every language;
//! a text that is not in it is shown as it is, and said to be English.

use crate::i18n::Words;

/// The app's text without its numbers, and what it is called in the catalogues (`refused-…`).
const TEXTS: &[(&str, &str)] = &[
    ("a key cannot do more than its maker", "key-above"),
    ("nobody invites to a role above their own", "invite-above"),
    ("nobody changes who stands above them", "person-above"),
    ("nobody gives a role above their own", "role-above"),
    (
        "only for people below; for an owner: filo user reset",
        "link-above",
    ),
    ("it was used or taken back already", "invite-gone"),
    ("this address has an account", "has-account"),
    ("there is an account already", "first-account"),
    (
        "this is the last owner: make another owner first",
        "last-owner",
    ),
    ("a second factor is set up already", "factor-there"),
    (
        "no second factor waits to be confirmed",
        "factor-not-offered",
    ),
    ("there is no second factor", "factor-none"),
    (
        "the company asks owners and admins for a second factor",
        "factor-required",
    ),
    ("this source sends without a key", "source-keyless"),
    ("it is not open any more", "quarantine-closed"),
    ("a backup or a drill is under way", "backup-busy"),
    (
        "another node applies events: make the backup there",
        "backup-elsewhere",
    ),
    (
        "the webhook is disabled: enable it first",
        "webhook-disabled",
    ),
    (
        "there are  webhooks already: remove one first",
        "webhooks-many",
    ),
    ("the request is closed already", "request-closed"),
    ("the request is checked already", "request-checked"),
    (
        "nobody has shown yet that the request is theirs",
        "request-unchecked",
    ),
    ("the request was extended already", "request-extended"),
    (
        "a request can be extended only within its first month",
        "request-late",
    ),
    ("the request is open", "request-open"),
    ("nothing is left of who asked", "request-forgotten"),
    (
        "somebody else was first: look at the request again",
        "request-second",
    ),
    (
        "there are  audiences already: remove one first",
        "audiences-many",
    ),
    (
        "everybody is being taken out of this audience: keep it first",
        "audience-ending",
    ),
    (
        "the audience is paused: take it up again first",
        "audience-paused",
    ),
    ("at most  views", "views-many"),
    ("another node applies events: ask there", "sql-elsewhere"),
    (
        "there are  saved questions already: remove one first",
        "queries-many",
    ),
    (
        "others are changing the views at this moment: try again",
        "views-busy",
    ),
];

/// A refusal in the reader's language; none if it has no words there.
pub(super) fn said(words: Words, detail: &str) -> Option<String> {
    let plain = without_numbers(detail);
    let (_, key) = TEXTS.iter().find(|(text, _)| *text == plain)?;
    Some(words.say(&format!("refused-{key}")).into_owned())
}

fn without_numbers(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::i18n::Language;

    /// The texts of the app's sources, with line ends of the code undone and numbers left out.
    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn every_text_is_one_of_the_apps_and_has_its_words() {
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../filo-app/src");
        let mut code = String::new();
        sources(&app, &mut code);
        // What is filled in is a number.
        let code: String = code
            .replace("{WEBHOOKS_MOST}", "")
            .replace("{AUDIENCES_MOST}", "")
            .replace("{VIEWS_MOST}", "")
            .replace("{QUERIES_MOST}", "");
        for (text, key) in TEXTS {
            assert!(code.contains(text), "nobody says: {text}");
            for language in Language::ALL {
                let key = format!("refused-{key}");
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn numbers_do_not_hide_a_text() {
        let words = Words::of(Language::Italian);
        assert!(said(words, "there are 20 webhooks already: remove one first").is_some());
        assert_eq!(said(words, "something new"), None);
    }
}
