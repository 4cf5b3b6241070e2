//! Incidents: what Filo stopped at and a person should see.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::IncidentId;
use filo_store::incident::{self, IncidentRow};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// A page of the list.
const LIMIT_MOST: u32 = 200;

impl App {
    /// What is open, newest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn incidents(&self) -> Result<Vec<IncidentRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(incident::list(&mut tx, true, None, LIMIT_MOST).await?)
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
