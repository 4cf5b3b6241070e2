//! A run: one customer's way through one version of a journey.

use compact_str::CompactString;

use super::step::StepId;
use crate::id::{CustomerId, EventId, JourneyId, NodeId, RunId};
use crate::time::Timestamp;

/// One customer's way through a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// Of which journey.
    pub journey: JourneyId,
    /// By which version.
    pub version: i64,
    /// The thread that triggered it: whoever has that, it is theirs.
    pub thread: NodeId,
    /// Whose it is now.
    pub customer: CustomerId,
    /// The id by which ways of splits are drawn; it stays whoever they are joined with.
    pub subject: CustomerId,
    /// What it is about, such as an order; empty if there is one run for the customer.
    pub key: CompactString,
    /// What brought them in: a word, and what it names.
    pub why: CompactString,
    /// When they came in.
    pub entered_at: Timestamp,
    /// The step it stands at.
    pub step: StepId,
    /// How it stands there.
    pub stand: Stand,
    /// Since when.
    pub since: Timestamp,
    /// When to look again; nothing while only something that happens can move it on.
    pub wakes_at: Option<Timestamp>,
    /// When the goal was reached.
    pub goal_at: Option<Timestamp>,
    /// When and how it ended.
    pub ended: Option<(Timestamp, Ending)>,
    /// How many lines of its history were written.
    pub lines: i64,
    /// Nothing is done with them, so that it is seen what the journey changes.
    pub is_held_back: bool,
    /// Of a hundred who came in when they did, so many are held back.
    pub holdout_percent: u8,
}

/// How a run stands at its step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It has just come, or was moved here: the step begins.
    Arrives,
    /// The step was changed while it stood here: it is looked at anew, since it came.
    Resumes,
    /// Waits for an instant.
    Waits(Timestamp),
    /// Waits for something to happen or to be true, until an instant.
    Listens(Timestamp),
    /// Somebody was asked; with an instant, until then.
    Asked(Option<Timestamp>),
    /// The wait was over too late, and somebody was asked whether to go on.
    AskedLate,
    /// What the step put on the thread is on its way there; until an instant at most.
    Echo(EventId, Timestamp),
}

impl Stand {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Arrives => "arrives",
            Self::Resumes => "resumes",
            Self::Waits(_) => "waits",
            Self::Listens(_) => "listens",
            Self::Asked(_) => "asked",
            Self::AskedLate => "asked_late",
            Self::Echo(..) => "echo",
        }
    }

    /// The instant in it, if it has one.
    #[must_use]
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Waits(at) | Self::Listens(at) | Self::Echo(_, at) => Some(at),
            Self::Asked(at) => at,
            Self::Arrives | Self::Resumes | Self::AskedLate => None,
        }
    }

    /// The event in it, if it has one.
    #[must_use]
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Echo(event, _) => Some(event),
            _ => None,
        }
    }

    /// Put together again from a table; nothing if it does not fit together.
    #[must_use]
    pub fn from_parts(
        word: &str,
        until: Option<Timestamp>,
        event: Option<EventId>,
    ) -> Option<Self> {
        match word {
            "arrives" => Some(Self::Arrives),
            "resumes" => Some(Self::Resumes),
            "waits" => until.map(Self::Waits),
            "listens" => until.map(Self::Listens),
            "asked" => Some(Self::Asked(until)),
            "asked_late" => Some(Self::AskedLate),
            "echo" => Some(Self::Echo(event?, until?)),
            _ => None,
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// It came to its end.
    Done,
    /// The goal was reached, and with it the end.
    Goal,
    /// A condition of leaving became true.
    Exit,
    /// The day it waited for is not known, or is over.
    NoDate,
    /// A person took them out.
    TakenOut,
    /// The journey was stopped.
    Stopped,
    /// The journey was changed, and the rule said so.
    Moved,
    /// They were joined with somebody who is on the same way.
    Joined,
}

impl Ending {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Goal,
        Self::Exit,
        Self::NoDate,
        Self::TakenOut,
        Self::Stopped,
        Self::Moved,
        Self::Joined,
    ];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Goal => "goal",
            Self::Exit => "exit",
            Self::NoDate => "no_date",
            Self::TakenOut => "taken_out",
            Self::Stopped => "stopped",
            Self::Moved => "moved",
            Self::Joined => "joined",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.word() == word)
    }
}
