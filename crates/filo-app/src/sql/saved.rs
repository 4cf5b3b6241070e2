//! Questions in SQL that are saved with a name, for everybody who may ask.
//!
//! **Invariant:** one changes only from the version that its changer saw; one that names somebody
//! who was forgotten goes with them.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::SavedQueryId;
use filo_lake::sql::STATEMENT_BYTES_MOST;
use filo_store::Tx;
use filo_store::saved_query::{self, SavedQueryRow};

use super::may_ask;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// More are found by nobody.
pub const QUERIES_MOST: usize = 200;
/// A line of a list holds no more.
pub const NAME_CHARS_MOST: usize = 80;

/// What is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// What it is called.
    pub name: String,
    /// The statement. It need not be right: it may be worked on.
    pub statement: String,
}

impl SavedQuery {
    fn checked(self) -> Result<Self> {
        let name = self.name.trim().to_owned();
        let statement = self.statement.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MOST {
            let reason = format!("must have 1 to {NAME_CHARS_MOST} characters");
            return Err(Error::invalid("name", reason));
        }
        if name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "must be one line"));
        }
        if statement.is_empty() || statement.len() > STATEMENT_BYTES_MOST {
            let reason = format!("must have 1 to {STATEMENT_BYTES_MOST} bytes");
            return Err(Error::invalid("statement", reason));
        }
        Ok(Self { name, statement })
    }
}

impl App {
    /// The saved questions, by name.
    ///
    /// # Errors
    /// If the actor may not ask, or the tables cannot be read.
    pub async fn saved_queries(&self, actor: &Actor) -> Result<Vec<SavedQueryRow>> {
        may_ask(actor)?;
        let mut tx = self.shared().db.read().await?;
        Ok(saved_query::list(&mut tx).await?)
    }

    /// One of them, also if it was removed.
    ///
    /// # Errors
    /// If the actor may not ask, or there is none.
    pub async fn saved_query(&self, actor: &Actor, id: SavedQueryId) -> Result<SavedQueryRow> {
        may_ask(actor)?;
        let mut tx = self.shared().db.read().await?;
        known(&mut tx, id).await
    }

    /// Saves a question.
    ///
    /// # Errors
    /// If the actor may not write beside figures, a field is wrong, or there are too many.
    pub async fn save_query(&self, actor: &Actor, query: SavedQuery) -> Result<SavedQueryRow> {
        may_save(actor)?;
        let query = query.checked()?;
        let now = self.now();
        let row = SavedQueryRow {
            id: SavedQueryId(self.spare_id()),
            name: query.name,
            statement: query.statement,
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            removed_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        let saved = saved_query::list(&mut tx).await?;
        if saved.len() >= QUERIES_MOST {
            let why = format!("there are {QUERIES_MOST} saved questions already: remove one first");
            return Err(Error::Conflict(why));
        }
        saved_query::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::QueryChanged, now).about(row.id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Changes a saved question, from the version that was read.
    ///
    /// # Errors
    /// As [`App::save_query`], if it was removed, or somebody else changed it meanwhile.
    pub async fn change_query(
        &self,
        actor: &Actor,
        (id, version): (SavedQueryId, i64),
        query: SavedQuery,
    ) -> Result<SavedQueryRow> {
        may_save(actor)?;
        let query = query.checked()?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.removed_at.is_some() {
            return Err(Error::Missing("saved query"));
        }
        row.version = version;
        row.name = query.name;
        row.statement = query.statement;
        self.keep_query(tx, actor, row).await
    }

    /// Removes a saved question; it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn remove_query(&self, actor: &Actor, id: SavedQueryId) -> Result<SavedQueryRow> {
        self.set_query_removed(actor, id, true).await
    }

    /// Brings a saved question back that was removed.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn restore_query(&self, actor: &Actor, id: SavedQueryId) -> Result<SavedQueryRow> {
        self.set_query_removed(actor, id, false).await
    }

    async fn set_query_removed(
        &self,
        actor: &Actor,
        id: SavedQueryId,
        is_removed: bool,
    ) -> Result<SavedQueryRow> {
        may_save(actor)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.removed_at.is_some() == is_removed {
            return Ok(row);
        }
        row.removed_at = is_removed.then(|| self.now());
        self.keep_query(tx, actor, row).await
    }

    async fn keep_query(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: SavedQueryRow,
    ) -> Result<SavedQueryRow> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !saved_query::change(&mut tx, &row).await? {
            let why = "the saved question was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        row.version += 1;
        let entry = actor.did(Act::QueryChanged, row.changed_at);
        record(&mut tx, &entry.about(row.id)).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Takes away the saved questions that name somebody; says how many.
    pub(crate) async fn forget_in_queries(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for (id, texts) in saved_query::texts(&mut tx).await? {
            if texts.iter().any(|text| names(text)) {
                saved_query::erase(&mut tx, id).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        Ok(removed)
    }
}

/// What is saved is there for everybody who may ask: who saves writes beside figures.
fn may_save(actor: &Actor) -> Result<()> {
    actor.must(Right::SeeFigures)?;
    actor.must(Right::WriteNotes)
}

async fn known(tx: &mut Tx<'_>, id: SavedQueryId) -> Result<SavedQueryRow> {
    let row = saved_query::get(tx, id).await?;
    row.ok_or(Error::Missing("saved query"))
}
