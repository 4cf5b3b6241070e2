//! What numbers and values must be, as it is written: `at least 2`, `is "coffee" or "tea"`.

use compact_str::CompactString;

use super::cursor::{Cursor, Read};
use super::fault::Expected;
use super::lexer::Sign;
use crate::segment::comparison::Comparison;
use crate::segment::number::Number;
use crate::segment::pattern::ValueTest;

/// Whether a comparison comes next.
pub(super) fn is_comparison(from: &Cursor<'_>) -> bool {
    from.is_one_of(&["exactly", "other", "below", "at", "above", "between"])
}

/// How a number compares.
pub(super) fn comparison(from: &mut Cursor<'_>) -> Read<Comparison> {
    if from.take("exactly") {
        return number(from).map(Comparison::Equals);
    }
    if from.take("other") {
        from.must("than")?;
        return number(from).map(Comparison::Differs);
    }
    if from.take("below") {
        return number(from).map(Comparison::Below);
    }
    if from.take("above") {
        return number(from).map(Comparison::Above);
    }
    if from.take("at") {
        if from.take("most") {
            return number(from).map(Comparison::AtMost);
        }
        from.must("least")?;
        return number(from).map(Comparison::AtLeast);
    }
    if from.take("between") {
        let least = number(from)?;
        from.must("and")?;
        return Ok(Comparison::Between(least, number(from)?));
    }
    from.expected(Expected::Comparison)
}

fn number(from: &mut Cursor<'_>) -> Read<Number> {
    from.word(Expected::Number, |word| word.parse().ok())
}

/// The words with which every test of a value begins. No condition has one of them in its second
/// place, so a name before one of them is a field.
const TESTS: [&str; 2] = ["is", "contains"];

/// Whether a word is one of those that are quoted to be a name.
pub(super) fn is_test_word(word: &str) -> bool {
    TESTS.iter().any(|test| word.eq_ignore_ascii_case(test))
}

/// Whether a test of a value stands so many signs ahead.
pub(super) fn is_test(from: &Cursor<'_>, signs: usize) -> bool {
    TESTS.iter().any(|word| from.is_ahead(signs, word))
}

/// What a value must be.
pub(super) fn value_test(from: &mut Cursor<'_>) -> Read<ValueTest> {
    if from.take("contains") {
        return from.text(Expected::Text).map(ValueTest::Contains);
    }
    if !from.take("is") {
        return from.expected(Expected::Test);
    }
    if from.take("set") {
        return Ok(ValueTest::Set);
    }
    if from.take("empty") {
        return Ok(ValueTest::Empty);
    }
    if is_comparison(from) {
        return comparison(from).map(ValueTest::Number);
    }
    let is_not = from.take("not");
    match (from.ahead(0), is_not) {
        (Sign::Text(_), true) => texts(from).map(ValueTest::IsNot),
        (Sign::Text(_), false) => texts(from).map(ValueTest::Is),
        (Sign::Word(word), _) => {
            let Ok(number) = word.parse() else {
                return from.expected(Expected::Value);
            };
            from.skip(1);
            Ok(ValueTest::Number(match is_not {
                true => Comparison::Differs(number),
                false => Comparison::Equals(number),
            }))
        }
        _ => from.expected(Expected::Value),
    }
}

/// `"one" or "another"`: a text after `or` is always one more value.
fn texts(from: &mut Cursor<'_>) -> Read<Vec<CompactString>> {
    let mut texts = vec![from.text(Expected::Text)?];
    while from.is("or") && matches!(from.ahead(1), Sign::Text(_)) {
        from.skip(1);
        texts.push(from.text(Expected::Text)?);
    }
    Ok(texts)
}
