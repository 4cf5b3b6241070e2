//! Who may do what: rights, the roles of people, the scopes of keys, and the one table between
//! them. Pure: whoever asks brings the rights, and the answer is in the table.
//!
//! **Invariant:** a right that the table does not give is not there; no code grants one beside it.

mod address;
mod password_rule;
mod right;
mod role;
mod table;

pub use address::login_address;
pub use password_rule::{PASSWORD_CHARS_LEAST, PASSWORD_CHARS_MOST, PasswordDefect, judge};
pub use right::{Right, Rights};
pub use role::{Rank, Role};
pub use table::{Scope, rights_of_scopes};
