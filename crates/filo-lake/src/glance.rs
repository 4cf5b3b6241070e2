//! A board over all threads, out of when something happened and on which channel alone.
//!
//! It reads five columns of few words by their codes, and judges each word once: many times as
//! fast as a fold over events.

use std::ops::Range;
use std::sync::Arc;

use ahash::HashMap;
use arrow::array::RecordBatch;
use filo_core::event::{Channel, Heading};
use filo_core::id::NodeId;
use filo_core::time::Timestamp;

use crate::batches::Batches;
use crate::decode::Glimpsed;
use crate::error::Result;
use crate::lake::Lake;
use crate::opened::Opened;
use crate::scan::{Reader, Row};
use crate::schema::Column;
use crate::walk::Walk;

/// That something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sign {
    /// On whose thread.
    pub thread: NodeId,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub channel: Channel,
}

/// A board over all threads: start, visit each thread once with its signs in time order, merge
/// partial results, finish.
pub trait Glance: Sync {
    /// What one worker gathers.
    type Partial: Send;
    /// The board.
    type Output;

    /// Nothing seen yet.
    fn start(&self) -> Self::Partial;
    /// Whether events like this are signs; others are passed over.
    fn is_sign(&self, event: &Heading<'_>) -> bool;
    /// One thread, with its signs by time; those of one instant and channel are one.
    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, signs: &[Sign]);
    /// Two workers' results are one; the order of the calls is not defined.
    fn merge(&self, into: &mut Self::Partial, from: Self::Partial);
    /// The board of everything.
    fn finish(&self, partial: Self::Partial) -> Self::Output;
}

const COLUMNS: [Column; 7] = [
    Column::Thread,
    Column::At,
    Column::Kind,
    Column::Trust,
    Column::Channel,
    Column::Source,
    Column::Name,
];

impl Row for Sign {
    fn thread(&self) -> NodeId {
        self.thread
    }

    fn at(&self) -> Timestamp {
        self.at
    }

    fn settle(rows: &mut Vec<Self>) {
        rows.sort_unstable();
        rows.dedup();
    }
}

/// Rows as signs.
pub(crate) struct Signs<'a, G>(&'a G);

impl<G: Glance> Reader for Signs<'_, G> {
    type Row = Sign;

    fn batches(
        &self,
        file: &Arc<Opened>,
        rows: Range<usize>,
        batch_rows: usize,
    ) -> Result<Batches> {
        file.read_coded(&COLUMNS, rows, batch_rows)
    }

    fn read(&self, batch: &RecordBatch, rows: Range<usize>, file: &str) -> Result<Vec<Sign>> {
        let columns = Glimpsed::of(batch, file)?;
        let mut judged: HashMap<[i64; 5], Option<Channel>> = HashMap::default();
        let mut signs = Vec::with_capacity(rows.len());
        for row in rows {
            let codes = columns.codes(row);
            let channel = match judged.get(&codes) {
                Some(known) => *known,
                None => {
                    let heading = columns.heading(row, file)?;
                    let sign = self.0.is_sign(&heading).then_some(heading.channel);
                    *judged.entry(codes).or_insert(sign)
                }
            };
            signs.extend(channel.map(|channel| Sign {
                thread: columns.thread(row),
                at: columns.at(row),
                channel,
            }));
        }
        Ok(signs)
    }
}

impl Lake {
    /// A board over all threads out of their signs, with so many workers.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn glance<G: Glance>(&self, glance: &G, workers: usize) -> Result<G::Output> {
        let partial = self.walk(&Glancing(glance), workers, None)?;
        Ok(glance.finish(partial))
    }
}

/// A glance as a walk over signs.
struct Glancing<'a, G>(&'a G);

impl<'a, G: Glance> Walk for Glancing<'a, G> {
    type Reader = Signs<'a, G>;
    type Partial = G::Partial;

    fn reader(&self) -> Signs<'a, G> {
        Signs(self.0)
    }

    fn start(&self) -> G::Partial {
        self.0.start()
    }

    fn visit(&self, partial: &mut G::Partial, thread: NodeId, signs: &[Sign]) {
        self.0.visit(partial, thread, signs);
    }

    fn merge(&self, into: &mut G::Partial, from: G::Partial) {
        self.0.merge(into, from);
    }
}
