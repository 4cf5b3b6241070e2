//! Disks that fail: a file layer for SQLite that remembers every write and every sync in one
//! order, rebuilds what a disk may hold after a kill or a power cut at any point of it, and
//! refuses the n-th write, sync or truncation on demand. For tests only.
//!
//! **Invariant:** an [`Image`] is a state that a disk which keeps POSIX's promises can be found
//! in: what was synced is there, whole; of what was not, any part may be.
//!
//! **Invariant:** this is the only crate of the workspace with `unsafe`.

mod disk;
mod image;
mod layer;
mod operation;
mod recorder;
mod tearing;

pub use disk::{Cut, Disk};
pub use image::Image;
pub use layer::Layer;
pub use operation::{FileId, Operation};
pub use recorder::{Plan, Trouble};
