//! The Monday page in the console, how one gets it by mail, and the letter itself.

mod letter;
mod page;
mod reading;

pub use letter::write;
pub(super) use page::show;
pub(super) use reading::{card, subscribe, test};
