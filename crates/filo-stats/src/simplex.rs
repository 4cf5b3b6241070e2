//! Where a function is smallest, without its derivatives.
//!
//! **Invariant:** what is found is never worse than where the search began.

use crate::counting::real;

/// Evaluations of the function; four unknowns take some three hundred.
const EVALUATIONS_MOST: usize = 4_000;
/// It stops when the corners are this near each other …
const NEAR: f64 = 1e-7;
/// … and their values too, relative to the least.
const FLAT: f64 = 1e-13;
/// The first simplex reaches this far from where the search begins.
const REACH: f64 = 0.5;

/// The downhill simplex of Nelder and Mead, "A Simplex Method for Function Minimization", Computer
/// Journal 7 (1965), 308–313, with the usual coefficients 1, 2, ½, ½: the point and its value.
/// Where the function has no number it counts as infinitely large.
pub(crate) fn minimum<const N: usize>(
    start: [f64; N],
    function: impl Fn(&[f64; N]) -> f64,
) -> ([f64; N], f64) {
    let value = |point: [f64; N]| {
        let value = function(&point);
        (point, if value.is_nan() { f64::INFINITY } else { value })
    };
    let mut corners = vec![value(start)];
    for axis in 0..N {
        let mut corner = start;
        corner[axis] += REACH;
        corners.push(value(corner));
    }
    let mut evaluations = corners.len();
    while evaluations < EVALUATIONS_MOST {
        corners.sort_by(|one, other| one.1.total_cmp(&other.1));
        if is_settled(&corners) {
            break;
        }
        let (best, second, worst) = (corners[0], corners[N - 1], corners[N]);
        let along = |far: f64| value(beyond(&corners, far));
        let reflected = along(1.0);
        evaluations += 2;
        let better = if reflected.1 < best.1 {
            let expanded = along(2.0);
            Some(if expanded.1 < reflected.1 {
                expanded
            } else {
                reflected
            })
        } else if reflected.1 < second.1 {
            Some(reflected)
        } else {
            let contracted = along(if reflected.1 < worst.1 { 0.5 } else { -0.5 });
            (contracted.1 < reflected.1.min(worst.1)).then_some(contracted)
        };
        if let Some(better) = better {
            corners[N] = better;
        } else {
            for corner in &mut corners[1..] {
                let halfway = std::array::from_fn(|at| (corner.0[at] + best.0[at]) / 2.0);
                *corner = value(halfway);
            }
            evaluations += N;
        }
    }
    corners.sort_by(|one, other| one.1.total_cmp(&other.1));
    corners[0]
}

/// The point as far beyond the middle of all corners but the last as the last is before it, times
/// `far`.
fn beyond<const N: usize>(corners: &[([f64; N], f64)], far: f64) -> [f64; N] {
    std::array::from_fn(|at| {
        let middle = corners[..N].iter().map(|corner| corner.0[at]).sum::<f64>() / real(N);
        middle + far * (middle - corners[N].0[at])
    })
}

fn is_settled<const N: usize>(corners: &[([f64; N], f64)]) -> bool {
    let (best, least) = corners[0];
    corners.iter().all(|(corner, value)| {
        let mut apart = corner.iter().zip(&best).map(|(one, other)| one - other);
        apart.all(|it| it.abs() < NEAR) && value - least <= FLAT * least.abs().max(1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley and Powell's quartic from the starts of Nelder and Mead's paper: the
    /// least is 0 at (1, 1) and at the origin.
    #[test]
    fn the_valleys_of_the_paper_are_found() {
        let rosenbrock =
            |at: &[f64; 2]| 100.0 * (at[1] - at[0].powi(2)).powi(2) + (1.0 - at[0]).powi(2);
        let (point, least) = minimum([-1.2, 1.0], rosenbrock);
        assert!(
            least < 1e-9 && (point[0] - 1.0).abs() < 1e-4,
            "{point:?} {least}"
        );
        let powell = |at: &[f64; 4]| {
            (at[0] + 10.0 * at[1]).powi(2)
                + 5.0 * (at[2] - at[3]).powi(2)
                + (at[1] - 2.0 * at[2]).powi(4)
                + 10.0 * (at[0] - at[3]).powi(4)
        };
        let (point, least) = minimum([3.0, -1.0, 0.0, 1.0], powell);
        assert!(least < 1e-8, "{point:?} {least}");
    }

    #[test]
    fn where_there_is_no_number_it_does_not_go() {
        let (point, least) = minimum(
            [2.0],
            |at| if at[0] < 0.0 { f64::NAN } else { at[0].sqrt() },
        );
        assert!(
            least < 1.5_f64.sqrt() && point[0] >= 0.0,
            "{point:?} {least}"
        );
    }
}
