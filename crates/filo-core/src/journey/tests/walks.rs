//! Walks: what a run does when, and what it does not do twice.

use super::{at, begun, look, looked, plan};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{AudienceId, EventId, JourneyId, ListId, NodeId, SourceId};
use crate::journey::{
    EffectKind, Ending, Entry, Heard, Refused, Slot, Stand, StepId, What, admits, way_of,
};
use crate::time::Timestamp;

fn heard(slot: Slot, at: Timestamp) -> Heard {
    Heard {
        journey: JourneyId(1),
        version: 1,
        slot,
        value: None,
        event: EventId(9),
        at,
    }
}

#[test]
fn a_wait_for_an_event_goes_one_way_or_the_other() {
    let plan = plan(
        r#""steps":[{"id":"w","do":{"wait_for_event":{"event":{"name":"Order Completed"},
            "within":"3 days","then":[{"id":"yes","do":{"webhook":{"name":"came"}}}],
            "otherwise":[{"id":"no","do":{"webhook":{"name":"not"}}}]}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let first = look(&plan, begun(&plan, start), &[], start);
    assert_eq!(first.run.wakes_at, Some(at("2027-06-04T10:00:00Z")));
    assert!(first.effects.is_empty());
    let told = |advance: &super::super::Advance| match &advance.effects[..] {
        [one] => one.kind.clone(),
        other => panic!("{other:?}"),
    };
    let slot = Slot::Step(StepId::from("w"));
    let now = at("2027-06-02T10:00:00Z");
    let came = look(&plan, first.run.clone(), &[heard(slot.clone(), now)], now);
    assert_eq!(told(&came), EffectKind::Tell("came".into()));
    assert_eq!(came.run.ended.unwrap().1, Ending::Done);
    // What happened before the wait began does not count.
    let old = [heard(slot.clone(), at("2027-06-01T09:00:00Z"))];
    let not = look(&plan, first.run.clone(), &old, now);
    assert!(not.run.ended.is_none());
    let late = at("2027-06-04T10:00:00Z");
    assert_eq!(
        told(&look(&plan, first.run, &[], late)),
        EffectKind::Tell("not".into())
    );
}

#[test]
fn an_outcome_chooses_the_way_and_an_unanswered_task_is_withdrawn() {
    let plan = plan(
        r#""steps":[{"id":"t","do":{"ask":{"kind":"call","title":"Chiama","outcomes":[
            {"name":"Sì","steps":[{"id":"y","do":{"goal":{"name":"Detto sì"}}}]},{"name":"No"}],
            "within":"2 days"}}},{"id":"w","do":{"wait":{"for":"1 day"}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let asked = look(&plan, begun(&plan, start), &[], start);
    assert!(matches!(asked.effects[0].kind, EffectKind::Ask(_)));
    let step = StepId::from("t");
    let now = at("2027-06-01T12:00:00Z");
    let yes = looked(
        &plan,
        asked.run.clone(),
        (&[], Some((&step, "Sì")), &[]),
        now,
    );
    assert!(
        matches!(yes.effects[0].kind, EffectKind::Goal(..)),
        "{:?}",
        yes.effects
    );
    assert_eq!((yes.run.step.0.as_str(), yes.run.goal_at), ("w", Some(now)));
    let unknown = looked(
        &plan,
        asked.run.clone(),
        (&[], Some((&step, "Forse")), &[]),
        now,
    );
    assert_eq!(unknown.run.stand, asked.run.stand);
    let given_up = look(&plan, asked.run, &[], at("2027-06-03T10:00:00Z"));
    assert_eq!(given_up.effects[0].kind, EffectKind::Withdraw);
    assert_eq!(given_up.run.step.0, "w");
}

#[test]
fn a_step_that_writes_on_the_thread_goes_on_when_it_is_there() {
    let plan = plan(
        r#""steps":[{"id":"s","do":{"set_trait":{"key":"vip","value":true}}},
            {"id":"e","do":{"webhook":{"name":"done"}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let set = look(&plan, begun(&plan, start), &[], start);
    let EffectKind::Set(event, _) = set.effects[0].kind else {
        panic!("{:?}", set.effects);
    };
    // Looked at again without it, it neither goes on nor writes again.
    let again = look(&plan, set.run.clone(), &[], start);
    assert!(again.effects.is_empty() && again.run.ended.is_none());
    let there = looked(&plan, set.run, (&[], None, &[event]), start);
    assert_eq!(there.effects[0].kind, EffectKind::Tell("done".into()));
}

#[test]
fn who_is_put_on_a_list_goes_on_when_it_is_on_the_thread() {
    let plan = plan(
        r#""steps":[{"id":"s","do":{"join_list":{"list":"lst_00000000000000000000000005"}}},
            {"id":"l","do":{"leave_list":{"list":"lst_00000000000000000000000006"}}},
            {"id":"e","do":{"webhook":{"name":"done"}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let joining = look(&plan, begun(&plan, start), &[], start);
    let [effect] = joining.effects.as_slice() else {
        panic!("{:?}", joining.effects);
    };
    let EffectKind::Join(event, list) = effect.kind else {
        panic!("{effect:?}");
    };
    assert_eq!(list, ListId(5));
    let again = look(&plan, joining.run.clone(), &[], start);
    assert!(again.effects.is_empty() && again.run.ended.is_none());
    // They were never on the other one: nothing is written about it.
    let there = looked(&plan, joining.run, (&[], None, &[event]), start);
    assert_eq!(there.effects[0].kind, EffectKind::Tell("done".into()));
    assert_eq!(there.lines[0].what, What::Left);
}

#[test]
fn who_is_put_into_an_audience_is_put_there_on_the_thread() {
    let plan = plan(
        r#""steps":[{"id":"s","do":{"join_audience":{"audience":"aud_00000000000000000000000005"}}},
            {"id":"l","do":{"leave_audience":{"audience":"aud_00000000000000000000000006"}}},
            {"id":"e","do":{"webhook":{"name":"done"}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let joining = look(&plan, begun(&plan, start), &[], start);
    let [effect] = joining.effects.as_slice() else {
        panic!("{:?}", joining.effects);
    };
    let EffectKind::Join(event, list) = effect.kind else {
        panic!("{effect:?}");
    };
    assert_eq!(list, AudienceId(5).as_list());
    assert_eq!(joining.lines.last().unwrap().what, What::Offered);
    let there = looked(&plan, joining.run, (&[], None, &[event]), start);
    assert_eq!(there.effects[0].kind, EffectKind::Tell("done".into()));
    assert_eq!(there.lines[0].what, What::Recalled);
}

#[test]
fn who_is_too_late_goes_on_skips_or_asks() {
    let of = |then: &str| {
        plan(&format!(
            r#""steps":[{{"id":"w","do":{{"wait":{{"for":"1 hour","late":{{"then":"{then}"}}}}}}}},
                {{"id":"a","do":{{"webhook":{{"name":"a"}}}}}},
                {{"id":"b","do":{{"webhook":{{"name":"b"}}}}}}]"#
        ))
    };
    let start = at("2027-06-01T10:00:00Z");
    let told = |then: &str, now: &str| {
        let plan = of(then);
        let run = look(&plan, begun(&plan, start), &[], start).run;
        let moved = look(&plan, run, &[], at(now));
        let names: Vec<String> = moved
            .effects
            .iter()
            .map(|it| format!("{:?}", it.kind))
            .collect();
        names.join(" ")
    };
    let soon = "2027-06-01T16:59:00Z";
    let late = "2027-06-04T11:00:00Z";
    for then in ["go_on", "skip", "ask"] {
        assert_eq!(told(then, soon), "Tell(\"a\") Tell(\"b\")", "{then}");
    }
    assert_eq!(told("go_on", late), "Tell(\"a\") Tell(\"b\")");
    assert_eq!(told("skip", late), "Tell(\"b\")");
    assert_eq!(told("ask", late), "AskLate");
}

#[test]
fn entry_rules_hold() {
    use crate::journey::Earlier;
    let earlier = |key: &str, at: Timestamp, is_over| Earlier {
        key: key.into(),
        entered_at: at,
        is_over,
        subject: crate::id::CustomerId(1),
    };
    let (then, now) = (at("2027-06-01T10:00:00Z"), at("2027-06-05T10:00:00Z"));
    let going = [earlier("o-1", then, false)];
    let over = [earlier("o-1", then, true)];
    assert_eq!(
        admits(Entry::EveryTime, "o-1", &going, now),
        Err(Refused::OnTheWay)
    );
    assert_eq!(admits(Entry::EveryTime, "o-2", &going, now), Ok(()));
    assert_eq!(admits(Entry::Once, "o-1", &over, now), Err(Refused::Before));
    let every = |text: &str| Entry::Every(text.parse().unwrap());
    assert_eq!(
        admits(every("5 days"), "o-1", &over, now),
        Err(Refused::TooSoon)
    );
    assert_eq!(admits(every("4 days"), "o-1", &over, now), Ok(()));
    let many: Vec<_> = (0..20)
        .map(|it| earlier(&it.to_string(), now, true))
        .collect();
    assert_eq!(
        admits(Entry::EveryTime, "x", &many, now),
        Err(Refused::TooOften)
    );
}

#[test]
fn the_ways_of_a_split_are_the_same_for_ever() {
    let plan = plan(
        r#""steps":[{"id":"s","do":{"split":{"arms":[{"name":"a","share":50},{"name":"b","share":50}]}}}]"#,
    );
    let crate::journey::Action::Split(split) = &plan.first().unwrap().step.action else {
        panic!("no split");
    };
    let arm = |person| {
        way_of(
            JourneyId(1),
            &StepId::from("s"),
            crate::id::CustomerId(person),
            &split.shares(),
        )
    };
    let vectors: Vec<usize> = (0..16).map(arm).collect();
    assert_eq!(vectors, VECTORS);
    let first = (0..100_000u128).filter(|person| arm(*person) == 0).count();
    // A fair draw lies within 50,000 ± 1,000 with a chance of all but one in three billion
    // (normal approximation, six and a third standard deviations of 158).
    assert!((49_000..51_000).contains(&first), "{first}");
}

const VECTORS: [usize; 16] = [1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1];

#[test]
fn a_goal_is_reached_once_and_may_end_the_run() {
    let plan = plan(
        r#""goal":{"name":"Comprato","event":{"name":"Order Completed"},"within":"2 days","ends":true},
            "steps":[{"id":"w","do":{"wait":{"for":"9 days"}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let run = look(&plan, begun(&plan, start), &[], start).run;
    let now = at("2027-06-02T10:00:00Z");
    let reached = look(&plan, run.clone(), &[heard(Slot::Goal, now)], now);
    assert_eq!(reached.run.ended, Some((now, Ending::Goal)));
    let lines: Vec<What> = reached.lines.iter().map(|line| line.what).collect();
    assert_eq!(lines, [What::Goal, What::Ended]);
    let too_late = at("2027-06-04T10:00:00Z");
    let not = look(&plan, run, &[heard(Slot::Goal, too_late)], too_late);
    assert!(not.run.ended.is_none() && not.run.goal_at.is_none());
}

#[test]
fn a_run_that_was_changed_under_its_feet_does_not_ask_twice() {
    let plan = plan(
        r#""steps":[{"id":"t","do":{"ask":{"kind":"call","title":"Chiama","outcomes":[{"name":"Sì"}]}}}]"#,
    );
    let start = at("2027-06-01T10:00:00Z");
    let mut run = look(&plan, begun(&plan, start), &[], start).run;
    run.stand = Stand::Resumes;
    let moved = look(&plan, run, &[], at("2027-06-02T10:00:00Z"));
    assert!(moved.effects.is_empty());
    assert_eq!(
        (moved.run.stand, moved.run.since),
        (Stand::Asked(None), start)
    );
}

/// Only an event of the right name is heard.
#[test]
fn the_book_hears_what_was_asked_for() {
    use crate::journey::{Book, Live, Plan, Status};
    let text = r#"{"version":1,"journey":{"trigger":{"event":{"name":"Order Completed","field":"order_id"}},
        "steps":[{"id":"e","do":{"end":{}}}]}}"#;
    let journey = crate::journey::Journey::from_json(text).unwrap();
    let plan = std::sync::Arc::new(Plan::new(JourneyId(1), 3, journey));
    let live = Live {
        version: 3,
        plans: [(3, plan)].into_iter().collect(),
        status: Status::Active,
        is_filling: false,
        stamp: 1,
        allocated: 0,
    };
    let book = Book::new([(JourneyId(1), live)].into_iter().collect());
    let event = |name: &str| Event {
        id: EventId(1),
        thread: NodeId(1),
        at: Timestamp(1),
        received_at: Timestamp(1),
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel: Channel::Server,
        source: SourceId(1),
        message_id: Default::default(),
        name: name.into(),
        identifiers: Default::default(),
        properties: r#"{"order_id":"o-7"}"#.into(),
        context: "".into(),
    };
    let heard = book.hear(&event("Order Completed"));
    assert_eq!(
        (heard[0].slot.clone(), heard[0].value.as_deref()),
        (Slot::Trigger, Some("o-7"))
    );
    assert!(book.hear(&event("Order Updated")).is_empty());
}
