//! Views of the list of people that somebody saved: a name, and the filters with the order as
//! an address has them.
//!
//! **Invariant:** of two people who change the views at once, both changes stand.

use filo_core::access::Right;
use filo_store::setting;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::actor::Actor;
use crate::error::{Error, Result};

/// Tabs over a list; more are found by nobody.
const VIEWS_MOST: usize = 20;
/// A tab holds a few words.
const NAME_CHARS_MOST: usize = 40;
/// Every filter at once takes some 400 bytes.
const QUERY_BYTES_MOST: usize = 1000;
/// Tries before two people who save at once are told so.
const TRIES_MOST: usize = 5;
/// Where the views stand among the settings.
const SETTING: &str = "people_views";

/// One view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Eight hexadecimal digits.
    pub id: String,
    /// What its tab says.
    pub name: String,
    /// Filters and order: `channel=shop&sort=spent`.
    pub query: String,
}

impl App {
    /// The views, in the order in which they were made.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn views(&self) -> Result<Vec<SavedView>> {
        self.read_views().await.map(|(views, _)| views)
    }

    /// Saves a view.
    ///
    /// # Errors
    /// If the actor may not write, the name or the filters are empty or too long, or there are
    /// too many.
    pub async fn save_view(&self, actor: &Actor, name: &str, query: &str) -> Result<SavedView> {
        actor.must(Right::WriteNotes)?;
        let view = SavedView {
            id: format!("{:08x}", self.spare_id() >> 96),
            name: checked_name(name)?,
            query: query.to_owned(),
        };
        if query.is_empty() || query.len() > QUERY_BYTES_MOST {
            return Err(Error::invalid("query", "must be filters of the list"));
        }
        self.change_views(|views| {
            if views.len() >= VIEWS_MOST {
                return Err(Error::Conflict(format!("at most {VIEWS_MOST} views")));
            }
            views.push(view.clone());
            Ok(view.clone())
        })
        .await
    }

    /// Gives a view another name.
    ///
    /// # Errors
    /// If the actor may not write, there is no such view, or the name is empty or too long.
    pub async fn rename_view(&self, actor: &Actor, id: &str, name: &str) -> Result<SavedView> {
        actor.must(Right::WriteNotes)?;
        let name = checked_name(name)?;
        self.change_views(|views| {
            let view = views
                .iter_mut()
                .find(|view| view.id == id)
                .ok_or(Error::Missing("view"))?;
            view.name.clone_from(&name);
            Ok(view.clone())
        })
        .await
    }

    /// Removes a view and gives it back, so that it can be saved again.
    ///
    /// # Errors
    /// If the actor may not write, or there is no such view.
    pub async fn remove_view(&self, actor: &Actor, id: &str) -> Result<SavedView> {
        actor.must(Right::WriteNotes)?;
        self.change_views(|views| {
            let place = views.iter().position(|view| view.id == id);
            Ok(views.remove(place.ok_or(Error::Missing("view"))?))
        })
        .await
    }

    async fn read_views(&self) -> Result<(Vec<SavedView>, i64)> {
        let mut tx = self.shared().db.read().await?;
        let Some(stored) = setting::get(&mut tx, SETTING).await? else {
            return Ok((Vec::new(), 0));
        };
        let views = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
        Ok((views, stored.version))
    }

    /// Removes the views that name somebody. How many.
    pub(crate) async fn forget_in_views(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let named = |view: &SavedView| names(&view.name) || names(&view.query);
        if !self.views().await?.iter().any(named) {
            return Ok(0);
        }
        self.change_views(|views| {
            let before = views.len();
            views.retain(|view| !named(view));
            Ok((before - views.len()) as u64)
        })
        .await
    }

    async fn change_views<T>(
        &self,
        change: impl Fn(&mut Vec<SavedView>) -> Result<T>,
    ) -> Result<T> {
        for _ in 0..TRIES_MOST {
            let (mut views, version) = self.read_views().await?;
            let answer = change(&mut views)?;
            let value = serde_json::to_string(&views).map_err(anyhow::Error::from)?;
            let mut tx = self.shared().db.begin().await?;
            match setting::put(&mut tx, SETTING, &value, version, self.now()).await {
                Ok(_) => {
                    tx.commit().await?;
                    return Ok(answer);
                }
                Err(filo_store::Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Conflict(
            "others are changing the views at this moment: try again".to_owned(),
        ))
    }
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MOST {
        return Err(Error::invalid(
            "view",
            format!("must have 1 to {NAME_CHARS_MOST} characters"),
        ));
    }
    Ok(name.to_owned())
}
