//! Documents: what is read back, and what is refused where.

use std::collections::BTreeMap;

use crate::id::{AudienceId, JourneyId, ListId, PieceId, SegmentId};
use crate::journey::{Around, Journey, check};
use crate::message::Medium;

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let fault = |journey: &str| {
        let text = format!(r#"{{"version":1,"journey":{journey}}}"#);
        Journey::from_json(&text).unwrap_err()
    };
    let step = r#"{"trigger":{"hand":{}},"steps":[{"id":"a","do":{"wait":{"for":"3 moons"}}}]}"#;
    assert_eq!(fault(step).at, "/journey/steps/0/do/wait/for");
    let unknown = r#"{"trigger":{"hand":{}},"steps":[],"colour":1}"#;
    assert!(fault(unknown).cause.contains("unknown field `colour`"));
    let clock =
        r#"{"trigger":{"hand":{}},"steps":[{"id":"a","do":{"wait":{"until":{"at":"25:00"}}}}]}"#;
    assert_eq!(fault(clock).at, "/journey/steps/0/do/wait/until/at");
    assert!(Journey::from_json(r#"{"version":9,"journey":{"trigger":{"hand":{}}}}"#).is_err());
}

#[test]
fn every_fault_is_told_at_once_with_its_step() {
    let journey = super::journey(
        r#""steps":[
            {"id":"a","do":{"wait":{}}},
            {"id":"a","do":{"split":{"arms":[{"name":"x","share":50},{"name":"y","share":40}]}}},
            {"id":"c","do":{"set_trait":{"key":"email","value":"x"}}},
            {"id":"d","do":{"record":{"name":"Consent Granted"}}},
            {"id":"e","do":{"ask":{"kind":"call","title":"Chiama","role":"pope","outcomes":[]}}},
            {"id":"f","do":{"end":{}}},
            {"id":"g","do":{"start":{"journey":"jrn_00000000000000000000000002"}}}]"#,
    );
    let faults = check(JourneyId(1), &journey, &Around::default());
    let places: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
    assert_eq!(
        places,
        [
            "/steps/0/do/wait",
            "/steps/1/id",
            "/steps/1/do/split/arms",
            "/steps/2/do/set_trait/key",
            "/steps/3/do/record/name",
            "/steps/4/do/ask/role",
            "/steps/4/do/ask/outcomes",
            "/steps/5",
            "/steps/6/do/start/journey",
        ]
    );
    assert_eq!(faults[5].step.as_ref().unwrap().0, "e");
}

#[test]
fn segments_must_be_there_and_journeys_must_not_lead_back() {
    let text = r#"{"version":1,"journey":{"trigger":{"segment_entered":"seg_00000000000000000000000007"},
        "steps":[{"id":"a","do":{"start":{"journey":"jrn_00000000000000000000000002"}}}]}}"#;
    let journey = Journey::from_json(text).unwrap();
    let mut around = Around {
        segments: [SegmentId(7)].into_iter().collect(),
        lists: [ListId(5)].into_iter().collect(),
        audiences: [AudienceId(5)].into_iter().collect(),
        pieces: BTreeMap::from([(PieceId(5), vec![Medium::Email, Medium::Sms])]),
        starts: BTreeMap::from([
            (JourneyId(2), vec![JourneyId(3)]),
            (JourneyId(3), Vec::new()),
        ]),
    };
    assert_eq!(check(JourneyId(1), &journey, &around), []);
    around.starts.insert(JourneyId(3), vec![JourneyId(1)]);
    assert_eq!(
        check(JourneyId(1), &journey, &around)[0].at,
        "/steps/0/do/start/journey"
    );
    let listed = super::journey(
        r#""steps":[{"id":"a","do":{"join_list":{"list":"lst_00000000000000000000000005"}}},
            {"id":"b","do":{"leave_list":{"list":"lst_00000000000000000000000006"}}}]"#,
    );
    let faults = check(JourneyId(1), &listed, &around);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].at, "/steps/1/do/leave_list/list");
    assert_eq!(listed.lists(), [ListId(5), ListId(6)].into_iter().collect());
    let offered = super::journey(
        r#""steps":[{"id":"a","do":{"join_audience":{"audience":"aud_00000000000000000000000005"}}},
            {"id":"b","do":{"leave_audience":{"audience":"aud_00000000000000000000000006"}}}]"#,
    );
    let faults = check(JourneyId(1), &offered, &around);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].at, "/steps/1/do/leave_audience/audience");
    assert_eq!(offered.audiences().len(), 2);
    assert!(offered.lists().is_empty(), "an audience is no list");
    around.segments.clear();
    assert_eq!(
        check(JourneyId(1), &journey, &around)[0].at,
        "/trigger/segment_entered"
    );
}

#[test]
fn media_that_are_tried_in_turn_are_each_another_and_each_has_a_text() {
    let around = Around {
        segments: Default::default(),
        lists: Default::default(),
        audiences: Default::default(),
        pieces: BTreeMap::from([(PieceId(5), vec![Medium::Email, Medium::Sms, Medium::InApp])]),
        starts: BTreeMap::new(),
    };
    let faults = |fallbacks: &str| -> Vec<String> {
        let journey = super::journey(&format!(
            r#""steps":[{{"id":"a","do":{{"send":{{"piece":"pce_00000000000000000000000005",
                "fallbacks":{fallbacks}}}}}}}]"#
        ));
        let found = check(JourneyId(1), &journey, &around).into_iter();
        found.map(|fault| fault.at).collect()
    };
    assert_eq!(faults(r#"["sms","in_app"]"#), [""; 0]);
    let at = "/steps/0/do/send/fallbacks";
    assert_eq!(faults(r#"["email"]"#), [format!("{at}/0")]);
    assert_eq!(faults(r#"["sms","sms"]"#), [format!("{at}/1")]);
    assert_eq!(faults(r#"["call"]"#), [format!("{at}/0"), at.to_owned()]);
    assert_eq!(
        faults(r#"["whatsapp"]"#),
        [at],
        "the piece has no text for it"
    );
    assert_eq!(
        faults(r#"["in_app","sms"]"#),
        [at],
        "nothing comes after what waits"
    );
    assert_eq!(
        faults(r#"["sms","whatsapp","telegram","push"]"#),
        [at, at],
        "too many, and without texts"
    );
}
