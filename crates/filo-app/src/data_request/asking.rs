//! Asking on the page for customers, and showing through a link that it was really they.
//!
//! **Invariant:** a stranger cannot fill the list: so many wait unchecked at most, and the same
//! wish of the same address waits once.

use std::net::IpAddr;

use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::id::DataRequestId;
use filo_core::identity::{Identifier, Kind};
use filo_core::privacy::data_request::{NotNow, Proof, Stage, Way, Wish};
use filo_store::data_request;

use super::{made, save};
use crate::app::App;
use crate::audit::record;
use crate::error::{Busy, BusyReason, Error, Result};

/// Requests through the page that nobody has shown to be theirs; a company that really gets so
/// many answers them by other means.
const UNCHECKED_MOST: i64 = 500;
/// When to come back where there are so many.
const AFTER_S: u32 = 3_600;

/// What became of a link that was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// It is theirs.
    Yes,
    /// They had said so before.
    Already,
    /// It has been answered.
    Closed,
    /// Nobody has this link, or whoever had it was forgotten.
    Unknown,
}

impl App {
    /// The address of the page where customers ask, for the company's own site and papers.
    #[must_use]
    pub fn data_request_page(&self) -> String {
        format!("{}/public/request", self.shared().links.base())
    }

    /// Takes down what somebody asks on the page for customers. The answer is the same whether
    /// they are known or not, and whether it waits already or not.
    ///
    /// # Errors
    /// If the address is none or the message too long; if it comes too often from one place; if
    /// too many wait.
    pub async fn ask_about_data(
        &self,
        wish: Wish,
        (email, message): (&str, &str),
        from: Option<IpAddr>,
    ) -> Result<()> {
        let known = Identifier::new(Kind::Email, email, &self.rules());
        let known = known.map_err(|_refused| Error::invalid("email", "an e-mail address"))?;
        let node = self.key().node_id(known.kind, &known.value);
        let whose = (known.value.to_string(), node);
        let request = self.request((wish, Way::Page), whose, message)?;
        self.admit_stranger("data request", from)?;
        let mut tx = self.shared().db.begin().await?;
        let (same, all) = data_request::unchecked(&mut tx, node, wish).await?;
        if same > 0 {
            return Ok(());
        }
        if all >= UNCHECKED_MOST {
            return Err(Error::Busy(Busy {
                retry_after_s: AFTER_S,
                reason: BusyReason::QueueFull,
            }));
        }
        data_request::insert(&mut tx, &request).await?;
        let entry = Entry::new(self.now(), Party::Nobody, Act::DataRequestMade);
        record(&mut tx, &made(entry, &request)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What a link asks to be confirmed: the wish, and whether it still waits for that.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn asked_about_data(&self, id: DataRequestId) -> Result<Option<(Wish, Verified)>> {
        let mut tx = self.shared().db.read().await?;
        let row = data_request::get(&mut tx, id).await?;
        let row = row.filter(|row| row.node.is_some());
        Ok(row.map(|row| {
            let standing = match row.stage {
                Stage::Received => Verified::Yes,
                Stage::Checked => Verified::Already,
                Stage::Done | Stage::Refused => Verified::Closed,
            };
            (row.wish, standing)
        }))
    }

    /// They followed the link: the request is theirs.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn verify_data_request(&self, id: DataRequestId) -> Result<Verified> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let row = data_request::get(&mut tx, id).await?;
        let Some(row) = row.filter(|row| row.node.is_some()) else {
            return Ok(Verified::Unknown);
        };
        let was = row.stage;
        let row = match row.check(Proof::Link, now) {
            Ok(row) => row,
            Err(NotNow::Checked) => return Ok(Verified::Already),
            Err(_closed) => return Ok(Verified::Closed),
        };
        save(&mut tx, &row, was).await?;
        let entry = Entry::new(now, Party::Nobody, Act::DataRequestChecked).about(id);
        let proof = Token::word(Proof::Link.word());
        record(&mut tx, &entry.with("proof", proof)).await?;
        tx.commit().await?;
        Ok(Verified::Yes)
    }
}
