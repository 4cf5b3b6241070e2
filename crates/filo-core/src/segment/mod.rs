//! Segments: everybody of whom a condition is true, exactly, in both directions.
//!
//! A condition is a tree ([`Condition`]). What it asks of events is kept beside each thread's
//! profile as [`Traces`], folded by [`Signals`]; [`evaluate`] answers from profile and traces
//! alone, and says when the answer may change by itself, so that whoever is in leaves at the
//! very instant at which a window has passed them by.
//!
//! **Invariant:** the answer is the same whether traces were gathered event by event or all at
//! once, in any order.

mod book;
mod check;
mod code;
mod comparison;
pub mod computed;
mod condition;
mod consent;
mod document;
mod estimate;
mod evaluate;
mod explain;
mod happened;
mod lifecycle;
mod number;
mod occasion;
mod orders;
mod pattern;
mod references;
mod rfm;
mod sequence;
mod signal;
mod standing;
#[cfg(test)]
mod tests;
pub mod text;
mod trace;
mod traits;
mod watching;
mod window;
mod words;

pub use book::{Book, Place, Places};
pub use check::{
    Cause, DEPTH_MOST, FILTERS_MOST, Fault, NAME_BYTES_MOST, NODES_MOST, SIGNALS_MOST,
    VALUE_BYTES_MOST, VALUES_MOST, check,
};
pub use comparison::Comparison;
pub use condition::{
    Answer, Channels, Condition, ConsentCondition, Figure, Happened, HappenedTest, Hours, Meeting,
    OrderCondition, OrderFigure, Sequence, Share, TraitCondition, TraitTest,
};
pub use document::{Definition, DocumentFault};
pub use estimate::Estimate;
pub use evaluate::{Outcome, Person, SHARES, Scene, evaluate};
pub use explain::{Explained, explain};
pub use number::{InvalidNumber, Number};
pub use occasion::Occasion;
pub use pattern::{Field, Filter, InvalidField, Pattern, Value, ValueTest};
pub use references::check_references;
pub use rfm::RfmCondition;
pub use signal::{Signal, SignalKey, Signals};
pub use standing::{Standing, Turn};
pub use trace::{MARKS_MOST, Mark, Trace, Traces};
pub use window::{Calendar, InvalidSpan, Span, Unit, Window};
