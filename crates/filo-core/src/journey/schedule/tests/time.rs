//! Changes of clocks, and occurrences seen to late, or after a crash.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::super::{Due, Occurred, Timetable, due};
use super::schedule;
use crate::segment::Span;
use crate::time::Timestamp;

fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn timetable(rule: &str, first: &str, clock: &str) -> Timetable {
    schedule(rule, first, clock).timetable().unwrap()
}

#[test]
fn the_hour_on_the_wall_stays_over_the_change_of_clocks() {
    let daily = timetable("FREQ=DAILY", "2027-03-27", "02:30");
    let rome = rome();
    let spring: Vec<Timestamp> = daily.after(Timestamp(0), &rome).take(3).collect();
    assert_eq!(
        spring,
        [
            at("2027-03-27T01:30:00Z"),
            // There is no 2:30: the first instant behind the change.
            at("2027-03-28T01:00:00Z"),
            at("2027-03-29T00:30:00Z"),
        ]
    );
    let autumn: Vec<Timestamp> = daily
        .after(at("2027-10-30T12:00:00Z"), &rome)
        .take(2)
        .collect();
    // There are two of 2:30 on that day: the first.
    assert_eq!(
        autumn,
        [at("2027-10-31T00:30:00Z"), at("2027-11-01T01:30:00Z")]
    );
}

#[test]
fn it_ends_where_it_says() {
    let rome = rome();
    let last = |rule: &str| {
        let table = timetable(rule, "2027-06-01", "09:00");
        table.after(Timestamp::MIN, &rome).last().unwrap()
    };
    let day_ten = at("2027-06-10T07:00:00Z");
    assert_eq!(last("FREQ=DAILY;UNTIL=20270610"), day_ten);
    assert_eq!(last("FREQ=DAILY;UNTIL=20270610T090000"), day_ten);
    assert_eq!(last("FREQ=DAILY;UNTIL=20270610T070000Z"), day_ten);
    assert_eq!(
        last("FREQ=DAILY;UNTIL=20270610T065959Z"),
        at("2027-06-09T07:00:00Z")
    );
    assert_eq!(last("FREQ=DAILY;COUNT=10"), day_ten);
}

#[test]
fn a_day_that_a_zone_left_out_is_no_second_occurrence() {
    let apia = TimeZone::get("Pacific/Apia").unwrap();
    let daily = timetable("FREQ=DAILY", "2011-12-29", "00:00");
    let found: Vec<Timestamp> = daily.after(Timestamp(0), &apia).take(3).collect();
    assert_eq!(
        found,
        [
            at("2011-12-29T10:00:00Z"),
            at("2011-12-30T10:00:00Z"),
            at("2011-12-31T10:00:00Z"),
        ]
    );
}

#[test]
fn of_those_that_were_missed_the_newest_begins_if_it_is_fresh() {
    let daily = timetable("FREQ=DAILY", "2027-06-01", "09:00");
    let seen_to = at("2027-06-01T07:00:00Z");
    let ask =
        |now: &str, days: u16| due(&daily, seen_to, Span::days(days), &TimeZone::UTC, at(now));
    assert_eq!(ask("2027-06-01T08:59:59Z", 1), Due::default());
    let begins = |due: Due| due.begins;
    assert_eq!(
        begins(ask("2027-06-02T08:00:00Z", 1)),
        Some(at("2027-06-01T09:00:00Z"))
    );
    let three = ask("2027-06-03T10:00:00Z", 1);
    assert_eq!(three.begins, Some(at("2027-06-03T09:00:00Z")));
    assert_eq!(
        three.missed,
        [
            (at("2027-06-01T09:00:00Z"), Occurred::Late),
            (at("2027-06-02T09:00:00Z"), Occurred::Late),
        ]
    );
    let fresh = ask("2027-06-03T10:00:00Z", 7);
    assert!(fresh.missed.iter().all(|it| it.1 == Occurred::Overtaken));
    let weekly = timetable("FREQ=WEEKLY", "2027-06-01", "09:00");
    let late = due(
        &weekly,
        seen_to,
        Span::DAY,
        &TimeZone::UTC,
        at("2027-06-02T09:00:01Z"),
    );
    assert_eq!(late.begins, None);
    assert_eq!(late.missed, [(at("2027-06-01T09:00:00Z"), Occurred::Late)]);
}

const RULES: [&str; 8] = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,SU",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=DAILY;COUNT=400",
];

proptest! {
    /// Looks at random times over years, some lost with a crash before they were written: of each
    /// occurrence one thing is said for good, and never before it came round.
    #[test]
    fn no_occurrence_is_early_lost_or_doubled(
        rule in 0..RULES.len(),
        minutes in 0_u16..1440,
        zone in prop::sample::select(vec!["Europe/Rome", "America/New_York", "Australia/Lord_Howe"]),
        fresh in 1_u16..10,
        looks in prop::collection::vec((1_i64..200, prop::bool::weighted(0.2)), 1..120),
    ) {
        let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let table = timetable(RULES[rule], "2026-01-15", &clock);
        let zone = TimeZone::get(zone).unwrap();
        let from = at("2026-01-01T00:00:00Z");
        let (mut now, mut seen_to) = (from, from);
        let mut said: BTreeMap<Timestamp, bool> = BTreeMap::new();
        for (hours, crashes) in looks {
            now = now.plus_seconds(hours * 3_600 + 17);
            let due = due(&table, seen_to, Span::days(fresh), &zone, now);
            let fresh_at = now.plus_seconds(-i64::from(fresh) * 86_400);
            if let Some(begins) = due.begins {
                prop_assert!(begins <= now && begins >= fresh_at);
            }
            if crashes {
                continue;
            }
            let missed = due.missed.iter().map(|(at, _)| (*at, false));
            for (at, begins) in missed.chain(due.begins.map(|at| (at, true))) {
                prop_assert!(at <= now && at > seen_to);
                prop_assert_eq!(said.insert(at, begins), None);
            }
            seen_to = due.last().unwrap_or(seen_to);
        }
        let all: Vec<Timestamp> = table.after(from, &zone).take_while(|at| *at <= seen_to).collect();
        prop_assert_eq!(said.into_keys().collect::<Vec<_>>(), all);
        let open: Vec<Timestamp> = table.after(seen_to, &zone).take(1).collect();
        let next = due(&table, seen_to, Span::days(fresh), &zone, open.first().copied().unwrap_or(now));
        prop_assert_eq!(next.begins, open.first().copied());
    }
}
