//! Lists by hand: making them, changing them, putting them away and bringing them back; and who
//! is on them ([`member`]).
//!
//! **Invariant:** of two people who change a list from the same version, the second one is
//! refused; no list is put away that a segment or a journey asks about.

mod member;

use std::collections::{BTreeMap, BTreeSet};

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::ListId;
use filo_core::profile::LISTS_MOST;
use filo_core::segment::Condition;
use filo_store::Tx;
use filo_store::customer_list::{self, ListRow, member as kept};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::decision::bounded;
use crate::error::{Error, Result};
use crate::journey::journey_of_list;
use crate::segment::segment_of_list;

pub use filo_store::customer_list::member::MemberRow;
pub use member::{LISTED_MOST, ListMembership};

/// Letters of a name.
pub const NAME_CHARS_MOST: usize = 80;
/// Letters of a description.
pub const DESCRIPTION_CHARS_MOST: usize = 500;

/// What a list is to be.
#[derive(Debug, Clone)]
pub struct ListDraft {
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// A list as it stands.
#[derive(Debug, Clone)]
pub struct ListView {
    /// What it is.
    pub row: ListRow,
    /// How many are on it.
    pub members: i64,
}

impl ListView {
    /// Whether it was put away.
    #[must_use]
    pub const fn is_away(&self) -> bool {
        self.row.archived_at.is_some()
    }
}

impl App {
    /// Every list, also those that were put away, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn lists(&self) -> Result<Vec<ListView>> {
        let mut tx = self.shared().db.read().await?;
        let counts: BTreeMap<_, _> = kept::counts(&mut tx).await?.into_iter().collect();
        let rows = customer_list::list(&mut tx).await?.into_iter();
        let view = |row: ListRow| ListView {
            members: counts.get(&row.id).copied().unwrap_or_default(),
            row,
        };
        let mut views: Vec<ListView> = rows.map(view).collect();
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// One list.
    ///
    /// # Errors
    /// If there is none.
    pub async fn list(&self, id: ListId) -> Result<ListView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let members = kept::count(&mut tx, id).await?;
        Ok(ListView { row, members })
    }

    /// The lists that were not put away.
    pub(crate) async fn lists_in_use(&self) -> Result<BTreeSet<ListId>> {
        let mut tx = self.shared().db.read().await?;
        standing_lists(&mut tx).await
    }

    /// Makes a list that nobody is on.
    ///
    /// # Errors
    /// If the actor may not, or the draft is not in order.
    pub async fn create_list(&self, actor: &Actor, draft: ListDraft) -> Result<ListView> {
        actor.must(Right::ManageSegments)?;
        let (now, id) = (self.now(), ListId(self.spare_id()));
        let (name, description) = checked(&draft)?;
        let mut tx = self.shared().db.begin().await?;
        if customer_list::list(&mut tx).await?.len() >= LISTS_MOST {
            return Err(Error::Conflict(format!(
                "there are {LISTS_MOST} lists already: use one that was put away"
            )));
        }
        let row = ListRow {
            id,
            name,
            description,
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            archived_at: None,
        };
        customer_list::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::ListChanged, now);
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        Ok(ListView { row, members: 0 })
    }

    /// Changes what a list is called, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not, the draft is not in order, or somebody else changed it meanwhile.
    pub async fn change_list(
        &self,
        actor: &Actor,
        (id, version): (ListId, i64),
        draft: ListDraft,
    ) -> Result<ListView> {
        actor.must(Right::ManageSegments)?;
        let (name, description) = checked(&draft)?;
        let mut tx = self.shared().db.begin().await?;
        let row = standing(&mut tx, id).await?;
        let row = ListRow {
            version,
            name,
            description,
            ..row
        };
        self.save_list(tx, actor, row).await
    }

    /// Puts a list away: nobody is put on it or taken off, and it can be brought back with
    /// everybody on it.
    ///
    /// # Errors
    /// If the actor may not, there is none, or a segment or a journey asks about it.
    pub async fn archive_list(&self, actor: &Actor, id: ListId) -> Result<ListView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            drop(tx);
            return self.list(id).await;
        }
        if let Some(name) = segment_of_list(&mut tx, id).await? {
            return Err(Error::Conflict(format!(
                "the segment “{name}” asks about it: change that first"
            )));
        }
        if let Some(name) = journey_of_list(&mut tx, id).await? {
            return Err(Error::Conflict(format!(
                "the journey “{name}” names it: change that first"
            )));
        }
        let row = ListRow {
            archived_at: Some(self.now()),
            ..row
        };
        self.save_list(tx, actor, row).await
    }

    /// Brings back a list that was put away.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn restore_list(&self, actor: &Actor, id: ListId) -> Result<ListView> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        let row = ListRow {
            archived_at: None,
            ..row
        };
        self.save_list(tx, actor, row).await
    }

    /// What segments in use and journeys under way are called that name a list.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn users_of_list(&self, id: ListId) -> Result<Vec<String>> {
        let mut tx = self.shared().db.read().await?;
        let segment = segment_of_list(&mut tx, id).await?;
        let journey = journey_of_list(&mut tx, id).await?;
        Ok(segment.into_iter().chain(journey).collect())
    }

    /// Takes the words that name somebody out of what lists are called. Of how many.
    pub(crate) async fn forget_in_lists(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut changed = 0;
        for row in customer_list::list(&mut tx).await? {
            if !names(&row.name) && !names(&row.description) {
                continue;
            }
            let left = ListRow {
                // It must be called something, and others are on it.
                name: row.id.to_string(),
                description: String::new(),
                ..row
            };
            customer_list::change(&mut tx, &left).await?;
            changed += 1;
        }
        tx.commit().await?;
        Ok(changed)
    }

    async fn save_list(&self, mut tx: Tx<'_>, actor: &Actor, row: ListRow) -> Result<ListView> {
        let (id, now) = (row.id, self.now());
        let row = ListRow {
            changed_at: now,
            changed_by: actor.name.clone(),
            ..row
        };
        if !customer_list::change(&mut tx, &row).await? {
            let why = "the list was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        let entry = actor.did(Act::ListChanged, now);
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.list(id).await
    }
}

async fn known(tx: &mut Tx<'_>, id: ListId) -> Result<ListRow> {
    let row = customer_list::get(tx, id).await?;
    row.ok_or(Error::Missing("list"))
}

/// A list that was not put away.
async fn standing(tx: &mut Tx<'_>, id: ListId) -> Result<ListRow> {
    let row = known(tx, id).await?;
    match row.archived_at {
        None => Ok(row),
        Some(_) => Err(Error::Conflict(
            "the list was put away: bring it back first".to_owned(),
        )),
    }
}

/// The lists that were not put away.
pub(crate) async fn standing_lists(tx: &mut Tx<'_>) -> Result<BTreeSet<ListId>> {
    let rows = customer_list::list(tx).await?.into_iter();
    let standing = rows.filter(|row| row.archived_at.is_none());
    Ok(standing.map(|row| row.id).collect())
}

/// What lists are called, also those that were put away.
pub(crate) async fn list_names(tx: &mut Tx<'_>) -> Result<BTreeMap<ListId, String>> {
    let rows = customer_list::list(tx).await?.into_iter();
    Ok(rows.map(|row| (row.id, row.name)).collect())
}

/// Whether the lists that a condition asks about are there.
pub(crate) async fn check_lists(tx: &mut Tx<'_>, condition: &Condition) -> Result<()> {
    for id in condition.lists() {
        let row = customer_list::get(tx, id).await?;
        let Some(row) = row else {
            return Err(Error::invalid(
                "condition",
                format!("there is no list {id}"),
            ));
        };
        if row.archived_at.is_some() {
            let name = row.name;
            return Err(Error::Conflict(format!(
                "the list “{name}” was put away: bring it back first"
            )));
        }
    }
    Ok(())
}

fn checked(draft: &ListDraft) -> Result<(String, String)> {
    let name = draft.name.trim();
    let is_line = !name.is_empty() && !name.chars().any(char::is_control);
    if !is_line || name.chars().count() > NAME_CHARS_MOST {
        let hint = format!("a name of 1 to {NAME_CHARS_MOST} characters");
        return Err(Error::invalid("name", hint));
    }
    let description = draft.description.trim();
    bounded("description", description, DESCRIPTION_CHARS_MOST)?;
    Ok((name.to_owned(), description.to_owned()))
}
