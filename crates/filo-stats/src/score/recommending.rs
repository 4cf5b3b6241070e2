//! Whether people would recommend it, from 0 to 10: the share of those who say 9 or 10 less that of
//! those who say 6 or less (Reichheld, "The One Number You Need to Grow", Harvard Business Review
//! 81 (2003), 46–54).

use crate::counting::real;
use crate::experiment::Interval;
use crate::proportion::Z_95;
use crate::tail::chi_square;

/// The score has a hundred points on either side of nothing.
const POINTS: f64 = 100.0;
/// Halvings of an interval: to the last digit of its end.
const HALVINGS: u32 = 60;

/// How many would, and would not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recommending {
    promoters: usize,
    passives: usize,
    detractors: usize,
}

/// How far one score lies above another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// How far, in points.
    pub difference: f64,
    /// Its standard error, in points.
    pub error: f64,
    /// Its interval of 95 %, in points.
    pub interval: Interval,
    /// It in its standard errors.
    pub z: f64,
    /// How probable it is that chance alone leads as far apart, or farther.
    pub p: f64,
}

impl Recommending {
    /// So many who would, who would perhaps, and who would not. `None` of nobody.
    #[must_use]
    pub const fn of(promoters: usize, passives: usize, detractors: usize) -> Option<Self> {
        if promoters + passives + detractors == 0 {
            return None;
        }
        Some(Self {
            promoters,
            passives,
            detractors,
        })
    }

    /// From how often each answer was given, 0 first. `None` where none was.
    #[must_use]
    pub fn of_answers(counts: &[usize; 11]) -> Option<Self> {
        let sum = |answers: &[usize]| answers.iter().sum();
        Self::of(sum(&counts[9..]), sum(&counts[7..9]), sum(&counts[..7]))
    }

    /// How many answered.
    #[must_use]
    pub const fn count(self) -> usize {
        self.promoters + self.passives + self.detractors
    }

    /// The score, from −100 to 100.
    #[must_use]
    pub fn score(self) -> f64 {
        POINTS * self.share().0
    }

    /// The standard error of the score, in points; nothing where all answer alike.
    #[must_use]
    pub fn error(self) -> f64 {
        let (score, extreme) = self.share();
        POINTS * ((extreme - score * score).max(0.0) / real(self.count())).sqrt()
    }

    /// The interval of 95 % after Wald, ± 1.96 standard errors: too narrow on few answers.
    #[must_use]
    pub fn wald(self) -> Interval {
        Interval::around(self.score(), Z_95 * self.error()).within(-POINTS, POINTS)
    }

    /// The interval of 95 % to show: Wald's with three answers more, ¾ of them for and ¾ against
    /// (Rocks, "Interval Estimation for the 'Net Promoter Score'", The American Statistician 70
    /// (2016), 365–372).
    #[must_use]
    pub fn interval(self) -> Interval {
        const MORE: f64 = 3.0;
        let count = real(self.count()) + MORE;
        let promoters = (real(self.promoters) + MORE / 4.0) / count;
        let detractors = (real(self.detractors) + MORE / 4.0) / count;
        let score = promoters - detractors;
        let error = ((promoters + detractors - score * score) / count).sqrt();
        let found = Interval::around(POINTS * score, POINTS * Z_95 * error);
        let found = found.within(-POINTS, POINTS);
        // On few answers that all are alike the three may pull it past them.
        Interval {
            low: found.low.min(self.score()),
            high: found.high.max(self.score()),
        }
    }

    /// The interval of 95 % of the scores that the answers do not contradict: those that are not
    /// farther off than 1.96 of the standard errors they would have themselves, if the shares were
    /// the most likely ones with that score (the score interval of the same paper, after Tango,
    /// "Equivalence test and confidence interval for the difference in proportions for the
    /// paired-sample design", Statistics in Medicine 17 (1998), 891–908).
    #[must_use]
    pub fn score_interval(self) -> Interval {
        let end = |outside: f64| {
            let (mut inside, mut outside) = (self.share().0, outside);
            for _halving in 0..HALVINGS {
                let middle = f64::midpoint(inside, outside);
                match self.contradict(middle) {
                    true => outside = middle,
                    false => inside = middle,
                }
            }
            POINTS * inside
        };
        Interval {
            low: end(-1.0),
            high: end(1.0),
        }
    }

    /// How far the score lies above another.
    ///
    /// `None` where all answer alike in both, so that nothing is known of how they spread.
    #[must_use]
    pub fn above(self, other: Self) -> Option<Apart> {
        let difference = self.score() - other.score();
        let error = self.error().hypot(other.error());
        let z = difference / error;
        z.is_finite().then_some(())?;
        Some(Apart {
            difference,
            error,
            interval: Interval::around(difference, Z_95 * error),
            z,
            p: chi_square(z * z, 1.0)?,
        })
    }

    /// The score, and the share of those who are for or against.
    fn share(self) -> (f64, f64) {
        let count = real(self.count());
        let (promoters, detractors) = (real(self.promoters), real(self.detractors));
        (
            (promoters - detractors) / count,
            (promoters + detractors) / count,
        )
    }

    /// Whether the answers contradict a score from −1 to 1.
    fn contradict(self, score: f64) -> bool {
        let (found, extreme) = self.share();
        // The most likely share of those for or against solves w² − b w + c = 0.
        let b = extreme + found * score;
        let c = found * score - (1.0 - extreme) * score * score;
        let likely = f64::midpoint(b, (b * b - 4.0 * c).max(0.0).sqrt());
        let variance = likely.clamp(score.abs(), 1.0) - score * score;
        (found - score).powi(2) * real(self.count()) > Z_95 * Z_95 * variance
    }
}
