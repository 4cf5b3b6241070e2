//! Record linkage after Fellegi and Sunter ("A Theory for Record Linkage", Journal of the
//! American Statistical Association 64 (1969), 1183–1210): which of many records speak of the
//! same thing, from how far their fields agree.
//!
//! **Invariant:** what comes out depends on the records and never on their order, the number of
//! threads, or chance.

pub mod blocking;
pub mod grouping;
pub mod model;
pub mod pattern;
pub mod similarity;
pub mod training;

pub use blocking::{Blocking, Bound, Pair, candidates, random_pairs};
pub use grouping::{Edge, Grouping, Limits, group};
pub use model::{Comparison, Evidence, Model, Prior};
pub use pattern::Pattern;
pub use training::{Counted, learn, shares};
