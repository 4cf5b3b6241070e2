//! What the rules were before, who changed them, and the way back.

use filo_app::{RuleChange, RulesView};
use filo_core::identity::JoiningRules;
use maud::{Markup, html};

use super::form::limit_words;
use crate::console::person::reason::kind_word;
use crate::i18n::Words;
use crate::ui::form::button_form;
use crate::ui::shown as display;

pub(super) fn list(words: Words, view: &RulesView, token: &str) -> Markup {
    html! {
        section.rule-history {
            h2 { (words.say("rules-history")) }
            @if view.history.is_empty() {
                p.soft { (words.say("rules-history-none")) }
            } @else {
                ul.list.card {
                    @for (at, change) in view.history.iter().enumerate() {
                        (version(words, view, change, view.history.get(at + 1), token))
                    }
                }
            }
        }
    }
}

fn version(
    words: Words,
    view: &RulesView,
    change: &RuleChange,
    before: Option<&RuleChange>,
    token: &str,
) -> Markup {
    let counts = change.version == view.version;
    html! {
        li {
            div.line {
                strong { (words.date_time(change.at)) }
                @if counts { span.badge { (words.say("rules-count-now")) } }
            }
            p.about {
                @match &change.by {
                    Some(by) => { (words.say("rules-changed-by")) " " (display::line(by)) }
                    None => (words.say("rules-of-filo")),
                }
            }
            @if let Some(before) = before {
                ul.rule-changes {
                    @for line in changes(words, &before.rules, &change.rules) { li { (line) } }
                }
            }
            @if !counts {
                (button_form("/settings/identity/return", token,
                    &[("to", &change.version.to_string()), ("version", &view.version.to_string())],
                    &words.say("rules-go-back"), "small"))
            }
        }
    }
}

/// What differs, in sentences.
fn changes(words: Words, before: &JoiningRules, after: &JoiningRules) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in JoiningRules::kinds() {
        let (old, new) = (before.limits.of(kind), after.limits.of(kind));
        if old != new {
            let from_to = [
                ("what", kind_word(words, kind).into()),
                ("before", limit_words(words, old).into()),
                ("after", limit_words(words, new).into()),
            ];
            lines.push(words.fill("rule-changed", from_to));
        }
    }
    if before.suspect_links != after.suspect_links {
        let from_to = [
            ("what", words.say("rule-suspect").into()),
            ("before", before.suspect_links.to_string().into()),
            ("after", after.suspect_links.to_string().into()),
        ];
        lines.push(words.fill("rule-changed", from_to));
    }
    if before.blocked != after.blocked {
        lines.push(words.say("rule-changed-blocked").into_owned());
    }
    lines
}
