//! What would have happened, with lives of a few events; and what must hold of every life.

mod visits;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{
    Fate, Life, Own, Period, Rehearsed, Rulebook, Sample, Stage, Tally, Voice, in_order, rehearse,
};
use crate::consent::purpose::Purposes;
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{
    CustomerId, EventId, JourneyId, MessageId, NodeId, PieceId, SegmentId, SourceId, WorkspaceKey,
};
use crate::identity::{Identifier, Kind, default_rules};
use crate::journey::{Journey, Plan};
use crate::message::Class;
use crate::message::policy::Policy;
use crate::money::Currency;
use crate::segment::{Definition, Scene};
use crate::time::Timestamp;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const KEY: WorkspaceKey = WorkspaceKey([7; 32]);
const PIECE: PieceId = PieceId(9);
const SEGMENT: SegmentId = SegmentId(3);

/// The first of March 2026 at noon in Rome.
fn begin() -> Timestamp {
    Timestamp::parse("2026-03-01T11:00:00Z").unwrap()
}

fn at(seconds: i64) -> Timestamp {
    begin().plus_seconds(seconds)
}

fn node() -> NodeId {
    KEY.node_id(Kind::Email, "anna@example.it")
}

fn scene(condition: Option<&str>) -> Scene {
    let condition = condition.map(|text| {
        let text = format!(r#"{{"version":1,"condition":{text}}}"#);
        let read = Definition::from_json(&text).unwrap();
        (SEGMENT, Arc::new(read.into_condition()))
    });
    Scene {
        segments: condition.into_iter().collect(),
        computed: BTreeMap::new(),
        purposes: Purposes::default(),
        currency: Currency::EUR,
        zone: TimeZone::get("Europe/Rome").unwrap(),
        personas: None,
        yardstick: crate::buyer::Yardstick::default(),
    }
}

fn policy() -> Policy {
    Policy {
        holdout_percent: 0,
        ..Policy::default()
    }
}

fn stage_in(text: &str, scene: Scene) -> Stage {
    let journey = Journey::from_json(&format!(r#"{{"version":1,"journey":{text}}}"#)).unwrap();
    let period = Period {
        from: begin(),
        until: at(30 * DAY),
        broadcast_at: at(DAY),
    };
    let rulebook = Rulebook {
        policy: policy(),
        rules: Arc::new(default_rules()),
        key: KEY,
    };
    let mut stage = Stage::new(Plan::new(JourneyId(1), 1, journey), scene, period, rulebook);
    let voice = Voice {
        class: Class::Marketing,
        purpose: "marketing".into(),
    };
    stage.voices.insert(PIECE, voice);
    stage
}

fn stage(text: &str) -> Stage {
    stage_in(text, scene(None))
}

fn event(name: &str, at: Timestamp, properties: &str) -> Event {
    let id = format!("{name} {} {properties}", at.0);
    let identifier = Identifier {
        kind: Kind::Email,
        value: "anna@example.it".into(),
    };
    Event {
        id: KEY.event_id(SourceId(1), &id),
        thread: node(),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: match name {
            "" => EventKind::Identify,
            _ => EventKind::Track,
        },
        trust: Trust::Verified,
        channel: Channel::Server,
        source: SourceId(1),
        message_id: id.as_str().into(),
        name: name.into(),
        identifiers: [identifier].into_iter().collect(),
        properties: properties.into(),
        context: "{}".into(),
    }
}

fn yes() -> Event {
    let said = r#"{"purpose":"marketing","channel":"email","basis":"consent"}"#;
    event("Consent Granted", at(-40 * DAY), said)
}

fn play(stage: &Stage, mut events: Vec<Event>) -> Rehearsed {
    in_order(&mut events);
    let life = Life {
        customer: CustomerId::from(node()),
        nodes: &[node()],
        kinds: &[Kind::Email],
        events: &events,
        suppressions: &[],
        checks: &[],
    };
    rehearse(stage, &life)
}

fn fates(rehearsed: &Rehearsed) -> Vec<Fate> {
    rehearsed.messages.iter().map(|said| said.fate).collect()
}

fn by_lead(rest: &str) -> String {
    format!(r#"{{"trigger":{{"event":{{"name":"Lead"}}}},"entry":"every_time",{rest}}}"#)
}

fn says(id: &str) -> String {
    format!(r#"{{"id":"{id}","do":{{"send":{{"piece":"{PIECE}"}}}}}}"#)
}

#[test]
fn what_is_said_at_night_leaves_in_the_morning() {
    let wait = r#"{"id":"w","do":{"wait":{"for":"10 hours"}}}"#;
    let stage = stage(&by_lead(&format!(r#""steps":[{wait},{}]"#, says("s"))));
    let told = play(&stage, vec![yes(), event("Lead", at(HOUR), "{}")]);
    // At eleven in the evening it is quiet until eight.
    assert_eq!(fates(&told), [Fate::Left(at(20 * HOUR))]);
    assert_eq!(told.messages[0].planned_at, at(11 * HOUR));
    assert_eq!(told.messages[0].held_up_by(), Some("quiet"));
    assert_eq!(told.peak_points, 2);
    let silent = play(&stage, vec![event("Lead", at(HOUR), "{}")]);
    assert_eq!(fates(&silent), [Fate::Stopped(at(11 * HOUR))]);
    assert_eq!(
        silent.messages[0].why().collect::<Vec<_>>(),
        ["never_asked"]
    );
}

#[test]
fn what_was_really_sent_takes_room_and_what_the_journey_itself_did_does_not_count() {
    let mut stage = stage(&by_lead(&format!(r#""steps":[{}]"#, says("s"))));
    let sent = |id: u128, seconds| {
        let message = MessageId(id);
        let said = format!(
            r#"{{"message":"{message}","medium":"email","class":"marketing","origin":"hand"}}"#
        );
        event("Email Sent", at(seconds), &said)
    };
    let life = vec![
        yes(),
        sent(1, -DAY),
        sent(2, HOUR),
        event("Lead", at(2 * HOUR), "{}"),
    ];
    let full = play(&stage, life.clone());
    // Two in seven days are the most: there is room a week after the first.
    assert_eq!(
        fates(&full),
        [Fate::Stopped(at(2 * HOUR))],
        "it waits three days at most"
    );
    assert!(full.messages[0].why().any(|why| why == "cap"));
    stage.own = Arc::new(Own {
        messages: [MessageId(2)].into_iter().collect(),
        ..Own::default()
    });
    assert_eq!(fates(&play(&stage, life)), [Fate::Left(at(2 * HOUR))]);
}

#[test]
fn what_was_brought_in_later_counts_when_it_happened() {
    let stage = stage(&by_lead(
        r#""steps":[{"id":"w","do":{"wait":{"for":"1 day"}}}]"#,
    ));
    let mut late = event("Lead", at(5 * DAY), "{}");
    late.received_at = at(29 * DAY);
    let told = play(&stage, vec![late]);
    assert_eq!(told.runs[0].entered_at, at(5 * DAY));
    assert_eq!(told.runs[0].ended.map(|(at, _)| at), Some(at(6 * DAY)));
    // A little later is when it was heard of.
    let mut slow = event("Lead", at(5 * DAY), "{}");
    slow.received_at = at(5 * DAY + HOUR);
    assert_eq!(
        play(&stage, vec![slow]).runs[0].entered_at,
        at(5 * DAY + HOUR)
    );
}

#[test]
fn a_step_that_listens_does_not_hear_what_brought_them_in() {
    let listens =
        r#"{"id":"l","do":{"wait_for_event":{"event":{"name":"Lead"},"within":"2 days"}}}"#;
    let stage = stage(&by_lead(&format!(r#""steps":[{listens}]"#)));
    let mut first = event("Lead", at(HOUR), "{}");
    first.received_at = at(HOUR + 1);
    let told = play(&stage, vec![first.clone()]);
    assert_eq!(
        told.runs[0].ended.map(|(at, _)| at),
        Some(at(2 * DAY + HOUR + 1))
    );
    let mut again = event("Lead", at(DAY), "{}");
    again.received_at = at(DAY + 1);
    let told = play(&stage, vec![first, again]);
    assert_eq!(told.runs[0].ended.map(|(at, _)| at), Some(at(DAY + 1)));
    assert_eq!(
        told.refused.len(),
        0,
        "the way was over when they came again"
    );
}

#[test]
fn segments_days_and_broadcasts_bring_in_whom_they_would_have() {
    let bought = r#"{"happened":{"signal":{"name":"Order Completed"},"test":{"figure":
        {"figure":"count","is":{"at_least":2},"during":{"last":"10 days"}}}}}"#;
    let order = |seconds| {
        let said = format!(r#"{{"order_id":"o{seconds}","total":10,"currency":"EUR"}}"#);
        event("Order Completed", at(seconds), &said)
    };
    let steps = r#""entry":"every_time","steps":[{"id":"e","do":{"end":{}}}]"#;
    let by = |word: &str| format!(r#"{{"trigger":{{"{word}":"{SEGMENT}"}},{steps}}}"#);
    let entered = |word: &str, events: &[Event]| -> Vec<Timestamp> {
        let stage = stage_in(&by(word), scene(Some(bought)));
        let told = play(&stage, events.to_vec());
        told.runs.iter().map(|run| run.entered_at).collect()
    };
    let life = [order(2 * DAY), order(4 * DAY), order(20 * DAY)];
    assert_eq!(entered("segment_entered", &life), [at(4 * DAY)]);
    // The first one is ten days ago.
    assert_eq!(entered("segment_left", &life), [at(12 * DAY)]);
    // Who is in before it begins does not come in.
    let earlier = [order(-2 * DAY), order(-DAY)];
    assert!(entered("segment_entered", &earlier).is_empty());
    assert_eq!(entered("broadcast", &earlier), [at(DAY)]);
    assert!(entered("broadcast", &life).is_empty());

    let day = r#"{"trigger":{"date":{"key":"birthday","yearly":true,"days":-2}},"#;
    let stage = stage(&format!("{day}{steps}}}"));
    let born = event("", at(-9 * DAY), r#"{"birthday":"1980-03-10"}"#);
    let told = play(&stage, vec![born]);
    let midnight = Timestamp::parse("2026-03-07T23:00:00Z").unwrap();
    assert_eq!(
        told.runs
            .iter()
            .map(|run| run.entered_at)
            .collect::<Vec<_>>(),
        [midnight]
    );
    assert_eq!(told.runs[0].why, "day");
}

#[test]
fn what_a_step_writes_down_is_known_to_the_next_one() {
    let steps = r#""steps":[
        {"id":"a","do":{"set_trait":{"key":"warm","value":true}}},
        {"id":"b","do":{"branch":{"ways":[{"if":{"trait":{"key":"warm","test":{"value":"set"}}},
            "steps":[{"id":"c","do":{"record":{"name":"Warmed"}}}]}]}}}]"#;
    let told = play(&stage(&by_lead(steps)), vec![event("Lead", at(HOUR), "{}")]);
    let words: Vec<&str> = told
        .lines
        .iter()
        .map(|(_, _, line)| line.what.word())
        .collect();
    assert_eq!(words, ["entered", "set", "went", "recorded", "ended"]);
    assert!(told.lines.iter().all(|(_, then, _)| *then == at(HOUR)));
}

/// A few weeks of somebody who asks, buys, and says yes and no.
fn some_life() -> impl Strategy<Value = Vec<Event>> {
    let happening = (0..4u8, -20 * DAY..30 * DAY, 0..3 * DAY);
    prop::collection::vec(happening, 0..25).prop_map(|all| {
        let one = |(what, seconds, late): (u8, i64, i64)| {
            let said = r#"{"purpose":"marketing","channel":"email","basis":"consent"}"#;
            let mut event = match what {
                0 => event("Consent Granted", at(seconds), said),
                1 => event("Consent Withdrawn", at(seconds), said),
                2 => event("Cart", at(seconds), "{}"),
                _ => event("Lead", at(seconds), "{}"),
            };
            event.received_at = event.at.plus_seconds(late);
            event
        };
        all.into_iter().map(one).collect()
    })
}

fn busy_stage() -> Stage {
    let steps = format!(
        r#""steps":[{},{{"id":"w","do":{{"wait":{{"for":"1 day","until":{{"at":"10:00"}}}}}}}},
        {{"id":"l","do":{{"wait_for_event":{{"event":{{"name":"Cart"}},"within":"3 days",
            "then":[{}],"otherwise":[{{"id":"r","do":{{"record":{{"name":"Silent"}}}}}}]}}}}}}]"#,
        says("s"),
        says("t"),
    );
    stage(&by_lead(&steps))
}

proptest! {
    /// The same life in any order, with repetitions, is the same rehearsal.
    #[test]
    fn order_and_repetition_change_nothing(events in some_life(), seed in any::<u64>()) {
        let stage = busy_stage();
        let told = play(&stage, events.clone());
        let mut shuffled = events.clone();
        shuffled.extend(events.into_iter().take(5));
        shuffled.sort_by_key(|event| event.id.0 ^ u128::from(seed));
        prop_assert_eq!(&play(&stage, shuffled), &told);
        for run in &told.runs {
            prop_assert!(run.entered_at >= begin() && run.entered_at <= at(30 * DAY));
        }
    }

    /// What is let through stays within the caps, whatever else was sent (I5, in virtual time).
    #[test]
    fn caps_hold(events in some_life()) {
        let told = play(&busy_stage(), events);
        let left: Vec<Timestamp> = told.messages.iter().filter_map(|said| match said.fate {
            Fate::Left(at) => Some(at),
            _ => None,
        }).collect();
        for one in &left {
            let week = left.iter().filter(|other| {
                *other <= one && **other > one.plus_seconds(-7 * DAY)
            });
            prop_assert!(week.count() <= 2);
        }
    }

    /// The whole is the merge of its parts, however they are merged.
    #[test]
    fn tallies_merge(lives in prop::collection::vec(some_life(), 0..6), cut in 0usize..6) {
        let stage = busy_stage();
        let zone = TimeZone::UTC;
        let note = |lives: &[(usize, Vec<Event>)]| {
            let (mut tally, mut sample) = (Tally::default(), Sample::default());
            for (place, events) in lives {
                let told = play(&stage, events.clone());
                tally.note(&told, &stage.policy, &zone);
                sample.note(CustomerId(*place as u128), &told);
            }
            (tally, sample)
        };
        let lives: Vec<(usize, Vec<Event>)> = lives.into_iter().enumerate().collect();
        let whole = note(&lives);
        let (one, other) = lives.split_at(cut.min(lives.len()));
        for (first, then) in [(one, other), (other, one)] {
            let (mut tally, mut sample) = note(first);
            let rest = note(then);
            tally.merge(rest.0);
            sample.merge(rest.1);
            prop_assert_eq!(&(tally, sample), &whole);
        }
        let text = serde_json::to_string(&whole.0).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Tally>(&text).unwrap(), &whole.0);
        let messages = whole.0.messages();
        prop_assert_eq!(messages.planned, messages.left + messages.stopped + messages.waits
            + messages.asks_person + messages.unsayable);
    }
}

#[test]
fn an_id_is_the_same_in_every_rehearsal() {
    let stage = stage(&by_lead(&format!(r#""steps":[{}]"#, says("s"))));
    let life = vec![yes(), event("Lead", at(HOUR), "{}")];
    let (one, other) = (play(&stage, life.clone()), play(&stage, life));
    assert_eq!(one, other);
    assert_ne!(one.messages[0].id, MessageId(0));
    assert_ne!(EventId(one.messages[0].id.0), EventId(one.runs[0].id.0));
}
