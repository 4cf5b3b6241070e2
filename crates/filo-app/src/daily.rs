//! What Filo does by itself once a day: when it is due, and waiting for it without asking the
//! tables by the clock.

use std::pin::Pin;
use std::time::Duration;

use filo_core::time::Timestamp;
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};
use tokio::sync::Notify;

use crate::app::App;
use crate::error::{Error, Result};

/// What could not be looked after is looked at again after so long.
const RETRY_SECONDS: i64 = 3_600;
/// The clock may be set and the machine may sleep: a wait for tomorrow is taken in such pieces.
const WAIT_MOST: Duration = Duration::from_secs(900);

/// Looking after something; answers when to look again, or never as things stand.
pub(crate) type Tended<'a> = Pin<Box<dyn Future<Output = Result<Option<Timestamp>>> + Send + 'a>>;

/// The last time an hour of the wall had come by now, and the next.
pub(crate) fn around(hour: u8, zone: &TimeZone, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let now = jiff::Timestamp::from_microsecond(now.0).ok()?;
    let now = now.to_zoned(zone.clone());
    let on = |days: i64| -> Option<Zoned> {
        let day = now.date().checked_add(days.days()).ok()?;
        // An hour that the change of the clocks skips comes an hour later.
        day.at(i8::try_from(hour).ok()?, 0, 0, 0)
            .to_zoned(zone.clone())
            .ok()
    };
    let instant = |at: Zoned| Timestamp(at.timestamp().as_microsecond());
    let today = on(0)?;
    Some(if today <= now {
        (instant(today), instant(on(1)?))
    } else {
        (instant(on(-1)?), instant(today))
    })
}

/// Looks after something when it is due and whenever its settings change, for as long as this
/// Filo runs.
pub(crate) async fn tend_when_due<'a>(
    app: &'a App,
    changed: &Notify,
    tend: impl Fn(&'a App) -> Tended<'a>,
) {
    loop {
        // Registered before looking, so that a change in between is not missed.
        let changed = changed.notified();
        let wake = match tend(app).await {
            Ok(wake) => wake,
            Err(error) => {
                let error = told(&error);
                tracing::error!(error, "what is done once a day could not be looked after");
                Some(app.now().plus_seconds(RETRY_SECONDS))
            }
        };
        let Some(wake) = wake else {
            changed.await;
            continue;
        };
        let micros = u64::try_from(wake.micros_since(app.now())).unwrap_or(0);
        let wait = Duration::from_micros(micros).min(WAIT_MOST);
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Why something failed, with what lies below.
pub(crate) fn told(error: &Error) -> String {
    match error {
        Error::Internal(error) => format!("{error:#}"),
        other => other.to_string(),
    }
}
