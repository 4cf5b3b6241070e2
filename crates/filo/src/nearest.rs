//! The word somebody probably meant.

/// The nearest of `words`, if it is near enough to have been meant: a third of its letters.
pub(crate) fn nearest<'a>(wrong: &str, words: &[&'a str]) -> Option<&'a str> {
    let (distance, word) = words
        .iter()
        .map(|word| (edits(wrong, word), *word))
        .min_by_key(|(edits, _)| *edits)?;
    (distance <= word.len().div_ceil(3)).then_some(word)
}

/// Insertions, deletions and replacements between two words (Levenshtein 1966).
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_found_and_nonsense_is_not() {
        let words = ["listen", "store", "data"];
        assert_eq!(nearest("lisen", &words), Some("listen"));
        assert_eq!(nearest("stroe", &words), Some("store"));
        assert_eq!(nearest("password", &words), None);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
