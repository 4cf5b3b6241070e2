//! What the ids and words of conditions are called.

use std::collections::BTreeMap;

use filo_core::consent::purpose::Purposes;
use filo_core::id::{ListId, PersonaId, SegmentId};
use filo_core::money::Currency;

use crate::persona::PersonaLabel;

/// What conditions only have ids and words of.
#[derive(Debug, Clone)]
pub struct SegmentNames {
    /// Segments, also those that were put away.
    pub segments: BTreeMap<SegmentId, String>,
    /// Lists, also those that were put away.
    pub lists: BTreeMap<ListId, String>,
    /// Computed traits by key, also those that were put away.
    pub computed: BTreeMap<String, String>,
    /// Kinds of customers.
    pub personas: BTreeMap<PersonaId, PersonaLabel>,
    /// The company's purposes.
    pub purposes: Purposes,
    /// What amounts are in.
    pub currency: Currency,
}

impl SegmentNames {
    /// No names: for words that name nothing.
    #[must_use]
    pub fn none() -> Self {
        Self {
            segments: BTreeMap::new(),
            lists: BTreeMap::new(),
            computed: BTreeMap::new(),
            personas: BTreeMap::new(),
            purposes: Purposes::default(),
            currency: Currency::EUR,
        }
    }
}
