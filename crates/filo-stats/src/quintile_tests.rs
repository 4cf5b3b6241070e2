use super::*;
use crate::cdnow_tests;

/// CDNOW at 1998-07-01: days since the last purchase, days with a purchase, money, scored by
/// another program (pandas) with the same formula.
#[test]
fn real_customers_score_as_another_program_scores_them() {
    let Some(customers) = cdnow_tests::customers() else {
        return;
    };
    let column =
        |of: fn(&cdnow_tests::Customer) -> f64| -> Vec<f64> { customers.iter().map(of).collect() };
    let recency = by_rank(&column(cdnow_tests::Customer::recency), Better::Smaller).unwrap();
    let frequency = by_rank(&column(cdnow_tests::Customer::frequency), Better::Larger).unwrap();
    let money = by_rank(&column(|it| it.spent), Better::Larger).unwrap();
    let counts = |scores: &[u8]| {
        [1, 2, 3, 4, 5].map(|score| scores.iter().filter(|it| **it == score).count())
    };
    assert_eq!(counts(&recency), [482, 455, 475, 474, 471]);
    assert_eq!(counts(&frequency), [0, 1218, 0, 612, 527]);
    assert_eq!(counts(&money), [481, 461, 471, 472, 472]);
    assert_eq!(recency[..5], [4, 1, 1, 1, 1]);
    assert_eq!(frequency[..5], [5, 4, 2, 2, 2]);
    assert_eq!(money[..5], [4, 4, 1, 1, 2]);
    let cells = recency.iter().zip(&frequency).zip(&money);
    let cells: std::collections::BTreeSet<_> = cells.collect();
    assert_eq!(cells.len(), 48);
}

#[test]
fn the_order_of_the_values_changes_nothing_and_either_end_can_be_better() {
    let values = [5.0, 1.0, 3.0, 3.0, 2.0, 9.0, 4.0, 8.0, 7.0, 6.0];
    let scores = by_rank(&values, Better::Larger).unwrap();
    assert_eq!(scores, [3, 1, 2, 2, 1, 5, 3, 5, 4, 4]);
    let turned: Vec<f64> = values.iter().rev().copied().collect();
    let mut back = by_rank(&turned, Better::Larger).unwrap();
    back.reverse();
    assert_eq!(back, scores);
    let negative = values.map(|value| -value);
    assert_eq!(
        by_rank(&values, Better::Smaller),
        by_rank(&negative, Better::Larger)
    );
}

#[test]
fn few_values_and_equal_values_have_scores_too() {
    assert_eq!(by_rank(&[], Better::Larger), Some(vec![]));
    assert_eq!(by_rank(&[7.0], Better::Larger), Some(vec![5]));
    assert_eq!(by_rank(&[7.0; 4], Better::Larger), Some(vec![4; 4]));
    assert_eq!(by_rank(&[0.0, -0.0], Better::Smaller), Some(vec![4, 4]));
    assert_eq!(by_rank(&[1.0, f64::NAN], Better::Larger), None);
}

#[test]
fn a_ladder_is_climbed_step_by_step() {
    let steps = [2.0, 3.0, 5.0, 10.0];
    let scores = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 9.0, 10.0, 99.0].map(|it| by_ladder(it, steps));
    let expected = [1, 1, 2, 3, 3, 4, 4, 5, 5].map(Some);
    assert_eq!(scores, expected);
    assert_eq!(by_ladder(1.0, [2.0, 2.0, 5.0, 10.0]), None);
    assert_eq!(by_ladder(1.0, [2.0, f64::NAN, 5.0, 10.0]), None);
    assert_eq!(by_ladder(f64::NAN, steps), None);
}
