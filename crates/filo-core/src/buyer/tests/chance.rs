//! What must hold of scores, whatever people bought.

use filo_stats::quintile::{Better, by_rank};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{on, purchases};
use crate::buyer::{Cuts, Everybody, Figures, Purchases, Stage};
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

fn figures() -> impl Strategy<Value = Vec<Figures>> {
    let one = (0i64..60, 1i64..9, -500i64..4_000);
    let one = one.prop_map(|(recency_days, orders, cents)| Figures {
        recency_days,
        orders,
        revenue: Cents(cents),
    });
    vec(one, 50..120)
}

/// Orders of some people in the last two hundred days before the three hundredth.
fn people() -> impl Strategy<Value = Vec<Vec<(i64, i64)>>> {
    vec(vec((100i64..300, 0i64..9_000), 0..6), 55..90)
}

fn ranks(values: &[i64], better: Better) -> Vec<u8> {
    let values: Vec<f64> = values
        .iter()
        .map(|value| f64::from(i32::try_from(*value).unwrap()))
        .collect();
    by_rank(&values, better).unwrap()
}

fn everybody(people: &[Vec<(i64, i64)>]) -> Everybody {
    let mut everybody = Everybody::default();
    for orders in people {
        everybody.add(&purchases(orders));
    }
    everybody
}

proptest! {
    #[test]
    fn whoever_was_looked_at_has_the_score_of_their_rank(buyers in figures()) {
        let cuts = Cuts::learn(&buyers).unwrap();
        let of = |column: fn(&Figures) -> i64| buyers.iter().map(column).collect::<Vec<i64>>();
        let recency = ranks(&of(|it| it.recency_days), Better::Smaller);
        let orders = ranks(&of(|it| it.orders), Better::Larger);
        let revenue = ranks(&of(|it| it.revenue.0), Better::Larger);
        prop_assert_eq!(cuts.is_ladder, (1..=5).any(|score| !orders.contains(&score)));
        for (place, figures) in buyers.iter().enumerate() {
            let scores = cuts.scores(figures);
            prop_assert_eq!(scores.recency, recency[place]);
            prop_assert_eq!(scores.monetary, revenue[place]);
            if !cuts.is_ladder {
                prop_assert_eq!(scores.frequency, orders[place]);
            }
        }
    }

    #[test]
    fn a_score_of_recency_falls_on_the_very_day(buyers in figures(), days in 0i64..80) {
        let cuts = Cuts::learn(&buyers).unwrap();
        let score = |recency_days: i64| {
            let figures = Figures { recency_days, orders: 1, revenue: Cents::ZERO };
            cuts.scores(&figures).recency
        };
        match cuts.recency_falls_after(days) {
            None => prop_assert_eq!(score(days), 1),
            Some(falls) => {
                prop_assert!(falls > days && score(falls) < score(days));
                prop_assert!((days..falls).all(|day| score(day) == score(days)));
            }
        }
    }

    #[test]
    fn the_order_in_which_people_come_changes_nothing(
        (people, shuffled) in people()
            .prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
    ) {
        let now = on(300);
        let one = everybody(&people).measure(now, Currency::EUR, 100);
        let other = everybody(&shuffled).measure(now, Currency::EUR, 100);
        prop_assert_eq!(&one, &other);
        let read = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
        prop_assert_eq!(one, read);
    }

    #[test]
    fn everybody_is_counted_once(people in people()) {
        let now = on(300);
        let measure = everybody(&people).measure(now, Currency::EUR, 0);
        let buyers = people.iter().filter(|orders| !orders.is_empty()).count() as u64;
        prop_assert_eq!(measure.buyers, buyers);
        let spent: i64 = people.iter().flatten().map(|(_, cents)| cents).sum();
        if measure.yardstick.cuts.is_some() {
            let groups = measure.groups();
            prop_assert_eq!(groups.iter().map(|(_, it)| it.people).sum::<u64>(), buyers);
            prop_assert_eq!(groups.iter().map(|(_, it)| it.revenue.0).sum::<i64>(), spent);
            for moves in &measure.moves {
                prop_assert_eq!(moves.moved.iter().map(|it| it.people).sum::<u64>(), buyers);
            }
        }
        match measure.yardstick.limits {
            None => prop_assert!(measure.stages.is_empty() && !measure.lacks.is_empty()),
            Some(limits) => {
                prop_assert_eq!(measure.stages.iter().map(|(_, it)| it.people).sum::<u64>(), buyers);
                prop_assert!(limits.usual_days <= limits.late_days);
                prop_assert!(limits.late_days <= limits.gone_days);
            }
        }
    }

    #[test]
    fn a_stage_stays_until_the_instant_that_it_names(
        orders in vec((0i64..200, 0i64..9), 0..5),
        limits in (1i64..40, 0i64..40),
        hours in vec(0i64..9_600, 8),
    ) {
        let limits = crate::buyer::Limits {
            usual_days: 1,
            late_days: limits.0,
            gone_days: limits.0 + limits.1,
            never_thousandths: 0,
            gap_count: 9,
            pace: None,
        };
        let bought: Purchases = purchases(&orders);
        for hour in hours {
            let now = Timestamp::from_seconds(hour * 3_600);
            let (stage, changes_at) = Stage::of(bought.at(now), Some(&limits));
            let changes_at = changes_at.min(bought.next_at(now));
            prop_assert!(changes_at > now);
            let before = Timestamp(changes_at.0.saturating_sub(1));
            prop_assert_eq!(Stage::of(bought.at(before), Some(&limits)).0, stage);
        }
    }
}
