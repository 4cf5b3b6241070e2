//! Making a backup while Filo works.
//!
//! **Invariant (I1):** what was acknowledged before it began is in it: the engine hands out one
//! moment of tables, log and lake, and keeps what belongs to it until it was copied. It is
//! bounded in time, and a backup that dies lets go of everything by ending.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use filo_core::time::Timestamp;
use filo_lake::fits;
use filo_store::portable::{self, Cell, Table};
use filo_store::{Tx, customer, log, standing};
use tokio::sync::oneshot;

use super::file::{Carry, Room, Unfinished, carry, hash_of, remove_abandoned};
use super::listing::{BackupView, list_in, view};
use super::manifest::{FORMAT, FileEntry, Manifest, PREFIX, TableEntry, columns_of};
use super::stream::{Recorder, Streamed};
use super::verify::verify;
use crate::app::App;
use crate::checking::state_hash;
use crate::engine::{Hold, Input};
use crate::error::{Error, Result};

/// Rows read at a time: profiles are capped, so a page is megabytes at most.
const PAGE: u32 = 256;
/// Rows and bytes of log read at a time.
const LOG_ROWS: usize = 256;
const LOG_BYTES: usize = 8 << 20;
/// A backup that takes longer gives up, and lets go of what it holds: until then SQLite's
/// write-ahead file cannot be emptied.
const LONGEST: Duration = Duration::from_secs(6 * 3600);
const UNFINISHED: &str = "unfinished-";
const SECRET_KEY: &str = "secret.key";

/// What to make.
#[derive(Debug, Clone, Default)]
pub struct BackupOrder {
    /// Where; the schedule's folder if nothing is said.
    pub folder: Option<PathBuf>,
    /// With the key that opens stored passwords: then who has the backup has those too.
    pub with_secret_key: bool,
}

/// Tells the workspaces apart whose backups lie in one folder.
pub(crate) fn fingerprint(app: &App) -> String {
    let key = app.key().0;
    let mark = blake3::derive_key("filo backup workspace v1", &key);
    blake3::Hash::from_bytes(mark).to_hex()[..16].to_owned()
}

impl App {
    /// Makes a backup in a folder and reads it back.
    pub(super) async fn make_backup(
        &self,
        folder: &Path,
        with_secret_key: bool,
    ) -> Result<BackupView> {
        if !self.is_leader() {
            return Err(Error::Conflict(
                "another node applies events: make the backup there".to_owned(),
            ));
        }
        let made = tokio::time::timeout(LONGEST, self.write_backup(folder, with_secret_key)).await;
        match made {
            Ok(made) => Ok(made?),
            Err(_elapsed) => Err(Error::Conflict(format!(
                "the backup took more than {} hours and was given up",
                LONGEST.as_secs() / 3600
            ))),
        }
    }

    async fn write_backup(
        &self,
        folder: &Path,
        with_secret_key: bool,
    ) -> anyhow::Result<BackupView> {
        let now = self.now();
        fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        sweep(folder)?;
        let name = format!("{PREFIX}{}-{:04x}", stamp(now)?, self.spare_id() >> 112);
        let Some(place) = Unfinished::make(&folder.join(format!("{UNFINISHED}{name}")))? else {
            bail!("another backup is being written to {}", folder.display());
        };
        let data = self.config().lake.parent().unwrap_or(folder).to_owned();
        let writing = Writing {
            app: self,
            place: place.path().to_owned(),
            room: Room::new(folder, &data),
            before: newest_of(folder, &fingerprint(self)),
            files: Vec::new(),
        };
        writing.room.check()?;
        self.settle().await?;
        let hold = self.hold().await?;
        writing
            .all(hold, now, with_secret_key.then_some(data))
            .await?;
        let written = place.path().to_owned();
        let report = tokio::task::spawn_blocking(move || verify(&written)).await??;
        ensure!(
            report.problems.is_empty(),
            "reading the backup back found: {}",
            report.problems.join("; ")
        );
        let path = folder.join(&name);
        place.finish(&path)?;
        Ok(view(name, path))
    }

    async fn hold(&self) -> anyhow::Result<Hold> {
        let (answer, held) = oneshot::channel();
        let gone = "the engine has stopped";
        self.tell_engine()
            .send(Input::Hold(answer))
            .await
            .ok()
            .context(gone)?;
        held.await.ok().context(gone)?
    }
}

/// Removes what backups left that died.
fn sweep(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&format!("{UNFINISHED}{PREFIX}")) && remove_abandoned(&entry.path()) {
            tracing::info!(name, "an unfinished backup was removed");
        }
    }
    Ok(())
}

fn stamp(now: Timestamp) -> anyhow::Result<String> {
    let now = jiff::Timestamp::from_microsecond(now.0)?;
    Ok(now.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// The newest whole backup of this workspace: files of the lake that stand there already need
/// not be copied once more.
fn newest_of(folder: &Path, workspace: &str) -> Option<PathBuf> {
    let listed = list_in(folder).ok()?;
    let own = |backup: &BackupView| backup.damage.is_none() && backup.workspace == workspace;
    listed.into_iter().find(own).map(|backup| backup.path)
}

struct Writing<'a> {
    app: &'a App,
    place: PathBuf,
    room: Room,
    before: Option<PathBuf>,
    files: Vec<FileEntry>,
}

impl Writing<'_> {
    async fn all(
        mut self,
        hold: Hold,
        now: Timestamp,
        secret_key_in: Option<PathBuf>,
    ) -> anyhow::Result<()> {
        let Hold {
            mut tx,
            position,
            files,
            log: log_hold,
        } = hold;
        let (log_last, log_events) = self.log(position.flushed).await?;
        // The log's rows may go from here on.
        drop(log_hold);
        ensure!(
            log_last >= position.applied,
            "rows of the log up to {} are missing",
            position.applied
        );
        let tables = self.tables(&mut tx).await?;
        let schema_step = standing::step(&mut tx).await?;
        let state = state_hash(&mut tx).await?;
        let customers = customer::count(&mut tx).await?;
        drop(tx);
        let events = files.events() + log_events;
        for (name, path) in files.paths() {
            self.lake_file(&name, &path).await?;
        }
        drop(files);
        if let Some(data) = &secret_key_in {
            let key = data.join(SECRET_KEY);
            ensure!(key.exists(), "there is no {}", key.display());
            carry(&key, &self.place.join(SECRET_KEY), Carry::Copy, &self.room)?;
            self.note(SECRET_KEY)?;
        }
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: fingerprint(self.app),
            made_at: now,
            schema_step,
            applied: position.applied,
            flushed: position.flushed,
            log_last,
            state_hash: format!("{state:032x}"),
            customers: u64::try_from(customers).unwrap_or_default(),
            events,
            with_secret_key: secret_key_in.is_some(),
            left_out: portable::left_out(),
            tables,
            files: self.files,
        };
        manifest.write(&self.place)
    }

    /// Rows that are not in the lake; the number of the last and how many events they hold.
    async fn log(&mut self, flushed: i64) -> anyhow::Result<(i64, u64)> {
        let db = &self.app.shared().db;
        let upto = log::last(db).await?;
        let mut recorder = Recorder::start(&self.place.join("log.zst"), self.room.clone());
        let mut last = flushed;
        let mut events = 0;
        while last < upto {
            let rows = log::after(db, last, LOG_ROWS, LOG_BYTES).await?;
            let mut cells = Vec::with_capacity(rows.len());
            for row in rows {
                ensure!(
                    row.seq == last + 1,
                    "row {} of the log is missing",
                    last + 1
                );
                last = row.seq;
                events += u64::from(row.events);
                cells.push(vec![
                    Cell::Int(row.seq),
                    Cell::Int(row.received_at.0),
                    Cell::Int(i64::from(row.events)),
                    Cell::Bytes(row.payload),
                ]);
            }
            ensure!(!cells.is_empty(), "row {} of the log is missing", last + 1);
            recorder.put(&cells).await?;
        }
        let streamed = recorder.finish().await?;
        self.streamed("log.zst", &streamed);
        Ok((last, events))
    }

    async fn tables(&mut self, tx: &mut Tx<'_>) -> anyhow::Result<Vec<TableEntry>> {
        fs::create_dir(self.place.join("tables"))?;
        let mut entries = Vec::new();
        for table in portable::tables(tx).await? {
            let path = format!("tables/{}.zst", table.name);
            let mut recorder = Recorder::start(&self.place.join(&path), self.room.clone());
            let mut pager = Pager::default();
            while let Some(rows) = pager.next(tx, &table).await? {
                recorder.put(&rows).await?;
            }
            let streamed = recorder.finish().await?;
            self.streamed(&path, &streamed);
            entries.push(TableEntry {
                columns: columns_of(&table),
                rows: streamed.rows,
                rows_hash: streamed.rows_hash.to_hex().to_string(),
                name: table.name,
            });
        }
        Ok(entries)
    }

    async fn lake_file(&mut self, name: &str, from: &Path) -> anyhow::Result<()> {
        let path = format!("lake/{name}");
        let to = self.place.join(&path);
        let before = self.before.as_ref().map(|before| before.join(&path));
        let (from, room, file) = (from.to_owned(), self.room.clone(), name.to_owned());
        let (bytes, hash) = tokio::task::spawn_blocking(move || {
            let folder = to.parent().context("a file without a folder")?;
            fs::create_dir_all(folder)?;
            // Beside the data a second name is enough; on another disk, one of the last backup's
            // file, if that is still whole.
            if fs::hard_link(&from, &to).is_ok() {
                return hash_of(&to);
            }
            if let Some(before) = before
                && fs::hard_link(before, &to).is_ok()
            {
                let (bytes, hash) = hash_of(&to)?;
                if fits(&file, &hash) {
                    return Ok((bytes, hash));
                }
                fs::remove_file(&to)?;
            }
            carry(&from, &to, Carry::Copy, &room)?;
            hash_of(&to)
        })
        .await??;
        ensure!(
            fits(name, &hash),
            "the lake's file {name} is damaged: see `filo check`"
        );
        self.files.push(FileEntry::new(path, bytes, &hash));
        Ok(())
    }

    fn streamed(&mut self, path: &str, streamed: &Streamed) {
        let entry = FileEntry::new(path, streamed.bytes, &streamed.hash);
        self.files.push(entry);
    }

    fn note(&mut self, path: &str) -> anyhow::Result<()> {
        let (bytes, hash) = hash_of(&self.place.join(path))?;
        self.files.push(FileEntry::new(path, bytes, &hash));
        Ok(())
    }
}

/// Goes through a table in the order of its key.
#[derive(Debug, Default)]
pub(super) struct Pager {
    behind: Option<Vec<Cell>>,
}

impl Pager {
    /// The next page of rows; none at the end.
    pub(super) async fn next(
        &mut self,
        tx: &mut Tx<'_>,
        table: &Table,
    ) -> anyhow::Result<Option<Vec<Vec<Cell>>>> {
        let rows = portable::page(tx, table, self.behind.as_deref(), PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        self.behind = Some(table.key_of(last));
        Ok(Some(rows))
    }
}
