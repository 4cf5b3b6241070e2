//! The memory of a layer, and the trouble it is told to make.
//!
//! **Invariant:** an operation is remembered if and only if it took effect.

use std::collections::HashMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::operation::{FileId, Operation};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A write fails and leaves nothing.
    WriteFails,
    /// A write fails and leaves its first half.
    WriteStopsShort,
    /// A write that needs new room finds none.
    NoRoom,
    /// A sync fails, and what it should have written is lost to later ones.
    SyncFails,
    /// A truncation fails.
    TruncateFails,
}

impl Trouble {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::WriteFails,
        Self::WriteStopsShort,
        Self::NoRoom,
        Self::SyncFails,
        Self::TruncateFails,
    ];
}

/// Which call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub trouble: Trouble,
    /// The first call that can have this trouble is 1.
    pub nth: u64,
    /// All later ones go wrong too, until the plan is taken back.
    pub lasting: bool,
}

/// A call that may go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// A write, and whether it makes the file longer.
    Write {
        grows: bool,
    },
    Sync,
    Truncate,
}

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    operations: Vec<Operation>,
    /// By name: which file, and its number in the file system if it is there.
    names: HashMap<PathBuf, (FileId, Option<u64>)>,
    files: u32,
    plan: Option<Plan>,
    attempts: u64,
    struck: u64,
}

impl Recorder {
    /// A recorder that goes on where a recording ends.
    pub(crate) fn after(operations: Vec<Operation>) -> Self {
        let mut recorder = Self::default();
        for operation in &operations {
            match operation {
                Operation::Found { file, name, .. } | Operation::Create { file, name } => {
                    recorder.files = recorder.files.max(file.0 + 1);
                    let there = std::fs::metadata(name).ok().map(|there| there.ino());
                    recorder.names.insert(name.clone(), (*file, there));
                }
                Operation::Remove { name } => {
                    recorder.names.remove(name);
                }
                Operation::Write { .. }
                | Operation::Truncate { .. }
                | Operation::Sync { .. }
                | Operation::SyncFailed { .. }
                | Operation::SyncFolder { .. } => {}
            }
        }
        recorder.operations = operations;
        recorder
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Forgets everything; files that are open are strangers from now on.
    pub(crate) fn clear(&mut self) -> Vec<Operation> {
        self.names.clear();
        std::mem::take(&mut self.operations)
    }

    pub(crate) fn plan(&mut self, plan: Option<Plan>) {
        self.plan = plan;
        self.attempts = 0;
        self.struck = 0;
    }

    /// How often the plan was carried out.
    pub(crate) fn struck(&self) -> u64 {
        self.struck
    }

    /// Whether this call goes wrong.
    pub(crate) fn strike(&mut self, attempt: Attempt) -> Option<Trouble> {
        let plan = self.plan?;
        let concerned = match plan.trouble {
            Trouble::WriteFails | Trouble::WriteStopsShort => {
                matches!(attempt, Attempt::Write { .. })
            }
            Trouble::NoRoom => attempt == Attempt::Write { grows: true },
            Trouble::SyncFails => attempt == Attempt::Sync,
            Trouble::TruncateFails => attempt == Attempt::Truncate,
        };
        if !concerned {
            return None;
        }
        self.attempts += 1;
        let due = self.attempts == plan.nth || (plan.lasting && self.attempts > plan.nth);
        self.struck += u64::from(due);
        due.then_some(plan.trouble)
    }

    /// Notes that a file was opened. `before` is what was in it, if it was there; `number` is
    /// the file system's own.
    pub(crate) fn opened(
        &mut self,
        name: &Path,
        before: Option<Vec<u8>>,
        number: Option<u64>,
    ) -> FileId {
        if before.is_some()
            && let Some((known, then)) = self.names.get(name)
            && *then == number
        {
            return *known;
        }
        let file = FileId(self.files);
        self.files += 1;
        let name = name.to_path_buf();
        self.names.insert(name.clone(), (file, number));
        self.operations.push(match before {
            Some(bytes) => Operation::Found { file, name, bytes },
            None => Operation::Create { file, name },
        });
        file
    }

    pub(crate) fn removed(&mut self, name: &Path) {
        self.names.remove(name);
        self.operations.push(Operation::Remove {
            name: name.to_path_buf(),
        });
    }

    pub(crate) fn note(&mut self, operation: Operation) {
        self.operations.push(operation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planned_call_goes_wrong_and_no_other() {
        let mut recorder = Recorder::default();
        let write = Attempt::Write { grows: false };
        recorder.plan(Some(Plan {
            trouble: Trouble::WriteFails,
            nth: 2,
            lasting: false,
        }));
        let struck: Vec<bool> = [write, Attempt::Sync, write, write]
            .into_iter()
            .map(|attempt| recorder.strike(attempt).is_some())
            .collect();
        assert_eq!(struck, [false, false, true, false]);
        assert_eq!(recorder.struck(), 1);
    }

    #[test]
    fn a_full_disk_stays_full_for_what_grows() {
        let mut recorder = Recorder::default();
        recorder.plan(Some(Plan {
            trouble: Trouble::NoRoom,
            nth: 1,
            lasting: true,
        }));
        for _ in 0..2 {
            assert!(recorder.strike(Attempt::Write { grows: true }).is_some());
            assert!(recorder.strike(Attempt::Write { grows: false }).is_none());
        }
        recorder.plan(None);
        assert!(recorder.strike(Attempt::Write { grows: true }).is_none());
    }

    #[test]
    fn a_file_made_again_is_another_file() {
        let mut recorder = Recorder::default();
        let name = Path::new("log.db-wal");
        let there = || Some(Vec::new());
        let first = recorder.opened(name, None, Some(1));
        assert_eq!(recorder.opened(name, there(), Some(1)), first);
        assert_ne!(
            recorder.opened(name, there(), Some(2)),
            first,
            "somebody put another file in its place"
        );
        recorder.removed(name);
        assert_ne!(recorder.opened(name, None, Some(1)), first);
        let mut again = Recorder::after(recorder.operations()[..1].to_vec());
        assert_eq!(again.opened(name, there(), None), first);
        assert_ne!(again.opened(Path::new("log.db"), None, None), first);
        let found = recorder.opened(Path::new("log.db"), Some(vec![7]), Some(3));
        assert_eq!(
            recorder.operations().last(),
            Some(&Operation::Found {
                file: found,
                name: "log.db".into(),
                bytes: vec![7]
            })
        );
    }
}
