//! Where a test keeps its data, and where the real files are that some tests read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use filo_store::Location;

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

/// The PostgreSQL that the suite runs on, if it does.
#[must_use]
pub fn postgres_url() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test runner speaks through it"
    )]
    std::env::var("FILO_TEST_DB")
        .ok()
        .filter(|url| url.starts_with("postgres"))
}

/// A store of its own for one test.
pub(crate) fn location(folder: &Path) -> Location {
    match postgres_url() {
        None => Location::Sqlite {
            folder: folder.to_owned(),
        },
        Some(url) => {
            let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
            let schema = format!("filo_kit_{}_{number}", std::process::id());
            Location::Postgres { url, schema }
        }
    }
}

/// A file of the shared data, if it is there; says on the test's output that it is not.
#[must_use]
pub fn data(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(file);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/data/{file} is not there");
    None
}
