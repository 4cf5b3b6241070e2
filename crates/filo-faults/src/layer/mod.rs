//! A file layer registered with SQLite: passes every call on to the system's own and remembers
//! those that change something.
//!
//! **Invariant:** calls that change something go one at a time, under the recorder's lock, so
//! that the order remembered is the order in which they took effect.

#![expect(unsafe_code, reason = "SQLite's file layer is a table of C functions")]

mod base;
mod file;
mod table;

use std::ffi::CString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::operation::Operation;
use crate::recorder::{Plan, Recorder};

/// A layer that SQLite knows by its name.
#[derive(Debug, Clone)]
pub struct Layer {
    name: String,
    recorder: Arc<Mutex<Recorder>>,
}

impl Layer {
    /// Registers a layer over the system's own, for the rest of the process.
    ///
    /// # Errors
    /// If SQLite refuses it.
    pub fn register(name: &str) -> io::Result<Self> {
        Self::register_after(name, Vec::new())
    }

    /// Registers a layer whose recording goes on where another was cut, by a process that
    /// finds its files as [`Cut::Kill`](crate::Cut::Kill) leaves them.
    ///
    /// # Errors
    /// If SQLite refuses it.
    pub fn register_after(name: &str, operations: Vec<Operation>) -> io::Result<Self> {
        let recorder = Arc::new(Mutex::new(Recorder::after(operations)));
        let c_name = CString::new(name).map_err(io::Error::other)?;
        table::register(c_name, Arc::clone(&recorder)).map_err(io::Error::other)?;
        Ok(Self {
            name: name.to_owned(),
            recorder,
        })
    }

    /// What to open databases with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many operations there were.
    #[must_use]
    pub fn len(&self) -> usize {
        self.recorder.lock().operations().len()
    }

    /// Whether there were none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes the recording out and begins a new one. No file of it may be open.
    #[must_use]
    pub fn take(&self) -> Vec<Operation> {
        self.recorder.lock().clear()
    }

    /// Makes trouble from now on, counting from here; `None` makes none.
    pub fn plan(&self, plan: Option<Plan>) {
        self.recorder.lock().plan(plan);
    }

    /// How often there was trouble since it was planned.
    #[must_use]
    pub fn struck(&self) -> u64 {
        self.recorder.lock().struck()
    }
}

/// The folder that holds a file.
fn folder_of(name: &Path) -> PathBuf {
    name.parent().map(Path::to_path_buf).unwrap_or_default()
}
