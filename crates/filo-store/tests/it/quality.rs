//! Findings, keys and what people decided about them, on both databases.

use filo_core::id::{CustomerId, NodeId, SourceId};
use filo_core::quality::Scores;
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow, Facets};
use filo_store::quality::{self, DayRow, FindingRow, KeyRow, MendedRow, PersonRow, Place, Which};

use crate::with_store;

fn finding(customer: u128, reason: &str, field: &str, gain: Option<&str>) -> FindingRow {
    FindingRow {
        customer: CustomerId(customer),
        reason: reason.to_owned(),
        field: field.to_owned(),
        raw: "raw".to_owned(),
        proposal: gain.map(|_| "better".to_owned()),
        gain: gain.map(str::to_owned),
    }
}

fn key(node: u128, customer: u128) -> KeyRow {
    KeyRow {
        node: NodeId(node),
        customer: CustomerId(customer),
        field: "email",
        source: (customer != 2).then_some(SourceId(7)),
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_figure_is_the_number_of_people_in_its_list() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let findings = [
            finding(1, "email_domain_typo", "email", Some("email")),
            finding(1, "name_swapped", "first_name", None),
            finding(1, "name_swapped", "last_name", None),
            finding(2, "email_domain_typo", "email", None),
            finding(3, "phone_malformed", "phone", Some("phone")),
        ];
        quality::put(&mut tx, &findings, &[]).await.unwrap();
        let reasons = quality::reasons(&mut tx).await.unwrap();
        let told: Vec<(&str, i64, i64, i64)> = reasons
            .iter()
            .map(|it| (it.word.as_str(), it.people, it.proposed, it.gained))
            .collect();
        assert_eq!(
            told,
            [
                ("email_domain_typo", 2, 1, 1),
                ("name_swapped", 1, 0, 0),
                ("phone_malformed", 1, 1, 1),
            ]
        );
        let gains = quality::gains(&mut tx).await.unwrap();
        assert_eq!(gains.iter().map(|it| it.people).collect::<Vec<_>>(), [1, 1]);
        for (which, expected) in [
            (Which::default(), 5),
            (
                Which {
                    reason: Some("name_swapped".to_owned()),
                    ..Which::default()
                },
                2,
            ),
            (
                Which {
                    gain: Some("phone".to_owned()),
                    ..Which::default()
                },
                1,
            ),
            (
                Which {
                    proposed: true,
                    ..Which::default()
                },
                2,
            ),
            (
                Which {
                    reason: Some("email_domain_typo".to_owned()),
                    proposed: true,
                    gain: Some("email".to_owned()),
                },
                1,
            ),
        ] {
            let mut found = Vec::new();
            let mut behind = Place::default();
            loop {
                let page = quality::list(&mut tx, &which, &behind, 1).await.unwrap();
                let Some(row) = page.into_iter().next() else {
                    break;
                };
                behind = Place::of(&row);
                found.push(row);
            }
            assert_eq!(found.len(), expected, "{which:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_ignored_goes_and_is_remembered_and_what_is_erased_is_not() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            finding(1, "name_case", "name", None),
            finding(2, "name_case", "name", None),
        ];
        quality::put(&mut tx, &rows, &[]).await.unwrap();
        quality::ignore(&mut tx, &rows, "Ada", Timestamp(5))
            .await
            .unwrap();
        quality::ignore(&mut tx, &rows, "Ada", Timestamp(6))
            .await
            .unwrap();
        assert!(
            quality::findings_of(&mut tx, CustomerId(1))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(quality::ignored(&mut tx).await.unwrap(), 2);
        let known = quality::ignored_of(&mut tx, &[CustomerId(2), CustomerId(9)])
            .await
            .unwrap();
        assert_eq!(known.len(), 1);
        let mended = MendedRow {
            act: 4,
            customer: CustomerId(2),
            field: "name".to_owned(),
            former: String::new(),
            proposal: "Anna".to_owned(),
        };
        quality::add_mended(&mut tx, std::slice::from_ref(&mended))
            .await
            .unwrap();
        assert_eq!(quality::mended(&mut tx, 4).await.unwrap(), [mended]);
        quality::erase(&mut tx, &[CustomerId(2)]).await.unwrap();
        assert_eq!(quality::mended(&mut tx, 4).await.unwrap(), []);
        let back = quality::unignore(&mut tx, "Ada", Timestamp(5))
            .await
            .unwrap();
        assert_eq!(back, [CustomerId(1)]);
        assert_eq!(quality::ignored(&mut tx).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn keys_of_several_people_are_counted_as_shared() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let keys = [key(10, 1), key(10, 2), key(11, 1), key(12, 3)];
        quality::put(&mut tx, &[], &keys).await.unwrap();
        let shared = quality::shared(&mut tx, &[NodeId(10), NodeId(11)])
            .await
            .unwrap();
        assert_eq!(shared, [NodeId(10)]);
        let counts = quality::key_counts(&mut tx).await.unwrap();
        let mut told: Vec<(Option<SourceId>, i64, i64)> = counts
            .iter()
            .map(|it| (it.source, it.keys, it.own))
            .collect();
        // Where absent values stand differs between the two databases.
        told.sort();
        assert_eq!(told, [(None, 1, 0), (Some(SourceId(7)), 3, 2)]);
        quality::forget_worked_out(&mut tx, &[CustomerId(2)])
            .await
            .unwrap();
        assert!(
            quality::shared(&mut tx, &[NodeId(10)])
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn people_come_back_and_the_figures_of_a_day_are_replaced() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let mut person = PersonRow {
            customer: CustomerId(1),
            events: 2,
            node_count: 1,
            checks: 1,
            marks: vec![1, 2],
            history: vec![],
        };
        quality::put_people(&mut tx, std::slice::from_ref(&person))
            .await
            .unwrap();
        person.events = 3;
        quality::put_people(&mut tx, std::slice::from_ref(&person))
            .await
            .unwrap();
        assert_eq!(
            quality::people(&mut tx, CustomerId(0), 9).await.unwrap(),
            [person.clone()]
        );
        assert_eq!(
            quality::looked_at(&mut tx, &[CustomerId(1)]).await.unwrap(),
            [person]
        );
        assert_eq!(quality::people_count(&mut tx).await.unwrap(), 1);
        // There is no such customer.
        quality::forget_gone(&mut tx).await.unwrap();
        assert_eq!(quality::people_count(&mut tx).await.unwrap(), 0);
        let row = |day, people, validity| DayRow {
            day,
            scope: "all".to_owned(),
            subject: String::new(),
            people,
            scores: Scores {
                validity,
                ..Scores::default()
            },
        };
        quality::put_day(&mut tx, 7, &[row(7, 1, None)])
            .await
            .unwrap();
        quality::put_day(&mut tx, 8, &[row(8, 2, Some(10))])
            .await
            .unwrap();
        quality::put_day(&mut tx, 8, &[row(8, 3, Some(20))])
            .await
            .unwrap();
        assert_eq!(
            quality::latest(&mut tx).await.unwrap(),
            [row(8, 3, Some(20))]
        );
        let history = quality::history(&mut tx, "all", "", 7).await.unwrap();
        assert_eq!(history, [row(7, 1, None), row(8, 3, Some(20))]);
        assert!(
            quality::history(&mut tx, "all", "", 9)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn who_changed_since_the_last_look_is_a_candidate() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let customer = |id: u128, name: Option<&str>| CustomerRow {
            id: CustomerId(id),
            name: name.map(str::to_owned),
            email: None,
            phone: None,
            first_seen: Timestamp(1),
            last_seen: Timestamp(2),
            events: 2,
            orders: 0,
            revenue_cents: 0,
            currency: None,
            node_count: 1,
            facets: Facets::default(),
            birthday: 0,
            first_source: None,
        };
        let rows = [
            customer(1, Some("Anna")),
            customer(2, None),
            customer(3, None),
        ];
        customer::save(&mut tx, &rows).await.unwrap();
        let known = |id: u128, events, checks| PersonRow {
            customer: CustomerId(id),
            events,
            node_count: 1,
            checks,
            marks: vec![],
            history: vec![],
        };
        let people = [known(1, 2, 4), known(2, 1, 4)];
        quality::put_people(&mut tx, &people).await.unwrap();
        let mut told = Vec::new();
        for checks in [4, 5] {
            let page = quality::candidates(&mut tx, CustomerId(0), 9, checks)
                .await
                .unwrap();
            told.push(
                page.iter()
                    .map(|it| (it.is_changed, it.is_named))
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(told[0], [(false, true), (true, false), (true, false)]);
        assert_eq!(told[1], [(true, true), (true, false), (true, false)]);
        let rest = quality::candidates(&mut tx, CustomerId(2), 9, 4)
            .await
            .unwrap();
        assert_eq!((rest.len(), rest[0].node_count), (1, 1));
        quality::forget_gone(&mut tx).await.unwrap();
        assert_eq!(quality::people_count(&mut tx).await.unwrap(), 2);
    })
    .await;
}
