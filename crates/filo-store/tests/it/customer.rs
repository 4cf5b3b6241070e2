//! Customers: the list and the search.

use filo_core::event::Channel;
use filo_core::id::{CustomerId, SourceId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::customer::{
    self, CustomerRow, Facets, Filter, Marketing, Question, Sort, Span, terms_of,
};

use crate::with_store;

fn customer(number: u128, name: &str, last_seen: i64) -> CustomerRow {
    CustomerRow {
        id: CustomerId(number),
        name: Some(name.to_owned()),
        email: None,
        phone: Some(format!("+3933312345{number:02}")),
        first_seen: Timestamp(0),
        last_seen: Timestamp(last_seen),
        events: 3,
        orders: 1,
        revenue_cents: -250,
        currency: Some("EUR".to_owned()),
        node_count: 2,
        facets: Facets::default(),
        birthday: 0,
        first_source: None,
    }
}

async fn save(tx: &mut Tx<'_>, customers: &[CustomerRow]) {
    customer::save(tx, customers).await.unwrap();
    let terms: Vec<(CustomerId, Vec<String>)> = customers
        .iter()
        .map(|row| {
            let (name, phone) = (row.name.as_deref(), row.phone.as_deref());
            (
                row.id,
                terms_of(name.unwrap_or_default(), &[], &[phone.unwrap_or_default()]),
            )
        })
        .collect();
    customer::set_terms(tx, &terms).await.unwrap();
}

async fn found(tx: &mut Tx<'_>, question: &str) -> Vec<u128> {
    let words: Vec<String> = question.split(' ').map(str::to_owned).collect();
    let found = customer::search(tx, &words, 10).await.unwrap();
    assert!(!found.capped);
    found.customers.into_iter().map(|id| id.0).collect()
}

#[tokio::test]
async fn the_list_goes_from_the_newest_page_by_page() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        // Equal times are told apart by the id.
        let rows: Vec<CustomerRow> = (0..20)
            .map(|number| customer(number, "Anna", i64::try_from(number / 3).unwrap()))
            .collect();
        save(&mut tx, &rows).await;
        assert_eq!(customer::count(&mut tx).await.unwrap(), 20);
        let mut walked = Vec::new();
        let mut behind = None;
        loop {
            let question = Question {
                behind,
                ..Question::default()
            };
            let page = customer::page(&mut tx, &question, 6).await.unwrap();
            let Some(last) = page.last() else {
                break;
            };
            behind = Some(Sort::LastSeen.mark(last));
            walked.extend(page);
        }
        let mut expected = rows.clone();
        expected.reverse();
        assert_eq!(walked, expected);

        let moved = CustomerRow {
            last_seen: Timestamp(99),
            name: None,
            ..rows[4].clone()
        };
        customer::save(&mut tx, std::slice::from_ref(&moved))
            .await
            .unwrap();
        assert_eq!(
            customer::page(&mut tx, &Question::default(), 1)
                .await
                .unwrap(),
            std::slice::from_ref(&moved)
        );
        assert_eq!(
            customer::get(&mut tx, moved.id).await.unwrap(),
            Some(moved.clone())
        );
        assert_eq!(customer::get(&mut tx, CustomerId(77)).await.unwrap(), None);
        let two = customer::get_many(&mut tx, &[moved.id, CustomerId(5), CustomerId(77)]).await;
        assert_eq!(two.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn every_word_of_the_question_must_begin_a_word_of_the_customer() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = [
            customer(1, "Maria Rossi", 1),
            customer(2, "Mario Rossini", 2),
            customer(3, "Niccolò Marini", 3),
            customer(4, "100%_vero", 4),
        ];
        save(&mut tx, &rows).await;
        assert_eq!(
            found(&mut tx, "mar").await,
            [3, 2, 1],
            "the one seen last comes first"
        );
        assert_eq!(found(&mut tx, "ross mari").await, [2, 1]);
        assert_eq!(found(&mut tx, "Rossi MARIA").await, [1]);
        assert_eq!(found(&mut tx, "nicco").await, [3]);
        assert_eq!(
            found(&mut tx, "ossi").await,
            [0; 0],
            "the middle of a word finds nothing"
        );
        assert_eq!(found(&mut tx, "333 123 4502").await, [2]);
        assert_eq!(found(&mut tx, "234503").await, [3]);
        assert_eq!(found(&mut tx, "100 vero").await, [4]);
        assert_eq!(found(&mut tx, "%").await, [0; 0]);
        assert_eq!(found(&mut tx, "").await, [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn words_follow_the_customer() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        save(
            &mut tx,
            &[customer(1, "Maria Rossi", 1), customer(2, "Anna Verdi", 2)],
        )
        .await;
        let married = [(
            CustomerId(1),
            terms_of("Maria Bianchi", &["m@example.it"], &[]),
        )];
        customer::set_terms(&mut tx, &married).await.unwrap();
        assert_eq!(found(&mut tx, "rossi").await, [0; 0]);
        assert_eq!(found(&mut tx, "bianchi m@ex").await, [1]);
        // The list says nothing about words, so saving it leaves them.
        customer::save(&mut tx, &[customer(1, "Maria Bianchi", 9)])
            .await
            .unwrap();
        assert_eq!(found(&mut tx, "bianchi").await, [1]);

        customer::remove(&mut tx, &[CustomerId(1)]).await.unwrap();
        assert_eq!(found(&mut tx, "bianchi").await, [0; 0]);
        assert_eq!(found(&mut tx, "verdi").await, [2]);
        customer::clear(&mut tx).await.unwrap();
        assert_eq!(found(&mut tx, "verdi").await, [0; 0]);
        assert_eq!(customer::count(&mut tx).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn frequent_words_are_searched_together_and_a_lone_one_says_that_it_was_cut() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let name = |number| match number % 300 {
            0 => "Anna Rossi",
            n if n % 2 == 0 => "Anna Verdi",
            _ => "Ugo Rossi",
        };
        let rows: Vec<CustomerRow> = (0..6000)
            .map(|number| CustomerRow {
                phone: None,
                ..customer(number, name(number), 1)
            })
            .collect();
        save(&mut tx, &rows).await;
        // Both words are frequent; what they have in common is not.
        assert_eq!(found(&mut tx, "rossi ann").await.len(), 10);
        let words = ["anna".to_owned(), "rossi".to_owned(), "ann".to_owned()];
        let all = customer::search(&mut tx, &words, 100).await.unwrap();
        assert_eq!((all.customers.len(), all.capped), (20, false));
        let words = ["rossi".to_owned()];
        let found = customer::search(&mut tx, &words, 10).await.unwrap();
        assert_eq!((found.customers.len(), found.capped), (10, true));
    })
    .await;
}

/// Rows of every kind: equal times and amounts, nameless ones, all channels.
fn crowd() -> Vec<CustomerRow> {
    let names = ["Anna", "\u{e0}nna", "Bruno", "", "Zo\u{eb}"];
    (1..=240u32)
        .map(|number| {
            let part = i64::from(number);
            let name = names[number as usize % names.len()];
            CustomerRow {
                name: (!name.is_empty()).then(|| name.to_owned()),
                phone: (number % 4 == 0).then(|| "+393331234567".to_owned()),
                first_seen: Timestamp(part % 7),
                orders: part % 5,
                revenue_cents: part % 11 * 100,
                facets: Facets(i64::from(number % 9 + 1) | (part % 3) << 18 | (part % 2) << 16),
                birthday: part % 13 * 100 + part % 28,
                first_source: (number % 3 > 0).then_some(SourceId(number % 3)),
                ..customer(number.into(), "", part % 17)
            }
        })
        .collect()
}

fn filters() -> Vec<Filter> {
    let span = |least, most| Span { least, most };
    let every = Filter::default;
    vec![
        every(),
        Filter {
            channel: Some(Channel::Email),
            ..every()
        },
        Filter {
            first_source: Some(SourceId(2)),
            ..every()
        },
        Filter {
            first_seen: span(Some(2), Some(4)),
            last_seen: span(None, Some(9)),
            ..every()
        },
        Filter {
            orders: span(Some(3), None),
            spent_cents: span(Some(200), Some(700)),
            ..every()
        },
        Filter {
            marketing: Some(Marketing::Granted),
            has_email: true,
            ..every()
        },
        Filter {
            marketing: Some(Marketing::Denied),
            ..every()
        },
        Filter {
            marketing: Some(Marketing::Unknown),
            has_phone: true,
            ..every()
        },
        Filter {
            birthday: Some((105, 301)),
            ..every()
        },
        Filter {
            birthday: Some((1220, 110)),
            ..every()
        },
        Filter {
            orders: span(Some(99), None),
            ..every()
        },
    ]
}

#[tokio::test]
async fn the_database_and_the_filter_say_the_same_in_every_order() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = crowd();
        customer::save(&mut tx, &rows).await.unwrap();
        // Saved again they are the same.
        customer::save(&mut tx, &rows).await.unwrap();
        let mut matched = 0;
        for filter in filters() {
            let expected: Vec<u128> = rows
                .iter()
                .filter(|row| filter.allows(row))
                .map(|row| row.id.0)
                .collect();
            matched += expected.len();
            let count = customer::count_upto(&mut tx, &filter, 100_000)
                .await
                .unwrap();
            assert_eq!(
                usize::try_from(count).unwrap(),
                expected.len(),
                "{filter:?}"
            );
            let by_id = customer::by_id(&mut tx, &filter, CustomerId(0), 1000)
                .await
                .unwrap();
            assert_eq!(
                by_id.iter().map(|row| row.id.0).collect::<Vec<_>>(),
                expected,
                "{filter:?}"
            );
            for sort in Sort::ALL {
                let mut walked: Vec<CustomerRow> = Vec::new();
                let mut question = Question {
                    filter: filter.clone(),
                    sort,
                    behind: None,
                };
                loop {
                    let page = customer::page(&mut tx, &question, 13).await.unwrap();
                    let Some(last) = page.last() else { break };
                    question.behind = Some(sort.mark(last));
                    walked.extend(page);
                }
                let sorted = walked.is_sorted_by(|one, next| match sort {
                    Sort::LastSeen => (one.last_seen, one.id) > (next.last_seen, next.id),
                    Sort::FirstSeen => (one.first_seen, one.id) > (next.first_seen, next.id),
                    Sort::Spent => (one.revenue_cents, one.id) > (next.revenue_cents, next.id),
                    Sort::Name => (one.name_key(), one.id) < (next.name_key(), next.id),
                });
                assert!(sorted, "{filter:?} {sort:?}");
                let mut ids: Vec<u128> = walked.iter().map(|row| row.id.0).collect();
                ids.sort_unstable();
                assert_eq!(ids, expected, "{filter:?} {sort:?}");
            }
        }
        assert!(matched > 400, "{matched}");
    })
    .await;
}

#[tokio::test]
async fn filling_in_leaves_what_is_newer() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let rows = crowd();
        customer::save(&mut tx, &rows).await.unwrap();
        assert!(
            customer::unfilled(&mut tx, CustomerId(0), 10)
                .await
                .unwrap()
                .is_empty()
        );
        let changed = CustomerRow {
            birthday: 1231,
            ..rows[0].clone()
        };
        assert_eq!(customer::fill(&mut tx, &[changed]).await.unwrap(), 0);
        assert_eq!(
            customer::get(&mut tx, rows[0].id).await.unwrap(),
            Some(rows[0].clone())
        );
    })
    .await;
}
