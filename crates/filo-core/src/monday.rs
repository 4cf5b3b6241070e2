//! The Monday page in the mailbox: on which day and at what hour somebody gets it.
//!
//! **Invariant:** of one week nobody gets two; an hour that the clocks skip comes an hour later,
//! and of one that comes twice the first counts.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::time::Timestamp;

/// When somebody gets it, on the company's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// 1 is Monday, 7 Sunday.
    weekday: u8,
    /// 0 to 23.
    hour: u8,
}

impl Default for Delivery {
    /// Monday at seven.
    fn default() -> Self {
        Self {
            weekday: 1,
            hour: 7,
        }
    }
}

/// One time that it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The Monday of the week in which it is.
    pub week: Date,
    /// When.
    pub at: Timestamp,
}

impl Delivery {
    /// On a day of the week, from 1 on, at an hour; nothing where there is no such.
    #[must_use]
    pub const fn new(weekday: u8, hour: u8) -> Option<Self> {
        let is_one = weekday >= 1 && weekday <= 7 && hour <= 23;
        if is_one {
            Some(Self { weekday, hour })
        } else {
            None
        }
    }

    /// 1 is Monday.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        self.weekday
    }

    /// 0 to 23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The last time that it was due by an instant, and the next.
    #[must_use]
    pub fn around(self, now: Timestamp, zone: &TimeZone) -> Option<(Due, Due)> {
        let instant = jiff::Timestamp::from_microsecond(now.0).ok()?;
        let today = instant.to_zoned(zone.clone()).date();
        let since = i64::from(today.weekday().to_monday_zero_offset());
        let monday = today.checked_sub(since.days()).ok()?;
        let this = self.of_week(monday, zone)?;
        let other = |weeks: i64| self.of_week(monday.checked_add(weeks.weeks()).ok()?, zone);
        Some(match this.at <= now {
            true => (this, other(1)?),
            false => (other(-1)?, this),
        })
    }

    fn of_week(self, week: Date, zone: &TimeZone) -> Option<Due> {
        let days = i64::from(self.weekday) - 1;
        let day = week.checked_add(days.days()).ok()?;
        let at = day.at(i8::try_from(self.hour).ok()?, 0, 0, 0);
        let at = at.to_zoned(zone.clone()).ok()?;
        Some(Due {
            week,
            at: Timestamp(at.timestamp().as_microsecond()),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn around(delivery: Delivery, now: &str, zone: &str) -> [String; 4] {
        let zone = TimeZone::get(zone).unwrap();
        let (last, next) = delivery
            .around(Timestamp::parse(now).unwrap(), &zone)
            .unwrap();
        let told = |it: Due| [it.week.to_string(), it.at.to_string()];
        let ([a, b], [c, d]) = (told(last), told(next));
        [a, b, c, d]
    }

    #[test]
    fn it_is_due_on_the_wall_of_the_company() {
        let usual = Delivery::default();
        let found = around(usual, "2026-11-30T05:59:59Z", "Europe/Rome");
        assert_eq!(found[..2], ["2026-11-23", "2026-11-23T06:00:00.000Z"]);
        assert_eq!(found[2..], ["2026-11-30", "2026-11-30T06:00:00.000Z"]);
        let found = around(usual, "2026-11-30T06:00:00Z", "Europe/Rome");
        assert_eq!(found[0], "2026-11-30");
        // Summer time ended on Sunday 25 October: Monday at seven is an hour later by UTC.
        let found = around(usual, "2026-10-20T00:00:00Z", "Europe/Rome");
        assert_eq!(found[1], "2026-10-19T05:00:00.000Z");
        assert_eq!(found[3], "2026-10-26T06:00:00.000Z");
        let found = around(usual, "2026-11-30T11:59:59Z", "America/New_York");
        assert_eq!(found[3], "2026-11-30T12:00:00.000Z");
        // On Sunday 29 March two o'clock is skipped in Rome; on 25 October it comes twice.
        let sunday = Delivery::new(7, 2).unwrap();
        let found = around(sunday, "2026-03-29T12:00:00Z", "Europe/Rome");
        assert_eq!(found[..2], ["2026-03-23", "2026-03-29T01:00:00.000Z"]);
        let found = around(sunday, "2026-10-25T12:00:00Z", "Europe/Rome");
        assert_eq!(found[..2], ["2026-10-19", "2026-10-25T00:00:00.000Z"]);
        assert_eq!(Delivery::new(0, 7), None);
        assert_eq!(Delivery::new(8, 7), None);
        assert_eq!(Delivery::new(1, 24), None);
    }

    proptest! {
        #[test]
        fn every_instant_is_between_two_weeks(
            seconds in 1_600_000_000_i64..2_000_000_000, weekday in 1_u8..=7, hour in 0_u8..=23,
        ) {
            let delivery = Delivery::new(weekday, hour).unwrap();
            for zone in ["Europe/Rome", "America/Santiago"] {
                let zone = TimeZone::get(zone).unwrap();
                let now = Timestamp::from_seconds(seconds);
                let (last, next) = delivery.around(now, &zone).unwrap();
                prop_assert!(last.at <= now && now < next.at);
                prop_assert_eq!((next.week - last.week).get_days(), 7);
            }
        }
    }
}
