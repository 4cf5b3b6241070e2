//! What watched figures told, and the rules by which they are watched.

mod list;
mod rule;
mod told;

pub(super) use list::{dismiss, show as list, take_up};
pub(super) use rule::{
    change as change_rule, create as create_rule, edit as edit_rule, list as rules,
    remove as remove_rule, restore as restore_rule,
};
pub(crate) use told::sentence;
pub(super) use told::{days_of, headline, reasons};
