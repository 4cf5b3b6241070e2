//! After how long a silence one is late, and after how long it hardly comes back, measured on all.
//!
//! **Invariant:** who is late comes before who is gone.

use super::{Lack, Lacking, Sequence};
use crate::counting::real;
use crate::proportion::Z_95;
use crate::survival::{Curve, Watched, kaplan_meier};

/// With fewer sequences a limit is an anecdote.
pub const SEQUENCES_LEAST: usize = 50;
/// Of them so many have come again.
pub const REPEATING_LEAST: usize = 30;
/// They were watched at least so many usual gaps: in less time a long gap cannot end.
pub const USUAL_GAPS_LEAST: f64 = 3.0;
/// Of those who come again four of five have done so by then: who has not is late.
pub const LATE: f64 = 0.80;
/// Nineteen of twenty have done so by then: who has not is gone.
pub const GONE: f64 = 0.95;

/// The limits of silence, with what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// The usual gap: half of those who come again do so by then.
    pub usual: f64,
    /// From this silence on one is late.
    pub late: f64,
    /// From this silence on one is gone.
    pub gone: f64,
    /// The share of gaps that never end, as far as can be seen.
    pub never: f64,
    /// Gaps that ended.
    pub gap_count: usize,
    /// The share of gaps that last longer, over time.
    pub curve: Curve,
}

/// The limits of silence: quantiles of the gaps, open ones counted as long as they have lasted
/// (Kaplan and Meier, [`kaplan_meier`]), among those that end at all (Maller and Zhou,
/// [`Curve::never`]). Without the second the limits would lie beyond all that was seen wherever
/// many come only once; without the first they would be too short.
///
/// A sequence with many gaps counts as often as it has gaps: for one with a slow pace of its own
/// compare its own patience ([`super::Own::patience`]) with `late` as the floor.
///
/// # Errors
/// All that there is too little of.
pub fn limits(sequences: &[Sequence<'_>]) -> Result<Limits, Vec<Lack>> {
    let repeating = sequences.iter().filter(|it| !it.gaps().is_empty()).count();
    let count = |of, have, least| Lack::unless(of, real(have), real(least));
    let lacks: Vec<Lack> = [
        count(Lacking::Sequences, sequences.len(), SEQUENCES_LEAST),
        count(Lacking::Repeating, repeating, REPEATING_LEAST),
    ]
    .into_iter()
    .flatten()
    .collect();
    let curve = kaplan_meier(&watched(sequences), Z_95);
    let quantiles = curve.as_ref().and_then(|curve| {
        let quantile = |share| curve.quantile_of_those(share);
        Some((quantile(0.5)?, quantile(LATE)?, quantile(GONE)?))
    });
    // With a gap that ended there is a curve, and with a curve there are quantiles.
    let (Some(curve), Some((usual, late, gone)), true) = (curve, quantiles, lacks.is_empty())
    else {
        return Err(lacks);
    };
    let length = |it: &Sequence<'_>| it.gaps().iter().sum::<f64>() + it.open();
    let longest = sequences.iter().map(length).fold(0.0, f64::max);
    if let Some(lack) = Lack::unless(Lacking::Watched, longest, USUAL_GAPS_LEAST * usual) {
        return Err(vec![lack]);
    }
    Ok(Limits {
        usual,
        late,
        gone,
        never: curve.never(),
        gap_count: sequences.iter().map(|it| it.gaps().len()).sum(),
        curve,
    })
}

fn watched(sequences: &[Sequence<'_>]) -> Vec<Watched> {
    let of_one = |it: &Sequence<'_>| {
        let ended = it.gaps().iter().map(|gap| Watched {
            time: *gap,
            happened: true,
        });
        let open = Watched {
            time: it.open(),
            happened: false,
        };
        ended.chain([open]).collect::<Vec<_>>()
    };
    sequences.iter().flat_map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdnow_tests::{self, Customer};

    /// CDNOW at 1998-07-01, by an independent program: half of those who come again do so within
    /// 37 days, four of five within 135, nineteen of twenty within 324; 30.7 % of gaps never end.
    #[test]
    fn limits_of_real_customers_are_those_of_another_program() {
        let Some(customers) = cdnow_tests::customers() else {
            return;
        };
        let gaps: Vec<Vec<f64>> = customers.iter().map(Customer::gaps).collect();
        let both = gaps.iter().zip(&customers);
        let sequences = both.map(|(gaps, it)| Sequence::new(gaps, it.recency()).unwrap());
        let found = limits(&sequences.collect::<Vec<_>>()).unwrap();
        assert_eq!((found.usual, found.late, found.gone), (37.0, 135.0, 324.0));
        assert!((found.never - 0.307_227_292_263_277).abs() < 1e-9);
        assert_eq!(found.gap_count, 4339);
        assert!(
            (found.curve.surviving(135.0).share - (1.0 - 0.8 * (1.0 - found.never))).abs() < 0.005
        );
    }

    /// Fifty of which thirty came again after 10 to 39 and all are watched for 200.
    fn some() -> Vec<Vec<f64>> {
        let gap = |at: u32| {
            if at < 30 {
                vec![f64::from(at) + 10.0]
            } else {
                vec![]
            }
        };
        (0..50).map(gap).collect()
    }

    fn limits_of(gaps: &[Vec<f64>], until: f64) -> Result<Limits, Vec<Lack>> {
        let open = |gaps: &[f64]| until - gaps.iter().sum::<f64>();
        let sequences = gaps.iter().map(|it| Sequence::new(it, open(it)).unwrap());
        limits(&sequences.collect::<Vec<_>>())
    }

    #[test]
    fn those_who_never_come_again_do_not_push_the_limits_out() {
        let found = limits_of(&some(), 200.0).unwrap();
        assert_eq!((found.usual, found.late, found.gone), (24.0, 33.0, 38.0));
        // Thirty of eighty gaps ended, the others are open since.
        assert!((found.never - 50.0 / 80.0).abs() < 1e-9, "{}", found.never);
        assert!(found.usual <= found.late && found.late <= found.gone);
    }

    #[test]
    fn what_is_missing_is_told() {
        let lack = |of, have, least| Lack { of, have, least };
        let few = limits_of(&some()[..29], 200.0).unwrap_err();
        let expected = [
            lack(Lacking::Sequences, 29.0, 50.0),
            lack(Lacking::Repeating, 29.0, 30.0),
        ];
        assert_eq!(few, expected);
        let none = limits_of(&vec![vec![]; 80], 200.0).unwrap_err();
        assert_eq!(none, [lack(Lacking::Repeating, 0.0, 30.0)]);
        assert_eq!(limits(&[]).unwrap_err().len(), 2);
        let short = limits_of(&some(), 40.0).unwrap_err();
        assert_eq!(short.len(), 1);
        assert_eq!((short[0].of, short[0].have), (Lacking::Watched, 40.0));
        assert!(short[0].least > 40.0);
    }

    #[test]
    fn what_is_no_sequence_is_refused() {
        assert_eq!(Sequence::new(&[0.0], 1.0), None);
        assert_eq!(Sequence::new(&[f64::NAN], 1.0), None);
        assert_eq!(Sequence::new(&[1.0], -1.0), None);
        assert_eq!(Sequence::new(&[1.0], f64::INFINITY), None);
        assert!(Sequence::new(&[], 0.0).is_some());
    }
}
