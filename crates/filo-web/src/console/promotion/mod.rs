//! Promotions: the list, making and changing one, putting it away and bringing it back.
//!
//! **Invariant:** an offer in use says where, and is not put away.

mod form;
mod list;
mod moving;

pub(super) use form::{change, create, new_form, show};
pub(super) use list::show as list;
pub(super) use moving::{archive, restore};
