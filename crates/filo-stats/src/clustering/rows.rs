//! Rows to be grouped: numbers, and besides them categories that have no order.
//!
//! **Invariant:** every row is as wide as the others and holds finite numbers only; a distance is
//! the square of a Euclidean one, so that averages are centres.

use crate::counting::real;

/// Codes of a category stay below this, as each is counted in a place of its own.
pub const CODES_MOST: u32 = 4096;

/// Numbers or categories of a row: keeps the work bounded.
pub const WIDTH_MOST: usize = 256;

/// What a column of numbers was before it was standardised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation over all rows (divided by n); 0 where all are equal.
    pub deviation: f64,
}

impl Column {
    /// A number of it, moved to the mean 0 and stretched to the deviation 1; 0 where all are equal.
    #[must_use]
    pub fn standardise(self, value: f64) -> f64 {
        // What is left of equal numbers is their rounding.
        if self.deviation > self.mean.abs() * f64::EPSILON {
            (value - self.mean) / self.deviation
        } else {
            0.0
        }
    }
}

/// Rows of so many numbers and so many categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    numbers: Vec<f64>,
    number_width: usize,
    codes: Vec<u32>,
    code_width: usize,
    mismatch: f64,
}

/// One row, or a centre of several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'a> {
    /// Its numbers.
    pub numbers: &'a [f64],
    /// The codes of its categories.
    pub codes: &'a [u32],
}

impl Point<'_> {
    /// The squared distance from another point, of which a difference in one category is
    /// `mismatch` (see [`Rows::mismatch`]).
    #[must_use]
    pub fn distance(self, other: Point<'_>, mismatch: f64) -> f64 {
        let mut sum = 0.0;
        for (one, other) in self.numbers.iter().zip(other.numbers) {
            let difference = one - other;
            sum += difference * difference;
        }
        let codes = self.codes.iter().zip(other.codes);
        sum + mismatch * real(codes.filter(|(one, other)| one != other).count())
    }
}

impl Rows {
    /// Rows of `width` numbers, one row after the other. `None` where there is no row, the last
    /// one is not whole, a number is not finite, or `width` is 0 or above [`WIDTH_MOST`].
    #[must_use]
    pub fn new(numbers: Vec<f64>, width: usize) -> Option<Self> {
        let is_width = (1..=WIDTH_MOST).contains(&width);
        let is_whole = is_width && !numbers.is_empty() && numbers.len().is_multiple_of(width);
        let rows = Self {
            numbers,
            number_width: width,
            codes: Vec::new(),
            code_width: 0,
            mismatch: 0.0,
        };
        (is_whole && rows.numbers.iter().all(|number| number.is_finite())).then_some(rows)
    }

    /// The same rows with `width` categories each, as codes from 0. That two differ in a category
    /// is as far as γ = ½ · the mean standard deviation of the columns (Huang, "Extensions to the
    /// k-Means Algorithm for Clustering Large Data Sets with Categorical Values", Data Mining and
    /// Knowledge Discovery 2 (1998), 283–304, equation 9 and section 4.2): standardise the numbers
    /// first. `None` where the codes are not as many rows, one is not below [`CODES_MOST`], or
    /// `width` is 0 or above [`WIDTH_MOST`].
    #[must_use]
    pub fn with_codes(mut self, codes: Vec<u32>, width: usize) -> Option<Self> {
        let fits = (1..=WIDTH_MOST).contains(&width) && codes.len() == self.count() * width;
        if !fits || codes.iter().any(|code| *code >= CODES_MOST) {
            return None;
        }
        self.mismatch = self.half_deviation();
        self.codes = codes;
        self.code_width = width;
        Some(self)
    }

    /// How many rows.
    #[must_use]
    pub fn count(&self) -> usize {
        self.numbers.len() / self.number_width
    }

    /// Numbers of a row.
    #[must_use]
    pub const fn number_width(&self) -> usize {
        self.number_width
    }

    /// Categories of a row.
    #[must_use]
    pub const fn code_width(&self) -> usize {
        self.code_width
    }

    /// γ: how far apart a difference in one category puts two rows, squared.
    #[must_use]
    pub const fn mismatch(&self) -> f64 {
        self.mismatch
    }

    /// Mean and deviation of each column of numbers.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let count = real(self.count());
        let columns = (0..self.number_width).map(|column| {
            let values = || self.numbers.iter().skip(column).step_by(self.number_width);
            let mean = values().sum::<f64>() / count;
            let squares: f64 = values().map(|value| (value - mean).powi(2)).sum();
            let deviation = (squares / count).sqrt();
            Column { mean, deviation }
        });
        columns.collect()
    }

    /// Each column moved to the mean 0 and stretched to the deviation 1, so that no unit outweighs
    /// another; a column whose numbers are all equal becomes 0. Categories keep their codes.
    #[must_use]
    pub fn standardised(mut self) -> Self {
        let columns = self.columns();
        for row in self.numbers.chunks_exact_mut(self.number_width) {
            for (value, column) in row.iter_mut().zip(&columns) {
                *value = column.standardise(*value);
            }
        }
        if self.code_width > 0 {
            self.mismatch = self.half_deviation();
        }
        self
    }

    /// The row at an index below [`Rows::count`]; one beyond the last has neither numbers nor
    /// codes.
    #[must_use]
    pub fn row(&self, index: usize) -> Point<'_> {
        Point {
            numbers: at(&self.numbers, index, self.number_width),
            codes: at(&self.codes, index, self.code_width),
        }
    }

    /// The squared distance of two points: the squares of the differences of their numbers and γ
    /// for each category in which they differ.
    #[must_use]
    pub fn distance(&self, one: Point<'_>, other: Point<'_>) -> f64 {
        one.distance(other, self.mismatch)
    }

    /// The rows at these indices, as often as each stands there, measured as here. `None` where
    /// there is no index or one has no row.
    #[must_use]
    pub fn select(&self, indices: &[usize]) -> Option<Self> {
        if indices.is_empty() || indices.iter().any(|index| *index >= self.count()) {
            return None;
        }
        let rows = || indices.iter().map(|index| self.row(*index));
        Some(Self {
            numbers: rows().flat_map(|row| row.numbers).copied().collect(),
            codes: rows().flat_map(|row| row.codes).copied().collect(),
            ..*self
        })
    }

    /// Other rows of the same shape, measured as these.
    pub(super) fn measured_alike(&self, numbers: Vec<f64>, codes: Vec<u32>) -> Option<Self> {
        let other = Self::new(numbers, self.number_width)?;
        (codes.len() == other.count() * self.code_width).then_some(Self {
            codes,
            code_width: self.code_width,
            mismatch: self.mismatch,
            ..other
        })
    }

    fn half_deviation(&self) -> f64 {
        let deviations = self.columns().into_iter().map(|column| column.deviation);
        0.5 * deviations.sum::<f64>() / real(self.number_width)
    }
}

fn at<T>(values: &[T], index: usize, width: usize) -> &[T] {
    values
        .get(index * width..(index + 1) * width)
        .unwrap_or(&[])
}
