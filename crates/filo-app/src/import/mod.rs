//! Bringing in what a company already has.
//!
//! **Invariant:** every line of a file ends in exactly one outcome of the report, and the same
//! file brought in twice changes nothing the second time.

mod assembly;
mod column;
mod csv_shape;
mod decimal;
mod line;
mod order_event;
pub(crate) mod orders;
mod reading;
mod report;
mod when;

pub use column::{Column, OrderMapping};
pub use orders::{OrderOptions, orders};
pub use report::{OrderReport, Reason};
