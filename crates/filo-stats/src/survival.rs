//! How long it takes until something happens, where for some it has not happened yet.
//!
//! **Invariant:** a curve begins at 1, never rises and never leaves 0–1; its intervals contain it.

use crate::counting::real;
use crate::proportion::Proportion;

/// How long something was watched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watched {
    /// The time until it happened, or until nobody looked any more; in any unit, from 0 on.
    pub time: f64,
    /// Whether it happened. What had not happened yet is censored: it counts as long as it was
    /// watched.
    pub happened: bool,
}

/// A time at which it happened to somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// How many were still watched just before.
    pub at_risk: usize,
    /// To how many of them it happened.
    pub happened: usize,
    /// The share to whom it has not happened by then, and the interval around it.
    pub surviving: Proportion,
}

/// The share to whom it has not happened yet, over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
}

/// The product-limit estimate of Kaplan and Meier, "Nonparametric Estimation from Incomplete
/// Observations", Journal of the American Statistical Association 53 (1958), 457–481. Its
/// intervals are those of Greenwood ("The Natural Duration of Cancer", 1926) on the scale
/// log(−log) (Kalbfleisch and Prentice, "The Statistical Analysis of Failure Time Data", Wiley
/// 1980, section 1.4), which stay within 0–1; `z` is the normal quantile of the confidence. Once
/// it has happened to all, the share is 0 and the upper end stays where it was.
///
/// Of two that end at the same time what happened comes before what is no longer watched. `None`
/// where nothing was watched, a time is negative or not finite, or `z` is not a positive number.
#[must_use]
pub fn kaplan_meier(watched: &[Watched], z: f64) -> Option<Curve> {
    let is_time = |it: &Watched| it.time >= 0.0 && it.time.is_finite();
    if watched.is_empty() || !watched.iter().all(is_time) || !(z > 0.0 && z.is_finite()) {
        return None;
    }
    let mut sorted = watched.to_vec();
    sorted.sort_unstable_by(|one, other| one.time.total_cmp(&other.time));
    let (mut at_risk, mut share, mut variance, mut high) = (sorted.len(), 1.0, 0.0, 1.0);
    let mut steps = Vec::new();
    for together in sorted.chunk_by(|one, other| one.time.total_cmp(&other.time).is_eq()) {
        let happened = together.iter().filter(|it| it.happened).count();
        if happened > 0 {
            let (among, left) = (real(at_risk), real(at_risk - happened));
            share *= left / among;
            variance += real(happened) / (among * left);
            let surviving = interval(share, variance, z, high);
            high = surviving.high;
            steps.push(Step {
                time: together[0].time,
                at_risk,
                happened,
                surviving,
            });
        }
        at_risk -= together.len();
    }
    Some(Curve { steps })
}

/// The interval around a share, from the sum of Greenwood's formula.
fn interval(share: f64, variance: f64, z: f64, high_before: f64) -> Proportion {
    if share <= 0.0 {
        return Proportion {
            share: 0.0,
            low: 0.0,
            high: high_before,
        };
    }
    let reach = z * variance.sqrt() / share.ln().abs();
    Proportion {
        share,
        low: share.powf(reach.exp()).min(share),
        high: share.powf((-reach).exp()).max(share),
    }
}

impl Curve {
    /// The times at which it happened, in their order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The share to whom it has not happened by a time, that time included: 1 until it happens
    /// first, and the last share for ever after, whatever was watched so long.
    #[must_use]
    pub fn surviving(&self, time: f64) -> Proportion {
        let before = self.steps.partition_point(|step| step.time <= time);
        let step = before.checked_sub(1).and_then(|at| self.steps.get(at));
        step.map_or(
            Proportion {
                share: 1.0,
                low: 1.0,
                high: 1.0,
            },
            |step| step.surviving,
        )
    }

    /// The first time by which it has happened to the share `p`, at least; ½ gives the median.
    /// `None` where so many are never seen, or `p` is not above 0 and at most 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // A share is a product of many quotients: its last digits are rounding.
        const ROUNDING: f64 = 1e-12;
        if !(p > 0.0 && p <= 1.0) {
            return None;
        }
        let by_then = |step: &&Step| step.surviving.share <= 1.0 - p + ROUNDING;
        self.steps.iter().find(by_then).map(|step| step.time)
    }

    /// The share to whom it never happens, as far as can be seen: where the curve ends (Maller and
    /// Zhou, "Estimating the proportion of immunes in a censored sample", Biometrika 79 (1992),
    /// 731–739). It is too large where things are not watched long enough.
    #[must_use]
    pub fn never(&self) -> f64 {
        self.steps.last().map_or(1.0, |step| step.surviving.share)
    }

    /// As [`Curve::quantile`], among those to whom it happens at all: the share p of 1 − the
    /// share to whom it never does. `None` where it happened to nobody.
    #[must_use]
    pub fn quantile_of_those(&self, p: f64) -> Option<f64> {
        self.quantile(p * (1.0 - self.never()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdnow_tests;
    use crate::proportion::Z_95;

    fn is_near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    /// Two groups of fruit flies (`waltons` of the package lifelines) and that package's own
    /// results.
    #[test]
    fn curves_are_those_of_another_program() {
        let Some(text) = cdnow_tests::read("golden/survival_waltons_input.csv") else {
            return;
        };
        let group = |name: &str| {
            let lines = text.lines().skip(1).map(|line| line.split(',').collect());
            let watched = lines
                .filter(|it: &Vec<&str>| it[2] == name)
                .map(|it| Watched {
                    time: it[0].parse().unwrap(),
                    happened: it[1] == "1",
                });
            let watched: Vec<Watched> = watched.collect();
            (watched.len(), kaplan_meier(&watched, Z_95).unwrap())
        };
        for (name, count, events, median) in
            [("miR-137", 34, 34, 26.0), ("control", 129, 122, 58.0)]
        {
            let (watched, curve) = group(name);
            let happened: usize = curve.steps().iter().map(|step| step.happened).sum();
            assert_eq!((watched, happened), (count, events));
            assert_eq!(curve.quantile(0.5), Some(median));
        }
        for (name, time, [share, low, high]) in [
            (
                "miR-137",
                10.0,
                [0.882_352_941_2, 0.716_269_243_1, 0.954_138_998_9],
            ),
            (
                "miR-137",
                20.0,
                [0.647_058_823_5, 0.463_028_271_0, 0.781_830_934_1],
            ),
            (
                "miR-137",
                60.0,
                [0.058_823_529_4, 0.010_526_764_4, 0.171_578_927_8],
            ),
            (
                "control",
                10.0,
                [0.992_248_062_0, 0.946_252_110_6, 0.998_904_386_6],
            ),
            (
                "control",
                50.0,
                [0.765_076_458_5, 0.681_513_230_9, 0.829_437_992_6],
            ),
            (
                "control",
                60.0,
                [0.378_594_536_1, 0.294_699_240_1, 0.462_022_292_3],
            ),
        ] {
            let found = group(name).1.surviving(time);
            assert!(is_near(found.share, share), "{name} {time}: {found:?}");
            assert!(
                is_near(found.low, low) && is_near(found.high, high),
                "{name} {time}: {found:?}"
            );
        }
    }

    fn toy() -> Vec<Watched> {
        let times = [1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 8.0, 9.0, 9.0, 12.0];
        let happened = [
            true, true, false, true, true, true, false, true, false, false,
        ];
        let both = times.into_iter().zip(happened);
        both.map(|(time, happened)| Watched { time, happened })
            .collect()
    }

    /// Ten that lifelines was asked about.
    #[test]
    fn what_is_no_longer_watched_counts_as_long_as_it_was() {
        let curve = kaplan_meier(&toy(), Z_95).unwrap();
        for (time, share, low, high) in [
            (0.0, 1.0, 1.0, 1.0),
            (1.0, 0.9, 0.473_009_271_362_050_2, 0.985_281_393_367_343_1),
            (2.0, 0.8, 0.408_690_781_633_404_4, 0.945_872_645_838_911_5),
            (
                3.0,
                0.685_714_285_714_285_5,
                0.304_585_074_201_847_3,
                0.887_148_495_027_707_3,
            ),
            (
                8.0,
                0.457_142_857_142_857,
                0.142_982_162_755_612_4,
                0.729_779_106_015_237_8,
            ),
            (
                12.0,
                0.304_761_904_761_904_6,
                0.053_533_884_600_010_9,
                0.617_367_561_755_692_7,
            ),
        ] {
            let found = curve.surviving(time);
            assert!(is_near(found.share, share), "{time}: {found:?}");
            assert!(
                is_near(found.low, low) && is_near(found.high, high),
                "{time}: {found:?}"
            );
        }
        assert_eq!(curve.quantile(0.5), Some(5.0));
        assert_eq!(curve.quantile(0.9), None, "it is not seen of so many");
        assert!(is_near(curve.never(), 0.304_761_904_761_904_6));
        // Nine of ten of the 69.5 % to whom it happens: 62.6 %, reached at the last time.
        assert_eq!(curve.quantile_of_those(0.9), Some(9.0));
        assert_eq!(curve.quantile_of_those(1.0), Some(9.0));
        assert_eq!(curve.quantile_of_those(0.5), Some(5.0));
    }

    #[test]
    fn the_order_changes_nothing() {
        let mut turned = toy();
        turned.reverse();
        assert_eq!(kaplan_meier(&turned, Z_95), kaplan_meier(&toy(), Z_95));
    }

    #[test]
    fn the_ends_and_what_has_no_answer() {
        let one = |time, happened| [Watched { time, happened }];
        let all = kaplan_meier(&one(3.0, true), Z_95).unwrap();
        let found = all.surviving(3.0);
        assert_eq!((found.share, found.low, found.high), (0.0, 0.0, 1.0));
        assert_eq!((all.never(), all.quantile(1.0)), (0.0, Some(3.0)));
        let none = kaplan_meier(&one(3.0, false), Z_95).unwrap();
        assert_eq!((none.never(), none.quantile_of_those(0.5)), (1.0, None));
        assert_eq!(all.quantile(0.0), None);
        assert_eq!(all.quantile(f64::NAN), None);
        assert_eq!(kaplan_meier(&[], Z_95), None);
        assert_eq!(kaplan_meier(&one(-1.0, true), Z_95), None);
        assert_eq!(kaplan_meier(&one(f64::NAN, true), Z_95), None);
        assert_eq!(kaplan_meier(&one(1.0, true), 0.0), None);
    }
}
