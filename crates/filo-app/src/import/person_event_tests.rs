use std::sync::Arc;

use filo_core::id::{CustomerId, SourceId, WorkspaceKey};
use filo_core::identity::{Kind, NodeFacts, Rules};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::customer::IdentifierView;

const NOON: i64 = 1_780_000_000;

fn run() -> Run {
    Run {
        key: WorkspaceKey([7; 32]),
        source: SourceId(3),
        received_at: Timestamp::from_seconds(NOON),
        generation: 0,
        rules: Arc::new(Rules::default()),
        list: None,
    }
}

fn draft(row: u64, traits: &[(&str, &str, Collision)]) -> Draft {
    let email = Identifier::new(Kind::Email, "anna@example.it", &Rules::default()).unwrap();
    let said = |(key, value, collision): &(&str, &str, Collision)| DraftTrait {
        key: CompactString::new(key),
        value: Value::from(*value),
        collision: *collision,
    };
    Draft {
        row,
        identifiers: SmallVec::from_iter([email]),
        traits: traits.iter().map(said).collect(),
        consents: Vec::new(),
        suppression: None,
        is_listed: false,
        has_office_address: false,
        changed_at: None,
    }
}

fn consenting(granted: bool, at: Option<i64>) -> Draft {
    Draft {
        consents: vec![DraftConsent {
            channel: Channel::Email,
            granted,
            proof: "the form at the till".to_owned(),
            at: at.map(Timestamp::from_seconds),
        }],
        ..draft(2, &[])
    }
}

/// The person as the events make them.
fn person<'a>(events: impl IntoIterator<Item = &'a Event>) -> CustomerView {
    let rules = Rules::default();
    let mut profile = Profile::default();
    let mut identifiers: Vec<IdentifierView> = Vec::new();
    for event in events {
        profile.fold(event, &rules);
        for one in &event.identifiers {
            let node = run().key.node_id(one.kind, &one.value);
            if identifiers.iter().all(|it| it.node != node) {
                identifiers.push(IdentifierView {
                    node,
                    kind: one.kind,
                    value: one.value.clone(),
                    facts: NodeFacts::seen_in(node, one.kind, event),
                });
            }
        }
    }
    CustomerView {
        id: CustomerId::from(identifiers[0].node),
        identifiers,
        profile,
        links: Vec::new(),
    }
}

fn known(traits: &[(&str, &str, Collision)], at: i64) -> CustomerView {
    let then = Run {
        received_at: Timestamp::from_seconds(at),
        ..run()
    };
    person(&events(&draft(0, traits), None, &then).0)
}

fn city(view: &CustomerView) -> Option<String> {
    stated(Some(&view.profile), "city").as_ref().map(text_of)
}

/// The city after a draft has been brought in, and whether it was said to change.
fn after(view: &CustomerView, said: &Draft) -> (Option<String>, bool) {
    let (events, differences) = events(said, Some(view), &run());
    let mut then = view.clone();
    for event in &events {
        then.profile.fold(event, &Rules::default());
    }
    (city(&then), !differences.is_empty())
}

#[test]
fn a_file_is_no_visit() {
    let mut said = consenting(true, Some(NOON - 50));
    said.traits = draft(2, &[("city", "Roma", Collision::Overwrite)]).traits;
    let view = person(&events(&said, None, &run()).0);
    assert_eq!(city(&view).as_deref(), Some("Roma"));
    assert_eq!(view.profile.last_seen, None);
    assert_eq!(view.profile.first_touch, None);
    assert_eq!(view.profile.channels.iter().count(), 0);
}

#[test]
fn of_two_rows_about_one_person_the_lower_one_counts() {
    for (first, second) in [("Roma", "Milano"), ("Milano", "Roma")] {
        let upper = draft(2, &[("city", first, Collision::Overwrite)]);
        let lower = draft(3, &[("city", second, Collision::Overwrite)]);
        let (upper, lower) = (
            events(&upper, None, &run()).0,
            events(&lower, None, &run()).0,
        );
        let view = person(lower.iter().chain(&upper));
        assert_eq!(city(&view).as_deref(), Some(second));
    }
}

#[test]
fn what_is_said_to_change_changes_under_every_rule() {
    let old = [("city", "Milano", Collision::Overwrite)];
    let view = known(&old, NOON - 100);
    for (collision, changed_at, expected) in [
        (Collision::Overwrite, None, "Roma"),
        (Collision::Overwrite, Some(NOON - 500), "Roma"),
        (Collision::FillIfBlank, None, "Milano"),
        (Collision::Never, None, "Milano"),
        (Collision::NewestWins, None, "Milano"),
        (Collision::NewestWins, Some(NOON - 500), "Milano"),
        (Collision::NewestWins, Some(NOON - 50), "Roma"),
        (Collision::Append, None, r#"["Milano","Roma"]"#),
    ] {
        let said = Draft {
            changed_at: changed_at.map(Timestamp::from_seconds),
            ..draft(2, &[("city", "Roma", collision)])
        };
        let (city, is_said) = after(&view, &said);
        assert_eq!(
            city.as_deref(),
            Some(expected),
            "{collision:?} {changed_at:?}"
        );
        assert_eq!(
            is_said,
            expected != "Milano",
            "{collision:?} {changed_at:?}"
        );
    }
}

#[test]
fn what_was_never_known_is_filled_under_every_rule() {
    let view = known(&[("name", "Anna", Collision::Overwrite)], NOON - 100);
    for collision in Collision::ALL.iter().copied() {
        let (city, _) = after(&view, &draft(2, &[("city", "Roma", collision)]));
        let expected = match collision {
            // Only for people who are new.
            Collision::Never => None,
            Collision::Append => Some(r#"["Roma"]"#),
            Collision::Overwrite | Collision::FillIfBlank | Collision::NewestWins => Some("Roma"),
        };
        assert_eq!(city.as_deref(), expected, "{collision:?}");
    }
}

#[test]
fn what_is_known_of_a_list_is_no_blank_and_stays_in_it() {
    let mut listed = draft(0, &[("city", "", Collision::Overwrite)]);
    listed.traits[0].value = json!(["1", "Roma"]);
    let view = person(&events(&listed, None, &run()).0);
    for (said, collision, expected) in [
        ("Milano", Collision::FillIfBlank, r#"["1","Roma"]"#),
        ("Milano", Collision::Append, r#"["1","Roma","Milano"]"#),
        ("Roma", Collision::Append, r#"["1","Roma"]"#),
        ("Milano", Collision::Overwrite, "Milano"),
    ] {
        let (city, is_said) = after(&view, &draft(2, &[("city", said, collision)]));
        assert_eq!(city.as_deref(), Some(expected), "{collision:?} {said}");
        assert_eq!(
            is_said,
            expected != r#"["1","Roma"]"#,
            "{collision:?} {said}"
        );
    }
}

#[test]
fn a_new_identifier_is_linked_even_if_nothing_else_is_new() {
    let view = known(&[], NOON - 100);
    assert!(events(&draft(2, &[]), Some(&view), &run()).0.is_empty());
    let mut said = draft(2, &[]);
    let phone = Identifier::new(Kind::Phone, "347 1234567", &Rules::default()).unwrap();
    said.identifiers.push(phone);
    let (events, _) = events(&said, Some(&view), &run());
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].identifiers.len(), 2);
}

#[test]
fn a_yes_of_a_file_never_overrules_a_younger_no() {
    let status = |view: &CustomerView| {
        let standing = view
            .profile
            .consents
            .standing(PURPOSE, Some(Channel::Email));
        standing.map(|it| it.status)
    };
    let no = Run {
        received_at: Timestamp::from_seconds(NOON - 100),
        ..run()
    };
    let (refusal, _) = events(&consenting(false, None), None, &no);
    let view = person(&refusal);
    assert_eq!(status(&view), Some(Status::Denied));
    for (said_at, expected) in [
        (None, Status::Denied),
        (Some(NOON - 500), Status::Denied),
        (Some(NOON - 50), Status::Granted),
    ] {
        let (yes, differences) = events(&consenting(true, said_at), Some(&view), &run());
        assert_eq!(differences.len(), usize::from(expected == Status::Granted));
        let together = person(refusal.iter().chain(&yes));
        assert_eq!(status(&together), Some(expected), "{said_at:?}");
    }
}

#[test]
fn a_no_of_a_file_counts_over_an_older_yes() {
    let before = Run {
        received_at: Timestamp::from_seconds(NOON - 100),
        ..run()
    };
    let (yes, _) = events(&consenting(true, Some(NOON - 200)), None, &before);
    let view = person(&yes);
    let listed = Draft {
        suppression: Some("unsubscribed".to_owned()),
        ..draft(2, &[])
    };
    for said in [consenting(false, None), listed] {
        let (no, _) = events(&said, Some(&view), &run());
        let together = person(yes.iter().chain(&no));
        let consents = &together.profile.consents;
        let standing = consents.standing(PURPOSE, Some(Channel::Email)).unwrap();
        assert_eq!(standing.status, Status::Denied);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Brought once more, a row changes nothing and says so.
    #[test]
    fn twice_is_once(
        values in proptest::collection::vec(("[a-d]", "\\PC{1,6}", 0..5usize), 0..5),
        granted in proptest::option::of(proptest::bool::ANY),
        days in proptest::option::of(0i64..1000),
    ) {
        let traits: Vec<(&str, &str, Collision)> = values
            .iter()
            .map(|(key, value, rule)| (key.as_str(), value.as_str(), Collision::ALL[*rule]))
            .collect();
        let said = Draft {
            changed_at: days.map(|days| Timestamp::from_seconds(NOON - 86_400 * days)),
            consents: granted.map_or_else(Vec::new, |granted| consenting(granted, None).consents),
            ..draft(2, &traits)
        };
        let (first, _) = events(&said, None, &run());
        prop_assert!(!first.is_empty());
        let view = person(&first);
        let later = Run { received_at: Timestamp::from_seconds(NOON + 60), ..run() };
        let (again, _) = events(&said, Some(&view), &later);
        let ids = |events: &[Event]| events.iter().map(|it| it.id).collect::<Vec<_>>();
        let mut all = ids(&first);
        all.extend(ids(&again));
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all.len(), first.len(), "the second run brought other events");
    }
}
