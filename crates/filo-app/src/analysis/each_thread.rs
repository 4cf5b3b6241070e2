//! Gathering something of each thread of the lake.

use std::marker::PhantomData;

use ahash::HashMap;
use compact_str::CompactString;
use filo_core::event::{Event, EventKind};
use filo_core::id::NodeId;
use filo_lake::{Called, Fold, Texts};

/// What is gathered of each thread, out of its events in the order of their time; threads of which
/// it says nothing are left out.
pub(super) struct EachThread<T, L> {
    called: Option<Called>,
    learn: L,
    gathered: PhantomData<fn() -> T>,
}

impl<T, L: Fn(&[Event]) -> Option<T>> EachThread<T, L> {
    /// Out of every event, without its texts.
    pub(super) const fn of_all(learn: L) -> Self {
        Self {
            called: None,
            learn,
            gathered: PhantomData,
        }
    }

    /// Out of the events that are called so, with their properties.
    pub(super) fn of(names: impl IntoIterator<Item = &'static str>, learn: L) -> Self {
        let names = names.into_iter();
        let called = names.map(|name| (EventKind::Track, CompactString::const_new(name)));
        Self {
            called: Some(Called::new(called)),
            learn,
            gathered: PhantomData,
        }
    }
}

impl<T: Send, L: Fn(&[Event]) -> Option<T> + Sync> Fold for EachThread<T, L> {
    type Partial = HashMap<NodeId, T>;
    type Output = HashMap<NodeId, T>;

    fn start(&self) -> Self::Partial {
        HashMap::default()
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]) {
        if let Some(gathered) = (self.learn)(events) {
            partial.insert(thread, gathered);
        }
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        into.extend(from);
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        partial
    }

    fn texts(&self) -> Texts {
        Texts {
            identifiers: false,
            properties: self.called.is_some(),
            context: false,
        }
    }

    fn called(&self) -> Option<Called> {
        self.called.clone()
    }
}
