//! Who is who: identifiers, the links that events prove between them, and the customers that
//! follow from those links.
//!
//! **Invariant (I10):** customers are a function of the set of live links, never of their order.

mod blocked;
mod clustering;
mod comparison;
mod decision;
mod email;
mod explain;
mod forest;
mod graph;
mod joining;
mod kind;
mod link;
mod node;
mod normalise;
mod phone;
#[cfg(test)]
mod property_tests;
mod punycode;
mod rules;
#[cfg(test)]
mod scene;
mod suspicion;
mod tax_code;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

pub use blocked::Blocked;
pub use clustering::{Cluster, Clustering, Component, Obstacle, RefusedLink, cluster};
pub use comparison::{Comparison, carries, compare};
pub use decision::{Decision, Verdict};
pub(crate) use email::domain_name;
pub use explain::{Difference, Outcome, Reason, what_if, why};
pub use joining::{
    BLOCKED_CHARS_MOST, BLOCKED_MOST, IDENTIFIERS_MOST, JoiningRules, RuleFault,
    SUSPECT_LINKS_LEAST, SUSPECT_LINKS_MOST,
};
pub use kind::{Kind, Strength};
pub use link::{
    Evidence, LINKING_VERSION, Link, Ruling, can_join, links_between, links_of, nodes_of,
};
pub use node::NodeFacts;
pub use normalise::Refusal;
pub use rules::{Limit, Limits, Rules, Survivorship, Window, default_rules};
pub use suspicion::{PeopleLinks, Suspicion, crosses};

/// A normalised identifier: two that are equal are the same node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// Its normal form.
    pub value: CompactString,
}
