//! Making a workspace out of a backup.
//!
//! **Invariant:** the place is empty before and holds all or nothing after: everything is made
//! under another name, compared row by row with the backup, brought up to date and checked, and
//! only then gets its name. No engine runs and no connection is opened while that happens, so a
//! copy that is only tried has no effect outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use filo_core::id::WorkspaceKey;
use filo_core::time::Timestamp;
use filo_lake::{Lake, fits};
use filo_store::portable::{self, Cell, Table};
use filo_store::{Db, Location, Options, Tx, lake_file, log, setting, standing};

use super::file::{Carry, Room, Unfinished, carry, hash_of};
use super::making::Pager;
use super::manifest::{Manifest, columns_of};
use super::row::encode;
use super::stream::Rows;
use super::verify::verify;
use crate::checking::{Ground, state_hash};
use crate::config::Config;
use crate::engine::of_store;
use crate::log_row::Unpacked;

/// Rows put in at a time.
const PAGE: usize = 256;
/// Pages in one transaction.
const PAGES_PER_COMMIT: usize = 64;
/// In the folder of a workspace on PostgreSQL whose schema has not got its name yet.
const HALFWAY: &str = "restore-unfinished";
const SECRET_KEY: &str = "secret.key";

/// How a restore went.
#[derive(Debug, Clone)]
pub struct RestoreReport {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// Customers.
    pub customers: u64,
    /// Events in the lake and the log.
    pub events: u64,
    /// Bytes of the backup.
    pub bytes: u64,
    /// Names of the steps by which the tables were brought up to date.
    pub steps: Vec<&'static str>,
    /// The key of secrets was in the backup.
    pub with_secret_key: bool,
    /// Hash over who is who and every profile.
    pub state_hash: String,
    /// How long it took.
    pub millis: u64,
}

/// Makes the workspace of these settings out of a backup.
///
/// # Errors
/// If the place is not empty, the backup is damaged, or what came out is not what went in:
/// then nothing is left behind.
pub async fn restore(backup: &Path, target: &Config) -> anyhow::Result<RestoreReport> {
    restore_by(backup, target, Carry::Copy).await
}

pub(super) async fn restore_by(
    backup: &Path,
    target: &Config,
    lake_files: Carry,
) -> anyhow::Result<RestoreReport> {
    let begun = Instant::now();
    let folder = target
        .lake
        .parent()
        .context("the lake's folder has no parent")?;
    let manifest = Manifest::read(backup)?;
    ensure!(
        manifest.schema_step <= standing::newest_step(),
        "the backup was made by a newer Filo ({}): install that version or a newer one",
        manifest.program
    );
    let read_back = backup.to_owned();
    let report = tokio::task::spawn_blocking(move || verify(&read_back)).await??;
    ensure!(
        report.problems.is_empty(),
        "the backup is damaged: {}",
        report.problems.join("; ")
    );
    refuse_full(target, folder).await?;
    let beside = beside(folder)?;
    let Some(place) = Unfinished::make(&beside)? else {
        bail!("another restore to {} is under way", folder.display());
    };
    let filling = Filling {
        backup,
        manifest: &manifest,
        scratch: scratch_store(&target.store, place.path())?,
        lake: place.path().join("lake"),
        // The ballast is set aside at the first start.
        options: Options {
            ballast_bytes: 0,
            ..target.store_options.clone()
        },
        room: Room::new(place.path(), place.path()),
        lake_files,
    };
    let made = filling.all().await;
    let (steps, state_hash) = match made {
        Ok(made) => made,
        Err(error) => {
            filling.give_up().await;
            return Err(error);
        }
    };
    if manifest.with_secret_key {
        let (from, to) = (backup.join(SECRET_KEY), place.path().join(SECRET_KEY));
        carry(&from, &to, Carry::Copy, &filling.room)?;
        keep_private(&to)?;
    }
    put_in_place(place, &target.store, &filling.scratch, folder).await?;
    Ok(RestoreReport {
        made_at: manifest.made_at,
        customers: manifest.customers,
        events: manifest.events,
        bytes: report.bytes,
        steps,
        with_secret_key: manifest.with_secret_key,
        state_hash,
        millis: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

fn keep_private(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(
        path,
        fs::Permissions::from_mode(0o600),
    )?)
}

async fn refuse_full(target: &Config, folder: &Path) -> anyhow::Result<()> {
    if folder.join(HALFWAY).exists() && target_is_free(target).await? {
        // A restore died after its folder got its name and before its schema did.
        fs::remove_dir_all(folder)?;
    }
    let here = Location::Sqlite {
        folder: folder.to_owned(),
    };
    if !filo_store::is_empty(&here).await? {
        bail!(
            "{} is not empty: a restore never replaces anything. Move it away, or name another \
             folder with --data",
            folder.display()
        );
    }
    if !target_is_free(target).await? {
        bail!(
            "the schema of PostgreSQL is not empty: a restore never replaces anything. Name \
             another with --schema"
        );
    }
    Ok(())
}

async fn target_is_free(target: &Config) -> anyhow::Result<bool> {
    match &target.store {
        Location::Postgres { .. } => Ok(filo_store::is_empty(&target.store).await?),
        Location::Sqlite { .. } | Location::Memory => Ok(true),
    }
}

fn beside(folder: &Path) -> anyhow::Result<PathBuf> {
    let name = folder.file_name().context("the folder has no name")?;
    let mut name = name.to_os_string();
    name.push(".restoring");
    Ok(folder.with_file_name(name))
}

/// Where the tables are filled: in the unfinished folder, or in a schema of another name.
fn scratch_store(store: &Location, place: &Path) -> anyhow::Result<Location> {
    Ok(match store {
        Location::Sqlite { .. } => Location::Sqlite {
            folder: place.to_owned(),
        },
        Location::Postgres { url, schema } => {
            let mark = blake3::hash(schema.as_bytes()).to_hex();
            Location::Postgres {
                url: url.clone(),
                schema: format!("filo_restoring_{}", &mark[..16]),
            }
        }
        Location::Memory => bail!("a restore needs a place that lasts"),
    })
}

async fn put_in_place(
    place: Unfinished,
    store: &Location,
    scratch: &Location,
    folder: &Path,
) -> anyhow::Result<()> {
    if let (
        Location::Postgres { url, schema },
        Location::Postgres {
            schema: filled_schema,
            ..
        },
    ) = (store, scratch)
    {
        fs::write(place.path().join(HALFWAY), b"")?;
        place.finish(folder)?;
        filo_store::put_schema_in_place(url, filled_schema, schema).await?;
        fs::remove_file(folder.join(HALFWAY))?;
        return Ok(());
    }
    place.finish(folder)
}

struct Filling<'a> {
    backup: &'a Path,
    manifest: &'a Manifest,
    scratch: Location,
    lake: PathBuf,
    options: Options,
    room: Room,
    lake_files: Carry,
}

impl Filling<'_> {
    /// Fills, compares, brings up to date and checks. The steps that were run, and the hash.
    async fn all(&self) -> anyhow::Result<(Vec<&'static str>, String)> {
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
        // Erasures that were asked for after the backup was made are done again here.
        let before = standing::look(&self.scratch, &[]).await?;
        let steps = before.map_or_else(Vec::new, |before| before.missing());
        let db = Db::open(&self.scratch, &self.options).await?;
        let checked = self.check(&db, steps.is_empty()).await;
        db.close().await?;
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

    async fn give_up(&self) {
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
