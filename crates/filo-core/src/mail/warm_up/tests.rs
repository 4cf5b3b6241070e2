//! Growing, holding, and what no sequence of days gets past.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const SINCE: Date = date(2026, 10, 20);

fn warm_up(first: u32, target: u32) -> WarmUp {
    WarmUp {
        is_on: true,
        first,
        target,
        ..WarmUp::off(SINCE)
    }
}

fn day(ahead: i64, allowed: u32, sent: u32) -> WarmUpDay {
    WarmUpDay {
        date: SINCE + jiff::Span::new().days(ahead),
        allowed,
        hold: None,
        sent,
        taken: sent,
        deferred: 0,
        complained: 0,
    }
}

fn size(days: &[WarmUpDay], ahead: i64) -> (u32, Option<Hold>) {
    warm_up(200, 10_000).size(day(ahead, 0, 0).date, days)
}

#[test]
fn the_plan_grows_by_half_up_to_the_target() {
    assert_eq!(warm_up(200, 1_000).plan(), [200, 300, 450, 675, 1_000]);
    assert_eq!(warm_up(200, 200).plan(), [200]);
    assert_eq!(warm_up(2, 5).plan(), [2, 3, 4, 5]);
}

#[test]
fn a_day_grows_from_one_that_was_used_and_taken_well() {
    assert_eq!(size(&[], 0), (200, None));
    assert_eq!(size(&[day(0, 200, 200)], 1), (300, None));
    assert_eq!(size(&[day(0, 200, 99)], 1), (200, None), "hardly used");
    assert_eq!(size(&[day(0, 200, 200)], 6), (300, None), "days off");
    assert_eq!(size(&[day(0, 900, 900)], 31), (200, None), "long silent");
    assert_eq!(size(&[day(-1, 900, 900)], 1), (200, None), "before it");
    assert_eq!(
        warm_up(200, 250).size(day(1, 0, 0).date, &[day(0, 200, 200)]),
        (250, None)
    );
}

#[test]
fn complaints_and_deferrals_hold_it() {
    let loud = WarmUpDay {
        complained: 1,
        ..day(0, 200, 200)
    };
    assert_eq!(size(&[loud], 1), (200, Some(Hold::Complaints)));
    assert_eq!(
        size(&[loud, day(1, 200, 200)], 2),
        (200, Some(Hold::Complaints))
    );
    // One in a thousand is not more than that.
    let many = [loud, day(1, 200, 200), day(2, 600, 600)];
    assert_eq!(size(&many, 3), (900, None));
    assert_eq!(size(&[loud, day(8, 200, 200)], 9), (300, None), "long ago");
    let slow = |deferred| WarmUpDay {
        deferred,
        taken: 190,
        ..day(0, 200, 200)
    };
    assert_eq!(size(&[slow(10)], 1), (300, None), "five in a hundred");
    assert_eq!(size(&[slow(11)], 1), (200, Some(Hold::Deferrals)));
    for hold in [Hold::Complaints, Hold::Deferrals] {
        assert_eq!(Hold::from_word(hold.word()), Some(hold));
    }
}

#[test]
fn what_cannot_be_is_named() {
    let words = |first, target| {
        let found = warm_up(first, target).defects().into_iter();
        found.map(|it| it.field).collect::<Vec<_>>()
    };
    assert_eq!(words(2, 2), [""; 0]);
    assert_eq!(words(1, 5), ["first"]);
    assert_eq!(words(300, 200), ["target"]);
    assert_eq!(words(2, TARGET_MOST + 1), ["target"]);
}

#[test]
fn days_begin_at_midnight_on_both_days_of_clock_change() {
    let rome = TimeZone::get("Europe/Rome").unwrap();
    let at = |text| Timestamp::parse(text).unwrap();
    for (now, today, next) in [
        (
            "2026-10-25T00:30:00+02:00",
            date(2026, 10, 25),
            "2026-10-26T00:00:00+01:00",
        ),
        (
            "2026-10-25T23:59:59+01:00",
            date(2026, 10, 25),
            "2026-10-26T00:00:00+01:00",
        ),
        (
            "2026-03-29T12:00:00+02:00",
            date(2026, 3, 29),
            "2026-03-30T00:00:00+02:00",
        ),
    ] {
        assert_eq!(warm_up_date(at(now), &rome), today, "{now}");
        assert_eq!(next_warm_up_day(today, &rome), at(next), "{now}");
    }
}

#[test]
fn who_showed_themselves_lately_goes_first() {
    let now = Timestamp::from_seconds(400 * DAY_S);
    let seen = |days: i64| warm_up_rank_s(Some(now.plus_seconds(-days * DAY_S)), now);
    assert_eq!(
        [seen(0), seen(29), seen(30), seen(100), seen(366)],
        [0, 0, 300, 600, 900]
    );
    assert_eq!(warm_up_rank_s(None, now), 900);
}

/// A message of a history: hours that pass before it, what it is, and how it ends.
type Move = (i64, bool, u8);

proptest! {
    #[test]
    fn no_day_carries_more_advertising_than_it_has_room_for(
        first in 2u32..20,
        target in 20u32..60,
        moves in proptest::collection::vec((0i64..20, any::<bool>(), 0u8..8), 1..300),
    ) {
        let rome = TimeZone::get("Europe/Rome").unwrap();
        let moves: Vec<Move> = moves;
        let warm_up = warm_up(first, target);
        // Two days before the clocks go back.
        let mut now = Timestamp::parse("2026-10-23T12:00:00Z").unwrap();
        let mut days: Vec<WarmUpDay> = Vec::new();
        let mut advertising: BTreeMap<Date, u32> = BTreeMap::new();
        for (hours, is_marketing, end) in moves {
            now = now.plus_seconds(hours * 900);
            let today = warm_up_date(now, &rome);
            prop_assert!(next_warm_up_day(today, &rome) > now);
            // What a restart remembers is the days: the size is worked out anew each time.
            let (allowed, hold) = warm_up.size(today, &days);
            if days.last().is_none_or(|day| day.date != today) {
                days.push(WarmUpDay { date: today, allowed, hold, ..day(0, 0, 0) });
            }
            let last = days.last_mut().unwrap();
            prop_assert_eq!(last.allowed, allowed, "the size of a day does not move");
            if is_marketing && last.sent >= allowed {
                continue;
            }
            last.sent += 1;
            match end {
                0 => last.deferred += 1,
                1 => last.complained += 1,
                // It was not its turn: the place is given back.
                2 => { last.sent -= 1; continue; }
                // A crash: nobody knows.
                3 => {}
                _ => last.taken += 1,
            }
            if is_marketing {
                *advertising.entry(today).or_default() += 1;
            }
        }
        for day in &days {
            prop_assert!(advertising.get(&day.date).copied().unwrap_or(0) <= day.allowed);
            prop_assert!(day.allowed <= target);
        }
        for pair in days.windows(2) {
            let [one, other] = pair else { continue };
            prop_assert!(other.allowed <= one.allowed + one.allowed / 2);
        }
    }
}
