//! What the use cases reach of the workspace they work in.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::App;
use crate::admission::Admission;
use crate::alert::Mornings;
use crate::analysis::Boards;
use crate::backup::Backups;
use crate::buyer::Measuring;
use crate::clock::{Chance, Clock};
use crate::company::KnownCompany;
use crate::duplicate::Searches;
use crate::engine::{Input, Shared};
use crate::job::Jobs;
use crate::keyring::Keyring;
use crate::mail::Mailing;
use crate::retention::Retaining;
use crate::rule::Trials;
use crate::segment::Previews;
use crate::sql::Asking;
use crate::tracking::Clicks;
use crate::user::Door;
use crate::watch::Watch;

impl App {
    /// A number nobody else has.
    #[must_use]
    pub fn spare_id(&self) -> u128 {
        self.0.chance.draw()
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    pub(crate) fn admission(&self) -> &Arc<Admission> {
        &self.0.admission
    }

    pub(crate) fn chance(&self) -> &Arc<Chance> {
        &self.0.chance
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    pub(crate) fn known_company(&self) -> &KnownCompany {
        &self.0.company
    }

    pub(crate) fn backups(&self) -> &Backups {
        &self.0.backups
    }

    pub(crate) fn retaining(&self) -> &Retaining {
        &self.0.retaining
    }

    pub(crate) fn mornings(&self) -> &Mornings {
        &self.0.mornings
    }

    pub(crate) fn measuring(&self) -> &Measuring {
        &self.0.measuring
    }

    pub(crate) fn boards(&self) -> &Boards {
        &self.0.boards
    }

    pub(crate) fn asking(&self) -> &Asking {
        &self.0.asking
    }

    pub(crate) fn clicks(&self) -> &Clicks {
        &self.0.clicks
    }

    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }

    pub(crate) fn trials(&self) -> &Trials {
        &self.0.trials
    }

    pub(crate) fn previews(&self) -> &Previews {
        &self.0.previews
    }

    pub(crate) fn searches(&self) -> &Searches {
        &self.0.searches
    }

    pub(crate) fn mailing(&self) -> &Mailing {
        &self.0.mailing
    }

    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(crate) fn tell_engine(&self) -> mpsc::Sender<Input> {
        self.0.engine.clone()
    }
}
