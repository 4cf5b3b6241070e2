//! The rules about who is one person: reading them, trying others, changing them.

mod change;
mod history;
mod trial;
mod walk;

pub use change::RulesView;
pub(crate) use change::stored_rules;
pub use history::RuleChange;
pub(crate) use trial::Trials;
pub use trial::{Example, Grouped, Trial, TrialState};
