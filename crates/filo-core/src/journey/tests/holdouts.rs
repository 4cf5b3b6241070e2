//! Who is held back goes the same way and nothing is done with them; and what documents say of
//! holdouts and experiments.

use std::collections::BTreeMap;

use super::{at, begun, journey, look, plan};
use crate::id::JourneyId;
use crate::journey::{
    About, Around, EffectKind, Ending, HOLDOUT_USUAL_PERCENT, Heard, Journey, Run, Slot, What,
    check,
};
use crate::time::Timestamp;

const EVERYTHING: &str = r#""goal":{"name":"Ordine","event":{"name":"Order Completed"},"within":"9 days"},
    "steps":[
    {"id":"a","do":{"set_trait":{"key":"warm","value":true}}},
    {"id":"b","do":{"record":{"name":"Passed"}}},
    {"id":"c","do":{"webhook":{"name":"told"}}},
    {"id":"d","do":{"send":{"piece":"pce_00000000000000000000000002"}}},
    {"id":"e","do":{"start":{"journey":"jrn_00000000000000000000000002"}}},
    {"id":"f","do":{"ask":{"kind":"call","title":"Chiama","within":"2 days",
        "outcomes":[{"name":"Sì"}],
        "otherwise":[{"id":"g","do":{"ask":{"kind":"call","title":"Ancora","outcomes":[{"name":"Sì"}]}}}]}}},
    {"id":"h","do":{"wait":{"for":"1 day"}}}]"#;

fn held(run: Run) -> Run {
    Run {
        is_held_back: true,
        ..run
    }
}

fn whats(advance: &super::super::Advance) -> Vec<What> {
    advance.lines.iter().map(|line| line.what).collect()
}

#[test]
fn who_is_held_back_goes_the_same_way_and_only_what_is_said_goes_to_the_gate() {
    let plan = plan(EVERYTHING);
    let start = at("2027-06-01T10:00:00Z");
    let first = look(&plan, held(begun(&plan, start)), &[], start);
    assert!(
        matches!(&first.effects[..], [one] if matches!(one.kind, EffectKind::Send(_))),
        "{:?}",
        first.effects
    );
    let withheld = What::Withheld;
    assert_eq!(
        whats(&first),
        [withheld, withheld, withheld, What::Sent, withheld, withheld]
    );
    // The task is waited for as if nobody did it; one without an end is not waited for.
    let end = at("2027-06-03T10:00:00Z");
    assert_eq!(first.run.wakes_at, Some(end));
    let later = look(&plan, first.run, &[], end);
    assert_eq!(
        whats(&later),
        [What::Went, withheld, What::Went, What::Waits]
    );
    let last = at("2027-06-04T10:00:00Z");
    let over = look(&plan, later.run, &[], last);
    assert_eq!(over.run.ended, Some((last, Ending::Done)));
    let effects = later.effects.iter().chain(&over.effects);
    assert!(effects.clone().all(|it| it.kind == EffectKind::Withdraw));
}

#[test]
fn the_goal_of_who_is_held_back_is_noted_and_told_to_nobody() {
    let plan = plan(EVERYTHING);
    let start = at("2027-06-01T10:00:00Z");
    let first = look(&plan, held(begun(&plan, start)), &[], start);
    let now: Timestamp = at("2027-06-02T10:00:00Z");
    let bought = Heard {
        journey: JourneyId(1),
        version: 1,
        slot: Slot::Goal,
        value: None,
        event: crate::id::EventId(9),
        at: now,
    };
    let reached = look(&plan, first.run, &[bought], now);
    assert_eq!(reached.run.goal_at, Some(now));
    assert_eq!(
        (whats(&reached), reached.effects.len()),
        (vec![What::Goal], 0)
    );
}

#[test]
fn old_documents_hold_back_nobody_and_new_ones_the_usual_share() {
    let read = |version: u8, rest: &str| {
        let text =
            format!(r#"{{"version":{version},"journey":{{"trigger":{{"hand":{{}}}}{rest}}}}}"#);
        Journey::from_json(&text).unwrap().holdout_percent
    };
    assert_eq!(read(1, ""), 0);
    assert_eq!(read(2, ""), HOLDOUT_USUAL_PERCENT);
    assert_eq!(read(1, r#","holdout_percent":20"#), 20);
    assert_eq!(read(2, r#","holdout_percent":0"#), 0);
    let printed = journey(r#""steps":[]"#).to_json();
    assert_eq!(Journey::from_json(&printed).unwrap().holdout_percent, 0);
}

#[test]
fn a_share_above_a_half_and_an_experiment_with_an_empty_way_are_faults() {
    let journey = journey(
        r#""holdout_percent":51,"steps":[{"id":"x","do":{"split":{"experiment":"subject",
            "arms":[{"name":"A","share":100},{"name":"B","share":0}]}}}]"#,
    );
    let around = Around {
        segments: Default::default(),
        starts: BTreeMap::new(),
        lists: Default::default(),
        audiences: Default::default(),
        pieces: BTreeMap::new(),
    };
    let places: Vec<String> = check(JourneyId(1), &journey, &around)
        .into_iter()
        .map(|fault| fault.at)
        .collect();
    assert_eq!(
        places,
        ["/holdout_percent", "/steps/0/do/split/arms/1/share"]
    );
    for about in About::ALL {
        assert_eq!(About::from_word(about.word()), Some(about));
    }
}
