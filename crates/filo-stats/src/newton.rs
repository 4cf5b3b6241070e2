//! Where a function is smallest, by its slope and curvature.
//!
//! **Invariant:** what is found is never worse than where the search began.

/// Steps; the ones met take about ten.
const STEPS_MOST: usize = 200;
/// A step changes no unknown by more: far from the bottom the curvature tells little.
const STRIDE: f64 = 2.0;
/// It stops when a step promises less than this, relative to the value.
const FLAT: f64 = 1e-13;
/// The least damping that is tried, and the one at which nothing lower is to be found.
const DAMPING: (f64, f64) = (1e-4, 1e12);

/// A function at a point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slope<const N: usize> {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; N],
    pub(crate) curvature: [[f64; N]; N],
}

impl<const N: usize> Slope<N> {
    pub(crate) const FLAT: Self = Self {
        value: 0.0,
        gradient: [0.0; N],
        curvature: [[0.0; N]; N],
    };

    /// The same function, turned upside down, of the logarithms of its unknowns.
    pub(crate) fn falling_in_logarithms(&self, point: &[f64; N]) -> Self {
        let gradient: [f64; N] = std::array::from_fn(|at| -self.gradient[at] * point[at]);
        let curvature = std::array::from_fn(|row| {
            std::array::from_fn(|column| {
                let bent = -self.curvature[row][column] * point[row] * point[column];
                bent + if row == column { gradient[row] } else { 0.0 }
            })
        });
        Self {
            value: -self.value,
            gradient,
            curvature,
        }
    }
}

/// Newton's method, damped by Levenberg ("A Method for the Solution of Certain Non-Linear Problems
/// in Least Squares", Quarterly of Applied Mathematics 2 (1944), 164–168) and Marquardt wherever a
/// whole step leads up or the curvature has no bottom: the point and the function there.
pub(crate) fn minimum<const N: usize>(
    start: [f64; N],
    function: impl Fn(&[f64; N]) -> Slope<N>,
) -> ([f64; N], Slope<N>) {
    let (mut point, mut here) = (start, function(&start));
    let mut damping = 0.0;
    for _ in 0..STEPS_MOST {
        let Some(step) = downwards(&here, damping) else {
            damping = f64::max(damping * 4.0, DAMPING.0);
            if damping > DAMPING.1 {
                break;
            }
            continue;
        };
        let promised: f64 = -step
            .iter()
            .zip(&here.gradient)
            .map(|(a, b)| a * b)
            .sum::<f64>();
        let next: [f64; N] = std::array::from_fn(|at| point[at] + step[at]);
        let there = function(&next);
        let is_last = promised <= FLAT * here.value.abs().max(1.0);
        if there.value <= here.value {
            (point, here) = (next, there);
            damping = if damping > DAMPING.0 {
                damping / 8.0
            } else {
                0.0
            };
        } else {
            damping = f64::max(damping * 4.0, DAMPING.0);
        }
        if is_last || damping > DAMPING.1 {
            break;
        }
    }
    (point, here)
}

/// The step to the bottom of the parabola, damped; `None` where it has none.
fn downwards<const N: usize>(here: &Slope<N>, damping: f64) -> Option<[f64; N]> {
    let steepest = (0..N)
        .map(|at| here.curvature[at][at].abs())
        .fold(1e-12, f64::max);
    let mut bent = here.curvature;
    for (at, row) in bent.iter_mut().enumerate() {
        row[at] += damping * steepest;
    }
    let lower = cholesky(&bent)?;
    let mut step = [0.0; N];
    for row in 0..N {
        let known: f64 = (0..row).map(|at| lower[row][at] * step[at]).sum();
        step[row] = (-here.gradient[row] - known) / lower[row][row];
    }
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|at| lower[at][row] * step[at]).sum();
        step[row] = (step[row] - known) / lower[row][row];
    }
    let longest = step.iter().fold(0.0, |most, it| f64::max(most, it.abs()));
    if longest > STRIDE {
        step = step.map(|it| it * STRIDE / longest);
    }
    step.iter().all(|it| it.is_finite()).then_some(step)
}

/// The inverse of a matrix; `None` unless it is positive definite.
pub(crate) fn inverse<const N: usize>(matrix: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let lower = cholesky(matrix)?;
    let column = |unit: usize| {
        let mut column = [0.0; N];
        for row in 0..N {
            let known: f64 = (0..row).map(|at| lower[row][at] * column[at]).sum();
            column[row] = (f64::from(u8::from(row == unit)) - known) / lower[row][row];
        }
        for row in (0..N).rev() {
            let known: f64 = (row + 1..N).map(|at| lower[at][row] * column[at]).sum();
            column[row] = (column[row] - known) / lower[row][row];
        }
        column
    };
    // It is as symmetric as the matrix: a column is a row.
    Some(std::array::from_fn(column))
}

/// The lower triangle whose square is a matrix; `None` unless it is positive definite.
fn cholesky<const N: usize>(matrix: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let mut lower = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let known: f64 = (0..column)
                .map(|at| lower[row][at] * lower[column][at])
                .sum();
            let rest = matrix[row][column] - known;
            lower[row][column] = if row == column {
                (rest > 0.0 && rest.is_finite()).then(|| rest.sqrt())?
            } else {
                rest / lower[column][column]
            };
        }
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley from the start of his paper: the least is 0 at (1, 1).
    #[test]
    fn the_valley_is_followed_to_its_end() {
        let valley = |&[x, y]: &[f64; 2]| Slope {
            value: 100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2),
            gradient: [
                -400.0 * x * (y - x * x) - 2.0 * (1.0 - x),
                200.0 * (y - x * x),
            ],
            curvature: [
                [1_200.0 * x * x - 400.0 * y + 2.0, -400.0 * x],
                [-400.0 * x, 200.0],
            ],
        };
        let (point, there) = minimum([-1.2, 1.0], valley);
        assert!(
            there.value < 1e-20 && (point[0] - 1.0).abs() < 1e-9,
            "{point:?}"
        );
    }

    /// ln cosh has no bottom to its parabolas from afar, and a whole step would overshoot.
    #[test]
    fn where_the_curvature_vanishes_it_still_goes_down() {
        let bowl = |&[x]: &[f64; 1]| Slope {
            value: x.abs() + (-2.0 * x.abs()).exp().ln_1p(),
            gradient: [x.tanh()],
            curvature: [[1.0 - x.tanh().powi(2)]],
        };
        let (point, _) = minimum([40.0], bowl);
        assert!(point[0].abs() < 1e-6, "{point:?}");
    }

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]];
        let found = inverse(&matrix).unwrap();
        for (row, values) in matrix.iter().enumerate() {
            for column in 0..3 {
                let pairs = values.iter().zip(&found);
                let product: f64 = pairs.map(|(value, other)| value * other[column]).sum();
                let expected = f64::from(u8::from(row == column));
                assert!((product - expected).abs() < 1e-12, "{row} {column}");
            }
        }
        assert_eq!(inverse(&[[1.0, 2.0], [2.0, 1.0]]), None);
    }

    /// exp(x)² in the logarithm has slope 2e²ˣ and curvature 4e²ˣ.
    #[test]
    fn logarithms_bend_what_they_are_taken_of() {
        let square = |x: f64| Slope {
            value: -x * x,
            gradient: [-2.0 * x],
            curvature: [[-2.0]],
        };
        let found = square(3.0).falling_in_logarithms(&[3.0]);
        assert!((found.gradient[0] - 18.0).abs() < 1e-12);
        assert!((found.curvature[0][0] - 36.0).abs() < 1e-12);
    }
}
