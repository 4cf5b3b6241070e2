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
use filo_core::time::Timestamp;
use filo_store::{Location, Options, standing};

use super::file::{Carry, Room, Unfinished, carry};
use super::filling::Filling;
use super::manifest::Manifest;
use super::verify::verify;
use crate::config::Config;

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
        journals: backup
            .parent()
            .into_iter()
            .chain([target.backups.as_path()])
            .map(Path::to_owned)
            .collect(),
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
