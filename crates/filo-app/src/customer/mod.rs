//! Reading customers: by id, by any identifier, by words, with their thread and with the
//! reasons why they are one.
//!
//! **Invariant:** a reader sees what the engine has applied, never a half-applied event; a
//! customer that is not in memory is read from the tables, which say the same.

mod by_trait;
mod explain;
mod filling;
mod saved_view;
mod search;
mod seen;
mod thread;
mod view;

pub use by_trait::{LOOKED_MOST, TraitPage};
pub use explain::Explanation;
pub use saved_view::SavedView;
pub use seen::{COVERED, Eyes};
pub use view::{CustomerView, IdentifierView};
pub(crate) use view::{customer_row, customer_terms};
