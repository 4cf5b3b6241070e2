//! What moved lately: in each segment how many, in one of them who.

use std::collections::BTreeMap;

use filo_core::id::SegmentId;
use filo_core::time::Timestamp;
use filo_store::segment::turn::{self, TurnRow};

use super::TURNS_MOST;
use crate::app::App;
use crate::error::Result;

/// How many came in and how many left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// How often somebody came in.
    pub entered: i64,
    /// How often somebody left.
    pub left: i64,
}

impl App {
    /// How many came into each segment and left it since an instant; segments in which nothing
    /// moved are left out.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn segment_moves(&self, since: Timestamp) -> Result<BTreeMap<SegmentId, Moves>> {
        let mut tx = self.shared().db.read().await?;
        let rows = turn::moves(&mut tx, since).await?.into_iter();
        Ok(rows
            .map(|(segment, entered, left)| (segment, Moves { entered, left }))
            .collect())
    }

    /// Who came into a segment and who left it last, the newest first.
    ///
    /// # Errors
    /// If there is no such segment.
    pub async fn segment_turns_lately(&self, id: SegmentId, limit: u32) -> Result<Vec<TurnRow>> {
        let mut tx = self.shared().db.read().await?;
        super::known(&mut tx, id).await?;
        Ok(turn::latest(&mut tx, id, limit.min(TURNS_MOST)).await?)
    }
}
