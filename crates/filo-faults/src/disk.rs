//! What a disk may hold after the first operations of a recording: the part that is safe, and
//! the changes that a power cut may drop or tear.
//!
//! **Invariant:** the rules err towards the worse disk: names are safe only after their folder
//! was synced, and changes to one file reach the disk in any choice, not as a prefix.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::image::Image;
use crate::operation::{FileId, Operation};
use crate::tearing::{overwrite, overwrite_beginning, overwrite_some};

/// How the machine stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The process was killed: all that it wrote is there.
    Kill,
    /// The process was killed inside its last write, of which the beginning is there.
    KillInsideWrite(u64),
    /// The power was cut: what was not synced is gone.
    PowerDropsAll,
    /// The power was cut: the disk had written everything but parts of the last write.
    PowerTearsLast(u64),
    /// The power was cut: of what was not synced there is a choice, some of it in parts.
    PowerKeepsSome(u64),
}

#[derive(Debug, Clone, Copy)]
enum Change<'a> {
    Write { offset: u64, bytes: &'a [u8] },
    Truncate { length: u64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The next sync makes it safe.
    Pending,
    /// Its sync failed: no sync will ever make it safe.
    Doubtful,
    /// Synced, but written after something doubtful.
    Safe,
}

#[derive(Debug, Clone, Default)]
struct Content<'a> {
    safe: Vec<u8>,
    changes: Vec<(Change<'a>, Standing)>,
}

#[derive(Debug, Clone, Copy)]
enum Naming<'a> {
    Made(&'a Path, FileId),
    Removed(&'a Path),
}

/// A disk that operations are played to.
#[derive(Debug, Clone, Default)]
pub struct Disk<'a> {
    files: BTreeMap<FileId, Content<'a>>,
    names: BTreeMap<PathBuf, FileId>,
    namings: Vec<Naming<'a>>,
    /// The file of the last operation, if that was a write.
    writing: Option<FileId>,
}

impl<'a> Disk<'a> {
    /// Plays one more operation.
    pub fn play(&mut self, operation: &'a Operation) {
        self.writing = None;
        match operation {
            Operation::Found { file, name, bytes } => {
                self.files.entry(*file).or_default().safe.clone_from(bytes);
                self.namings.retain(|naming| naming.name() != name);
                self.names.insert(name.clone(), *file);
            }
            Operation::Create { file, name } => {
                self.files.insert(*file, Content::default());
                self.namings.push(Naming::Made(name, *file));
            }
            Operation::Write {
                file,
                offset,
                bytes,
            } => {
                self.change(
                    *file,
                    Change::Write {
                        offset: *offset,
                        bytes,
                    },
                );
                self.writing = Some(*file);
            }
            Operation::Truncate { file, length } => {
                self.change(*file, Change::Truncate { length: *length });
            }
            Operation::Sync { file } => self.files.entry(*file).or_default().sync(),
            Operation::SyncFailed { file } => {
                for (_, standing) in &mut self.files.entry(*file).or_default().changes {
                    if *standing == Standing::Pending {
                        *standing = Standing::Doubtful;
                    }
                }
            }
            Operation::Remove { name } => self.namings.push(Naming::Removed(name)),
            Operation::SyncFolder { folder } => {
                let (due, others) = std::mem::take(&mut self.namings)
                    .into_iter()
                    .partition(|naming| naming.name().parent() == Some(folder.as_path()));
                self.namings = others;
                let due: Vec<Naming<'_>> = due;
                for naming in due {
                    naming.apply(&mut self.names);
                }
            }
        }
    }

    fn change(&mut self, file: FileId, change: Change<'a>) {
        let content = self.files.entry(file).or_default();
        content.changes.push((change, Standing::Pending));
    }

    /// What is on the disk if the machine stops here.
    #[must_use]
    pub fn image(&self, cut: Cut) -> Image {
        let (Cut::KillInsideWrite(seed) | Cut::PowerTearsLast(seed) | Cut::PowerKeepsSome(seed)) =
            cut
        else {
            return self.image_by(cut, &mut StdRng::seed_from_u64(0));
        };
        self.image_by(cut, &mut StdRng::seed_from_u64(seed))
    }

    fn image_by(&self, cut: Cut, chance: &mut StdRng) -> Image {
        let mut names = self.names.clone();
        for naming in &self.namings {
            let kept = match cut {
                Cut::Kill | Cut::KillInsideWrite(_) | Cut::PowerTearsLast(_) => true,
                Cut::PowerDropsAll => false,
                Cut::PowerKeepsSome(_) => chance.random_bool(0.5),
            };
            if kept {
                naming.apply(&mut names);
            }
        }
        // Some cuts drop nearly all, some keep nearly all: both ends find other faults.
        let keep = [0.1, 0.5, 0.9][chance.random_range(0..3)];
        let files = names
            .into_iter()
            .filter_map(|(name, file)| {
                let last = self.writing == Some(file);
                let content = self.files.get(&file)?;
                Some((name, content.found(cut, last, keep, chance)))
            })
            .collect();
        Image { files }
    }
}

impl Naming<'_> {
    fn name(&self) -> &Path {
        match self {
            Self::Made(name, _) | Self::Removed(name) => name,
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, FileId>) {
        match self {
            Self::Made(name, file) => {
                names.insert(name.to_path_buf(), *file);
            }
            Self::Removed(name) => {
                names.remove(*name);
            }
        }
    }
}

impl Content<'_> {
    fn sync(&mut self) {
        for (_, standing) in &mut self.changes {
            if *standing == Standing::Pending {
                *standing = Standing::Safe;
            }
        }
        let safe = |(_, standing): &(Change<'_>, Standing)| *standing == Standing::Safe;
        let settled = self
            .changes
            .iter()
            .take_while(|change| safe(change))
            .count();
        for (change, _) in self.changes.drain(..settled) {
            change.apply(&mut self.safe);
        }
    }

    /// The content after a cut; `last` says that the last change was the machine's last act.
    fn found(&self, cut: Cut, last: bool, keep: f64, chance: &mut StdRng) -> Vec<u8> {
        let mut content = self.safe.clone();
        let final_change = self.changes.len().saturating_sub(1);
        for (index, (change, standing)) in self.changes.iter().enumerate() {
            let is_last = last && index == final_change;
            if *standing == Standing::Safe {
                change.apply(&mut content);
                continue;
            }
            match (cut, change) {
                (Cut::KillInsideWrite(_), Change::Write { offset, bytes }) if is_last => {
                    overwrite_beginning(&mut content, *offset, bytes, chance);
                }
                (Cut::PowerTearsLast(_), Change::Write { offset, bytes }) if is_last => {
                    overwrite_some(&mut content, *offset, bytes, chance);
                }
                (Cut::Kill | Cut::KillInsideWrite(_) | Cut::PowerTearsLast(_), _) => {
                    change.apply(&mut content);
                }
                (Cut::PowerDropsAll, _) => {}
                (Cut::PowerKeepsSome(_), _) => change.apply_by(&mut content, keep, chance),
            }
        }
        content
    }
}

impl Change<'_> {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write { offset, bytes } => overwrite(content, *offset, bytes),
            Self::Truncate { length } => {
                content.resize(usize::try_from(*length).unwrap_or(content.len()), 0);
            }
        }
    }

    fn apply_by(&self, content: &mut Vec<u8>, keep: f64, chance: &mut StdRng) {
        if !chance.random_bool(keep) {
            return;
        }
        match self {
            Self::Write { offset, bytes } if chance.random_bool(0.25) => {
                overwrite_some(content, *offset, bytes, chance);
            }
            Self::Write { .. } | Self::Truncate { .. } => self.apply(content),
        }
    }
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
