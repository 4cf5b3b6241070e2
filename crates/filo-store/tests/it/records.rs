//! Sources, keys, quarantine, incidents, settings, repeated requests, the lake's files.

use filo_core::id::{IncidentId, KeyId, QuarantineId, SourceId};
use filo_core::time::Timestamp;
use filo_store::idempotency::{self, Answer, Reservation};
use filo_store::incident::{self, Report};
use filo_store::key::{self, KeyKind, KeyRow};
use filo_store::lake_file::{self, LakeFile};
use filo_store::quarantine::{self, Filter, QuarantineRow, Status};
use filo_store::source::{self, SourceRow};
use filo_store::{Error, Tx, setting};

use crate::with_store;

#[tokio::test]
async fn sources_are_numbered_and_changed() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let first = source::insert(&mut tx, "Sito", "web", Timestamp(1))
            .await
            .unwrap();
        let second = source::insert(&mut tx, "Cassa", "shop", Timestamp(2))
            .await
            .unwrap();
        assert_eq!((first, second), (SourceId(1), SourceId(2)));
        let expected = SourceRow {
            id: second,
            name: "Cassa\u{fffd}".to_owned(),
            kind: "shop".to_owned(),
            created_at: Timestamp(2),
            disabled_at: Some(Timestamp(3)),
        };
        // NUL cannot stand in a text of PostgreSQL.
        let changed = SourceRow {
            name: "Cassa\0".to_owned(),
            ..expected.clone()
        };
        assert!(source::update(&mut tx, &changed).await.unwrap());
        assert_eq!(
            source::get(&mut tx, second).await.unwrap(),
            Some(expected.clone())
        );
        assert_eq!(source::list(&mut tx).await.unwrap().len(), 2);
        let unknown = SourceRow {
            id: SourceId(9),
            ..expected
        };
        assert!(!source::update(&mut tx, &unknown).await.unwrap());
        assert_eq!(source::get(&mut tx, unknown.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn keys_are_found_by_hash_used_and_revoked() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let source = source::insert(&mut tx, "Sito", "web", Timestamp(1))
            .await
            .unwrap();
        let key = KeyRow {
            id: KeyId(7),
            source: Some(source),
            kind: KeyKind::Public,
            name: "sito".to_owned(),
            shown: "fpk_abc".to_owned(),
            hash: [7; 32],
            scopes: String::new(),
            created_at: Timestamp(1),
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
            origins: String::new(),
        };
        let api = KeyRow {
            id: KeyId(8),
            source: None,
            kind: KeyKind::Api,
            hash: [8; 32],
            expires_at: Some(Timestamp(100)),
            ..key.clone()
        };
        key::insert(&mut tx, &key).await.unwrap();
        key::insert(&mut tx, &api).await.unwrap();
        assert_eq!(
            key::by_hash(&mut tx, &[7; 32]).await.unwrap(),
            Some(key.clone())
        );
        assert_eq!(key::by_hash(&mut tx, &[9; 32]).await.unwrap(), None);
        assert_eq!(key::list(&mut tx).await.unwrap(), [key, api.clone()]);

        key::record_use(
            &mut tx,
            &[(KeyId(7), Timestamp(5)), (KeyId(8), Timestamp(6))],
        )
        .await
        .unwrap();
        key::record_use(&mut tx, &[(KeyId(8), Timestamp(4))])
            .await
            .unwrap();
        assert!(key::revoke(&mut tx, KeyId(8), Timestamp(9)).await.unwrap());
        assert!(!key::revoke(&mut tx, KeyId(8), Timestamp(10)).await.unwrap());
        let revoked = KeyRow {
            revoked_at: Some(Timestamp(9)),
            last_used_at: Some(Timestamp(6)),
            ..api
        };
        assert_eq!(key::get(&mut tx, KeyId(8)).await.unwrap(), Some(revoked));
    })
    .await;
}

fn held(number: u128, code: &str, source: Option<u32>) -> QuarantineRow {
    QuarantineRow {
        id: QuarantineId(number),
        source: source.map(SourceId),
        received_at: Timestamp(i64::try_from(number / 2).unwrap()),
        code: code.to_owned(),
        field: number.is_multiple_of(2).then(|| "timestamp".to_owned()),
        hint: "scrivi una data".to_owned(),
        body: vec![0, 255, 10],
        status: Status::Open,
        repaired_at: None,
        actor: None,
    }
}

fn numbers(rows: &[QuarantineRow]) -> Vec<u128> {
    rows.iter().map(|row| row.id.0).collect()
}

/// Nine rows, every third too large, the later ones from source 2.
async fn hold_nine(tx: &mut Tx<'_>) -> Vec<QuarantineRow> {
    let code = |n: u128| {
        if n.is_multiple_of(3) {
            "too_large"
        } else {
            "no_id"
        }
    };
    let rows: Vec<QuarantineRow> = (1..=9)
        .map(|n| held(n, code(n), (n > 4).then_some(2)))
        .collect();
    quarantine::insert(tx, &rows).await.unwrap();
    rows
}

#[tokio::test]
async fn quarantine_is_listed_in_pages_and_holds_a_row_once() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = hold_nine(&mut tx).await;
        quarantine::insert(&mut tx, &rows[..1]).await.unwrap();
        let first = quarantine::list(&mut tx, &Filter::default(), None, 4)
            .await
            .unwrap();
        assert_eq!(numbers(&first), [9, 8, 7, 6]);
        assert_eq!(first[0], rows[8]);
        let behind = first.last().map(QuarantineRow::cursor);
        let rest = quarantine::list(&mut tx, &Filter::default(), behind, 9)
            .await
            .unwrap();
        assert_eq!(numbers(&rest), [5, 4, 3, 2, 1]);
    })
    .await;
}

#[tokio::test]
async fn quarantine_is_settled_once_and_says_by_whom() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = hold_nine(&mut tx).await;
        let (id, at) = (QuarantineId(6), Timestamp(50));
        assert!(
            quarantine::settle(&mut tx, id, Status::Repaired, at, "anna")
                .await
                .unwrap()
        );
        assert!(
            !quarantine::settle(&mut tx, id, Status::Discarded, at, "ugo")
                .await
                .unwrap()
        );
        let filter = Filter {
            status: Some(Status::Open),
            source: Some(SourceId(2)),
            code: Some("too_large".to_owned()),
        };
        let open = quarantine::list(&mut tx, &filter, None, 9).await.unwrap();
        assert_eq!(numbers(&open), [9]);
        let expected = QuarantineRow {
            status: Status::Repaired,
            repaired_at: Some(at),
            actor: Some("anna".to_owned()),
            ..rows[5].clone()
        };
        assert_eq!(quarantine::get(&mut tx, id).await.unwrap(), Some(expected));
        let groups = quarantine::groups(&mut tx, 99).await.unwrap();
        let open: i64 = groups.iter().map(|group| group.count).sum();
        assert_eq!(open, 8, "what is closed is not counted");
        // What is open is never too old.
        let settled = quarantine::count_settled(&mut tx, Timestamp(1000)).await;
        assert_eq!(settled.unwrap(), 1);
        assert_eq!(
            quarantine::prune(&mut tx, Timestamp(1000)).await.unwrap(),
            1
        );
        let left = quarantine::list(&mut tx, &Filter::default(), None, 99)
            .await
            .unwrap();
        assert_eq!(left.len(), 8);
    })
    .await;
}

#[tokio::test]
async fn an_incident_counts_up_until_it_is_resolved() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let report = |id, at| Report {
            id: IncidentId(id),
            kind: "component_cap",
            subject: "idn_1",
            detail: "{}",
            at: Timestamp(at),
        };
        assert_eq!(
            incident::raise(&mut tx, &report(1, 10)).await.unwrap(),
            IncidentId(1)
        );
        assert_eq!(
            incident::raise(&mut tx, &report(2, 30)).await.unwrap(),
            IncidentId(1)
        );
        // One that comes late does not set the time back.
        assert_eq!(
            incident::raise(&mut tx, &report(3, 20)).await.unwrap(),
            IncidentId(1)
        );
        let row = incident::get(&mut tx, IncidentId(1))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.first_at, row.last_at, row.count),
            (Timestamp(10), Timestamp(30), 3)
        );

        assert!(
            incident::resolve(&mut tx, IncidentId(1), Timestamp(40))
                .await
                .unwrap()
        );
        assert!(
            !incident::resolve(&mut tx, IncidentId(1), Timestamp(41))
                .await
                .unwrap()
        );
        assert_eq!(incident::open_count(&mut tx).await.unwrap(), 0);
        assert_eq!(
            incident::raise(&mut tx, &report(4, 50)).await.unwrap(),
            IncidentId(4)
        );
        assert_eq!(incident::open_count(&mut tx).await.unwrap(), 1);

        let all = incident::list(&mut tx, false, None, 1).await.unwrap();
        assert_eq!(all[0].id, IncidentId(4));
        let rest = incident::list(&mut tx, false, Some(all[0].cursor()), 9)
            .await
            .unwrap();
        assert_eq!(rest.iter().map(|row| row.id.0).collect::<Vec<_>>(), [1]);
        assert_eq!(
            incident::list(&mut tx, true, None, 9).await.unwrap().len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_setting_is_changed_only_from_the_version_that_was_seen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(setting::get(&mut tx, "rules").await.unwrap(), None);
        assert_eq!(
            setting::put(&mut tx, "rules", "{}", 0, Timestamp(1))
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            setting::put(&mut tx, "rules", "[1]", 1, Timestamp(2))
                .await
                .unwrap(),
            2
        );
        for stale in [0, 1, 3] {
            let refused = setting::put(&mut tx, "rules", "[2]", stale, Timestamp(3)).await;
            assert!(matches!(refused, Err(Error::Conflict(_))), "{stale}");
        }
        let now = setting::get(&mut tx, "rules").await.unwrap().unwrap();
        assert_eq!(
            (now.value.as_str(), now.version, now.updated_at),
            ("[1]", 2, Timestamp(2))
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let (key, request) = ([1; 32], [2; 32]);
        let reserve = idempotency::reserve(&mut tx, &key, &request, Timestamp(5))
            .await
            .unwrap();
        assert_eq!(reserve, None);
        let working = Reservation {
            request_hash: request,
            answer: None,
            at: Timestamp(5),
        };
        let again = idempotency::reserve(&mut tx, &key, &[3; 32], Timestamp(6))
            .await
            .unwrap();
        assert_eq!(again, Some(working));
        let answer = Answer {
            status: 201,
            body: b"{}".to_vec(),
        };
        idempotency::release(&mut tx, &key).await.unwrap();
        assert_eq!(idempotency::lookup(&mut tx, &key).await.unwrap(), None);
        idempotency::reserve(&mut tx, &key, &request, Timestamp(5))
            .await
            .unwrap();
        idempotency::finish(&mut tx, &key, &answer).await.unwrap();
        idempotency::release(&mut tx, &key).await.unwrap();
        let known = idempotency::lookup(&mut tx, &key).await.unwrap().unwrap();
        assert_eq!(known.answer, Some(answer.clone()));
        assert!(
            idempotency::finish(&mut tx, &[9; 32], &answer)
                .await
                .is_err()
        );
        assert_eq!(idempotency::prune(&mut tx, Timestamp(5)).await.unwrap(), 0);
        assert_eq!(idempotency::prune(&mut tx, Timestamp(6)).await.unwrap(), 1);
        assert_eq!(idempotency::lookup(&mut tx, &key).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_lakes_files_are_swapped_whole_or_not_at_all() {
    with_store(async |db| {
        let file = |name: &str, first_seq| LakeFile {
            name: name.to_owned(),
            level: 0,
            month: 24_322,
            events: 500,
            bytes: 30_000,
            min_at: Timestamp(-1),
            max_at: Timestamp(99),
            first_seq,
            last_seq: first_seq + 9,
            created_at: Timestamp(100),
            seen_name: format!("{name}.seen"),
            seen_bytes: 8000,
        };
        let (one, two, both) = (file("a", 1), file("b", 11), file("c", 1));
        let mut tx = db.begin().await.unwrap();
        lake_file::swap(&mut tx, &[two.clone(), one.clone()], &[])
            .await
            .unwrap();
        assert_eq!(lake_file::list(&mut tx).await.unwrap(), [one, two]);
        let names = ["a".to_owned(), "b".to_owned()];
        lake_file::swap(&mut tx, std::slice::from_ref(&both), &names)
            .await
            .unwrap();
        assert_eq!(lake_file::list(&mut tx).await.unwrap(), [both]);
        let late = lake_file::swap(&mut tx, &[], &names).await;
        assert!(matches!(late, Err(Error::Conflict(_))));
    })
    .await;
}
