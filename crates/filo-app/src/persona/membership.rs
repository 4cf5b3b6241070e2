//! Which persona somebody is, and what they share with it.
//!
//! **Invariant:** it is worked out at the moment it is asked, from the profile as it stands, by
//! the rule by which segments are.

use filo_core::id::{CustomerId, NodeId, PersonaRunId};
use filo_core::money::Currency;
use filo_core::persona::{Fact, Features};
use filo_core::time::Timestamp;
use filo_store::persona;

use super::listing::PersonaView;
use super::seeking::features_of;
use crate::app::App;
use crate::error::Result;

/// The persona that somebody is.
#[derive(Debug, Clone)]
pub struct PersonaMembership {
    /// Which.
    pub persona: PersonaView,
    /// The search it was found by, and when that was put in force.
    pub run: PersonaRunId,
    /// When that was.
    pub adopted_at: Option<Timestamp>,
    /// How many people were compared.
    pub compared: u64,
    /// The currency that amounts are in.
    pub currency: Currency,
    /// What sets it apart, and whether it is so of them too.
    pub facts: Vec<(Fact, bool)>,
}

impl App {
    /// The persona that a customer is: nothing where none is in force, or nothing is known of
    /// them to compare them by.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn persona_of(&self, customer: CustomerId) -> Result<Option<PersonaMembership>> {
        let run = {
            let mut tx = self.shared().db.read().await?;
            let Some(row) = persona::in_force(&mut tx).await? else {
                return Ok(None);
            };
            let current = Some(row.id);
            self.run_view(&mut tx, row, current).await?
        };
        let Some(document) = run.document else {
            return Ok(None);
        };
        let Some(grouping) = document.grouping() else {
            return Ok(None);
        };
        let model = &grouping.model;
        let nodes = [NodeId::from(customer)];
        let read = self.with_components(&nodes, |live| features_of(live, customer, model.currency));
        let Some(features) = read.await? else {
            return Ok(None);
        };
        let Some((id, _)) = model.nearest(&features) else {
            return Ok(None);
        };
        let mut personas = run.personas.into_iter();
        let found = personas.find(|view| view.persona.id == id);
        Ok(found.map(|persona| PersonaMembership {
            facts: shared(&persona, &features),
            persona,
            currency: model.currency,
            run: run.id,
            adopted_at: run.adopted.map(|(at, _)| at),
            compared: document.people,
        }))
    }
}

/// A fact that the kind has less of is shared by who does not have it either.
fn shared(persona: &PersonaView, features: &Features) -> Vec<(Fact, bool)> {
    let facts = persona.persona.facts.iter();
    facts
        .map(|fact| (*fact, fact.is_of(features) == fact.is_more()))
        .collect()
}
