//! Filling an empty store out of a backup, and finding out whether what is in it is what was
//! saved.
//!
//! **Invariant:** every row is read back out of the database and compared before anything is
//! brought up to date, and what comes out fits together.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use filo_core::id::WorkspaceKey;
use filo_core::time::Timestamp;
use filo_lake::{Lake, fits};
use filo_store::portable::{self, Cell, Table};
use filo_store::{Db, Location, Options, Tx, lake_file, log, setting, standing};

use super::file::{Carry, Room, carry, hash_of};
use super::making::Pager;
use super::manifest::{Manifest, columns_of};
use super::row::encode;
use super::stream::Rows;
use crate::checking::{Ground, state_hash};
use crate::engine::of_store;
use crate::erasure::replay;
use crate::log_row::Unpacked;

/// Rows put in at a time.
const PAGE: usize = 256;
/// Pages in one transaction.
const PAGES_PER_COMMIT: usize = 64;

/// A workspace being filled under another name.
pub(super) struct Filling<'a> {
    pub(super) backup: &'a Path,
    pub(super) manifest: &'a Manifest,
    pub(super) scratch: Location,
    pub(super) lake: PathBuf,
    pub(super) options: Options,
    pub(super) room: Room,
    pub(super) lake_files: Carry,
    /// Where lists of erasures may lie.
    pub(super) journals: Vec<PathBuf>,
}

impl Filling<'_> {
    /// Fills, compares, brings up to date and checks. The steps that were run, and the hash.
    pub(super) async fn all(&self) -> anyhow::Result<(Vec<&'static str>, String)> {
        if let Location::Postgres { url, schema } = &self.scratch {
            filo_store::drop_schema(url, schema).await?;
        }
        self.carry_lake().await?;
        let options = Options {
            schema_step: Some(self.manifest.schema_step),
            ..self.options.clone()
        };
        let db = Db::open(&self.scratch, &options).await?;
        let filled = self.fill(&db).await;
        let closed = db.close().await;
        filled?;
        closed?;
        let before = standing::look(&self.scratch, &[]).await?;
        let steps = before.map_or_else(Vec::new, |before| before.missing());
        let db = Db::open(&self.scratch, &self.options).await?;
        let checked = self.check(&db, steps.is_empty()).await;
        // Who was forgotten after the backup was made is forgotten again at the first start.
        let replayed = replay(&db, &self.journals, &self.manifest.workspace).await;
        db.close().await?;
        replayed?;
        Ok((steps, checked?))
    }

    async fn carry_lake(&self) -> anyhow::Result<()> {
        fs::create_dir_all(&self.lake)?;
        for file in &self.manifest.files {
            let Some(name) = file.path.strip_prefix("lake/") else {
                continue;
            };
            let (from, to) = (self.backup.join(&file.path), self.lake.join(name));
            let (how, room, wanted) = (self.lake_files, self.room.clone(), file.blake3.clone());
            let name = name.to_owned();
            tokio::task::spawn_blocking(move || {
                carry(&from, &to, how, &room)?;
                let (_, hash) = hash_of(&to)?;
                ensure!(
                    hash.to_hex().as_str() == wanted && fits(&name, &hash),
                    "{name} did not arrive whole"
                );
                Ok(())
            })
            .await??;
        }
        Ok(())
    }

    async fn fill(&self, db: &Db) -> anyhow::Result<()> {
        let tables = self.tables(db).await?;
        let mut tx = db.begin().await?;
        // What the steps put in points nowhere else, so the order does not matter.
        for table in tables.iter().rev() {
            portable::clear(&mut tx, table).await?;
        }
        tx.commit().await?;
        for table in &tables {
            let path = self.backup.join(format!("tables/{}.zst", table.name));
            let mut rows = Rows::open(&path)?;
            let mut more = true;
            while more {
                self.room.check()?;
                let mut tx = db.begin().await?;
                for _ in 0..PAGES_PER_COMMIT {
                    let page = rows.next(PAGE)?;
                    if let Some(odd) = page.iter().find(|row| row.len() != table.columns.len()) {
                        bail!("{}: a row of {} cells", table.name, odd.len());
                    }
                    more = !page.is_empty();
                    if !more {
                        break;
                    }
                    portable::insert(&mut tx, table, &page).await?;
                }
                tx.commit().await?;
            }
        }
        self.fill_log(db).await?;
        self.compare(&mut db.read().await?, &tables).await
    }

    /// The tables of this step of the schema, which must be those of the backup.
    async fn tables(&self, db: &Db) -> anyhow::Result<Vec<Table>> {
        let tables = portable::tables(&mut db.read().await?).await?;
        for entry in &self.manifest.tables {
            let there = tables.iter().find(|table| table.name == entry.name);
            let columns = there.map(columns_of);
            ensure!(
                columns.as_ref() == Some(&entry.columns),
                "the backup's table {} is not one of this Filo's",
                entry.name
            );
        }
        ensure!(
            tables.len() == self.manifest.tables.len(),
            "the backup lacks tables"
        );
        Ok(tables)
    }

    async fn fill_log(&self, db: &Db) -> anyhow::Result<()> {
        let mut rows = Rows::open(&self.backup.join("log.zst"))?;
        let mut last = self.manifest.flushed;
        loop {
            let page = rows.next(PAGE)?;
            if page.is_empty() {
                break;
            }
            let mut log_rows = Vec::with_capacity(page.len());
            for cells in page {
                let row = log_row_of(cells).context("a row of the log")?;
                ensure!(
                    row.seq == last + 1,
                    "row {} of the log is missing",
                    last + 1
                );
                last = row.seq;
                let events = Unpacked::new(&row.payload).and_then(|row| row.events());
                events.with_context(|| format!("row {} of the log", row.seq))?;
                log_rows.push(row);
            }
            log::put(db, &log_rows).await?;
        }
        ensure!(
            last == self.manifest.log_last,
            "rows of the log after {last} are missing"
        );
        log::set_last(db, last).await?;
        Ok(())
    }

    /// Reads every row back out of the database and compares it with what was saved.
    async fn compare(&self, tx: &mut Tx<'_>, tables: &[Table]) -> anyhow::Result<()> {
        for table in tables {
            let mut hasher = blake3::Hasher::new();
            let mut pager = Pager::default();
            while let Some(rows) = pager.next(tx, table).await? {
                let mut page = Vec::new();
                for row in &rows {
                    encode(row, &mut page)?;
                }
                hasher.update(&page);
            }
            let hash = hasher.finalize().to_hex();
            let entry = self.manifest.tables.iter();
            let mut entry = entry.filter(|entry| entry.name == table.name);
            ensure!(
                entry.all(|entry| entry.rows_hash == hash.as_str()),
                "the table {} is not what was saved",
                table.name
            );
        }
        Ok(())
    }

    async fn check(&self, db: &Db, same_schema: bool) -> anyhow::Result<String> {
        let mut tx = db.read().await?;
        let key = setting::get(&mut tx, "workspace_key").await?;
        let key = key.context("the backup has no workspace_key")?;
        let key = WorkspaceKey(serde_json::from_str(&key.value)?);
        let files = lake_file::list(&mut tx).await?;
        let files = files.iter().map(of_store).collect();
        let hash = format!("{:032x}", state_hash(&mut tx).await?);
        drop(tx);
        let lake = Lake::open(&self.lake, key, files, filo_lake::Options::default())?;
        let ground = Ground {
            db,
            lake: &lake,
            key,
        };
        let report = ground.check().await?;
        ensure!(
            report.problems.is_empty(),
            "what was restored does not fit together: {}",
            report.problems.join("; ")
        );
        // Another version may read the same rows into other words.
        let same_program = self.manifest.program == env!("CARGO_PKG_VERSION");
        ensure!(
            !(same_schema && same_program) || hash == self.manifest.state_hash,
            "the state that was restored is not the one that was saved"
        );
        Ok(hash)
    }

    pub(super) async fn give_up(&self) {
        if let Location::Postgres { url, schema } = &self.scratch
            && let Err(error) = filo_store::drop_schema(url, schema).await
        {
            tracing::warn!(%error, "a half-filled schema stays until the next restore");
        }
    }
}

fn log_row_of(cells: Vec<Cell>) -> anyhow::Result<log::Row> {
    let [
        Cell::Int(seq),
        Cell::Int(received_at),
        Cell::Int(events),
        Cell::Bytes(payload),
    ] = <[Cell; 4]>::try_from(cells)
        .ok()
        .context("it has other than four cells")?
    else {
        bail!("its cells are of other kinds");
    };
    Ok(log::Row {
        seq,
        received_at: Timestamp(received_at),
        events: u32::try_from(events)?,
        payload,
    })
}
