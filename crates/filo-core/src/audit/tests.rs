//! The chain against everything that can be done to it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::id::KeyId;

/// Entries in the chain that is tampered with.
const LENGTH: usize = 24;

fn chain_of(length: usize) -> Vec<Sealed> {
    let mut head = Head::BEGINNING;
    (0..length)
        .map(|number| {
            let act = Act::ALL[number % Act::ALL.len()];
            let at = Timestamp::from_seconds(i64::try_from(number / 2).unwrap());
            let mut entry = Entry::new(at, Party::Key, act).about(KeyId(number as u128 % 3));
            entry.actor = Some(KeyId(7).into());
            let sealed = seal(
                &head,
                &entry.with("count", Token::number(number as u64 % 2)),
            );
            head = sealed.head();
            sealed
        })
        .collect()
}

fn faults(rows: &[Sealed], known: Vec<Head>) -> Vec<Fault> {
    let mut chain = Chain::new(known);
    rows.iter().for_each(|row| chain.take(row));
    chain.end().1
}

/// One thing that somebody with access to the table can do.
#[derive(Debug, Clone)]
enum Tampering {
    Edit {
        at: usize,
        field: u8,
    },
    Delete {
        at: usize,
    },
    CutOff {
        at: usize,
    },
    Swap {
        one: usize,
        other: usize,
    },
    SwapAndRenumber {
        one: usize,
        other: usize,
    },
    Insert {
        at: usize,
    },
    Repeat {
        at: usize,
    },
    /// Changes an entry and works out every hash after it anew.
    Reseal {
        at: usize,
    },
}

fn tampering() -> impl Strategy<Value = Tampering> {
    let at = 0..LENGTH;
    let two = (0..LENGTH, 0..LENGTH).prop_filter("two places", |(one, other)| one != other);
    prop_oneof![
        (at.clone(), 0u8..8).prop_map(|(at, field)| Tampering::Edit { at, field }),
        at.clone().prop_map(|at| Tampering::Delete { at }),
        at.clone().prop_map(|at| Tampering::CutOff { at }),
        two.clone()
            .prop_map(|(one, other)| Tampering::Swap { one, other }),
        two.prop_map(|(one, other)| Tampering::SwapAndRenumber { one, other }),
        at.clone().prop_map(|at| Tampering::Insert { at }),
        at.clone().prop_map(|at| Tampering::Repeat { at }),
        at.prop_map(|at| Tampering::Reseal { at }),
    ]
}

fn edit(row: &mut Sealed, field: u8) {
    match field {
        0 => row.at = row.at.plus_micros(1),
        1 => row.party = Party::Operator.word().to_owned(),
        2 => row.actor = None,
        3 => row.act.push('x'),
        4 => row.subject = Some(String::new()),
        5 => row.detail = row.detail.replace("count=", "count=1"),
        6 => row.hash[31] ^= 1,
        _ => {
            // The same letters, moved over the border between two fields.
            let first = row.act.remove(0);
            row.actor.as_mut().unwrap().push(first);
        }
    }
}

fn tamper(rows: &mut Vec<Sealed>, how: &Tampering) {
    match *how {
        Tampering::Edit { at, field } => edit(&mut rows[at], field),
        Tampering::Delete { at } => drop(rows.remove(at)),
        Tampering::CutOff { at } => rows.truncate(at),
        Tampering::Swap { one, other } => rows.swap(one, other),
        Tampering::SwapAndRenumber { one, other } => {
            rows.swap(one, other);
            let (first, second) = (rows[one].seq, rows[other].seq);
            (rows[one].seq, rows[other].seq) = (second, first);
        }
        Tampering::Insert { at } => {
            let before = if at == 0 {
                Head::BEGINNING
            } else {
                rows[at - 1].head()
            };
            let entry = Entry::new(Timestamp(5), Party::Filo, Act::Rebuilt);
            rows.insert(at, seal(&before, &entry));
            rows[at + 1..].iter_mut().for_each(|row| row.seq += 1);
        }
        Tampering::Repeat { at } => rows.insert(at, rows[at].clone()),
        Tampering::Reseal { at } => {
            rows[at].detail.push('0');
            for place in at..rows.len() {
                let before = if place == 0 {
                    [0; 32]
                } else {
                    rows[place - 1].hash
                };
                rows[place].hash = rows[place].resealed(&before);
            }
        }
    }
}

#[test]
fn a_thousand_random_tamperings_are_found() {
    let honest = chain_of(LENGTH);
    let head = honest[LENGTH - 1].head();
    assert_eq!(faults(&honest, vec![head]), []);
    let mut runner = TestRunner::new(Config::with_cases(1_000));
    runner
        .run(&tampering(), |how| {
            let mut rows = honest.clone();
            tamper(&mut rows, &how);
            prop_assert!(rows != honest, "{how:?} changes something");
            prop_assert!(!faults(&rows, vec![head]).is_empty(), "{how:?} is found");
            Ok(())
        })
        .unwrap();
}

#[test]
fn without_a_noted_head_a_cut_end_looks_whole() {
    // Why a head must be noted elsewhere: the chain alone cannot know what came after.
    let rows = chain_of(10);
    assert_eq!(faults(&rows[..7], vec![]), []);
    let head = rows[9].head();
    assert_eq!(
        faults(&rows[..7], vec![head]),
        [Fault::Cut { last: 7, known: 10 }]
    );
    assert_eq!(faults(&[], vec![head]), [Fault::Cut { last: 0, known: 10 }]);
}

#[test]
fn one_change_is_told_once() {
    let mut rows = chain_of(10);
    rows[4].detail.push('x');
    assert_eq!(faults(&rows, vec![]), [Fault::Broken { seq: 5 }]);
    let mut rows = chain_of(10);
    rows.remove(4);
    let expected = [
        Fault::Gap {
            expected: 5,
            found: 6,
        },
        Fault::Broken { seq: 6 },
    ];
    assert_eq!(faults(&rows, vec![]), expected);
}

#[test]
fn a_head_is_written_and_read_back() {
    let head = chain_of(3)[2].head();
    assert_eq!(head.to_string().parse(), Ok(head));
    for wrong in [
        "",
        "3",
        "3-",
        "-1-00",
        "3-zz",
        "x-00",
        &format!("-{}", "0".repeat(64)),
    ] {
        assert_eq!(wrong.parse::<Head>(), Err(InvalidHead), "{wrong}");
    }
}

#[test]
fn words_stand_for_one_thing_each() {
    for act in Act::ALL {
        assert_eq!(Act::from_word(act.word()), Some(*act));
    }
    for party in Party::ALL {
        assert_eq!(Party::from_word(party.word()), Some(*party));
    }
}
