//! `filo version`: what is running, for a report.

use std::process::ExitCode;

use crate::output::say;

/// Prints it.
pub(crate) fn run() -> ExitCode {
    say(format!(
        "filo {} ({} {}, {}; sql: {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        if cfg!(debug_assertions) {
            "debug build: slow"
        } else {
            "release build"
        },
        if cfg!(feature = "sql") { "yes" } else { "no" },
    ));
    ExitCode::SUCCESS
}
