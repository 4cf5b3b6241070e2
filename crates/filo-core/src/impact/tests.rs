//! Measured figures, and what they must be of people who are counted by hand.

use super::*;
use crate::id::{CustomerId, RunId};
use crate::money::{Cents, Currency};

fn person(number: u128, group: usize) -> Person {
    Person {
        run: RunId(number),
        customer: CustomerId(number),
        group,
        since: Timestamp(0),
        until: Timestamp(100),
        done: Done::default(),
        before: std::collections::BTreeMap::new(),
    }
}

/// So many in a group, of whom so many reached the goal, and bought for so much.
fn group(group: usize, count: u128, reached: u128, spent: i64) -> Vec<Person> {
    let begin = group as u128 * 1_000_000;
    let people = (0..count).map(|number| {
        let mut person = person(begin + number, group);
        if number < reached {
            person.done.reached_at = Some(Timestamp(50));
            person.done.order_count = 1;
            person.done.revenue.insert(Currency::EUR, Cents(spent));
        }
        person
    });
    people.collect()
}

fn all(parts: [Vec<Person>; 2]) -> Vec<Person> {
    parts.into_iter().flatten().collect()
}

/// 540 of 9,000 against 45 of 1,000 (`golden/misc_formulae.json`): +33.3 %, 135 people more.
#[test]
fn the_effect_is_that_of_the_published_holdout() {
    let people = all([group(0, 1_000, 45, 2_000), group(1, 9_000, 540, 2_000)]);
    let found = measure(&people, &[10, 90], true, Timestamp(100));
    let goal = found.effects[0];
    assert_eq!((goal.outcome, goal.group), (Outcome::Goal, 1));
    assert!((goal.points.value - 0.015).abs() < 1e-12);
    assert!((goal.relative.unwrap().value - 1.0 / 3.0).abs() < 1e-12);
    assert!((goal.people.value - 135.0).abs() < 1e-9);
    // One look would have called it, looking at any moment does not.
    assert!(goal.at_one_look.unwrap().0 < 0.003 && goal.points.low < 0.0);
    assert!(matches!(goal.verdict, Verdict::Unclear(Some(least)) if least > 0.015));
    // Sixty cents of 20 € more often by 1.5 points: 30 cents each, 2,700 € for all.
    let money = found.money[0];
    assert_eq!(
        (money.each.value, money.all.value),
        (Cents(30), Cents(270_000))
    );
    assert!(!found.is_mismatched && found.first_at.is_none());
}

#[test]
fn a_large_effect_is_seen_and_its_sign_is_that_of_the_group() {
    let people = all([group(0, 200, 10, 1_000), group(1, 200, 120, 1_000)]);
    let found = measure(&people, &[50, 50], true, Timestamp(100));
    assert!(found.effects.iter().all(|it| it.verdict == Verdict::More));
    assert_eq!(found.money[0].verdict, Verdict::More);
    let people = all([group(0, 200, 120, 1_000), group(1, 200, 10, 1_000)]);
    let found = measure(&people, &[50, 50], false, Timestamp(100));
    assert_eq!(found.effects.len(), 1, "without a goal only purchases");
    assert_eq!(found.effects[0].verdict, Verdict::Less);
}

#[test]
fn few_people_are_told_what_could_be_seen_and_nobody_nothing() {
    let people = all([group(0, 8, 1, 500), group(1, 72, 12, 500)]);
    let found = measure(&people, &[10, 90], true, Timestamp(100));
    let Verdict::Unclear(Some(least)) = found.effects[0].verdict else {
        panic!("{:?}", found.effects);
    };
    assert!((0.25..0.7).contains(&least), "{least}");
    assert_eq!(found.money[0].verdict, Verdict::Unclear(None));
    let found = measure(&[], &[10, 90], true, Timestamp(100));
    assert_eq!((found.effects.len(), found.money.len()), (0, 0));
    let found = measure(&group(1, 5, 2, 1), &[10, 90], true, Timestamp(100));
    assert_eq!(found.effects.len(), 0, "there is nobody to compare with");
}

#[test]
fn who_still_has_time_does_not_count_and_a_figure_is_its_people() {
    let mut people = all([group(0, 20, 5, 700), group(1, 80, 30, 700)]);
    for person in people.iter_mut().step_by(3) {
        person.until = Timestamp(200);
    }
    let now = Timestamp(150);
    let found = measure(&people, &[20, 80], true, now);
    for (place, figures) in found.groups.iter().enumerate() {
        for figure in Figure::ALL {
            let of_group = people.iter().filter(|it| it.group == place);
            let behind = of_group.filter(|it| figure.holds(it, now)).count();
            assert_eq!(figures.get(figure), behind, "{figure:?}");
            assert_eq!(Figure::from_word(figure.word()), Some(figure));
        }
        assert_eq!(figures.entered, figures.open + figures.counted);
    }
    let early = measure(&people, &[20, 80], true, Timestamp(99));
    assert_eq!(early.first_at, Some(Timestamp(100)));
}

#[test]
fn groups_of_the_wrong_size_are_told() {
    let people = all([group(0, 400, 1, 1), group(1, 600, 1, 1)]);
    assert!(measure(&people, &[10, 90], true, Timestamp(100)).is_mismatched);
    let people = all([group(0, 100, 1, 1), group(1, 900, 1, 1)]);
    assert!(!measure(&people, &[10, 90], true, Timestamp(100)).is_mismatched);
}

#[test]
fn several_ways_are_compared_with_the_first_by_wider_intervals() {
    let mut people = all([group(0, 300, 30, 1), group(1, 300, 60, 1)]);
    let two = measure(&people, &[50, 50], true, Timestamp(100));
    people.extend(group(2, 300, 30, 1));
    let three = measure(&people, &[34, 33, 33], true, Timestamp(100));
    let of = |found: &Impact| {
        found
            .effects
            .iter()
            .filter(|it| it.outcome == Outcome::Goal)
            .count()
    };
    assert_eq!((of(&two), of(&three)), (1, 2));
    let width = |found: &Impact| found.effects[0].points.high - found.effects[0].points.low;
    assert!(width(&three) > width(&two));
}
