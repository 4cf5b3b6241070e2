//! The group that one more row belongs to.
//!
//! **Invariant:** it is the rule by which rows are grouped: the nearest centre, of two equally
//! near ones the first.

use super::rows::Point;

/// The place of the nearest of some centres and the squared distance from it; `None` where there is none. The
/// point was standardised as the rows were that the centres are of, and `mismatch` is theirs
/// ([`super::Rows::mismatch`]).
#[must_use]
pub fn nearest<'a>(
    centres: impl IntoIterator<Item = Point<'a>>,
    point: Point<'_>,
    mismatch: f64,
) -> Option<(usize, f64)> {
    let mut found: Option<(usize, f64)> = None;
    for (group, centre) in centres.into_iter().enumerate() {
        let distance = point.distance(centre, mismatch);
        if found.is_none_or(|(_, least)| distance < least) {
            found = Some((group, distance));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Rows, Search, cluster};
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_row_that_was_grouped_belongs_where_it_was_put() {
        let mut random = Random::seeded(5);
        let numbers = (0..600).map(|_| random.unit() * 9.0).collect();
        let codes = (0..300).map(|_| u32::from(random.unit() < 0.3)).collect();
        let raw = Rows::new(numbers, 2).unwrap().with_codes(codes, 1).unwrap();
        let columns = raw.columns();
        let rows = raw.clone().standardised();
        let search = Search { starts: 5, seed: 2 };
        let partition = cluster(&rows, 4, search).unwrap();
        for index in 0..rows.count() {
            let row = raw.row(index);
            let own: Vec<f64> = row
                .numbers
                .iter()
                .zip(&columns)
                .map(|(number, column)| column.standardise(*number))
                .collect();
            let point = Point {
                numbers: &own,
                codes: row.codes,
            };
            let centres = partition.centres.iter().map(|centre| centre.point());
            let (group, distance) = nearest(centres, point, rows.mismatch()).unwrap();
            assert_eq!(group, partition.labels[index]);
            let centre = partition.centres[group].point();
            assert!((distance - rows.distance(rows.row(index), centre)).abs() < 1e-12);
        }
        assert_eq!(nearest([], rows.row(0), 0.5), None);
    }
}
