//! A long text as it is written, and the blocks it is made of: paragraphs, headings, lists,
//! pictures, buttons, lines, the offer.
//!
//! **Invariant:** what came from data was shielded before and is opened here alone, so it is never
//! a heading, a link or a block; behind every link stands an address that is one.

use super::field::Field;
use super::shield::open;
use super::template::{Fault, Spot, What};

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Plain(String),
    /// With weight: `**so**`.
    Strong(String),
    /// Words that lead somewhere: `[words](address)`.
    Link {
        /// The words.
        words: String,
        /// Where they lead.
        to: String,
    },
}

/// A part of a long text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `# A heading`.
    Heading(Vec<Span>),
    /// Lines of text.
    Paragraph(Vec<Vec<Span>>),
    /// `- one` under the other.
    List(Vec<Vec<Span>>),
    /// `[button: words](address)`.
    Button {
        /// The words.
        words: String,
        /// Where it leads.
        to: String,
    },
    /// `![what it shows](address)`.
    Picture {
        /// What it shows, for who does not see it.
        shows: String,
        /// Where it lies.
        at: String,
    },
    /// `---`.
    Line,
    /// `[promotion]`: the offer with terms, code and window.
    Promotion,
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Fault> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_new = true;
    for (place, line) in text.lines().enumerate() {
        let spot = Spot::at_line(Field::Text, place + 1);
        let line = line.trim();
        if line.is_empty() {
            is_new = true;
            continue;
        }
        if let Some(words) = line.strip_prefix("# ") {
            blocks.push(Block::Heading(spans(words, spot)?));
            is_new = true;
        } else if line.len() >= 3 && line.bytes().all(|byte| byte == b'-') {
            blocks.push(Block::Line);
            is_new = true;
        } else if let Some(words) = line.strip_prefix("- ") {
            let item = spans(words, spot)?;
            match blocks.last_mut() {
                Some(Block::List(items)) if !is_new => items.push(item),
                _ => blocks.push(Block::List(vec![item])),
            }
            is_new = false;
        } else if let Some(block) = bracketed(line, spot)? {
            blocks.push(block);
            is_new = true;
        } else {
            let line = spans(line, spot)?;
            match blocks.last_mut() {
                Some(Block::Paragraph(lines)) if !is_new => lines.push(line),
                _ => blocks.push(Block::Paragraph(vec![line])),
            }
            is_new = false;
        }
    }
    Ok(blocks)
}

/// A line that is a block in brackets.
fn bracketed(line: &str, spot: Spot) -> Result<Option<Block>, Fault> {
    if let Some(rest) = line.strip_prefix('!')
        && let Some((shows, at, "")) = link(rest)
    {
        let (shows, at) = (open(shows.trim()), address(at, spot)?);
        return match shows.is_empty() {
            true => Err(spot.fault(What::Picture)),
            false => Ok(Some(Block::Picture { shows, at })),
        };
    }
    if let Some((words, to, "")) = link(line)
        && let Some((name, words)) = words.split_once(':')
    {
        return match name.trim().to_lowercase().as_str() {
            "button" | "pulsante" => Ok(Some(Block::Button {
                words: open(words.trim()),
                to: address(to, spot)?,
            })),
            other if !other.contains(' ') => Err(spot.fault(What::Block(open(other)))),
            _ => Ok(None),
        };
    }
    let Some(name) = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return Ok(None);
    };
    match name.trim().to_lowercase().as_str() {
        "promotion" | "promozione" => Ok(Some(Block::Promotion)),
        other => Err(spot.fault(What::Block(open(other)))),
    }
}

/// `[words](address)` and what follows it.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (words, rest) = inner.split_once("](")?;
    let (to, rest) = rest.split_once(')')?;
    (!words.contains(['[', ']'])).then_some((words, to, rest))
}

fn spans(line: &str, spot: Spot) -> Result<Vec<Span>, Fault> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    let flush = |plain: &mut String, spans: &mut Vec<Span>| {
        if !plain.is_empty() {
            spans.push(Span::Plain(open(plain)));
            plain.clear();
        }
    };
    while let Some(letter) = rest.chars().next() {
        if let Some(inner) = rest.strip_prefix("**")
            && let Some((strong, after)) = inner.split_once("**")
            && !strong.is_empty()
        {
            flush(&mut plain, &mut spans);
            spans.push(Span::Strong(open(strong)));
            rest = after;
        } else if let Some((words, to, after)) = link(rest) {
            flush(&mut plain, &mut spans);
            let (words, to) = (open(words.trim()), address(to, spot)?);
            spans.push(Span::Link { words, to });
            rest = after;
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    flush(&mut plain, &mut spans);
    Ok(spans)
}

/// An address that may stand behind a link.
fn address(text: &str, spot: Spot) -> Result<String, Fault> {
    let text = open(text.trim());
    match is_address(&text) {
        true => Ok(text),
        false => Err(spot.fault(What::Link(text))),
    }
}

/// Addresses that lead to a page, a mail or a call, and hold nothing that ends an attribute.
pub(super) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://", "mailto:", "tel:"]
        .into_iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let is_foul = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '"' | '<' | '>' | '`')
    };
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(is_foul) && text.len() <= 2000
}

/// The paragraphs of a text as they are read, without blocks and links: for measuring.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let mut read = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let line = line
            .strip_prefix("# ")
            .or(line.strip_prefix("- "))
            .unwrap_or(line);
        let is_block = line.starts_with("![") || matches!(line, "[promotion]" | "[promozione]");
        if line.is_empty() || is_block || line.bytes().all(|byte| byte == b'-') {
            continue;
        }
        read.push(words_of(line));
    }
    read.join("\n")
}

/// A line without its marks.
fn words_of(line: &str) -> String {
    let mut read = String::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if let Some((words, _, after)) = link(rest) {
            let words = words
                .strip_prefix("button:")
                .or(words.strip_prefix("pulsante:"))
                .unwrap_or(words);
            read.push_str(words.trim());
            rest = after;
            continue;
        }
        if letter != '*' {
            read.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    read
}
