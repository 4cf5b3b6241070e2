//! What sources send by the hour, groups of quarantine, and what is taken back.

use filo_core::id::{IncidentId, QuarantineId, SourceId};
use filo_core::time::Timestamp;
use filo_store::incident::{self, Report};
use filo_store::quarantine::{self, QuarantineRow, Status};
use filo_store::source_hour::{self, SourceHour};

use crate::with_store;

fn hour(source: u32, hour: i64, events: i64, last_at: i64) -> SourceHour {
    SourceHour {
        source: SourceId(source),
        hour,
        events,
        last_at: Timestamp(last_at),
    }
}

#[tokio::test]
async fn hours_of_a_source_add_up() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        source_hour::add(&mut tx, &[]).await.unwrap();
        let first = [hour(1, 10, 5, 50), hour(2, 10, 1, 40)];
        source_hour::add(&mut tx, &first).await.unwrap();
        let second = [hour(1, 10, 3, 45), hour(1, 12, 2, 90)];
        source_hour::add(&mut tx, &second).await.unwrap();
        let all = source_hour::since(&mut tx, SourceId(1), 0).await.unwrap();
        assert_eq!(all, [hour(1, 10, 8, 50), hour(1, 12, 2, 90)]);
        let late = source_hour::since(&mut tx, SourceId(1), 11).await.unwrap();
        assert_eq!(late, [hour(1, 12, 2, 90)]);
        let newest = source_hour::newest(&mut tx, SourceId(1)).await.unwrap();
        assert_eq!(newest, Some(hour(1, 12, 2, 90)));
        let never = source_hour::newest(&mut tx, SourceId(3)).await.unwrap();
        assert_eq!(never, None);
    })
    .await;
}

fn row(id: u128, source: Option<u32>, field: Option<&str>) -> QuarantineRow {
    QuarantineRow {
        id: QuarantineId(id),
        source: source.map(SourceId),
        received_at: Timestamp(i64::try_from(id).unwrap()),
        code: "missing_event".to_owned(),
        field: field.map(str::to_owned),
        hint: String::new(),
        body: b"{}".to_vec(),
        status: Status::Open,
        repaired_at: None,
        actor: None,
    }
}

#[tokio::test]
async fn quarantine_is_grouped_and_a_discard_is_taken_back() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            row(1, Some(1), Some("event")),
            row(2, Some(1), Some("event")),
            row(3, Some(2), Some("event")),
            row(4, None, None),
        ];
        quarantine::insert(&mut tx, &rows).await.unwrap();
        let groups = quarantine::groups(&mut tx, 100).await.unwrap();
        let counts: Vec<i64> = groups.iter().map(|group| group.count).collect();
        assert_eq!(counts, [2, 1, 1]);
        assert_eq!(groups[0].newest_at, Timestamp(2));
        assert_eq!(quarantine::groups(&mut tx, 1).await.unwrap().len(), 1);
        let kind = ("missing_event", Some("event"), Some(SourceId(1)));
        let members = quarantine::members(&mut tx, kind, None, 10).await.unwrap();
        assert_eq!(members, [rows[1].clone(), rows[0].clone()]);
        let behind = Some(members[0].cursor());
        let older = quarantine::members(&mut tx, kind, behind, 10)
            .await
            .unwrap();
        assert_eq!(older, [rows[0].clone()]);
        let nobody = ("missing_event", None, None);
        let unknown = quarantine::members(&mut tx, nobody, None, 10).await;
        assert_eq!(unknown.unwrap(), [rows[3].clone()]);

        for id in [1, 2] {
            let id = QuarantineId(id);
            let done = quarantine::settle(&mut tx, id, Status::Discarded, Timestamp(9), "Anna");
            assert!(done.await.unwrap());
        }
        let others = quarantine::restore(&mut tx, Timestamp(9), "Bruno").await;
        assert_eq!(others.unwrap(), 0);
        let own = quarantine::restore(&mut tx, Timestamp(9), "Anna").await;
        assert_eq!(own.unwrap(), 2);
        let back = quarantine::get(&mut tx, QuarantineId(1)).await.unwrap();
        assert_eq!(back, Some(rows[0].clone()));
        let open = quarantine::restore_one(&mut tx, QuarantineId(1)).await;
        assert!(!open.unwrap(), "it is open already");
    })
    .await;
}

#[tokio::test]
async fn an_incident_is_reopened_unless_it_came_again() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let report = |id: u128| Report {
            id: IncidentId(id),
            kind: "k",
            subject: "s",
            detail: "{}",
            at: Timestamp(1),
        };
        let id = incident::raise(&mut tx, &report(1)).await.unwrap();
        assert!(!incident::reopen(&mut tx, id).await.unwrap());
        assert!(incident::resolve(&mut tx, id, Timestamp(2)).await.unwrap());
        assert!(incident::reopen(&mut tx, id).await.unwrap());
        assert!(incident::resolve(&mut tx, id, Timestamp(3)).await.unwrap());
        incident::raise(&mut tx, &report(2)).await.unwrap();
        assert!(!incident::reopen(&mut tx, id).await.unwrap());
    })
    .await;
}
