//! From characters to words, quoted texts and signs.

use compact_str::CompactString;

use super::fault::TextCause;

/// What stands somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign<'a> {
    /// A bare word; a number, a day and a time are words too.
    Word(&'a str),
    /// What was in quotes.
    Text(CompactString),
    Open,
    Close,
    Comma,
    /// Nothing more.
    End,
    /// Something that cannot be read. Nothing is read after it.
    Wrong(TextCause),
}

/// A sign and the byte it begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) at: usize,
    pub(super) sign: Sign<'a>,
}

/// The signs of a text; the last one is an end, or what cannot be read.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        let (sign, length) = next(rest);
        let is_last = matches!(sign, Sign::End | Sign::Wrong(_));
        // What is wrong inside a text is shown where it is, not where the text begins.
        let wrong_at = if is_last { at + length } else { at };
        tokens.push(Token { at: wrong_at, sign });
        if is_last {
            return tokens;
        }
        at += length;
    }
}

/// Whether a character may stand in a bare word.
pub(super) fn is_of_word(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '*' | ':' | '%')
}

/// The first sign and how many bytes it takes.
fn next(rest: &str) -> (Sign<'_>, usize) {
    let Some(first) = rest.chars().next() else {
        return (Sign::End, 0);
    };
    match first {
        '(' => (Sign::Open, 1),
        ')' => (Sign::Close, 1),
        ',' => (Sign::Comma, 1),
        '"' => quoted(rest, first, '"'),
        // What word processors make of quotes.
        '“' => quoted(rest, first, '”'),
        _ => {
            let end = rest.find(|it| !is_of_word(it)).unwrap_or(rest.len());
            match rest.split_at(end) {
                ("", _) => (Sign::Wrong(TextCause::Sign(first)), 0),
                (word, _) => (Sign::Word(word), end),
            }
        }
    }
}

/// A text up to its closing quote; of one that is wrong, how many bytes before the fault.
fn quoted(rest: &str, opening: char, closing: char) -> (Sign<'_>, usize) {
    let mut text = CompactString::default();
    let mut at = opening.len_utf8();
    while let Some(it) = rest[at..].chars().next() {
        if it == closing {
            return (Sign::Text(text), at + it.len_utf8());
        }
        if it == '\n' {
            break;
        }
        let (read, length) = match it {
            '\\' => match escaped(&rest[at + 1..]) {
                Some((read, length)) => (read, length + 1),
                None => return (Sign::Wrong(TextCause::Escape), at),
            },
            _ => (it, it.len_utf8()),
        };
        text.push(read);
        at += length;
    }
    (Sign::Wrong(TextCause::OpenQuote), 0)
}

/// What stands for another character after a backslash, and its bytes.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let simple = |it| Some((it, 1));
    match rest.chars().next()? {
        it @ ('"' | '\\') => simple(it),
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        'u' => {
            let (digits, _) = rest.strip_prefix("u{")?.split_once('}')?;
            let is_number = digits.len() <= 6 && digits.bytes().all(|it| it.is_ascii_hexdigit());
            let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
            Some((char::from_u32(number)?, digits.len() + 3))
        }
        _ => None,
    }
}

/// A text in quotes, as it is read back.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if it.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(it))),
            _ => out.push(it),
        }
    }
    out.push('"');
    out
}
