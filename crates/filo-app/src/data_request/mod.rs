//! What people ask about their data, from the day it comes to the day it is answered.
//!
//! **Invariant:** a request is answered by the use cases that there are (dossier, erasure,
//! consent); here it is only written down that it was, by when, and why not.
//! **Invariant:** what a stranger asks on the page for customers changes nothing but the list of
//! requests, and its answer is the same whoever they are.

mod answering;
mod asking;

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Token};
use filo_core::id::{CustomerId, DataRequestId, NodeId};
use filo_core::privacy::data_request::{DataRequest, NotNow, Proof, Stage, Way, Wish, first_due};
use filo_core::time::Timestamp;
use filo_store::{Tx, data_request};

pub use asking::Verified;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::consent::Link;
use crate::customer::CustomerView;
use crate::decision::bounded;
use crate::error::{Error, Result};

/// Letters of what somebody asks in their words.
const MESSAGE_CHARS_MOST: usize = 2_000;
/// Letters of a reason or an answer.
const NOTE_CHARS_MOST: usize = 1_000;
/// One that came longer ago is a mistake of the keyboard.
const AGO_MOST_S: i64 = 366 * 24 * 3_600;
/// A page of the list.
const LIMIT_MOST: usize = 201;

/// Who asks.
#[derive(Debug, Clone)]
pub enum Whose {
    /// The e-mail address or telephone number they left, as it is typed.
    Address(String),
    /// Somebody who is known.
    Customer(CustomerId),
}

/// A request that came by telephone, by letter or in the shop.
#[derive(Debug, Clone)]
pub struct NewDataRequest {
    /// What they ask for.
    pub wish: Wish,
    /// How it came.
    pub way: Way,
    /// Who asks.
    pub whose: Whose,
    /// In their words.
    pub message: String,
    /// When it came; nothing for now.
    pub received_at: Option<Timestamp>,
    /// By what they have shown that it is theirs, if they have.
    pub proof: Option<Proof>,
}

/// A request as it is shown.
#[derive(Debug, Clone)]
pub struct DataRequestView {
    /// The request.
    pub request: DataRequest,
    /// Whose it is, if they are known.
    pub customer: Option<CustomerId>,
    /// Days until its last day; negative behind it.
    pub days_left: i64,
    /// The link by which they show that it is theirs, while nobody has.
    pub link: Option<String>,
}

impl App {
    /// Takes down a request that did not come through the page for customers.
    ///
    /// # Errors
    /// If the actor may not, there is no such customer, or something is no address or too long.
    pub async fn enter_data_request(
        &self,
        actor: &Actor,
        new: NewDataRequest,
    ) -> Result<DataRequestView> {
        actor.must(Right::HandlePrivacy)?;
        let (contact, node) = self.contact_of(&new.whose).await?;
        let now = self.now();
        let received_at = new.received_at.unwrap_or(now);
        if received_at > now || received_at < now.plus_seconds(-AGO_MOST_S) {
            let reason = "a day of the last year, and none to come";
            return Err(Error::invalid("received_at", reason));
        }
        let mut request = self.request((new.wish, new.way), (contact, node), &new.message)?;
        request.received_at = received_at;
        request.due_at = first_due(received_at, &self.zone());
        if let Some(proof) = new.proof {
            request = request.check(proof, now).map_err(not_now)?;
        }
        let mut tx = self.shared().db.begin().await?;
        data_request::insert(&mut tx, &request).await?;
        record(
            &mut tx,
            &made(actor.did(Act::DataRequestMade, now), &request),
        )
        .await?;
        tx.commit().await?;
        self.view_of(actor, request).await
    }

    async fn contact_of(&self, whose: &Whose) -> Result<(String, NodeId)> {
        let id = match whose {
            Whose::Address(typed) => {
                let found = self.address(typed)?;
                let node = self.key().node_id(found.kind, &found.value);
                return Ok((found.value.to_string(), node));
            }
            Whose::Customer(id) => *id,
        };
        let customer = self.customer(id).await?;
        let customer = customer.ok_or(Error::Missing("customer"))?;
        let known = &customer.identifiers;
        let address = known.iter().find(|it| it.kind.is_address());
        let it = address.or(known.first());
        let it = it.ok_or(Error::Missing("customer"))?;
        Ok((it.value.to_string(), it.node))
    }

    /// A request that comes now.
    fn request(
        &self,
        (wish, way): (Wish, Way),
        (contact, node): (String, NodeId),
        message: &str,
    ) -> Result<DataRequest> {
        bounded("message", message, MESSAGE_CHARS_MOST)?;
        let now = self.now();
        Ok(DataRequest {
            id: DataRequestId(self.spare_id()),
            wish,
            way,
            stage: Stage::Received,
            contact,
            node: Some(node),
            message: message.trim().to_owned(),
            received_at: now,
            due_at: first_due(now, &self.zone()),
            checked_at: None,
            proof: None,
            extended_at: None,
            extension_reason: String::new(),
            closed_at: None,
            closing_note: String::new(),
            erasure: None,
        })
    }

    /// A page of requests: those that wait, the one that is due first first; or those that were
    /// answered, the last one first.
    ///
    /// # Errors
    /// If the actor may not, or the tables cannot be read.
    pub async fn data_requests(
        &self,
        actor: &Actor,
        closed: bool,
        (behind, limit): (Option<(Timestamp, DataRequestId)>, usize),
    ) -> Result<Vec<DataRequest>> {
        actor.must(Right::HandlePrivacy)?;
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let rows = if closed {
            data_request::closed(&mut tx, behind, limit).await?
        } else {
            data_request::open(&mut tx, behind, limit).await?
        };
        let eyes = self.eyes(actor);
        Ok(rows.into_iter().map(|row| eyes.request(row)).collect())
    }

    /// One request.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn data_request(&self, actor: &Actor, id: DataRequestId) -> Result<DataRequestView> {
        actor.must(Right::HandlePrivacy)?;
        self.view_of(actor, self.request_row(id).await?).await
    }

    async fn request_row(&self, id: DataRequestId) -> Result<DataRequest> {
        let mut tx = self.shared().db.read().await?;
        let row = data_request::get(&mut tx, id).await?;
        row.ok_or(Error::Missing("data request"))
    }

    /// Who may not see personal data sees what is asked and by when: to know that somebody is
    /// here, or to have the link that was made for them, is more.
    async fn view_of(&self, actor: &Actor, request: DataRequest) -> Result<DataRequestView> {
        let sees = actor.may(Right::SeePersonalData);
        let customer = self.asker(&request).await?.filter(|_| sees);
        let link = match request.stage {
            Stage::Received if sees => {
                let link = Link::Request { id: request.id };
                Some(self.public_link(&link).await?)
            }
            Stage::Received | Stage::Checked | Stage::Done | Stage::Refused => None,
        };
        Ok(DataRequestView {
            customer: customer.map(|customer| customer.id),
            days_left: request.days_left(self.now(), &self.zone()),
            request: self.eyes(actor).request(request),
            link,
        })
    }

    /// Whoever asks, if they are known.
    async fn asker(&self, request: &DataRequest) -> Result<Option<CustomerView>> {
        match request.node {
            Some(node) => self.customer(CustomerId::from(node)).await,
            None => Ok(None),
        }
    }
}

/// Writes a request that was changed, if nobody was first.
async fn save(tx: &mut Tx<'_>, row: &DataRequest, was: Stage) -> Result<()> {
    if data_request::save(tx, row, was).await? {
        return Ok(());
    }
    let why = "somebody else was first: look at the request again";
    Err(Error::Conflict(why.to_owned()))
}

fn made(entry: Entry, request: &DataRequest) -> Entry {
    entry
        .about(request.id)
        .with("wish", Token::word(request.wish.word()))
        .with("way", Token::word(request.way.word()))
}

fn not_now(why: NotNow) -> Error {
    let why = match why {
        NotNow::Closed => "the request is closed already",
        NotNow::Checked => "the request is checked already",
        NotNow::Unchecked => "nobody has shown yet that the request is theirs",
        NotNow::Extended => "the request was extended already",
        NotNow::Late => "a request can be extended only within its first month",
        NotNow::Open => "the request is open",
        NotNow::Forgotten => "nothing is left of who asked",
    };
    Error::Conflict(why.to_owned())
}
