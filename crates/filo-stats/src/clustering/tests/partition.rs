use super::*;
use crate::clustering::partition::GROUPS_MOST;
use crate::clustering::seeding::plus_plus;
use crate::counting::real;
use crate::quintile::{Better, by_rank};

/// Lloyd's descent from the rows 0, 500, 1000, 1500 by an independent program.
#[test]
fn the_descent_from_given_rows_is_that_of_another_program() {
    let Some((_, rows)) = cdnow() else { return };
    let found = lloyd(&rows, &[0, 500, 1000, 1500]).unwrap();
    assert_eq!(found.rounds, 33);
    assert!(
        (found.cost - 1_534.584_243_941_884_3).abs() < 1e-6,
        "{}",
        found.cost
    );
    assert_eq!(found.sizes(), [258, 520, 693, 886]);
    let expected = [
        [
            -2.296_788_563_119_537_5,
            1.795_495_568_425_419_5,
            1.495_183_977_066_028_2,
        ],
        [
            -0.448_674_401_997_884_5,
            0.902_924_295_619_614_6,
            0.791_772_745_611_584_6,
        ],
        [
            0.445_625_950_984_802_6,
            -0.330_201_627_149_958_1,
            0.088_626_558_653_072_92,
        ],
        [
            0.583_592_950_667_370_9,
            -0.794_501_989_572_269_9,
            -0.969_410_269_692_579_2,
        ],
    ];
    for (centre, expected) in found.centres.iter().zip(expected) {
        for (found, expected) in centre.numbers.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{centre:?}");
        }
    }
}

/// The best of twenty starts of scikit-learn; ours may only be better.
#[test]
fn the_search_finds_groups_as_tight_as_another_program() {
    let Some((_, rows)) = cdnow() else { return };
    let search = Search {
        starts: 20,
        seed: 1,
    };
    for (groups, cost, share) in [
        (2, 2_848.257_605_224_918_3, 0.294_866),
        (3, 1_918.942_076_763_938_5, 0.135_766),
        (4, 1_534.376_253_363_380_8, 0.103_521),
    ] {
        let found = cluster(&rows, groups, search).unwrap();
        assert!(found.cost < cost * (1.0 + 1e-4), "{groups}: {}", found.cost);
        let sizes = found.sizes();
        assert!(sizes.is_sorted_by(|one, other| one >= other));
        let least = real(*sizes.last().unwrap()) / 2357.0;
        assert!((least - share).abs() < 0.002, "{groups}: {least}");
    }
}

#[test]
fn the_same_seed_gives_the_same_groups_and_the_largest_is_first() {
    let rows = blobs(&THREE, 40, 1.0);
    let mut some: Vec<usize> = (0..60).collect();
    some.extend(80..100);
    let rows = rows.select(&some).unwrap();
    let found = cluster(&rows, 3, SEARCH).unwrap();
    assert_eq!(found, cluster(&rows, 3, SEARCH).unwrap());
    assert_eq!(found.sizes(), [40, 20, 20]);
    // Of the two groups of twenty, that around (0, 10) has the lower numbers.
    assert!(found.centres[1].numbers[0] < 1.0 && found.centres[2].numbers[0] > 9.0);
    let other = cluster(&rows, 3, Search { seed: 99, ..SEARCH }).unwrap();
    assert_eq!(
        other.labels, found.labels,
        "clear groups do not hang on the seed"
    );
}

#[test]
fn many_rows_are_searched_on_a_sample_and_grouped_whole() {
    let rows = blobs(&THREE, 2_000, 1.0);
    let search = Search { starts: 2, seed: 4 };
    let found = cluster(&rows, 3, search).unwrap();
    assert_eq!(found.sizes(), [2_000; 3]);
    assert!(
        found
            .labels
            .chunks(2_000)
            .all(|blob| blob.iter().all(|it| it == &blob[0]))
    );
}

/// k-prototypes of CDNOW by another program (kmodes): days since the last purchase and days with
/// one as numbers, the score of the latter and the month of the first purchase as categories.
#[test]
fn numbers_with_categories_are_grouped_as_by_another_program() {
    let Some(customers) = cdnow_tests::customers() else {
        return;
    };
    let numbers = customers
        .iter()
        .flat_map(|it| [it.recency().ln_1p(), it.frequency().ln()]);
    let frequency: Vec<f64> = customers.iter().map(Customer::frequency).collect();
    let scores = by_rank(&frequency, Better::Larger).unwrap();
    // The first purchases fall in January, February and March 1997.
    let codes = customers.iter().zip(scores).flat_map(|(it, score)| {
        let month = u32::from(it.days[0] >= 9862 + 31) + u32::from(it.days[0] >= 9862 + 59);
        [u32::from(score), month]
    });
    let rows = Rows::new(numbers.collect(), 2).unwrap().standardised();
    let rows = rows.with_codes(codes.collect(), 2).unwrap();
    assert!((rows.mismatch() - 0.5).abs() < 1e-12);
    let found = lloyd(&rows, &[1958, 1078, 366, 1057]).unwrap();
    assert!(
        (found.cost - 1_453.140_239_314_026_3).abs() < 1e-6,
        "{}",
        found.cost
    );
    assert_eq!(found.sizes(), [550, 1218, 214, 375]);
    let best = cluster(&rows, 4, SEARCH).unwrap();
    assert!(best.cost <= found.cost, "{}", best.cost);
}

/// Numbers that say little and twelve categories that agree: the groups follow the categories.
#[test]
fn categories_group_rows_too() {
    let numbers = (0..40).map(|row| f64::from(row % 2)).collect();
    let codes = (0..40).flat_map(|row| [if row < 30 { 3 } else { 9 }; 12]);
    let rows = Rows::new(numbers, 1).unwrap().standardised();
    let rows = rows.with_codes(codes.collect(), 12).unwrap();
    let found = cluster(&rows, 2, SEARCH).unwrap();
    assert_eq!(found.sizes(), [30, 10]);
    assert_eq!(found.centres[0].codes, [3; 12]);
    assert_eq!(found.centres[1].codes, [9; 12]);
}

#[test]
fn a_group_that_loses_its_rows_takes_the_farthest_one() {
    let rows = Rows::new(vec![0.0, 0.0, 1.0, 9.0], 1).unwrap();
    let found = lloyd(&rows, &[0, 1]).unwrap();
    assert_eq!(found.sizes(), [3, 1]);
    assert_eq!(found.labels, [0, 0, 0, 1]);
}

#[test]
fn a_medoid_is_the_real_row_nearest_to_the_centre() {
    let rows = Rows::new(vec![0.0, 1.0, 5.0, 100.0, 104.0], 1).unwrap();
    let found = lloyd(&rows, &[0, 3]).unwrap();
    assert_eq!(found.labels, [0, 0, 0, 1, 1]);
    assert_eq!(found.medoids(&rows), [Some(1), Some(3)]);
}

#[test]
fn starts_are_different_rows_and_too_few_different_rows_are_refused() {
    let rows = Rows::new([1.0, 1.0, 2.0, 2.0, 3.0].repeat(4), 1).unwrap();
    for seed in 0..20 {
        let starts = plus_plus(&rows, 3, &mut Random::seeded(seed)).unwrap();
        let mut values: Vec<f64> = starts.iter().map(|it| rows.row(*it).numbers[0]).collect();
        values.sort_by(f64::total_cmp);
        assert_eq!(values, [1.0, 2.0, 3.0]);
    }
    assert_eq!(cluster(&rows, 4, SEARCH), None);
    assert_eq!(cluster(&rows, 0, SEARCH), None);
    assert_eq!(lloyd(&rows, &[]), None);
    assert_eq!(lloyd(&rows, &[20]), None);
    assert_eq!(lloyd(&rows, &[0; GROUPS_MOST + 1]), None);
}
