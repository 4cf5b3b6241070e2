//! The fields of a step that says something: by what it goes instead where its medium is refused.

use filo_core::journey::FALLBACKS_MOST;
use filo_core::message::Medium;
use maud::{Markup, html};

use super::form::Drawing;
use super::form_read::Reading;
use crate::verdict::medium_name;

/// The name of the field of the so-and-so-many-th.
pub(super) fn fallback_field(place: usize) -> String {
    format!("fallback-{place}")
}

impl Drawing<'_> {
    pub(super) fn fallbacks(&self) -> Markup {
        let none = self.words.say("journey-fallback-none").into_owned();
        let media = Medium::CARRIED.map(|medium| {
            let name = medium_name(self.words, medium).into_owned();
            (medium.word().to_owned(), name)
        });
        let options: Vec<(String, String)> =
            [(String::new(), none)].into_iter().chain(media).collect();
        html! {
            fieldset {
                legend { (self.words.say("journey-fallbacks")) }
                p.hint { (self.words.say("journey-fallbacks-hint")) }
                @for place in 0..FALLBACKS_MOST {
                    @let key = format!("journey-fallback-{}", place + 1);
                    (self.select(&fallback_field(place), &key, &options))
                }
            }
        }
    }
}

impl Reading<'_> {
    /// Empty fields between others are no media.
    pub(super) fn fallbacks(&self) -> Vec<Medium> {
        let fields = (0..FALLBACKS_MOST).map(fallback_field);
        fields
            .filter_map(|field| Medium::from_word(self.text(&field)))
            .collect()
    }
}
