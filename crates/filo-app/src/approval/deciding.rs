//! Saying yes or no, saying so as a second person, and taking it back.

use std::fmt;
use std::str::FromStr;

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{ApprovalId, JourneyId, MessageId, PieceId, UserId};
use filo_core::journey::{Action, Journey};
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::message::written;
use filo_core::time::Timestamp;
use filo_store::message::asked::{self, Which};
use filo_store::message::{self, MessageRow};
use filo_store::{Tx, approval, journey};

use super::{ApprovalRow, DECISION_NOTE_CHARS_MOST, decider};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::journey::document_of;
use crate::message::{about, stored_policy};

/// What somebody says of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// They may leave; else they are called off.
    pub is_yes: bool,
    /// What the step says later may leave too, as long as it says the same.
    pub is_standing: bool,
    /// Why.
    pub note: String,
}

/// What somebody had before them when they answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Who was planned up to then.
    pub until: Timestamp,
    /// The digest of what is said.
    pub content: [u8; 16],
}

/// As a form sends it back: microseconds, and the digest in 32 hexadecimal digits.
impl fmt::Display for Seen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}-{:032x}",
            self.until.0,
            u128::from_be_bytes(self.content)
        )
    }
}

impl FromStr for Seen {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = || {
            let (until, content) = text.split_once('-')?;
            let content = u128::from_str_radix(content, 16).ok()?;
            Some((until.parse().ok()?, content))
        };
        let (until, content) = read().ok_or_else(|| Error::invalid("seen", "as the page says"))?;
        Ok(Self {
            until: Timestamp(until),
            content: content.to_be_bytes(),
        })
    }
}

/// What is decided about.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    journey: JourneyId,
    version: i64,
    step: String,
    pub(super) piece: Option<PieceId>,
    piece_version: i64,
    content: [u8; 16],
}

impl Matter {
    /// As somebody has it before them who looks at it now.
    pub(super) const fn seen(&self, until: Timestamp) -> Seen {
        Seen {
            until,
            content: self.content,
        }
    }

    fn must_say(&self, seen: Seen) -> Result<()> {
        match self.content == seen.content {
            true => Ok(()),
            false => Err(Error::Conflict("it says something else now".to_owned())),
        }
    }
}

impl App {
    /// Says yes or no to what a step says to those who wait there, of what was seen: whoever came
    /// later was not looked at, and what says something else now was not read.
    ///
    /// # Errors
    /// If the actor may not look after journeys or is no person, there is no such journey,
    /// nothing waits there any more, or it says something else.
    pub async fn decide_step(
        &self,
        actor: &Actor,
        (journey, step): (JourneyId, &str),
        seen: Seen,
        decision: Decision,
    ) -> Result<ApprovalRow> {
        let user = decider(actor)?;
        let about = about(journey, step);
        let (first, version) = {
            let mut tx = self.shared().db.read().await?;
            let row = journey::get(&mut tx, journey).await?;
            let row = row.ok_or(Error::Missing("journey"))?;
            let behind = (Timestamp::MIN, MessageId(0));
            let first = asked::page(&mut tx, &about, behind, 1).await?;
            (first.into_iter().next(), row.published)
        };
        let matter = self
            .matter((journey, version), step, first.as_ref())
            .await?;
        matter.must_say(seen)?;
        let which = Which::Step(&about, seen.until);
        self.say_of((actor, user), which, matter, decision).await
    }

    /// Says yes or no to one message.
    ///
    /// # Errors
    /// If the actor may not look after journeys or is no person, there is no such message, it
    /// waits no more, or says something else than was seen.
    pub async fn decide_message(
        &self,
        actor: &Actor,
        id: MessageId,
        seen: Seen,
        decision: Decision,
    ) -> Result<ApprovalRow> {
        let user = decider(actor)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            message::get(&mut tx, id).await?
        };
        let row = row.ok_or(Error::Missing("message"))?;
        let matter = self.matter_of(&row).await?;
        matter.must_say(seen)?;
        let decision = Decision {
            is_standing: false,
            ..decision
        };
        self.say_of((actor, user), Which::One(id), matter, decision)
            .await
    }

    /// Says yes as the second person.
    ///
    /// # Errors
    /// If the actor may not look after journeys, is no person or the one who said yes first, or
    /// nobody waits for a second yes.
    pub async fn second_approval(&self, actor: &Actor, id: ApprovalId) -> Result<ApprovalRow> {
        let user = decider(actor)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if row.made_by == user {
            return Err(Error::Forbidden("another person has to say yes too"));
        }
        if !approval::second(&mut tx, id, (now, &actor.name)).await? {
            let why = "nobody waits for a second yes any more";
            return Err(Error::Conflict(why.to_owned()));
        }
        asked::let_go(&mut tx, id, now).await?;
        record(&mut tx, &actor.did(Act::ApprovalSeconded, now).about(id)).await?;
        let row = known(&mut tx, id).await?;
        tx.commit().await?;
        self.shared().outbox.wake();
        Ok(row)
    }

    /// Takes back what was said: of what has not left, a person is asked again. Says of how many
    /// messages that is so.
    ///
    /// # Errors
    /// If the actor may not look after journeys, there is no such decision, or it was taken back.
    pub async fn withdraw_approval(&self, actor: &Actor, id: ApprovalId) -> Result<u64> {
        actor.must(Right::ManageJourneys)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        if !approval::withdraw(&mut tx, id, (now, &actor.name)).await? {
            return Err(Error::Conflict("it was taken back before".to_owned()));
        }
        let back = asked::take_back(&mut tx, id, row.is_yes).await?;
        record(&mut tx, &actor.did(Act::ApprovalWithdrawn, now).about(id)).await?;
        tx.commit().await?;
        Ok(back)
    }

    async fn say_of(
        &self,
        (actor, user): (&Actor, UserId),
        which: Which<'_>,
        matter: Matter,
        decision: Decision,
    ) -> Result<ApprovalRow> {
        let note = decision.note.trim();
        if note.chars().count() > DECISION_NOTE_CHARS_MOST {
            let most = format!("at most {DECISION_NOTE_CHARS_MOST} characters");
            return Err(Error::invalid("note", most));
        }
        let now = self.now();
        let is_standing = decision.is_yes && decision.is_standing;
        let mut tx = self.shared().db.begin().await?;
        let people = asked::count(&mut tx, which).await?;
        if people == 0 && !is_standing {
            let why = "nothing waits there any more";
            return Err(Error::Conflict(why.to_owned()));
        }
        let policy = stored_policy(&mut tx).await?.policy;
        // Of what always goes nobody knows how many it will be.
        let is_many = |most: u32| is_standing || people > i64::from(most);
        let row = ApprovalRow {
            id: ApprovalId(self.spare_id()),
            journey: matter.journey,
            version: matter.version,
            step: matter.step,
            piece: matter.piece.unwrap_or(PieceId(0)),
            piece_version: matter.piece_version,
            content: matter.content,
            people,
            is_yes: decision.is_yes,
            is_standing,
            note: note.to_owned(),
            made_at: now,
            made_by: user,
            made_name: actor.name.clone(),
            needs_second: decision.is_yes && policy.second_person_above.is_some_and(is_many),
            seconded_at: None,
            seconded_name: String::new(),
            withdrawn_at: None,
            withdrawn_name: String::new(),
        };
        approval::insert(&mut tx, &row).await?;
        asked::say(&mut tx, which, row.id).await?;
        if row.counts() {
            asked::let_go(&mut tx, row.id, now).await?;
        } else if !row.is_yes {
            asked::call_off(&mut tx, row.id, now).await?;
        }
        let act = match row.is_yes {
            true => Act::MessagesApproved,
            false => Act::MessagesRefused,
        };
        record(&mut tx, &actor.did(act, now).about(row.id)).await?;
        tx.commit().await?;
        self.shared().outbox.wake();
        Ok(row)
    }

    /// What a decision about one message is about.
    pub(super) async fn matter_of(&self, row: &MessageRow) -> Result<Matter> {
        let Origin::Journey { journey, step, .. } = &row.origin else {
            return Err(Error::Conflict("nobody is asked about it".to_owned()));
        };
        let version = {
            let mut tx = self.shared().db.read().await?;
            journey::get(&mut tx, *journey).await?
        };
        let version = version.map_or(0, |it| it.published);
        let mut matter = self.matter((*journey, version), step, Some(row)).await?;
        if let Saying::Words(_) = &row.saying {
            let digest = blake3::hash(written(&row.saying).as_bytes());
            matter.content.copy_from_slice(&digest.as_bytes()[..16]);
        }
        Ok(matter)
    }

    /// What a decision is about: the step, and what it says as it stands.
    pub(super) async fn matter(
        &self,
        (journey, version): (JourneyId, i64),
        step: &str,
        message: Option<&MessageRow>,
    ) -> Result<Matter> {
        let document = self.version_of(journey, version).await?;
        let said = message.and_then(|row| match &row.saying {
            Saying::Piece { piece, .. } => Some(*piece),
            Saying::Words(_) | Saying::Confirmation { .. } => None,
        });
        let piece = said.or_else(|| piece_of(document.as_ref()?, step));
        let mut matter = Matter {
            journey,
            version,
            step: step.to_owned(),
            piece,
            piece_version: 0,
            content: [0; 16],
        };
        if let Some(piece) = piece {
            match self.script(piece).await {
                Ok(script) => matter.content = script.digest(),
                // It can be called off, or was written anew for each.
                Err(Error::Missing(_)) => return Ok(matter),
                Err(other) => return Err(other),
            }
            matter.piece_version = self.piece(piece).await?.row.version;
        }
        Ok(matter)
    }

    /// A published version of a journey.
    pub(super) async fn version_of(&self, id: JourneyId, version: i64) -> Result<Option<Journey>> {
        let rows = {
            let mut tx = self.shared().db.read().await?;
            journey::versions(&mut tx, id).await?
        };
        let row = rows.iter().find(|row| row.version == version);
        row.map(document_of).transpose()
    }
}

/// The piece that a step says.
fn piece_of(journey: &Journey, step: &str) -> Option<PieceId> {
    let steps = journey.walk();
    let found = steps.into_iter().find(|it| it.id.0 == step)?;
    match &found.action {
        Action::Send(send) => Some(send.piece),
        _ => None,
    }
}

async fn known(tx: &mut Tx<'_>, id: ApprovalId) -> Result<ApprovalRow> {
    let row = approval::get(tx, id).await?;
    row.ok_or(Error::Missing("decision"))
}

/// Whether a message waits for a yes and can still be said otherwise.
pub(super) fn is_open(row: &MessageRow) -> bool {
    row.state == State::Unapproved && row.approval.is_none()
}
