//! Which backups stay.
//!
//! **Invariant:** the newest whole backup always stays.

use std::collections::BTreeSet;

use filo_core::time::Timestamp;
use jiff::tz::TimeZone;

/// A backup as the rule sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aged {
    pub(super) made_at: Timestamp,
    pub(super) whole: bool,
}

/// Places of the backups that may go: all but the newest of each of the last `daily` days that
/// have one, the newest of each of the last `weekly` weeks that have one, and the newest that is
/// whole. Of a day or week the newest whole one counts; damaged ones never stand for a day.
pub(super) fn superfluous(
    backups: &[Aged],
    daily: usize,
    weekly: usize,
    zone: &TimeZone,
) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..backups.len()).collect();
    newest_first.sort_by_key(|place| std::cmp::Reverse((backups[*place].made_at, *place)));
    let mut kept = BTreeSet::new();
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    for place in &newest_first {
        let backup = backups[*place];
        if !backup.whole {
            continue;
        }
        if kept.is_empty() {
            kept.insert(*place);
        }
        let Ok(instant) = jiff::Timestamp::from_microsecond(backup.made_at.0) else {
            kept.insert(*place);
            continue;
        };
        let day = instant.to_zoned(zone.clone()).date();
        let week = day.iso_week_date();
        if !days.contains(&day) && days.len() < daily {
            days.insert(day);
            kept.insert(*place);
        }
        let week = (week.year(), week.week());
        if !weeks.contains(&week) && weeks.len() < weekly {
            weeks.insert(week);
            kept.insert(*place);
        }
    }
    if kept.is_empty() {
        // Nothing whole is left: what is damaged may be all there is.
        return Vec::new();
    }
    (0..backups.len())
        .filter(|place| !kept.contains(place))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Aged {
        Aged {
            made_at: Timestamp::parse(text).unwrap(),
            whole: true,
        }
    }

    #[test]
    fn days_and_weeks_keep_their_newest() {
        let backups = [
            at("2026-11-01T02:00:00Z"),
            at("2026-11-20T02:00:00Z"),
            at("2026-11-27T02:00:00Z"),
            at("2026-11-28T02:00:00Z"),
            at("2026-11-28T09:00:00Z"),
        ];
        // Days: the 28th (the later one) and the 27th. Weeks: that of the 28th, that of the 20th.
        assert_eq!(superfluous(&backups, 2, 2, &TimeZone::UTC), [0, 3]);
        assert_eq!(superfluous(&backups, 0, 0, &TimeZone::UTC), [0, 1, 2, 3]);
        let mut damaged = backups;
        damaged[4].whole = false;
        assert_eq!(superfluous(&damaged, 1, 0, &TimeZone::UTC), [0, 1, 2, 4]);
        assert!(superfluous(&[], 1, 1, &TimeZone::UTC).is_empty());
    }

    proptest! {
        #[test]
        fn the_newest_whole_one_always_stays(
            times in proptest::collection::vec((0i64..4_000_000, any::<bool>()), 1..40),
            daily in 0usize..10, weekly in 0usize..10,
        ) {
            let backups: Vec<Aged> = times
                .iter()
                .map(|(at, whole)| Aged { made_at: Timestamp::from_seconds(*at * 600), whole: *whole })
                .collect();
            let gone = superfluous(&backups, daily, weekly, &TimeZone::UTC);
            let newest = (0..backups.len())
                .filter(|place| backups[*place].whole)
                .max_by_key(|place| (backups[*place].made_at, *place));
            if let Some(newest) = newest {
                prop_assert!(!gone.contains(&newest));
                prop_assert!(backups.len() - gone.len() <= daily + weekly + 1);
            } else {
                prop_assert!(gone.is_empty());
            }
        }
    }
}
