//! What must hold of every answer, on histories and conditions that chance wrote.

mod chance;
mod documents;
mod proof;
mod reference;
