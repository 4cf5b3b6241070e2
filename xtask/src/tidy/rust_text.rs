//! Tells code, literals and comments of a Rust file apart, well enough for these checks.
//!
//! **Invariant:** the pieces, put together, are the file: nothing is lost or moved.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Code,
    /// A string literal, with its quotes.
    Literal,
    Comment,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) part: Part,
    /// The line on which it begins, from one.
    pub(super) line: usize,
    pub(super) text: &'a str,
}

pub(super) fn parts(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut line, mut at) = (0, 1, 0);
    let mut push = |part: Part, from: usize, to: usize| {
        if from < to {
            let text = &text[from..to];
            pieces.push(Piece { part, line, text });
            line += text.matches('\n').count();
        }
    };
    while at < text.len() {
        let rest = &text[at..];
        let (part, length) = if rest.starts_with("//") {
            (Part::Comment, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (Part::Comment, block_comment(rest))
        } else if let Some(length) = raw_string(rest, &text[..at]) {
            (Part::Literal, length)
        } else if rest.starts_with('"') {
            (Part::Literal, quoted(rest))
        } else {
            at += character(rest);
            continue;
        };
        push(Part::Code, start, at);
        push(part, at, at + length);
        at += length;
        start = at;
    }
    push(Part::Code, start, text.len());
    pieces
}

/// The code before the tests of the file, with everything else blanked by being left out.
pub(super) fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]").map_or(text, |end| &text[..end])
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth.saturating_sub(1), at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#` and so on, unless the `r` ends a word.
fn raw_string(rest: &str, before: &str) -> Option<usize> {
    let hashed = rest.strip_prefix('r')?;
    let in_word = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    if in_word && !before.ends_with('b') {
        return None;
    }
    let hashes = hashed.len() - hashed.trim_start_matches('#').len();
    let body = hashed[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let head = 1 + hashes + 1;
    Some(
        body.find(&end)
            .map_or(rest.len(), |at| head + at + end.len()),
    )
}

/// One letter of code; a character literal as a whole, so that `'"'` opens nothing.
fn character(rest: &str) -> usize {
    let mut letters = rest.chars();
    let first = letters.next().map_or(1, char::len_utf8);
    if !rest.starts_with('\'') {
        return first;
    }
    match (letters.next(), letters.next()) {
        (Some('\\'), Some(escaped)) => {
            let after = 2 + escaped.len_utf8();
            rest[after..]
                .find('\'')
                .map_or(first, |end| after + end + 1)
        }
        (Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, part: Part) -> Vec<(usize, &str)> {
        let pieces = parts(text);
        assert_eq!(
            pieces.iter().map(|piece| piece.text).collect::<String>(),
            text
        );
        pieces
            .iter()
            .filter(|piece| piece.part == part)
            .map(|piece| (piece.line, piece.text))
            .collect()
    }

    #[test]
    fn literals_are_found_and_nothing_else() {
        let text = "let a = \"x // \\\" y\"; // \"no\"\nlet c = '\"'; let l: &'a str = r#\"q \" q\"#;\n/* \"no\" /* deep */ */ let quote = '\\''; b(\"z\")";
        assert_eq!(
            found(text, Part::Literal),
            [(1, "\"x // \\\" y\""), (2, "r#\"q \" q\"#"), (3, "\"z\"")]
        );
    }

    #[test]
    fn comments_are_found_on_their_lines() {
        let text = "a\n// one\nb(\"// no\") /* two\nlines */ c // three";
        assert_eq!(
            found(text, Part::Comment),
            [(2, "// one"), (3, "/* two\nlines */"), (4, "// three")]
        );
    }

    #[test]
    fn unfinished_text_ends_with_the_file() {
        for text in ["\"open", "/* open", "r##\"open\"#", "'", "'\\", "b\"é"] {
            let pieces = parts(text);
            assert_eq!(
                pieces.iter().map(|piece| piece.text).collect::<String>(),
                text
            );
        }
    }
}
