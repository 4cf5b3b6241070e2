//! The forms of steps and of what surrounds them: each drawn from pairs, which are what was sent
//! or what a step says.
//!
//! **Invariant:** whatever was typed is still there when a form comes back.

use std::collections::BTreeMap;

use filo_core::access::Role;
use filo_core::journey::{Action, AskKind, Fact, LateThen};
use filo_core::message::Medium;
use filo_core::segment::Unit;
use maud::{Markup, html};

use crate::console::segment::Pairs;
use crate::i18n::Words;
use crate::sentence::journey::JourneyNames;
use crate::ui::form::Field;
use crate::ui::shown::line;
use crate::verdict::medium_name;

/// What is wrong, by field.
pub(super) type Wrong = BTreeMap<String, String>;

/// The words of the days of the week, Monday first.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Empty rows for further ways.
const SPARE_ROWS: usize = 1;

/// A value of pairs; the empty text if there is none.
pub(super) fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    let found = pairs.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

pub(super) const fn fact_name(fact: Fact) -> &'static str {
    match fact {
        Fact::LastOrder => "fact-order",
        Fact::Said => "fact-said",
        Fact::Why => "fact-why",
    }
}

/// A form: what is in it, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) words: Words,
    pub(super) pairs: &'a Pairs,
    pub(super) wrong: &'a Wrong,
    pub(super) names: &'a JourneyNames,
}

impl Drawing<'_> {
    pub(super) fn is_set(&self, name: &str) -> bool {
        !value(self.pairs, name).is_empty()
    }

    /// One line of text.
    pub(super) fn line(&self, name: &str, key: &str, most: usize) -> Markup {
        let hint = self.words.look_up(&format!("{key}-hint"));
        Field {
            name,
            label: &self.words.say(key),
            value: value(self.pairs, name),
            hint: hint.as_deref(),
            wrong: self.wrong.get(name).map(String::as_str),
            length_most: most,
            ..Field::default()
        }
        .input()
    }

    /// A condition, or an event, as text.
    pub(super) fn code(&self, name: &str, key: &str, rows: u8) -> Markup {
        let hint = self.words.look_up(&format!("{key}-hint"));
        Field {
            name,
            label: &self.words.say(key),
            value: value(self.pairs, name),
            hint: hint.as_deref(),
            wrong: self.wrong.get(name).map(String::as_str),
            ..Field::default()
        }
        .code(rows)
    }

    pub(super) fn select(&self, name: &str, key: &str, options: &[(String, String)]) -> Markup {
        let hint = self.words.look_up(&format!("{key}-hint"));
        let options: Vec<(&str, &str)> = options
            .iter()
            .map(|(value, label)| (value.as_str(), label.as_str()))
            .collect();
        Field {
            name,
            label: &self.words.say(key),
            value: value(self.pairs, name),
            hint: hint.as_deref(),
            wrong: self.wrong.get(name).map(String::as_str),
            ..Field::default()
        }
        .select(&options)
    }

    pub(super) fn check(&self, name: &str, key: &str) -> Markup {
        html! {
            label.check {
                input type="checkbox" name=(name) value="1" checked[self.is_set(name)];
                span { (self.words.say(key)) }
            }
        }
    }

    /// So many minutes, hours, days or weeks.
    pub(super) fn span(&self, name: &str, key: &str) -> Markup {
        let (amount, unit) = (format!("{name}-amount"), format!("{name}-unit"));
        let unit_is = match value(self.pairs, &unit) {
            "" => Unit::Days.word(),
            word => word,
        };
        let wrong = self.wrong.get(&amount);
        html! {
            div.field {
                label for={ "field-" (amount) } { (self.words.say(key)) }
                div.pair-fields {
                    input #{ "field-" (amount) } type="text" inputmode="numeric" name=(amount)
                        value=(value(self.pairs, &amount)) maxlength="6" aria-invalid=[wrong.map(|_| "true")];
                    select name=(unit) aria-label=(self.words.say("journey-unit")) {
                        @for it in Unit::ALL {
                            option value=(it.word()) selected[it.word() == unit_is] {
                                (self.words.say(&format!("journey-unit-{}", it.word())))
                            }
                        }
                    }
                }
                @if let Some(hint) = self.words.look_up(&format!("{key}-hint")) { p.hint { (hint) } }
                @if let Some(wrong) = wrong { p.wrong { (wrong) } }
            }
        }
    }

    /// The fields of a step.
    pub(super) fn step(&self, action: &Action) -> Markup {
        let words = self.words;
        match action {
            Action::Wait(_) => html! {
                (self.span("for", "journey-field-for"))
                (self.moment())
                (self.late())
            },
            Action::WaitForDate(_) => html! {
                (self.line("key", "journey-field-key", 60))
                (self.line("days", "journey-field-days", 5))
                (self.check("yearly", "journey-field-yearly"))
                (self.line("at", "journey-field-at", 5))
                (self.check("missing", "journey-field-missing"))
                (self.late())
            },
            Action::WaitForEvent(_) => html! {
                (self.code("event", "journey-field-event", 2))
                (self.span("within", "journey-field-within"))
            },
            Action::WaitUntil(_) => html! {
                (self.code("if", "journey-field-if", 3))
                (self.span("within", "journey-field-within"))
            },
            Action::Branch(_) => self.rows("journey-field-ways", |place| {
                html! {
                    (self.line(&format!("way-{place}-name"), "journey-field-way", 80))
                    (self.code(&format!("way-{place}-if"), "journey-field-way-if", 2))
                }
            }),
            Action::Split(_) => self.split(),
            Action::Ask(_) => self.ask(),
            Action::Send(_) => self.send(),
            Action::SetTrait(_) => html! {
                (self.line("key", "journey-field-set-key", 60))
                (self.line("value", "journey-field-value", 200))
            },
            Action::JoinList(_) | Action::LeaveList(_) => self.list(),
            Action::JoinAudience(_) | Action::LeaveAudience(_) => self.audience(),
            Action::Record(_) => html! {
                (self.line("name", "journey-field-record", 80))
                (self.code("values", "journey-field-values", 3))
            },
            Action::Webhook { .. } => self.line("name", "journey-field-webhook", 80),
            Action::Goal { .. } => self.line("name", "journey-field-goal", 80),
            Action::Start(_) => {
                let journeys = self.names.journeys.iter();
                let options: Vec<(String, String)> = journeys
                    .map(|(id, name)| (id.to_string(), line(name)))
                    .collect();
                self.select("journey", "journey-field-journey", &options)
            }
            Action::End {} => html! { p.soft { (words.say("journey-field-nothing")) } },
        }
    }

    /// What is said: a piece, and what it is worth.
    fn send(&self) -> Markup {
        let none = (
            String::new(),
            self.words.say("journey-no-piece").into_owned(),
        );
        let pieces = self.names.pieces.iter();
        let pieces = pieces.map(|(id, name)| (id.to_string(), line(name)));
        let options: Vec<(String, String)> = [none].into_iter().chain(pieces).collect();
        let media = Medium::CARRIED.map(|medium| {
            let name = medium_name(self.words, medium).into_owned();
            (medium.word().to_owned(), name)
        });
        html! {
            (self.select("piece", "journey-field-piece", &options))
            (self.select("medium", "journey-field-medium", &media))
            (self.fallbacks())
            (self.line("value", "journey-field-send-value", 4))
            (self.line("valid_days", "journey-field-valid-days", 2))
            (self.approval(true))
        }
    }

    /// Which audience.
    fn audience(&self) -> Markup {
        let named = self.names.audiences.iter();
        let named = named.map(|(id, name)| (id.to_string(), line(name)));
        let mut audiences: Vec<(String, String)> = named.collect();
        audiences.sort_by_cached_key(|(_, name)| name.to_lowercase());
        audiences.insert(0, (String::new(), "—".to_owned()));
        self.select("audience", "audience-which", &audiences)
    }

    /// Which list.
    fn list(&self) -> Markup {
        let none = (String::new(), "—".to_owned());
        let lists = self.names.of_segments.lists.iter();
        let lists = lists.map(|(id, name)| (id.to_string(), line(name)));
        let mut lists: Vec<(String, String)> = lists.collect();
        lists.sort_by_cached_key(|(_, name)| name.to_lowercase());
        lists.insert(0, none);
        self.select("list", "customer-list-which", &lists)
    }

    /// Rows of ways: those there are, and an empty one.
    pub(super) fn rows(&self, key: &str, row: impl Fn(usize) -> Markup) -> Markup {
        let is_used = |place: usize| {
            let prefix = format!("way-{place}-");
            self.pairs
                .iter()
                .any(|(name, value)| name.starts_with(&prefix) && !value.is_empty())
        };
        let used = (0..filo_core::journey::WAYS_MOST)
            .take_while(|place| is_used(*place))
            .count();
        let rows = (used + SPARE_ROWS).min(filo_core::journey::WAYS_MOST);
        html! {
            fieldset {
                legend { (self.words.say(key)) }
                @if let Some(wrong) = self.wrong.get("ways") { p.wrong { (wrong) } }
                @for place in 0..rows { div.way-row { (row(place)) } }
            }
        }
    }

    fn moment(&self) -> Markup {
        html! {
            fieldset {
                legend { (self.words.say("journey-field-until")) }
                (self.line("at", "journey-field-at", 5))
                div.row {
                    (self.line("from", "journey-field-from", 5))
                    (self.line("to", "journey-field-to", 5))
                }
                div.days {
                    @for word in DAYS { (self.check(word, &format!("journey-day-{word}"))) }
                }
                (self.check("no_holidays", "journey-field-no-holidays"))
            }
        }
    }

    fn late(&self) -> Markup {
        let usual = (
            String::new(),
            self.words.say("journey-late-usual").into_owned(),
        );
        let named = LateThen::ALL.map(|then| {
            let key = format!("journey-late-{}", then.word().replace('_', "-"));
            (then.word().to_owned(), self.words.say(&key).into_owned())
        });
        let options: Vec<(String, String)> = [usual].into_iter().chain(named).collect();
        html! {
            details open[self.is_set("late")] {
                summary { (self.words.say("journey-late")) }
                (self.select("late", "journey-field-late", &options))
                (self.span("late", "journey-field-late-after"))
            }
        }
    }

    fn ask(&self) -> Markup {
        let words = self.words;
        let kinds = AskKind::ALL.map(|kind| {
            let key = format!("task-kind-{}", kind.word());
            (kind.word().to_owned(), words.say(&key).into_owned())
        });
        let anybody = (
            String::new(),
            words.say("journey-field-anybody").into_owned(),
        );
        let roles = Role::ALL.map(|role| {
            let key = format!("role-{}", role.word());
            (role.word().to_owned(), words.say(&key).into_owned())
        });
        let roles: Vec<(String, String)> = [anybody].into_iter().chain(roles).collect();
        html! {
            (self.select("kind", "journey-field-kind", &kinds))
            (self.line("title", "journey-field-title", 80))
            (self.line("hint", "journey-field-hint", 500))
            (self.select("role", "journey-field-role", &roles))
            (self.line("due_days", "journey-field-due", 3))
            fieldset {
                legend { (words.say("journey-field-facts")) }
                @for fact in Fact::ALL { (self.check(fact_name(fact), &format!("journey-field-{}", fact_name(fact)))) }
            }
            (self.rows("journey-field-outcomes", |place| {
                self.line(&format!("way-{place}-name"), "journey-field-outcome", 80)
            }))
            (self.span("within", "journey-field-give-up"))
        }
    }
}
