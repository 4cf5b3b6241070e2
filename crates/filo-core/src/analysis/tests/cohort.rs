//! Cohorts on the calendars of companies, and that of a real shop.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use crate::buyer::tests::real::online_retail_invoices;
use crate::id::CustomerId;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Orders at instants, each of ten euros.
fn orders(instants: &[&str]) -> Trail {
    let mut trail = Trail::default();
    for (number, text) in instants.iter().enumerate() {
        let mut event = order(Channel::Web, 0, &format!("o{number}"), 10);
        event.at = instant(text);
        trail.fold(&event, &Rules::default());
    }
    trail.join();
    trail
}

fn customers(all: &[&[&str]]) -> Trails {
    let each = (1..).zip(all);
    each.map(|(id, instants)| (CustomerId(id), orders(instants)))
        .collect()
}

/// First days, and customers by how many periods later.
fn table(trails: &Trails, periods: &Periods) -> Vec<(String, Vec<u64>)> {
    let found = Cohorts::of(trails, periods, None, Currency::EUR);
    let row = |it: Cohort| {
        let cells = it.cells.iter().enumerate();
        let counts = cells.map(|(after, cell)| {
            let place = (periods.number_of_day(it.first).unwrap(), after);
            let people = in_cohort(trails, periods, None, place);
            assert_eq!(people.len() as u64, cell.customers, "{} {after}", it.first);
            cell.customers
        });
        (it.first.to_string(), counts.collect())
    };
    found.cohorts.into_iter().map(row).collect()
}

#[test]
fn the_same_instant_is_in_another_month_on_another_clock() {
    // Half past eleven in the evening of the 31st in London is the next month in Rome, and the
    // afternoon before in New York.
    let trails = customers(&[&["2026-01-31T23:30:00Z", "2026-02-28T23:30:00Z"]]);
    let now = instant("2026-04-10T00:00:00Z");
    let of = |name: &str| table(&trails, &Periods::back(Unit::Month, 3, now, &zone(name)));
    let row = |day: &str, counts: &[u64]| (day.to_owned(), counts.to_vec());
    assert_eq!(
        of("Europe/Rome"),
        [
            row("2026-01-01", &[0, 0, 0]),
            row("2026-02-01", &[1, 1]),
            row("2026-03-01", &[0]),
        ]
    );
    assert_eq!(
        of("America/New_York"),
        [
            row("2026-01-01", &[1, 1, 0]),
            row("2026-02-01", &[0, 0]),
            row("2026-03-01", &[0]),
        ]
    );
}

#[test]
fn weeks_begin_on_monday_also_where_the_clocks_change() {
    let rome = zone("Europe/Rome");
    let now = instant("2026-04-08T10:00:00Z");
    let periods = Periods::back(Unit::Week, 2, now, &rome);
    let days = [0, 1, 2].map(|at| periods.day(at).unwrap());
    assert_eq!(
        days,
        [date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 6)]
    );
    // Clocks go forward on Sunday, 29 March: that week is an hour shorter, and Monday begins at
    // 22 o'clock of UTC instead of 23.
    for (text, number) in [
        ("2026-03-22T22:59:59Z", None),
        ("2026-03-22T23:00:00Z", Some(0)),
        ("2026-03-29T21:59:59Z", Some(0)),
        ("2026-03-29T22:00:00Z", Some(1)),
        ("2026-04-05T22:00:00Z", Some(2)),
        ("2026-04-08T10:00:00Z", Some(2)),
        ("2026-04-08T10:00:01Z", None),
    ] {
        assert_eq!(periods.number(instant(text)), number, "{text}");
    }
    // And back on 25 October; a month later at Santiago there is no midnight when they change.
    let autumn = Periods::back(Unit::Month, 1, instant("2026-11-02T00:00:00Z"), &rome);
    assert_eq!(autumn.number(instant("2026-10-31T22:59:59Z")), Some(0));
    assert_eq!(autumn.number(instant("2026-10-31T23:00:00Z")), Some(1));
    let santiago = zone("America/Santiago");
    let there = Periods::back(Unit::Week, 1, instant("2026-09-09T12:00:00Z"), &santiago);
    assert_eq!(there.over(), 1);
    assert_eq!(there.day(1), Some(date(2026, 9, 7)));
}

#[test]
fn what_is_not_over_has_no_number_and_newcomers_are_told_apart() {
    let trails = customers(&[
        &[
            "2026-01-05T10:00:00Z",
            "2026-01-06T10:00:00Z",
            "2026-03-01T10:00:00Z",
        ],
        &["2026-01-20T10:00:00Z", "2026-04-02T10:00:00Z"],
        &["2026-02-03T10:00:00Z"],
        &["2026-04-03T10:00:00Z"],
        // Long a customer, and one whose clock runs ahead.
        &["2025-06-01T10:00:00Z", "2026-02-01T10:00:00Z"],
        &["2027-01-01T10:00:00Z"],
    ]);
    let now = instant("2026-04-10T00:00:00Z");
    let periods = Periods::back(Unit::Month, 3, now, &zone("Europe/Rome"));
    let found = Cohorts::of(&trails, &periods, None, Currency::EUR);
    assert_eq!(
        (found.running, found.newcomers),
        (Some(date(2026, 4, 1)), 1)
    );
    let january = &found.cohorts[0];
    let cell = |customers, orders, cents| Cell {
        customers,
        orders,
        revenue: Cents(cents),
    };
    assert_eq!(
        january.cells,
        [cell(2, 3, 3_000), cell(0, 0, 0), cell(1, 1, 1_000)]
    );
    let each: Vec<_> = (0..4).map(|after| january.brought_each(after)).collect();
    assert_eq!(
        each,
        [
            Some(Cents(1_500)),
            Some(Cents(1_500)),
            Some(Cents(2_000)),
            None
        ]
    );
    let share = january.retained(2).unwrap();
    assert!((share.share - 0.5).abs() < 1e-12 && share.low < 0.5 && share.high > 0.5);
    assert_eq!(january.retained(3), None);
    assert_eq!(found.cohorts[1].cells, [cell(1, 1, 1_000), cell(0, 0, 0)]);
    assert_eq!(found.cohorts[2].brought_each(0), None, "nobody came");
    let newcomers = in_cohort(&trails, &periods, None, (periods.over(), 0));
    assert_eq!(
        newcomers,
        [(CustomerId(4), instant("2026-04-03T10:00:00Z"))]
    );
}

#[test]
fn whoever_was_first_seen_elsewhere_is_in_another_cohort() {
    let trail = |first| {
        let mut bought = order(Channel::Shop, DAY, "a", 10);
        bought.id = EventId(9);
        trail(&[seen(first, 0), bought])
    };
    let trails: Trails = [Channel::Social, Channel::Web, Channel::Web]
        .into_iter()
        .zip(1..)
        .map(|(first, id)| (CustomerId(id), trail(first)))
        .collect();
    let now = at(60 * DAY);
    let periods = Periods::back(Unit::Month, 3, now, &zone("Europe/Rome"));
    let size = |channel| {
        let found = Cohorts::of(&trails, &periods, channel, Currency::EUR);
        found.cohorts.iter().map(Cohort::size).sum::<u64>()
    };
    assert_eq!(size(None), 3);
    assert_eq!(size(Some(Channel::Web)), 2);
    assert_eq!(size(Some(Channel::Social)), 1);
    assert_eq!(size(Some(Channel::Shop)), 0);
}

/// UCI Online Retail: 885 bought first in December 2010; 36.6, 32.3, 38.4, 36.3, 39.8, 36.3, 34.9
/// and 35.4 % of them bought in the months from January to August.
#[test]
fn the_cohort_of_online_retail_is_the_known_one() {
    let Some(invoices) = online_retail_invoices() else {
        return;
    };
    let mut trails: BTreeMap<CustomerId, Trail> = BTreeMap::new();
    for (customer, event) in &invoices {
        let id = customer.trim_end_matches(".0").parse().unwrap();
        let trail = trails.entry(CustomerId(id)).or_default();
        trail.learn(event, &Rules::default());
    }
    let trails: Trails = trails.into_iter().collect();
    let now = instant("2011-09-01T00:00:00Z");
    let periods = Periods::back(Unit::Month, 9, now, &zone("Europe/London"));
    let pounds = Currency::parse("GBP").unwrap();
    let found = Cohorts::of(&trails, &periods, None, pounds);
    let december = &found.cohorts[0];
    assert_eq!((december.first, december.size()), (date(2010, 12, 1), 885));
    let share = |after| format!("{:.1}", 100.0 * december.retained(after).unwrap().share);
    assert_eq!(
        (1..=8).map(share).collect::<Vec<_>>(),
        [
            "36.6", "32.3", "38.4", "36.3", "39.8", "36.3", "34.9", "35.4"
        ]
    );
    assert_eq!(december.retained(9), None);
    // All that was bought is in some cell: the file begins with this cohort.
    let cells = || found.cohorts.iter().flat_map(|it| &it.cells);
    assert_eq!(found.cohorts.iter().map(Cohort::size).sum::<u64>(), 3_317);
    assert_eq!(cells().map(|it| it.orders).sum::<u64>(), 11_413);
    assert_eq!(cells().map(|it| it.revenue.0).sum::<i64>(), 523_924_056);
    let people = in_cohort(&trails, &periods, None, (0, 3));
    assert_eq!(people.len() as u64, december.cells[3].customers);
}
