//! Hours gathered into days, as the company's calendar has them.

use filo_core::time::Timestamp;

use crate::i18n::Words;
use crate::ui::chart::Point;

const DAY_SECONDS: i64 = 24 * 3600;

/// Thirty days as the company's calendar has them, the newest last.
pub(super) fn by_day(words: Words, hours: &[(Timestamp, u64)], now: Timestamp) -> Vec<Point> {
    // At noon no change of clocks moves an instant to another day.
    let noon = |back: i64| {
        let day = now.plus_seconds(-back * DAY_SECONDS);
        Timestamp::from_seconds(
            day.0.div_euclid(1_000_000 * DAY_SECONDS) * DAY_SECONDS + DAY_SECONDS / 2,
        )
    };
    let today = words.day_of(now);
    let mut days: Vec<Timestamp> = (0..filo_app::VOLUME_DAYS).rev().map(noon).collect();
    // After midnight there and before it in UTC the list would end yesterday.
    if days.last().is_some_and(|last| words.day_of(*last) < today) {
        days.remove(0);
        days.push(now);
    }
    days.into_iter()
        .map(|day| {
            let date = words.day_of(day);
            let of_day = hours
                .iter()
                .filter(|(begin, _)| words.day_of(*begin) == date);
            let label = words.date(day);
            Point {
                short: date.map_or_else(String::new, |date| {
                    format!("{}/{}", date.day(), date.month())
                }),
                value: of_day.map(|(_, events)| events).sum(),
                label,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn days_are_of_italy_and_end_today() {
        for (now, last) in [
            ("2026-11-23T10:00:00Z", "23/11/2026"),
            ("2026-11-23T23:30:00Z", "24/11/2026"),
            ("2026-10-25T22:30:00Z", "25/10/2026"),
        ] {
            let now = Timestamp::parse(now).unwrap();
            let hours = [(now, 5), (now.plus_seconds(-40 * DAY_SECONDS), 9)];
            let points = by_day(Words::of(Language::Italian), &hours, now);
            assert_eq!(points.len(), 30);
            assert_eq!((points[29].label.as_str(), points[29].value), (last, 5));
            assert_eq!(points.iter().map(|point| point.value).sum::<u64>(), 5);
            let mut labels: Vec<_> = points.iter().map(|point| &point.label).collect();
            labels.dedup();
            assert_eq!(labels.len(), 30);
        }
    }
}
