//! What messages cost: the company's prices, what something is expected to cost, and what was
//! spent.
//!
//! **Invariant:** what left is counted at the price that stood in the transaction that says that
//! it left; a later price changes nothing of it.
//! **Invariant:** what is expected is told at the prices in force when somebody asks.

mod expected;
mod price;
mod spent;

pub use expected::{BroadcastCost, SideCost};
pub use price::{LISTS_SHOWN, PricesView};
pub use spent::SpentView;
pub(crate) use spent::{Charge, count_charges};
