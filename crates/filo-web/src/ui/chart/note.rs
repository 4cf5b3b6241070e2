//! What happened at points of a chart: a broken line with a number, and below the chart what each
//! number stands for, so that it can be read on paper and aloud.

use maud::{Markup, html};

use super::scale::{percent, round};
use super::{HEAD, HEIGHT};
use crate::i18n::Words;

/// Notes that are drawn: more would hide what they explain.
const DRAWN_MOST: usize = 12;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// At which point.
    pub(crate) at: usize,
    /// What, with its day.
    pub(crate) text: String,
}

/// The lines with their numbers; notes of one point share a line.
pub(super) fn marks(notes: &[Note], count: usize) -> Markup {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, note) in notes.iter().take(DRAWN_MOST).enumerate() {
        let number = (number + 1).to_string();
        match lines.iter_mut().find(|(at, _)| *at == note.at) {
            Some((_, numbers)) => {
                numbers.push(' ');
                numbers.push_str(&number);
            }
            None => lines.push((note.at, number)),
        }
    }
    html! {
        @for (at, numbers) in &lines {
            @let x = percent(*at, count, 0.5);
            line.note x1=(x) x2=(x) y1=(HEAD) y2=(HEAD + HEIGHT) {}
            text.note x=(x) y=(round(HEAD - 4.0)) text-anchor="middle" aria-hidden="true" { (numbers) }
        }
    }
}

/// What the numbers stand for.
pub(super) fn list(words: Words, notes: &[Note]) -> Markup {
    html! {
        @if !notes.is_empty() {
            ol.chart-notes aria-label=(words.say("chart-notes")) {
                @for note in notes.iter().take(DRAWN_MOST) { li { (note.text) } }
            }
            @if notes.len() > DRAWN_MOST {
                p.about { (words.fill("chart-notes-more", [("count", (notes.len() - DRAWN_MOST).into())])) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn note(at: usize) -> Note {
        Note {
            at,
            text: format!("Prezzi <{at}>"),
        }
    }

    #[test]
    fn each_note_has_a_number_that_the_list_explains() {
        let notes = [note(0), note(3), note(3)];
        let drawn = marks(&notes, 4).into_string();
        assert_eq!(drawn.matches("<line").count(), 2, "{drawn}");
        assert!(drawn.contains(">2 3</text>"), "{drawn}");
        let words = Words::of(Language::Italian);
        let listed = list(words, &notes).into_string();
        assert_eq!(listed.matches("<li>").count(), 3, "{listed}");
        assert!(listed.contains("Prezzi &lt;0&gt;"), "{listed}");
        assert_eq!(list(words, &[]).into_string(), "");
        let many: Vec<Note> = (0..30).map(note).collect();
        let listed = list(words, &many).into_string();
        assert_eq!(listed.matches("<li>").count(), DRAWN_MOST);
    }
}
