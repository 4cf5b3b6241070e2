//! The lake: the files in use and what can be asked of them.
//!
//! **Invariant:** readers see either all of a publication or none of it. What is written is not
//! seen before it is published, and what is replaced stays readable while it is read.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use filo_core::event::Event;
use filo_core::id::{EventId, NodeId, WorkspaceKey};
use filo_core::time::Timestamp;
use parking_lot::{Mutex, RwLock};

use crate::compaction;
use crate::error::{Named, Result};
use crate::file::{EVENTS, LakeFile, SEEN, UNFINISHED};
use crate::held::Held;
use crate::opened::Opened;
use crate::options::Options;
use crate::scan::Scan;
use crate::seen::short;
use crate::timeline::{self, Cursor};
use crate::{verify, writing};

/// The events of a workspace as Parquet files in a folder. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Lake {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    key: WorkspaceKey,
    options: Options,
    /// By the clock of the disk: what is older was there before.
    opened_at: SystemTime,
    files: RwLock<Arc<Vec<Arc<Opened>>>>,
    /// Written and not yet published.
    written: Mutex<HashMap<String, Arc<Opened>>>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// How many Parquet files.
    pub files: usize,
    /// How many events.
    pub rows: u64,
    /// Bytes of the Parquet files.
    pub bytes: u64,
    /// Bytes of the runs of event ids.
    pub seen_bytes: u64,
}

impl Lake {
    /// Opens the lake in a folder; `files` is the list that the caller keeps.
    ///
    /// Runs of event ids are loaded at once (1.4 bytes per event), Parquet files at first use.
    ///
    /// # Errors
    /// If a file is missing or a run is damaged.
    pub fn open(
        root: &Path,
        key: WorkspaceKey,
        files: Vec<LakeFile>,
        options: Options,
    ) -> Result<Self> {
        const MARK: &str = "opened";
        fs::create_dir_all(root).named(".")?;
        // No clock here: the disk says when it was opened, by the clock that dates its files.
        let mark = root.join(MARK);
        fs::write(&mark, b"").named(MARK)?;
        let opened_at = fs::metadata(&mark)
            .and_then(|mark| mark.modified())
            .named(MARK)?;
        let open = |file| Opened::open(root, file).map(Arc::new);
        let mut opened: Vec<_> = files.into_iter().map(open).collect::<Result<_>>()?;
        sort(&mut opened);
        Ok(Self {
            inner: Arc::new(Inner {
                root: root.to_owned(),
                key,
                options,
                opened_at,
                files: RwLock::new(Arc::new(opened)),
                written: Mutex::new(HashMap::new()),
            }),
        })
    }

    /// Writes events as new files, one per month of receipt, sorted by (thread, time, id); they
    /// are on disk when this returns, and not seen before they are published.
    ///
    /// `seqs` are the first and last rows of the log that they come from; `serial` is a number
    /// that the caller gives to no other call.
    ///
    /// # Errors
    /// If the disk refuses; nothing of the unfinished file stays.
    pub fn write(&self, events: &[Event], seqs: (i64, i64), serial: u64) -> Result<Vec<LakeFile>> {
        let mut events: Vec<&Event> = events.iter().collect();
        events.sort_unstable_by_key(|event| writing::order(event));
        let events = events.into_iter().map(|event| Ok(event.clone()));
        self.write_in_order::<crate::Error>(events, seqs, serial)
    }

    /// As [`Lake::write`], with events that come in the order (thread, time, id): a thousand of
    /// them are in memory at a time.
    ///
    /// # Errors
    /// If an event cannot be had or comes out of order, or the disk refuses.
    pub fn write_in_order<E: From<crate::Error>>(
        &self,
        events: impl Iterator<Item = Result<Event, E>>,
        seqs: (i64, i64),
        serial: u64,
    ) -> Result<Vec<LakeFile>, E> {
        let files = writing::write(&self.inner.root, &self.inner.options, events, seqs, serial)?;
        self.prepare(&files)?;
        Ok(files)
    }

    /// Shows and hides files, after the caller's transaction: one step for readers. Hidden files
    /// are deleted when nobody reads them any more.
    ///
    /// # Errors
    /// If a file that this lake did not write cannot be opened. Files it wrote are open already,
    /// so for them it cannot fail.
    pub fn publish(&self, add: &[LakeFile], remove: &[String]) -> Result<()> {
        self.prepare(add)?;
        let mut written = self.inner.written.lock();
        let mut current = self.inner.files.write();
        let present: HashSet<&str> = current.iter().map(|file| file.name()).collect();
        let added: Vec<Arc<Opened>> = add
            .iter()
            .filter(|file| !present.contains(file.name.as_str()))
            .filter_map(|file| written.remove(&file.name))
            .collect();
        let mut files: Vec<Arc<Opened>> = Vec::with_capacity(current.len() + added.len());
        for file in current.iter() {
            if remove.iter().any(|name| name == file.name()) {
                file.remove();
            } else {
                files.push(Arc::clone(file));
            }
        }
        files.extend(added);
        sort(&mut files);
        *current = Arc::new(files);
        Ok(())
    }

    /// Deletes files that were written and will not be published: the transaction failed.
    pub fn discard(&self, files: &[LakeFile]) {
        let mut written = self.inner.written.lock();
        for file in files.iter().filter_map(|file| written.remove(&file.name)) {
            file.remove();
        }
    }

    /// Whether the event is in the lake, exactly.
    ///
    /// # Errors
    /// If a run of ids cannot be read.
    pub fn contains(&self, id: EventId) -> Result<bool> {
        let id = short(id);
        for run in self.files().iter().filter_map(|file| file.seen.as_ref()) {
            if run.contains(id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether each of the events is in the lake, exactly. Much cheaper than one by one: the
    /// misses of a filter overlap.
    ///
    /// # Errors
    /// If a run of ids cannot be read.
    pub fn contains_many(&self, ids: &[EventId]) -> Result<Vec<bool>> {
        let mut known = vec![false; ids.len()];
        let mut maybe = Vec::new();
        for run in self.files().iter().filter_map(|file| file.seen.as_ref()) {
            maybe.clear();
            let passing = ids
                .iter()
                .enumerate()
                .filter(|(_, id)| run.may_contain(short(**id)));
            maybe.extend(passing.map(|(place, _)| place));
            for place in &maybe {
                if !known[*place] {
                    known[*place] = run.contains(short(ids[*place]))?;
                }
            }
        }
        Ok(known)
    }

    /// The files that should become one now, if any.
    #[must_use]
    pub fn compaction(&self) -> Option<Vec<LakeFile>> {
        let files = self.files();
        let files: Vec<&LakeFile> = files.iter().map(|file| &file.file).collect();
        compaction::plan(&files, &self.inner.options)
    }

    /// Merges files into one of the next level, and their runs of ids; each event once. To be
    /// published by the caller with the inputs as removed.
    ///
    /// # Errors
    /// If an input is not in use or cannot be read, or the disk refuses.
    pub fn compact(&self, inputs: &[LakeFile], serial: u64) -> Result<Vec<LakeFile>> {
        let files = self.files();
        let inputs = compaction::inputs(&files, inputs)?;
        let Inner {
            root, options, key, ..
        } = self.inner.as_ref();
        let merged = compaction::merge(root, options, key, &inputs, serial)?;
        self.prepare(std::slice::from_ref(&merged))?;
        Ok(vec![merged])
    }

    /// The newest events of some threads, newest first; `before` is where the last page ended.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn timeline(
        &self,
        threads: &[NodeId],
        before: Option<(Timestamp, EventId)>,
        limit: usize,
    ) -> Result<Vec<Event>> {
        timeline::newest(
            &self.files(),
            &self.inner.key,
            threads,
            Cursor { before, limit },
        )
    }

    /// Every event, file by file, a few thousand in memory at a time.
    pub fn events(&self) -> impl Iterator<Item = Result<Event>> + use<> {
        let files = self.files();
        let key = self.inner.key;
        (0..files.len()).flat_map(move |place| match Scan::whole(&files[place], &key) {
            Ok(scan) => Box::new(scan) as Box<dyn Iterator<Item = Result<Event>> + Send>,
            Err(error) => Box::new(std::iter::once(Err(error))),
        })
    }

    /// Reads everything and says what is wrong, a line each; empty is good.
    ///
    /// # Errors
    /// Never for a damaged file, which is a line of the answer.
    pub fn verify(&self) -> Result<Vec<String>> {
        Ok(self
            .files()
            .iter()
            .flat_map(|file| verify::problems(file, &self.inner.key))
            .collect())
    }

    /// How much there is.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let files = self.files();
        files.iter().fold(Stats::default(), |stats, file| Stats {
            files: stats.files + 1,
            rows: stats.rows + file.file.rows,
            bytes: stats.bytes + file.file.bytes,
            seen_bytes: stats.seen_bytes + file.file.seen_bytes,
        })
    }

    /// The list of files in use.
    #[must_use]
    pub fn list(&self) -> Vec<LakeFile> {
        self.files().iter().map(|file| file.file.clone()).collect()
    }

    /// Keeps the files that are in use now from being deleted.
    #[must_use]
    pub fn hold(&self) -> Held {
        Held::new(self.inner.root.clone(), self.files())
    }

    /// Deletes files in the folder that are not in use, were not written by this lake and are
    /// older than its opening: what a crash left. Their names.
    ///
    /// # Errors
    /// If the folder cannot be read or a file not deleted.
    pub fn sweep(&self) -> Result<Vec<String>> {
        let mut keep: HashSet<String> = HashSet::new();
        let files = self.files();
        let written = self.inner.written.lock();
        for file in files.iter().chain(written.values()) {
            keep.insert(file.file.name.clone());
            keep.extend(file.file.seen.clone());
        }
        let mut swept = Vec::new();
        for kind in [EVENTS, SEEN, UNFINISHED] {
            self.sweep_folder(kind, &keep, &mut swept)?;
        }
        Ok(swept)
    }

    fn sweep_folder(
        &self,
        folder: &str,
        keep: &HashSet<String>,
        swept: &mut Vec<String>,
    ) -> Result<()> {
        let path = self.inner.root.join(folder);
        if !path.exists() {
            return Ok(());
        }
        for entry in fs::read_dir(&path).named(folder)? {
            let entry = entry.named(folder)?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let about = entry.metadata().named(&name)?;
            if about.is_dir() {
                self.sweep_folder(&name, keep, swept)?;
            } else if !keep.contains(&name) && about.modified().named(&name)? < self.inner.opened_at
            {
                fs::remove_file(entry.path()).named(&name)?;
                swept.push(name);
            }
        }
        Ok(())
    }

    pub(crate) fn key(&self) -> WorkspaceKey {
        self.inner.key
    }

    /// Where a file of the list is.
    #[cfg(feature = "sql")]
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        let path = self.inner.root.join(name);
        std::path::absolute(&path).unwrap_or(path)
    }

    pub(crate) fn writing(&self) -> (&Path, &Options) {
        (&self.inner.root, &self.inner.options)
    }

    pub(crate) fn files(&self) -> Arc<Vec<Arc<Opened>>> {
        Arc::clone(&self.inner.files.read())
    }

    /// Opens files that are about to be published, so that publishing cannot fail.
    pub(crate) fn prepare(&self, files: &[LakeFile]) -> Result<()> {
        let current = self.files();
        for file in files {
            let known = self.inner.written.lock().contains_key(&file.name)
                || current.iter().any(|present| present.name() == file.name);
            if !known {
                let opened = Arc::new(Opened::open(&self.inner.root, file.clone())?);
                self.inner.written.lock().insert(file.name.clone(), opened);
            }
        }
        Ok(())
    }
}

/// By month, then in the order of writing: serials stand in the names.
fn sort(files: &mut [Arc<Opened>]) {
    files.sort_by(|one, other| one.name().cmp(other.name()));
}
