//! What a condition must keep to before it is stored: limits, and parts that make sense together.
//!
//! **Invariant:** a condition that passed can be answered within bounds, and is read back from
//! its document as it was written.

use super::comparison::Comparison;
use super::condition::{
    Condition, Figure, Happened, HappenedTest, Hours, OrderFigure, Share, TraitCondition, TraitTest,
};
use super::evaluate::{DEPTH_MOST as SEGMENTS_MOST, SHARES};
use super::number::Number;
use super::pattern::{TEXT_BYTES_MOST, ValueTest};
use super::rfm::RfmCondition;
use super::signal::Signal;
use super::trace::MARKS_MOST;
use super::window::Window;
use crate::buyer::SCORE_MOST;
use crate::consent::purpose::WORD_BYTES_MOST;
use crate::profile::normal_key;

/// Conditions in one tree.
pub const NODES_MOST: usize = 64;
/// Conditions within conditions.
pub const DEPTH_MOST: usize = 8;
/// Different signals of one tree: each costs a look at every event.
pub const SIGNALS_MOST: usize = 16;
/// Values in one test.
pub const VALUES_MOST: usize = 50;
/// Bytes of one value.
pub const VALUE_BYTES_MOST: usize = 200;
/// Bytes of a name of events or of a draw.
pub const NAME_BYTES_MOST: usize = 200;
/// Tests of what one event carries.
pub const FILTERS_MOST: usize = 10;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause} (at `{at}`)")]
pub struct Fault {
    /// The place in the condition's JSON, as a JSON pointer.
    pub at: String,
    /// What is wrong there.
    pub cause: Cause,
}

/// What is wrong. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// Too many conditions.
    #[error("at most {NODES_MOST} conditions: put some into a segment of their own")]
    TooManyConditions,
    /// Too many within each other.
    #[error(
        "at most {DEPTH_MOST} conditions within each other: put some into a segment of their own"
    )]
    TooDeep,
    /// Too many signals.
    #[error(
        "at most {SIGNALS_MOST} different kinds of events: put some into a segment of their own"
    )]
    TooManySignals,
    /// No values, or too many.
    #[error("give 1 to {VALUES_MOST} values")]
    Values,
    /// A value that nothing can be.
    #[error("give a value of 1 to {VALUE_BYTES_MOST} bytes, without blanks at its ends")]
    Value,
    /// The value of the last event is kept shorter.
    #[error("of the last event at most {TEXT_BYTES_MOST} bytes are kept: give a shorter value")]
    LongForLast,
    /// Too many tests of one event.
    #[error("at most {FILTERS_MOST} tests of one event")]
    Filters,
    /// A name that is too long, or has blanks at its ends.
    #[error("give a name of at most {NAME_BYTES_MOST} bytes, without blanks at its ends")]
    Name,
    /// A key that no trait has.
    #[error("write the trait in small letters, with _ between words")]
    TraitKey,
    /// A word that no purpose has.
    #[error("give the word of a purpose, at most {WORD_BYTES_MOST} bytes")]
    Purpose,
    /// A number that is not written back as it was read.
    #[error("give a number with fewer digits")]
    Number,
    /// More than are counted.
    #[error("at most {MARKS_MOST} events are counted: give a smaller number")]
    BeyondCounting,
    /// A range that begins after its end.
    #[error("put the smaller before the greater")]
    Backwards,
    /// A window that begins no earlier than it ends.
    #[error("put the longer time before the shorter")]
    EmptyWindow,
    /// Hours that are none.
    #[error("choose at least one day, and hours between 00:00 and 24:00 that differ")]
    Hours,
    /// A share that is none.
    #[error("choose a share from 0 to {SHARES}, the first number below the second")]
    Share,
    /// A figure without the value that it is made of.
    #[error("name the field whose value is looked at")]
    NoField,
    /// More days than a year has.
    #[error("an anniversary is at most 366 days away")]
    Anniversary,
    /// A score that nobody has.
    #[error("scores go from 1 to {SCORE_MOST}")]
    Score,
    /// A segment that asks about itself.
    #[error("this segment would ask about itself: leave one of them out")]
    Circle,
    /// A computed trait that is never what is asked.
    #[error(
        "this computed trait is never that: compare a number with numbers, and ask of a list for \
         single values"
    )]
    ComputedTrait,
    /// Segments that ask about segments, too many deep.
    #[error("at most {SEGMENTS_MOST} segments may ask about each other in a row")]
    TooManySegments,
}

/// Whether a condition keeps to the limits and makes sense.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn check(condition: &Condition) -> Result<(), Fault> {
    if condition.walk().nth(NODES_MOST).is_some() {
        return fault("", Cause::TooManyConditions);
    }
    let mut keys: Vec<_> = condition.signals().map(Signal::key).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() > SIGNALS_MOST {
        return fault("", Cause::TooManySignals);
    }
    node(condition, "", 1)
}

pub(super) fn fault<T>(at: impl Into<String>, cause: Cause) -> Result<T, Fault> {
    Err(Fault {
        at: at.into(),
        cause,
    })
}

pub(super) fn must(is_so: bool, at: &str, cause: Cause) -> Result<(), Fault> {
    match is_so {
        true => Ok(()),
        false => fault(at, cause),
    }
}

fn node(condition: &Condition, at: &str, depth: usize) -> Result<(), Fault> {
    must(depth <= DEPTH_MOST, at, Cause::TooDeep)?;
    match condition {
        Condition::All(children) => all(children, &format!("{at}/all"), depth),
        Condition::Any(children) => all(children, &format!("{at}/any"), depth),
        Condition::Not(child) => node(child, &format!("{at}/not"), depth + 1),
        Condition::Trait(wanted) => known(wanted, &format!("{at}/trait")),
        Condition::Consent(wanted) => must(
            is_purpose(&wanted.purpose),
            &format!("{at}/consent/purpose"),
            Cause::Purpose,
        ),
        Condition::Happened(wanted) => happened(wanted, &format!("{at}/happened")),
        Condition::Sequence(wanted) => {
            let at = format!("{at}/sequence");
            signal(&wanted.first, &format!("{at}/first"))?;
            window(wanted.during, &format!("{at}/during"))?;
            signal(&wanted.then, &format!("{at}/then"))?;
            let without = wanted.without.as_ref();
            without.map_or(Ok(()), |it| signal(it, &format!("{at}/without")))
        }
        Condition::Orders(wanted) => {
            let at = format!("{at}/orders");
            comparison(wanted.is, &format!("{at}/is"))?;
            if wanted.figure == OrderFigure::Count {
                countable(wanted.is, &format!("{at}/is"))?;
            }
            window(wanted.during, &format!("{at}/during"))
        }
        Condition::Channels(wanted) => comparison(wanted.is, &format!("{at}/channels/is")),
        Condition::Share(wanted) => share(wanted, &format!("{at}/share")),
        Condition::Rfm(wanted) => rfm(*wanted, &format!("{at}/rfm")),
        Condition::Known(_)
        | Condition::Met(_)
        | Condition::Segment(_)
        | Condition::List(_)
        | Condition::Persona(_)
        | Condition::Lifecycle(_) => Ok(()),
    }
}

fn all(children: &[Condition], at: &str, depth: usize) -> Result<(), Fault> {
    let mut children = children.iter().enumerate();
    children.try_for_each(|(place, child)| node(child, &format!("{at}/{place}"), depth + 1))
}

/// A text that something can be: not empty, not too long, without blanks at its ends.
fn is_plain(text: &str, most: usize) -> bool {
    !text.is_empty() && text.len() <= most && text.trim() == text
}

/// A word as purposes have it; whether there is such a purpose may change later.
fn is_purpose(word: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    is_plain(word, WORD_BYTES_MOST) && word.bytes().all(is_letter)
}

fn known(wanted: &TraitCondition, at: &str) -> Result<(), Fault> {
    let is_normal = normal_key(&wanted.key).as_deref() == Some(wanted.key.as_str());
    must(is_normal, &format!("{at}/key"), Cause::TraitKey)?;
    let at = format!("{at}/test");
    match &wanted.test {
        TraitTest::Value(test) => value_test(test, &format!("{at}/value")),
        TraitTest::Date(days) => window(*days, &format!("{at}/date")),
        TraitTest::Anniversary { before, after } => {
            let fits = *before <= 366 && *after <= 366;
            must(fits, &format!("{at}/anniversary"), Cause::Anniversary)
        }
        TraitTest::Within(_) => Ok(()),
    }
}

fn happened(wanted: &Happened, at: &str) -> Result<(), Fault> {
    signal(&wanted.signal, &format!("{at}/signal"))?;
    if let Some(hours) = wanted.hours {
        must(are_hours(hours), &format!("{at}/hours"), Cause::Hours)?;
    }
    let has_field = wanted.signal.field().is_some();
    let at = format!("{at}/test");
    match &wanted.test {
        HappenedTest::Figure { figure, is, during } => {
            let at = format!("{at}/figure");
            let is_made = *figure == Figure::Count || has_field;
            must(is_made, &format!("{at}/figure"), Cause::NoField)?;
            comparison(*is, &format!("{at}/is"))?;
            if matches!(figure, Figure::Count | Figure::Distinct) {
                countable(*is, &format!("{at}/is"))?;
            }
            window(*during, &format!("{at}/during"))
        }
        HappenedTest::First(during) => window(*during, &format!("{at}/first")),
        HappenedTest::Last(during) => window(*during, &format!("{at}/last")),
        HappenedTest::LastIs(test) => {
            let at = format!("{at}/last_is");
            must(has_field, &at, Cause::NoField)?;
            let is_kept = test.texts().iter().all(|it| it.len() <= TEXT_BYTES_MOST);
            must(is_kept, &at, Cause::LongForLast)?;
            value_test(test, &at)
        }
    }
}

pub(super) fn signal(signal: &Signal, at: &str) -> Result<(), Fault> {
    let pattern = signal.pattern();
    let is_name = pattern.name.is_empty() || is_plain(&pattern.name, NAME_BYTES_MOST);
    must(is_name, &format!("{at}/name"), Cause::Name)?;
    let fits = pattern.filters.len() <= FILTERS_MOST;
    must(fits, &format!("{at}/where"), Cause::Filters)?;
    let mut filters = pattern.filters.iter().enumerate();
    filters.try_for_each(|(place, it)| value_test(&it.test, &format!("{at}/where/{place}/test")))
}

fn value_test(test: &ValueTest, at: &str) -> Result<(), Fault> {
    match test {
        ValueTest::Set | ValueTest::Empty => return Ok(()),
        ValueTest::Number(is) => return comparison(*is, &format!("{at}/number")),
        ValueTest::Is(_) | ValueTest::IsNot(_) | ValueTest::Contains(_) => {}
    }
    let texts = test.texts();
    let fits = (1..=VALUES_MOST).contains(&texts.len());
    must(fits, at, Cause::Values)?;
    let are_plain = texts.iter().all(|it| is_plain(it, VALUE_BYTES_MOST));
    must(are_plain, at, Cause::Value)
}

fn comparison(is: Comparison, at: &str) -> Result<(), Fault> {
    must(
        is.numbers().all(Number::is_written_exactly),
        at,
        Cause::Number,
    )?;
    match is {
        Comparison::Between(least, most) => must(least <= most, at, Cause::Backwards),
        Comparison::Equals(_)
        | Comparison::Differs(_)
        | Comparison::Below(_)
        | Comparison::AtMost(_)
        | Comparison::Above(_)
        | Comparison::AtLeast(_) => Ok(()),
    }
}

/// Beyond what is kept nothing can be told apart.
fn countable(is: Comparison, at: &str) -> Result<(), Fault> {
    let most = Number::count(MARKS_MOST);
    must(
        is.numbers().all(|number| number <= most),
        at,
        Cause::BeyondCounting,
    )
}

pub(super) fn window(window: Window, at: &str) -> Result<(), Fault> {
    match window {
        Window::Ago(oldest, newest) => {
            must(oldest.micros() > newest.micros(), at, Cause::EmptyWindow)
        }
        Window::Days(first, last) => must(first <= last, at, Cause::Backwards),
        Window::Ever
        | Window::Last(_)
        | Window::Before(_)
        | Window::Calendar(_)
        | Window::Since(_) => Ok(()),
    }
}

pub(super) fn are_hours(hours: Hours) -> bool {
    (1..128).contains(&hours.days)
        && hours.from < 1440
        && (1..=1440).contains(&hours.to)
        && hours.from != hours.to
}

fn share(share: &Share, at: &str) -> Result<(), Fault> {
    let is_name = is_plain(&share.draw, NAME_BYTES_MOST);
    must(is_name, &format!("{at}/draw"), Cause::Name)?;
    must(
        share.from < share.to && share.to <= SHARES,
        at,
        Cause::Share,
    )
}

fn rfm(wanted: RfmCondition, at: &str) -> Result<(), Fault> {
    let Some((part, is)) = wanted.comparison() else {
        return Ok(());
    };
    let at = format!("{at}/{part}");
    comparison(is, &at)?;
    let scores = Number::whole(1)..=Number::whole(SCORE_MOST.into());
    let are_scores = is.numbers().all(|number| scores.contains(&number));
    must(are_scores, &at, Cause::Score)
}
