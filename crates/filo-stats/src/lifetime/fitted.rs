//! Parameters that were found, and how sure they are.
//!
//! **Invariant:** a variance is never negative; of a figure that does not depend on the parameters
//! it is 0.

use super::amounts::Amounts;
use super::repeats::Repeats;

/// How far the logarithm of a parameter is moved to see what depends on it.
const STEP: f64 = 1e-3;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted<T, const N: usize> {
    /// The parameters.
    pub found: T,
    /// The logarithm of their likelihood.
    pub log_likelihood: f64,
    /// The covariance of the logarithms of the parameters, in their order: the inverse of the
    /// curvature where they lie (the observed information; with a prior, Laplace's approximation).
    pub covariance: [[f64; N]; N],
}

impl<T, const N: usize> Fitted<T, N> {
    /// The variance of a figure of parameters by what is not known of them: the delta method, by
    /// central differences. `moved` gives the parameters with their logarithms moved so far. 0
    /// where the figure is not finite.
    fn variance(&self, moved: impl Fn(&T, [f64; N]) -> T, figure: impl Fn(&T) -> f64) -> f64 {
        let slope: [f64; N] = std::array::from_fn(|at| {
            let side = |step: f64| {
                let mut by = [0.0; N];
                by[at] = step;
                figure(&moved(&self.found, by))
            };
            (side(STEP) - side(-STEP)) / (2.0 * STEP)
        });
        let mut variance = 0.0;
        for (row, of_row) in slope.iter().enumerate() {
            for (column, of_column) in slope.iter().enumerate() {
                variance += of_row * self.covariance[row][column] * of_column;
            }
        }
        if variance.is_finite() {
            variance.max(0.0)
        } else {
            0.0
        }
    }
}

impl Fitted<Repeats, 4> {
    /// The variance of a figure by what is not known of the parameters.
    pub fn variance_of(&self, figure: impl Fn(&Repeats) -> f64) -> f64 {
        let moved = |it: &Repeats, [r, alpha, a, b]: [f64; 4]| Repeats {
            process: it.process,
            r: it.r * r.exp(),
            alpha: it.alpha * alpha.exp(),
            a: it.a * a.exp(),
            b: it.b * b.exp(),
        };
        self.variance(moved, figure)
    }
}

impl Fitted<Amounts, 3> {
    /// The variance of a figure by what is not known of the parameters.
    pub fn variance_of(&self, figure: impl Fn(&Amounts) -> f64) -> f64 {
        let moved = |it: &Amounts, [p, q, v]: [f64; 3]| Amounts {
            p: it.p * p.exp(),
            q: it.q * q.exp(),
            v: it.v * v.exp(),
        };
        self.variance(moved, figure)
    }
}
