//! How far two records agree, field by field, in one number.

/// Comparisons that a pattern holds.
pub const COMPARISONS_MOST: usize = 16;
/// Levels of a comparison, 0 for the least agreement.
pub const LEVELS_MOST: u8 = 15;

/// The level of each comparison; a field that is missing on either side says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pattern(pub u64);

impl Pattern {
    /// The pattern with a level more.
    #[must_use]
    pub fn with(self, comparison: usize, level: u8) -> Self {
        debug_assert!(comparison < COMPARISONS_MOST && level < LEVELS_MOST);
        let at = 4 * comparison;
        Self(self.0 & !(0xf << at) | u64::from(level + 1) << at)
    }

    /// The level of a comparison, if both sides have something to compare.
    #[must_use]
    pub fn level(self, comparison: usize) -> Option<usize> {
        let nibble = self.0 >> (4 * comparison) & 0xf;
        usize::try_from(nibble).ok()?.checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_kept_apart_and_can_be_missing() {
        let pattern = Pattern::default().with(0, 6).with(15, 14).with(3, 0);
        assert_eq!(pattern.level(0), Some(6));
        assert_eq!(pattern.level(15), Some(14));
        assert_eq!(pattern.level(3), Some(0));
        assert_eq!(pattern.level(1), None);
        assert_eq!(pattern.with(0, 1).level(0), Some(1));
    }
}
