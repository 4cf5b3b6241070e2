//! Who is who: identifiers, the links that events prove between them, and the customers that
//! follow from those links.
//!
//! **Invariant (I10):** customers are a function of the set of live links, never of their order.

mod blocked;
mod email;
mod kind;
mod normalise;
mod phone;
mod punycode;
mod rules;
mod tax_code;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

pub use blocked::Blocked;
pub use kind::{Kind, Strength};
pub use normalise::Refusal;
pub use rules::{Limit, Limits, Rules, Survivorship, Window, default_rules};

/// A normalised identifier: two that are equal are the same node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// Its normal form.
    pub value: CompactString,
}
