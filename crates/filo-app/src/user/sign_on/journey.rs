//! The way to the directory and back.
//!
//! **Invariant:** what comes back counts only in the browser that left, once, within ten minutes,
//! and only from the directory it left for.

use filo_connect::oidc::{Departure, Exchange, Expected, Fault, Identity, exchange};
use filo_core::id::UserId;
use filo_store::sign_on::{self, JourneyRow};
use filo_store::{Tx, invite, user};

use super::super::{OpenedSession, Stage, Visit, hash_of, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

const JOURNEY_SECONDS: i64 = 10 * 60;
/// Codes and states are short.
const RETURNED_BYTES_MOST: usize = 4096;
const PREFIX: &str = "filo_way_";

/// What somebody goes to the directory for.
#[derive(Debug, Clone, Copy)]
pub enum SignOnPurpose<'a> {
    /// To come in.
    Login,
    /// To come in this way from now on.
    Link(&'a Actor),
    /// To make the account of an invitation, by its link's text.
    Invite(&'a str),
}

/// Where to send the browser, and what it keeps meanwhile.
#[derive(Debug, Clone)]
pub struct SignOnStart {
    /// The directory's page.
    pub address: String,
    /// The text of the cookie.
    pub ticket: String,
}

/// What came back with the browser.
#[derive(Debug, Clone, Default)]
pub struct SignOnReturn {
    /// As it left.
    pub state: String,
    /// To be given back for a token.
    pub code: String,
    /// Who says so (RFC 9207), if they say.
    pub issuer: Option<String>,
    /// The directory's word for why not.
    pub error: Option<String>,
    /// The text of the cookie.
    pub ticket: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum SignOnOutcome {
    /// In, on to the page they wanted.
    In(OpenedSession, String),
    /// The account has this way in from now on; its other sessions have ended.
    Linked(OpenedSession),
    /// Nothing.
    Refused(SignOnRefusal),
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOnRefusal {
    /// It took too long, was used, or began in another browser.
    Stale,
    /// The directory said no, or the person did.
    Denied,
    /// The directory does not answer, or not as it must.
    Unreached,
    /// What it said is not to be believed.
    Untrusted,
    /// It has not made sure of the e-mail address.
    Unverified,
    /// No account has this way in.
    Unlinked,
    /// The invitation is for another address, or works no more.
    NotInvited,
    /// They have another account here, or the account another way in.
    Taken,
}

impl SignOnRefusal {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Stale,
        Self::Denied,
        Self::Unreached,
        Self::Untrusted,
        Self::Unverified,
        Self::Unlinked,
        Self::NotInvited,
        Self::Taken,
    ];

    /// The word of its text.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Denied => "denied",
            Self::Unreached => "unreached",
            Self::Untrusted => "untrusted",
            Self::Unverified => "unverified",
            Self::Unlinked => "unlinked",
            Self::NotInvited => "not-invited",
            Self::Taken => "taken",
        }
    }
}

impl App {
    /// Begins a way to the directory; none if it does not answer.
    ///
    /// # Errors
    /// If there is no directory, the invitation does not work, or it was tried too often.
    pub async fn begin_sign_on(
        &self,
        purpose: SignOnPurpose<'_>,
        next: &str,
        visit: &Visit,
    ) -> Result<Option<SignOnStart>> {
        self.count_try("", visit)?;
        let (owner, hint, invited) = match purpose {
            SignOnPurpose::Login => (None, None, None),
            SignOnPurpose::Link(actor) => {
                actor.must_be_fresh(self.now())?;
                let row = self.own_row(actor).await?;
                (Some(row.id), Some(row.email), None)
            }
            SignOnPurpose::Invite(text) => {
                let mut tx = self.shared().db.read().await?;
                let hash = hash_of(text);
                let row = invite::by_hash(&mut tx, &hash, self.now()).await?;
                let row = row.ok_or(Error::Missing("invite"))?;
                (None, Some(row.email), Some(hash))
            }
        };
        let directory = self.directory().await?;
        let provider = match self.known_directory(&directory.issuer).await {
            Ok(provider) => provider,
            Err(fault) => {
                tracing::warn!(%fault, "the directory for signing on does not answer");
                return Ok(None);
            }
        };
        let [state, ticket, nonce, verifier] = [(); 4].map(|()| self.secret_text(PREFIX));
        let row = JourneyRow {
            state: hash_of(&state),
            ticket: hash_of(&ticket),
            nonce,
            verifier,
            issuer: directory.issuer,
            owner,
            invite: invited,
            next: next.chars().take(RETURNED_BYTES_MOST).collect(),
            expires_at: self.now().plus_seconds(JOURNEY_SECONDS),
        };
        let mut tx = self.shared().db.begin().await?;
        sign_on::begin(&mut tx, &row, self.now()).await?;
        tx.commit().await?;
        let address = provider.address(&Departure {
            client_id: &directory.client_id,
            redirect_uri: &self.sign_on_redirect(),
            state: &state,
            nonce: &row.nonce,
            verifier: &row.verifier,
            login_hint: hint.as_deref(),
        });
        Ok(Some(SignOnStart { address, ticket }))
    }

    /// Ends the way: lets in, links, or makes the account of an invitation.
    ///
    /// # Errors
    /// If it was tried too often, or the tables cannot be written.
    pub async fn finish_sign_on(
        &self,
        back: &SignOnReturn,
        actor: Option<&Actor>,
        visit: &Visit,
    ) -> Result<SignOnOutcome> {
        self.count_try("", visit)?;
        let refused = |why| Ok(SignOnOutcome::Refused(why));
        let Some(row) = self.take_journey(back).await? else {
            return refused(SignOnRefusal::Stale);
        };
        if row.owner.is_some() && actor.and_then(|actor| actor.user) != row.owner {
            return refused(SignOnRefusal::Stale);
        }
        if back.error.is_some() {
            return refused(SignOnRefusal::Denied);
        }
        // Said by another directory than the one it left for: a mix-up (RFC 9207).
        if back.issuer.as_ref().is_some_and(|said| *said != row.issuer) {
            return refused(SignOnRefusal::Untrusted);
        }
        let identity = match self.learn(back, &row).await? {
            Ok(identity) => identity,
            Err(why) => {
                self.note_failed_login().await?;
                return refused(why);
            }
        };
        let Some(email) = &identity.verified_email else {
            return refused(SignOnRefusal::Unverified);
        };
        match (row.owner, row.invite, actor) {
            (Some(owner), _, Some(actor)) => self.link(actor, owner, &row, &identity).await,
            (None, Some(invited), _) => {
                self.follow_invite(&invited, (&row, &identity, email), visit)
                    .await
            }
            _ => self.let_linked_in(&row, &identity, visit).await,
        }
    }

    async fn take_journey(&self, back: &SignOnReturn) -> Result<Option<JourneyRow>> {
        let fits = |text: &str| !text.is_empty() && text.len() <= RETURNED_BYTES_MOST;
        if !fits(&back.state) || !fits(&back.ticket) || back.code.len() > RETURNED_BYTES_MOST {
            return Ok(None);
        }
        let mut tx = self.shared().db.begin().await?;
        let row = sign_on::take(&mut tx, &hash_of(&back.state), self.now()).await?;
        tx.commit().await?;
        let ticket = blake3::Hash::from_bytes(hash_of(&back.ticket));
        Ok(row.filter(|row| blake3::Hash::from_bytes(row.ticket) == ticket))
    }

    /// Who it was, in the directory's word.
    async fn learn(
        &self,
        back: &SignOnReturn,
        row: &JourneyRow,
    ) -> Result<std::result::Result<Identity, SignOnRefusal>> {
        let directory = match self.directory().await {
            Ok(directory) if directory.issuer == row.issuer => directory,
            // The owner has changed the directory meanwhile.
            Ok(_) | Err(Error::Missing(_)) => return Ok(Err(SignOnRefusal::Stale)),
            Err(other) => return Err(other),
        };
        let redirect_uri = self.sign_on_redirect();
        let what = Exchange {
            code: &back.code,
            verifier: &row.verifier,
            redirect_uri: &redirect_uri,
            secret: &directory.secret,
            expected: Expected {
                issuer: &row.issuer,
                client_id: &directory.client_id,
                nonce: &row.nonce,
            },
        };
        let client = &self.shared().client;
        let asked = async {
            let provider = self.known_directory(&row.issuer).await?;
            exchange(client, &provider, &what, self.now()).await
        };
        Ok(asked.await.map_err(|fault| {
            tracing::warn!(%fault, "signing on with the directory failed");
            match fault {
                Fault::Token(_) => SignOnRefusal::Untrusted,
                Fault::Unreached(_)
                | Fault::Description(_)
                | Fault::OtherName(_)
                | Fault::Exchange { .. } => SignOnRefusal::Unreached,
            }
        }))
    }

    async fn let_linked_in(
        &self,
        row: &JourneyRow,
        identity: &Identity,
        visit: &Visit,
    ) -> Result<SignOnOutcome> {
        let mut tx = self.shared().db.begin().await?;
        let owner = sign_on::owner(&mut tx, &row.issuer, &identity.subject).await?;
        let Some(owner) = owner else {
            return Ok(SignOnOutcome::Refused(SignOnRefusal::Unlinked));
        };
        let opened = self.open_for(&mut tx, owner, visit).await?;
        tx.commit().await?;
        Ok(match opened {
            Some(opened) => SignOnOutcome::In(opened, row.next.clone()),
            None => SignOnOutcome::Refused(SignOnRefusal::Unlinked),
        })
    }

    /// A session of somebody who proved who they are; the second factor is asked for as ever.
    pub(super) async fn open_for(
        &self,
        tx: &mut Tx<'_>,
        owner: UserId,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        let found = user::get(tx, owner).await?;
        let Some(found) = found.filter(|user| user.disabled_at.is_none()) else {
            return Ok(None);
        };
        let stage = if found.factor_since.is_some() {
            Stage::Code
        } else {
            self.stage_of(&found, role_of(&found)?).await?
        };
        let opened = self.begin_session(tx, Some(&found), stage, &visit.agent);
        opened.await.map(Some)
    }
}
