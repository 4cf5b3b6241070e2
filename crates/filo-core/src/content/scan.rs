//! What stands between the braces of a template, before it is run: the small language that texts
//! may use.
//!
//! **Invariant:** what passes has no way to make a long text out of a short one: no assignment, no
//! joining, no repeating, no function; loops go over given lists alone.

use super::field::Field;
use super::template::{Fault, What, place_of};

/// What may begin a tag.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];
/// Signs between the words of an expression.
const SIGNS: [&str; 15] = [
    "==", "!=", "<=", ">=", "<", ">", ".", "|", ",", "(", ")", "[", "]", ":", "-",
];
/// Filters that templates may use.
pub(super) const FILTERS: [&str; 8] = [
    "default",
    "upper",
    "lower",
    "capitalize",
    "first",
    "last",
    "length",
    "join",
];

/// A place where a value is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Where the tag begins, in bytes.
    pub(super) at: usize,
    /// What follows it.
    pub(super) end: usize,
    /// The variable that begins it: `traits.city`.
    pub(super) path: &'a str,
    /// Whether there is something else to say if it is missing.
    pub(super) has_default: bool,
    /// Whether it stands inside of a condition or loop.
    pub(super) is_guarded: bool,
}

/// The tags that put values in, if everything between braces is allowed.
pub(super) fn scan(field: Field, text: &str) -> Result<Vec<Tag<'_>>, Fault> {
    let mut tags = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    let fault = |at: usize, what: What| place_of(field, text, at).fault(what);
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let close = match text.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let inner = start + 2;
        let Some(length) = end_of(&text[inner..], close) else {
            return Err(fault(start, What::Unclosed));
        };
        let body = &text[inner..inner + length];
        at = inner + length + 2;
        if close == "#}" {
            continue;
        }
        let body = body.strip_prefix('-').unwrap_or(body);
        let body = body.strip_suffix('-').unwrap_or(body);
        let words = words_of(body).map_err(|sign| fault(start, What::NotAllowed(sign)))?;
        if close == "%}" {
            let first = words.first().copied().unwrap_or_default();
            if !STATEMENTS.contains(&first) || words.contains(&"recursive") {
                return Err(fault(start, What::NotAllowed(first.to_owned())));
            }
            match first {
                "if" | "for" => depth += 1,
                "endif" | "endfor" => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if let Some(filter) = unknown_filter(&words) {
            return Err(fault(start, What::NotAllowed(filter.to_owned())));
        }
        if close == "}}" {
            tags.push(Tag {
                at: start,
                end: at,
                path: path_of(body.trim_start()),
                has_default: words.contains(&"default"),
                is_guarded: depth > 0 || words.contains(&"if"),
            });
        }
    }
    Ok(tags)
}

/// Where a tag ends; quotes inside of it may hold anything.
fn end_of(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if letter == '\\' => is_escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(close) => return Some(at),
            None if close != "#}" && matches!(letter, '"' | '\'') => quote = Some(letter),
            None => {}
        }
    }
    None
}

/// The words and signs of an expression; a sign that is none of ours is the error.
fn words_of(body: &str) -> Result<Vec<&str>, String> {
    let mut words = Vec::new();
    let mut rest = body.trim_start();
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '"' | '\'' => quoted(rest).ok_or_else(|| letter.to_string())?,
            letter if letter.is_alphanumeric() || letter == '_' => {
                let is_end = |letter: char| !(letter.is_alphanumeric() || letter == '_');
                rest.find(is_end).unwrap_or(rest.len())
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                sign.ok_or_else(|| letter.to_string())?.len()
            }
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

/// The length of a text in quotes.
fn quoted(text: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    let (_, open) = letters.next()?;
    let mut is_escaped = false;
    for (at, letter) in letters {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            letter if letter == open => return Some(at + letter.len_utf8()),
            _ => {}
        }
    }
    None
}

/// A filter that there is not.
fn unknown_filter<'a>(words: &[&'a str]) -> Option<&'a str> {
    let pairs = words.windows(2).filter(|pair| pair[0] == "|");
    pairs
        .map(|pair| pair[1])
        .find(|name| !FILTERS.contains(name))
}

/// The variable at the beginning of an expression.
fn path_of(body: &str) -> &str {
    let is_end = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '.'));
    &body[..body.find(is_end).unwrap_or(body.len())]
}
