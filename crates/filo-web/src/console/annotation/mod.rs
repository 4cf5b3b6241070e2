//! Notes beside figures: the list, writing and changing them, and drawing them on charts.

mod beside;
mod form;
mod list;

pub(super) use beside::{days_back, label, near, notes, told};
pub(super) use form::{change, create, edit, remove, restore};
pub(super) use list::show as list;
