//! Which files to merge, and merging them.
//!
//! Per month of receipt: when six files of a level have gathered they become one of the next, so
//! an event is rewritten once per level and few files remain. When a month is over (a later one
//! has files) all that is left of it becomes one file.
//!
//! **Invariant:** the merged file holds each event of its inputs once, in order, and so does its
//! run of ids.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use filo_core::id::WorkspaceKey;

use crate::error::{Error, Result};
use crate::file::{LakeFile, SEEN};
use crate::merging::Merge;
use crate::opened::Opened;
use crate::options::Options;
use crate::seen::{self, Run};
use crate::unfinished::Unfinished;
use crate::writing::{FileWriter, Origin};

/// The files that should become one now, if any; the oldest month first.
pub(crate) fn plan(files: &[&LakeFile], options: &Options) -> Option<Vec<LakeFile>> {
    let mut months: BTreeMap<i32, Vec<&LakeFile>> = BTreeMap::new();
    for file in files {
        months.entry(file.month).or_default().push(file);
    }
    let newest = months.keys().next_back().copied()?;
    months.iter().find_map(|(month, files)| {
        let chosen = if *month < newest {
            fitting(files.clone(), options)
        } else {
            full_level(files, options)
        };
        Some(chosen?.into_iter().cloned().collect())
    })
}

/// The lowest level that has enough files.
fn full_level<'a>(files: &[&'a LakeFile], options: &Options) -> Option<Vec<&'a LakeFile>> {
    let mut levels: BTreeMap<u32, Vec<&LakeFile>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.rows < options.max_rows / 2) {
        levels.entry(file.level).or_default().push(file);
    }
    levels
        .into_values()
        .filter(|level| level.len() >= options.merge_files.max(2))
        .find_map(|level| fitting(level, options))
}

/// As many of the smallest files as one merged file may hold; `None` if that is not even two.
fn fitting<'a>(mut files: Vec<&'a LakeFile>, options: &Options) -> Option<Vec<&'a LakeFile>> {
    files.sort_by(|one, other| (one.rows, &one.name).cmp(&(other.rows, &other.name)));
    let mut rows = 0;
    files.retain(|file| {
        rows += file.rows;
        rows <= options.max_rows
    });
    (files.len() >= 2).then_some(files)
}

/// The open files of a list.
pub(crate) fn inputs(files: &[Arc<Opened>], list: &[LakeFile]) -> Result<Vec<Arc<Opened>>> {
    let open = |wanted: &LakeFile| {
        let found = files.iter().find(|file| file.name() == wanted.name);
        found
            .cloned()
            .ok_or_else(|| Error::damaged(&wanted.name, "it is not in use"))
    };
    list.iter().map(open).collect()
}

/// Merges files of one month into one.
pub(crate) fn merge(
    root: &Path,
    options: &Options,
    key: &WorkspaceKey,
    inputs: &[Arc<Opened>],
    serial: u64,
) -> Result<LakeFile> {
    let lists = || inputs.iter().map(|input| &input.file);
    let (Some(level), Some(month)) = (
        lists().map(|file| file.level).max(),
        lists().map(|file| file.month).max(),
    ) else {
        return Err(Error::damaged("-", "there is nothing to merge"));
    };
    let origin = Origin {
        level: level + 1,
        month,
        seqs: (
            lists().map(|file| file.first_seq).min().unwrap_or_default(),
            lists().map(|file| file.last_seq).max().unwrap_or_default(),
        ),
        serial,
    };
    let mut file = FileWriter::create(root, options, origin)?;
    let mut merge = Merge::open(inputs, key)?;
    while let Some((batch, times)) = merge.next_batch()? {
        file.write(&batch, times.into_iter())?;
    }
    let missing = |input: &Arc<Opened>| Error::damaged(input.name(), "it has no run of ids");
    let runs: Vec<&Run> = inputs
        .iter()
        .map(|input| input.seen.as_ref().ok_or_else(|| missing(input)))
        .collect::<Result<_>>()?;
    file.finish(seen::merge(
        &runs,
        Unfinished::create(root, SEEN, month, serial)?,
    )?)
}

#[cfg(test)]
mod tests {
    use filo_core::time::Timestamp;

    use super::*;

    fn file(name: &str, month: i32, level: u32, rows: u64) -> LakeFile {
        LakeFile {
            name: name.to_owned(),
            level,
            month,
            rows,
            bytes: 0,
            min_at: Timestamp(0),
            max_at: Timestamp(0),
            first_seq: 0,
            last_seq: 0,
            seen: None,
            seen_bytes: 0,
        }
    }

    fn planned(files: &[LakeFile], options: &Options) -> Vec<String> {
        let files: Vec<&LakeFile> = files.iter().collect();
        plan(&files, options)
            .unwrap_or_default()
            .into_iter()
            .map(|file| file.name)
            .collect()
    }

    #[test]
    fn a_full_level_is_merged_and_a_finished_month_becomes_one_file() {
        let options = Options {
            merge_files: 3,
            max_rows: 1000,
            ..Options::default()
        };
        let mut files = vec![file("a", 202_611, 0, 10), file("b", 202_611, 0, 20)];
        assert!(planned(&files, &options).is_empty());
        files.push(file("c", 202_611, 1, 100));
        assert!(
            planned(&files, &options).is_empty(),
            "levels are counted apart"
        );
        files.push(file("d", 202_611, 0, 5));
        assert_eq!(planned(&files, &options), ["d", "a", "b"]);
        files.push(file("e", 202_612, 0, 1));
        assert_eq!(planned(&files, &options), ["d", "a", "b", "c"]);
    }

    #[test]
    fn a_merge_has_a_largest_size() {
        let options = Options {
            merge_files: 2,
            max_rows: 100,
            ..Options::default()
        };
        let files = [
            file("a", 202_611, 1, 70),
            file("b", 202_611, 1, 60),
            file("c", 202_612, 0, 1),
        ];
        assert!(
            planned(&files, &options).is_empty(),
            "130 rows are too many for one file"
        );
    }

    /// Twenty million events in flushes of half a million stay in at most eight files most of
    /// the time, and each is rewritten at most three times.
    #[test]
    fn few_files_remain() {
        let options = Options::default();
        let mut files: Vec<LakeFile> = Vec::new();
        let mut rewritten = 0;
        for flush in 0..40 {
            files.push(file(&format!("{flush:03}"), 202_611, 0, 500_000));
            while let Some(chosen) = plan(&files.iter().collect::<Vec<_>>(), &options) {
                let rows: u64 = chosen.iter().map(|file| file.rows).sum();
                let level = chosen.iter().map(|file| file.level).max().unwrap() + 1;
                files.retain(|file| chosen.iter().all(|other| other.name != file.name));
                files.push(file(&format!("{flush:03}-{level}"), 202_611, level, rows));
                rewritten += rows;
            }
        }
        assert!(files.len() <= 8, "{} files", files.len());
        assert!(rewritten <= 40_000_000, "{rewritten} rows rewritten");
    }
}
