use super::*;
use crate::analysis::metric::Figure;

fn compared(metric: Metric, change: f64, verdict: Verdict) -> Comparison {
    let figure = |value| Figure {
        value: Some(value),
        people: 40,
        top: value,
        bottom: 0.0,
    };
    Comparison {
        metric,
        now: figure(100.0 * (1.0 + change)),
        before: figure(100.0),
        difference: Some(100.0 * change),
        change: Some(change),
        pace: Some(change),
        interval: None,
        verdict,
    }
}

fn rule(direction: Direction, limit: Limit) -> AlertRule {
    AlertRule {
        subject: Subject::Metric(Metric::Orders),
        every: Every::Week,
        direction,
        limit,
        people_least: 20,
        is_on: true,
    }
}

#[test]
fn a_rule_speaks_of_its_own_way_and_distance() {
    let fell = compared(Metric::Orders, -0.3, Verdict::Lower);
    let rose = compared(Metric::Orders, 0.3, Verdict::Higher);
    let nothing = compared(Metric::Orders, -0.3, Verdict::WithinChance);
    for (direction, limit, it, speaks) in [
        (Direction::Falls, Limit::BeyondChance, &fell, true),
        (Direction::Falls, Limit::BeyondChance, &rose, false),
        (Direction::Falls, Limit::BeyondChance, &nothing, false),
        (Direction::Rises, Limit::BeyondChance, &rose, true),
        (Direction::Changes, Limit::BeyondChance, &fell, true),
        (Direction::Falls, Limit::Percent(30), &nothing, true),
        (Direction::Falls, Limit::Percent(31), &nothing, false),
        (Direction::Rises, Limit::Percent(10), &fell, false),
        (Direction::Changes, Limit::Percent(10), &rose, true),
    ] {
        let rule = rule(direction, limit);
        assert_eq!(rule.speaks(it, 40), speaks, "{direction:?} {limit:?}");
        assert!(!rule.speaks(it, 19), "too few people");
        let off = AlertRule {
            is_on: false,
            ..rule
        };
        assert!(!off.speaks(it, 40));
    }
    let other = compared(Metric::Revenue, -0.3, Verdict::Lower);
    assert!(!rule(Direction::Falls, Limit::BeyondChance).speaks(&other, 40));
}

#[test]
fn a_source_that_rests_on_sundays_is_not_silent_on_one() {
    let mut days = vec![9; 29];
    assert!(!is_silent(&days));
    days[0] = 0;
    assert!(is_silent(&days));
    days[14] = 0;
    assert!(!is_silent(&days), "it rested two weeks ago too");
    assert!(!is_silent(&[]) && !is_silent(&[0, 9, 9]), "too new to say");
}

#[test]
fn words_lead_back_and_usual_rules_are_in_order() {
    for subject in Subject::all() {
        assert_eq!(Subject::from_word(subject.word()), Some(subject));
    }
    for (_, rule) in usual_rules() {
        assert_eq!(rule.checked(), Ok(rule));
    }
    let wrong = rule(Direction::Falls, Limit::Percent(0));
    assert_eq!(wrong.checked().unwrap_err().field, "percent");
}
