//! The commands, one file each. Those that work on a workspace run inside the Filo that holds
//! it (see `control`), so their arguments can be sent.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod import;
pub(crate) mod key;
pub(crate) mod lake;
pub(crate) mod login;
pub(crate) mod mail;
pub(crate) mod rebuild;
pub(crate) mod restore;
pub(crate) mod secret;
pub(crate) mod serve;
pub(crate) mod sql;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod upgrade_check;
pub(crate) mod user;
pub(crate) mod version;

use std::net::SocketAddr;

use anyhow::Context;
use filo_app::App;

use crate::clock;
use crate::config::Config;

/// Opens the workspace of these settings; everything on the log is applied then.
///
/// # Errors
/// If it cannot be opened: another process holds it, the disk fails, the data are newer.
pub(crate) async fn open(config: &Config, listening: SocketAddr) -> anyhow::Result<App> {
    make_folder(config)?;
    let app = App::open(config.workspace(listening)?, clock::real(), clock::seed()?).await?;
    Ok(app)
}

/// Opens the workspace of these settings and lets it apply what a crash left while it answers.
///
/// # Errors
/// As for [`open`].
pub(crate) async fn begin(config: &Config, listening: SocketAddr) -> anyhow::Result<App> {
    make_folder(config)?;
    let app = App::begin(config.workspace(listening)?, clock::real(), clock::seed()?).await?;
    Ok(app)
}

fn make_folder(config: &Config) -> anyhow::Result<()> {
    let folder = config.folder();
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}
