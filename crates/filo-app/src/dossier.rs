//! Everything that is kept of one person, to be handed to them (GDPR, art. 15 and 20).
//!
//! **Invariant (I14):** whatever erasing a person takes away is in here first: both ask the same
//! places with the same question.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::event::Event;
use filo_core::id::CustomerId;
use filo_store::erasure::Beside;
use filo_store::webhook::WebhookRow;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::buyer::Buying;
use crate::computed::ComputedValue;
use crate::customer::{CustomerView, Explanation};
use crate::customer_list::ListMembership;
use crate::erasure::{Wanted, identifiers_of, word_of};
use crate::error::{Error, Result};
use crate::message::MessageView;
use crate::persona::PersonaMembership;
use crate::segment::{Membership, SegmentNames};

/// Events read at a time.
const PAGE: usize = 1_000;
/// Events of one person in one file; more is no person but a machine.
const EVENTS_MOST: usize = 100_000;

/// Everything that is kept of a person.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Their identifiers, and what is known of them.
    pub customer: CustomerView,
    /// Why the identifiers are one person.
    pub explanation: Explanation,
    /// The segments they are in.
    pub segments: Vec<Membership>,
    /// The lists they were put on by hand.
    pub lists: Vec<ListMembership>,
    /// What the computed traits say of them, and how.
    pub computed: Vec<ComputedValue>,
    /// What the ids and words of those are called.
    pub names: SegmentNames,
    /// Which kind of customers they are, and by what.
    pub persona: Option<PersonaMembership>,
    /// Where they stand among those who buy.
    pub buying: Buying,
    /// What was said to them, newest first, and why it left or did not.
    pub messages: Vec<MessageView>,
    /// Everything on their thread, newest first.
    pub events: Vec<Event>,
    /// There are more events than a file holds.
    pub is_cut: bool,
    /// What lies beside the thread and names them, by place.
    pub beside: Vec<(&'static str, Vec<String>)>,
    /// The other systems that are told of customers.
    pub recipients: Vec<WebhookRow>,
}

impl Dossier {
    /// Leaves the identifiers of others out: a copy is for one person.
    pub fn leave_others_out(&mut self) {
        self.explanation.others.clear();
    }
}

impl App {
    /// Everything that is kept of a person. That it was taken is written down.
    ///
    /// # Errors
    /// If the actor may not see all of it, or there is no such customer.
    pub async fn dossier(&self, actor: &Actor, id: CustomerId) -> Result<Dossier> {
        actor.must(Right::HandlePrivacy)?;
        actor.must(Right::SeePersonalData)?;
        let missing = || Error::Missing("customer");
        let customer = self.customer(id).await?.ok_or_else(missing)?;
        let explanation = self.why(customer.id).await?.ok_or_else(missing)?;
        let (events, is_cut) = self.all_events(customer.id).await?;
        let wanted = Wanted::new(identifiers_of(&customer), &customer.threads());
        let mut beside = Vec::new();
        for place in Beside::ALL {
            beside.push((word_of(place), self.lying_about(place, &wanted).await?));
        }
        let mails = self.mails_about(&wanted).await?;
        beside.push(("mails", mails.into_iter().map(|(_, text)| text).collect()));
        beside.push(("journeys", self.told_of_runs(customer.id).await?));
        beside.push(("tasks", self.told_of_tasks(customer.id).await?));
        beside.push(("browsers", self.told_of_browsers(&customer).await?));
        beside.push(("audiences", self.told_of_audiences(customer.id).await?));
        let segments = self.segments_of(customer.id).await?;
        let lists = self.lists_of(&customer).await?;
        let computed = self.computed_of(customer.id).await?;
        let persona = self.persona_of(customer.id).await?;
        let buying = self.buying_of(&customer).await?;
        let messages = self.messages_whole(actor, &customer).await?;
        let recipients = self.webhooks().await?;
        let mut tx = self.shared().db.begin().await?;
        let entry = actor.did(Act::PersonExported, self.now());
        record(&mut tx, &entry.about(customer.id)).await?;
        tx.commit().await?;
        Ok(Dossier {
            customer,
            explanation,
            segments,
            lists,
            computed,
            names: self.segment_names().await?,
            persona,
            buying,
            messages,
            events,
            is_cut,
            beside,
            recipients,
        })
    }

    async fn all_events(&self, id: CustomerId) -> Result<(Vec<Event>, bool)> {
        let mut events: Vec<Event> = Vec::new();
        loop {
            let behind = events.last().map(|event| (event.at, event.id));
            let page = self.timeline(id, behind, PAGE).await?;
            let is_last = page.len() < PAGE;
            events.extend(page);
            if is_last {
                return Ok((events, false));
            }
            if events.len() >= EVENTS_MOST {
                return Ok((events, true));
            }
        }
    }
}
