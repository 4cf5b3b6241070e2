//! What would have been said, and what would have become of it.

use serde::{Deserialize, Serialize};

use super::super::step::StepId;
use crate::consent::addressing::Why;
use crate::id::{MessageId, PieceId, RunId};
use crate::message::gate::{Finding, Outcome, Verdict};
use crate::message::{Class, Medium};
use crate::time::Timestamp;

/// A message that a step would have planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its id: the same in every rehearsal.
    pub id: MessageId,
    /// On whose way.
    pub run: RunId,
    /// At which step.
    pub step: StepId,
    /// Which piece.
    pub piece: PieceId,
    /// By what.
    pub medium: Medium,
    /// By what it goes instead where that is refused, in this order.
    pub fallbacks: Vec<Medium>,
    /// What it is for.
    pub class: Class,
    /// What it is worth against others.
    pub value: u16,
    /// When the step was reached.
    pub planned_at: Timestamp,
    /// After this it makes no sense any more.
    pub expires_at: Timestamp,
    /// When it comes to the gate next.
    pub due_at: Timestamp,
    /// What became of it.
    pub fate: Fate,
    /// What the gate said, each time it came there.
    pub verdicts: Vec<(Timestamp, Verdict)>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is on its way to the gate, or waits there.
    Waits,
    /// It would have left.
    Left(Timestamp),
    /// It would never have left.
    Stopped(Timestamp),
    /// It stands until a person does something.
    AsksPerson(Timestamp),
    /// The piece that it says is no more.
    Unsayable(Timestamp),
}

impl Fate {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Left(_) => "left",
            Self::Stopped(_) => "stopped",
            Self::AsksPerson(_) => "asks_person",
            Self::Unsayable(_) => "unsayable",
        }
    }

    /// When that was settled.
    #[must_use]
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::Waits => None,
            Self::Left(at) | Self::Stopped(at) | Self::AsksPerson(at) | Self::Unsayable(at) => {
                Some(at)
            }
        }
    }
}

impl Said {
    /// Why it did not leave, by the gate's last word: what stood in the way.
    pub fn why(&self) -> impl Iterator<Item = &'static str> {
        let last = self.verdicts.last().map(|(_, verdict)| verdict);
        let is_left = matches!(self.fate, Fate::Left(_) | Fate::Unsayable(_));
        let last = last.filter(|_| !is_left);
        in_the_way(last)
    }

    /// What held it up before the gate's last word.
    #[must_use]
    pub fn held_up_by(&self) -> Option<&'static str> {
        let before = self.verdicts.split_last().map(|(_, before)| before)?;
        // What passed it on to another medium took no time.
        let held = |it: &&(Timestamp, Verdict)| !matches!(it.1.outcome, Outcome::PassOn(_));
        before
            .iter()
            .filter(held)
            .find_map(|(_, it)| in_the_way(Some(it)).next())
    }
}

/// What of a verdict stands in the way. The hour alone holds up and never stops: beside anything
/// else it is no reason.
fn in_the_way(verdict: Option<&Verdict>) -> impl Iterator<Item = &'static str> {
    let findings = verdict.map_or(&[][..], |verdict| &verdict.findings);
    let is_hour = |it: &Finding| matches!(it, Finding::Quiet { .. });
    let is_yes = |it: &Finding| {
        matches!(
            it,
            Finding::Addressing(Why::Granted | Why::Duty) | Finding::PassesOn { .. }
        )
    };
    let weighs = move |it: &Finding| !is_hour(it) && !is_yes(it) && *it != Finding::TooLate;
    let has_more = findings.iter().any(weighs);
    let stands = move |it: &&Finding| !(is_yes(it) || has_more && is_hour(it));
    findings.iter().filter(stands).map(|it| it.word())
}
