//! The parts of a context that say who it was, found in one pass and only when a quick look saw
//! that one of them may be there.

use super::survey::Words;
use crate::json::members;

/// Raw JSON of the parts, where they are there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ContextView<'a> {
    pub(super) traits: Option<&'a str>,
    pub(super) device: Option<&'a str>,
    pub(super) external_ids: Option<&'a str>,
    pub(super) integrations: Option<&'a str>,
    pub(super) group_id: Option<&'a str>,
    pub(super) wants_address: bool,
}

impl<'a> ContextView<'a> {
    pub(super) fn of(context: &'a str, words: Words) -> Self {
        let mut view = Self::default();
        if !words.has_any(Words::CONTEXT) {
            return view;
        }
        for (key, raw) in members(context) {
            match key {
                "traits" if raw.starts_with('{') => view.traits = Some(raw),
                "device" if raw.starts_with('{') => view.device = Some(raw),
                "externalIds" if raw.starts_with('[') => view.external_ids = Some(raw),
                "integrations" if raw.starts_with('{') => view.integrations = Some(raw),
                "groupId" => view.group_id = Some(raw),
                "direct" => view.wants_address = raw == "true",
                _ => {}
            }
        }
        view
    }
}
