//! Counts as numbers to calculate with, and back.
//!
//! **Invariant:** nothing is lost on the way, as no count comes near 2^53.

/// A count or an index as a number.
#[expect(clippy::cast_precision_loss, reason = "nothing counted reaches 2^53")]
pub(crate) const fn real(count: usize) -> f64 {
    count as f64
}

/// The index at or below a place inside a slice.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the place is between zero and the length of a slice"
)]
pub(crate) fn floor_index(place: f64) -> usize {
    place.floor() as usize
}
