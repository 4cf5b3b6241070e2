//! Who buys, with what is known and expected of them.

use std::sync::Arc;

use filo_core::analysis::foresight::{Between, Foresight, Foretold};
use filo_core::analysis::leaving::Risk;
use filo_core::id::CustomerId;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use filo_store::customer::CustomerRow;

use super::WHO_MOST;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// Some who buy.
#[derive(Debug, Clone)]
pub struct BuyerPeople {
    /// How many there are.
    pub count: u64,
    /// At which instant.
    pub at: Timestamp,
    /// What amounts are in.
    pub currency: Currency,
    /// The first of them.
    pub people: Vec<BuyerPerson>,
}

/// Somebody who buys.
#[derive(Debug, Clone)]
pub struct BuyerPerson {
    /// What is known and expected of them.
    pub known: Foretold,
    /// Between what their year lies; nothing without a model.
    pub between: Option<Between>,
    /// How late they are, where that was asked.
    pub risk: Option<Risk>,
    /// What the actor may see of them; nothing of somebody who has come this moment.
    pub row: Option<CustomerRow>,
}

impl BuyerPerson {
    /// Who.
    #[must_use]
    pub const fn customer(&self) -> CustomerId {
        self.known.customer
    }

    pub(super) const fn new(known: &Foretold) -> Self {
        Self {
            known: *known,
            between: None,
            risk: None,
            row: None,
        }
    }

    pub(super) fn leaving(risk: &Risk) -> Self {
        Self {
            risk: Some(*risk),
            ..Self::new(&risk.person)
        }
    }
}

impl App {
    /// These people, as far as the actor may see them: the first of them with their names and the
    /// interval of their year.
    pub(super) async fn named_buyers(
        &self,
        actor: &Actor,
        foresight: &Arc<Foresight>,
        people: impl ExactSizeIterator<Item = BuyerPerson>,
    ) -> Result<BuyerPeople> {
        let count = people.len() as u64;
        let mut people: Vec<BuyerPerson> = people.take(WHO_MOST).collect();
        let ids: Vec<CustomerId> = people.iter().map(BuyerPerson::customer).collect();
        let mut rows = self.eyes(actor).people_of(&ids).await?;
        rows.sort_unstable_by_key(|row| row.id);
        let known = Arc::clone(foresight);
        let draw = move || {
            for person in &mut people {
                let found = rows.binary_search_by_key(&person.customer(), |row| row.id);
                person.row = found.ok().and_then(|place| rows.get(place)).cloned();
                let model = known.model.as_ref().ok();
                person.between = model.map(|model| model.between(&person.known));
            }
            people
        };
        let people = tokio::task::spawn_blocking(draw).await;
        let people = people.map_err(anyhow::Error::from)?;
        Ok(BuyerPeople {
            count,
            at: foresight.at,
            currency: foresight.currency,
            people,
        })
    }
}
