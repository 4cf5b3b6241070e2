//! Times as they are written: `90 days`, `in last 90 days`, `saturday or sunday from 18:00 to 22:00`.

use jiff::civil::Date;

use super::cursor::{Cursor, Lost, Read};
use super::fault::{Expected, TextCause};
use super::lexer::Sign;
use crate::segment::condition::Hours;
use crate::segment::window::{Calendar, Span, Unit, Window};

/// The seven days, in the order of their bits.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// The bits of all seven.
pub(super) const ANY_DAY: u8 = 0b111_1111;
/// The minutes of a whole day.
pub(super) const DAY_MINUTES: u16 = 1440;

/// How a stretch of the calendar is written.
pub(super) const fn calendar_words(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Today => "today",
        Calendar::Yesterday => "yesterday",
        Calendar::ThisWeek => "this week",
        Calendar::LastWeek => "last week",
        Calendar::ThisMonth => "this month",
        Calendar::LastMonth => "last month",
        Calendar::ThisYear => "this year",
        Calendar::LastYear => "last year",
    }
}

/// Whether a window comes next.
pub(super) fn is_window(from: &Cursor<'_>) -> bool {
    from.is_one_of(&[
        "ever",
        "in",
        "before",
        "from",
        "since",
        "today",
        "yesterday",
        "this",
        "last",
    ])
}

/// A window.
pub(super) fn window(from: &mut Cursor<'_>) -> Read<Window> {
    if let Some(calendar) = calendar(from) {
        return Ok(Window::Calendar(calendar));
    }
    if from.take("ever") {
        return Ok(Window::Ever);
    }
    if from.is("in") && from.is_ahead(1, "last") {
        return last(from).map(Window::Last);
    }
    if from.take("before") {
        let span = span(from)?;
        from.must("ago")?;
        return Ok(Window::Before(span));
    }
    if from.take("since") {
        return date(from).map(Window::Since);
    }
    if from.take("from") {
        return from_to(from);
    }
    from.expected(Expected::Window)
}

/// `in last 90 days`.
pub(super) fn last(from: &mut Cursor<'_>) -> Read<Span> {
    from.must("in")?;
    from.must("last")?;
    span(from)
}

/// The rest of `from 90 days to 30 days ago`, or of `from 2026-01-01 to 2026-01-31`.
fn from_to(from: &mut Cursor<'_>) -> Read<Window> {
    let is_span = matches!(from.ahead(1), Sign::Word(word) if unit(word).is_some());
    if is_span {
        let oldest = span(from)?;
        from.must("to")?;
        let newest = span(from)?;
        from.must("ago")?;
        return Ok(Window::Ago(oldest, newest));
    }
    let first = date(from)?;
    from.must("to")?;
    Ok(Window::Days(first, date(from)?))
}

fn calendar(from: &mut Cursor<'_>) -> Option<Calendar> {
    let is_next = |calendar: &Calendar| {
        let mut words = calendar_words(*calendar).split(' ').enumerate();
        words.all(|(place, word)| from.is_ahead(place, word))
    };
    let found = Calendar::ALL.into_iter().find(is_next)?;
    from.skip(calendar_words(found).split(' ').count());
    Some(found)
}

/// A stretch of time.
pub(super) fn span(from: &mut Cursor<'_>) -> Read<Span> {
    let at = from.at();
    let amount: u32 = from.word(Expected::Span, |word| word.parse().ok())?;
    let unit = from.word(Expected::Span, unit)?;
    Span::new(amount, unit).ok_or(Lost {
        at,
        cause: TextCause::Expected(Expected::Span),
    })
}

fn unit(word: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| {
        let plural = unit.word();
        let singular = plural.strip_suffix('s').unwrap_or(plural);
        word.eq_ignore_ascii_case(plural) || word.eq_ignore_ascii_case(singular)
    })
}

fn date(from: &mut Cursor<'_>) -> Read<Date> {
    from.word(Expected::Date, |word| word.parse().ok())
}

/// Days and hours, after `on`.
pub(super) fn hours(from: &mut Cursor<'_>) -> Read<Hours> {
    let mut days = days(from)?;
    while from.is("or") && matches!(from.ahead(1), Sign::Word(word) if weekday(word).is_some()) {
        from.skip(1);
        days |= self::days(from)?;
    }
    let is_time = matches!(from.ahead(1), Sign::Word(word) if time(word).is_some());
    let (mut first, mut end) = (0, DAY_MINUTES);
    if from.is("from") && is_time {
        from.skip(1);
        first = from.word(Expected::Time, time)?;
        from.must("to")?;
        end = from.word(Expected::Time, time)?;
    }
    Ok(Hours {
        days,
        from: first,
        to: end,
    })
}

/// `any day`, `monday` or `monday to friday`.
fn days(from: &mut Cursor<'_>) -> Read<u8> {
    if from.is("any") && from.is_ahead(1, "day") {
        from.skip(2);
        return Ok(ANY_DAY);
    }
    let first = from.word(Expected::Weekday, weekday)?;
    let last = match from.take("to") {
        true => from.word(Expected::Weekday, weekday)?,
        false => first,
    };
    let length = (last + 7 - first) % 7;
    let days = (first..=first + length).map(|day| 1u8 << (day % 7));
    Ok(days.fold(0, |all, day| all | day))
}

fn weekday(word: &str) -> Option<u8> {
    let place = WEEKDAYS
        .iter()
        .position(|day| word.eq_ignore_ascii_case(day));
    place.and_then(|place| u8::try_from(place).ok())
}

/// A time of day in minutes, up to 24:00.
fn time(word: &str) -> Option<u16> {
    let (hour, minute) = word.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= DAY_MINUTES).then_some(minutes)
}
