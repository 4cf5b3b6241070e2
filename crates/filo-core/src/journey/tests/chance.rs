//! What must always hold: over random waits, zones, instants, trees and looks.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{at, begun, look};
use crate::id::PieceId;
use crate::journey::{
    Action, Branch, Clock, Journey, Moment, Plan, Send, Stand, Step, StepId, Trigger, Wait, Way,
    Weekdays, due_after,
};
use crate::message::Medium;
use crate::message::approval::Rule;
use crate::segment::{Condition, Span, Unit};
use crate::time::Timestamp;

const ZONES: [&str; 6] = [
    "Europe/Rome",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kathmandu",
];

fn span() -> impl Strategy<Value = Span> {
    let units = prop::sample::select(Unit::ALL.to_vec());
    (1u32..60, units).prop_map(|(amount, unit)| Span::new(amount, unit).unwrap())
}

fn clock() -> impl Strategy<Value = Clock> {
    (0u16..1440).prop_map(|minutes| Clock::new(minutes).unwrap())
}

fn moment() -> impl Strategy<Value = Moment> {
    (prop::option::of(clock()), 1u8..128, any::<bool>()).prop_map(|(at, days, no_holidays)| {
        Moment {
            at,
            from: None,
            to: None,
            days: Weekdays::new(days).unwrap(),
            no_holidays,
        }
    })
}

fn wait() -> impl Strategy<Value = Wait> {
    (prop::option::of(span()), prop::option::of(moment())).prop_map(|(span, until)| Wait {
        span: span.or(until.is_none().then_some(Span::DAY)),
        until,
        late: None,
    })
}

/// An instant of ten years.
fn instant() -> impl Strategy<Value = Timestamp> {
    let from = at("2025-01-01T00:00:00Z").0 / 1_000_000;
    (from..from + 315_000_000).prop_map(Timestamp::from_seconds)
}

fn rule() -> impl Strategy<Value = Option<Rule>> {
    prop_oneof![
        Just(None),
        Just(Some(Rule::Automatic)),
        Just(Some(Rule::Every)),
        (1u8..=99).prop_map(|percent| Some(Rule::Sample(percent))),
        (1u32..=1_000_000).prop_map(|people| Some(Rule::Above(people))),
    ]
}

fn tree(depth: u32) -> impl Strategy<Value = Vec<Action>> {
    let leaf = prop_oneof![
        wait().prop_map(Action::Wait),
        "[a-z]{1,8}".prop_map(|name| Action::Webhook { name: name.into() }),
        (any::<u128>(), 1u16..1_000, 1u8..30, rule()).prop_map(
            |(piece, value, valid_days, rule)| {
                Action::Send(Send {
                    piece: PieceId(piece),
                    value,
                    valid_days,
                    medium: Medium::CARRIED[usize::from(value) % Medium::CARRIED.len()],
                    fallbacks: Medium::CARRIED[..usize::from(valid_days) % 3].to_vec(),
                    approval: rule,
                })
            }
        ),
        "[a-z]{1,8}".prop_map(|name| Action::Goal { name: name.into() }),
    ];
    let step = leaf.prop_recursive(depth, 12, 3, |inner| {
        let list = prop::collection::vec(inner, 0..3);
        (list.clone(), list, any::<bool>()).prop_map(|(yes, no, holds)| {
            let condition = match holds {
                true => Condition::All(Vec::new()),
                false => Condition::Any(Vec::new()),
            };
            Action::Branch(Branch {
                ways: vec![Way {
                    name: "way".into(),
                    condition,
                    steps: numbered(yes),
                }],
                otherwise: numbered(no),
            })
        })
    });
    prop::collection::vec(step, 1..5)
}

fn numbered(actions: Vec<Action>) -> Vec<Step> {
    let steps = actions.into_iter().map(|action| Step {
        id: StepId::from("x"),
        action,
    });
    steps.collect()
}

/// Gives each step a name of its own.
fn named(steps: &mut [Step], next: &mut u32) {
    for step in steps {
        step.id = StepId(compact_str::format_compact!("s{next}"));
        *next += 1;
        for list in step.action.lists_mut() {
            named(list, next);
        }
    }
}

fn journeys() -> impl Strategy<Value = Journey> {
    (tree(3), rule()).prop_map(|(actions, rule)| {
        let mut steps = numbered(actions);
        named(&mut steps, &mut 0);
        Journey {
            trigger: Trigger::Hand {},
            only_if: None,
            entry: Default::default(),
            fresh_for: crate::journey::FRESH_DEFAULT,
            exit: Vec::new(),
            goal: None,
            holdout_percent: 10,
            approval: rule.unwrap_or_default(),
            steps,
        }
    })
}

proptest! {
    #[test]
    fn a_wait_is_never_over_early(wait in wait(), began in instant(), zone in 0..ZONES.len()) {
        let zone = TimeZone::get(ZONES[zone]).unwrap();
        let due = due_after(&wait, began, &zone);
        prop_assert!(due >= began);
        let hours = wait.span.filter(|span| matches!(span.unit(), Unit::Minutes | Unit::Hours));
        if let Some(span) = hours {
            prop_assert!(due >= began.plus_micros(span.micros()));
        }
        let local = zone.to_datetime(jiff::Timestamp::from_microsecond(due.0).unwrap());
        if let Some(until) = wait.until {
            let place = local.date().weekday().to_monday_zero_offset();
            prop_assert!(until.days.bits() & (1 << place) != 0, "{local}");
            // At the time that was asked for, or at the first behind it that there is.
            if let Some(at) = until.at {
                let said = format!("{:02}:{:02}", local.hour(), local.minute());
                prop_assert!(said >= at.to_string() || due == began, "{said} {at}");
            }
        }
    }

    #[test]
    fn what_was_printed_is_read_back(journey in journeys()) {
        let text = journey.to_json();
        prop_assert_eq!(Journey::from_json(&text).unwrap(), journey);
    }

    #[test]
    fn no_step_is_begun_twice_and_looks_in_between_change_nothing(
        journey in journeys(),
        began in instant(),
        extra in prop::collection::vec(1i64..2_000_000, 0..20),
    ) {
        let plan = Plan::new(crate::id::JourneyId(1), 1, journey);
        let walk = |looks: &[i64]| {
            let mut done = Vec::new();
            let mut moved = look(&plan, begun(&plan, began), &[], began);
            let mut now = began;
            let mut looks = looks.to_vec();
            loop {
                done.extend(moved.effects.iter().map(|effect| (effect.step.clone(), now)));
                let Some(wakes_at) = moved.run.wakes_at else {
                    return Ok((done, moved.run.ended, now));
                };
                prop_assert!(wakes_at > now);
                let between = looks.pop().map(|seconds| now.plus_seconds(seconds));
                // A look before it is due moves nothing.
                if let Some(between) = between.filter(|it| *it < wakes_at) {
                    let still = look(&plan, moved.run.clone(), &[], between);
                    prop_assert!(still.effects.is_empty() && still.lines.is_empty());
                    prop_assert_eq!(&still.run, &moved.run);
                }
                if let Stand::Waits(due) = moved.run.stand {
                    prop_assert_eq!(due, wakes_at);
                }
                now = wakes_at;
                moved = look(&plan, moved.run, &[], now);
            }
        };
        let (plain, ended, last) = walk(&[])?;
        let looked = walk(&extra)?;
        prop_assert!(ended.is_some());
        prop_assert_eq!((&plain, ended, last), (&looked.0, looked.1, looked.2));
        let mut steps: Vec<&StepId> = plain.iter().map(|(step, _)| step).collect();
        let count = steps.len();
        steps.sort();
        steps.dedup();
        prop_assert_eq!(steps.len(), count);
        for (step, _) in &plain {
            prop_assert!(plan.step(step).is_some());
        }
    }
}
