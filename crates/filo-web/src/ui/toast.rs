//! What was just done, with the way back.

use maud::{Markup, html};

use super::icon::Icon;

/// Says what was done; `undo` is a form that takes it back.
pub(crate) fn with_undo(text: &str, undo: &Markup) -> Markup {
    html! {
        div.toast role="status" data-toast {
            (Icon::Check.draw())
            span { (text) }
            (undo)
        }
    }
}
