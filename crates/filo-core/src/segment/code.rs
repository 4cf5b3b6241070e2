//! Segments by a few bytes: somebody is in a hundred of them, and all of it stands with them.

use serde::{Deserialize, Serialize};

use crate::id::SegmentId;

/// The end of a segment's id, which is enough to tell it from the company's others: 48 bits of
/// chance, the same for two of a thousand segments in one of five hundred million companies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Code([u8; 6]);

impl Code {
    pub(super) fn of(id: SegmentId) -> Self {
        let [.., a, b, c, d, e, f] = id.to_bytes();
        Self([a, b, c, d, e, f])
    }
}
