//! Shares that learn: their bounds, their history, and that a way is drawn by what was in force.

use filo_stats::experiment::chi_square;

use super::{journey, plan};
use crate::id::{CustomerId, JourneyId};
use crate::journey::{
    Action, Adaptive, Allocations, Around, Learnt, Seen, Split, StepId, check, equal_shares, way_of,
};
use crate::time::Timestamp;

const LEARNS: &str = r#""goal":{"name":"buys","event":{"name":"Order Completed"}},
    "steps":[{"id":"s","do":{"split":{"experiment":"subject","adaptive":{},
    "arms":[{"name":"a","share":50},{"name":"b","share":50}]}}}]"#;

fn seen(of: &[(usize, usize)]) -> Vec<Seen> {
    of.iter()
        .map(|(reached, counted)| Seen {
            reached: *reached,
            counted: *counted,
        })
        .collect()
}

fn split_of(rest: &str) -> Split {
    match journey(rest).steps.remove(0).action {
        Action::Split(split) => split,
        other => panic!("no split: {other:?}"),
    }
}

#[test]
fn nothing_moves_before_every_way_has_had_enough_people() {
    let adaptive = Adaptive::default();
    let learnt = adaptive.learn(&seen(&[(0, 49), (40, 80)]), &[5_000, 5_000]);
    assert_eq!(learnt, Learnt::TooFew(49));
    let learnt = adaptive.learn(&seen(&[(0, 50), (40, 80)]), &[5_000, 5_000]);
    assert_eq!(learnt, Learnt::Moved(vec![500, 9_500]));
}

/// Of 60 and 60 with 6 and 9 it is 0.79 that the second is the better one: with a floor of 5 %
/// that gives 5 + 90 · 0.79.
#[test]
fn shares_are_the_chance_of_being_best_above_the_floor() {
    let of = seen(&[(6, 60), (9, 60)]);
    let best = crate::journey::chances(&of).unwrap();
    let Learnt::Moved(shares) = Adaptive::default().learn(&of, &[5_000, 5_000]) else {
        panic!("they move");
    };
    assert_eq!(shares.iter().sum::<u16>(), 10_000);
    let expected = 500.0 + 9_000.0 * best[1];
    assert!((f64::from(shares[1]) - expected).abs() <= 1.0, "{shares:?}");
    let again = Adaptive::default().learn(&of, &shares);
    assert_eq!(again, Learnt::Same, "what was learnt is not learnt again");
}

#[test]
fn no_way_falls_below_the_floor_and_the_shares_make_a_whole() {
    for floor_percent in [1, 5, 20] {
        let adaptive = Adaptive {
            floor_percent,
            warm_up: 10,
        };
        for of in [
            vec![(0, 400), (390, 400)],
            vec![(1, 70), (1, 70), (60, 70)],
            vec![(3, 33), (4, 31), (5, 37), (4, 41), (6, 35)],
        ] {
            let current = vec![0; of.len()];
            let Learnt::Moved(shares) = adaptive.learn(&seen(&of), &current) else {
                panic!("they move");
            };
            assert_eq!(shares.iter().sum::<u16>(), 10_000, "{shares:?}");
            let floor = u16::from(floor_percent) * 100;
            assert!(shares.iter().all(|share| *share >= floor), "{shares:?}");
        }
    }
}

#[test]
fn it_begins_with_shares_that_are_as_equal_as_can_be() {
    assert_eq!(equal_shares(2), [50_u8, 50]);
    assert_eq!(equal_shares(3), [34_u8, 33, 33]);
    assert_eq!(equal_shares(5), [20_u8; 5]);
    assert!(equal_shares(0).is_empty());
}

#[test]
fn at_each_moment_what_was_set_last_is_in_force() {
    let split = split_of(LEARNS);
    let all = vec![
        (Timestamp(200), vec![9_000, 1_000]),
        (Timestamp(100), vec![7_000, 3_000]),
        // Of another number of ways: not of this split.
        (Timestamp(300), vec![10_000]),
    ];
    let history = Allocations::new(all);
    assert_eq!(history.at(&split, Timestamp(99)), [5_000_u16, 5_000]);
    assert_eq!(history.at(&split, Timestamp(100)), [7_000_u16, 3_000]);
    assert_eq!(history.at(&split, Timestamp(250)), [9_000_u16, 1_000]);
    assert_eq!(history.at(&split, Timestamp(300)), [5_000_u16, 5_000]);
    assert_eq!(split.ways_key(), r#"["a","b"]"#);
}

/// As many as the shares in force say; nobody moves who need not; and again the same.
#[test]
fn a_way_is_drawn_by_the_shares_in_force_and_is_the_same_whenever_it_is_asked_for() {
    let id = StepId::from("s");
    let history = Allocations::new(vec![(Timestamp(100), vec![8_000, 2_000])]);
    let learning = plan(LEARNS).with_allocations([(id.clone(), history)].into());
    let split = split_of(LEARNS);
    let go = |at: i64| -> Vec<usize> {
        let shares = learning.shares(&id, &split, Timestamp(at));
        let people = (0..20_000_u128).map(CustomerId);
        people
            .map(|who| way_of(JourneyId(1), &id, who, &shares))
            .collect()
    };
    let (before, after) = (go(50), go(150));
    assert_eq!(after, go(100_000), "nothing else decides");
    for (ways, share) in [(&before, 0.5), (&after, 0.8)] {
        let first = ways.iter().filter(|way| **way == 0).count();
        let counts = [first, ways.len() - first];
        assert!(chi_square(&counts, &[share, 1.0 - share]).unwrap() > 0.001);
    }
    let moved = before
        .iter()
        .zip(&after)
        .filter(|(one, other)| one != other);
    let back = moved.clone().filter(|(one, _)| **one == 0).count();
    assert!(
        moved.count() > 5_000 && back == 0,
        "whoever was first stays"
    );
    let by_document = way_of(JourneyId(1), &id, CustomerId(7), &split.shares());
    assert_eq!(by_document, before[7]);
}

#[test]
fn what_cannot_learn_is_told_with_its_place() {
    let faults = |rest: &str| -> Vec<String> {
        let found = check(JourneyId(1), &journey(rest), &Around::default());
        found.into_iter().map(|fault| fault.at).collect()
    };
    assert_eq!(faults(LEARNS), [""; 0]);
    let at = "/steps/0/do/split/adaptive";
    let no_goal = LEARNS.replace(
        r#""goal":{"name":"buys","event":{"name":"Order Completed"}},"#,
        "",
    );
    assert_eq!(faults(&no_goal), [at]);
    let no_question = LEARNS.replace(r#""experiment":"subject","#, "");
    assert_eq!(faults(&no_question), [at]);
    let uneven = LEARNS.replacen(r#""share":50"#, r#""share":60"#, 1);
    let uneven = uneven.replacen(r#""share":50"#, r#""share":40"#, 1);
    assert_eq!(faults(&uneven), [at]);
    let bounds = LEARNS.replace(
        r#""adaptive":{}"#,
        r#""adaptive":{"floor_percent":51,"warm_up":5}"#,
    );
    assert_eq!(
        faults(&bounds),
        [format!("{at}/floor_percent"), format!("{at}/warm_up")]
    );
}

#[test]
fn what_is_written_is_read_back() {
    let journey = journey(LEARNS);
    let text = journey.to_json();
    assert!(
        text.contains(r#""adaptive":{"floor_percent":5,"warm_up":50}"#),
        "{text}"
    );
    assert_eq!(crate::journey::Journey::from_json(&text).unwrap(), journey);
}
