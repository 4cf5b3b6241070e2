//! A file that is read on a thread of its own, some rows at a time.
//!
//! **Invariant:** the reader waits for whoever takes the rows, and ends when nobody does.

use std::path::PathBuf;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::error::{Error, Result};
use crate::import::{OrderReport, Plan, Row, Run, read};

/// Rows taken together: the group of events that the log writes best.
pub(super) const ROWS_TOGETHER: usize = 500;
/// Groups read ahead.
const AHEAD: usize = 2;

pub(super) struct Source {
    rows: mpsc::Receiver<Vec<Row>>,
    reading: JoinHandle<Result<Option<OrderReport>>>,
    /// Of a file of orders that was read to its end.
    pub(super) orders: Option<OrderReport>,
}

impl Source {
    pub(super) fn open(file: PathBuf, plan: Plan, run: Run) -> Self {
        let (sender, rows) = mpsc::channel(AHEAD);
        let reading = tokio::task::spawn_blocking(move || {
            let mut group = Vec::with_capacity(ROWS_TOGETHER);
            let send = |group: Vec<Row>| {
                sender
                    .blocking_send(group)
                    .map_err(|_gone| Error::Conflict("nobody takes the rows".to_owned()))
            };
            let orders = read(&file, &plan, &run, &mut |row| {
                group.push(row);
                if group.len() < ROWS_TOGETHER {
                    return Ok(());
                }
                send(std::mem::replace(
                    &mut group,
                    Vec::with_capacity(ROWS_TOGETHER),
                ))
            })?;
            if !group.is_empty() {
                send(group)?;
            }
            Ok(orders)
        });
        Self {
            rows,
            reading,
            orders: None,
        }
    }

    /// The next rows; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Row>>> {
        if let Some(rows) = self.rows.recv().await {
            return Ok(Some(rows));
        }
        // The channel is closed: the reader has ended, well or not.
        self.orders = (&mut self.reading).await.map_err(anyhow::Error::from)??;
        Ok(None)
    }
}
