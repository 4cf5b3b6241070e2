//! Pages side by side under one heading.

use maud::{Markup, html};

/// One of them.
#[derive(Debug)]
pub(crate) struct Tab<'a> {
    pub(crate) address: &'a str,
    pub(crate) label: &'a str,
    /// How many things wait there; 0 is not shown.
    pub(crate) count: u64,
    pub(crate) here: bool,
}

pub(crate) fn tabs(name: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(name) {
            @for tab in tabs {
                a href=(tab.address) aria-current=[tab.here.then_some("page")] {
                    (tab.label)
                    @if tab.count > 0 { span.count { (tab.count) } }
                }
            }
        }
    }
}
