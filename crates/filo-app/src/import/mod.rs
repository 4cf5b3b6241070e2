//! Bringing in what a company already has.
//!
//! **Invariant:** every line of a file ends in exactly one outcome of the report, and the same
//! file brought in twice changes nothing the second time.

mod assembly;
mod column;
mod csv_shape;
mod decimal;
mod dictionary;
mod draft;
mod framing;
mod guess;
mod inspection;
mod line;
mod order_event;
pub(crate) mod orders;
mod person_event;
mod plan;
mod reading;
mod report;
mod table;
mod when;

pub use column::{Column, OrderMapping};
pub use draft::{Draft, DraftConsent, DraftTrait, Rejection, Row, Run, read};
pub use inspection::{ColumnSeen, Inspection, inspect};
pub use orders::{OrderOptions, orders};
pub use person_event::{Difference, events, hash_of};
pub use plan::{
    Collision, ColumnPlan, ConsentProof, IDENTIFIER_KINDS, PLAN_VERSION, Plan, Subject, Target,
    Transform,
};
pub use report::{OrderReport, Reason};
