//! What is wrong with a text, and where.

use std::fmt;

use compact_str::CompactString;

use super::lexer::is_of_word;
use super::{BYTES_MOST, cursor};
use crate::segment::check::Cause;

/// Characters of a text that are shown back.
const FOUND_MOST: usize = 40;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {cause}{}", not_found(.found.as_deref()))]
pub struct TextFault {
    /// The place, in bytes from the beginning.
    pub at: usize,
    /// The line, from 1.
    pub line: usize,
    /// The character on the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub cause: TextCause,
    /// The word that stands there, if another was expected; nothing at the end.
    pub found: Option<CompactString>,
}

fn not_found(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!(", not `{word}`"))
}

/// What is wrong. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextCause {
    /// Too long.
    #[error("a condition is at most {BYTES_MOST} bytes long")]
    TooLong,
    /// Too many brackets and `not`s within each other.
    #[error(
        "at most {} parentheses and `not`s within each other",
        cursor::NESTING_MOST
    )]
    TooDeep,
    /// A sign that means nothing.
    #[error("`{0}` means nothing here: put names and values in quotes")]
    Sign(char),
    /// A quote without its end.
    #[error("this quote is not closed on its line")]
    OpenQuote,
    /// A backslash before something that has no meaning after it.
    #[error(
        r#"after a backslash goes `"`, `\`, `n`, `r`, `t` or `u{{…}}` with a character's number"#
    )]
    Escape,
    /// Something else should stand here.
    #[error("here goes {0}")]
    Expected(Expected),
    /// The same thing said once more.
    #[error("this was said already: leave one of the two out")]
    Twice,
    /// Something that does not go with the rest.
    #[error(
        "this does not go with the rest: before `then` stand filters and a time, and the last value has no time"
    )]
    Misplaced,
    /// A condition that cannot be; it begins there.
    #[error(transparent)]
    Condition(#[from] Cause),
}

impl TextCause {
    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::Sign(_) => "sign",
            Self::OpenQuote => "open_quote",
            Self::Escape => "escape",
            Self::Expected(expected) => expected.word(),
            Self::Twice => "twice",
            Self::Misplaced => "misplaced",
            Self::Condition(_) => "condition",
        }
    }
}

/// What should stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// This very word.
    Word(&'static str),
    /// A condition.
    Condition,
    /// `and`, `or`, or nothing more.
    End,
    /// The same, after values: a text there is one more value.
    EndOfValues,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis.
    Close,
    /// An event, page or screen.
    Event,
    /// The name of one.
    EventName,
    /// The key of a trait, the word of a purpose.
    Name,
    /// A name in quotes.
    Text,
    /// A place in an event.
    Field,
    /// `is` or `contains`.
    Test,
    /// What a trait must be.
    TraitTest,
    /// What something must be, after `is`.
    Value,
    /// How a number compares.
    Comparison,
    /// A number.
    Number,
    /// A whole number of days.
    Days,
    /// A stretch of time.
    Span,
    /// When something counts.
    Window,
    /// A day of the calendar.
    Date,
    /// A day of the week.
    Weekday,
    /// A time of day.
    Time,
    /// A number made of events.
    Figure,
    /// A number made of orders.
    OrderFigure,
    /// `first` or `last`.
    FirstOrLast,
    /// A kind of identifier.
    Identifier,
    /// Where customer and company meet.
    Channel,
    /// What somebody said.
    Answer,
    /// The id of a segment.
    Segment,
    /// The id of a list.
    List,
    /// The id of a persona.
    Persona,
    /// A share of everybody.
    Percent,
    /// A score of buyers, or a group.
    Score,
    /// A group of buyers.
    Group,
    /// A stage of buyers.
    Stage,
}

impl Expected {
    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Word(_) => "expected_word",
            Self::Condition => "expected_condition",
            Self::End => "expected_end",
            Self::EndOfValues => "expected_end_of_values",
            Self::Open => "expected_open",
            Self::Close => "expected_close",
            Self::Event => "expected_event",
            Self::EventName => "expected_event_name",
            Self::Name => "expected_name",
            Self::Text => "expected_text",
            Self::Field => "expected_field",
            Self::Test => "expected_test",
            Self::TraitTest => "expected_trait_test",
            Self::Value => "expected_value",
            Self::Comparison => "expected_comparison",
            Self::Number => "expected_number",
            Self::Days => "expected_days",
            Self::Span => "expected_span",
            Self::Window => "expected_window",
            Self::Date => "expected_date",
            Self::Weekday => "expected_weekday",
            Self::Time => "expected_time",
            Self::Figure => "expected_figure",
            Self::OrderFigure => "expected_order_figure",
            Self::FirstOrLast => "expected_first_or_last",
            Self::Identifier => "expected_identifier",
            Self::Channel => "expected_channel",
            Self::Answer => "expected_answer",
            Self::Segment => "expected_segment",
            Self::List => "expected_list",
            Self::Persona => "expected_persona",
            Self::Percent => "expected_percent",
            Self::Score => "expected_score",
            Self::Group => "expected_group",
            Self::Stage => "expected_stage",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Word(word) => return write!(out, "`{word}`"),
            Self::Condition => {
                "a condition: an event in quotes, `trait`, `consent`, `known by`, `order`, `met on`, \
                 `channel count`, `in segment`, `on list`, `share`, `rfm`, `lifecycle`, `not`, \
                 `everybody`"
            }
            Self::End => "`and`, `or`, or the end",
            Self::EndOfValues => {
                "`and`, `or`, or the end; an event that follows a list of values goes in parentheses"
            }
            Self::Open => "`(`",
            Self::Close => "`)`",
            Self::Event => "an event: its name in quotes, `page`, `screen`, or `any event`",
            Self::EventName => "a name in quotes; for whichever write `any` before the kind",
            Self::Name => "a name",
            Self::Text => "a text in quotes",
            Self::Field => "a place in the event, such as `revenue` or `products.*.category`",
            Self::Test => "`is` or `contains`",
            Self::TraitTest => "`is`, `contains`, `has anniversary`, `in next`, or a time",
            Self::Value => "a text in quotes, a number, `set`, `empty`, or `at least` and the like",
            Self::Comparison => {
                "`exactly`, `other than`, `below`, `at most`, `above`, `at least` or `between`"
            }
            Self::Number => "a number with a dot and at most six decimals",
            Self::Days => "a whole number of days",
            Self::Span => {
                "a number of `minutes`, `hours`, `days` or `weeks`, at most a hundred years"
            }
            Self::Window => {
                "a time, such as `in last 90 days`, `before 30 days ago`, `this month` or \
                 `since 2026-01-31`"
            }
            Self::Date => "a day, written as 2026-01-31",
            Self::Weekday => "a day from `monday` to `sunday`, or `any day`",
            Self::Time => "a time from 00:00 to 24:00",
            Self::Figure => {
                "`total`, `average`, `smallest`, `greatest`, `distinct` or `last`, and a field"
            }
            Self::OrderFigure => "`count`, `revenue` or `average`",
            Self::FirstOrLast => "`first` or `last`",
            Self::Identifier => "a kind of identifier, such as `email` or `card`",
            Self::Channel => "a channel, such as `web` or `shop`",
            Self::Answer => "`yes`, `no`, `pending`, `void` or `unasked`",
            Self::Segment => "the id of a segment, which begins with `seg_`",
            Self::List => "the id of a list, which begins with `lst_`",
            Self::Persona => "the id of a persona, which begins with `prs_`",
            Self::Percent => "a share from 0% to 100%, with at most two decimals",
            Self::Score => "`group`, `recency`, `frequency` or `monetary`",
            Self::Group => "a group of buyers, such as `champions` or `at_risk`",
            Self::Stage => {
                "`new`, `active`, `returned`, `at_risk`, `lost` or `never_bought`"
            }
        })
    }
}

impl TextFault {
    pub(super) fn new(text: &str, at: usize, cause: TextCause) -> Self {
        let at = text.floor_char_boundary(at);
        let (before, after) = text.split_at(at);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let shows = matches!(cause, TextCause::Expected(_));
        let found = shows.then(|| standing(after)).filter(|it| !it.is_empty());
        Self {
            at,
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            cause,
            found: found.map(|it| it.chars().take(FOUND_MOST).collect()),
        }
    }
}

/// The word, the quoted text or the sign that begins here.
fn standing(text: &str) -> &str {
    let is_end = |(place, it): &(usize, char)| match text.starts_with('"') {
        true => *place > 0 && matches!(it, '"' | '\n'),
        false => !is_of_word(*it),
    };
    let end = text.char_indices().find(is_end);
    end.map_or(text, |(place, it)| match place {
        0 => &text[..it.len_utf8()],
        _ if it == '"' && text.starts_with('"') => &text[..=place],
        _ => &text[..place],
    })
}
