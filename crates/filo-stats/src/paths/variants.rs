//! Which ways are gone most.

use std::collections::BTreeMap;

use super::Paths;

/// A way, with all that was seen of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The channels in the order in which they were touched.
    pub touches: Vec<u16>,
    /// How many journeys went this way.
    pub journeys: usize,
    /// How many of them ended with a conversion.
    pub conversions: usize,
    /// What these were worth together.
    pub value: f64,
}

/// The different ways, the one that most journeys went first; of two that were gone as often, the
/// one with the smaller channels first. What nobody went is not among them.
#[must_use]
pub fn variants(paths: &Paths) -> Vec<Variant> {
    let mut found: BTreeMap<&[u16], Variant> = BTreeMap::new();
    for row in paths.rows().iter().filter(|row| row.journeys() > 0) {
        let variant = found.entry(&row.touches).or_insert_with(|| Variant {
            touches: row.touches.clone(),
            journeys: 0,
            conversions: 0,
            value: 0.0,
        });
        variant.journeys += row.journeys();
        variant.conversions += row.conversions;
        variant.value += row.value;
    }
    let mut found: Vec<Variant> = found.into_values().collect();
    // They stand in the order of their channels, and a stable sort leaves them so.
    found.sort_by_key(|variant| std::cmp::Reverse(variant.journeys));
    found
}
