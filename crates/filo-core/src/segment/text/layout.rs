//! How a condition is laid out: on one line where it fits, otherwise a line for each part.

use super::phrase::{clauses, ends_with_values};
use crate::segment::condition::Condition;

/// Characters of a line.
const WIDTH: usize = 80;
/// Blanks before a line for each level.
const INDENT: usize = 2;
const AND: &str = "and ";
const OR: &str = "or ";

pub(super) fn print(condition: &Condition) -> String {
    let mut out = String::new();
    write(condition, 0, &mut out);
    out
}

/// What joins the conditions below, if they are joined at all.
fn joint(condition: &Condition) -> Option<(&'static str, &[Condition])> {
    match condition {
        Condition::All(parts) if parts.len() > 1 => Some((AND, parts)),
        Condition::Any(parts) if parts.len() > 1 => Some((OR, parts)),
        _ => None,
    }
}

fn write(condition: &Condition, level: usize, out: &mut String) {
    let flat = flat(condition);
    if fits(&flat, level) {
        out.push_str(&flat);
        return;
    }
    if let Some((word, parts)) = joint(condition) {
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                line(level, out);
                out.push_str(word);
            }
            operand(part, is_bracketed(word, parts, place), level, out);
        }
        return;
    }
    match condition {
        Condition::All(parts) => list("all of ", parts, level, out),
        Condition::Any(parts) => list("any of ", parts, level, out),
        Condition::Not(child) => {
            out.push_str("not ");
            operand(child, joint(child).is_some(), level, out);
        }
        leaf => {
            for (place, clause) in clauses(leaf).into_iter().enumerate() {
                if place > 0 {
                    line(level + clause.indent, out);
                }
                out.push_str(&clause.text);
            }
        }
    }
}

fn operand(condition: &Condition, is_bracketed: bool, level: usize, out: &mut String) {
    match is_bracketed {
        true => brackets(condition, level, out),
        false => write(condition, level, out),
    }
}

/// With one condition or none; more are joined.
fn list(word: &str, parts: &[Condition], level: usize, out: &mut String) {
    out.push_str(word);
    parts.iter().for_each(|part| brackets(part, level, out));
}

fn brackets(condition: &Condition, level: usize, out: &mut String) {
    let flat = flat(condition);
    if fits(&flat, level + 1) {
        out.extend(["(", &flat, ")"]);
        return;
    }
    out.push('(');
    line(level + 1, out);
    write(condition, level + 1, out);
    line(level, out);
    out.push(')');
}

fn line(level: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', level * INDENT));
}

fn fits(text: &str, level: usize) -> bool {
    text.chars().count() + level * INDENT <= WIDTH
}

/// What is joined within something that is joined stands in brackets, whether or not it binds
/// more tightly; and so does an event after values and `or`, which would be one more of them.
fn is_bracketed(word: &str, parts: &[Condition], place: usize) -> bool {
    let part = &parts[place];
    let before = place.checked_sub(1).map(|before| &parts[before]);
    let follows_values = word == OR && before.is_some_and(ends_with_values);
    joint(part).is_some() || (follows_values && flat(part).starts_with('"'))
}

fn flat(condition: &Condition) -> String {
    if let Some((word, parts)) = joint(condition) {
        let part = |(place, part): (usize, &Condition)| match is_bracketed(word, parts, place) {
            true => format!("({})", flat(part)),
            false => flat(part),
        };
        let parts: Vec<String> = parts.iter().enumerate().map(part).collect();
        return parts.join(&format!(" {word}"));
    }
    match condition {
        Condition::All(parts) => match parts.first() {
            Some(part) => format!("all of ({})", flat(part)),
            None => "everybody".to_owned(),
        },
        Condition::Any(parts) => match parts.first() {
            Some(part) => format!("any of ({})", flat(part)),
            None => "nobody".to_owned(),
        },
        Condition::Not(child) if joint(child).is_some() => format!("not ({})", flat(child)),
        Condition::Not(child) => format!("not {}", flat(child)),
        leaf => {
            let clauses = clauses(leaf).into_iter().map(|clause| clause.text);
            clauses.collect::<Vec<_>>().join(" ")
        }
    }
}
