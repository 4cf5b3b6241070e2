use super::*;
use crate::identity::scene::{KEY, decision, event, node};

fn evidence(trust: Trust, at: i64, event: u128) -> Evidence {
    Evidence {
        trust,
        at: Timestamp(at),
        event: EventId(event),
        source: SourceId(1),
        rule_version: LINKING_VERSION,
    }
}

#[test]
fn an_event_proves_a_star_around_its_strongest_identifier() {
    let names = ["anonymous_id:a", "email:m@x.it", "user_id:u"];
    let links = links_of(&event(1, Trust::Verified, 0, &names), &KEY);
    let pairs: Vec<_> = links.iter().map(Link::pair).collect();
    let user = node("user_id:u");
    let pair = |other: NodeId| (user.min(other), user.max(other));
    assert_eq!(
        pairs,
        [pair(node("email:m@x.it")), pair(node("anonymous_id:a"))]
    );
    assert!(links.iter().all(Link::is_live));
    assert!(links_of(&event(1, Trust::Verified, 0, &["user_id:u"]), &KEY).is_empty());
}

#[test]
fn the_strongest_and_then_the_earliest_proof_is_kept() {
    let mut kept = evidence(Trust::Claimed, 5, 1);
    kept.merge(&evidence(Trust::Verified, 9, 2));
    assert_eq!(kept, evidence(Trust::Verified, 9, 2));
    kept.merge(&evidence(Trust::Verified, 7, 3));
    kept.merge(&evidence(Trust::Claimed, 1, 4));
    assert_eq!(kept, evidence(Trust::Verified, 7, 3));
}

#[test]
fn the_last_decision_stands() {
    let pair = (node("user_id:u"), node("email:m@x.it"));
    let link = |id, day, verdict| {
        links_of(&decision(id, day, verdict, pair), &KEY)
            .into_iter()
            .next()
            .unwrap()
    };
    let mut ruled = link(1, 10, Verdict::Apart);
    assert!(!ruled.is_live());
    ruled.merge(&link(2, 5, Verdict::Together));
    assert_eq!(
        ruled.verdict(),
        Some(Verdict::Apart),
        "an older decision that arrives later"
    );
    ruled.merge(&link(3, 11, Verdict::Together));
    assert!(ruled.is_live());
    assert_eq!(ruled.trust(), Some(Trust::Staff));
    ruled.merge(&link(4, 12, Verdict::Withdrawn));
    assert!(
        !ruled.is_live(),
        "without a decision there is no evidence either"
    );
    assert_eq!(
        ruled.ruling.as_ref().map(|it| it.actor.as_str()),
        Some("anna")
    );
    ruled.evidence = Some(evidence(Trust::Claimed, 1, 5));
    assert!(ruled.is_live());
}

#[test]
fn only_people_of_the_company_decide() {
    let pair = (node("user_id:u"), node("email:m@x.it"));
    let good = decision(1, 0, Verdict::Together, pair);
    assert_eq!(links_of(&good, &KEY).len(), 1);
    for trust in [Trust::Claimed, Trust::Verified] {
        assert!(
            links_of(
                &Event {
                    trust,
                    ..good.clone()
                },
                &KEY
            )
            .is_empty()
        );
    }
    for properties in [
        "",
        "{}",
        "[]",
        r#"{"a":"idn_x","b":7}"#,
        r#"{"a":"cus_0","b":"cus_1"}"#,
    ] {
        let bad = Event {
            properties: properties.into(),
            ..good.clone()
        };
        assert!(links_of(&bad, &KEY).is_empty(), "{properties}");
    }
    let oneself = decision(1, 0, Verdict::Together, (pair.0, pair.0));
    assert!(links_of(&oneself, &KEY).is_empty());
    let unknown = Event {
        name: "Customers Swapped".into(),
        ..good
    };
    assert!(links_of(&unknown, &KEY).is_empty());
}

#[test]
fn a_decision_is_written_and_read_back() {
    let written = Decision {
        verdict: Verdict::Apart,
        a: NodeId(1),
        b: NodeId(2),
        actor: "anna".into(),
        note: "due \"Mario\" \u{e8} diversi".into(),
    };
    let event = Event {
        properties: written.properties(),
        ..decision(1, 0, Verdict::Apart, (NodeId(1), NodeId(2)))
    };
    assert_eq!(Decision::of(&event), Some(written));
}
