//! Whatever stands in an event, folding it ends, and what it leaves can be stored and shown.

use proptest::prelude::{
    ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;

use super::build::{event, fold};
use crate::event::{EventKind, Trust};
use crate::profile::Profile;
use crate::profile::view::summary;
use crate::semantic;
use crate::time::Timestamp;

const NAMES: &[&str] = &[
    semantic::ORDER_COMPLETED,
    semantic::ORDER_UPDATED,
    semantic::ORDER_REFUNDED,
    semantic::ORDER_CANCELLED,
    semantic::CONSENT_GRANTED,
    semantic::CONSENT_WITHDRAWN,
    semantic::CONSENT_PREFERENCE_UPDATED,
    semantic::UNSUBSCRIBED,
    semantic::NOTE_ADDED,
    semantic::NOTE_REMOVED,
    semantic::LIST_JOINED,
    semantic::LIST_LEFT,
];

/// JSON-like text made of the words that the folds look for.
fn any_json() -> impl Strategy<Value = String> {
    let word = select(vec![
        "order_id",
        "total",
        "revenue",
        "currency",
        "products",
        "price",
        "quantity",
        "purpose",
        "channel",
        "basis",
        "wording",
        "text",
        "about",
        "note",
        "list",
        "actor",
        "page",
        "campaign",
        "referrer",
        "consent",
        "categoryPreferences",
        "locale",
        "active",
        "traits",
        "first name",
        "tags",
    ]);
    let leaf = prop_oneof![
        select(vec![
            "null",
            "true",
            "false",
            "-1e999",
            "1e-999",
            "99999999999999999999",
            "0.005"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap_or_default()),
        select(vec![
            r#""\ud800""#,
            r#""\u0000\u202e""#,
            "\"€ 1.234,5\"",
            "\"*\""
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6)
                .prop_map(|parts| format!("[{}]", parts.join(","))),
            proptest::collection::vec((word.clone(), inner), 0..6).prop_map(|members| {
                let members: Vec<String> = members
                    .iter()
                    .map(|(key, value)| format!("\"{key}\":{value}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn any_payload() -> impl Strategy<Value = String> {
    prop_oneof![4 => any_json(), 1 => "[\\[\\]{}\":,a\\\\0-9 ]{0,40}", 1 => "\\PC{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_payload_is_folded(
        kind in select(EventKind::ALL.to_vec()),
        name in select(NAMES.to_vec()),
        trust in select(vec![Trust::Claimed, Trust::Verified, Trust::Staff]),
        second in proptest::num::i64::ANY,
        (properties, context) in (any_payload(), any_payload()),
    ) {
        let mut event = event(kind, name, 0, &properties).by(trust).amid(&context);
        event.at = Timestamp(second);
        let profile = fold(&[event.identified()]);
        let shown = summary(&profile);
        prop_assert_eq!(shown.orders.iter().filter(|known| known.net.0 > known.gross.0).count(), 0);
        let bytes = profile.encode();
        prop_assert!(bytes.len() < 2_000 + 4 * (properties.len() + context.len()));
        prop_assert_eq!(Profile::decode(&bytes), Ok(profile));
    }

    #[test]
    fn any_bytes_are_a_profile_or_an_error(bytes in proptest::collection::vec(0u8..255, 0..80)) {
        if let Ok(profile) = Profile::decode(&bytes) {
            let _shown = summary(&profile);
        }
        let mut bytes = bytes;
        bytes.insert(0, 1);
        if let Ok(profile) = Profile::decode(&bytes) {
            let _shown = summary(&profile);
        }
    }
}
