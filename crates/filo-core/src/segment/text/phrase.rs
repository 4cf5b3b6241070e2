//! How each condition that has none below it is written.

use super::buying::{lifecycle_words, rfm_words};
use super::comparison::is_test_word;
use super::event::{AT_LEAST_ONCE, EVENT, figure_word};
use super::lexer::{is_of_word, quote};
use super::tree::PERCENT;
use super::when::{ANY_DAY, DAY_MINUTES, WEEKDAYS, calendar_words};
use crate::event::EventKind;
use crate::segment::comparison::Comparison;
use crate::segment::condition::{
    Condition, ConsentCondition, Figure, Happened, HappenedTest, Hours, OrderCondition, Sequence,
    Share, TraitCondition, TraitTest,
};
use crate::segment::number::Number;
use crate::segment::pattern::{Filter, ValueTest};
use crate::segment::signal::Signal;
use crate::segment::window::{Span, Window};

/// A piece that may stand on a line of its own, and how far in.
pub(super) struct Clause {
    pub(super) indent: usize,
    pub(super) text: String,
}

/// The pieces of a condition that has none below it; nothing for the others.
pub(super) fn clauses(condition: &Condition) -> Vec<Clause> {
    let text = match condition {
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return Vec::new(),
        Condition::Happened(wanted) => return happened(wanted),
        Condition::Sequence(wanted) => return sequence(wanted),
        Condition::Trait(wanted) => known(wanted),
        Condition::Known(kind) => format!("known by {}", kind.word()),
        Condition::Consent(wanted) => consent(wanted),
        Condition::Orders(wanted) => orders(wanted),
        Condition::Met(wanted) => format!("met on {}{}", wanted.channel.word(), last(wanted.last)),
        Condition::Channels(wanted) => {
            format!(
                "channel count {}{}",
                comparison(wanted.is),
                last(wanted.last)
            )
        }
        Condition::Segment(id) => format!("in segment {id}"),
        Condition::List(id) => format!("on list {id}"),
        Condition::Persona(id) => format!("in persona {id}"),
        Condition::Share(wanted) => share(wanted),
        Condition::Rfm(wanted) => rfm_words(*wanted),
        Condition::Lifecycle(stage) => lifecycle_words(*stage),
    };
    vec![Clause { indent: 0, text }]
}

/// Whether it ends with a list of values, so that a text after `or` would be one more of them.
pub(super) fn ends_with_values(condition: &Condition) -> bool {
    let is_list = |test: &ValueTest| matches!(test, ValueTest::Is(_) | ValueTest::IsNot(_));
    let of_signal = |signal: &Signal| {
        let last = signal.pattern().filters.last();
        signal.field().is_none() && last.is_some_and(|filter| is_list(&filter.test))
    };
    match condition {
        Condition::Not(child) => ends_with_values(child),
        Condition::Trait(wanted) => {
            matches!(&wanted.test, TraitTest::Value(test) if is_list(test))
        }
        Condition::Happened(wanted) => match &wanted.test {
            HappenedTest::LastIs(test) => is_list(test),
            test => {
                wanted.hours.is_none()
                    && figure(wanted, test).is_none()
                    && of_signal(&wanted.signal)
            }
        },
        Condition::Sequence(wanted) => wanted.without.as_ref().is_some_and(of_signal),
        _ => false,
    }
}

fn happened(wanted: &Happened) -> Vec<Clause> {
    let is_used = match &wanted.test {
        HappenedTest::Figure { figure, .. } => *figure != Figure::Count,
        HappenedTest::LastIs(_) => true,
        HappenedTest::First(_) | HappenedTest::Last(_) => false,
    };
    let mut clauses = signal("", &wanted.signal, is_used);
    let on = wanted.hours.map(hours);
    let rest: Vec<String> = on.into_iter().chain(figure(wanted, &wanted.test)).collect();
    if !rest.is_empty() {
        clauses.push(Clause {
            indent: 1,
            text: rest.join(" "),
        });
    }
    clauses
}

/// What must be true of the events and when; nothing if it is enough that it happened at all.
fn figure(wanted: &Happened, test: &HappenedTest) -> Option<String> {
    let field = || wanted.signal.field().map(|field| name(&field.to_string()));
    let field = || field().unwrap_or_default();
    let (what, during) = match test {
        HappenedTest::Figure { figure, is, during } => match figure {
            Figure::Count if *is == AT_LEAST_ONCE => (String::new(), *during),
            Figure::Count => (times(*is), *during),
            Figure::Sum
            | Figure::Average
            | Figure::Smallest
            | Figure::Greatest
            | Figure::Distinct => {
                let (word, is) = (figure_word(*figure), comparison(*is));
                (format!("with {word} {} {is}", field()), *during)
            }
        },
        HappenedTest::First(during) => ("for the first time".to_owned(), *during),
        HappenedTest::Last(during) => ("for the last time".to_owned(), *during),
        HappenedTest::LastIs(test) => {
            return Some(format!("with last {} {}", field(), value_test(test)));
        }
    };
    let said = format!("{what}{}", maybe(during));
    Some(said.trim_start().to_owned()).filter(|said| !said.is_empty())
}

fn times(is: Comparison) -> String {
    let is_one = is.numbers().last() == Some(Number::whole(1));
    let unit = if is_one { "time" } else { "times" };
    format!("{} {unit}", comparison(is))
}

fn sequence(wanted: &Sequence) -> Vec<Clause> {
    let mut clauses = signal("", &wanted.first, false);
    append(&mut clauses, &maybe(wanted.during));
    let beneath = |clauses: Vec<Clause>| {
        clauses.into_iter().map(|clause| Clause {
            indent: clause.indent + 1,
            ..clause
        })
    };
    let mut then = signal("then ", &wanted.then, false);
    append(&mut then, &format!(" within {}", wanted.within));
    clauses.extend(beneath(then));
    if let Some(without) = &wanted.without {
        clauses.extend(beneath(signal("without ", without, false)));
    }
    clauses
}

/// Adds to a name that stands alone, or as a piece of its own below what is said of it.
fn append(clauses: &mut Vec<Clause>, text: &str) {
    match clauses.as_mut_slice() {
        [name] => name.text.push_str(text),
        _ if text.is_empty() => {}
        _ => clauses.push(Clause {
            indent: 1,
            text: text.trim_start().to_owned(),
        }),
    }
}

/// Which events are meant; the value that is kept of them is said here if it is not elsewhere.
fn signal(before: &str, signal: &Signal, is_field_used: bool) -> Vec<Clause> {
    let pattern = signal.pattern();
    let kind = match pattern.kind {
        EventKind::Track => EVENT,
        kind => kind.word(),
    };
    let event = match (pattern.kind, pattern.name.is_empty()) {
        (_, true) => format!("{before}any {kind}"),
        (EventKind::Track, false) => format!("{before}{}", quote(&pattern.name)),
        (_, false) => format!("{before}{kind} {}", quote(&pattern.name)),
    };
    let mut clauses = vec![Clause {
        indent: 0,
        text: event,
    }];
    clauses.extend(pattern.filters.iter().enumerate().map(|(place, it)| {
        let (indent, word) = if place == 0 { (1, "where") } else { (2, "and") };
        Clause {
            indent,
            text: format!("{word} {}", filter(it)),
        }
    }));
    let kept = signal.field().filter(|_| !is_field_used);
    clauses.extend(kept.map(|field| Clause {
        indent: 1,
        text: format!("keeping {}", name(&field.to_string())),
    }));
    clauses
}

fn filter(filter: &Filter) -> String {
    format!(
        "{} {}",
        name(&filter.field.to_string()),
        value_test(&filter.test)
    )
}

/// A name, in quotes where it would not be read as one.
fn name(text: &str) -> String {
    let is_bare = !text.is_empty() && text.chars().all(is_of_word) && !is_test_word(text);
    match is_bare {
        true => text.to_owned(),
        false => quote(text),
    }
}

fn value_test(test: &ValueTest) -> String {
    let list = || {
        let quoted = test.texts().iter().map(|text| quote(text));
        quoted.collect::<Vec<_>>().join(" or ")
    };
    match test {
        ValueTest::Is(_) => format!("is {}", list()),
        ValueTest::IsNot(_) => format!("is not {}", list()),
        ValueTest::Contains(text) => format!("contains {}", quote(text)),
        ValueTest::Set => "is set".to_owned(),
        ValueTest::Empty => "is empty".to_owned(),
        ValueTest::Number(Comparison::Equals(number)) => format!("is {number}"),
        ValueTest::Number(Comparison::Differs(number)) => format!("is not {number}"),
        ValueTest::Number(is) => format!("is {}", comparison(*is)),
    }
}

pub(super) fn comparison(is: Comparison) -> String {
    match is {
        Comparison::Equals(number) => format!("exactly {number}"),
        Comparison::Differs(number) => format!("other than {number}"),
        Comparison::Below(limit) => format!("below {limit}"),
        Comparison::AtMost(limit) => format!("at most {limit}"),
        Comparison::Above(limit) => format!("above {limit}"),
        Comparison::AtLeast(limit) => format!("at least {limit}"),
        Comparison::Between(least, most) => format!("between {least} and {most}"),
    }
}

/// A window after a blank; nothing if it is always.
fn maybe(window: Window) -> String {
    match window {
        Window::Ever => String::new(),
        window => format!(" {}", self::window(window)),
    }
}

fn window(window: Window) -> String {
    match window {
        Window::Ever => "ever".to_owned(),
        Window::Last(span) => format!("in last {span}"),
        Window::Before(span) => format!("before {span} ago"),
        Window::Ago(oldest, newest) => format!("from {oldest} to {newest} ago"),
        Window::Calendar(calendar) => calendar_words(calendar).to_owned(),
        Window::Days(first, last) => format!("from {first} to {last}"),
        Window::Since(first) => format!("since {first}"),
    }
}

fn last(span: Option<Span>) -> String {
    span.map_or_else(String::new, |span| format!(" in last {span}"))
}

fn hours(hours: Hours) -> String {
    let days = match hours.days {
        ANY_DAY => "any day".to_owned(),
        days => weekdays(days),
    };
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    match (hours.from, hours.to) {
        (0, DAY_MINUTES) => format!("on {days}"),
        (from, to) => format!("on {days} from {} to {}", time(from), time(to)),
    }
}

/// Days one by one, and three or more in a row from the first to the last.
fn weekdays(days: u8) -> String {
    let chosen: Vec<usize> = (0..7).filter(|day| days & (1 << day) != 0).collect();
    let rows = chosen.chunk_by(|one, next| one + 1 == *next);
    let named = |day: usize| WEEKDAYS[day].to_owned();
    let row = |row: &[usize]| match row {
        [first, _, .., last] => vec![format!("{} to {}", WEEKDAYS[*first], WEEKDAYS[*last])],
        few => few.iter().map(|day| named(*day)).collect(),
    };
    rows.flat_map(row).collect::<Vec<_>>().join(" or ")
}

fn known(wanted: &TraitCondition) -> String {
    let test = match &wanted.test {
        TraitTest::Value(test) => value_test(test),
        TraitTest::Date(window) => self::window(*window),
        TraitTest::Within(span) => format!("in next {span}"),
        TraitTest::Anniversary { before, after } => {
            let days = |count: u16| format!("{count} {}", if count == 1 { "day" } else { "days" });
            let (next, last) = (days(*before), days(*after));
            match (before, after) {
                (0, 0) => "has anniversary today".to_owned(),
                (_, 0) => format!("has anniversary in next {next}"),
                (0, _) => format!("has anniversary in last {last}"),
                _ => format!("has anniversary in last {last} or next {next}"),
            }
        }
    };
    format!("trait {} {test}", name(&wanted.key))
}

fn consent(wanted: &ConsentCondition) -> String {
    let channel = wanted
        .channel
        .map(|channel| format!(" on {}", channel.word()));
    format!(
        "consent {}{} is {}",
        name(&wanted.purpose),
        channel.unwrap_or_default(),
        wanted.answer.word()
    )
}

fn orders(wanted: &OrderCondition) -> String {
    format!(
        "order {} {}{}",
        wanted.figure.word(),
        comparison(wanted.is),
        maybe(wanted.during)
    )
}

fn share(wanted: &Share) -> String {
    let percent = |parts: u16| {
        let whole = parts / PERCENT;
        match parts % PERCENT {
            0 => format!("{whole}%"),
            rest => format!("{whole}.{}%", format!("{rest:02}").trim_end_matches('0')),
        }
    };
    let (from, to) = (percent(wanted.from), percent(wanted.to));
    format!("share {} from {from} to {to}", quote(&wanted.draw))
}
