//! What was counted: of the mails of a journey, and of those that say a piece.

use std::collections::BTreeMap;

use filo_core::id::{JourneyId, PieceId};
use filo_core::tracking::Mailing;
use filo_store::tracking::{self, Counts, LinkRow};

use crate::app::App;
use crate::error::Result;

/// What was counted of a mail that a step sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFigures {
    /// Which.
    pub of: Mailing,
    /// How many left, and how often their picture was fetched.
    pub mail: Counts,
    /// Its links, the one that people followed most first.
    pub links: Vec<LinkFigures>,
}

/// What was counted of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFigures {
    /// Where it leads.
    pub url: String,
    /// In how many mails it left, and how often it was followed.
    pub counts: Counts,
}

impl MailFigures {
    /// How often people followed a link of it.
    #[must_use]
    pub fn people(&self) -> i64 {
        self.links.iter().map(|link| link.counts.people).sum()
    }

    /// How often machines did.
    #[must_use]
    pub fn machines(&self) -> i64 {
        self.links.iter().map(|link| link.counts.machines).sum()
    }
}

impl App {
    /// What was counted of the mails of a journey, step by step.
    ///
    /// # Errors
    /// If there is no such journey.
    pub async fn clicks_of_journey(&self, id: JourneyId) -> Result<Vec<MailFigures>> {
        self.journey(id).await?;
        let mut tx = self.shared().db.read().await?;
        Ok(by_mail(tracking::of_journey(&mut tx, id).await?))
    }

    /// What was counted of the mails that say a piece.
    ///
    /// # Errors
    /// If there is no such piece.
    pub async fn clicks_of_piece(&self, id: PieceId) -> Result<Vec<MailFigures>> {
        self.piece(id).await?;
        let mut tx = self.shared().db.read().await?;
        Ok(by_mail(tracking::of_piece(&mut tx, id).await?))
    }
}

fn by_mail(rows: Vec<(LinkRow, Counts)>) -> Vec<MailFigures> {
    let mut mails: BTreeMap<Mailing, MailFigures> = BTreeMap::new();
    for (link, counts) in rows {
        let fresh = || MailFigures {
            of: link.of.clone(),
            mail: Counts::default(),
            links: Vec::new(),
        };
        let mail = mails.entry(link.of.clone()).or_insert_with(fresh);
        if link.url.is_empty() {
            mail.mail = counts;
            continue;
        }
        let url = link.url;
        mail.links.push(LinkFigures { url, counts });
    }
    for mail in mails.values_mut() {
        let place = |it: &LinkFigures| (std::cmp::Reverse(it.counts.people), it.url.clone());
        mail.links.sort_unstable_by_key(place);
    }
    mails.into_values().collect()
}
