//! `filo mail`: what concerns mail and is done at the machine.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use filo_app::{Actor, App, Error};
use filo_core::mail::returned::BYTES_MOST;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What to do.
#[derive(Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum Mail {
    /// Takes in mail that came back: one whole mail a file, as a server hands it over.
    Returns {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Prints one object of JSON per notice.
        #[arg(long)]
        json: bool,
    },
}

impl Mail {
    /// The same with paths that mean the same in another process.
    ///
    /// # Errors
    /// If the working folder is gone.
    pub(crate) fn absolute(self) -> anyhow::Result<Self> {
        let Self::Returns { files, json } = self;
        let files = files.iter().map(std::path::absolute);
        Ok(Self::Returns {
            files: files.collect::<Result<_, _>>()?,
            json,
        })
    }

    /// Does it; 1 if a file could not be read.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let Self::Returns { files, json } = self;
        let mut code = 0;
        for file in files {
            match take(app, file).await {
                Ok(rows) => {
                    for row in rows {
                        output.line(line(&row, *json)).await;
                    }
                }
                Err(error) => {
                    code = 1;
                    output.note(format!("{}: {error:#}", file.display())).await;
                }
            }
        }
        Ok(code)
    }
}

async fn take(app: &App, file: &PathBuf) -> anyhow::Result<Vec<filo_app::MailReturnRow>> {
    let size = tokio::fs::metadata(file).await?.len();
    let most = u64::try_from(BYTES_MOST)?;
    anyhow::ensure!(size <= most, "the mail is larger than 25 MB");
    let raw = tokio::fs::read(file).await?;
    let taken = app.take_return(&Actor::operator(), &raw).await;
    match taken {
        Err(Error::Invalid { reason, .. }) => anyhow::bail!(reason),
        taken => taken.context("taking it in"),
    }
}

fn line(row: &filo_app::MailReturnRow, json: bool) -> String {
    if json {
        return serde_json::json!({
            "id": row.id.to_string(),
            "class": row.class.word(),
            "address": row.address,
            "code": row.code,
            "basis": row.basis,
            "effect": row.effect,
        })
        .to_string();
    }
    let address = match row.address.as_str() {
        "" => "-",
        address => address,
    };
    format!(
        "{}  {}  {address}  {}  {}",
        row.class.word(),
        row.effect,
        row.code,
        row.basis
    )
}
