//! Bringing in what a company already has.
//!
//! **Invariant:** every line of a file ends in exactly one outcome of the report, and the same
//! file brought in twice changes nothing the second time.

mod assembly;
mod column;
mod company_row;
mod consent_row;
mod decimal;
mod dictionary;
mod draft;
mod event_row;
mod framing;
mod guess;
mod inspection;
mod line;
mod order_event;
mod order_rows;
mod order_shape;
mod person_event;
mod plan;
mod raw_text;
mod recognition;
mod report;
mod rows;
mod table;
mod target;
mod when;

pub use column::Column;
pub use draft::{Draft, DraftConsent, DraftTrait};
pub use inspection::{ColumnSeen, Inspection, inspect};
pub use person_event::{Difference, events, hash_of};
pub use plan::{Collision, ColumnPlan, ConsentProof, PLAN_VERSION, Plan, Subject, Transform};
pub use report::{OrderReport, Reason};
pub use rows::{Rejection, Row, Run, Telling, read};
pub use target::{IDENTIFIER_KINDS, Part, Target};
