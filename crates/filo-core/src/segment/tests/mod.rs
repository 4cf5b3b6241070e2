//! What must hold of every answer, on histories and conditions that chance wrote.

mod buying;
pub(super) mod chance;
mod documents;
mod proof;
mod reference;
