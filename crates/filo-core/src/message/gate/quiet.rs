//! Quiet hours on the customer's own clock, over both changes of the clocks.

use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};

use super::on_clock;
use crate::consent::call_hours::is_holiday;
use crate::message::policy::Quiet;
use crate::time::Timestamp;

/// Days that can be quiet in a row: Christmas, Saint Stephen and a Sunday, and some.
const DAYS_MOST: usize = 10;

/// Until when it is quiet, if it is quiet now.
#[must_use]
pub fn quiet_until(quiet: Quiet, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let mut at = on_clock(now, zone)?;
    if !is_quiet(quiet, &at) {
        return None;
    }
    for _ in 0..DAYS_MOST {
        at = next_end(quiet, &at)?;
        if !is_quiet(quiet, &at) {
            return Some(Timestamp(at.timestamp().as_microsecond()));
        }
    }
    Some(Timestamp(at.timestamp().as_microsecond()))
}

fn is_quiet(quiet: Quiet, at: &Zoned) -> bool {
    let day = at.date();
    let is_day_off = day.weekday() == jiff::civil::Weekday::Sunday || is_holiday(day);
    (quiet.on_holidays && is_day_off) || quiet.covers(at.time())
}

/// The next instant at which quiet hours end. What the clocks skip ends right after the gap.
fn next_end(quiet: Quiet, at: &Zoned) -> Option<Zoned> {
    let mut day = at.date();
    // Where only holidays are quiet, a day ends at midnight.
    let is_daily = quiet.from_minute != quiet.until_minute;
    let ends = if is_daily {
        quiet.ends()
    } else {
        jiff::civil::Time::midnight()
    };
    for _ in 0..=2 {
        let end = day
            .to_datetime(ends)
            .to_zoned(at.time_zone().clone())
            .ok()?;
        if end > *at {
            return Some(end);
        }
        day = day.checked_add(1.day()).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rome() -> TimeZone {
        TimeZone::get("Europe/Rome").unwrap()
    }

    fn until(quiet: Quiet, now: &str) -> Option<String> {
        let found = quiet_until(quiet, &rome(), Timestamp::parse(now).unwrap());
        found.map(|at| at.to_string())
    }

    const NIGHT: Quiet = Quiet {
        from_minute: 21 * 60,
        until_minute: 8 * 60,
        on_holidays: false,
    };

    #[test]
    fn nights_end_at_eight_on_the_wall() {
        // Summer: two hours ahead of UTC.
        let evening = until(NIGHT, "2027-07-01T19:00:00Z");
        assert_eq!(evening.as_deref(), Some("2027-07-02T06:00:00.000Z"));
        assert_eq!(until(NIGHT, "2027-07-01T18:59:59Z"), None);
        assert_eq!(until(NIGHT, "2027-07-01T06:00:00Z"), None);
        // The nights in which the clocks change (2027-03-28 and 2027-10-31).
        let spring = until(NIGHT, "2027-03-27T21:00:00Z");
        assert_eq!(spring.as_deref(), Some("2027-03-28T06:00:00.000Z"));
        let autumn = until(NIGHT, "2027-10-30T21:00:00Z");
        assert_eq!(autumn.as_deref(), Some("2027-10-31T07:00:00.000Z"));
    }

    #[test]
    fn an_end_that_the_clocks_skip_comes_right_after_the_gap() {
        let quiet = Quiet {
            from_minute: 60,
            until_minute: 150,
            on_holidays: false,
        };
        // 02:30 does not exist on that day: it is 03:30.
        let gap = until(quiet, "2027-03-28T00:30:00Z");
        assert_eq!(gap.as_deref(), Some("2027-03-28T01:30:00.000Z"));
    }

    #[test]
    fn holidays_in_a_row_are_quiet_to_their_end() {
        let quiet = Quiet {
            on_holidays: true,
            ..NIGHT
        };
        // Christmas 2027 is a Saturday, Saint Stephen a Sunday.
        let christmas = until(quiet, "2027-12-25T11:00:00Z");
        assert_eq!(christmas.as_deref(), Some("2027-12-27T07:00:00.000Z"));
        let only_holidays = Quiet {
            from_minute: 0,
            until_minute: 0,
            on_holidays: true,
        };
        let sunday = until(only_holidays, "2027-07-04T10:00:00Z");
        assert_eq!(sunday.as_deref(), Some("2027-07-04T22:00:00.000Z"));
    }
}
