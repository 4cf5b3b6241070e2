//! The proof of I1 and I18 on SQLite: the store and the whole engine over a disk that loses
//! power, tears writes, fails and fills up, at every point of a run.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]
#![expect(
    clippy::print_stdout,
    reason = "a proof says how much it has looked at"
)]

mod doubt;
mod engine;
mod engine_trouble;
mod inspection;
mod power_cut;
mod states;
mod story;
mod trouble;
mod workspace;

use std::path::Path;

use filo_store::Options;

/// A folder that waits for no disk where the system offers one: thousands are made.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Little room, so that thousands of stores open quickly.
fn options() -> Options {
    Options {
        ballast_bytes: 0,
        cache_bytes: 1 << 20,
        readers: 1,
        ..Options::default()
    }
}
