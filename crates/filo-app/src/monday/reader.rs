//! Who gets the Monday page by mail: whoever asks for it themselves, and until they say no.

use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::id::UserId;
use filo_core::monday::Delivery;
use filo_core::time::Timestamp;
use filo_store::monday::{self, MondayReaderRow};
use filo_store::user;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// How somebody gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MondayReader {
    /// On which day and at what hour.
    pub delivery: Delivery,
    /// Since when.
    pub since: Timestamp,
    /// When the last one ended, and how: `sent`, `kept` or `failed`.
    pub last: Option<(Timestamp, String)>,
    /// When the next one is due.
    pub next_at: Option<Timestamp>,
}

impl App {
    /// How one gets it oneself; nothing if one does not.
    ///
    /// # Errors
    /// If the actor is nobody with an account, or the tables cannot be read.
    pub async fn own_monday(&self, actor: &Actor) -> Result<Option<MondayReader>> {
        let user = own(actor)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            monday::get(&mut tx, user).await?
        };
        Ok(row.map(|row| {
            let delivery = delivery_of(&row);
            let around = delivery.around(self.now(), &self.zone());
            MondayReader {
                delivery,
                since: row.since,
                last: row.sent_at.map(|at| (at, row.outcome)),
                next_at: around.map(|(_, next)| next.at),
            }
        }))
    }

    /// Gets it from now on, on a day at an hour; or no more.
    ///
    /// # Errors
    /// If the actor is nobody with an account, or the tables cannot be written.
    pub async fn set_own_monday(&self, actor: &Actor, delivery: Option<Delivery>) -> Result<()> {
        let user = own(actor)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        user::get(&mut tx, user)
            .await?
            .ok_or(Error::Missing("account"))?;
        match delivery {
            Some(it) => {
                let when = (i64::from(it.weekday()), i64::from(it.hour()));
                monday::put(&mut tx, user, when, now).await?;
            }
            None if !monday::remove(&mut tx, user).await? => return Ok(()),
            None => {}
        }
        let entry = actor.did(Act::MondayChanged, now).about(user);
        let entry = entry.with("on", Token::word(on_word(delivery.is_some())));
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        self.mornings().readers_changed.notify_waiters();
        Ok(())
    }

    /// Whoever holds the link of a letter gets no more of them. What was ended before stays so.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn end_monday_by_link(&self, user: UserId) -> Result<()> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        if !monday::remove(&mut tx, user).await? {
            return Ok(());
        }
        let entry = Entry {
            actor: Some(user.into()),
            ..Entry::new(now, Party::User, Act::MondayChanged)
        };
        let entry = entry.about(user).with("on", Token::word(on_word(false)));
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// In which language somebody of the company reads.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn language_of_user(&self, user: UserId) -> Result<Option<crate::Language>> {
        let mut tx = self.shared().db.read().await?;
        let row = user::get(&mut tx, user).await?;
        Ok(row.and_then(|row| crate::Language::from_tag(&row.language)))
    }
}

const fn on_word(is_on: bool) -> &'static str {
    if is_on { "yes" } else { "no" }
}

fn own(actor: &Actor) -> Result<UserId> {
    actor.user.ok_or(Error::Missing("account"))
}

/// When a reader gets it; the usual time where what is kept is none.
pub(super) fn delivery_of(row: &MondayReaderRow) -> Delivery {
    let weekday = u8::try_from(row.weekday).ok();
    let both = weekday.zip(u8::try_from(row.hour).ok());
    both.and_then(|(weekday, hour)| Delivery::new(weekday, hour))
        .unwrap_or_default()
}
