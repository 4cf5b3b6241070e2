//! Histories that are alike, counted, and how likely a process makes them.
//!
//! **Invariant:** a sum is taken in one order, whatever the order of the histories.

use super::repeats::{History, Repeats};
use crate::counting::real;
use crate::newton::Slope;
use crate::special::{digamma, ln_gamma, trigamma};

/// So many histories with these times.
#[derive(Debug, Clone, Copy)]
struct Row {
    last: f64,
    watched: f64,
    count: f64,
}

/// Histories by repeats, as what is costly depends on the repeats alone.
pub(super) struct Alike(Vec<(u32, Vec<Row>)>);

impl Alike {
    pub(super) fn of(histories: &[History], unit: f64) -> Self {
        // Times are not negative, so their bits have their order.
        let key = |it: &History| (it.repeats(), it.last().to_bits(), it.watched().to_bits());
        let mut keys: Vec<(u32, u64, u64)> = histories.iter().map(key).collect();
        keys.sort_unstable();
        let of_repeats = |all: &[(u32, u64, u64)]| {
            let rows = all.chunk_by(|one, other| one == other);
            let row = |same: &[(u32, u64, u64)]| Row {
                last: f64::from_bits(same[0].1) / unit,
                watched: f64::from_bits(same[0].2) / unit,
                count: real(same.len()),
            };
            (all[0].0, rows.map(row).collect())
        };
        let by_repeats = keys.chunk_by(|one, other| one.0 == other.0);
        Self(by_repeats.map(of_repeats).collect())
    }

    /// Every so manieth of the different ones, if there are far more than `most`.
    pub(super) fn thinned(&self, most: usize) -> Option<Self> {
        let all: usize = self.0.iter().map(|(_, rows)| rows.len()).sum();
        let step = all / most;
        let part = |(repeats, rows): &(u32, Vec<Row>)| {
            (*repeats, rows.iter().copied().step_by(step).collect())
        };
        (step > 3).then(|| Self(self.0.iter().map(part).collect()))
    }

    /// The logarithm of the likelihood by r, α, a and b.
    pub(super) fn log_likelihood(&self, it: &Repeats) -> Slope<4> {
        let mut sum = Slope::FLAT;
        for (repeats, rows) in &self.0 {
            of_repeats(it, f64::from(*repeats), rows, &mut sum);
        }
        for row in 1..4 {
            for column in 0..row {
                sum.curvature[row][column] = sum.curvature[column][row];
            }
        }
        sum
    }
}

/// Adds that of those with so many repeats; of the curvature only what lies on and above the
/// diagonal.
///
/// One has gone on until now, or has stopped after the last repeat: each is a term of the
/// likelihood of [`super::Process`], and `goes_on` is the share of the first in their sum.
fn of_repeats(it: &Repeats, repeats: f64, rows: &[Row], sum: &mut Slope<4>) {
    let Repeats { r, alpha, a, b, .. } = *it;
    let (shape, chances) = (r + repeats, repeats + it.process.first_chance());
    // 0 where one cannot have stopped yet.
    let may_stop = chances > 0.0;
    let stopping = if may_stop { b + chances - 1.0 } else { 1.0 };
    let constant = ln_gamma(shape) - ln_gamma(r) + r * alpha.ln() + ln_gamma(a + b) - ln_gamma(b)
        + ln_gamma(b + chances)
        - ln_gamma(a + b + chances);
    let ln_odds = a.ln() - stopping.ln();
    let (mut all, mut stopped) = (0.0, 0.0);
    for row in rows {
        let (until_now, until_last) = (alpha + row.watched, alpha + row.last);
        let (now, last) = (until_now.ln(), until_last.ln());
        let stops_by = if may_stop {
            ln_odds + shape * (now - last)
        } else {
            f64::NEG_INFINITY
        };
        let (goes_on, ln_sum) = share(stops_by);
        let stops = 1.0 - goes_on;
        let both = row.count * goes_on * stops;
        all += row.count;
        stopped += row.count * stops;
        sum.value += row.count * (constant - shape * now + ln_sum);
        let (per_now, per_last) = (until_now.recip(), until_last.recip());
        sum.gradient[0] -= row.count * (goes_on * now + stops * last);
        let slope = goes_on * per_now + stops * per_last;
        sum.gradient[1] -= row.count * shape * slope;
        let bent = goes_on * per_now * per_now + stops * per_last * per_last;
        // How the two terms differ in their slopes: by r, α, a and b.
        let apart = [
            last - now,
            shape * (per_last - per_now),
            -a.recip(),
            stopping.recip(),
        ];
        sum.curvature[0][1] -= row.count * slope;
        sum.curvature[1][1] += row.count * shape * bent;
        for at in 0..4 {
            for beside in at..4 {
                sum.curvature[at][beside] += both * apart[at] * apart[beside];
            }
        }
    }
    let whole = digamma(a + b) - digamma(a + b + chances);
    let bent = trigamma(a + b) - trigamma(a + b + chances);
    sum.gradient[0] += all * (digamma(shape) - digamma(r) + alpha.ln());
    sum.gradient[1] += all * r / alpha;
    sum.gradient[2] += all * whole;
    sum.gradient[3] += all * (whole - digamma(b) + digamma(b + chances));
    sum.curvature[0][0] += all * (trigamma(shape) - trigamma(r));
    sum.curvature[0][1] += all / alpha;
    sum.curvature[1][1] -= all * r / (alpha * alpha);
    sum.curvature[2][2] += all * bent;
    sum.curvature[2][3] += all * bent;
    sum.curvature[3][3] += all * (bent - trigamma(b) + trigamma(b + chances));
    if may_stop {
        sum.gradient[2] += stopped / a;
        sum.gradient[3] -= stopped / stopping;
        sum.curvature[2][2] -= stopped / (a * a);
        sum.curvature[3][3] += stopped / (stopping * stopping);
    }
}

/// 1/(1 + exp(odds)) and ln(1 + exp(odds)), without overflow.
fn share(odds: f64) -> (f64, f64) {
    let small = (-odds.abs()).exp();
    let near = (1.0 + small).recip();
    if odds > 0.0 {
        (small * near, odds + small.ln_1p())
    } else {
        (near, small.ln_1p())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Process;

    /// Slope and curvature are those of the value, by differences.
    #[test]
    fn slope_and_curvature_are_those_of_the_value() {
        let history = |repeats, last, watched| History::new(repeats, last, watched).unwrap();
        let seen = [
            history(0, 0.0, 30.0),
            history(1, 4.0, 30.0),
            history(3, 20.0, 25.0),
            history(26, 29.5, 30.0),
        ];
        let alike = Alike::of(&seen, 10.0);
        for process in [Process::AfterRepeats, Process::AfterAny] {
            let of = |[r, alpha, a, b]: [f64; 4]| {
                let it = Repeats {
                    process,
                    r,
                    alpha,
                    a,
                    b,
                };
                alike.log_likelihood(&it)
            };
            let at = [0.4, 0.9, 0.7, 2.1];
            let here = of(at);
            for axis in 0..4 {
                let moved = |by: f64| {
                    let mut point = at;
                    point[axis] += by;
                    of(point)
                };
                let (after, before) = (moved(1e-5), moved(-1e-5));
                let slope = (after.value - before.value) / 2e-5;
                assert!(
                    (slope - here.gradient[axis]).abs() < 1e-6,
                    "{axis}: {slope}"
                );
                for beside in 0..4 {
                    let bent = (after.gradient[beside] - before.gradient[beside]) / 2e-5;
                    let found = here.curvature[axis][beside];
                    assert!(
                        (bent - found).abs() < 1e-5,
                        "{axis} {beside}: {bent} {found}"
                    );
                }
            }
        }
    }
}
