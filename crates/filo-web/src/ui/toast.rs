//! What was just done, with the way back.

use maud::{Markup, html};

use super::form::button_form;
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

/// The same with a button that is the whole form.
pub(crate) fn toast_with_undo(
    text: &str,
    action: &str,
    token: &str,
    hidden: &[(&str, &str)],
    label: &str,
) -> Markup {
    with_undo(text, &button_form(action, token, hidden, label, "link"))
}
