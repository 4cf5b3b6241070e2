//! `filo secret`: the key with which secrets are sealed.

use clap::Subcommand;
use filo_app::App;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What to do with the key.
#[derive(Debug, Clone, Copy, Subcommand, Serialize, Deserialize)]
pub(crate) enum Secret {
    /// Makes a new key and seals every secret with it. Other nodes need the new file.
    Rotate,
}

impl Secret {
    /// Does it.
    ///
    /// # Errors
    /// If the file or the tables cannot be written.
    pub(crate) async fn run(self, app: &App, output: &Output) -> anyhow::Result<u8> {
        match self {
            Self::Rotate => {
                let count = app.rotate_secret_key().await?;
                let told = format!("There is a new key; secrets sealed with it: {count}.");
                output.line(told).await;
                output
                    .note("Back the key file up, and give it to every other node.".to_owned())
                    .await;
            }
        }
        Ok(0)
    }
}
