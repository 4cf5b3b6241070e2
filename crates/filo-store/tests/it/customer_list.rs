//! Lists by hand: their versions, and who is on them.

use filo_core::id::{CustomerId, ListId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::customer::{self, CustomerRow, Facets, Filter, Question, Sort};
use filo_store::customer_list::member::{self, MemberRow};
use filo_store::customer_list::{self, ListRow};

use crate::with_store;

const TASTING: ListId = ListId(1);
const VERONA: ListId = ListId(2);

fn row(id: ListId, name: &str) -> ListRow {
    ListRow {
        id,
        name: name.to_owned(),
        description: String::new(),
        version: 1,
        created_at: Timestamp(10),
        created_by: "owner".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "owner".to_owned(),
        archived_at: None,
    }
}

fn on(list: ListId, customer: u128, at: i64) -> MemberRow {
    MemberRow {
        list,
        customer: CustomerId(customer),
        joined_at: Timestamp(at),
        joined_by: "Ada".to_owned(),
    }
}

async fn who(tx: &mut Tx<'_>, list: ListId) -> Vec<u128> {
    let rows = member::members(tx, list, None, 10).await.unwrap();
    rows.into_iter().map(|row| row.customer.0).collect()
}

#[tokio::test]
async fn a_list_changes_from_the_version_that_was_seen() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let (one, other) = (row(VERONA, "Verona"), row(TASTING, "Degustazione"));
        customer_list::insert(&mut tx, &one).await.unwrap();
        customer_list::insert(&mut tx, &other).await.unwrap();
        let all = customer_list::list(&mut tx).await.unwrap();
        assert_eq!(all, [other, one.clone()]);
        let changed = ListRow {
            name: "Grossisti di Verona".to_owned(),
            archived_at: Some(Timestamp(30)),
            changed_at: Timestamp(30),
            changed_by: "Bruno".to_owned(),
            ..one
        };
        assert!(customer_list::change(&mut tx, &changed).await.unwrap());
        assert!(!customer_list::change(&mut tx, &changed).await.unwrap());
        let known = customer_list::get(&mut tx, VERONA).await.unwrap().unwrap();
        assert_eq!(
            known,
            ListRow {
                version: 2,
                ..changed
            }
        );
        assert_eq!(customer_list::get(&mut tx, ListId(9)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn who_is_on_a_list_is_what_was_said_last() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let nobody = [(CustomerId(7), Vec::new())];
        member::set(&mut tx, &nobody).await.unwrap();
        let first = [
            (CustomerId(7), vec![on(TASTING, 7, 20), on(VERONA, 7, 21)]),
            (CustomerId(8), vec![on(TASTING, 8, 22)]),
            (CustomerId(9), Vec::new()),
        ];
        member::set(&mut tx, &first).await.unwrap();
        member::set(&mut tx, &first).await.unwrap();
        assert_eq!(who(&mut tx, TASTING).await, [8, 7]);
        let behind = Some((Timestamp(22), CustomerId(8)));
        let rest = member::members(&mut tx, TASTING, behind, 10).await.unwrap();
        assert_eq!(rest, [on(TASTING, 7, 20)]);
        assert_eq!(
            member::counts(&mut tx).await.unwrap(),
            [(TASTING, 2), (VERONA, 1)]
        );
        // Off one list, on another since later; the others stay.
        let then = [(CustomerId(7), vec![on(VERONA, 7, 30)])];
        member::set(&mut tx, &then).await.unwrap();
        assert_eq!(who(&mut tx, TASTING).await, [8]);
        let asked = [CustomerId(7), CustomerId(8), CustomerId(7)];
        let among = member::among(&mut tx, VERONA, &asked).await.unwrap();
        assert_eq!(among, [on(VERONA, 7, 30)]);
        member::forget(&mut tx, &[CustomerId(8)]).await.unwrap();
        assert_eq!(member::count(&mut tx, TASTING).await.unwrap(), 0);
        member::clear(&mut tx).await.unwrap();
        assert_eq!(member::counts(&mut tx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn people_are_narrowed_by_a_list_in_every_order() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let person = |number: u128| CustomerRow {
            id: CustomerId(number),
            name: Some(format!("Persona {}", number % 7)),
            email: None,
            phone: None,
            first_seen: Timestamp(1),
            last_seen: Timestamp(i64::try_from(number % 5).unwrap()),
            events: 1,
            orders: 0,
            revenue_cents: i64::try_from(number % 3).unwrap(),
            currency: None,
            node_count: 1,
            facets: Facets::default(),
            birthday: 0,
            first_source: None,
        };
        let rows: Vec<CustomerRow> = (1..=60).map(person).collect();
        customer::save(&mut tx, &rows).await.unwrap();
        let listed: Vec<_> = (1..=60)
            .filter(|number| number % 4 == 0)
            .map(|number| (CustomerId(number), vec![on(TASTING, number, 5)]))
            .collect();
        member::set(&mut tx, &listed).await.unwrap();
        let filter = Filter {
            list: Some(TASTING),
            ..Filter::default()
        };
        let mut expected: Vec<CustomerId> = listed.iter().map(|(id, _)| *id).collect();
        let counted = customer::count_upto(&mut tx, &filter, 100).await.unwrap();
        assert_eq!(counted, 15);
        for sort in Sort::ALL {
            let (mut found, mut behind) = (Vec::new(), None);
            loop {
                let question = Question {
                    filter: filter.clone(),
                    sort,
                    behind: behind.take(),
                };
                let page = customer::page(&mut tx, &question, 4).await.unwrap();
                let Some(last) = page.last() else { break };
                behind = Some(sort.mark(last));
                found.extend(page.iter().map(|row| row.id));
            }
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{sort:?}");
        }
        let narrowed = customer::narrow(&mut tx, rows, &filter).await.unwrap();
        assert_eq!(narrowed.len(), 15);
    })
    .await;
}
