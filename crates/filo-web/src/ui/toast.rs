//! What was just done, with the way back.

use maud::{Markup, html};

use super::form::button_form;
use super::icon::Icon;

/// A message that floats until it was read, with a button that undoes what it tells of.
pub(crate) fn toast_with_undo(
    text: &str,
    action: &str,
    token: &str,
    hidden: &[(&str, &str)],
    label: &str,
) -> Markup {
    html! {
        div.toast role="status" data-toast {
            (Icon::Check.draw())
            span { (text) }
            (button_form(action, token, hidden, label, "link"))
        }
    }
}
