//! What must hold of every answer, on histories and conditions that chance wrote.

pub(super) mod chance;
mod documents;
mod persona;
mod proof;
mod reference;
