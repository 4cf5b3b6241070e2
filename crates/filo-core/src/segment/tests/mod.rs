//! What must hold of every answer, on histories and conditions that chance wrote.

mod buying;
pub(super) mod chance;
mod computed;
mod computed_chance;
mod computed_golden;
mod computed_reference;
mod documents;
mod lists;
mod persona;
mod proof;
mod reference;
