//! Finding people: pages of the list, filtered and in an order, and search by the beginnings of
//! names, addresses and numbers.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow, Filter, Mark, MarkKey, Question};

use crate::App;
use crate::error::{Error, Result};

/// A page never holds more.
const LIMIT_MOST: u32 = 200;
/// A query of more words is not a search.
const WORDS_MOST: usize = 6;
/// Longer texts are cut: no name or address is longer.
const TEXT_MOST: usize = 200;
/// Rows of a file that are read at a time.
const EXPORT_ROWS: u32 = 1_000;

impl App {
    /// People for whom every word of the text begins some word of theirs.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn search(&self, text: &str, limit: usize) -> Result<Vec<CustomerRow>> {
        self.search_within(text, &Filter::default(), limit).await
    }

    /// The same among those of whom a filter is true. The 200 best of a search are looked at.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn search_within(
        &self,
        text: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<CustomerRow>> {
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
        let asked = match filter.is_empty() {
            true => page_of(limit),
            false => LIMIT_MOST,
        };
        let mut tx = self.shared().db.read().await?;
        let found = customer::search(&mut tx, &words, asked).await?;
        let mut rows = customer::get_many(&mut tx, &found.customers).await?;
        let place = |row: &CustomerRow| found.customers.iter().position(|id| *id == row.id);
        rows.sort_by_key(place);
        let mut rows = customer::narrow(&mut tx, rows, filter).await?;
        rows.truncate(limit);
        Ok(rows)
    }

    /// A page of people.
    ///
    /// # Errors
    /// If the limit is 0 or the tables cannot be read.
    pub async fn people(&self, question: &Question, limit: usize) -> Result<Vec<CustomerRow>> {
        if limit == 0 {
            return Err(Error::invalid("limit", "must be between 1 and 200"));
        }
        let mut tx = self.shared().db.read().await?;
        Ok(customer::page(&mut tx, question, page_of(limit)).await?)
    }

    /// People by when they were last seen, newest first, from a row on.
    ///
    /// # Errors
    /// If the limit is 0 or the tables cannot be read.
    pub async fn customers(
        &self,
        before: Option<(Timestamp, CustomerId)>,
        limit: usize,
    ) -> Result<Vec<CustomerRow>> {
        let question = Question {
            behind: before.map(|(last_seen, id)| Mark {
                key: MarkKey::Number(last_seen.0),
                id,
            }),
            ..Question::default()
        };
        self.people(&question, limit).await
    }

    /// People of a filter for a file, by their id, behind one; empty at the end.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn people_by_id(
        &self,
        filter: &Filter,
        behind: CustomerId,
    ) -> Result<Vec<CustomerRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(customer::by_id(&mut tx, filter, behind, EXPORT_ROWS).await?)
    }

    /// The rows of these people, by their id.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn people_of(&self, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
        let mut tx = self.shared().db.read().await?;
        let mut rows = customer::get_many(&mut tx, ids).await?;
        rows.sort_unstable_by_key(|row| row.id);
        Ok(rows)
    }

    /// How many people a filter is true of, counted to a limit.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn people_count(&self, filter: &Filter, most: u32) -> Result<u64> {
        let mut tx = self.shared().db.read().await?;
        let count = customer::count_upto(&mut tx, filter, most).await?;
        Ok(u64::try_from(count).unwrap_or_default())
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
