//! `filo login`: a fresh link, good once and for an hour.

use filo_app::App;

use super::serve::login_link;
use crate::output::Output;

/// Prints the link.
///
/// # Errors
/// If the key cannot be written.
pub(crate) async fn run(app: &App, output: &Output) -> anyhow::Result<u8> {
    let key = app.login_key().await?;
    output
        .line(login_link(&app.config().public_url, &key))
        .await;
    Ok(0)
}
