//! Pausing a journey, letting it go on, stopping it.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::JourneyId;
use filo_core::journey::{Ending, Status};

use super::{JourneyView, known, status_of};
use crate::actor::Actor;
use crate::app::App;
use crate::engine::{Alteration, Calls, Command};
use crate::error::{Error, Result};

/// What is done with a journey that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Nobody comes in and nobody goes on.
    Pause,
    /// It goes on where it was.
    Resume,
    /// Nobody comes in; who is on the way goes on to the end.
    Finish,
    /// It ends, for everybody on the way too.
    Stop,
}

impl Halt {
    /// The word in forms and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Finish => "finish",
            Self::Stop => "stop",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Pause, Self::Resume, Self::Finish, Self::Stop];
        all.into_iter().find(|halt| halt.word() == word)
    }

    fn leads_to(self, from: Status) -> Option<Status> {
        match (self, from) {
            (Self::Pause, Status::Active) => Some(Status::Paused),
            (Self::Resume, Status::Paused | Status::Finishing) => Some(Status::Active),
            (Self::Finish, Status::Active | Status::Paused) => Some(Status::Finishing),
            (Self::Stop, Status::Active | Status::Paused | Status::Finishing) => {
                Some(Status::Stopped)
            }
            _ => None,
        }
    }
}

impl App {
    /// Pauses a journey, lets it go on, or stops it.
    ///
    /// # Errors
    /// If the actor may not, it is not in such a way, or somebody changed it meanwhile.
    pub async fn halt_journey(
        &self,
        actor: &Actor,
        (id, seen): (JourneyId, i64),
        halt: Halt,
    ) -> Result<JourneyView> {
        actor.must(Right::ManageJourneys)?;
        let now = self.now();
        let mut row = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?
        };
        let from = status_of(&row)?;
        let Some(to) = halt.leads_to(from) else {
            let why = format!("it is {}: this cannot be done now", from.word());
            return Err(Error::Conflict(why));
        };
        row.version = seen;
        row.status = to.word().to_owned();
        row.changed_at = now;
        row.changed_by.clone_from(&actor.name);
        if from == Status::Finishing && to == Status::Active {
            // What is asked of the past was not kept up meanwhile.
            row.filled_at = None;
        }
        let entry = actor.did(Act::JourneyHalted, now).about(id);
        let alteration = Alteration {
            row,
            publish: None,
            moves: Vec::new(),
            calls: (to == Status::Stopped).then_some(Calls::NONE),
            end: (to == Status::Stopped).then_some(Ending::Stopped),
            entry: entry.with("status", Token::word(to.word())),
        };
        self.tell_ways(Command::Alter(Box::new(alteration))).await?;
        self.reopen_book().await?;
        self.journey(id).await
    }
}
