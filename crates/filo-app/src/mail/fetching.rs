//! Fetching mail that came back from its mailbox: every few minutes by the node that leads, and
//! when a person asks for it.
//!
//! **Invariant:** a message is marked, moved or deleted only after what it says is on disk, and
//! only if it was recognised as one that came back; every other one stays as it is, unread.
//! **Invariant:** a message brought twice has no more effect than once: after a crash it is met
//! again and known by its bytes and by its own id.

use std::time::Duration;

use filo_connect::mail::{Account, Mailbox, MailboxFault};
use filo_core::access::Right;
use filo_core::id::IncidentId;
use filo_core::mail::returned::{self, BYTES_MOST, SOFT_DAYS};
use filo_core::mail::{Afterwards, ReturnBox};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::incident::{self, Report};
use filo_store::return_box::{self, ReturnBoxRow};
use jiff::tz::TimeZone;

use super::return_box::stored;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// Messages and bytes of a round, and how long it may take.
const MESSAGES_MOST: usize = 200;
const ROUND_BYTES_MOST: usize = 100 << 20;
const ROUND_MOST: Duration = Duration::from_secs(300);
/// How often it is looked whether a round is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Between rounds; after trouble twice as long each time, up to an hour.
const ROUND_EVERY_S: i64 = 300;
const REST_MOST_S: i64 = 3_600;
/// After so long without getting in somebody is told.
const TELL_AFTER_S: i64 = 3_600;

/// What a round came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchedReturns {
    /// Messages that were taken as returned mail.
    pub taken: u32,
    /// Messages that were left alone.
    pub left_alone: u32,
    /// There are more: the next round goes on.
    pub has_more: bool,
    /// Why it broke off; what was taken before stays taken.
    pub fault: Option<String>,
}

/// A round under way.
struct Round<'r> {
    settings: &'r ReturnBox,
    mailbox: Mailbox,
    name: String,
    row: ReturnBoxRow,
    bytes: usize,
    fetched: FetchedReturns,
}

impl App {
    /// Looks into the mailbox now and then, for as long as this Filo runs.
    pub(crate) fn keep_fetching_returns(&self) {
        let app = self.clone();
        self.spawn(async move {
            loop {
                // A start has more urgent things to do.
                tokio::time::sleep(LOOK_EVERY).await;
                if app.is_leader()
                    && let Err(error) = app.tend_return_box().await
                {
                    tracing::warn!(%error, "returned mail could not be fetched");
                }
            }
        });
    }

    /// Looks into the mailbox if that is due.
    ///
    /// # Errors
    /// If the tables cannot be read or written; what the other side did is in the answer.
    pub async fn tend_return_box(&self) -> Result<Option<FetchedReturns>> {
        let is_due = {
            let mut tx = self.shared().db.read().await?;
            let (settings, _) = stored(&mut tx).await?;
            let state = return_box::get(&mut tx, &settings.name()).await?;
            settings.is_on && state.is_none_or(|state| state.due_at <= self.now())
        };
        if !is_due {
            return Ok(None);
        }
        self.fetch_round().await.map(Some)
    }

    /// Looks into the mailbox at once.
    ///
    /// # Errors
    /// If the actor may not, there is no mailbox, or the tables cannot be read or written.
    pub async fn fetch_returns(&self, actor: &Actor) -> Result<FetchedReturns> {
        actor.must(Right::ManageSettings)?;
        self.fetch_round().await
    }

    /// One round; never two at a time.
    async fn fetch_round(&self) -> Result<FetchedReturns> {
        let _alone = self.mailing().fetching.lock().await;
        let (settings, account) = self.box_with_account().await?;
        let name = settings.name();
        let row = {
            let mut tx = self.shared().db.read().await?;
            return_box::get(&mut tx, &name).await?
        };
        let row = row.unwrap_or_else(|| ReturnBoxRow::new(self.now()));
        let (fetched, mut row) = self.go_through(&settings, &account, row).await?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        match &fetched.fault {
            None => {
                row.looked_at = Some(now);
                (row.failures, row.failing_since) = (0, None);
                row.fault.clear();
                row.due_at = if fetched.has_more {
                    now
                } else {
                    now.plus_seconds(ROUND_EVERY_S)
                };
            }
            Some(fault) => self.note_fault(&mut tx, &mut row, fault, now).await?,
        }
        return_box::put(&mut tx, &name, &row).await?;
        tx.commit().await?;
        if let Some(fault) = &fetched.fault {
            tracing::info!(fault, "the mailbox of returned mail could not be read");
        }
        Ok(fetched)
    }

    /// Notes why a round broke off, and tells somebody once that has been so for an hour.
    async fn note_fault(
        &self,
        tx: &mut Tx<'_>,
        row: &mut ReturnBoxRow,
        fault: &str,
        now: Timestamp,
    ) -> Result<()> {
        row.failures = row.failures.saturating_add(1);
        let since = *row.failing_since.get_or_insert(now);
        fault.clone_into(&mut row.fault);
        let rest = ROUND_EVERY_S << (row.failures - 1).min(4);
        row.due_at = now.plus_seconds(rest.min(REST_MOST_S));
        if since.plus_seconds(TELL_AFTER_S) <= now {
            let detail = serde_json::json!({ "said": fault, "since": since.to_string() });
            let report = Report {
                id: IncidentId(self.spare_id()),
                kind: "mail_return_box",
                subject: "mail",
                detail: &detail.to_string(),
                at: now,
            };
            incident::raise(tx, &report).await?;
        }
        Ok(())
    }

    /// Goes through what is new. Says how far it came whatever happens.
    async fn go_through(
        &self,
        settings: &ReturnBox,
        account: &Account,
        row: ReturnBoxRow,
    ) -> Result<(FetchedReturns, ReturnBoxRow)> {
        let broken = |fault: &MailboxFault, row| {
            let fetched = FetchedReturns {
                fault: Some(fault.to_string()),
                ..FetchedReturns::default()
            };
            Ok((fetched, row))
        };
        let mailbox = match self.open_return_box(settings, account).await {
            Ok(mailbox) => mailbox,
            Err(fault) => return broken(&fault, row),
        };
        let mut round = Round {
            settings,
            mailbox,
            name: settings.name(),
            row,
            bytes: 0,
            fetched: FetchedReturns::default(),
        };
        let going = tokio::time::timeout(ROUND_MOST, self.take_new(&mut round)).await;
        let fault = match going {
            Ok(Ok(())) => None,
            Ok(Err(Broke::Mailbox(fault))) => Some(fault.to_string()),
            Ok(Err(Broke::Tables(error))) => return Err(error),
            Err(_elapsed) => Some("the mailbox took more than five minutes".to_owned()),
        };
        let Round {
            mailbox,
            row,
            mut fetched,
            ..
        } = round;
        if fault.is_none() {
            mailbox.log_out().await;
        }
        fetched.fault = fault;
        Ok((fetched, row))
    }

    async fn take_new(&self, round: &mut Round<'_>) -> std::result::Result<(), Broke> {
        let opened = round.mailbox.select(&round.settings.folder).await?;
        if opened.uid_validity != round.row.uid_validity {
            // The numbers mean other messages now: all of them are looked at anew.
            round.row.uid_validity = opened.uid_validity;
            round.row.last_uid = 0;
        }
        let since = self.now().plus_seconds(-SOFT_DAYS * 86_400);
        let since = jiff::Timestamp::from_microsecond(since.0).unwrap_or_default();
        let since = since.to_zoned(TimeZone::UTC).date();
        let new = round.mailbox.search(round.row.last_uid, since).await?;
        for (place, uid) in new.iter().enumerate() {
            if place >= MESSAGES_MOST || !self.take_one(round, *uid).await? {
                round.fetched.has_more = true;
                break;
            }
        }
        Ok(())
    }

    /// Looks at one message; false if the round is full.
    async fn take_one(&self, round: &mut Round<'_>, uid: u32) -> std::result::Result<bool, Broke> {
        let Some(size) = round.mailbox.size(uid).await? else {
            self.advance(round, uid, None).await?;
            return Ok(true);
        };
        if round.bytes > 0 && round.bytes.saturating_add(size) > ROUND_BYTES_MOST {
            return Ok(false);
        }
        let raw = if size > BYTES_MOST {
            None
        } else {
            round.mailbox.fetch(uid, BYTES_MOST).await?
        };
        round.bytes = round.bytes.saturating_add(size.min(BYTES_MOST));
        let came_back = raw.filter(|raw| self.is_return(raw));
        let Some(raw) = came_back else {
            round.fetched.left_alone += 1;
            round.row.left_alone += 1;
            self.advance(round, uid, None).await?;
            return Ok(true);
        };
        let id = returned::message_id(&raw).map(|id| *blake3::hash(id.as_bytes()).as_bytes());
        if !self.was_taken(id).await? {
            let filo = Actor {
                rights: [Right::RecordConsent].into_iter().collect(),
                ..Actor::by_itself()
            };
            self.take_return(&filo, &raw).await?;
        }
        // It is on disk: only now it may change where it lies.
        match &round.settings.afterwards {
            Afterwards::Seen => round.mailbox.mark_seen(uid).await?,
            Afterwards::Move(folder) => round.mailbox.move_to(uid, folder).await?,
            Afterwards::Delete => round.mailbox.delete(uid).await?,
        }
        round.fetched.taken += 1;
        round.row.taken += 1;
        self.advance(round, uid, id).await?;
        Ok(true)
    }

    fn is_return(&self, raw: &[u8]) -> bool {
        let notices = returned::read(raw, &self.key());
        notices.is_ok_and(|notices| returned::is_return(raw, &notices))
    }

    async fn was_taken(&self, id: Option<[u8; 32]>) -> Result<bool> {
        let Some(id) = id else {
            return Ok(false);
        };
        let mut tx = self.shared().db.read().await?;
        Ok(return_box::is_known(&mut tx, &id).await?)
    }

    /// Writes down that everything up to a message was looked at.
    async fn advance(&self, round: &mut Round<'_>, uid: u32, id: Option<[u8; 32]>) -> Result<()> {
        round.row.last_uid = uid;
        let mut tx = self.shared().db.begin().await?;
        return_box::put(&mut tx, &round.name, &round.row).await?;
        if let Some(id) = id {
            return_box::remember(&mut tx, &id, self.now()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Why a round broke off.
enum Broke {
    /// It lies with the mailbox.
    Mailbox(MailboxFault),
    /// It lies with us.
    Tables(Error),
}

impl From<MailboxFault> for Broke {
    fn from(fault: MailboxFault) -> Self {
        Self::Mailbox(fault)
    }
}

impl From<Error> for Broke {
    fn from(error: Error) -> Self {
        Self::Tables(error)
    }
}
