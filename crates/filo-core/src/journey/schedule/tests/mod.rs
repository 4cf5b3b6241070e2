//! Rules against the examples that RFC 5545 prints, and time going by with everything that can
//! interrupt it.

mod examples;
mod time;
mod wrong;

use jiff::civil::Date;

use super::Schedule;
use crate::id::SegmentId;

fn schedule(rule: &str, first_day: &str, at: &str) -> Schedule {
    Schedule {
        rule: rule.into(),
        first_day: first_day.parse::<Date>().unwrap(),
        at: at.parse().unwrap(),
        segment: SegmentId(1),
    }
}
