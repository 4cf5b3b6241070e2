//! The fields of a split: its ways, whether they are compared, and whether their shares learn.

use filo_core::journey::{About, Adaptive, Arm, equal_shares};
use maud::{Markup, html};

use super::form::Drawing;
use super::form_read::Reading;

/// What the field says of shares that learn.
const LEARNS: &str = "1";

/// Writes how shares learn as the form has it.
pub(super) fn put_adaptive(put: &mut impl FnMut(&str, String), adaptive: Option<Adaptive>) {
    let Some(adaptive) = adaptive else { return };
    put("adaptive", LEARNS.to_owned());
    put("floor", adaptive.floor_percent.to_string());
    put("warm_up", adaptive.warm_up.to_string());
}

impl Drawing<'_> {
    /// The ways of a split, whether they are compared, and whether their shares learn.
    pub(super) fn split(&self) -> Markup {
        let none = (
            String::new(),
            self.words.say("journey-experiment-none").into_owned(),
        );
        let abouts = About::ALL.map(|about| {
            let key = format!("journey-experiment-{}", about.word());
            (about.word().to_owned(), self.words.say(&key).into_owned())
        });
        let options: Vec<(String, String)> = [none].into_iter().chain(abouts).collect();
        let stay = self.words.say("learning-field-no").into_owned();
        let learn = self.words.say("learning-field-yes").into_owned();
        let adaptive = [(String::new(), stay), (LEARNS.to_owned(), learn)];
        html! {
            (self.select("experiment", "journey-field-experiment", &options))
            (self.select("adaptive", "learning-field", &adaptive))
            details open[self.is_set("adaptive")] {
                summary { (self.words.say("learning-field-bounds")) }
                div.row {
                    (self.line("floor", "learning-field-floor", 2))
                    (self.line("warm_up", "learning-field-warm-up", 5))
                }
            }
            (self.rows("journey-field-arms", |place| html! {
                (self.line(&format!("way-{place}-name"), "journey-field-arm", 80))
                (self.line(&format!("way-{place}-share"), "journey-field-share", 3))
            }))
        }
    }
}

impl Reading<'_> {
    /// How the shares of the ways learn; then they begin equal, whatever was typed.
    pub(super) fn adaptive(&mut self, arms: &mut [Arm]) -> Option<Adaptive> {
        if !self.is_set("adaptive") {
            return None;
        }
        if !self.is_set("experiment") {
            self.blame("adaptive", "learning-wrong-experiment");
        }
        let equal = equal_shares(arms.len());
        for (arm, share) in arms.iter_mut().zip(equal) {
            arm.share = share;
        }
        let usual = Adaptive::default();
        let floor = self.parsed("floor", "journey-wrong-number");
        let warm_up = self.parsed("warm_up", "journey-wrong-number");
        Some(Adaptive {
            floor_percent: floor.unwrap_or(usual.floor_percent),
            warm_up: warm_up.unwrap_or(usual.warm_up),
        })
    }
}
