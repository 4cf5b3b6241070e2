use super::*;
use crate::clustering::rows::CODES_MOST;

/// Means and deviations by numpy.
#[test]
fn columns_of_real_customers_are_those_of_another_program() {
    let Some(customers) = cdnow_tests::customers() else {
        return;
    };
    let numbers = customers.iter().flat_map(|it| {
        [
            it.recency().ln_1p(),
            it.frequency().ln(),
            it.spent.max(1.0).ln(),
        ]
    });
    let rows = Rows::new(numbers.collect(), 3).unwrap();
    let expected = [
        (5.641_123_814_137_838, 0.993_504_714_687_735_6),
        (0.636_298_070_033_327_3, 0.794_968_520_353_175_3),
        (3.887_444_898_591_023_7, 1.149_352_534_024_879_6),
    ];
    for (column, (mean, deviation)) in rows.columns().into_iter().zip(expected) {
        assert!((column.mean - mean).abs() < 1e-9, "{column:?}");
        assert!((column.deviation - deviation).abs() < 1e-9, "{column:?}");
    }
}

#[test]
fn standardised_columns_have_mean_0_and_deviation_1_and_equal_numbers_become_0() {
    let rows = Rows::new(vec![1.0, 0.1, 2.0, 0.1, 6.0, 0.1], 2).unwrap();
    let columns = rows.standardised().columns();
    assert!(columns[0].mean.abs() < 1e-12 && (columns[0].deviation - 1.0).abs() < 1e-12);
    assert!(columns[1].mean.abs() < 1e-12 && columns[1].deviation.abs() < 1e-12);
}

/// Deviations of 1 make γ ½; the numbers −1 and 1 are 4 apart, squared.
#[test]
fn categories_that_differ_are_gamma_apart() {
    let numbers = vec![-1.0, 1.0, 1.0, -1.0];
    let codes = vec![0, 7, 1, 7, 0, 8, 1, 8];
    let rows = Rows::new(numbers, 1).unwrap().with_codes(codes, 2).unwrap();
    assert!((rows.mismatch() - 0.5).abs() < 1e-12);
    let apart = |one, other| rows.distance(rows.row(one), rows.row(other));
    let found = vec![
        apart(0, 0),
        apart(1, 2),
        apart(0, 1),
        apart(0, 2),
        apart(0, 3),
    ];
    assert_eq!(found, [0.0, 1.0, 4.5, 4.5, 1.0]);
    let stretched = Rows::new(vec![-8.0, 8.0, 8.0, -8.0], 1).unwrap();
    let stretched = stretched
        .with_codes(vec![0, 7, 1, 7, 0, 8, 1, 8], 2)
        .unwrap();
    assert!((stretched.mismatch() - 4.0).abs() < 1e-12);
    assert_eq!(stretched.standardised(), rows);
}

#[test]
fn what_are_no_rows_is_refused() {
    assert_eq!(Rows::new(vec![], 2), None);
    assert_eq!(Rows::new(vec![1.0, 2.0, 3.0], 2), None);
    assert_eq!(Rows::new(vec![1.0], 0), None);
    assert_eq!(Rows::new(vec![1.0, f64::INFINITY], 2), None);
    let rows = Rows::new(vec![1.0, 2.0], 1).unwrap();
    assert_eq!(rows.clone().with_codes(vec![1], 1), None);
    assert_eq!(rows.clone().with_codes(vec![1, CODES_MOST], 1), None);
    assert_eq!(rows.select(&[2]), None);
    assert_eq!(rows.select(&[]), None);
    let twice = rows.select(&[1, 1]).unwrap();
    assert_eq!(Some(twice), Rows::new(vec![2.0, 2.0], 1));
    assert!(rows.row(9).numbers.is_empty());
}
