//! The tree: what is joined by `and` and `or`, and everything that is not about events.

use super::buying;
use super::comparison::{comparison, is_test, value_test};
use super::cursor::{Cursor, Read};
use super::event;
use super::fault::Expected;
use super::lexer::Sign;
use super::place::{Place, Placed};
use super::when::{is_window, last, span, window};
use crate::event::Channel;
use crate::identity::Kind;
use crate::segment::condition::{
    Answer, Channels, Condition, ConsentCondition, Meeting, OrderCondition, OrderFigure, Share,
    TraitCondition, TraitTest,
};
use crate::segment::evaluate::SHARES;
use crate::segment::window::{Span, Window};

/// The parts of everybody that one in a hundred has.
pub(super) const PERCENT: u16 = SHARES / 100;

/// A condition, and nothing after it.
pub(super) fn whole(from: &mut Cursor<'_>) -> Read<Placed> {
    let placed = either(from)?;
    match from.ahead(0) {
        Sign::End => Ok(placed),
        _ => from.expected(end(from)),
    }
}

/// What should have come. A text after `or` was taken for one more value, which whoever meant an
/// event cannot guess.
fn end(from: &Cursor<'_>) -> Expected {
    let is_value = matches!(from.behind(1), Some(Sign::Text(_)));
    match from.behind(2) {
        Some(Sign::Word(word)) if is_value && word.eq_ignore_ascii_case("or") => {
            Expected::EndOfValues
        }
        _ => Expected::End,
    }
}

/// Conditions joined by `or`. `and` holds its own together more tightly.
fn either(from: &mut Cursor<'_>) -> Read<Placed> {
    let at = from.at();
    let mut parts = vec![both(from)?];
    while from.take("or") {
        parts.push(both(from)?);
    }
    Ok(joined(at, parts, Condition::Any))
}

fn both(from: &mut Cursor<'_>) -> Read<Placed> {
    let at = from.at();
    let mut parts = vec![one(from)?];
    while from.take("and") {
        parts.push(one(from)?);
    }
    Ok(joined(at, parts, Condition::All))
}

/// What stands alone is not joined.
fn joined(
    at: usize,
    mut parts: Vec<Placed>,
    join: impl FnOnce(Vec<Condition>) -> Condition,
) -> Placed {
    let alone = (parts.len() == 1).then(|| parts.pop()).flatten();
    alone.unwrap_or_else(|| Place::made(at, parts, join))
}

fn one(from: &mut Cursor<'_>) -> Read<Placed> {
    let at = from.at();
    from.deeper(|from| {
        if from.take("not") {
            return Ok(Place::denied(at, one(from)?));
        }
        if from.take_sign(&Sign::Open) {
            let inner = either(from)?;
            from.must_sign(&Sign::Close, Expected::Close)?;
            return Ok(inner);
        }
        if from.is_ahead(1, "of") && from.take("all") {
            return Ok(Place::made(at, list(from)?, Condition::All));
        }
        if from.is_ahead(1, "of") && from.take("any") {
            return Ok(Place::made(at, list(from)?, Condition::Any));
        }
        Ok(Place::leaf(at, leaf(from)?))
    })
}

/// The rest of `all of (…, …)`, which may hold any number of conditions.
fn list(from: &mut Cursor<'_>) -> Read<Vec<Placed>> {
    from.must("of")?;
    from.must_sign(&Sign::Open, Expected::Open)?;
    let mut parts = Vec::new();
    if from.take_sign(&Sign::Close) {
        return Ok(parts);
    }
    loop {
        parts.push(either(from)?);
        if !from.take_sign(&Sign::Comma) {
            from.must_sign(&Sign::Close, Expected::Close)?;
            return Ok(parts);
        }
    }
}

fn leaf(from: &mut Cursor<'_>) -> Read<Condition> {
    if event::is_event(from) {
        return event::event(from);
    }
    if from.take("everybody") {
        return Ok(Condition::All(Vec::new()));
    }
    if from.take("nobody") {
        return Ok(Condition::Any(Vec::new()));
    }
    if from.take("trait") {
        return known(from).map(Condition::Trait);
    }
    if from.take("known") {
        from.must("by")?;
        return from
            .word(Expected::Identifier, identifier)
            .map(Condition::Known);
    }
    if from.take("consent") {
        return consent(from).map(Condition::Consent);
    }
    if from.take("order") {
        return orders(from).map(Condition::Orders);
    }
    if from.take("met") {
        from.must("on")?;
        let channel = from.word(Expected::Channel, channel)?;
        let last = maybe_last(from)?;
        return Ok(Condition::Met(Meeting { channel, last }));
    }
    if from.take("channel") {
        from.must("count")?;
        let is = comparison(from)?;
        let last = maybe_last(from)?;
        return Ok(Condition::Channels(Channels { is, last }));
    }
    if from.take("in") {
        if from.take("persona") {
            let persona = from.word(Expected::Persona, |word| word.parse().ok())?;
            return Ok(Condition::Persona(persona));
        }
        from.must("segment")?;
        let segment = from.word(Expected::Segment, |word| word.parse().ok())?;
        return Ok(Condition::Segment(segment));
    }
    if from.take("on") {
        from.must("list")?;
        let list = from.word(Expected::List, |word| word.parse().ok())?;
        return Ok(Condition::List(list));
    }
    if from.take("share") {
        return share(from).map(Condition::Share);
    }
    if from.take("rfm") {
        return buying::rfm(from).map(Condition::Rfm);
    }
    if from.take("lifecycle") {
        return buying::lifecycle(from).map(Condition::Lifecycle);
    }
    from.expected(Expected::Condition)
}

fn identifier(word: &str) -> Option<Kind> {
    Kind::from_word(&word.to_ascii_lowercase())
}

fn channel(word: &str) -> Option<Channel> {
    Channel::from_word(&word.to_ascii_lowercase())
}

fn maybe_last(from: &mut Cursor<'_>) -> Read<Option<Span>> {
    match from.is("in") {
        true => last(from).map(Some),
        false => Ok(None),
    }
}

/// After `trait`.
fn known(from: &mut Cursor<'_>) -> Read<TraitCondition> {
    let key = from.name(Expected::Name)?;
    let test = if is_test(from, 0) {
        TraitTest::Value(value_test(from)?)
    } else if from.take("has") {
        from.must("anniversary")?;
        anniversary(from)?
    } else if from.is("in") && from.is_ahead(1, "next") {
        from.skip(2);
        TraitTest::Within(span(from)?)
    } else if is_window(from) {
        TraitTest::Date(window(from)?)
    } else {
        return from.expected(Expected::TraitTest);
    };
    Ok(TraitCondition { key, test })
}

/// `today`, `in next 7 days`, `in last 2 days` or `in last 2 days or next 7 days`.
fn anniversary(from: &mut Cursor<'_>) -> Read<TraitTest> {
    let (mut before, mut after) = (0, 0);
    if from.take("today") {
        return Ok(TraitTest::Anniversary { before, after });
    }
    from.must("in")?;
    if from.take("next") {
        before = days(from)?;
        return Ok(TraitTest::Anniversary { before, after });
    }
    from.must("last")?;
    after = days(from)?;
    if from.is("or") && from.is_ahead(1, "next") {
        from.skip(2);
        before = days(from)?;
    }
    Ok(TraitTest::Anniversary { before, after })
}

fn days(from: &mut Cursor<'_>) -> Read<u16> {
    let days = from.word(Expected::Days, |word| word.parse().ok())?;
    if !from.take("day") {
        from.must("days")?;
    }
    Ok(days)
}

/// After `consent`.
fn consent(from: &mut Cursor<'_>) -> Read<ConsentCondition> {
    let purpose = from.name(Expected::Name)?;
    let channel = match from.take("on") {
        true => Some(from.word(Expected::Channel, channel)?),
        false => None,
    };
    from.must("is")?;
    let answer = from.word(Expected::Answer, |word| {
        let is_it = |answer: &Answer| word.eq_ignore_ascii_case(answer.word());
        Answer::ALL.into_iter().find(is_it)
    })?;
    Ok(ConsentCondition {
        purpose,
        channel,
        answer,
    })
}

/// After `order`.
fn orders(from: &mut Cursor<'_>) -> Read<OrderCondition> {
    let figure = from.word(Expected::OrderFigure, |word| {
        let is_it = |figure: &OrderFigure| word.eq_ignore_ascii_case(figure.word());
        OrderFigure::ALL.into_iter().find(is_it)
    })?;
    let is = comparison(from)?;
    let during = match is_window(from) {
        true => window(from)?,
        false => Window::Ever,
    };
    Ok(OrderCondition { figure, is, during })
}

/// After `share`.
fn share(from: &mut Cursor<'_>) -> Read<Share> {
    let draw = from.name(Expected::Text)?;
    from.must("from")?;
    let first = from.word(Expected::Percent, percent)?;
    from.must("to")?;
    let end = from.word(Expected::Percent, percent)?;
    Ok(Share {
        draw,
        from: first,
        to: end,
    })
}

/// `12.5%` in ten thousandths.
fn percent(word: &str) -> Option<u16> {
    let number = word.strip_suffix('%')?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    if !are_digits(whole) || !are_digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let hundredths: u16 = format!("{decimals:0<2}").parse().ok()?;
    let parts = whole.parse::<u16>().ok()?.checked_mul(PERCENT)?;
    let parts = parts.checked_add(hundredths)?;
    (parts <= SHARES).then_some(parts)
}
