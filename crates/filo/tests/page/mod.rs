//! Blocks of code of a page of the book, and comparing what was printed with what it promises.

use std::path::PathBuf;

/// What stands between two fences.
#[derive(Debug)]
pub(crate) struct Block {
    /// What follows the first fence: `sh`, `text`, …
    pub(crate) language: String,
    pub(crate) text: String,
}

/// The path of a page, given as `en/tutorial.md`.
pub(crate) fn path(page: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book")).join(page)
}

/// The blocks of a page in its order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let text = std::fs::read_to_string(path(page)).unwrap();
    let fenced = text.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (language, text) = block.split_once('\n').unwrap();
            Block {
                language: language.to_owned(),
                text: text.to_owned(),
            }
        })
        .collect()
}

/// Whether text is as promised: `…` stands for anything within a line, alone on a line for any
/// number of lines.
pub(crate) fn is_as_promised(promised: &str, text: &str) -> bool {
    let [promised, text] = [promised, text].map(|one| one.trim_end().lines().collect::<Vec<_>>());
    lines_fit(&promised, &text)
}

fn lines_fit(promised: &[&str], lines: &[&str]) -> bool {
    let Some((first, rest)) = promised.split_first() else {
        return lines.is_empty();
    };
    if *first == "…" {
        return (0..=lines.len()).any(|skipped| lines_fit(rest, &lines[skipped..]));
    }
    let Some((line, others)) = lines.split_first() else {
        return false;
    };
    line_fits(first, line.trim_end()) && lines_fit(rest, others)
}

fn line_fits(promised: &str, line: &str) -> bool {
    let mut pieces = promised.split('…');
    let Some(mut rest) = pieces.next().and_then(|start| line.strip_prefix(start)) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(end) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(end)
}

#[test]
fn a_promise_is_kept_or_broken() {
    for (promised, text, kept) in [
        ("a\nb", "a\nb\n", true),
        ("a", "a\nb", false),
        ("a\nb", "a", false),
        ("a…c", "abc", true),
        ("a…c", "ab", false),
        ("a…b…c", "a-b-c", true),
        ("a…b…c", "a-c-b", false),
        ("a…", "ab\nc", false),
        ("a\n…\nd", "a\nb\nc\nd", true),
        ("…", "", true),
        ("…\nd", "a\nb", false),
    ] {
        assert_eq!(
            is_as_promised(promised, text),
            kept,
            "{promised:?} {text:?}"
        );
    }
}
