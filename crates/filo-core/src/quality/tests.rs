//! Whole people looked at, corrected, and looked at again.

use super::*;
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId};
use crate::identity::{Identifier, Kind, Rules};
use crate::profile::Profile;
use crate::time::Timestamp;

const DAY: i64 = 86_400;

fn said(id: u128, day: i64, traits: &str) -> Event {
    let at = Timestamp::from_seconds(day * DAY);
    Event {
        id: EventId(id),
        thread: NodeId(1),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Identify,
        trust: Trust::Verified,
        channel: Channel::Server,
        source: SourceId(3),
        message_id: "m".into(),
        name: "".into(),
        identifiers: smallvec::SmallVec::new(),
        properties: traits.into(),
        context: "".into(),
    }
}

fn profile(events: &[Event]) -> Profile {
    let mut profile = Profile::default();
    let rules = Rules::default();
    events.iter().for_each(|event| profile.fold(event, &rules));
    profile
}

fn look(profile: &Profile, identifiers: &[Identifier], day: i64) -> Assessment {
    let now = Timestamp::from_seconds(day * DAY);
    assess(
        Known {
            profile,
            identifiers,
        },
        &Rules::default(),
        now,
    )
}

fn reasons(assessment: &Assessment) -> Vec<Reason> {
    assessment
        .findings
        .iter()
        .map(|finding| finding.reason)
        .collect()
}

const ANNA: &str = r#"{"firstName":"Rossi","lastName":"Mario","email":"mario@gmial.com",
    "phone":"06 6982 1234","birthday":"1980-02-01","gender":"f","tax_code":"RSSMRA80A01H501U",
    "address":{"street":"Via Po 1","city":"Milano","postalCode":"20121","state":"TO"}}"#;

#[test]
fn a_person_is_looked_at_whole() {
    let profile = profile(&[said(1, 20_000, ANNA)]);
    let seen = look(&profile, &[], 20_000);
    assert_eq!(
        reasons(&seen),
        [
            Reason::NameSwapped,
            Reason::NameSwapped,
            Reason::EmailDomainTypo,
            Reason::PhoneFixed,
            Reason::BirthdayTaxCode,
            Reason::GenderTaxCode,
            Reason::PostalProvince,
        ]
    );
    let gains: Vec<_> = seen
        .findings
        .iter()
        .filter_map(|it| seen.gain(it))
        .collect();
    assert_eq!(gains, [Gain::Email]);
    assert!(!seen.is_nobody(&[]));
    let scores =
        Tally::of_person(&seen.marks, Timestamp::from_seconds(20_000 * DAY), (2, 1)).scores();
    assert_eq!(
        scores,
        Scores {
            completeness: Some(1000),
            // Of six values (name, address, number, birthday, code, place) the mail is broken.
            validity: Some(833),
            freshness: Some(1000),
            uniqueness: Some(500),
            // The name fits swapped, birthday and sex do not; one of two places does.
            consistency: Some(400),
        }
    );
    assert_eq!(scores.whole(), Some(747));
}

#[test]
fn somebody_with_another_good_address_gains_nothing() {
    let rules = Rules::default();
    let other = Identifier::new(Kind::Email, "mario@libero.it", &rules).unwrap();
    let profile = profile(&[said(1, 20_000, ANNA)]);
    let seen = look(&profile, &[other], 20_000);
    assert!(
        seen.findings
            .iter()
            .all(|finding| seen.gain(finding).is_none())
    );
}

#[test]
fn a_value_counts_half_after_two_years_and_absent_figures_do_not_count() {
    let profile = profile(&[said(1, 20_000, r#"{"name":"Anna Rossi"}"#)]);
    let day = 20_000 + HALF_LIFE_DAYS;
    let seen = look(&profile, &[], day);
    let now = Timestamp::from_seconds(day * DAY);
    let scores = Tally::of_person(&seen.marks, now, (0, 0)).scores();
    assert_eq!(scores.freshness, Some(500));
    assert_eq!((scores.uniqueness, scores.consistency), (None, None));
    assert_eq!(scores.whole(), Some((200 + 1000 + 500 + 1) / 3));
}

#[test]
fn a_correction_mends_and_the_former_value_brings_it_back() {
    let rules = Rules::default();
    let mut events = vec![said(1, 20_000, ANNA)];
    let before = look(&profile(&events), &[], 20_000);
    let mut former = Vec::new();
    for (place, finding) in before.findings.iter().enumerate() {
        let Some(proposal) = &finding.proposal else {
            continue;
        };
        let traits = profile(&events).traits;
        assert_eq!(reading(&traits, finding.field), finding.raw);
        former.push((finding.field, reading(&traits, finding.field)));
        let call = correction(&traits, &[(finding.field, proposal)], &rules).unwrap();
        let mut event = said(10 + place as u128, 20_001, &call);
        event.trust = Trust::Staff;
        events.push(event);
    }
    let mended = profile(&events);
    assert_eq!(reasons(&look(&mended, &[], 20_001)), [Reason::PhoneFixed]);
    // Only the province of the address changed.
    let address = mended.traits.address().unwrap();
    assert_eq!(
        (address.street.as_deref(), address.state.as_deref()),
        (Some("Via Po 1"), Some("MI"))
    );
    for (place, (field, raw)) in former.iter().enumerate() {
        let traits = profile(&events).traits;
        let call = correction(&traits, &[(*field, raw)], &rules).unwrap();
        let mut event = said(50 + place as u128, 20_002, &call);
        event.trust = Trust::Staff;
        events.push(event);
    }
    assert_eq!(
        look(&profile(&events), &[], 20_000).findings,
        before.findings
    );
}

#[test]
fn marks_come_back_from_their_bytes() {
    let seen = look(&profile(&[said(1, 20_000, ANNA)]), &[], 20_000);
    let bytes = marks_to_bytes(&seen.marks);
    assert_eq!(marks_of_bytes(&bytes), Some(seen.marks));
    assert_eq!(marks_of_bytes(&[255, 255]), None);
}

proptest::proptest! {
    #[test]
    fn any_words_are_looked_at_and_every_proposal_mends_its_finding(
        name in "\\PC{0,24}", email in "[a-z@. ,]{0,16}(gmial.com)?", phone in "[0-9+ oO.]{0,16}",
        birthday in "[0-9/-]{0,12}", code in "[A-Z0-9]{0,16}", cap in "[0-9 I-]{0,6}",
        city in "(Milano|Roma|Torino|Boh)?", state in "(MI|RM|to|Roma|X)?",
    ) {
        let traits = serde_json::json!({
            "name": name, "email": email, "phone": phone, "birthday": birthday, "tax_code": code,
            "address": {"postal_code": cap, "city": city, "state": state},
        });
        let mut events = vec![said(1, 20_000, &traits.to_string())];
        let first = look(&profile(&events), &[], 20_000);
        for (place, finding) in first.findings.iter().enumerate() {
            let Some(proposal) = &finding.proposal else { continue };
            let traits = profile(&events).traits;
            let call = correction(&traits, &[(finding.field, proposal)], &Rules::default()).unwrap();
            events.push(said(10 + place as u128, 20_001, &call));
            let again = look(&profile(&events), &[], 20_001);
            proptest::prop_assert!(
                !again.findings.iter().any(|it| (it.field, it.reason) == (finding.field, finding.reason)),
                "{finding:?} {again:?}"
            );
        }
    }
}
