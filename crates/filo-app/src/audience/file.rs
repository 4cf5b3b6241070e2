//! Audiences as files in the form that their platform takes.
//!
//! **Invariant:** a file holds hashes of addresses and never an address; what a file takes out is
//! known by its hash alone.

use filo_core::access::Right;
use filo_core::audience::{Delivery, columns, row};
use filo_core::audit::{Act, Token};
use filo_core::id::AudienceId;
use filo_store::audience::entry::{self, EntryRow};
use filo_store::audience::{self, AudienceRow};

use super::looking::record_of;
use super::{AudienceView, delivery_of, known, platform_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::export::CsvText;

/// Entries read at a time.
const PAGE: u32 = 1_000;

/// Which part of an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Everybody.
    Whole,
    /// Those whom the last file puts there.
    Put,
    /// Those whom the last file takes out.
    TakenOut,
}

impl Cut {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Put, Self::TakenOut];

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "everybody",
            Self::Put => "added",
            Self::TakenOut => "removed",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl App {
    /// Closes what changed since the last file into a new one: two lists, of those who are put
    /// there and of those who are taken out. Says how many are in each.
    ///
    /// # Errors
    /// If the actor may not, there is none, it is told by Filo itself, or it is paused.
    pub async fn close_audience_file(
        &self,
        actor: &Actor,
        id: AudienceId,
    ) -> Result<(AudienceView, u64, u64)> {
        actor.must(Right::ExportPeople)?;
        actor.must(Right::ManageSegments)?;
        let (now, _one_at_a_time) = (self.now(), self.shared().audiences.desk.lock().await);
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if delivery_of(&row)? != Delivery::File {
            let why = "Filo itself tells the platform of this audience";
            return Err(Error::Conflict(why.to_owned()));
        }
        if row.paused_at.is_some() {
            let why = "the audience is paused: take it up again first";
            return Err(Error::Conflict(why.to_owned()));
        }
        let number = row.file_number + 1;
        let (put, out) = entry::hand_over(&mut tx, id, number).await?;
        audience::save_file(&mut tx, id, number, now).await?;
        let entry = actor.did(Act::AudienceExported, now).about(id);
        let entry = entry
            .with("added", Token::number(put))
            .with("removed", Token::number(out));
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok((self.audience(id).await?, put, out))
    }

    /// A part of an audience as a file. That it was taken is written down.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn audience_file(&self, actor: &Actor, id: AudienceId, cut: Cut) -> Result<String> {
        actor.must(Right::ExportPeople)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?
        };
        let text = self.audience_csv(&row, cut).await?;
        let mut tx = self.shared().db.begin().await?;
        let entry = actor.did(Act::AudienceExported, self.now()).about(id);
        let entry = entry.with("which", Token::word(cut.word()));
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(text)
    }

    async fn audience_csv(&self, audience: &AudienceRow, cut: Cut) -> Result<String> {
        let platform = platform_of(audience)?;
        let mut csv = CsvText::default();
        csv.line(columns(platform).iter().copied())?;
        let mut behind: Vec<u8> = Vec::new();
        loop {
            let page = self.csv_page(audience, cut, &behind).await?;
            for entry in &page {
                let record = record_of(entry, cut != Cut::TakenOut);
                csv.line(row(platform, &record))?;
            }
            match page.last() {
                Some(last) if page.len() == PAGE as usize => behind = last.address.to_vec(),
                _ => return csv.text(),
            }
        }
    }

    async fn csv_page(&self, row: &AudienceRow, cut: Cut, behind: &[u8]) -> Result<Vec<EntryRow>> {
        let mut tx = self.shared().db.read().await?;
        let file = (row.id, row.file_number);
        Ok(match cut {
            Cut::Whole => entry::wanted(&mut tx, row.id, behind, PAGE).await?,
            Cut::Put => entry::of_file(&mut tx, file, false, behind, PAGE).await?,
            Cut::TakenOut => entry::of_file(&mut tx, file, true, behind, PAGE).await?,
        })
    }
}
