//! The lake from outside: what is written is found again, however files are merged.
#![expect(
    clippy::unwrap_used,
    reason = "clippy does not see that these are tests"
)]

mod compaction;
mod damage;
mod fold;
mod life;
mod readable;
mod round_trip;
mod sample;
#[cfg(feature = "sql")]
mod sql;
mod timeline;

use filo_core::event::Event;
use filo_lake::{Lake, Options};
use tempfile::TempDir;

/// A lake in a folder that goes away with it.
struct Place {
    lake: Lake,
    folder: TempDir,
    serial: u64,
}

impl Place {
    fn new(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lake = Lake::open(folder.path(), sample::KEY, Vec::new(), options).unwrap();
        Self {
            lake,
            folder,
            serial: 0,
        }
    }

    /// With pages and row groups so small that a few hundred events fill many.
    fn small() -> Self {
        Self::new(Options {
            row_group_rows: 200,
            page_rows: 16,
            merge_files: 3,
            ..Options::default()
        })
    }

    fn add(&mut self, events: &[Event]) {
        self.serial += 1;
        let files = self.lake.write(events, (0, 0), self.serial).unwrap();
        self.lake.publish(&files, &[]).unwrap();
    }

    /// One merge, of all files or of those that are due; whether there was one.
    fn merge(&mut self, all: bool) -> bool {
        let due = if all {
            Some(self.lake.list())
        } else {
            self.lake.compaction()
        };
        let Some(inputs) = due else { return false };
        self.serial += 1;
        let merged = self.lake.compact(&inputs, self.serial).unwrap();
        let names: Vec<String> = inputs.into_iter().map(|file| file.name).collect();
        self.lake.publish(&merged, &names).unwrap();
        true
    }

    /// Every event, in the order (thread, time, id).
    fn everything(&self) -> Vec<Event> {
        let mut events: Vec<Event> = self.lake.events().map(Result::unwrap).collect();
        events.sort_by_key(|event| (event.thread, event.at, event.id));
        events
    }
}

fn sorted(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| (event.thread, event.at, event.id));
    events
}
