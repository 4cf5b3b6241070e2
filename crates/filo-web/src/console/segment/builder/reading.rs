//! From a draft to a condition: what was typed is read, and whatever cannot be read is said at
//! the very field.
//!
//! **Invariant:** without a condition there is at least one fault, and every fault names a field
//! or a part of the form.

use std::collections::BTreeMap;

use filo_core::event::{Channel, EventKind};
use filo_core::id::{ListId, PersonaId, SegmentId};
use filo_core::identity::Kind;
use filo_core::profile::normal_key;
use filo_core::segment::{
    Answer, Channels, Condition, ConsentCondition, Field, Figure, Filter, Happened, HappenedTest,
    Hours, Meeting, Number, OrderCondition, OrderFigure, Pattern, SHARES, Sequence, Share, Signal,
    TraitCondition, TraitTest, text,
};

use super::draft::{Draft, ROOT, name};
use super::phrase::{from_word, number};
use crate::i18n::Words;

/// Minutes of a day.
const DAY_MINUTES: u16 = 1440;

/// What is found while a draft is read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) words: Words,
    /// What is wrong, by the field's whole name.
    pub(super) wrong: BTreeMap<String, String>,
    /// Where each part stands in the condition's JSON, with its path in the form.
    pub(super) places: Vec<(String, String)>,
}

/// The condition of a draft, or what is wrong with it.
pub(super) fn read(words: Words, draft: &Draft) -> (Option<Condition>, Reading) {
    let mut reading = Reading::new(words);
    let condition = reading.condition(draft, ROOT, "");
    (condition, reading)
}

impl Reading {
    pub(super) const fn new(words: Words) -> Self {
        Self {
            words,
            wrong: BTreeMap::new(),
            places: Vec::new(),
        }
    }

    /// A value, or a fault at its field.
    pub(super) fn or_wrong<T>(
        &mut self,
        value: Option<T>,
        path: &str,
        field: &str,
        key: &str,
    ) -> Option<T> {
        if value.is_none() {
            let why = self.words.say(key).into_owned();
            self.wrong.insert(name(path, field), why);
        }
        value
    }

    fn condition(&mut self, draft: &Draft, path: &str, pointer: &str) -> Option<Condition> {
        if draft.is_group() {
            return self.group(draft, path, pointer);
        }
        let is_not = draft.has("not");
        let below = if is_not { "/not" } else { "" };
        self.places
            .push((format!("{pointer}{below}"), path.to_owned()));
        let leaf = self.leaf(draft, path)?;
        Some(match is_not {
            true => Condition::Not(Box::new(leaf)),
            false => leaf,
        })
    }

    fn group(&mut self, draft: &Draft, path: &str, pointer: &str) -> Option<Condition> {
        let op = draft.get("op");
        let is_not = matches!(op, "not_all" | "none");
        let (key, is_all) = match op {
            "any" | "none" => ("any", false),
            _ => ("all", true),
        };
        self.places.push((pointer.to_owned(), path.to_owned()));
        // A single condition needs no group around it, and had none if it came without one.
        if op == "all" && draft.has("bare") && draft.children.len() == 1 {
            let only = draft.children.first()?;
            return self.condition(only, &format!("{path}.0"), pointer);
        }
        let below = format!("{pointer}{}/{key}", if is_not { "/not" } else { "" });
        let parts: Vec<Option<Condition>> = draft
            .children
            .iter()
            .enumerate()
            .map(|(place, child)| {
                self.condition(
                    child,
                    &format!("{path}.{place}"),
                    &format!("{below}/{place}"),
                )
            })
            .collect();
        let parts: Vec<Condition> = parts.into_iter().collect::<Option<_>>()?;
        let group = match is_all {
            true => Condition::All(parts),
            false => Condition::Any(parts),
        };
        Some(match is_not {
            true => Condition::Not(Box::new(group)),
            false => group,
        })
    }

    fn leaf(&mut self, draft: &Draft, path: &str) -> Option<Condition> {
        Some(match draft.kind() {
            "trait" => Condition::Trait(self.of_trait(draft, path)?),
            "known" => {
                let kind = Kind::ALL
                    .into_iter()
                    .find(|it| it.word() == draft.get("id"));
                Condition::Known(self.or_wrong(kind, path, "id", "segment-wrong-choice")?)
            }
            "consent" => Condition::Consent(self.consent(draft, path)?),
            "happened" => Condition::Happened(self.happened(draft, path)?),
            "sequence" => Condition::Sequence(self.sequence(draft, path)?),
            "orders" => {
                let figure = from_word(draft.get("figure")).unwrap_or(OrderFigure::Count);
                let is = self.comparison(draft, path, "");
                let during = self.window(draft, path, "");
                Condition::Orders(OrderCondition {
                    figure,
                    is: is?,
                    during: during?,
                })
            }
            "met" => {
                let channel = Channel::from_word(draft.get("channel"));
                let channel = self.or_wrong(channel, path, "channel", "segment-wrong-choice");
                let last = self.maybe_span(draft, path, "last_");
                Condition::Met(Meeting {
                    channel: channel?,
                    last: last?,
                })
            }
            "channels" => {
                let is = self.comparison(draft, path, "");
                let last = self.maybe_span(draft, path, "last_");
                Condition::Channels(Channels {
                    is: is?,
                    last: last?,
                })
            }
            "segment" => {
                let id: Option<SegmentId> = draft.get("segment").parse().ok();
                Condition::Segment(self.or_wrong(id, path, "segment", "segment-wrong-choice")?)
            }
            "list" => {
                let id: Option<ListId> = draft.get("list").parse().ok();
                Condition::List(self.or_wrong(id, path, "list", "segment-wrong-choice")?)
            }
            "persona" => {
                let id: Option<PersonaId> = draft.get("persona").parse().ok();
                Condition::Persona(self.or_wrong(id, path, "persona", "segment-wrong-choice")?)
            }
            "share" => Condition::Share(self.share(draft, path)?),
            "rfm" => Condition::Rfm(self.rfm(draft, path)?),
            "lifecycle" => Condition::Lifecycle(self.stage(draft, path)?),
            _ => self.raw(draft, path)?,
        })
    }

    /// A part that is kept as a text.
    fn raw(&mut self, draft: &Draft, path: &str) -> Option<Condition> {
        match text::parse(draft.get("text")) {
            Ok(condition) => Some(condition),
            Err(fault) => {
                let why = super::fault::text_words(self.words, &fault);
                self.wrong.insert(name(path, "text"), why);
                None
            }
        }
    }

    fn of_trait(&mut self, draft: &Draft, path: &str) -> Option<TraitCondition> {
        let key = normal_key(draft.trimmed("key"));
        let key = self.or_wrong(key, path, "key", "segment-wrong-key");
        let test = match draft.get("test") {
            "date" => self.window(draft, path, "").map(TraitTest::Date),
            "within" => self.span(draft, path, "within_").map(TraitTest::Within),
            "anniversary" => {
                let before = self.days(draft, path, "days_before");
                let after = self.days(draft, path, "days_after");
                before
                    .zip(after)
                    .map(|(before, after)| TraitTest::Anniversary { before, after })
            }
            _ => self.value(draft, path, "").map(TraitTest::Value),
        };
        Some(TraitCondition {
            key: key?.as_str().into(),
            test: test?,
        })
    }

    /// A number of days; nothing typed is none.
    fn days(&mut self, draft: &Draft, path: &str, field: &str) -> Option<u16> {
        let days = match draft.trimmed(field) {
            "" => Some(0),
            text => text.parse().ok(),
        };
        self.or_wrong(days, path, field, "segment-wrong-days")
    }

    fn consent(&mut self, draft: &Draft, path: &str) -> Option<ConsentCondition> {
        let purpose = draft.trimmed("purpose");
        let purpose = Some(purpose).filter(|it| !it.is_empty());
        let purpose = self.or_wrong(purpose, path, "purpose", "segment-wrong-choice");
        let channel = match draft.get("channel") {
            "" => Some(None),
            word => Channel::from_word(word).map(Some),
        };
        let channel = self.or_wrong(channel, path, "channel", "segment-wrong-choice");
        Some(ConsentCondition {
            purpose: purpose?.into(),
            channel: channel?,
            answer: from_word(draft.get("answer")).unwrap_or(Answer::Yes),
        })
    }

    fn happened(&mut self, draft: &Draft, path: &str) -> Option<Happened> {
        let signal = self.signal(draft, path, "");
        let hours = match draft.has("hours") {
            true => self.hours(draft, path).map(Some),
            false => Some(None),
        };
        let test = match draft.get("fact") {
            "first" => self.window(draft, path, "").map(HappenedTest::First),
            "last" => self.window(draft, path, "").map(HappenedTest::Last),
            "last_is" => self.value(draft, path, "v_").map(HappenedTest::LastIs),
            word => {
                let figure = from_word(word).unwrap_or(Figure::Count);
                let is = self.comparison(draft, path, "");
                let during = self.window(draft, path, "");
                is.zip(during)
                    .map(|(is, during)| HappenedTest::Figure { figure, is, during })
            }
        };
        Some(Happened {
            signal: signal?,
            hours: hours?,
            test: test?,
        })
    }

    fn sequence(&mut self, draft: &Draft, path: &str) -> Option<Sequence> {
        let first = self.signal(draft, path, "a_");
        let during = self.window(draft, path, "");
        let then = self.signal(draft, path, "b_");
        let within = self.span(draft, path, "within_");
        let without = match draft.has("without") {
            true => self.signal(draft, path, "x_").map(Some),
            false => Some(None),
        };
        Some(Sequence {
            first: first?,
            during: during?,
            then: then?,
            within: within?,
            without: without?,
        })
    }

    pub(super) fn signal(&mut self, draft: &Draft, path: &str, prefix: &str) -> Option<Signal> {
        let of = |field: &str| format!("{prefix}{field}");
        let kind = EventKind::from_word(draft.get(&of("event"))).unwrap_or(EventKind::Track);
        let wanted = draft.trimmed(&of("name"));
        // Pages without a name are many; to count every call of every kind says nothing.
        let name = Some(wanted)
            .filter(|it| !it.is_empty() || kind != EventKind::Track || draft.has(&of("any")));
        let name = self.or_wrong(name, path, &of("name"), "segment-wrong-name");
        let field = match draft.trimmed(&of("field")) {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        };
        let field: Option<Option<Field>> =
            self.or_wrong(field, path, &of("field"), "segment-wrong-field");
        let filters: Vec<Option<Filter>> = (0..draft.filters(prefix))
            .map(|place| self.filter(draft, path, &format!("{prefix}w{place}_")))
            .collect();
        let pattern = Pattern {
            kind,
            name: name?.into(),
            filters: filters.into_iter().collect::<Option<_>>()?,
        };
        Some(Signal::new(pattern, field?))
    }

    fn filter(&mut self, draft: &Draft, path: &str, prefix: &str) -> Option<Filter> {
        let at = format!("{prefix}field");
        let field = draft.trimmed(&at).parse().ok();
        let field = self.or_wrong(field, path, &at, "segment-wrong-field");
        let test = self.value(draft, path, prefix);
        Some(Filter {
            field: field?,
            test: test?,
        })
    }

    pub(super) fn hours(&mut self, draft: &Draft, path: &str) -> Option<Hours> {
        let days = (0..7).filter(|day| draft.has(&format!("d{day}")));
        let days = days.fold(0, |bits, day| bits | 1 << day);
        let days = Some(days).filter(|days| *days > 0);
        let days = self.or_wrong(days, path, "d0", "segment-wrong-weekdays");
        let mut time = |field: &str| {
            let read = minutes(draft.trimmed(field));
            self.or_wrong(read, path, field, "segment-wrong-time")
        };
        let (from, to) = (time("hours_from"), time("hours_to"));
        Some(Hours {
            days: days?,
            from: from? % DAY_MINUTES,
            to: match to? {
                0 => DAY_MINUTES,
                minutes => minutes,
            },
        })
    }

    fn share(&mut self, draft: &Draft, path: &str) -> Option<Share> {
        let words = self.words;
        let mut part = |field: &str| {
            let read = number(words, draft.get(field)).and_then(hundredths);
            self.or_wrong(read, path, field, "segment-wrong-percent")
        };
        let (from, to) = (part("share_from"), part("share_to"));
        let drawn = Some(draft.trimmed("draw")).filter(|it| !it.is_empty());
        let drawn = self.or_wrong(drawn, path, "draw", "segment-wrong-text");
        Some(Share {
            draw: drawn?.into(),
            from: from?,
            to: to?,
        })
    }
}

/// A percentage as parts of ten thousand.
fn hundredths(percent: Number) -> Option<u16> {
    let parts: Number = Number::sum(std::iter::repeat_n(percent, usize::from(SHARES / 100)));
    let whole = parts.floor();
    let fits = whole == parts.ceiling() && (0..=i64::from(SHARES)).contains(&whole);
    fits.then(|| u16::try_from(whole).ok()).flatten()
}

/// `18:30` as minutes of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let whole = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && whole <= DAY_MINUTES).then_some(whole)
}
