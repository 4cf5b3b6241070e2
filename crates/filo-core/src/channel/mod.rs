//! The company's accounts with whoever carries messages that are not mail, one for each medium;
//! what people answer over them, and how far a message came.
//!
//! **Invariant:** an account that [`Account::defects`] finds nothing wrong with can be handed to;
//! no secret is part of it.

mod account;
mod browser;
mod carrier;
mod keyword;
mod look;
mod receipt;

pub use account::{Account, Defect, Sender, sender};
pub use browser::Devices;
pub use carrier::{Carrier, Secret};
pub use keyword::{Keyword, keyword};
pub use look::{Layout, Look};
pub use receipt::{Receipt, Stage};
