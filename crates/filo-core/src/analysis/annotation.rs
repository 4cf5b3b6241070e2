//! A dated note beside figures: what happened that explains them.
//!
//! **Invariant:** its words are one short line, and its last day is not before its first.

use jiff::civil::Date;

/// Letters of a note: it stands in a line below a chart.
pub const WORDS_CHARS_MOST: usize = 140;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The first day.
    pub first: Date,
    /// The last one, where it lasted.
    pub last: Option<Date>,
    /// What happened.
    pub words: String,
}

/// What is wrong with a note: the field, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnnotationFault {
    /// Which field.
    pub field: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// What Filo itself did or was told to do, that can explain figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// A journey started, or goes on by a new version.
    JourneyStarted,
    /// A journey was paused or stopped.
    JourneyHalted,
    /// The days of a promotion.
    PromotionRuns,
    /// A file was brought in.
    Imported,
    /// What a file had brought was taken out.
    ImportUndone,
}

impl Happened {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::JourneyStarted,
        Self::JourneyHalted,
        Self::PromotionRuns,
        Self::Imported,
        Self::ImportUndone,
    ];

    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::JourneyStarted => "journey_started",
            Self::JourneyHalted => "journey_halted",
            Self::PromotionRuns => "promotion_runs",
            Self::Imported => "imported",
            Self::ImportUndone => "import_undone",
        }
    }
}

impl Annotation {
    /// The note with its words trimmed; of one day where the last is the first.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(mut self) -> Result<Self, AnnotationFault> {
        let fault = |field, reason| Err(AnnotationFault { field, reason });
        self.words = self.words.trim().to_owned();
        if self.words.is_empty() {
            return fault("words", "say what happened");
        }
        if self.words.chars().count() > WORDS_CHARS_MOST {
            return fault("words", "at most 140 letters");
        }
        if self.words.chars().any(char::is_control) {
            return fault("words", "one line of text");
        }
        if !(1900..=2200).contains(&self.first.year()) {
            return fault("first", "a day such as 2026-12-31");
        }
        if self
            .last
            .is_some_and(|last| last < self.first || last.year() > 2200)
        {
            return fault("last", "not before the first day");
        }
        self.last = self.last.filter(|last| *last != self.first);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn note(words: &str, last: Option<Date>) -> Annotation {
        Annotation {
            first: date(2026, 11, 30),
            last,
            words: words.to_owned(),
        }
    }

    #[test]
    fn what_cannot_be_a_note_is_refused_by_its_field() {
        let long = "x".repeat(WORDS_CHARS_MOST + 1);
        for (it, field) in [
            (note("  ", None), "words"),
            (note(&long, None), "words"),
            (note("a\nb", None), "words"),
            (note("a", Some(date(2026, 11, 29))), "last"),
        ] {
            assert_eq!(it.checked().unwrap_err().field, field);
        }
        let kept = note(" Prezzi su ", Some(date(2026, 11, 30))).checked();
        assert_eq!(kept, Ok(note("Prezzi su", None)));
    }
}
