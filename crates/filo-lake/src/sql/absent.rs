//! What answers where the feature `sql` is not built in: that it is not.

use super::asked::{Question, Refusal, Sight, Told, Views};
use crate::lake::Lake;

/// Refuses.
///
/// # Errors
/// Always [`Refusal::NotBuilt`].
pub fn answer(
    _lake: &Lake,
    _views: &Views,
    _sight: Sight<'_>,
    _question: &Question,
    held: impl Send + 'static,
) -> Result<Told, Refusal> {
    drop(held);
    Err(Refusal::NotBuilt)
}
