//! Reading the form of a step: what was typed becomes the step, with the ways it had.
//!
//! **Invariant:** a way with steps on it is not lost because its row was emptied: that is said.

use std::str::FromStr;

use compact_str::CompactString;
use filo_core::id::{AudienceId, JourneyId, ListId, PieceId};
use filo_core::journey::{
    About, Action, Arm, Ask, AskKind, AudienceStep, Branch, Clock, DateWait, EventWait, Fact,
    HOLDOUT_MOST_PERCENT, Late, LateThen, ListStep, Missing, Moment, Outcome, Record, Send,
    SetTrait, Split, Start, Step, UntilWait, WAYS_MOST, Wait, Way, Weekdays,
};
use filo_core::message::Medium;
use filo_core::segment::{
    Comparison, Condition, Figure, HappenedTest, Number, Signal, Span, Unit, Window, text,
};

use super::form::{DAYS, Wrong, fact_name, value};
use crate::console::segment::{Pairs, text_words};
use crate::i18n::Words;

/// A form that is read.
pub(super) struct Reading<'a> {
    pub(super) words: Words,
    pub(super) pairs: &'a Pairs,
    pub(super) wrong: Wrong,
}

impl<'a> Reading<'a> {
    pub(super) fn new(words: Words, pairs: &'a Pairs) -> Self {
        Self {
            words,
            pairs,
            wrong: Wrong::new(),
        }
    }

    pub(super) fn text(&self, name: &str) -> &'a str {
        value(self.pairs, name).trim()
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    pub(super) fn blame(&mut self, name: &str, key: &str) {
        let why = self.words.say(key).into_owned();
        self.wrong.entry(name.to_owned()).or_insert(why);
    }

    /// A stretch of time; nothing if none was typed.
    pub(super) fn span(&mut self, name: &str) -> Option<Span> {
        let amount = format!("{name}-amount");
        let typed = self.text(&amount);
        if typed.is_empty() {
            return None;
        }
        let unit = self.text(&format!("{name}-unit"));
        let unit = Unit::ALL
            .into_iter()
            .find(|it| it.word() == unit)
            .unwrap_or(Unit::Days);
        let span = typed
            .parse()
            .ok()
            .and_then(|amount| Span::new(amount, unit));
        if span.is_none() {
            self.blame(&amount, "journey-wrong-span");
        }
        span
    }

    fn needed_span(&mut self, name: &str) -> Span {
        let span = self.span(name);
        if span.is_none() {
            self.blame(&format!("{name}-amount"), "journey-wrong-span");
        }
        span.unwrap_or(Span::DAY)
    }

    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, key: &str) -> Option<T> {
        let typed = self.text(name);
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        if read.is_none() {
            self.blame(name, key);
        }
        read
    }

    /// Of a hundred who come in, so many are held back; nothing if none was typed.
    pub(super) fn holdout(&mut self) -> Option<u8> {
        let read = self.parsed::<u8>("holdout", "journey-wrong-holdout");
        if read.is_some_and(|it| it > HOLDOUT_MOST_PERCENT) {
            self.blame("holdout", "journey-wrong-holdout");
        }
        read
    }

    /// A condition; everybody if it cannot be read, which is said.
    pub(super) fn condition(&mut self, name: &str) -> Condition {
        match text::define(self.text(name)) {
            Ok(definition) => definition.into_condition(),
            Err(fault) => {
                let why = text_words(self.words, &fault);
                // What was said of the field already says more.
                self.wrong.entry(name.to_owned()).or_insert(why);
                Condition::All(Vec::new())
            }
        }
    }

    /// An event without how often and when.
    pub(super) fn event(&mut self, name: &str) -> Signal {
        let once = HappenedTest::Figure {
            figure: Figure::Count,
            is: Comparison::AtLeast(Number::whole(1)),
            during: Window::Ever,
        };
        match text::define(self.text(name)).map(filo_core::segment::Definition::into_condition) {
            Ok(Condition::Happened(happened))
                if happened.test == once && happened.hours.is_none() =>
            {
                happened.signal
            }
            Ok(_) => {
                self.blame(name, "journey-wrong-event");
                Signal::new(filo_core::segment::Pattern::event("x"), None)
            }
            Err(fault) => {
                let why = text_words(self.words, &fault);
                self.wrong.insert(name.to_owned(), why);
                Signal::new(filo_core::segment::Pattern::event("x"), None)
            }
        }
    }

    /// The step that was typed, with the ways that it had.
    pub(super) fn action(&mut self, old: &Action) -> Action {
        match old {
            Action::Wait(_) => Action::Wait(Wait {
                span: self.span("for"),
                until: self.moment(),
                late: self.late(),
            }),
            Action::WaitForDate(_) => Action::WaitForDate(DateWait {
                key: CompactString::from(self.text("key")),
                yearly: self.is_set("yearly"),
                days: self.parsed("days", "journey-wrong-days").unwrap_or(0),
                at: self.parsed::<Clock>("at", "journey-wrong-clock"),
                missing: if self.is_set("missing") {
                    Missing::GoOn
                } else {
                    Missing::End
                },
                late: self.late(),
            }),
            Action::WaitForEvent(wait) => Action::WaitForEvent(EventWait {
                event: self.event("event"),
                within: self.needed_span("within"),
                then: wait.then.clone(),
                otherwise: wait.otherwise.clone(),
            }),
            Action::WaitUntil(wait) => Action::WaitUntil(UntilWait {
                condition: self.condition("if"),
                within: self.needed_span("within"),
                then: wait.then.clone(),
                otherwise: wait.otherwise.clone(),
            }),
            Action::Branch(branch) => self.branch(branch),
            Action::Split(split) => self.split(split),
            Action::Ask(ask) => self.ask(ask),
            Action::Send(send) => Action::Send(Send {
                piece: self
                    .parsed::<PieceId>("piece", "journey-wrong-piece")
                    .unwrap_or(send.piece),
                value: self
                    .parsed("value", "journey-wrong-number")
                    .unwrap_or(send.value),
                valid_days: self
                    .parsed("valid_days", "journey-wrong-number")
                    .unwrap_or(send.valid_days),
                medium: Medium::from_word(self.text("medium")).unwrap_or(send.medium),
                fallbacks: self.fallbacks(),
                approval: self.approval(),
            }),
            Action::SetTrait(_) => Action::SetTrait(SetTrait {
                key: CompactString::from(self.text("key")),
                value: scalar(self.text("value")),
            }),
            Action::JoinList(of) => Action::JoinList(self.list(*of)),
            Action::LeaveList(of) => Action::LeaveList(self.list(*of)),
            Action::JoinAudience(of) => Action::JoinAudience(self.audience(*of)),
            Action::LeaveAudience(of) => Action::LeaveAudience(self.audience(*of)),
            Action::Record(_) => self.record(),
            Action::Webhook { .. } => Action::Webhook {
                name: CompactString::from(self.text("name")),
            },
            Action::Goal { .. } => Action::Goal {
                name: CompactString::from(self.text("name")),
            },
            Action::Start(start) => Action::Start(Start {
                journey: self
                    .parsed::<JourneyId>("journey", "journey-wrong-journey")
                    .unwrap_or(start.journey),
            }),
            Action::End {} => Action::End {},
        }
    }

    fn list(&mut self, old: ListStep) -> ListStep {
        let list = self.parsed::<ListId>("list", "journey-wrong-list");
        if list.is_none() {
            self.blame("list", "journey-wrong-list");
        }
        ListStep {
            list: list.unwrap_or(old.list),
        }
    }

    fn audience(&mut self, old: AudienceStep) -> AudienceStep {
        let audience = self.parsed::<AudienceId>("audience", "journey-wrong-audience");
        if audience.is_none() {
            self.blame("audience", "journey-wrong-audience");
        }
        AudienceStep {
            audience: audience.unwrap_or(old.audience),
        }
    }

    fn branch(&mut self, old: &Branch) -> Action {
        let had: Vec<&Vec<Step>> = old.ways.iter().map(|way| &way.steps).collect();
        let rows = self.rows(&had, "if");
        let way = |(place, steps): (usize, Vec<Step>)| Way {
            name: CompactString::from(self.text(&format!("way-{place}-name"))),
            condition: self.condition(&format!("way-{place}-if")),
            steps,
        };
        Action::Branch(Branch {
            ways: rows.into_iter().map(way).collect(),
            otherwise: old.otherwise.clone(),
        })
    }

    fn split(&mut self, old: &Split) -> Action {
        let had: Vec<&Vec<Step>> = old.arms.iter().map(|arm| &arm.steps).collect();
        let rows = self.rows(&had, "name");
        let arm = |(place, steps): (usize, Vec<Step>)| Arm {
            name: CompactString::from(self.text(&format!("way-{place}-name"))),
            share: self
                .parsed(&format!("way-{place}-share"), "journey-wrong-share")
                .unwrap_or(0),
            steps,
        };
        let mut arms: Vec<Arm> = rows.into_iter().map(arm).collect();
        let experiment = About::from_word(self.text("experiment"));
        let adaptive = self.adaptive(&mut arms);
        Action::Split(Split {
            experiment,
            adaptive,
            arms,
        })
    }

    fn moment(&mut self) -> Option<Moment> {
        let at = self.parsed("at", "journey-wrong-clock");
        let from = self.parsed("from", "journey-wrong-clock");
        let to = self.parsed("to", "journey-wrong-clock");
        let bits = DAYS.iter().enumerate();
        let bits = bits
            .filter(|(_, word)| self.is_set(word))
            .map(|(place, _)| 1u8 << place);
        let days = Weekdays::new(bits.sum());
        let no_holidays = self.is_set("no_holidays");
        let says = at.is_some() || from.is_some() || to.is_some() || days.is_some() || no_holidays;
        says.then_some(Moment {
            at,
            from,
            to,
            days: days.unwrap_or_default(),
            no_holidays,
        })
    }

    fn late(&mut self) -> Option<Late> {
        let then = LateThen::from_word(self.text("late"))?;
        let after = self.span("late");
        let usual = Span::new(6, Unit::Hours).unwrap_or(Span::DAY);
        Some(Late {
            after: after.unwrap_or(usual),
            then,
        })
    }

    /// The rows that say something, each with the steps its way had.
    fn rows(&mut self, had: &[&Vec<Step>], needed: &str) -> Vec<(usize, Vec<Step>)> {
        let mut rows = Vec::new();
        for place in 0..WAYS_MOST {
            let steps = had
                .get(place)
                .map(|steps| (*steps).clone())
                .unwrap_or_default();
            let name = format!("way-{place}-{needed}");
            if self.is_set(&name) || self.is_set(&format!("way-{place}-name")) {
                rows.push((place, steps));
            } else if !steps.is_empty() {
                self.blame(&name, "journey-wrong-way-used");
                rows.push((place, steps));
            }
        }
        rows
    }

    fn ask(&mut self, old: &Ask) -> Action {
        let had: Vec<&Vec<Step>> = old.outcomes.iter().map(|it| &it.steps).collect();
        let rows = self.rows(&had, "name");
        let outcome = |(place, steps): (usize, Vec<Step>)| Outcome {
            name: CompactString::from(self.text(&format!("way-{place}-name"))),
            steps,
        };
        let outcomes = rows.into_iter().map(outcome).collect();
        let facts = Fact::ALL
            .into_iter()
            .filter(|fact| self.is_set(fact_name(*fact)));
        let facts = facts.collect();
        Action::Ask(Ask {
            kind: AskKind::from_word(self.text("kind")).unwrap_or(old.kind),
            title: CompactString::from(self.text("title")),
            hint: CompactString::from(self.text("hint")),
            role: CompactString::from(self.text("role")),
            due_days: self.parsed("due_days", "journey-wrong-due").unwrap_or(1),
            facts,
            outcomes,
            within: self.span("within"),
            otherwise: old.otherwise.clone(),
        })
    }

    fn record(&mut self) -> Action {
        let mut properties = std::collections::BTreeMap::new();
        for written in self
            .text("values")
            .lines()
            .filter(|it| !it.trim().is_empty())
        {
            match written.split_once('=') {
                Some((key, value)) if !key.trim().is_empty() => {
                    properties.insert(CompactString::from(key.trim()), scalar(value.trim()));
                }
                _ => self.blame("values", "journey-wrong-values"),
            }
        }
        Action::Record(Record {
            name: CompactString::from(self.text("name")),
            properties,
        })
    }
}

/// A number, true, false or null as such; anything else is a text.
fn scalar(text: &str) -> serde_json::Value {
    match serde_json::from_str(text) {
        Ok(
            value @ (serde_json::Value::Number(_)
            | serde_json::Value::Bool(_)
            | serde_json::Value::Null),
        ) => value,
        _ => serde_json::Value::String(text.to_owned()),
    }
}
