//! The folder of imports: what is personal of a file lies here and nowhere else.
//!
//! ```text
//! imports/imp_….file        as it was brought
//! imports/imp_….seen        what was recognised in it, with samples
//! imports/imp_….report      examples of what would happen, or happened
//! imports/imp_….rejected    the lines that were not taken, with the reason
//! imports/imp_….people      whom it concerned: a node and an outcome each
//! imports/imp_….standing    how far a run is that is under way
//! imports/imp_….part        a file that is still arriving
//! ```
//!
//! **Invariant:** a file under its final name is whole and on disk; what belongs to no row of the
//! list, or to one whose file is gone, is swept.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use filo_core::id::ImportId;

/// What there is of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    File,
    Seen,
    Report,
    Rejected,
    People,
    Standing,
    Arriving,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::File,
        Self::Seen,
        Self::Report,
        Self::Rejected,
        Self::People,
        Self::Standing,
        Self::Arriving,
    ];

    const fn ending(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Seen => "seen",
            Self::Report => "report",
            Self::Rejected => "rejected",
            Self::People => "people",
            Self::Standing => "standing",
            Self::Arriving => "part",
        }
    }
}

/// Where a part is.
pub(super) fn path(folder: &Path, id: ImportId, part: Part) -> PathBuf {
    folder.join(format!("{id}.{}", part.ending()))
}

/// Whose a file of the folder is; none if it is none of ours.
pub(super) fn owner(name: &str) -> Option<(ImportId, Part)> {
    let (id, ending) = name.split_once('.')?;
    let part = Part::ALL.into_iter().find(|part| part.ending() == ending)?;
    Some((id.parse().ok()?, part))
}

/// Removes a part; one that is not there is removed already.
pub(super) fn remove(folder: &Path, id: ImportId, part: Part) -> io::Result<()> {
    match std::fs::remove_file(path(folder, id, part)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Removes everything of an import.
pub(super) fn remove_all(folder: &Path, id: ImportId) -> io::Result<()> {
    Part::ALL
        .into_iter()
        .try_for_each(|part| remove(folder, id, part))
}

/// Reads a small document; none if it is not there.
pub(super) fn read<T: serde::de::DeserializeOwned>(
    folder: &Path,
    id: ImportId,
    part: Part,
) -> anyhow::Result<Option<T>> {
    match std::fs::read(path(folder, id, part)) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes a small document, whole or not at all.
pub(super) fn write(
    folder: &Path,
    id: ImportId,
    part: Part,
    document: &impl serde::Serialize,
) -> anyhow::Result<()> {
    let beside = written_beside(folder, id, part, document)?;
    Ok(std::fs::rename(beside, path(folder, id, part))?)
}

/// Writes a small document that must be on disk before what follows.
pub(super) fn write_durably(
    folder: &Path,
    id: ImportId,
    part: Part,
    document: &impl serde::Serialize,
) -> anyhow::Result<()> {
    let beside = written_beside(folder, id, part, document)?;
    File::open(&beside)?.sync_all()?;
    std::fs::rename(&beside, path(folder, id, part))?;
    Ok(File::open(folder)?.sync_all()?)
}

/// Where a document stands until it takes its name.
fn written_beside(
    folder: &Path,
    id: ImportId,
    part: Part,
    document: &impl serde::Serialize,
) -> anyhow::Result<PathBuf> {
    let beside = folder.join(format!("{id}.{}.new", part.ending()));
    std::fs::write(&beside, serde_json::to_vec(document)?)?;
    Ok(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_imports_are_swept() {
        let id = ImportId(7);
        for part in Part::ALL {
            let place = path(Path::new("/x"), id, part);
            let name = place.file_name().unwrap().to_str().unwrap();
            assert_eq!(owner(name), Some((id, part)));
        }
        for foreign in [
            "",
            "notes.txt",
            "imp_x.file",
            "imp_00000000000000000000000007.txt",
        ] {
            assert_eq!(owner(foreign), None, "{foreign}");
        }
    }
}
