//! Texts in pieces: words, signs, sentences.

/// A text cut into words and single signs; the apostrophe is a sign, as Italian counts it.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    for (at, letter) in text.char_indices() {
        if is_of_word(letter) {
            begun = begun.or(Some(at));
            continue;
        }
        if let Some(start) = begun.take() {
            found.push(&text[start..at]);
        }
        if !letter.is_whitespace() {
            found.push(&text[at..at + letter.len_utf8()]);
        }
    }
    if let Some(start) = begun {
        found.push(&text[start..]);
    }
    found
}

/// Whether a letter belongs to a word.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The words alone.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    tokens(text)
        .into_iter()
        .filter(|token| token.chars().next().is_some_and(is_of_word))
}

/// A letter without its accent, as far as Italian and its neighbours have them.
pub(super) const fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        '’' | '‘' => '\'',
        other => other,
    }
}
