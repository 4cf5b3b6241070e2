//! What the owner says of the company: read from memory by every page, changed by one at a time.
//!
//! **Invariant:** of two people who change it from the same version, the second one is refused
//! and sees what the first one wrote.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::company::{Company, CompanyFault, NAME_CHARS_MOST};
use filo_store::{Db, setting};
use jiff::tz::TimeZone;
use parking_lot::RwLock;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "company";

/// The company as it stands, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompanyView {
    /// What the owner says.
    pub company: Company,
    /// 0 until somebody has said anything.
    pub version: i64,
}

/// The company in memory.
#[derive(Debug, Default)]
pub(crate) struct KnownCompany(RwLock<Arc<CompanyView>>);

impl KnownCompany {
    pub(crate) async fn load(db: &Db) -> Result<Self> {
        let known = Self::default();
        known.refresh(db).await?;
        Ok(known)
    }

    async fn refresh(&self, db: &Db) -> Result<()> {
        let stored = {
            let mut tx = db.read().await?;
            setting::get(&mut tx, SETTING).await?
        };
        if let Some(stored) = stored {
            let view = CompanyView {
                company: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
                version: stored.version,
            };
            self.adopt(Arc::new(view));
        }
        Ok(())
    }

    /// Whoever read earlier may come later: only what is newer counts.
    fn adopt(&self, view: Arc<CompanyView>) {
        let mut known = self.0.write();
        if view.version > known.version {
            *known = view;
        }
    }
}

impl App {
    /// What the owner says of the company.
    #[must_use]
    pub fn company(&self) -> Arc<CompanyView> {
        Arc::clone(&self.known_company().0.read())
    }

    /// The zone of the clock on the company's wall.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        // Only a zone that there is was stored.
        TimeZone::get(&self.company().company.zone).unwrap_or(TimeZone::UTC)
    }

    /// Changes it, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not administer, a field is wrong, or somebody else changed it meanwhile.
    pub async fn change_company(
        &self,
        actor: &Actor,
        company: Company,
        version: i64,
    ) -> Result<Arc<CompanyView>> {
        actor.must(Right::ManageSettings)?;
        let company = company.checked().map_err(|fault| match fault {
            CompanyFault::NameTooLong => {
                Error::invalid("name", format!("at most {NAME_CHARS_MOST} characters"))
            }
            CompanyFault::NameUnprintable => Error::invalid("name", "one line of text"),
        })?;
        if TimeZone::get(&company.zone).is_err() {
            return Err(Error::invalid(
                "zone",
                "a zone of the IANA list, such as Europe/Rome",
            ));
        }
        let text = serde_json::to_string(&company).map_err(anyhow::Error::from)?;
        let is_moved = company.zone != self.company().company.zone;
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, self.now()).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, self.now());
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        let view = Arc::new(CompanyView { company, version });
        self.known_company().adopt(Arc::clone(&view));
        if is_moved {
            self.fill_segments_again().await?;
        }
        Ok(view)
    }

    /// Reads it anew: another node may have changed it.
    pub(crate) async fn refresh_company(&self) {
        if let Err(error) = self.known_company().refresh(&self.shared().db).await {
            tracing::warn!(%error, "the company's settings could not be read anew");
        }
    }
}
