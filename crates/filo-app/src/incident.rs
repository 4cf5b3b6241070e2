//! Incidents: what Filo stopped at and a person should see.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::IncidentId;
use filo_store::incident::{self, Cursor, IncidentRow};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// A page of the list.
const LIMIT_MOST: u32 = 201;

impl App {
    /// A page of incidents, newest first: only what is open, or all.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn incidents(
        &self,
        open_only: bool,
        behind: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<IncidentRow>> {
        let limit = u32::try_from(limit).unwrap_or(LIMIT_MOST).min(LIMIT_MOST);
        let mut tx = self.shared().db.read().await?;
        Ok(incident::list(&mut tx, open_only, behind, limit).await?)
    }

    /// Opens again what was marked as seen.
    ///
    /// # Errors
    /// If the actor may not write, it is open, or the same has been opened anew since.
    pub async fn reopen_incident(&self, actor: &Actor, id: IncidentId) -> Result<()> {
        actor.must(Right::ResolveIncidents)?;
        let mut tx = self.shared().db.begin().await?;
        if !incident::reopen(&mut tx, id).await? {
            return Err(Error::Missing("closed incident"));
        }
        let entry = actor.did(Act::IncidentReopened, self.now()).about(id);
        crate::audit::record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says that a person has seen to it.
    ///
    /// # Errors
    /// If the actor may not write, or it is not open.
    pub async fn resolve_incident(&self, actor: &Actor, id: IncidentId) -> Result<()> {
        actor.must(Right::ResolveIncidents)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        if !incident::resolve(&mut tx, id, now).await? {
            return Err(Error::Missing("open incident"));
        }
        let entry = actor.did(Act::IncidentResolved, now).about(id);
        crate::audit::record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }
}
