//! Words by which people end or begin something with an answer.
//!
//! **Invariant:** a word counts only where it is the whole answer: "basta così, grazie del
//! consiglio" is a sentence, and a person reads it.

/// What an answer of one word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// No more messages by this way.
    Stop,
    /// Messages again. It gives no consent: whoever said no says yes where what it is to is shown.
    Start,
}

/// Those that carriers and people use, in Italian and in English.
const STOP: [&str; 14] = [
    "stop",
    "stopall",
    "stop all",
    "alt",
    "basta",
    "cancella",
    "cancellami",
    "disiscrivimi",
    "annulla",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "/stop",
];
const START: [&str; 5] = ["start", "unstop", "inizia", "riprendi", "riattiva"];

impl Keyword {
    /// The word on the thread.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Start => "start",
        }
    }
}

/// What a text asks for, if it is such a word and nothing else.
#[must_use]
pub fn keyword(text: &str) -> Option<Keyword> {
    let is_around = |letter: char| {
        letter.is_whitespace() || letter.is_control() || ".,;:!?\"'«»“”‘’()".contains(letter)
    };
    let word = text.trim_matches(is_around);
    if word.len() > 20 {
        return None;
    }
    let word = word.to_lowercase();
    if STOP.contains(&word.as_str()) {
        return Some(Keyword::Stop);
    }
    START.contains(&word.as_str()).then_some(Keyword::Start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_alone_is_understood_and_a_sentence_is_not() {
        for text in [
            "STOP",
            " Stop. ",
            "«basta!»",
            "ALT",
            "annulla\n",
            "Stop all",
            "UNSUBSCRIBE",
        ] {
            assert_eq!(keyword(text), Some(Keyword::Stop), "{text}");
        }
        for text in ["START", "riprendi!"] {
            assert_eq!(keyword(text), Some(Keyword::Start), "{text}");
        }
        for text in [
            "",
            "basta così, grazie",
            "non stop",
            "end of story",
            "stoppp",
            "🛑",
        ] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
