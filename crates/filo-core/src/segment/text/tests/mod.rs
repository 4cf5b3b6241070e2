//! What the text looks like, what is refused where, and what must hold of every text.

mod chance;
mod examples;
mod faults;
