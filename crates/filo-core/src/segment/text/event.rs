//! What happened, as it is written: an event, which of them, how often and when; and one event
//! after another.

use compact_str::CompactString;

use super::comparison::{comparison, is_comparison, is_test, value_test};
use super::cursor::{Cursor, Read};
use super::fault::{Expected, TextCause};
use super::lexer::Sign;
use super::when::{self, is_window, window};
use crate::event::EventKind;
use crate::segment::comparison::Comparison;
use crate::segment::condition::{Condition, Figure, Happened, HappenedTest, Hours, Sequence};
use crate::segment::number::Number;
use crate::segment::pattern::{Field, Filter, Pattern, ValueTest};
use crate::segment::signal::Signal;
use crate::segment::window::Window;

/// The word for what somebody did; the other kinds are written as on the wire.
pub(super) const EVENT: &str = "event";
/// What is looked at if nothing else is said: that it happened at all.
pub(super) const AT_LEAST_ONCE: Comparison = Comparison::AtLeast(Number::whole(1));

/// Whether an event comes next.
pub(super) fn is_event(from: &Cursor<'_>) -> bool {
    let is_kind = |signs| matches!(from.ahead(signs), Sign::Word(word) if kind(word).is_some());
    matches!(from.ahead(0), Sign::Text(_)) || is_kind(0) || (from.is("any") && is_kind(1))
}

fn kind(word: &str) -> Option<EventKind> {
    match word.to_ascii_lowercase().as_str() {
        EVENT => Some(EventKind::Track),
        word => EventKind::from_word(word),
    }
}

/// What is said of an event, in any order.
#[derive(Default)]
struct Said {
    filters: Option<Vec<Filter>>,
    field: Option<Field>,
    hours: Option<Hours>,
    test: Option<Test>,
    during: Option<Window>,
}

enum Test {
    Figure(Figure, Comparison),
    First,
    Last,
    LastIs(ValueTest),
}

/// An event, or one after another.
pub(super) fn event(from: &mut Cursor<'_>) -> Read<Condition> {
    let (kind, name) = named(from)?;
    let mut said = Said::default();
    while said.more(from)? {}
    let pattern = Pattern {
        kind,
        name,
        filters: said.filters.unwrap_or_default(),
    };
    let signal = Signal::new(pattern, said.field);
    let during = said.during.unwrap_or(Window::Ever);
    if from.is("then") {
        if said.hours.is_some() || said.test.is_some() {
            return from.wrong(TextCause::Misplaced);
        }
        return sequence(from, signal, during).map(Condition::Sequence);
    }
    let test = match said.test {
        None => HappenedTest::Figure {
            figure: Figure::Count,
            is: AT_LEAST_ONCE,
            during,
        },
        Some(Test::Figure(figure, is)) => HappenedTest::Figure { figure, is, during },
        Some(Test::First) => HappenedTest::First(during),
        Some(Test::Last) => HappenedTest::Last(during),
        Some(Test::LastIs(test)) => HappenedTest::LastIs(test),
    };
    Ok(Condition::Happened(Happened {
        signal,
        hours: said.hours,
        test,
    }))
}

impl Said {
    /// Reads one more thing; nothing if something else comes next.
    fn more(&mut self, from: &mut Cursor<'_>) -> Read<bool> {
        if from.is("where") {
            from.once(&mut self.filters, filters)?;
        } else if from.is("keeping") {
            from.once(&mut self.field, keeping)?;
        } else if from.is("on") {
            from.once(&mut self.hours, |from| {
                from.skip(1);
                when::hours(from)
            })?;
        } else if from.is("with") {
            from.once(&mut self.test, |from| with(from, &mut self.field))?;
        } else if from.is("for") {
            from.once(&mut self.test, first_or_last)?;
        } else if is_comparison(from) {
            from.once(&mut self.test, times)?;
        } else if is_window(from) {
            from.once(&mut self.during, window)?;
        } else {
            return Ok(false);
        }
        if self.during.is_some() && matches!(self.test, Some(Test::LastIs(_))) {
            return from.wrong(TextCause::Misplaced);
        }
        Ok(true)
    }
}

/// `at least 2 times`.
fn times(from: &mut Cursor<'_>) -> Read<Test> {
    let is = comparison(from)?;
    if !from.take("time") {
        from.must("times")?;
    }
    Ok(Test::Figure(Figure::Count, is))
}

/// `for the first time`.
fn first_or_last(from: &mut Cursor<'_>) -> Read<Test> {
    from.must("for")?;
    from.must("the")?;
    let test = if from.take("first") {
        Test::First
    } else if from.take("last") {
        Test::Last
    } else {
        return from.expected(Expected::FirstOrLast);
    };
    from.must("time")?;
    Ok(test)
}

/// `with total revenue at least 200`, `with last payment_method is "card"`.
fn with(from: &mut Cursor<'_>, field: &mut Option<Field>) -> Read<Test> {
    from.must("with")?;
    if from.take("last") {
        from.once(field, Cursor::field)?;
        return value_test(from).map(Test::LastIs);
    }
    let figure = from.word(Expected::Figure, |word| {
        let figures = Figure::ALL.into_iter().filter(|it| *it != Figure::Count);
        let mut known = figures.filter(|it| word.eq_ignore_ascii_case(figure_word(*it)));
        known.next()
    })?;
    from.once(field, Cursor::field)?;
    Ok(Test::Figure(figure, comparison(from)?))
}

/// How a figure is written.
pub(super) const fn figure_word(figure: Figure) -> &'static str {
    match figure {
        Figure::Count => "count",
        Figure::Sum => "total",
        Figure::Average => "average",
        Figure::Smallest => "smallest",
        Figure::Greatest => "greatest",
        Figure::Distinct => "distinct",
    }
}

/// The rest of one event after another.
fn sequence(from: &mut Cursor<'_>, first: Signal, during: Window) -> Read<Sequence> {
    from.must("then")?;
    let then = signal(from)?;
    from.must("within")?;
    let within = when::span(from)?;
    let without = match from.take("without") {
        true => Some(signal(from)?),
        false => None,
    };
    Ok(Sequence {
        first,
        during,
        then,
        within,
        without,
    })
}

/// An event of which only is said which are meant.
fn signal(from: &mut Cursor<'_>) -> Read<Signal> {
    let (kind, name) = named(from)?;
    let filters = match from.is("where") {
        true => filters(from)?,
        false => Vec::new(),
    };
    let field = match from.is("keeping") {
        true => Some(keeping(from)?),
        false => None,
    };
    let pattern = Pattern {
        kind,
        name,
        filters,
    };
    Ok(Signal::new(pattern, field))
}

/// `"Order Completed"`, `page "Home"`, `any screen`.
fn named(from: &mut Cursor<'_>) -> Read<(EventKind, CompactString)> {
    if from.take("any") {
        let kind = from.word(Expected::Event, kind)?;
        return Ok((kind, CompactString::default()));
    }
    let kind = match from.ahead(0) {
        Sign::Text(_) => EventKind::Track,
        _ => from.word(Expected::Event, kind)?,
    };
    match from.ahead(0) {
        Sign::Text(name) if !name.is_empty() => Ok((kind, from.text(Expected::EventName)?)),
        _ => from.expected(Expected::EventName),
    }
}

/// Tests joined by `and`, as long as a field and its test come next.
fn filters(from: &mut Cursor<'_>) -> Read<Vec<Filter>> {
    from.must("where")?;
    let mut filters = vec![filter(from)?];
    while from.is("and") && is_test(from, 2) {
        from.skip(1);
        filters.push(filter(from)?);
    }
    Ok(filters)
}

fn filter(from: &mut Cursor<'_>) -> Read<Filter> {
    let field = from.field()?;
    let test = value_test(from)?;
    Ok(Filter { field, test })
}

fn keeping(from: &mut Cursor<'_>) -> Read<Field> {
    from.must("keeping")?;
    from.field()
}
