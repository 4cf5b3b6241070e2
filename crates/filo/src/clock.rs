//! The real clock and the real seed: the only place where they are read.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use filo_app::Clock;
use filo_core::time::Timestamp;
use rand::TryRngCore;
use rand::rngs::OsRng;

/// The system's clock.
pub(crate) fn real() -> Clock {
    Clock::new(now)
}

/// The time now.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the clock comes from"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    // A machine whose clock stands before 1970 has a clock of no use at all.
    let micros = since.map_or(0, |since| since.as_micros());
    Timestamp(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// 256 bits of the system's chance.
///
/// # Errors
/// If the system gives none: a generator without them would make keys that can be guessed.
pub(crate) fn seed() -> anyhow::Result<[u8; 32]> {
    let mut seed = [0; 32];
    OsRng
        .try_fill_bytes(&mut seed)
        .context("the system gives no random numbers")?;
    Ok(seed)
}
