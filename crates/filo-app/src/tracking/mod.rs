//! What is seen of links and pictures of mails: dressed as they leave, followed when somebody
//! comes, judged once it is over, and counted.
//!
//! **Invariant:** who clicked is known only of people who said yes to that purpose, when their
//! mail left and when their click is judged; of everybody else there are only numbers by day.

mod dressing;
mod figures;
mod following;
mod judging;
mod setting;

use std::fmt;
use std::sync::OnceLock;

use filo_core::time::Timestamp;
use jiff::tz::TimeZone;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::app::App;
use crate::daily::tend_when_due;

pub use figures::{LinkFigures, MailFigures};
pub use filo_store::tracking::{ClickRow, Counts};
pub use following::Follower;
pub use setting::TrackingView;

pub(crate) use dressing::Dressing;
pub(crate) use setting::stored;

/// What the workspace keeps about clicks while it runs.
#[derive(Default)]
pub(crate) struct Clicks {
    /// By which readers are told apart: drawn for the first of them, and gone with the process, so
    /// that nobody is found by it later.
    salt: OnceLock<[u8; 32]>,
    /// Something was taken down.
    changed: Notify,
    /// Since when what was taken down is counted, and how much it was.
    taken: Mutex<(Timestamp, u32)>,
}

impl fmt::Debug for Clicks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Clicks(•••)")
    }
}

/// Judges what was followed until the engine stops.
pub(crate) async fn judge_while_leading(app: App) {
    let changed = &app.clicks().changed;
    tend_when_due(&app, changed, |app| Box::pin(app.tend_clicks())).await;
}

/// Days since 1970, by the company's clock.
pub(crate) fn day_of(at: Timestamp, zone: &TimeZone) -> i64 {
    let day = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    let day = day.to_zoned(zone.clone()).date();
    let epoch = jiff::civil::date(1970, 1, 1);
    day.duration_since(epoch).as_hours() / 24
}
