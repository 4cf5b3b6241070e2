//! I10: the same events give the same profile, in any order and cut into any threads.

use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest,
};

use super::build::{event, fold_by, track};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::NodeId;
use crate::identity::{Rules, Survivorship};
use crate::profile::Profile;

const TRAITS: &[&str] = &[
    r#"{"t":"1","o":"1","m":"1","u":"1"}"#,
    r#"{"t":"2","o":"2","m":"2","u":["2","3"]}"#,
    r#"{"t":null,"o":null,"m":null,"u":null}"#,
    r#"{"t":"","firstName":"A","first_name":"B"}"#,
    r#"{"address":{"city":"Torino"},"u":["1",null,4]}"#,
];

const TRACKS: &[(&str, &str)] = &[
    ("Product Viewed", "{}"),
    ("Signed In", r#"{"x":1}"#),
    ("Email Delivered", "{}"),
    (
        "Order Completed",
        r#"{"order_id":"A","revenue":10,"total":12}"#,
    ),
    (
        "Order Completed",
        r#"{"order_id":"A","revenue":20,"currency":"USD"}"#,
    ),
    ("Order Completed", r#"{"order_id":"B"}"#),
    ("Order Completed", r#"{"total":"7,5"}"#),
    ("Order Updated", r#"{"order_id":"A","total":5}"#),
    ("Order Updated", r#"{"order_id":"B","status":"x"}"#),
    ("Order Cancelled", r#"{"order_id":"A"}"#),
    ("Order Refunded", r#"{"order_id":"A"}"#),
    (
        "Order Refunded",
        r#"{"order_id":"A","total":3,"refund_id":"r"}"#,
    ),
    (
        "Order Refunded",
        r#"{"order_id":"B","total":2,"refund_id":"r"}"#,
    ),
    (
        "Consent Granted",
        r#"{"purpose":"marketing","channel":["email","sms"],"basis":"consent"}"#,
    ),
    ("Consent Granted", r#"{"purpose":"marketing"}"#),
    (
        "Consent Withdrawn",
        r#"{"purpose":"marketing","channel":"email"}"#,
    ),
    ("Consent Withdrawn", "{}"),
    ("Unsubscribed", "{}"),
    ("Segment Consent Preference Updated", "{}"),
    ("Note Added", r#"{"text":"a","about":"worry"}"#),
    ("Note Added", r#"{"text":"b"}"#),
    (
        "List Joined",
        r#"{"list":"lst_00000000000000000000000001"}"#,
    ),
    ("List Left", r#"{"list":"lst_00000000000000000000000001"}"#),
    (
        "List Joined",
        r#"{"list":"lst_00000000000000000000000002","since":"1970-01-01T00:00:01Z"}"#,
    ),
];

const CONTEXTS: &[&str] = &[
    "",
    r#"{"locale":"it-IT","timezone":"Europe/Rome","page":{"path":"/a","referrer":"https://g.it/"}}"#,
    r#"{"locale":"en-US","campaign":{"source":"s","medium":"m","name":"n"}}"#,
    r#"{"active":false,"consent":{"categoryPreferences":{"marketing":true,"ads":false}}}"#,
    r#"{"consent":{"categoryPreferences":{}}}"#,
];

fn any_event() -> impl Strategy<Value = Event> {
    let shape = (0..TRACKS.len() + TRAITS.len() + 3, 0..CONTEXTS.len());
    let place = (0i64..5, 0usize..3, 0u128..3, 0usize..3);
    (shape, place).prop_map(|((shape, context), (second, trust, thread, channel))| {
        let tracked = shape
            .checked_sub(TRAITS.len())
            .and_then(|index| TRACKS.get(index));
        let event = match (TRAITS.get(shape), tracked) {
            (Some(traits), _) => event(EventKind::Identify, "", second, traits),
            (None, Some((name, properties))) => track(name, second, properties),
            (None, None) => event(EventKind::Page, "Home", second, r#"{"path":"/p"}"#),
        };
        event
            .by([Trust::Claimed, Trust::Verified, Trust::Staff][trust])
            .on([Channel::Web, Channel::Shop, Channel::Email][channel])
            .amid(CONTEXTS[context])
            .of(NodeId(thread))
    })
}

/// Notes are removed by the id of an event that exists, so removals are made from the others.
fn with_removals(mut events: Vec<Event>) -> Vec<Event> {
    let removals: Vec<Event> = events
        .iter()
        .filter(|event| event.name == "Note Added" && event.at.0 % 2_000_000 == 0)
        .map(|note| {
            let properties = format!(r#"{{"note":"{}"}}"#, note.id);
            track("Note Removed", 3, &properties)
                .by(note.trust)
                .of(note.thread)
        })
        .collect();
    events.extend(removals);
    events.sort_by_key(|event| event.id);
    events.dedup_by_key(|event| event.id);
    events
}

fn rules() -> Rules {
    let mut rules = Rules::default();
    for (key, rule) in [
        ("o", Survivorship::Oldest),
        ("m", Survivorship::MostTrusted),
        ("u", Survivorship::Union),
    ] {
        rules.traits.insert(key.into(), rule);
    }
    rules
}

fn shuffled_pair() -> impl Strategy<Value = (Vec<Event>, Vec<Event>, Vec<usize>)> {
    vec(any_event(), 1..14)
        .prop_map(with_removals)
        .prop_flat_map(|events| {
            let count = events.len();
            (
                Just(events.clone()),
                Just(events).prop_shuffle(),
                vec(0usize..4, count),
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_order_and_any_cut_give_the_same_profile(
        (events, shuffled, parts) in shuffled_pair(),
        backwards in any::<bool>(),
    ) {
        let rules = rules();
        let whole = fold_by(&rules, &events);
        prop_assert_eq!(fold_by(&rules, &shuffled).hash(), whole.hash());

        let mut profiles = vec![Profile::default(); 4];
        for (event, part) in shuffled.iter().zip(&parts) {
            profiles[*part].fold(event, &rules);
        }
        // (a ∪ b) ∪ (c ∪ d), or d ∪ (c ∪ (b ∪ a)).
        let merged = if backwards {
            profiles.into_iter().reduce(|merged, mut next| {
                next.merge(&merged);
                next
            })
        } else {
            let mut pairs = profiles.chunks(2).map(|pair| {
                let mut first = pair[0].clone();
                first.merge(&pair[1]);
                first
            });
            pairs.next().zip(pairs.next()).map(|(mut first, second)| {
                first.merge(&second);
                first
            })
        };
        let merged = merged.unwrap_or_default();
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.hash(), whole.hash());
        prop_assert_eq!(Profile::decode(&merged.encode()), Ok(whole));
    }

    #[test]
    fn claims_alone_never_grant(events in vec(any_event(), 1..20)) {
        let rules = rules();
        let mut profile = Profile::default();
        for event in events {
            profile.fold(&event.by(Trust::Claimed), &rules);
        }
        for (_, _, standing) in profile.consents.matrix() {
            prop_assert_eq!(standing.status == crate::consent::Status::Granted, false);
        }
        prop_assert_eq!(profile.notes.newest_first().len(), 0);
        prop_assert!(profile.lists.is_empty());
    }

    #[test]
    fn claims_never_undo_a_refusal(events in vec(any_event(), 1..20)) {
        let rules = rules();
        let refusal = track("Consent Withdrawn", 2, r#"{"purpose":"marketing"}"#).of(NodeId(0));
        let mut profile = fold_by(&rules, &[refusal]);
        for event in events {
            profile.fold(&event.by(Trust::Claimed), &rules);
        }
        let standing = profile.consents.standing("marketing", Some(Channel::Email));
        prop_assert_eq!(
            standing.map(|standing| standing.status),
            Some(crate::consent::Status::Denied)
        );
    }
}
