//! Finding people: lists by when they were last seen, and search by fragments of names,
//! addresses and numbers.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use filo_store::customer::{self, Cursor, CustomerRow};

use crate::App;
use crate::error::{Error, Result};

/// A page never holds more.
const LIMIT_MOST: u32 = 200;
/// A query of more words is not a search.
const WORDS_MOST: usize = 6;
/// Longer texts are cut: no name or address is longer.
const TEXT_MOST: usize = 200;

impl App {
    /// People for whom every word of the text begins some word of theirs.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn search(&self, text: &str, limit: usize) -> Result<Vec<CustomerRow>> {
        let words: Vec<String> = text
            .chars()
            .take(TEXT_MOST)
            .collect::<String>()
            .split_whitespace()
            .take(WORDS_MOST)
            .map(str::to_owned)
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.shared().db.read().await?;
        let found = customer::search(&mut tx, &words, page_of(limit)).await?;
        let rows = customer::get_many(&mut tx, &found.customers).await?;
        let place = |row: &CustomerRow| found.customers.iter().position(|id| *id == row.id);
        let mut rows: Vec<CustomerRow> = rows;
        rows.sort_by_key(place);
        Ok(rows)
    }

    /// People by when they were last seen, newest first, from a cursor on.
    ///
    /// # Errors
    /// If the limit is 0 or the tables cannot be read.
    pub async fn customers(
        &self,
        before: Option<(Timestamp, CustomerId)>,
        limit: usize,
    ) -> Result<Vec<CustomerRow>> {
        if limit == 0 {
            return Err(Error::invalid("limit", "must be between 1 and 200"));
        }
        let mut tx = self.shared().db.read().await?;
        let behind = before.map(|(last_seen, id)| Cursor { last_seen, id });
        Ok(customer::list(&mut tx, behind, page_of(limit)).await?)
    }

    /// The row of one customer, as lists show it.
    pub(super) async fn stored_customer(&self, id: CustomerId) -> Result<Option<CustomerRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(customer::get(&mut tx, id).await?)
    }

    /// How many customers there are.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn customer_count(&self) -> Result<u64> {
        let mut tx = self.shared().db.read().await?;
        Ok(u64::try_from(customer::count(&mut tx).await?).unwrap_or_default())
    }
}

fn page_of(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(LIMIT_MOST).min(LIMIT_MOST)
}
