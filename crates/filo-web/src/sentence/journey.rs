//! Journeys as people say them: what brings somebody in, what a step does, and on which way.

use std::collections::BTreeMap;

use filo_app::segment::SegmentNames;
use filo_core::id::{AudienceId, JourneyId, ListId};
use filo_core::journey::{Action, Entry, Goal, Journey, Moment, Step, Trigger, Wait};
use filo_core::message::approval::Rule;
use filo_core::segment::{
    Comparison, Condition, Figure, Happened, HappenedTest, Number, Signal, Span, Window,
};
use jiff::civil::Weekday;

use super::calendar::schedule_sentence;
use super::{Teller, phrase};
use crate::i18n::Words;
use crate::ui::shown::line;
use crate::verdict::{PieceNames, medium_name};

/// What ids and words of journeys are called.
#[derive(Debug)]
pub(crate) struct JourneyNames {
    pub(crate) of_segments: SegmentNames,
    pub(crate) journeys: BTreeMap<JourneyId, String>,
    pub(crate) pieces: PieceNames,
    pub(crate) audiences: BTreeMap<AudienceId, String>,
}

/// When a person is asked before something leaves.
pub(crate) fn approval_sentence(words: Words, rule: Rule) -> String {
    let number = u64::from(rule.number().unwrap_or_default());
    let key = format!("approval-is-{}", rule.word());
    words.fill(
        &key,
        [
            ("count", number.into()),
            ("number", words.number(number).into()),
        ],
    )
}

#[cfg(test)]
impl JourneyNames {
    /// No names.
    pub(crate) fn none() -> Self {
        Self {
            of_segments: SegmentNames::none(),
            journeys: BTreeMap::new(),
            pieces: BTreeMap::new(),
            audiences: BTreeMap::new(),
        }
    }
}

/// “Quando ha fatto un ordine”.
pub(crate) fn trigger_sentence(words: Words, journey: &Journey, names: &JourneyNames) -> String {
    let segment = |id| Condition::Segment(id);
    let name = |id| {
        let known = names.of_segments.segments.get(&id);
        known.map_or_else(
            || segment_word(words, &segment(id), names),
            |name| line(name),
        )
    };
    let said = match &journey.trigger {
        Trigger::Event(signal) => {
            let what = happens(words, signal, names);
            words.fill("journey-when-event", [("what", what.into())])
        }
        Trigger::SegmentEntered(id) => {
            words.fill("journey-when-entered", [("segment", name(*id).into())])
        }
        Trigger::SegmentLeft(id) => {
            words.fill("journey-when-left", [("segment", name(*id).into())])
        }
        Trigger::Date(date) => day_of(words, &date.key, date.days, date.yearly),
        Trigger::Hand {} => words.say("journey-when-hand").into_owned(),
        Trigger::Broadcast(id) => {
            words.fill("journey-when-broadcast", [("segment", name(*id).into())])
        }
        Trigger::Schedule(schedule) => {
            let when = schedule_sentence(words, schedule);
            let segment = name(schedule.segment);
            words.fill(
                "journey-when-schedule",
                [("when", when.into()), ("segment", segment.into())],
            )
        }
    };
    match &journey.only_if {
        None => said,
        Some(condition) => {
            let what = phrase(words, condition, &names.of_segments);
            words.fill(
                "journey-when-if",
                [("when", said.into()), ("what", what.into())],
            )
        }
    }
}

fn segment_word(words: Words, condition: &Condition, names: &JourneyNames) -> String {
    phrase(words, condition, &names.of_segments)
}

/// “Una volta sola per cliente.”
pub(crate) fn entry_sentence(words: Words, entry: Entry) -> String {
    match entry {
        Entry::Once => words.say("journey-entry-once").into_owned(),
        Entry::EveryTime => words.say("journey-entry-every-time").into_owned(),
        Entry::Every(span) => {
            let span = span_words(words, span);
            words.fill("journey-entry-every", [("span", span.into())])
        }
    }
}

/// What reaches the goal.
pub(crate) fn goal_sentence(words: Words, goal: &Goal, names: &JourneyNames) -> String {
    let what = happens(words, &goal.event, names);
    let what = match goal.within {
        None => words.fill("journey-goal-when", [("what", what.into())]),
        Some(span) => {
            let span = span_words(words, span);
            words.fill(
                "journey-goal-within",
                [("what", what.into()), ("span", span.into())],
            )
        }
    };
    match goal.ends {
        true => words.fill("journey-goal-ends", [("what", what.into())]),
        false => what,
    }
}

/// What a step does, in a line.
#[expect(clippy::too_many_lines, reason = "a table is read as one")]
pub(crate) fn step_sentence(words: Words, step: &Step, names: &JourneyNames) -> String {
    let named = |key: &str, name: &str| words.fill(key, [("name", line(name).into())]);
    match &step.action {
        Action::Wait(wait) => wait_sentence(words, wait),
        Action::WaitForDate(wait) => {
            let day = day_of(words, &wait.key, wait.days, wait.yearly);
            match wait.at {
                None => words.fill("journey-wait-date", [("day", lower(&day).into())]),
                Some(at) => words.fill(
                    "journey-wait-date-at",
                    [("day", lower(&day).into()), ("time", at.to_string().into())],
                ),
            }
        }
        Action::WaitForEvent(wait) => words.fill(
            "journey-wait-event",
            [
                ("what", happens(words, &wait.event, names).into()),
                ("span", span_words(words, wait.within).into()),
            ],
        ),
        Action::WaitUntil(wait) => words.fill(
            "journey-wait-until",
            [
                (
                    "what",
                    phrase(words, &wait.condition, &names.of_segments).into(),
                ),
                ("span", span_words(words, wait.within).into()),
            ],
        ),
        Action::Branch(_) => words.say("journey-branch").into_owned(),
        Action::Split(split) if split.adaptive.is_some() => {
            words.say("learning-split").into_owned()
        }
        Action::Split(split) => {
            let shares: Vec<String> = split.arms.iter().map(|arm| arm.share.to_string()).collect();
            words.fill("journey-split", [("shares", shares.join(" / ").into())])
        }
        Action::Ask(ask) => {
            let key = format!("journey-ask-{}", ask.kind.word());
            named(&key, &ask.title)
        }
        Action::Send(send) => {
            let unknown = words.say("journey-unknown").into_owned();
            let name = names.pieces.get(&send.piece).cloned().unwrap_or(unknown);
            let media: Vec<String> = send
                .media()
                .map(|medium| medium_name(words, medium).into_owned())
                .collect();
            let medium = media.join(&words.say("journey-send-else"));
            let filled = [("name", line(&name).into()), ("medium", medium.into())];
            let said = words.fill("journey-send", filled);
            match send.approval {
                Some(rule) => format!("{said} {}", approval_sentence(words, rule)),
                None => said,
            }
        }
        Action::SetTrait(set) => {
            let value = match &set.value {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            words.fill(
                "journey-set",
                [
                    ("trait", teller(words, names).trait_name(&set.key).into()),
                    ("value", line(&value).into()),
                ],
            )
        }
        Action::JoinList(of) => named("journey-join-list", &list_name(words, of.list, names)),
        Action::LeaveList(of) => named("journey-leave-list", &list_name(words, of.list, names)),
        Action::JoinAudience(of) => named(
            "journey-join-audience",
            &audience_name(words, of.audience, names),
        ),
        Action::LeaveAudience(of) => named(
            "journey-leave-audience",
            &audience_name(words, of.audience, names),
        ),
        Action::Record(record) => named("journey-record", &record.name),
        Action::Webhook { name } => named("journey-webhook", name),
        Action::Start(start) => {
            let unknown = words.say("journey-unknown").into_owned();
            let name = names
                .journeys
                .get(&start.journey)
                .cloned()
                .unwrap_or(unknown);
            named("journey-start", &name)
        }
        Action::Goal { name } => named("journey-goal", name),
        Action::End {} => words.say("journey-end").into_owned(),
    }
}

fn audience_name(words: Words, id: AudienceId, names: &JourneyNames) -> String {
    let known = names.audiences.get(&id).cloned();
    known.unwrap_or_else(|| words.say("journey-unknown").into_owned())
}

fn list_name(words: Words, id: ListId, names: &JourneyNames) -> String {
    let known = names.of_segments.lists.get(&id).cloned();
    known.unwrap_or_else(|| words.say("journey-unknown").into_owned())
}

/// What the ways on from a step are called, in their order.
pub(crate) fn way_names(words: Words, step: &Step, names: &JourneyNames) -> Vec<String> {
    let say = |key: &str| words.say(key).into_owned();
    match &step.action {
        Action::WaitForEvent(_) => vec![say("journey-way-came"), say("journey-way-not")],
        Action::WaitUntil(_) => vec![say("journey-way-true"), say("journey-way-not")],
        Action::Branch(branch) => {
            let ways = branch.ways.iter().map(|way| match way.name.is_empty() {
                false => line(&way.name),
                true => {
                    let what = phrase(words, &way.condition, &names.of_segments);
                    words.fill("journey-way-if", [("what", what.into())])
                }
            });
            ways.chain([say("journey-way-otherwise")]).collect()
        }
        Action::Split(split) => {
            let arms = split.arms.iter();
            arms.map(|arm| match split.adaptive {
                Some(_) => line(&arm.name),
                None => format!("{} · {} %", line(&arm.name), arm.share),
            })
            .collect()
        }
        Action::Ask(ask) => {
            let outcomes = ask.outcomes.iter().map(|outcome| line(&outcome.name));
            let rest = match ask.within {
                Some(span) => {
                    let span = span_words(words, span);
                    words.fill("journey-way-unanswered", [("span", span.into())])
                }
                None => say("journey-way-never"),
            };
            outcomes.chain([rest]).collect()
        }
        _ => Vec::new(),
    }
}

/// “3 giorni”.
pub(crate) fn span_words(words: Words, span: Span) -> String {
    let names = SegmentNames::none();
    let teller = Teller {
        words,
        names: &names,
    };
    teller.span("span", span)
}

/// “ha fatto un ordine”.
pub(crate) fn happens(words: Words, signal: &Signal, names: &JourneyNames) -> String {
    let condition = Condition::Happened(Happened {
        signal: signal.clone(),
        hours: None,
        test: HappenedTest::Figure {
            figure: Figure::Count,
            is: Comparison::AtLeast(Number::whole(1)),
            during: Window::Ever,
        },
    });
    phrase(words, &condition, &names.of_segments)
}

fn teller(words: Words, names: &JourneyNames) -> Teller<'_> {
    Teller {
        words,
        names: &names.of_segments,
    }
}

fn wait_sentence(words: Words, wait: &Wait) -> String {
    let span = wait.span.map(|span| span_words(words, span));
    let until = wait.until.map(|until| moment_words(words, until));
    match (span, until) {
        (Some(span), None) => words.fill("journey-wait", [("span", span.into())]),
        (None, Some(until)) => words.fill("journey-wait-moment", [("moment", until.into())]),
        (Some(span), Some(until)) => words.fill(
            "journey-wait-both",
            [("span", span.into()), ("moment", until.into())],
        ),
        (None, None) => words.say("journey-wait-nothing").into_owned(),
    }
}

/// “le 10:00 di lunedì o martedì, non nei giorni festivi”.
fn moment_words(words: Words, moment: Moment) -> String {
    let time = match (moment.at, moment.from, moment.to) {
        (Some(at), ..) => words.fill("journey-at", [("time", at.to_string().into())]),
        (None, None, None) => words.say("journey-any-time").into_owned(),
        (None, from, to) => {
            let of = |clock: Option<filo_core::journey::Clock>, or: &str| {
                clock.map_or_else(|| or.to_owned(), |clock| clock.to_string())
            };
            words.fill(
                "journey-between",
                [
                    ("from", of(from, "00:00").into()),
                    ("to", of(to, "24:00").into()),
                ],
            )
        }
    };
    let mut said = vec![time];
    let bits = moment.days.bits();
    if bits != filo_core::journey::Weekdays::ALL.bits() {
        let days = (0..7).filter(|place| bits & (1 << place) != 0);
        let days = days.filter_map(|place| Weekday::from_monday_zero_offset(place).ok());
        let days: Vec<String> = days.map(|day| weekday_word(words, day)).collect();
        said.push(days.join(", "));
    }
    if moment.no_holidays {
        said.push(words.say("journey-no-holidays").into_owned());
    }
    said.join(", ")
}

pub(super) fn weekday_word(words: Words, day: Weekday) -> String {
    let place = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
    let key = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .get(place)
        .unwrap_or(&"mon");
    words.say(&format!("journey-day-{key}")).into_owned()
}

fn day_of(words: Words, key: &str, days: i16, yearly: bool) -> String {
    let names = SegmentNames::none();
    let teller = Teller {
        words,
        names: &names,
    };
    let name = teller.trait_name(key);
    let distance = u32::from(days.unsigned_abs());
    let of = match days {
        0 => "journey-on-day",
        ..0 => "journey-before-day",
        _ => "journey-after-day",
    };
    let said = words.fill(of, [("trait", name.into()), ("count", distance.into())]);
    match yearly {
        true => words.fill("journey-yearly", [("day", said.into())]),
        false => said,
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
