//! A board over all threads, out of their events.

use std::sync::Arc;

use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::called::Called;
use crate::error::Result;
use crate::lake::Lake;
use crate::scan::Events;
use crate::schema::Column;
use crate::walk::Walk;

/// Which texts of an event a fold looks at; what it does not want is empty, and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    /// `identifiers`.
    pub identifiers: bool,
    /// `properties`.
    pub properties: bool,
    /// `context`.
    pub context: bool,
}

impl Texts {
    /// All of them.
    pub const ALL: Self = Self {
        identifiers: true,
        properties: true,
        context: true,
    };

    pub(crate) fn columns(self) -> Vec<Column> {
        let wanted = |column: &Column| match column {
            Column::Identifiers => self.identifiers,
            Column::Properties => self.properties,
            Column::Context => self.context,
            Column::Thread
            | Column::At
            | Column::ReceivedAt
            | Column::OriginalAt
            | Column::ClockSuspect
            | Column::Kind
            | Column::Trust
            | Column::Channel
            | Column::Source
            | Column::Name
            | Column::MessageHead
            | Column::MessageLag
            | Column::MessageUuid => true,
        };
        Column::ALL.into_iter().filter(wanted).collect()
    }
}

/// A board over all threads: start, visit each thread once with all its events in time order,
/// merge partial results, finish.
pub trait Fold: Sync {
    /// What one worker gathers.
    type Partial: Send;
    /// The board.
    type Output;

    /// Nothing seen yet.
    fn start(&self) -> Self::Partial;
    /// One thread, with its events ordered by time and id, each once.
    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]);
    /// Two workers' results are one; the order of the calls is not defined.
    fn merge(&self, into: &mut Self::Partial, from: Self::Partial);
    /// The board of everything.
    fn finish(&self, partial: Self::Partial) -> Self::Output;

    /// Which texts it needs: leaving some out makes it several times faster.
    fn texts(&self) -> Texts {
        Texts::ALL
    }

    /// Which events it looks at; nothing means all of them. What is left out is passed over
    /// undecoded, which is several times faster again.
    fn called(&self) -> Option<Called> {
        None
    }
}

impl Lake {
    /// A board over all threads, with so many workers; `period` (from included, to excluded) is
    /// by event time.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn fold<F: Fold>(
        &self,
        fold: &F,
        workers: usize,
        period: Option<(Timestamp, Timestamp)>,
    ) -> Result<F::Output> {
        let key = &self.key();
        let partial = self.walk(&Folding { fold, key }, workers, period)?;
        Ok(fold.finish(partial))
    }
}

/// A fold as a walk over events.
struct Folding<'a, F> {
    fold: &'a F,
    key: &'a WorkspaceKey,
}

impl<F: Fold> Walk for Folding<'_, F> {
    type Reader = Events;
    type Partial = F::Partial;

    fn reader(&self) -> Events {
        Events {
            key: *self.key,
            columns: self.fold.texts().columns().into(),
            named: self.fold.called().map(Arc::new),
        }
    }

    fn start(&self) -> F::Partial {
        self.fold.start()
    }

    fn visit(&self, partial: &mut F::Partial, thread: NodeId, events: &[Event]) {
        self.fold.visit(partial, thread, events);
    }

    fn merge(&self, into: &mut F::Partial, from: F::Partial) {
        self.fold.merge(into, from);
    }
}
