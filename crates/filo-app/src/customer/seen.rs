//! Customers as somebody may see them: the one place where what is personal is covered.
//!
//! **Invariant:** every page and every answer about customers comes through [`Eyes`]; who may
//! not see personal data gets no name, address, number, note, or word of an event.

use compact_str::CompactString;
use filo_core::access::Right;
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId};
use filo_core::identity::Kind;
use filo_core::privacy::data_request::DataRequest;
use filo_core::profile::{Memberships, Notes, Traits};
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow, Filter, Question, Sort};

use super::explain::Explanation;
use super::view::{CustomerView, IdentifierView};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// What stands where something is covered.
pub const COVERED: &str = "•••";
/// What a person at the counter reads out or holds out.
const SPOKEN: [Kind; 4] = [Kind::Card, Kind::Email, Kind::Phone, Kind::Landline];

/// The customers, through the eyes of somebody.
#[derive(Debug, Clone, Copy)]
pub struct Eyes<'a> {
    pub(crate) app: &'a App,
    pub(crate) actor: &'a Actor,
}

impl App {
    /// The customers as this person or program may see them.
    #[must_use]
    pub fn eyes<'a>(&'a self, actor: &'a Actor) -> Eyes<'a> {
        Eyes { app: self, actor }
    }
}

impl Eyes<'_> {
    fn covers(self) -> bool {
        !self.actor.may(Right::SeePersonalData)
    }

    /// A request about data, without what is personal in it.
    #[must_use]
    pub(crate) fn request(self, request: DataRequest) -> DataRequest {
        if !self.covers() {
            return request;
        }
        DataRequest {
            contact: COVERED.to_owned(),
            message: String::new(),
            extension_reason: String::new(),
            closing_note: String::new(),
            ..request
        }
    }

    /// A customer by id.
    ///
    /// # Errors
    /// If the actor may not see people.
    pub async fn customer(self, id: CustomerId) -> Result<Option<CustomerView>> {
        self.actor.must(Right::SeePeople)?;
        let customer = self.app.customer(id).await?;
        Ok(customer.map(|customer| self.shown(customer)))
    }

    /// The customer who carries an identifier.
    ///
    /// # Errors
    /// If the actor may not look people up: to know that somebody is here is personal.
    pub async fn find(self, kind: Kind, value: &str) -> Result<Option<CustomerView>> {
        self.actor.must(Right::FindPeople)?;
        let customer = self.app.find(kind, value).await?;
        Ok(customer.map(|customer| self.shown(customer)))
    }

    /// People by words, among those of whom a filter is true: parts of words for who may list,
    /// the whole card, address or number for who may not.
    ///
    /// # Errors
    /// If the actor may not look people up.
    pub async fn search(
        self,
        text: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<CustomerRow>> {
        self.actor.must(Right::FindPeople)?;
        if self.actor.may(Right::ListPeople) {
            let rows = self.app.search_within(text, filter, limit).await?;
            return Ok(rows.into_iter().map(|row| self.row(row)).collect());
        }
        let mut found: Vec<CustomerRow> = Vec::new();
        for kind in SPOKEN {
            let Some(customer) = self.app.find(kind, text).await? else {
                continue;
            };
            if found.iter().all(|row| row.id != customer.id) {
                found.extend(self.app.stored_customer(customer.id).await?);
            }
        }
        let mut tx = self.app.shared().db.read().await?;
        let mut found = customer::narrow(&mut tx, found, filter).await?;
        drop(tx);
        found.truncate(limit);
        Ok(found.into_iter().map(|row| self.row(row)).collect())
    }

    /// A page of people.
    ///
    /// # Errors
    /// If the actor may not list people, or asks for an order that tells what is covered.
    pub async fn people(self, question: &Question, limit: usize) -> Result<Vec<CustomerRow>> {
        self.actor.must(Right::ListPeople)?;
        if self.covers() && question.sort == Sort::Name {
            return Err(Error::Lacks(Right::SeePersonalData));
        }
        let rows = self.app.people(question, limit).await?;
        Ok(rows.into_iter().map(|row| self.row(row)).collect())
    }

    /// The rows of these people, in no order.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn people_of(self, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
        self.actor.must(Right::ListPeople)?;
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let rows = {
            let mut tx = self.app.shared().db.read().await?;
            customer::get_many(&mut tx, &ids).await?
        };
        Ok(rows.into_iter().map(|row| self.row(row)).collect())
    }

    /// Everybody, by when they were last seen.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn customers(
        self,
        before: Option<(Timestamp, CustomerId)>,
        limit: usize,
    ) -> Result<Vec<CustomerRow>> {
        self.actor.must(Right::ListPeople)?;
        let rows = self.app.customers(before, limit).await?;
        Ok(rows.into_iter().map(|row| self.row(row)).collect())
    }

    /// The thread of a customer.
    ///
    /// # Errors
    /// If the actor may not see people.
    pub async fn timeline(
        self,
        id: CustomerId,
        before: Option<(Timestamp, EventId)>,
        limit: usize,
    ) -> Result<Vec<Event>> {
        self.actor.must(Right::SeePeople)?;
        let mut events = self.app.timeline(id, before, limit).await?;
        if self.covers() {
            events.iter_mut().for_each(cover_event);
        }
        Ok(events)
    }

    /// Why a customer is one.
    ///
    /// # Errors
    /// If the actor may not see people.
    pub async fn why(self, id: CustomerId) -> Result<Option<Explanation>> {
        self.actor.must(Right::SeePeople)?;
        let mut explanation = self.app.why(id).await?;
        if let Some(explanation) = explanation.as_mut().filter(|_| self.covers()) {
            cover_identifiers(&mut explanation.identifiers);
            cover_identifiers(&mut explanation.others);
            let rulings = explanation
                .reasons
                .iter_mut()
                .filter_map(|reason| reason.ruling.as_mut());
            rulings.for_each(|ruling| ruling.note = CompactString::default());
        }
        Ok(explanation)
    }

    fn shown(self, mut customer: CustomerView) -> CustomerView {
        if self.covers() {
            cover_customer(&mut customer);
        }
        customer
    }

    fn row(self, mut row: CustomerRow) -> CustomerRow {
        if self.covers() {
            let covered = |known: Option<String>| known.map(|_| COVERED.to_owned());
            row.name = covered(row.name);
            row.email = covered(row.email);
            row.phone = covered(row.phone);
            row.birthday = 0;
        }
        row
    }
}

fn cover_customer(customer: &mut CustomerView) {
    cover_identifiers(&mut customer.identifiers);
    for link in &mut customer.links {
        if let Some(ruling) = &mut link.ruling {
            ruling.note = CompactString::default();
        }
    }
    let profile = &mut customer.profile;
    profile.traits = Traits::default();
    profile.notes = Notes::default();
    profile.memberships = Memberships::default();
    let touches = [&mut profile.first_touch, &mut profile.last_touch];
    for touch in touches.into_iter().flatten() {
        touch.path = "".into();
        touch.referrer = "".into();
    }
}

fn cover_identifiers(identifiers: &mut [IdentifierView]) {
    for identifier in identifiers {
        identifier.value = COVERED.into();
    }
}

/// What kind of thing happened, when and where, stays; what it says goes.
fn cover_event(event: &mut Event) {
    for identifier in &mut event.identifiers {
        identifier.value = COVERED.into();
    }
    event.message_id = COVERED.into();
    event.properties = Box::default();
    event.context = Box::default();
}
