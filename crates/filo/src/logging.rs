//! The log of the program: sentences and ids, never what customers are called.

use std::io;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts the log on standard error, so that what a command prints can be piped.
///
/// # Errors
/// If the level cannot be read.
pub(crate) fn start(config: &Config, serves: bool) -> anyhow::Result<()> {
    // A command that ends soon says what it found itself; only its troubles go to the log.
    let level = if serves || config.log != "info" {
        config.log.as_str()
    } else {
        "warn"
    };
    let filter = EnvFilter::try_new(level)
        .with_context(|| format!("log: `{level}` is not a level, as info or filo_app=debug is"))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    match config.log_format {
        LogFormat::Text => builder.with_target(false).init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}
