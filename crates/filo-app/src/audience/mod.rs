//! Audiences: people whom a platform of advertising is told of, kept in step with a segment and
//! with what journeys say.
//!
//! Who is in is worked out by one worker on the node that applies the log, of whoever changed
//! ([`looking`]); what differs from what the platform was told is told to it ([`telling`]) or put
//! into a file ([`file`]).
//!
//! **Invariant:** nobody is offered whose consent does not allow it now, and whoever is not in any
//! more is taken out where they were put, however often that has to be tried.

mod account;
mod changing;
mod file;
mod looking;
mod privacy;
mod speaking;
mod telling;
mod watching;
mod worker;

use std::collections::BTreeMap;

use filo_core::audience::{AddressKind, Delivery, Fields, Platform, Standing};
use filo_core::id::{AudienceId, SegmentId};
use filo_store::Tx;
use filo_store::audience::entry::{self, Todo};
use filo_store::audience::{self, AudienceRow, member};

use crate::app::App;
use crate::error::{Error, Result};

pub use account::{AccountChange, AccountView, PlatformAccount};
pub use changing::{AUDIENCES_MOST, AudienceChange, AudienceDraft};
pub use file::Cut;
pub use filo_store::audience::entry::EntryRow;
pub use speaking::Tested;

pub(crate) use changing::{audience_of, standing_audiences};
pub(crate) use privacy::forget;
pub(crate) use watching::{Audiences, Stirred, note};
pub(crate) use worker::keep_while_leading;

/// How an audience is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A person takes it there.
    ByHand,
    /// Nobody is put in.
    Paused,
    /// Everybody is being taken out, for it to go.
    Ending,
    /// What it is told does not arrive.
    Failing,
    /// The platform is still to be told something.
    Behind,
    /// The platform knows what is known here.
    InStep,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::ByHand,
        Self::Paused,
        Self::Ending,
        Self::Failing,
        Self::Behind,
        Self::InStep,
    ];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Paused => "paused",
            Self::Ending => "ending",
            Self::Failing => "failing",
            Self::Behind => "behind",
            Self::InStep => "in_step",
        }
    }
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// People who are offered.
    pub offered: u64,
    /// People who said no, or whom nobody asked.
    pub no_yes: u64,
    /// People whom the platform could not know by anything.
    pub no_address: u64,
    /// E-mail addresses that are offered.
    pub emails: u64,
    /// Numbers that are offered.
    pub phones: u64,
    /// Addresses that are still to be put there.
    pub to_put: u64,
    /// Addresses that are still to be taken out.
    pub to_take_out: u64,
    /// Addresses that the platform does not want.
    pub refused: u64,
}

impl Counts {
    /// Everybody whom the source names.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.offered + self.no_yes + self.no_address
    }
}

/// An audience as it stands.
#[derive(Debug, Clone)]
pub struct AudienceView {
    /// What it is.
    pub row: AudienceRow,
    /// Whose advertising it is.
    pub platform: Platform,
    /// How it gets there.
    pub delivery: Delivery,
    /// What goes beside an address.
    pub fields: Fields,
    /// How many there are of what.
    pub counts: Counts,
    /// Everybody is still being looked at.
    pub is_filling: bool,
}

impl AudienceView {
    /// How it is doing.
    #[must_use]
    pub const fn state(&self) -> State {
        if self.row.ending_at.is_some() {
            State::Ending
        } else if self.row.paused_at.is_some() {
            State::Paused
        } else if matches!(self.delivery, Delivery::File) {
            State::ByHand
        } else if self.row.health.failing_since.is_some() {
            State::Failing
        } else if self.is_filling || self.counts.to_put + self.counts.to_take_out > 0 {
            State::Behind
        } else {
            State::InStep
        }
    }
}

impl App {
    /// Every audience, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn audiences(&self) -> Result<Vec<AudienceView>> {
        let mut tx = self.shared().db.read().await?;
        let mut counts = counts(&mut tx).await?;
        let rows = audience::list(&mut tx).await?.into_iter();
        let mut views = rows
            .map(|row| {
                let counts = counts.remove(&row.id).unwrap_or_default();
                view_of(row, counts)
            })
            .collect::<Result<Vec<_>>>()?;
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// One audience.
    ///
    /// # Errors
    /// If there is none.
    pub async fn audience(&self, id: AudienceId) -> Result<AudienceView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let counts = counts(&mut tx).await?.remove(&id).unwrap_or_default();
        view_of(row, counts)
    }

    /// Addresses that the platform does not want, with why.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn audience_refused(&self, id: AudienceId, limit: u32) -> Result<Vec<EntryRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(entry::refused(&mut tx, id, limit).await?)
    }

    /// What audiences are called.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn audience_names(&self) -> Result<BTreeMap<AudienceId, String>> {
        let mut tx = self.shared().db.read().await?;
        let rows = audience::list(&mut tx).await?.into_iter();
        Ok(rows.map(|row| (row.id, row.name)).collect())
    }

    /// The names of the audiences that a segment fills.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn audiences_of_segment(&self, id: SegmentId) -> Result<Vec<String>> {
        let mut tx = self.shared().db.read().await?;
        let rows = audience::list(&mut tx).await?.into_iter();
        let fed = rows.filter(|row| row.segment == Some(id) && row.ending_at.is_none());
        Ok(fed.map(|row| row.name).collect())
    }
}

async fn known(tx: &mut Tx<'_>, id: AudienceId) -> Result<AudienceRow> {
    let row = audience::get(tx, id).await?;
    row.ok_or(Error::Missing("audience"))
}

/// The platform of a row.
fn platform_of(row: &AudienceRow) -> Result<Platform> {
    let found = Platform::from_word(&row.platform);
    let unknown = || anyhow::anyhow!("{} has the unknown platform {}", row.id, row.platform);
    Ok(found.ok_or_else(unknown)?)
}

fn delivery_of(row: &AudienceRow) -> Result<Delivery> {
    let found = Delivery::from_word(&row.delivery);
    let unknown = || anyhow::anyhow!("{} has the unknown delivery {}", row.id, row.delivery);
    Ok(found.ok_or_else(unknown)?)
}

fn fields_of(row: &AudienceRow) -> Result<Fields> {
    let found = Fields::from_words(row.fields.split_whitespace());
    let unknown = || anyhow::anyhow!("{} has the unknown fields {}", row.id, row.fields);
    Ok(found.ok_or_else(unknown)?)
}

fn view_of(row: AudienceRow, counts: Counts) -> Result<AudienceView> {
    Ok(AudienceView {
        platform: platform_of(&row)?,
        delivery: delivery_of(&row)?,
        fields: fields_of(&row)?,
        is_filling: row.sweep.stage != 0 && row.sweep.ended_at.is_none(),
        counts,
        row,
    })
}

async fn counts(tx: &mut Tx<'_>) -> Result<BTreeMap<AudienceId, Counts>> {
    let mut found: BTreeMap<AudienceId, Counts> = BTreeMap::new();
    for (audience, code, people) in member::counts(tx).await? {
        let counts = found.entry(audience).or_default();
        let people = people.unsigned_abs();
        match Standing::from_code(code) {
            Some(Standing::Offered) => counts.offered += people,
            Some(Standing::NoYes) => counts.no_yes += people,
            Some(Standing::NoAddress) | None => counts.no_address += people,
        }
    }
    for one in entry::counts(tx).await? {
        let counts = found.entry(one.audience).or_default();
        let entries = one.entries.unsigned_abs();
        match one.todo {
            Todo::HandedOut => continue,
            Todo::TakeOut => {
                counts.to_take_out += entries;
                continue;
            }
            Todo::Put => counts.to_put += entries,
            Todo::Nothing => {}
        }
        if one.is_refused {
            counts.refused += entries;
        } else if one.kind == AddressKind::Email as i64 {
            counts.emails += entries;
        } else {
            counts.phones += entries;
        }
    }
    Ok(found)
}
