//! `filo bench idle`: what Filo costs when nobody comes.

use std::time::Duration;

use super::Plan;
use super::figure::{Sheet, real};
use super::process::{memory, processor_s};
use super::server::{Place, Server};

/// What the start left to do is done by then.
const SETTLE: Duration = Duration::from_secs(5);
/// Long enough for a hundredth of a second of processor to be a twentieth of a per cent.
const OBSERVE: Duration = Duration::from_secs(20);

/// Measures.
///
/// # Errors
/// If the server fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    sheet.figure("ready_s", server.ready_after.as_secs_f64(), "s");
    tokio::time::sleep(SETTLE).await;
    let before = processor_s(server.pid())?;
    tokio::time::sleep(OBSERVE).await;
    let used = processor_s(server.pid())? - before;
    sheet.figure("cpu_percent", used / OBSERVE.as_secs_f64() * 100.0, "%");
    sheet.figure("rss_mb", memory(server.pid())?.now_mb, "MB");
    let binary = std::fs::metadata(std::env::current_exe()?)?.len();
    sheet.figure("binary_mb", real(binary) / 1e6, "MB");
    Ok(())
}
