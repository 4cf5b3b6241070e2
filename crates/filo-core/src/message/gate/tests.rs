mod passing_on;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::consent::addressing::Reason;
use crate::id::MessageId;
use crate::message::policy::{Cap, NoRoom};

const DAY: i64 = 86_400;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap()
}

/// A Wednesday at noon in Rome.
fn noon() -> Timestamp {
    Timestamp::parse("2027-06-09T10:00:00Z").unwrap()
}

fn addressing(may: bool, whys: &[Why]) -> addressing::Verdict {
    let reason = |why: &Why| Reason {
        why: *why,
        at: None,
        suppressed: None,
    };
    addressing::Verdict {
        may,
        reasons: whys.iter().map(reason).collect(),
        statement: None,
        expires_at: None,
        ask_from: None,
        addresses: Vec::new(),
    }
}

/// One question with everything that can be varied.
#[expect(clippy::struct_excessive_bools, reason = "each is varied by itself")]
struct Case {
    class: Class,
    medium: Medium,
    fallback: Option<Medium>,
    now: Timestamp,
    policy: Policy,
    spent: Vec<Spent>,
    rivals: Vec<Rival>,
    addressing: addressing::Verdict,
    is_held_back: bool,
    is_held_back_of_journey: bool,
    is_unapproved: bool,
    is_absent: bool,
    is_reason_true: bool,
    expires_in: i64,
    waited: i64,
}

fn case() -> Case {
    Case {
        class: Class::Marketing,
        medium: Medium::Email,
        fallback: None,
        now: noon(),
        policy: Policy::default(),
        spent: Vec::new(),
        rivals: Vec::new(),
        addressing: addressing(true, &[Why::Granted]),
        is_held_back: false,
        is_held_back_of_journey: false,
        is_unapproved: false,
        is_absent: false,
        is_reason_true: true,
        expires_in: 30 * DAY,
        waited: 0,
    }
}

impl Case {
    fn verdict(&self) -> Verdict {
        let zone = zone();
        let asking = Asking {
            id: MessageId(10),
            medium: self.medium,
            fallback: self.fallback,
            class: self.class,
            value: 5,
            planned_at: self.now.plus_seconds(-self.waited),
            expires_at: self.now.plus_seconds(self.expires_in),
            is_reason_true: self.is_reason_true,
            is_held_back: self.is_held_back,
            is_held_back_of_journey: self.is_held_back_of_journey,
            is_unapproved: self.is_unapproved,
            is_absent: self.is_absent,
            addressing: &self.addressing,
        };
        let around = Surroundings {
            policy: &self.policy,
            spent: &self.spent,
            rivals: &self.rivals,
            zone: &zone,
            now: self.now,
        };
        pass(&asking, &around)
    }

    fn words(&self) -> (&'static str, Vec<&'static str>) {
        let verdict = self.verdict();
        let words = verdict.findings.iter().map(|it| it.word()).collect();
        (verdict.outcome.word(), words)
    }

    fn email_ago(&mut self, days: i64, hours: i64) {
        self.spent.push(Spent {
            at: self.now.plus_seconds(-days * DAY - hours * 3_600),
            medium: Medium::Email,
            weight: 2,
        });
    }

    fn rival(&mut self, value: u16) {
        self.rivals.push(Rival {
            id: MessageId(u128::from(value)),
            medium: Medium::Call,
            value,
            planned_at: self.now,
        });
    }
}

#[test]
fn with_a_yes_and_room_it_goes() {
    assert_eq!(case().words(), ("go", vec!["granted"]));
}

#[test]
fn each_obstacle_alone_has_its_effect() {
    let with = |change: fn(&mut Case)| {
        let mut case = case();
        case.policy.wait_days_most = 30;
        change(&mut case);
        let (outcome, words) = case.words();
        (outcome, words.last().copied().unwrap())
    };
    let no = |it: &mut Case| it.addressing = addressing(false, &[Why::Denied]);
    assert_eq!(with(no), ("stop", "denied"));
    assert_eq!(with(|it| it.expires_in = 0), ("stop", "too_late"));
    assert_eq!(
        with(|it| it.is_reason_true = false),
        ("stop", "reason_gone")
    );
    assert_eq!(with(|it| it.is_held_back = true), ("stop", "held_back"));
    let of_journey = with(|it| it.is_held_back_of_journey = true);
    assert_eq!(of_journey, ("stop", "held_back_of_journey"));
    assert_eq!(
        with(|it| it.policy.is_paused = true),
        ("ask_person", "paused")
    );
    let night = |it: &mut Case| it.now = noon().plus_seconds(10 * 3_600);
    assert_eq!(with(night), ("wait", "quiet"));
    let hours = |it: &mut Case| it.addressing = addressing(false, &[Why::OutsideCallHours]);
    assert_eq!(with(hours), ("wait", "outside_call_hours"));
    let full = |it: &mut Case| {
        it.policy.budget.points = 0;
        it.email_ago(1, 0);
        it.email_ago(2, 0);
    };
    assert_eq!(with(full), ("wait", "cap"));
    let noisy = |it: &mut Case| {
        it.policy.caps.clear();
        for days in 1..=3 {
            it.email_ago(days, 0);
        }
    };
    assert_eq!(with(noisy), ("wait", "budget"));
    assert_eq!(with(|it| it.rival(9)), ("wait", "outranked"));
}

#[test]
fn what_a_person_has_to_see_waits_for_them_unless_it_never_leaves() {
    let mut case = case();
    case.is_unapproved = true;
    assert_eq!(case.words(), ("ask_person", vec!["granted", "unapproved"]));
    assert_eq!(case.verdict().state(), State::Unapproved);
    // Who is asked of is not the same as that everything stands still.
    case.policy.is_paused = true;
    assert_eq!(case.verdict().state(), State::Unapproved);
    case.is_unapproved = false;
    assert_eq!(case.verdict().state(), State::Awaiting);
    // Nobody is troubled about what goes nowhere, nor about what is owed.
    case.is_unapproved = true;
    case.addressing = addressing(false, &[Why::Suppressed]);
    assert_eq!(case.verdict().state(), State::Stopped);
    case.addressing = addressing(true, &[Why::Duty]);
    case.class = Class::Transactional;
    assert_eq!(case.verdict().state(), State::Queued);
}

#[test]
fn what_is_shown_to_them_waits_until_they_come_and_takes_room_only_then() {
    let mut case = case();
    case.medium = Medium::InApp;
    case.is_absent = true;
    case.policy.wait_days_most = 1;
    case.policy.caps = vec![Cap {
        medium: None,
        most: 2,
        days: 7,
    }];
    case.email_ago(1, 0);
    case.email_ago(2, 0);
    assert_eq!(case.words(), ("wait", vec!["granted", "absent"]));
    let until = case.now.plus_seconds(case.expires_in);
    assert_eq!(case.verdict().outcome, Outcome::Wait(until));
    // What never leaves is not kept for them, and what a person must see waits for that person.
    case.is_reason_true = false;
    assert_eq!(case.verdict().state(), State::Stopped);
    case.is_reason_true = true;
    case.is_unapproved = true;
    assert_eq!(case.verdict().state(), State::Unapproved);
    case.is_unapproved = false;
    case.expires_in = 0;
    assert_eq!(case.words(), ("stop", vec!["granted", "too_late"]));
    // They are there: now the room counts, however long it has waited, and the night does not.
    case.expires_in = 20 * DAY;
    case.waited = 9 * DAY;
    case.is_absent = false;
    assert_eq!(case.words().0, "wait");
    assert!(case.words().1.contains(&"cap"));
    case.spent.clear();
    case.now = noon().plus_seconds(12 * 3_600);
    assert_eq!(case.words(), ("go", vec!["granted"]));
}

#[test]
fn what_is_owed_knows_no_caps_and_no_night() {
    let mut case = case();
    case.class = Class::Transactional;
    case.now = noon().plus_seconds(12 * 3_600);
    case.policy.is_paused = true;
    case.is_held_back = true;
    case.is_held_back_of_journey = true;
    for _ in 0..5 {
        case.email_ago(0, 1);
    }
    assert_eq!(case.words().0, "go");
    case.addressing = addressing(false, &[Why::Suppressed]);
    assert_eq!(case.words().0, "stop");
}

#[test]
fn what_is_worth_less_does_not_take_the_room() {
    let mut case = case();
    case.rival(3);
    assert_eq!(case.words().0, "go");
    // An equal that waits longer goes first.
    case.rivals.clear();
    case.rival(5);
    case.rivals[0].planned_at = case.now.plus_seconds(-60);
    assert_eq!(case.words().0, "wait");
}

#[test]
fn room_is_free_again_to_the_instant() {
    let mut case = case();
    case.email_ago(6, 23);
    case.email_ago(1, 0);
    let Outcome::Wait(until) = case.verdict().outcome else {
        panic!("it must wait");
    };
    assert_eq!(until, case.now.plus_seconds(3_600));
    case.now = until.plus_micros(-1);
    assert_eq!(case.words().0, "wait");
    case.now = until;
    assert_eq!(case.words().0, "go");
}

#[test]
fn patience_ends_but_a_night_does_not_end_it() {
    let mut case = case();
    case.email_ago(1, 0);
    case.email_ago(2, 0);
    case.waited = 3 * DAY;
    assert_eq!(case.words(), ("stop", vec!["granted", "cap", "too_late"]));
    case.spent.clear();
    case.now = noon().plus_seconds(10 * 3_600);
    assert_eq!(case.words().0, "wait");
    case.expires_in = 3_600;
    assert_eq!(case.words(), ("stop", vec!["granted", "quiet", "too_late"]));
}

#[test]
fn a_full_mailbox_of_rules_drops_what_has_no_room_if_the_company_says_so() {
    let mut case = case();
    case.policy.no_room = NoRoom::Drop;
    case.email_ago(1, 0);
    case.email_ago(2, 0);
    assert_eq!(case.words(), ("stop", vec!["granted", "cap"]));
}

fn media() -> impl Strategy<Value = Medium> {
    prop::sample::select(Medium::ALL.to_vec())
}

fn caps() -> impl Strategy<Value = Vec<Cap>> {
    let cap = (prop::option::of(media()), 1u16..4, 1u16..15).prop_map(|(medium, most, days)| Cap {
        medium,
        most,
        days,
    });
    prop::collection::vec(cap, 0..4)
}

proptest! {
    /// What goes is counted naively in every window, and never passes a cap, the budget or the
    /// night.
    #[test]
    fn limits_hold_over_any_history(
        caps in caps(),
        points in 6u16..20,
        days in 1u16..15,
        steps in prop::collection::vec((media(), 0i64..400_000), 1..60),
    ) {
        let zone = zone();
        let mut case = case();
        case.policy.caps = caps;
        case.policy.budget.points = points;
        case.policy.budget.days = days;
        let policy = case.policy.clone().checked().unwrap();
        for (medium, pause) in steps {
            case.now = case.now.plus_seconds(pause);
            case.medium = medium;
            let verdict = case.verdict();
            if let Outcome::Wait(until) = verdict.outcome {
                prop_assert!(until > case.now);
            }
            if verdict.outcome != Outcome::Go {
                continue;
            }
            if !matches!(medium, Medium::Counter | Medium::InApp) {
                prop_assert_eq!(quiet_until(policy.quiet, &zone, case.now), None);
            }
            let weight = policy.budget.weight(medium);
            case.spent.push(Spent { at: case.now, medium, weight });
            let within = |days: u16| {
                let since = case.now.plus_seconds(-i64::from(days) * DAY);
                case.spent.iter().filter(move |it| it.at > since)
            };
            for cap in &policy.caps {
                let counted = within(cap.days)
                    .filter(|it| cap.medium.is_none_or(|medium| medium == it.medium))
                    .count();
                prop_assert!(counted <= usize::from(cap.most));
            }
            let noise: u32 = within(days).map(|it| u32::from(it.weight)).sum();
            prop_assert!(noise <= u32::from(points));
        }
    }

    /// Whoever comes back exactly when they were told to finds the way free, unless the company
    /// has changed its mind.
    #[test]
    fn waiting_as_long_as_was_said_is_enough(
        caps in caps(),
        history in prop::collection::vec((media(), 0i64..1_000_000), 0..20),
        medium in media(),
    ) {
        let mut case = case();
        case.policy.caps = caps;
        case.policy.wait_days_most = 90;
        case.expires_in = 400 * DAY;
        case.medium = medium;
        for (medium, ago) in history {
            let at = case.now.plus_seconds(-ago);
            case.spent.push(Spent { at, medium, weight: case.policy.budget.weight(medium) });
        }
        for _ in 0..20 {
            match case.verdict().outcome {
                Outcome::Wait(until) => case.now = until,
                Outcome::Go => return Ok(()),
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert!(false, "it waits for ever");
    }
}
