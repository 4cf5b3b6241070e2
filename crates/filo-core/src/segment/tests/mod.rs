//! What must hold of every answer, on histories and conditions that chance wrote.

pub(super) mod chance;
mod documents;
mod proof;
mod reference;
