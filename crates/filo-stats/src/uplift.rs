//! What a treatment changed in people who were measured before it and after.
//!
//! **Invariant:** exchanging the groups changes the sign and nothing else.

use crate::counting::real;
use crate::experiment::Interval;
use crate::tail::student_quantile;

/// A person, measured twice in the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Whether the treatment came between.
    pub treated: bool,
    /// The measure before.
    pub before: f64,
    /// The measure after.
    pub after: f64,
}

/// What the treatment changed, in the unit of the measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uplift {
    /// By how much.
    pub estimate: f64,
    /// The standard error.
    pub error: f64,
    /// The interval of 95 %.
    pub interval: Interval,
}

impl Uplift {
    fn new(estimate: f64, variance: f64, freedom: f64) -> Option<Self> {
        let error = variance.sqrt();
        let reach = student_quantile(0.975, freedom)? * error;
        (estimate.is_finite() && reach.is_finite()).then(|| Self {
            estimate,
            error,
            interval: Interval::around(estimate, reach),
        })
    }
}

/// Where chance did not make the groups: by how much more the treated changed than the others
/// (Angrist and Pischke, "Mostly Harmless Econometrics", Princeton 2009, section 5.2). It holds if
/// both would have changed alike without. The standard error is that of the regression of both
/// measures, clustered by person (Liang and Zeger, "Longitudinal data analysis using generalized
/// linear models", Biometrika 73 (1986), 13–22, with the usual correction for few).
///
/// `None` of fewer than two in either group, or where a measure is not finite.
#[must_use]
pub fn difference_in_differences(people: &[Measured]) -> Option<Uplift> {
    let groups = Groups::of(people, |it| it.after - it.before)?;
    let squares = |group: &Group| {
        let off = group
            .rows
            .iter()
            .map(|(_, change)| (change - group.y).powi(2));
        off.sum::<f64>() / group.count().powi(2)
    };
    // Two measures of each person, and four means.
    let (clusters, rows) = (real(people.len()), real(2 * people.len()));
    let few = clusters / (clusters - 1.0) * (rows - 1.0) / (rows - 4.0);
    let variance = few * (squares(&groups.treated) + squares(&groups.others));
    Uplift::new(groups.treated.y - groups.others.y, variance, clusters - 1.0)
}

/// Where chance made the groups: how far the measures after lie apart among people who were alike
/// before (Fisher's analysis of covariance; Vickers and Altman, "Analysing controlled trials with
/// baseline and follow up measurements", BMJ 323 (2001), 1123–1124). The standard error holds
/// whatever the spread of either group (MacKinnon and White, "Some heteroskedasticity-consistent
/// covariance matrix estimators with improved finite sample properties", Journal of Econometrics 29
/// (1985), 305–325, HC1).
///
/// `None` of fewer than two in either group, where a measure is not finite, or where before it
/// nobody differed from the others of the same group.
#[must_use]
pub fn adjusted(people: &[Measured]) -> Option<Uplift> {
    let groups = Groups::of(people, |it| it.after)?;
    let both = [&groups.treated, &groups.others];
    let within = |of: fn(f64, f64) -> f64| -> f64 {
        let of_group = |group: &&Group| {
            let rows = group.rows.iter();
            rows.map(|(x, y)| of(x - group.x, y - group.y)).sum::<f64>()
        };
        both.iter().map(of_group).sum()
    };
    let spread = within(|x, _| x * x);
    let slope = within(|x, y| x * y) / spread;
    let [gap_x, gap_y] = [
        groups.treated.x - groups.others.x,
        groups.treated.y - groups.others.y,
    ];
    // How much each person moves the estimate: by the mean of the group, and by the slope.
    let moved = |group: &Group, sign: f64| {
        let rows = group.rows.iter().map(|(x, y)| {
            let residual = (y - group.y) - slope * (x - group.x);
            let weight = sign / group.count() - gap_x * (x - group.x) / spread;
            (weight * residual).powi(2)
        });
        rows.sum::<f64>()
    };
    let count = real(people.len());
    let squares = moved(&groups.treated, 1.0) + moved(&groups.others, -1.0);
    let variance = count / (count - 3.0) * squares;
    Uplift::new(gap_y - slope * gap_x, variance, count - 3.0)
}

/// The people of a group: a measure before and what is asked of them, with their means.
struct Group {
    rows: Vec<(f64, f64)>,
    x: f64,
    y: f64,
}

struct Groups {
    treated: Group,
    others: Group,
}

impl Group {
    fn count(&self) -> f64 {
        real(self.rows.len())
    }
}

impl Groups {
    fn of(people: &[Measured], asked: fn(&Measured) -> f64) -> Option<Self> {
        let group = |treated: bool| {
            let rows = people.iter().filter(|it| it.treated == treated);
            let rows: Vec<(f64, f64)> = rows.map(|it| (it.before, asked(it))).collect();
            let count = real(rows.len());
            let (x, y) = rows
                .iter()
                .fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
            let is_group = rows.len() >= 2 && x.is_finite() && y.is_finite();
            is_group.then_some(Group {
                rows,
                x: x / count,
                y: y / count,
            })
        };
        Some(Self {
            treated: group(true)?,
            others: group(false)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdnow_tests::read;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found}, {expected}");
    }

    fn people() -> Option<Vec<Measured>> {
        let text = read("golden/did_input.csv")?;
        let lines = text.lines().skip(1).map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            Measured {
                treated: fields[1] == "1",
                before: fields[2].parse().unwrap(),
                after: fields[3].parse().unwrap(),
            }
        });
        Some(lines.collect())
    }

    /// 400 people and a true change of 3, by statsmodels (`golden/misc_formulae.json`).
    #[test]
    fn uplifts_are_those_of_statsmodels() {
        let Some(people) = people() else { return };
        let found = difference_in_differences(&people).unwrap();
        near(found.estimate, 2.849_7, 1e-10);
        near(found.error, 0.725_875_329_066_238_4, 1e-10);
        let found = adjusted(&people).unwrap();
        near(found.estimate, 2.848_577_941_094_788_5, 1e-10);
        near(found.error, 0.730_902_928_156_383_2, 1e-10);
        assert!(found.interval.low < 3.0 && 3.0 < found.interval.high);
    }

    #[test]
    fn exchanging_the_groups_changes_the_sign() {
        let people: Vec<Measured> = (0..20_u32)
            .map(|at| Measured {
                treated: at % 3 == 0,
                before: f64::from(at * 7 % 11),
                after: f64::from(at * 5 % 13),
            })
            .collect();
        let turned = people.iter().map(|it| Measured {
            treated: !it.treated,
            ..*it
        });
        let turned: Vec<Measured> = turned.collect();
        for of in [difference_in_differences, adjusted] {
            let (one, other) = (of(&people).unwrap(), of(&turned).unwrap());
            near(one.estimate, -other.estimate, 1e-12);
            near(one.error, other.error, 1e-12);
            near(one.interval.low, -other.interval.high, 1e-9);
        }
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        let person = |treated, before, after| Measured {
            treated,
            before,
            after,
        };
        let few = [
            person(true, 1.0, 2.0),
            person(false, 1.0, 2.0),
            person(false, 2.0, 2.0),
        ];
        let alike = [true, true, false, false].map(|treated| person(treated, 1.0, 2.0));
        let mut broken = alike;
        broken[0].after = f64::NAN;
        for of in [difference_in_differences, adjusted] {
            assert_eq!(of(&few), None);
            assert_eq!(of(&broken), None);
            assert_eq!(of(&[]), None);
        }
        assert_eq!(adjusted(&alike), None);
    }
}
