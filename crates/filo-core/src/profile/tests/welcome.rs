use jiff::civil::{Date, date};

use super::build::{fold, identify, track};
use crate::event::{Channel, Event, Trust};
use crate::profile::portrait::{Rhythm, portrait};
use crate::profile::welcome::{Welcome, welcome};
use crate::time::Timestamp;

const DAY: i64 = 86_400;

fn order(number: i64, day: i64) -> Event {
    let properties = format!(r#"{{"order_id":"O-{number}","total":10}}"#);
    track("Order Completed", day * DAY, &properties)
}

fn at(day: i64) -> Timestamp {
    Timestamp::from_seconds(day * DAY + 60)
}

fn of(events: &[Event], today: Date, day: i64) -> Vec<Welcome> {
    welcome(&fold(events), today, at(day))
}

#[test]
fn birthdays_are_told_on_the_day_and_a_week_before() {
    let born = |text: &str| vec![identify(1, &format!(r#"{{"birthday":"{text}"}}"#))];
    for (birthday, today, expected) in [
        (
            "1984-11-28",
            date(2026, 11, 28),
            Some(Welcome::BirthdayToday),
        ),
        ("1984-11-28", date(2026, 11, 29), None),
        ("1984-11-28", date(2026, 11, 20), None),
        (
            "1984-01-02",
            date(2026, 12, 28),
            Some(Welcome::BirthdaySoon {
                day: date(2027, 1, 2),
            }),
        ),
        (
            "1984-02-29",
            date(2026, 2, 28),
            Some(Welcome::BirthdayToday),
        ),
        (
            "1984-02-29",
            date(2028, 2, 29),
            Some(Welcome::BirthdayToday),
        ),
    ] {
        let facts = of(&born(birthday), today, 0);
        assert_eq!(facts.first().cloned(), expected, "{birthday} on {today}");
    }
}

#[test]
fn absence_and_return_are_told_in_months() {
    let today = date(2026, 11, 28);
    let silent = [order(1, 0)];
    assert_eq!(of(&silent, today, 60), []);
    assert_eq!(of(&silent, today, 155), [Welcome::LongAway { months: 5 }]);
    let back = [order(1, 0), order(2, 155)];
    assert_eq!(of(&back, today, 156), [Welcome::BackAfter { months: 5 }]);
    assert_eq!(of(&back, today, 170), [], "no longer news");
}

#[test]
fn round_orders_are_told_before_and_after() {
    let today = date(2026, 11, 28);
    let orders: Vec<Event> = (0..10).map(|number| order(number, number)).collect();
    assert_eq!(of(&orders, today, 10), [Welcome::RoundOrder { number: 10 }]);
    assert_eq!(
        of(&orders[..9], today, 10),
        [Welcome::NextRoundOrder { number: 10 }]
    );
    assert_eq!(of(&orders[..5], today, 10), []);
    assert_eq!(of(&orders, today, 40), [], "the tenth is long ago");
}

#[test]
fn what_they_said_is_told_by_its_newest_note() {
    let note = |text: &str, about: &str, second: i64| {
        let properties = format!(r#"{{"text":"{text}","about":"{about}"}}"#);
        track("Note Added", second, &properties).by(Trust::Staff)
    };
    let events = [
        note("old", "reason", 1),
        note("the smell", "reason", 2),
        note("late parcels", "worry", 3),
        note("blue", "preference", 4),
    ];
    let said: Vec<String> = of(&events, date(2026, 11, 28), 0)
        .into_iter()
        .filter_map(|fact| match fact {
            Welcome::Said(note) => Some(note.text.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(said, ["late parcels", "the smell"]);
    assert_eq!(of(&[], date(2026, 11, 28), 0), []);
}

#[test]
fn a_portrait_tells_a_rhythm_only_while_it_is_kept() {
    let weekly: Vec<Event> = (0..6).map(|number| order(number, number * 7)).collect();
    let of = |events: &[Event], day| portrait(&fold(events), at(day));
    assert_eq!(of(&weekly, 36).rhythm, Some(Rhythm::Weekly));
    assert_eq!(of(&weekly, 80).rhythm, None, "stopped");
    assert_eq!(of(&weekly[..2], 8).rhythm, None, "two orders are no rhythm");
    let monthly: Vec<Event> = (0..4).map(|number| order(number, number * 30)).collect();
    assert_eq!(of(&monthly, 95).rhythm, Some(Rhythm::Monthly));
    assert_eq!(of(&monthly, 95).since, Some(Timestamp::from_seconds(0)));
}

#[test]
fn a_place_is_told_where_most_meetings_were() {
    let visit = |second, channel| track("Store Visit Recorded", second, "{}").on(channel);
    let events = [
        visit(1, Channel::Shop),
        visit(2, Channel::Shop),
        visit(3, Channel::Web),
    ];
    assert_eq!(portrait(&fold(&events), at(1)).place, Some(Channel::Shop));
    assert_eq!(
        portrait(&fold(&events[1..]), at(1)).place,
        None,
        "half is not most"
    );
    let told = [visit(1, Channel::Server)];
    assert_eq!(portrait(&fold(&told), at(1)).place, None);
}
