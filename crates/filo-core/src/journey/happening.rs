//! What happens to a run and what it does outside: the words of its history, and what is to be
//! done.
//!
//! **Invariant:** the words are a promise to whoever reads histories: they grow, they do not
//! change.

use compact_str::CompactString;

use super::send_step::Send;
use super::step::{Ask, Record, SetTrait, StepId};
use crate::id::{EventId, JourneyId, ListId};

/// The event that says that a goal was reached.
pub const GOAL_REACHED: &str = "Journey Goal Reached";

/// Something that happened to a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// At which step; none for the journey as a whole.
    pub step: Option<StepId>,
    /// What.
    pub what: What,
    /// What there is to it: a time, the name of a way.
    pub detail: CompactString,
}

/// What happened to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It began.
    Entered,
    /// It waits until an instant.
    Waits,
    /// A wait was over too late.
    Late,
    /// It went a way.
    Went,
    /// Somebody was asked.
    Asked,
    /// Something is to be said to them.
    Sent,
    /// A trait is being changed.
    Set,
    /// They are being put on a list.
    Joined,
    /// They are being taken off a list.
    Left,
    /// They are being put into an audience of advertising.
    Offered,
    /// They are being taken out of an audience.
    Recalled,
    /// An event is being recorded.
    Recorded,
    /// Other systems are told.
    Told,
    /// Another journey is started.
    Started,
    /// What a step does was not done: the person is held back.
    Withheld,
    /// A step was left out.
    Skipped,
    /// The goal was reached.
    Goal,
    /// It was moved to another version.
    Moved,
    /// An outcome was taken back.
    Undone,
    /// It ended.
    Ended,
}

impl What {
    /// Every one.
    pub const ALL: [Self; 20] = [
        Self::Entered,
        Self::Waits,
        Self::Late,
        Self::Went,
        Self::Asked,
        Self::Sent,
        Self::Set,
        Self::Joined,
        Self::Left,
        Self::Offered,
        Self::Recalled,
        Self::Recorded,
        Self::Told,
        Self::Started,
        Self::Withheld,
        Self::Skipped,
        Self::Goal,
        Self::Moved,
        Self::Undone,
        Self::Ended,
    ];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Waits => "waits",
            Self::Late => "late",
            Self::Went => "went",
            Self::Asked => "asked",
            Self::Sent => "sent",
            Self::Set => "set",
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Offered => "offered",
            Self::Recalled => "recalled",
            Self::Recorded => "recorded",
            Self::Told => "told",
            Self::Started => "started",
            Self::Withheld => "withheld",
            Self::Skipped => "skipped",
            Self::Goal => "goal",
            Self::Moved => "moved",
            Self::Undone => "undone",
            Self::Ended => "ended",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// Something to be done outside the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The step that does it.
    pub step: StepId,
    /// What.
    pub kind: EffectKind,
}

/// What a step does outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectKind {
    /// Asks a person.
    Ask(Ask),
    /// Asks a person whether to go on though it is late.
    AskLate,
    /// Says something to them.
    Send(Send),
    /// Puts a trait on the thread, as the event with this id.
    Set(EventId, SetTrait),
    /// Puts them on a list, as the event with this id.
    Join(EventId, ListId),
    /// Takes them off a list, as the event with this id.
    Leave(EventId, ListId),
    /// Puts an event on the thread, with this id.
    Record(EventId, Record),
    /// Tells other systems.
    Tell(CompactString),
    /// Lets them into another journey.
    Start(JourneyId),
    /// The goal was reached, with what it brought; put on the thread with this id.
    Goal(EventId, CompactString, Option<CompactString>),
    /// Whatever was asked is no longer wanted.
    Withdraw,
}
