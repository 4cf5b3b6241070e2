//! What a journey changed, as people say it: with the ends between which it lies, and with what
//! could not be seen yet.

use filo_app::impact::{ExperimentView, HELD_BACK, ImpactView, Measured, TREATED};
use filo_core::impact::{Between, Effect, Figures, MoneyBetween, MoneyEffect, Outcome, Verdict};
use filo_core::money::Currency;

use super::journey::span_words;
use crate::i18n::Words;
use crate::ui::shown::line;

/// What a journey changed, in one sentence.
pub(crate) fn headline(words: Words, view: &ImpactView) -> String {
    let measured = &view.measured;
    let impact = &measured.impact;
    if view.holdout_percent == 0 {
        return words.say("impact-no-holdout").into_owned();
    }
    if let Some(why) = nothing_yet(words, measured) {
        return why;
    }
    let Some(effect) = impact.effects.first() else {
        let counted = |group: usize| impact.groups.get(group).map_or(0, |it| it.counted);
        let key = match counted(HELD_BACK) {
            0 => "impact-nobody-held",
            _ => "impact-nobody-treated",
        };
        let count = counted(HELD_BACK) + counted(TREATED);
        return words.fill(key, [("count", count_words(words, count).into())]);
    };
    let all = impact.groups.get(TREATED).map_or(0, |it| it.counted);
    let key = match effect.verdict {
        Verdict::More => "impact-lead-more",
        Verdict::Less => "impact-lead-less",
        Verdict::Unclear(_) => {
            let begin = words.say("impact-lead-unclear");
            return format!("{begin} {}", least(words, measured, effect));
        }
    };
    let ends = points_ends(words, effect.points);
    words.fill(
        key,
        [
            ("what", what(words, measured, effect.outcome).into()),
            (
                "points",
                unsigned(words, effect.points.value * 100.0).into(),
            ),
            ("low", ends.0.into()),
            ("high", ends.1.into()),
            (
                "people",
                unsigned(words, effect.people.value.round()).into(),
            ),
            ("count", count_words(words, all).into()),
        ],
    )
}

/// Why nothing can be said of anybody yet.
pub(crate) fn nothing_yet(words: Words, measured: &Measured) -> Option<String> {
    if measured.people.is_empty() {
        return Some(words.say("impact-nobody").into_owned());
    }
    let at = measured.impact.first_at?;
    let fill = [
        ("when", words.date_time(at).into()),
        ("window", span_words(words, measured.window).into()),
    ];
    Some(words.fill("impact-wait", fill))
}

/// What could be seen with so many people.
pub(crate) fn least(words: Words, measured: &Measured, effect: &Effect) -> String {
    let groups = &measured.impact.groups;
    let counted = |group: usize| groups.get(group).map_or(0, |it| it.counted);
    let count = count_words(words, counted(0) + counted(effect.group));
    match effect.verdict {
        Verdict::More | Verdict::Less => String::new(),
        Verdict::Unclear(None) => words.fill("impact-least-none", [("count", count.into())]),
        Verdict::Unclear(Some(least)) => words.fill(
            "impact-least",
            [
                ("count", count.into()),
                ("points", unsigned(words, least * 100.0).into()),
            ],
        ),
    }
}

/// Who is compared with whom, in words.
pub(crate) struct Compared {
    pub(crate) who: String,
    pub(crate) against: String,
}

/// Those who go a journey and those held back.
pub(crate) fn of_journey(words: Words) -> Compared {
    Compared {
        who: words.say("impact-of-treated").into_owned(),
        against: words.say("impact-of-held-back").into_owned(),
    }
}

/// Those on one way and those on the first.
pub(crate) fn of_ways(words: Words, view: &ExperimentView, group: usize) -> Compared {
    let name = |group: usize| {
        let name = view.ways.get(group).map_or("", |way| way.name.as_str());
        words.fill("impact-of-way", [("way", line(name).into())])
    };
    Compared {
        who: name(group),
        against: name(0),
    }
}

/// How much more often something is done, and whether that can be chance.
pub(crate) fn effect_sentence(
    words: Words,
    measured: &Measured,
    effect: &Effect,
    between: &Compared,
) -> String {
    let share = |figures: Option<&Figures>| {
        let figures = figures.cloned().unwrap_or_default();
        let count = match effect.outcome {
            Outcome::Goal => figures.reached,
            Outcome::Purchase => figures.bought,
        };
        percent(words, count, figures.counted)
    };
    let groups = &measured.impact.groups;
    let ends = points_ends(words, effect.points);
    let key = format!("impact-effect-{}", effect.verdict.word());
    let said = words.fill(
        &key,
        [
            ("what", what(words, measured, effect.outcome).into()),
            ("one", share(groups.get(effect.group)).into()),
            ("who", between.who.as_str().into()),
            ("first", share(groups.first()).into()),
            ("against", between.against.as_str().into()),
            ("points", signed(words, effect.points.value * 100.0).into()),
            ("low", ends.0.into()),
            ("high", ends.1.into()),
        ],
    );
    let relative = effect.relative.map(|relative| {
        words.fill(
            "impact-relative",
            [
                ("value", signed(words, relative.value * 100.0).into()),
                ("low", signed(words, relative.low * 100.0).into()),
                ("high", signed(words, relative.high * 100.0).into()),
            ],
        )
    });
    [said, relative.unwrap_or_default()]
        .join(" ")
        .trim()
        .to_owned()
}

/// How much more is spent, and whether that can be chance.
pub(crate) fn money_sentence(words: Words, effect: &MoneyEffect) -> String {
    let key = format!("impact-money-{}", effect.verdict.word());
    let (each, all) = (effect.each, effect.all);
    let sum = |amount| money(words, amount, effect.currency);
    let said = words.fill(
        &key,
        [
            ("each", sum(each.value).into()),
            ("low", sum(each.low).into()),
            ("high", sum(each.high).into()),
            ("all", sum(all.value).into()),
            ("least", sum(all.low).into()),
            ("most", sum(all.high).into()),
        ],
    );
    let reduction = effect.reduction.map(|reduction| {
        // The ends lie apart by the root of the variance.
        let narrower = 1.0 - (1.0 - reduction).max(0.0).sqrt();
        let percent = words.decimal(&format!("{:.0}", narrower * 100.0));
        words.fill("impact-money-adjusted", [("percent", percent.into())])
    });
    [said, reduction.unwrap_or_default()]
        .join(" ")
        .trim()
        .to_owned()
}

/// What is done: the goal by its name, or a purchase.
pub(crate) fn what(words: Words, measured: &Measured, outcome: Outcome) -> String {
    match (outcome, &measured.goal) {
        (Outcome::Goal, Some(goal)) => {
            words.fill("impact-what-goal", [("goal", line(goal).into())])
        }
        (Outcome::Goal | Outcome::Purchase, _) => words.say("impact-what-purchase").into_owned(),
    }
}

/// The ends of a difference, in points.
pub(crate) fn points_ends(words: Words, points: Between) -> (String, String) {
    let of = |end: f64| signed(words, end * 100.0);
    (of(points.low), of(points.high))
}

/// The ends of an amount.
pub(crate) fn money_ends(
    words: Words,
    between: MoneyBetween,
    currency: Currency,
) -> (String, String) {
    let of = |end| money(words, end, currency);
    (of(between.low), of(between.high))
}

/// +1,5 or −0,3.
pub(crate) fn signed(words: Words, number: f64) -> String {
    let rounded = format!("{number:.1}");
    match rounded.as_str() {
        "0.0" | "-0.0" => words.decimal("0.0"),
        _ if number > 0.0 => format!("+{}", words.decimal(&rounded)),
        _ => words.decimal(&rounded),
    }
}

fn unsigned(words: Words, number: f64) -> String {
    let text = format!("{:.1}", number.abs());
    words.decimal(text.strip_suffix(".0").unwrap_or(&text))
}

fn money(words: Words, amount: filo_core::money::Cents, currency: Currency) -> String {
    let text = words.amount(amount.0, currency);
    if amount.0 > 0 {
        format!("+{text}")
    } else {
        text
    }
}

/// So many of so many, of a hundred; a line where there is nobody.
pub(crate) fn percent(words: Words, count: usize, of: usize) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    let share = count as f64 / of as f64 * 100.0;
    format!("{}\u{a0}%", words.decimal(&format!("{share:.1}")))
}

/// A number of people.
pub(crate) fn count_words(words: Words, count: usize) -> String {
    words.number(u64::try_from(count).unwrap_or(u64::MAX))
}
