//! Rows along the axes on which they vary most.
//!
//! **Invariant:** turning changes no distance, and no column of the turned rows varies with
//! another.

use super::rows::Rows;
use crate::counting::real;

/// Sweeps over all pairs of columns; a handful is enough for any matrix met in practice.
const SWEEPS_MOST: usize = 60;
/// It stops when what varies together is this small beside what varies at all.
const STILL: f64 = 1e-15;

/// The rows with their mean at 0, turned to their principal axes: Pearson, "On Lines and Planes of
/// Closest Fit to Systems of Points in Space", Philosophical Magazine 2 (1901), 559–572. The codes
/// stay.
pub(super) fn along_axes(rows: &Rows) -> Option<Rows> {
    let width = rows.number_width();
    let columns = rows.columns();
    let centred = |index: usize| {
        let numbers = rows.row(index).numbers.iter().zip(&columns);
        numbers
            .map(|(number, column)| number - column.mean)
            .collect::<Vec<f64>>()
    };
    let mut together = vec![vec![0.0; width]; width];
    for index in 0..rows.count() {
        let row = centred(index);
        for (line, one) in together.iter_mut().zip(&row) {
            for (sum, other) in line.iter_mut().zip(&row) {
                *sum += one * other / real(rows.count());
            }
        }
    }
    let axes = eigenvectors(together);
    let mut numbers = Vec::with_capacity(rows.count() * width);
    for index in 0..rows.count() {
        let row = centred(index);
        numbers.extend((0..width).map(|axis| {
            let both = row.iter().zip(&axes);
            both.map(|(number, line)| number * line[axis]).sum::<f64>()
        }));
    }
    let codes = (0..rows.count()).flat_map(|index| rows.row(index).codes);
    rows.measured_alike(numbers, codes.copied().collect())
}

/// The eigenvectors of a symmetric matrix, in columns, by the rotations of Jacobi (Golub and Van
/// Loan, "Matrix Computations", 4th edition, Johns Hopkins 2013, section 8.5).
fn eigenvectors(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let width = matrix.len();
    let mut vectors = vec![vec![0.0; width]; width];
    for (index, line) in vectors.iter_mut().enumerate() {
        line[index] = 1.0;
    }
    let largest = (0..width).map(|it| matrix[it][it]).fold(0.0, f64::max);
    for _sweep in 0..SWEEPS_MOST {
        let mut turned = false;
        for one in 0..width {
            for other in one + 1..width {
                if matrix[one][other].abs() <= STILL * largest {
                    continue;
                }
                turned = true;
                let rotation = rotation(&matrix, one, other);
                turn_columns(&mut matrix, (one, other), rotation);
                turn_lines(&mut matrix, (one, other), rotation);
                turn_columns(&mut vectors, (one, other), rotation);
            }
        }
        if !turned {
            break;
        }
    }
    vectors
}

/// Cosine and sine of the turn after which two columns no longer vary together.
fn rotation(matrix: &[Vec<f64>], one: usize, other: usize) -> (f64, f64) {
    let slope = (matrix[other][other] - matrix[one][one]) / (2.0 * matrix[one][other]);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    (cosine, tangent * cosine)
}

fn turn_columns(matrix: &mut [Vec<f64>], (one, other): (usize, usize), (cos, sin): (f64, f64)) {
    for line in matrix {
        let (a, b) = (line[one], line[other]);
        (line[one], line[other]) = (cos * a - sin * b, sin * a + cos * b);
    }
}

fn turn_lines(matrix: &mut [Vec<f64>], (one, other): (usize, usize), (cos, sin): (f64, f64)) {
    let (first, second) = (matrix[one].clone(), matrix[other].clone());
    let both = || first.iter().zip(&second);
    matrix[one] = both().map(|(a, b)| cos * a - sin * b).collect();
    matrix[other] = both().map(|(a, b)| sin * a + cos * b).collect();
}
