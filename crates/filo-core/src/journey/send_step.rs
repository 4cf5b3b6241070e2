//! The step that says something.

use serde::{Deserialize, Serialize};

use super::check::Checking;
use crate::as_text;
use crate::id::PieceId;
use crate::message::Medium;
use crate::message::approval::{ABOVE_MOST, Rule, SAMPLE_PERCENT_MOST};

/// Other media of one message at most: more than that is no choice but a chase.
pub const FALLBACKS_MOST: usize = 3;
/// What a message is worth at most, and how long it makes sense at most.
const VALUE_MOST: u16 = 1_000;
const VALID_DAYS_MOST: u8 = 30;

/// What is said to them: a piece of content, which says itself what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// Which piece.
    #[serde(with = "as_text")]
    pub piece: PieceId,
    /// What it is worth against others for the room that a person has, 1 to 1,000.
    #[serde(default = "usual_value")]
    pub value: u16,
    /// After so many days it makes no sense any more, 1 to 30.
    #[serde(default = "usual_days")]
    pub valid_days: u8,
    /// By what it goes; by e-mail where nothing is said.
    #[serde(default = "usual_medium", skip_serializing_if = "is_usual")]
    pub medium: Medium,
    /// By what it goes instead where that is refused, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Medium>,
    /// When a person is asked before it leaves; as the journey says, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Rule>,
}

/// By what goes what says nothing about it.
#[must_use]
pub const fn usual_medium() -> Medium {
    Medium::Email
}

impl Send {
    /// By what it may go, in the order in which that is tried.
    pub fn media(&self) -> impl Iterator<Item = Medium> {
        std::iter::once(self.medium).chain(self.fallbacks.iter().copied())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_usual(medium: &Medium) -> bool {
    *medium == usual_medium()
}

/// The worth of what says nothing about it.
#[must_use]
pub const fn usual_value() -> u16 {
    5
}

/// How long what says nothing about it makes sense.
#[must_use]
pub const fn usual_days() -> u8 {
    3
}

impl Checking<'_> {
    pub(super) fn send(&mut self, send: &Send, at: &str) {
        let is_in = (1..=VALUE_MOST).contains(&send.value);
        let hint = format!("1 to {VALUE_MOST}");
        self.must(is_in, &format!("{at}/value"), hint);
        let is_in = (1..=VALID_DAYS_MOST).contains(&send.valid_days);
        let hint = format!("1 to {VALID_DAYS_MOST} days");
        self.must(is_in, &format!("{at}/valid_days"), hint);
        let words = Medium::CARRIED.map(Medium::word).join(", ");
        let hint = format!("one of {words}");
        self.must(send.medium.is_carried(), &format!("{at}/medium"), hint);
        self.fallbacks(send, &format!("{at}/fallbacks"));
        if let Some(rule) = send.approval {
            self.approval(rule, &format!("{at}/approval"));
        }
    }

    /// What waits until its person comes is never refused for want of an address: nothing would
    /// come to its turn behind it.
    fn fallbacks(&mut self, send: &Send, at: &str) {
        let media: Vec<Medium> = send.media().collect();
        let is_in = send.fallbacks.len() <= FALLBACKS_MOST;
        self.must(is_in, at, format!("at most {FALLBACKS_MOST}"));
        for (place, medium) in send.fallbacks.iter().enumerate() {
            let at = format!("{at}/{place}");
            let words = Medium::CARRIED.map(Medium::word).join(", ");
            self.must(medium.is_carried(), &at, format!("one of {words}"));
            let is_new = !media[..=place].contains(medium);
            self.must(is_new, &at, format!("`{}` only once", medium.word()));
        }
        // A piece with one medium is noticed where it is to be said: it may still be written.
        let texts = self.around.pieces.get(&send.piece);
        let missing = media
            .iter()
            .find(|it| texts.is_none_or(|has| !has.contains(it)));
        let missing = missing.filter(|_| !send.fallbacks.is_empty());
        let word = missing.map_or("", |medium| medium.word());
        self.must(
            missing.is_none(),
            at,
            format!("the piece needs a text for `{word}`"),
        );
        let waiting = media.iter().position(|it| it.waits_for_visit());
        let is_last = waiting.is_none_or(|place| place + 1 == media.len());
        let hint = format!("nothing after `{}`", Medium::InApp.word());
        self.must(is_last, at, hint);
    }

    pub(super) fn approval(&mut self, rule: Rule, at: &str) {
        let hint = format!(
            "a sample of 1 to {SAMPLE_PERCENT_MOST} of a hundred, or above 1 to {ABOVE_MOST} people"
        );
        self.must(rule.can_be_kept(), at, hint);
    }
}
