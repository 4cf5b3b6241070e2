use super::*;
use crate::clustering::stability::STABLE;

/// scikit-learn's silhouette_score of its best groups.
#[test]
fn silhouettes_of_real_customers_are_those_of_another_program() {
    let Some((_, rows)) = cdnow() else { return };
    for (groups, expected) in [(2, 0.566_720_6), (3, 0.491_279_5)] {
        let found = cluster(&rows, groups, SEARCH).unwrap();
        let width = silhouette(&rows, &found.labels).unwrap();
        assert!((width - expected).abs() < 2e-3, "{groups}: {width}");
    }
}

/// By hand: 0, 1 | 5 has the widths (5−1)/5, (4−1)/4 and 0 for the row alone.
#[test]
fn a_silhouette_by_hand() {
    let rows = Rows::new(vec![0.0, 1.0, 5.0], 1).unwrap();
    let width = silhouette(&rows, &[0, 0, 1]).unwrap();
    assert!((width - (0.8 + 0.75) / 3.0).abs() < 1e-12, "{width}");
    assert_eq!(silhouette(&rows, &[0, 0, 0]), None);
    assert_eq!(silhouette(&rows, &[1, 1, 1]), None);
    assert_eq!(silhouette(&rows, &[0, 1]), None);
    assert_eq!(silhouette(&rows, &[]), None);
}

/// An independent program with twenty references: 1.8082, 1.8804, 1.7755 for two to four groups,
/// each with an error near 0.012.
#[test]
fn gaps_of_real_customers_are_those_of_another_program() {
    let Some((_, rows)) = cdnow() else { return };
    let found = gaps(&rows, 4, 6, Search { starts: 3, seed: 2 });
    for (gap, expected) in found[1..].iter().zip([1.8082, 1.8804, 1.7755]) {
        assert!((gap.gap - expected).abs() < 0.03, "{gap:?}");
        assert!(gap.error > 0.0 && gap.error < 0.03, "{gap:?}");
    }
    assert!(!found[1].holds_against(&found[2]) && found[2].holds_against(&found[3]));
}

/// Rows along a line through both columns vary in one direction only: turned, the variances are
/// the eigenvalues 3 and 1 of the matrix ((2, 1), (1, 2)), and no distance has changed.
#[test]
fn turned_rows_vary_along_their_axes() {
    let (far, near) = (3.0_f64.sqrt(), 1.0);
    let numbers = vec![far, far, -far, -far, near, -near, -near, near];
    let rows = Rows::new(numbers, 2).unwrap();
    let turned = axes::along_axes(&rows).unwrap();
    let mut variances: Vec<f64> = turned
        .columns()
        .iter()
        .map(|it| it.deviation.powi(2))
        .collect();
    variances.sort_by(f64::total_cmp);
    assert!((variances[0] - 1.0).abs() < 1e-12 && (variances[1] - 3.0).abs() < 1e-12);
    for (one, other) in [(0, 1), (0, 2), (1, 3), (2, 3)] {
        let apart = |rows: &Rows| rows.distance(rows.row(one), rows.row(other));
        assert!((apart(&rows) - apart(&turned)).abs() < 1e-12);
    }
}

#[test]
fn the_gap_is_largest_at_the_true_number_and_ends_where_rows_do() {
    let found = gaps(&blobs(&THREE, 30, 1.0), 5, 8, SEARCH);
    let most = found
        .iter()
        .max_by(|one, other| one.gap.total_cmp(&other.gap));
    assert_eq!(most.unwrap().groups, 3);
    let rows = Rows::new([1.0, 2.0, 3.0].repeat(10), 1).unwrap();
    assert_eq!(
        gaps(&rows, 5, 4, SEARCH).len(),
        2,
        "three groups cost nothing"
    );
}

/// An independent program: the least stable of three groups has 0.938, of four 0.733.
#[test]
fn three_groups_of_real_customers_are_stable_and_four_are_not() {
    let Some((_, rows)) = cdnow() else { return };
    let search = Search { starts: 2, seed: 1 };
    let least = |groups| {
        let found = cluster(&rows, groups, SEARCH).unwrap();
        let found = stability(&rows, &found.labels, groups, 12, search).unwrap();
        found.into_iter().fold(1.0, f64::min)
    };
    let three = least(3);
    assert!((three - 0.938).abs() < 0.04, "{three}");
    let four = least(4);
    assert!(four < STABLE + 0.03, "{four}");
}

#[test]
fn clear_groups_are_found_again_and_arbitrary_ones_are_not() {
    let rows = blobs(&THREE, 30, 1.0);
    let found = cluster(&rows, 3, SEARCH).unwrap();
    let sure = stability(&rows, &found.labels, 3, 20, SEARCH).unwrap();
    assert!(sure.iter().all(|it| *it > 0.99), "{sure:?}");
    let arbitrary: Vec<usize> = (0..90).map(|row| row % 3).collect();
    let unsure = stability(&rows, &arbitrary, 3, 20, SEARCH).unwrap();
    assert!(unsure.iter().all(|it| *it < 0.5), "{unsure:?}");
    assert_eq!(stability(&rows, &arbitrary, 2, 20, SEARCH), None);
    assert_eq!(stability(&rows, &arbitrary[1..], 3, 20, SEARCH), None);
    assert_eq!(stability(&rows, &arbitrary, 3, 0, SEARCH), None);
    let none = stability(&rows, &[0; 90], 2, 5, SEARCH).unwrap();
    assert!(
        (none[1]).abs() < 1e-12,
        "a group without rows is never found"
    );
}
