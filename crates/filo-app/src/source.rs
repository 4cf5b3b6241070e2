//! Sources: what each sends, its name, and whether anything is taken from it.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use filo_store::key;
use filo_store::source::{self, SourceRow};
use filo_store::source_hour;

use crate::actor::{Actor, Scopes};
use crate::app::App;
use crate::audit::record;
use crate::engine::{add_volume, hour_of};
use crate::error::{Error, Result};
use crate::key::{CreatedKey, KeyKind, NewKey, checked_name};
use crate::key_audit::record_made;

const HOUR_SECONDS: i64 = 3_600;
/// What volumes go back to: what the page of a source shows.
pub const VOLUME_DAYS: i64 = 30;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A site.
    Web,
    /// An app.
    App,
    /// A system of the company: shop server, till, accounts.
    Server,
    /// Google Analytics 4, by its Measurement Protocol.
    Ga4,
    /// Anything that speaks CloudEvents.
    CloudEvents,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Web,
        Self::App,
        Self::Server,
        Self::Ga4,
        Self::CloudEvents,
    ];

    /// The word under which it is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::App => "app",
            Self::Server => "server",
            Self::Ga4 => "ga4",
            Self::CloudEvents => "cloudevents",
        }
    }

    /// The kind of a word; none for imports, which have no key.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether its key stands where everybody can read it.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Web | Self::App)
    }

    /// The key it sends with.
    fn key(self) -> NewKey {
        NewKey {
            name: String::new(),
            kind: if self.is_public() {
                KeyKind::Public
            } else {
                KeyKind::Secret
            },
            scopes: Scopes::default(),
            expires_at: None,
        }
    }
}

/// A source as it is asked for.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
}

/// What a source sent in the last thirty days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Volumes {
    /// Hours with events, oldest first: their begin and how many.
    pub hours: Vec<(Timestamp, u64)>,
    /// Events of this hour and the 23 before it.
    pub last_day: u64,
    /// Events of thirty days.
    pub last_month: u64,
    /// When the last event arrived, however long ago.
    pub last_at: Option<Timestamp>,
}

impl App {
    /// One source.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is none of that number.
    pub async fn source(&self, id: SourceId) -> Result<SourceRow> {
        let mut tx = self.shared().db.read().await?;
        let row = source::get(&mut tx, id).await?;
        row.ok_or(Error::Missing("source"))
    }

    /// What a source sent, event by event exact: counted as events are applied, repeated ones
    /// once, by the hour in which they arrived.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn volumes(&self, source: SourceId) -> Result<Volumes> {
        let hour = hour_of(self.now());
        let first = hour - VOLUME_DAYS * 24 + 1;
        let mut tx = self.shared().db.read().await?;
        let mut hours = source_hour::since(&mut tx, source, first).await?;
        let newest = source_hour::newest(&mut tx, source).await?;
        // Tables first: what a checkpoint saves in between is missing for a moment rather than
        // counted twice.
        let unsaved = self.shared().live.read().volumes.unsaved(source);
        for more in unsaved {
            add_volume(&mut hours, more);
        }
        let events = |after: i64| {
            let within = hours.iter().filter(|it| it.hour > after);
            within.map(|it| it.events.unsigned_abs()).sum()
        };
        let begin = |hour: i64| Timestamp::from_seconds(hour * HOUR_SECONDS);
        Ok(Volumes {
            last_day: events(hour - 24),
            last_month: events(first - 1),
            last_at: hours.iter().chain(&newest).map(|it| it.last_at).max(),
            hours: hours
                .iter()
                .map(|it| (begin(it.hour), it.events.unsigned_abs()))
                .collect(),
        })
    }

    /// Makes a source with its first key.
    ///
    /// # Errors
    /// If the actor may not administer, or the name is wrong.
    pub async fn create_source(&self, actor: &Actor, new: NewSource) -> Result<CreatedKey> {
        actor.must(Right::ManageSources)?;
        actor.must_be_fresh(self.now())?;
        let name = checked_name(&new.name)?;
        let kind = new.kind;
        let changing = self.keyring().change().await;
        let mut tx = self.shared().db.begin().await?;
        let id = source::insert(&mut tx, name, kind.word(), self.now()).await?;
        let (row, text) = self.new_row(name, Some(id), &kind.key());
        key::insert(&mut tx, &row).await?;
        record_made(&mut tx, actor, &row, kind.key().kind).await?;
        tx.commit().await?;
        let made = self.hand_over(row, text);
        drop(changing);
        Ok(made)
    }

    /// Makes another key of a source, so that the one in use can be changed without a gap.
    ///
    /// # Errors
    /// If the actor may not administer, or there is no such source, or it takes no keys.
    pub async fn add_key(&self, actor: &Actor, id: SourceId) -> Result<CreatedKey> {
        actor.must(Right::ManageSources)?;
        actor.must_be_fresh(self.now())?;
        let changing = self.keyring().change().await;
        let mut tx = self.shared().db.begin().await?;
        let source = source::get(&mut tx, id).await?;
        let source = source.ok_or(Error::Missing("source"))?;
        let Some(kind) = SourceKind::of_word(&source.kind) else {
            return Err(Error::Conflict(
                "this source sends without a key".to_owned(),
            ));
        };
        let (row, text) = self.new_row(&source.name, Some(id), &kind.key());
        key::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::KeyMade, row.created_at).about(row.id);
        record(&mut tx, &entry.with("source", id)).await?;
        tx.commit().await?;
        let made = self.hand_over(row, text);
        drop(changing);
        // The source may be disabled: its new key is, too.
        self.refresh_keys().await;
        Ok(made)
    }

    /// Gives a source another name.
    ///
    /// # Errors
    /// If the actor may not administer, there is no such source, or the name is wrong.
    pub async fn rename_source(&self, actor: &Actor, id: SourceId, name: &str) -> Result<()> {
        let name = checked_name(name)?.to_owned();
        self.change_source(actor, id, |row| row.name = name).await
    }

    /// Takes nothing from a source any more, or takes from it again. Saying it twice is the same.
    ///
    /// # Errors
    /// If the actor may not administer, or there is no such source.
    pub async fn enable_source(&self, actor: &Actor, id: SourceId, enabled: bool) -> Result<()> {
        let now = self.now();
        self.change_source(actor, id, |row| {
            let since = row.disabled_at.unwrap_or(now);
            row.disabled_at = (!enabled).then_some(since);
        })
        .await?;
        self.refresh_keys().await;
        Ok(())
    }

    async fn change_source(
        &self,
        actor: &Actor,
        id: SourceId,
        change: impl FnOnce(&mut SourceRow),
    ) -> Result<()> {
        actor.must(Right::ManageSources)?;
        let mut tx = self.shared().db.begin().await?;
        let row = source::get(&mut tx, id).await?;
        let mut row = row.ok_or(Error::Missing("source"))?;
        change(&mut row);
        source::update(&mut tx, &row).await?;
        record(
            &mut tx,
            &actor.did(Act::SourceChanged, self.now()).about(id),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
