//! Sending the Monday page: when it is due, once for each reader and week.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use filo_core::access::Role;
use filo_core::id::{MessageId, UserId};
use filo_core::monday::Due;
use filo_core::time::Timestamp;
use filo_store::monday::{self, MondayReaderRow};
use filo_store::user::{self, UserRow};

use super::MondayView;
use super::reader::delivery_of;
use crate::actor::Actor;
use crate::app::App;
use crate::consent::Link;
use crate::daily::tend_when_due;
use crate::error::{Error, Result};
use crate::mail::{Note, Noted, Told};

/// What a server put off is tried again after so long, and so is what a crash left without an end.
const RETRY_SECONDS: i64 = 3_600;
/// A letter that could not leave for so long is no news any more: the next week has its own.
const LATE_SECONDS: i64 = 48 * 3_600;

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MondayLetter {
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same, drawn.
    pub html: String,
}

/// Puts the page into words: in a language, with where one reads it and where one ends it.
pub type Write = fn(&App, &MondayView, crate::Language, (&str, &str)) -> MondayLetter;

impl App {
    /// Sends the Monday page whenever it is due, for as long as this Filo runs.
    pub fn keep_sending_mondays(&self, write: Write) {
        let app = self.clone();
        self.spawn(async move {
            let changed = &app.mornings().readers_changed;
            tend_when_due(&app, changed, |app| Box::pin(app.tend_mondays(write))).await;
        });
    }

    /// Sends what is due. Returns when to look again; never while nobody reads it.
    ///
    /// # Errors
    /// If the page cannot be read, or a claim cannot be written.
    pub async fn tend_mondays(&self, write: Write) -> Result<Option<Timestamp>> {
        let _turn = self.mornings().turn.lock().await;
        let (now, zone) = (self.now(), self.zone());
        let readers = {
            let mut tx = self.shared().db.read().await?;
            monday::list(&mut tx).await?
        };
        let mut pages = BTreeMap::new();
        let mut wake: Option<Timestamp> = None;
        for reader in readers {
            let Some((last, next)) = delivery_of(&reader).around(now, &zone) else {
                continue;
            };
            let mut again = next.at;
            let is_due = is_due(&reader, last, now);
            if is_due
                && self.is_leader()
                && self.send_monday(&reader, last, (&mut pages, write)).await?
            {
                again = again.min(now.plus_seconds(RETRY_SECONDS + 1));
            }
            wake = Some(wake.map_or(again, |wake| wake.min(again)));
        }
        Ok(wake)
    }

    /// Sends the letter of a week to a reader; whether it is to be tried again.
    async fn send_monday(
        &self,
        reader: &MondayReaderRow,
        due: Due,
        (pages, write): (&mut BTreeMap<Role, MondayView>, Write),
    ) -> Result<bool> {
        let (now, week) = (self.now(), due.week.to_string());
        let claimed = {
            let mut tx = self.shared().db.begin().await?;
            let message = MessageId(self.spare_id());
            let tried_before = now.plus_seconds(-RETRY_SECONDS);
            let when = (now, tried_before);
            let claimed = monday::claim(&mut tx, reader.user, (&week, message), when).await?;
            let user = user::get(&mut tx, reader.user).await?;
            if user.as_ref().is_none_or(|it| it.disabled_at.is_some()) {
                // Who is let in no more reads no more.
                monday::remove(&mut tx, reader.user).await?;
                tx.commit().await?;
                return Ok(false);
            }
            tx.commit().await?;
            claimed.zip(user)
        };
        let Some((message, user)) = claimed else {
            return Ok(true);
        };
        let role = Role::from_word(&user.role).unwrap_or(Role::ShopStaff);
        let page = match pages.entry(role) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.monday(&as_reader(&user, role)).await?),
        };
        let noted = self.hand_monday((&user, message), page, write).await?;
        let outcome = match noted {
            Noted::Later => return Ok(true),
            Noted::Ended(told) => told.word(),
        };
        let mut tx = self.shared().db.begin().await?;
        monday::settle(&mut tx, reader.user, &week, (self.now(), outcome)).await?;
        tx.commit().await?;
        Ok(false)
    }

    /// Sends the page to whoever asks, to see what it looks like; no week is used up by it.
    ///
    /// # Errors
    /// If the actor is nobody with an account, or the page cannot be read.
    pub async fn test_monday(&self, actor: &Actor, write: Write) -> Result<Told> {
        let id: UserId = actor.user.ok_or(Error::Missing("account"))?;
        let user = {
            let mut tx = self.shared().db.read().await?;
            user::get(&mut tx, id).await?
        };
        let user = user.ok_or(Error::Missing("account"))?;
        let page = self.monday(actor).await?;
        let message = MessageId(self.spare_id());
        let noted = self.hand_monday((&user, message), &page, write).await?;
        Ok(match noted {
            Noted::Ended(told) => told,
            Noted::Later => Told::Failed("the server of mail puts it off: try again".to_owned()),
        })
    }

    async fn hand_monday(
        &self,
        (user, message): (&UserRow, MessageId),
        page: &MondayView,
        write: Write,
    ) -> Result<Noted> {
        let language = crate::Language::from_tag(&user.language).unwrap_or_default();
        let read = format!("{}/monday", self.config().public_url);
        let end = self.public_link(&Link::Monday { user: user.id }).await?;
        let letter = write(self, page, language, (&read, &end));
        let note = Note {
            id: message,
            to: (&user.name, &user.email),
            subject: &letter.subject,
            text: letter.text,
            html: letter.html,
            list: ("monday", &end),
        };
        Ok(self.send_note(note).await)
    }
}

/// Whether a reader is to get the letter that was due last.
fn is_due(reader: &MondayReaderRow, last: Due, now: Timestamp) -> bool {
    let week = last.week.to_string();
    let is_new = reader.week < week || (reader.week == week && reader.sent_at.is_none());
    let is_fresh = now <= last.at.plus_seconds(LATE_SECONDS);
    is_new && is_fresh && reader.since <= last.at
}

/// Somebody of the company, as far as they may see things.
fn as_reader(user: &UserRow, role: Role) -> Actor {
    Actor {
        key: None,
        user: Some(user.id),
        session: None,
        name: user.name.clone(),
        rights: role.rights(),
        rank: role.rank(),
        confirmed_at: None,
    }
}
