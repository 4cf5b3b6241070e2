//! The form of the rules: each in a sentence with its value.

use std::collections::BTreeMap;

use compact_str::CompactString;
use filo_core::identity::{Blocked, JoiningRules, Kind, Limit, Strength, Window};
use maud::{Markup, html};
use serde::Deserialize;

use super::HERE;
use crate::console::person::reason::kind_word;
use crate::i18n::Words;
use crate::ui::form::{Field, form as posting};

/// The form as it was filled in, by the names of its fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(in crate::console) struct Given(BTreeMap<String, String>);

fn window_field(kind: Kind) -> String {
    format!("{}_window", kind.word())
}

impl Given {
    pub(super) fn of(rules: &JoiningRules, version: u32) -> Self {
        let lines = |texts: Vec<&str>| texts.join("\n");
        let mut given = BTreeMap::from([
            ("version".to_owned(), version.to_string()),
            ("suspect_links".to_owned(), rules.suspect_links.to_string()),
            (
                "blocked".to_owned(),
                lines(rules.blocked.values().collect()),
            ),
            (
                "mailboxes".to_owned(),
                lines(rules.blocked.mailboxes().collect()),
            ),
        ]);
        for kind in JoiningRules::kinds() {
            let limit = rules.limits.of(kind);
            given.insert(kind.word().to_owned(), limit.most.to_string());
            given.insert(window_field(kind), limit.window.word().to_owned());
        }
        Self(given)
    }

    fn field(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    pub(super) fn version(&self) -> u32 {
        // 0 is no version, so it is told that the rules are others by now.
        self.field("version").parse().unwrap_or(0)
    }

    pub(super) fn made_from(mut self, version: u32) -> Self {
        self.0.insert("version".to_owned(), version.to_string());
        self
    }

    /// Whether they are to be saved without being tried.
    pub(super) fn saves(&self) -> bool {
        self.field("act") == "save"
    }

    /// The rules, or the field that cannot be read.
    pub(super) fn read(&self, now: &JoiningRules) -> Result<JoiningRules, String> {
        let mut limits = now.limits.clone();
        for kind in JoiningRules::kinds() {
            let wrong = |_not_one| kind.word().to_owned();
            let most: u32 = self.field(kind.word()).parse().map_err(wrong)?;
            let window = Window::from_word(self.field(&window_field(kind)))
                .ok_or_else(|| kind.word().to_owned())?;
            limits = limits.with(kind, most, window);
        }
        let suspect_links = self.field("suspect_links").parse();
        let lines = |name: &str| -> Vec<CompactString> {
            let lines = self.field(name).lines().map(str::trim);
            lines.filter(|it| !it.is_empty()).map(Into::into).collect()
        };
        Ok(JoiningRules {
            limits,
            suspect_links: suspect_links.map_err(|_not_one| "suspect_links".to_owned())?,
            blocked: Blocked::new(lines("blocked"), lines("mailboxes")),
        })
    }
}

/// A limit in words: "5 in a year".
pub(super) fn limit_words(words: Words, limit: Limit) -> String {
    let key = format!("rule-within-{}", limit.window.word());
    words.fill(&key, [("most", limit.most.into())])
}

pub(super) fn form(words: Words, given: &Given, wrong: Option<&str>, token: &str) -> Markup {
    let of =
        |strength: Strength| JoiningRules::kinds().filter(move |kind| kind.strength() == strength);
    let device_is_wrong = of(Strength::Device).any(|kind| wrong == Some(kind.word()));
    let fields = html! {
        input type="hidden" name="version" value=(given.version());
        @for kind in of(Strength::Person) { (limit(words, given, wrong, kind)) }
        details.rule-more open[device_is_wrong] {
            summary { (words.say("rules-devices")) }
            p.about { (words.say("rules-devices-hint")) }
            @for kind in of(Strength::Device) { (limit(words, given, wrong, kind)) }
        }
        (suspects(words, given, wrong))
        (blocked(words, given, wrong))
        div.rule-acts {
            button type="submit" name="act" value="try" { (words.say("rules-try")) }
            details.second-thought {
                summary { (words.say("rules-untried")) }
                p.about { (words.say("rules-untried-hint")) }
                button.small type="submit" name="act" value="save" { (words.say("rules-save-untried")) }
            }
        }
    };
    html! {
        section.card.rules {
            h2 { (words.say("rules-title")) }
            p.about { (words.say("rules-hint")) }
            (posting(HERE, token, &fields))
        }
    }
}

fn limit(words: Words, given: &Given, wrong: Option<&str>, kind: Kind) -> Markup {
    let name = kind_word(words, kind);
    let said = Window::from_word(given.field(&window_field(kind)))
        .zip(given.field(kind.word()).parse().ok())
        .map(|(window, most)| limit_words(words, Limit { most, window }));
    let window_name = window_field(kind);
    let options = Window::ALL.map(|window| {
        let key = format!("rule-window-{}", window.word());
        (window.word(), words.say(&key).into_owned())
    });
    let options: Vec<(&str, &str)> = options.iter().map(|(it, name)| (*it, &**name)).collect();
    let fault = (wrong == Some(kind.word())).then(|| words.say("wrong-rule-limit"));
    html! {
        fieldset.rule {
            legend { (name) }
            @if let Some(said) = said { p.about { (words.fill("rule-limit", [("limit", said.into())])) } }
            div.rule-fields {
                (Field { name: kind.word(), label: &words.say("rule-most"), value: given.field(kind.word()),
                    wrong: fault.as_deref(), required: true, length_most: 3, ..Field::default() }.input())
                (Field { name: &window_name, label: &words.say("rule-window"),
                    value: given.field(&window_name), ..Field::default() }.select(&options))
            }
        }
    }
}

fn suspects(words: Words, given: &Given, wrong: Option<&str>) -> Markup {
    let fault = (wrong == Some("suspect_links")).then(|| words.say("wrong-rule-suspect"));
    html! {
        fieldset.rule {
            legend { (words.say("rule-suspect")) }
            p.about { (words.say("rule-suspect-hint")) }
            (Field { name: "suspect_links", label: &words.say("rule-suspect-most"),
                value: given.field("suspect_links"), wrong: fault.as_deref(), required: true,
                length_most: 3, ..Field::default() }.input())
        }
    }
}

fn blocked(words: Words, given: &Given, wrong: Option<&str>) -> Markup {
    let fault = (wrong == Some("blocked")).then(|| words.say("wrong-rule-blocked"));
    html! {
        details.rule-more open[fault.is_some()] {
            summary { (words.say("rules-blocked")) }
            p.about { (words.say("rules-blocked-hint")) }
            (Field { name: "blocked", label: &words.say("rule-blocked"), value: given.field("blocked"),
                hint: Some(&words.say("rule-blocked-hint")), wrong: fault.as_deref(),
                ..Field::default() }.code(8))
            (Field { name: "mailboxes", label: &words.say("rule-mailboxes"), value: given.field("mailboxes"),
                hint: Some(&words.say("rule-mailboxes-hint")), ..Field::default() }.code(8))
        }
    }
}
