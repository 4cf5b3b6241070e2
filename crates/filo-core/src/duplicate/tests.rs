//! The search over a few people, and what must hold for all.

use std::num::NonZero;

use proptest::strategy::Strategy;

use super::{Field, Found, Judge, Knowledge, PersonRecord, Search, Table, Threshold};
use crate::identity::Blocked;

const SEARCH: Search = Search {
    threshold: Threshold {
        linked: 0.95,
        proposed: 0.5,
    },
    threads: NonZero::<usize>::MIN,
};

type Line<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn table(lines: &[(u128, Line<'_>)]) -> Table {
    let mut table = Table::new(Blocked::default(), 2026);
    for (key, (first_name, last_name, email, phone, birthday)) in lines {
        let record = PersonRecord {
            first_name,
            last_name,
            emails: &[email],
            phones: &[phone],
            birthday,
            ..PersonRecord::default()
        };
        table.push(*key, &record);
    }
    table.finish(None);
    table
}

const PEOPLE: [(u128, Line<'static>); 6] = [
    (
        1,
        (
            "Giuseppe",
            "Rossi",
            "g.rossi61@x.it",
            "3331234567",
            "1961-03-04",
        ),
    ),
    (2, ("Beppe", "Rossi", "", "333 1234567", "04/03/1961")),
    (3, ("Anna", "Rossi", "", "333 1234567", "12/09/1990")),
    (4, ("Niccolò", "D'Angelo", "nic@x.it", "", "")),
    (5, ("NICCOLO", "DANGELO", "nic@x.it", "3400000001", "")),
    (6, ("Carla", "Bianchi", "", "3477777778", "1950-01-02")),
];

fn groups_by_key(table: &Table, found: &Found) -> Vec<(u128, u128)> {
    let rows = 0..u32::try_from(table.len()).unwrap();
    rows.map(|row| (table.key(row), table.key(found.groups[row as usize])))
        .collect()
}

#[test]
fn one_person_is_found_and_a_household_is_not_one() {
    let table = table(&PEOPLE);
    let found = SEARCH.run(&table).unwrap();
    let groups = groups_by_key(&table, &found);
    assert_eq!(groups, [(1, 1), (2, 1), (3, 3), (4, 4), (5, 4), (6, 6)]);
}

#[test]
fn each_field_says_its_part_and_the_parts_add_up() {
    let table = table(&PEOPLE);
    let judge = Judge::new(&table, &Knowledge::beginning(), 6).unwrap();
    let evidence = judge.explain(0, 1);
    let part = |field: Field| evidence.contributions[field.place()];
    assert!(part(Field::Phone) > 3.0 && part(Field::Birthday) > 3.0);
    assert!(part(Field::FirstName) > 0.0 && part(Field::Email).abs() < 1e-12);
    let sum: f64 = evidence.contributions.iter().sum();
    let all = sum + evidence.prior + evidence.nearness;
    assert!((all - evidence.weight).abs() < 1e-9);
    let household = judge.explain(0, 2);
    assert!(household.contributions[Field::FirstName.place()] < 0.0);
    assert!(household.nearness < -1.0 && household.probability() < 0.5);
}

#[test]
fn initials_and_nothing_prove_nothing() {
    let table = table(&[
        (1, ("M", "R", "", "", "")),
        (2, ("Mario", "Rossi", "", "", "")),
        (3, ("", "", "", "", "")),
    ]);
    let found = SEARCH.run(&table).unwrap();
    assert_eq!(found.groups, [0, 1, 2]);
    assert!(found.proposed.is_empty());
    let empty = Table::new(Blocked::default(), 2026);
    assert!(SEARCH.run(&empty).unwrap().groups.is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_records_and_the_threads_change_nothing(
        order in proptest::prelude::Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let lines = crowd();
        let straight = table(&lines);
        let shuffled: Vec<_> = order.iter().map(|place| lines[*place]).collect();
        let other = table(&shuffled);
        let several = Search { threads: NonZero::new(3).unwrap(), ..SEARCH };
        let (one, two) = (SEARCH.run(&straight).unwrap(), several.run(&other).unwrap());
        proptest::prop_assert_eq!(one.groups, two.groups);
        proptest::prop_assert_eq!(one.proposed, two.proposed);
        proptest::prop_assert_eq!(one.knowledge, two.knowledge);
    }

    #[test]
    fn nothing_that_is_written_breaks_the_search(
        texts in proptest::collection::vec("\\PC{0,12}", 30),
    ) {
        let mut table = Table::new(Blocked::default(), 2026);
        for (key, text) in texts.iter().enumerate() {
            let next = &texts[(key + 7) % texts.len()];
            let record = PersonRecord {
                first_name: text, last_name: next, full_name: text,
                emails: &[text, next], phones: &[next], birthday: text, tax_code: next,
                street: text, postal_code: next, city: text, marks: &[text],
            };
            table.push(key as u128, &record);
        }
        table.finish(None);
        let found = SEARCH.run(&table).unwrap();
        proptest::prop_assert!(found.proposed.iter().all(|it| it.a < it.b));
    }
}

/// Sixty records of some forty people, with slips.
fn crowd() -> Vec<(u128, Line<'static>)> {
    const FIRST: [&str; 8] = [
        "Mario",
        "Anna",
        "Luca",
        "Beppe",
        "Giuseppe",
        "Maria Teresa",
        "Maria",
        "Mairo",
    ];
    const LAST: [&str; 5] = ["Rossi", "Rosi", "Bianchi", "De Luca", "Deluca"];
    const MAILS: [&str; 6] = [
        "",
        "a@x.it",
        "mario.rossi@x.it",
        "mario.rosi@x.it",
        "b1@y.it",
        "",
    ];
    const PHONES: [&str; 4] = ["", "3331234567", "3331234576", "0811234567"];
    const DATES: [&str; 4] = ["", "1961-03-04", "04/03/1961", "03/04/1961"];
    (0..60_usize)
        .map(|at| {
            let line = (
                FIRST[at * 7 % 8],
                LAST[at * 3 % 5],
                MAILS[at * 5 % 6],
                PHONES[at * 11 % 4],
                DATES[at / 3 % 4],
            );
            (1000 + (at as u128 * 37 % 61), line)
        })
        .collect()
}
