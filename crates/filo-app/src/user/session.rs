//! Sessions of the console: from login to logout.
//!
//! **Invariant:** a session ends after 8 hours without a sign of life, after 12 in any case, and
//! at once when its person's password, second factor, role or standing changes.

use filo_core::access::{Rank, Role};
use filo_core::audit::Act;
use filo_core::id::{SessionId, UserId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::session::{self, SessionRow};
use filo_store::user::{self, UserRow};

use super::role_of;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// A person at the till looks up between customers; a browser left open overnight does not stay.
const IDLE_SECONDS: i64 = 8 * 3_600;
/// A working day.
pub const SESSION_SECONDS: i64 = 12 * 3_600;
/// A code is asked for and given within minutes.
const CODE_SECONDS: i64 = 10 * 60;
/// Signs of life are written down this often at most.
const SEEN_SECONDS: i64 = 60;
/// More sessions of one person are not listed.
const LISTED_MOST: u32 = 50;
/// What a browser says about itself is cut here.
const AGENT_CHARS_MOST: usize = 200;
const PREFIX: &str = "filo_ses_";

/// How far a login has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; a code is still asked for.
    Code,
    /// In, but first a second factor has to be set up.
    Enrol,
    /// In.
    Whole,
}

impl Stage {
    const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Enrol | Self::Whole => "whole",
        }
    }
}

/// A session as it is handed over: the only moment its text is known.
#[derive(Debug, Clone)]
pub struct OpenedSession {
    /// The text of the cookie.
    pub text: String,
    /// How far it has come.
    pub stage: Stage,
    /// The person's language, if it is a person.
    pub language: Option<String>,
}

/// Who comes with a session.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who, and what they may do.
    pub actor: Actor,
    /// How far they have come.
    pub stage: Stage,
}

/// One of one's own sessions, as it is shown.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// What the browser says it is.
    pub agent: String,
    /// When it began.
    pub created_at: Timestamp,
    /// The last sign of life, within a minute.
    pub last_seen_at: Timestamp,
    /// When it ends, however busy.
    pub expires_at: Timestamp,
}

impl App {
    /// Who comes with the text of a session, if it is alive.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn visitor(&self, text: &str) -> Result<Option<Visitor>> {
        if !text.starts_with(PREFIX) {
            return Ok(None);
        }
        let now = self.now();
        let (row, owner) = {
            let mut tx = self.shared().db.read().await?;
            let hash = *blake3::hash(text.as_bytes()).as_bytes();
            let idle_since = now.plus_seconds(-IDLE_SECONDS);
            let Some(row) = session::by_hash(&mut tx, &hash, now, idle_since).await? else {
                return Ok(None);
            };
            let owner = match row.owner {
                Some(id) => user::get(&mut tx, id).await?,
                None => None,
            };
            (row, owner)
        };
        if row.last_seen_at.plus_seconds(SEEN_SECONDS) <= now {
            let mut tx = self.shared().db.begin().await?;
            session::seen(&mut tx, row.id, now).await?;
            tx.commit().await?;
        }
        let Some(owner) = owner else {
            let actor = Actor {
                session: Some(row.id),
                confirmed_at: Some(row.confirmed_at),
                ..Actor::operator()
            };
            let stage = Stage::Whole;
            return Ok(Some(Visitor { actor, stage }));
        };
        let role = role_of(&owner)?;
        let stage = if row.stage == Stage::Code.word() {
            Stage::Code
        } else {
            self.stage_of(&owner, role).await?
        };
        let actor = Actor {
            user: Some(owner.id),
            session: Some(row.id),
            name: owner.name,
            rights: role.rights(),
            rank: role.rank(),
            confirmed_at: Some(row.confirmed_at),
            ..Actor::operator()
        };
        Ok(Some(Visitor { actor, stage }))
    }

    /// Whether a second factor has still to be set up.
    pub(super) async fn stage_of(&self, user: &UserRow, role: Role) -> Result<Stage> {
        let is_high = role.rank() > Rank::Member;
        if is_high && user.factor_since.is_none() && self.second_factor_required().await? {
            return Ok(Stage::Enrol);
        }
        Ok(Stage::Whole)
    }

    /// Somebody comes in: begins a session in the caller's transaction, at its end, and writes
    /// it down unless a code is still asked for.
    pub(super) async fn begin_session(
        &self,
        tx: &mut Tx<'_>,
        owner: Option<&UserRow>,
        stage: Stage,
        agent: &str,
    ) -> Result<OpenedSession> {
        let opened = self.insert_session(tx, owner, stage, agent).await?;
        if stage != Stage::Code {
            let came = actor_of(owner.map(|user| user.id)).did(Act::LoggedIn, self.now());
            record(tx, &came).await?;
        }
        Ok(opened)
    }

    async fn insert_session(
        &self,
        tx: &mut Tx<'_>,
        owner: Option<&UserRow>,
        stage: Stage,
        agent: &str,
    ) -> Result<OpenedSession> {
        let now = self.now();
        let secret = blake3::Hash::from_bytes(self.chance().secret());
        let text = format!("{PREFIX}{}", secret.to_hex());
        let life = match stage {
            Stage::Code => CODE_SECONDS,
            Stage::Enrol | Stage::Whole => SESSION_SECONDS,
        };
        session::prune(tx, now).await?;
        let row = SessionRow {
            id: SessionId(self.spare_id()),
            hash: *blake3::hash(text.as_bytes()).as_bytes(),
            owner: owner.map(|user| user.id),
            epoch: owner.map_or(0, |user| user.credential_epoch),
            stage: stage.word().to_owned(),
            agent: agent.chars().take(AGENT_CHARS_MOST).collect(),
            created_at: now,
            last_seen_at: now,
            confirmed_at: now,
            expires_at: now.plus_seconds(life),
        };
        session::insert(tx, &row).await?;
        let language = owner.map(|user| user.language.clone());
        Ok(OpenedSession {
            text,
            stage,
            language,
        })
    }

    /// A session in place of the one that a change of one's own has just ended.
    pub(super) async fn go_on(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: UserId,
    ) -> Result<OpenedSession> {
        let mut agent = None;
        if let Some(session) = actor.session {
            agent = session::agent(tx, session).await?;
            session::end(tx, session).await?;
        }
        let user = user::get(tx, id).await?.ok_or(Error::Missing("user"))?;
        let agent = agent.unwrap_or_default();
        self.insert_session(tx, Some(&user), Stage::Whole, &agent)
            .await
    }

    /// Ends the session one comes with.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn log_out(&self, actor: &Actor) -> Result<()> {
        let Some(id) = actor.session else {
            return Ok(());
        };
        let mut tx = self.shared().db.begin().await?;
        session::end(&mut tx, id).await?;
        record(&mut tx, &actor.did(Act::LoggedOut, self.now()).about(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// One's own sessions, the last used first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<SessionView>> {
        let Some(owner) = actor.user else {
            return Ok(Vec::new());
        };
        let now = self.now();
        let alive = (now, now.plus_seconds(-IDLE_SECONDS));
        let mut tx = self.shared().db.read().await?;
        let rows = session::of_owner(&mut tx, owner, alive, LISTED_MOST).await?;
        let view = |row: SessionRow| SessionView {
            id: row.id,
            agent: row.agent,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends one of one's own sessions.
    ///
    /// # Errors
    /// If it is not one's own, or has ended.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        let owner = actor.user.ok_or(Error::Missing("session"))?;
        let mut tx = self.shared().db.begin().await?;
        if !session::end_of_owner(&mut tx, id, owner).await? {
            return Err(Error::Missing("session"));
        }
        record(&mut tx, &actor.did(Act::LoggedOut, self.now()).about(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all of one's own sessions but the one at hand.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<()> {
        if let (Some(owner), Some(own)) = (actor.user, actor.session) {
            let mut tx = self.shared().db.begin().await?;
            session::end_others(&mut tx, owner, own).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Somebody by their account alone, to be named in the audit log.
pub(super) fn actor_of(user: Option<UserId>) -> Actor {
    Actor {
        user,
        ..Actor::operator()
    }
}
