//! The chain: sealing an entry, and walking over what is stored to see whether it is whole.

use std::fmt;

use super::Entry;
use crate::time::Timestamp;

/// What the hash of an entry begins with, so that it can be no other hash of Filo's.
const DOMAIN: &[u8] = b"filo audit entry v1";

/// Where the chain ends: what an owner notes elsewhere, to see later that nothing was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry; 0 before the first one.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl Head {
    /// Before the first entry.
    pub const BEGINNING: Self = Self {
        seq: 0,
        hash: [0; 32],
    };
}

/// A head that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a head of the audit log: expected a number, a hyphen and 64 digits of base 16")]
pub struct InvalidHead;

/// An entry in the chain, word by word as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by kind.
    pub party: String,
    /// Who, by id.
    pub actor: Option<String>,
    /// What they did.
    pub act: String,
    /// To what.
    pub subject: Option<String>,
    /// What else is known.
    pub detail: String,
    /// Over all this and the hash before.
    pub hash: [u8; 32],
}

impl Sealed {
    /// Where the chain ends with this entry.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash,
        }
    }

    /// The hash it would have behind another one: what a forger would work out.
    #[cfg(test)]
    pub(super) fn resealed(&self, before: &[u8; 32]) -> [u8; 32] {
        self.digest(before)
    }

    fn digest(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(DOMAIN);
        hasher.update(before);
        hasher.update(&self.seq.to_be_bytes());
        hasher.update(&self.at.0.to_be_bytes());
        // Each text with its length before it: no two entries have the same encoding.
        let texts = [
            Some(self.party.as_str()),
            self.actor.as_deref(),
            Some(self.act.as_str()),
            self.subject.as_deref(),
            Some(self.detail.as_str()),
        ];
        for text in texts {
            match text {
                None => hasher.update(&u64::MAX.to_be_bytes()),
                Some(text) => hasher
                    .update(&(text.len() as u64).to_be_bytes())
                    .update(text.as_bytes()),
            };
        }
        *hasher.finalize().as_bytes()
    }
}

/// The entry as it follows `before`.
#[must_use]
pub fn seal(before: &Head, entry: &Entry) -> Sealed {
    let text = |token: &super::Token| token.as_str().to_owned();
    let mut sealed = Sealed {
        seq: before.seq.saturating_add(1),
        at: entry.at,
        party: entry.party.word().to_owned(),
        actor: entry.actor.as_ref().map(text),
        act: entry.act.word().to_owned(),
        subject: entry.subject.as_ref().map(text),
        detail: entry.detail_text(),
        hash: [0; 32],
    };
    sealed.hash = sealed.digest(&before.hash);
    sealed
}

/// What is wrong with the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Entries are missing, or stand twice, before this one.
    Gap {
        /// The number that should come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// An entry does not follow from the one before: it or that one was changed.
    Broken {
        /// Its number.
        seq: i64,
    },
    /// The log ends before a head that is known.
    Cut {
        /// Where the log ends.
        last: i64,
        /// Where it once ended.
        known: i64,
    },
    /// The entry with the number of a known head is another one.
    Other {
        /// The number.
        seq: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap { expected, found } => write!(
                out,
                "the audit log goes from entry {} to entry {found}",
                expected - 1
            ),
            Self::Broken { seq } => write!(
                out,
                "entry {seq} of the audit log does not follow from the one before it"
            ),
            Self::Cut { last, known } => write!(
                out,
                "the audit log ends with entry {last} and once had entry {known}"
            ),
            Self::Other { seq } => write!(
                out,
                "entry {seq} of the audit log is not the one that was noted"
            ),
        }
    }
}

/// A walk over the chain, entry after entry.
#[derive(Debug, Clone)]
pub struct Chain {
    last: Head,
    known: Vec<Head>,
    faults: Vec<Fault>,
}

/// After so many faults more would say nothing new.
const FAULTS_MOST: usize = 100;

impl Chain {
    /// Begins before the first entry. `known` are heads that must be in the chain: the one stored
    /// beside it, and what somebody noted elsewhere.
    #[must_use]
    pub const fn new(known: Vec<Head>) -> Self {
        Self {
            last: Head::BEGINNING,
            known,
            faults: Vec::new(),
        }
    }

    /// Takes the next entry as it is stored.
    pub fn take(&mut self, entry: &Sealed) {
        let expected = self.last.seq.saturating_add(1);
        if entry.seq != expected {
            let found = entry.seq;
            self.note(Fault::Gap { expected, found });
        }
        if entry.hash != entry.digest(&self.last.hash) {
            self.note(Fault::Broken { seq: entry.seq });
        }
        let noted = self
            .known
            .iter()
            .any(|head| head.seq == entry.seq && head.hash != entry.hash);
        if noted {
            self.note(Fault::Other { seq: entry.seq });
        }
        // From here on what stands there counts, so that each fault is told once.
        self.last = entry.head();
    }

    /// Where it ended and everything that is wrong.
    #[must_use]
    pub fn end(mut self) -> (Head, Vec<Fault>) {
        let last = self.last;
        for head in std::mem::take(&mut self.known) {
            if head.seq > last.seq {
                self.note(Fault::Cut {
                    last: last.seq,
                    known: head.seq,
                });
            }
        }
        (last, self.faults)
    }

    fn note(&mut self, fault: Fault) {
        if self.faults.len() < FAULTS_MOST {
            self.faults.push(fault);
        }
    }
}
