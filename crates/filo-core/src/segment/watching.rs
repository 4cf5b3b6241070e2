//! Events that are noted from now on though no segment asks about them.
//!
//! **Invariant:** what is only watched never counts as known whole: who asks about the past has
//! it gathered.

use super::book::Book;
use super::signal::{Signal, SignalKey};

impl Book {
    /// The same book, noting these events as well from now on; nobody gathers what happened before.
    /// To be called last.
    #[must_use]
    pub fn watching(mut self, signals: &[Signal]) -> Self {
        for signal in signals {
            if !self.signals.contains(signal.key()) {
                self.watched.push(signal.key());
            }
        }
        self.watched.sort_unstable();
        self.signals.extend(signals);
        self
    }

    /// Whether events of a signal are noted from now on only, so that what happened before may
    /// not be known.
    #[must_use]
    pub fn only_watches(&self, key: SignalKey) -> bool {
        self.watched.binary_search(&key).is_ok()
    }
}
