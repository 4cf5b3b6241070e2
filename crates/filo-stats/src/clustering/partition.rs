//! Rows in groups around centres: k-means, and k-prototypes where rows have categories.
//!
//! **Invariant:** every row belongs to the nearest centre, of two equally near ones to the first,
//! and a round never makes the cost larger.

use super::rows::{Point, Rows};
use super::seeding::plus_plus;
use crate::counting::real;
use crate::random::Random;

/// More groups than anybody can tell apart; keeps the work bounded.
pub const GROUPS_MOST: usize = 64;
/// A search begins on so many rows; with more the beginnings are tried on a sample of this size,
/// and only the best one goes on with all rows.
pub const SAMPLE_MOST: usize = 5_000;
/// Rounds of one descent. What has not come to rest then is kept as it is.
pub const ROUNDS_MOST: usize = 300;

/// The middle of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Centre {
    /// The means of its numbers.
    pub numbers: Vec<f64>,
    /// The most frequent code of each category, of equally frequent ones the lowest.
    pub codes: Vec<u32>,
}

impl Centre {
    /// The centre as a point.
    #[must_use]
    pub fn point(&self) -> Point<'_> {
        Point {
            numbers: &self.numbers,
            codes: &self.codes,
        }
    }
}

/// Rows in groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// The centre of each group.
    pub centres: Vec<Centre>,
    /// The group of each row.
    pub labels: Vec<usize>,
    /// The sum of the squared distances of all rows from their centres.
    pub cost: f64,
    /// Rounds until no row changed its group, the last one included.
    pub rounds: usize,
}

/// How hard to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// Beginnings of which the best is kept; none counts as one.
    pub starts: usize,
    /// The seed of chance.
    pub seed: u64,
}

/// The best of several descents from seeds far apart ([`plus_plus`]), the largest group first, of
/// equally large ones the one whose centre has the lower numbers. With more rows than
/// [`SAMPLE_MOST`] the descents run on a sample, and the best one goes on with all rows.
///
/// `None` where there are fewer different rows than `groups`, or `groups` is 0 or above
/// [`GROUPS_MOST`].
#[must_use]
pub fn cluster(rows: &Rows, groups: usize, search: Search) -> Option<Partition> {
    let mut random = Random::seeded(search.seed);
    let sample = (rows.count() > SAMPLE_MOST)
        .then(|| rows.select(&random.subset(rows.count(), SAMPLE_MOST)))
        .flatten();
    let tried = sample.as_ref().unwrap_or(rows);
    let mut best: Option<Partition> = None;
    for _start in 0..search.starts.max(1) {
        let seeds = plus_plus(tried, groups, &mut random)?;
        let found = lloyd(tried, &seeds)?;
        if best.as_ref().is_none_or(|best| found.cost < best.cost) {
            best = Some(found);
        }
    }
    let best = best?;
    let whole = match sample {
        Some(_) => descend(rows, best.centres),
        None => best,
    };
    Some(whole.largest_first())
}

/// The descent of Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information
/// Theory 28 (1982), 129–137, from the rows at these indices, its groups in the order of the
/// indices; with categories that of Huang (see [`Rows::with_codes`]), all rows of a round at once.
/// A group that loses all its rows takes the row farthest from its centre.
///
/// `None` where there is no index, more than [`GROUPS_MOST`], or one has no row.
#[must_use]
pub fn lloyd(rows: &Rows, starts: &[usize]) -> Option<Partition> {
    let fits = (1..=GROUPS_MOST).contains(&starts.len());
    if !fits || starts.iter().any(|start| *start >= rows.count()) {
        return None;
    }
    let centres = starts.iter().map(|start| {
        let row = rows.row(*start);
        Centre {
            numbers: row.numbers.to_vec(),
            codes: row.codes.to_vec(),
        }
    });
    Some(descend(rows, centres.collect()))
}

fn descend(rows: &Rows, centres: Vec<Centre>) -> Partition {
    let mut partition = Partition {
        labels: vec![centres.len(); rows.count()],
        centres,
        cost: 0.0,
        rounds: 0,
    };
    let mut distances = vec![0.0; rows.count()];
    loop {
        partition.rounds += 1;
        let moved = assign(rows, &mut partition, &mut distances);
        if !moved || partition.rounds == ROUNDS_MOST {
            break;
        }
        refill(&mut partition, &mut distances);
        partition.centres = centres_of(rows, &partition);
    }
    partition.cost = distances.iter().sum();
    partition
}

/// Gives each row to the nearest centre; whether any row moved.
fn assign(rows: &Rows, partition: &mut Partition, distances: &mut [f64]) -> bool {
    let mut moved = false;
    let places = partition.labels.iter_mut().zip(distances);
    for (index, (label, distance)) in places.enumerate() {
        let row = rows.row(index);
        let (mut nearest, mut least) = (0, f64::INFINITY);
        for (group, centre) in partition.centres.iter().enumerate() {
            let distance = rows.distance(row, centre.point());
            if distance < least {
                (nearest, least) = (group, distance);
            }
        }
        moved |= *label != nearest;
        (*label, *distance) = (nearest, least);
    }
    moved
}

/// Gives each empty group the row that is farthest from its centre, where any is away from it.
fn refill(partition: &mut Partition, distances: &mut [f64]) {
    let empty = |(group, size): (usize, usize)| (size == 0).then_some(group);
    let sizes = partition.sizes().into_iter().enumerate();
    for group in sizes.filter_map(empty) {
        let far = distances.iter().enumerate();
        let farthest = far.fold((0, 0.0), |(at, most), (index, distance)| {
            if *distance > most {
                (index, *distance)
            } else {
                (at, most)
            }
        });
        if farthest.1 > 0.0 {
            partition.labels[farthest.0] = group;
            distances[farthest.0] = 0.0;
        }
    }
}

/// Means and most frequent codes of each group; one without rows keeps its centre.
fn centres_of(rows: &Rows, partition: &Partition) -> Vec<Centre> {
    let sizes = partition.sizes();
    let mut centres = partition.centres.clone();
    for (centre, size) in centres.iter_mut().zip(&sizes) {
        if *size > 0 {
            centre.numbers.fill(0.0);
        }
    }
    for (index, label) in partition.labels.iter().enumerate() {
        let sums = &mut centres[*label].numbers;
        for (sum, number) in sums.iter_mut().zip(rows.row(index).numbers) {
            *sum += number;
        }
    }
    for (group, centre) in centres.iter_mut().enumerate() {
        if sizes[group] > 0 {
            let size = real(sizes[group]);
            centre.numbers.iter_mut().for_each(|sum| *sum /= size);
        }
    }
    for category in 0..rows.code_width() {
        let modes = modes_of(rows, partition, category);
        for (centre, mode) in centres.iter_mut().zip(modes) {
            if let Some(mode) = mode {
                centre.codes[category] = mode;
            }
        }
    }
    centres
}

/// The most frequent code of a category in each group, `None` where the group is empty.
fn modes_of(rows: &Rows, partition: &Partition, category: usize) -> Vec<Option<u32>> {
    let mut counts: Vec<Vec<usize>> = vec![Vec::new(); partition.centres.len()];
    for (index, label) in partition.labels.iter().enumerate() {
        let code = rows.row(index).codes[category] as usize;
        let counts = &mut counts[*label];
        if counts.len() <= code {
            counts.resize(code + 1, 0);
        }
        counts[code] += 1;
    }
    let mode = |counts: Vec<usize>| {
        let most = counts.iter().copied().max()?;
        let code = counts.iter().position(|count| *count == most)?;
        u32::try_from(code).ok()
    };
    counts.into_iter().map(mode).collect()
}

impl Partition {
    /// Rows of each group.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.centres.len()];
        for label in &self.labels {
            sizes[*label] += 1;
        }
        sizes
    }

    /// The row of each group that is nearest to its centre, of equally near ones the first: a real
    /// one that can stand for the others. `None` where a group is empty. The rows are those that
    /// were grouped.
    #[must_use]
    pub fn medoids(&self, rows: &Rows) -> Vec<Option<usize>> {
        let mut nearest: Vec<Option<(usize, f64)>> = vec![None; self.centres.len()];
        for (index, label) in self.labels.iter().enumerate() {
            let distance = rows.distance(rows.row(index), self.centres[*label].point());
            let nearest = &mut nearest[*label];
            if nearest.is_none_or(|(_, least)| distance < least) {
                *nearest = Some((index, distance));
            }
        }
        let indices = nearest.into_iter().map(|it| it.map(|(index, _)| index));
        indices.collect()
    }

    fn largest_first(mut self) -> Self {
        let sizes = self.sizes();
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by(|one, other| {
            let numbers = [one, other].map(|group| &self.centres[*group].numbers);
            let lower = numbers[0].iter().zip(numbers[1]);
            let lower = lower.map(|(one, other)| one.total_cmp(other));
            let lower = lower.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then);
            sizes[*other].cmp(&sizes[*one]).then(lower)
        });
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        self.centres = order.iter().map(|old| self.centres[*old].clone()).collect();
        self.labels
            .iter_mut()
            .for_each(|label| *label = place[*label]);
        self
    }
}
