//! The values that somebody has, worked out when they are asked for.
//!
//! **Invariant:** a value that is being counted is not told, neither is one that is made of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use compact_str::CompactString;
use filo_core::access::Right;
use filo_core::id::{ComputedTraitId, CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::segment::computed::{Computed, Reading, Recipe, compute};
use filo_core::segment::{Person, Traces};
use filo_core::time::Timestamp;
use filo_store::computed_trait;

use super::{label_of, recipe_of};
use crate::app::App;
use crate::customer::Eyes;
use crate::engine::Live;
use crate::error::Result;
use crate::segment::Known;

/// What a computed trait says of somebody.
#[derive(Debug, Clone)]
pub struct ComputedValue {
    /// Which.
    pub id: ComputedTraitId,
    /// What programs call it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// How it is made.
    pub recipe: Recipe,
    /// The value; nothing if there is none, or not yet.
    pub value: Option<Computed>,
    /// What happened before is still being gathered.
    pub is_counting: bool,
    /// The first instant at which it may be another one without any event; the last instant
    /// there is for never.
    pub changes_at: Timestamp,
}

impl Eyes<'_> {
    /// What the computed traits say of a customer, by label. Who may not see personal data sees
    /// none.
    ///
    /// # Errors
    /// If the actor may not see people.
    pub async fn computed_of(self, customer: CustomerId) -> Result<Vec<ComputedValue>> {
        self.actor.must(Right::SeePeople)?;
        match self.actor.may(Right::SeePersonalData) {
            true => self.app.computed_of(customer).await,
            false => Ok(Vec::new()),
        }
    }
}

impl App {
    /// What the computed traits say of a customer, by label.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn computed_of(&self, customer: CustomerId) -> Result<Vec<ComputedValue>> {
        let all = self.computed_of_many(&[customer]).await?;
        Ok(all.into_values().next().unwrap_or_default())
    }

    /// The same of some customers; of whom there is nothing to tell, nothing.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn computed_of_many(
        &self,
        customers: &[CustomerId],
    ) -> Result<BTreeMap<CustomerId, Vec<ComputedValue>>> {
        let known = self.known_book().await?;
        if known.book.scene().computed.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows = {
            let mut tx = self.shared().db.read().await?;
            computed_trait::list(&mut tx).await?
        };
        let nodes: Vec<NodeId> = customers.iter().map(|id| NodeId::from(*id)).collect();
        let (book, now) = (Arc::clone(&known.book), self.now());
        let read = |live: &Live| {
            let (nothing, scene) = (HashMap::default(), book.scene());
            let read = |id: &CustomerId| {
                let readings = ask(live, *id, &nothing, |person| compute(person, scene, now));
                Some((*id, readings?))
            };
            Some(customers.iter().filter_map(read).collect())
        };
        let read: Option<BTreeMap<CustomerId, Readings>> =
            self.with_components(&nodes, read).await?;
        let mut told = BTreeMap::new();
        for (customer, readings) in read.unwrap_or_default() {
            let mut values = Vec::with_capacity(readings.len());
            for row in &rows {
                let found = readings.iter().find(|(key, _)| *key == row.key);
                let Some((key, reading)) = found else {
                    continue;
                };
                let is_counting = known.is_counting(key);
                values.push(ComputedValue {
                    id: row.id,
                    key: row.key.clone(),
                    label: label_of(row),
                    recipe: recipe_of(row)?,
                    value: reading.value.clone().filter(|_| !is_counting),
                    is_counting,
                    changes_at: reading.changes_at,
                });
            }
            values.sort_by_cached_key(|value| (value.label.to_lowercase(), value.id));
            told.insert(customer, values);
        }
        Ok(told)
    }
}

type Readings = Vec<(CompactString, Reading)>;

/// Asks something about a customer, with traces of some threads that the state does not hold.
pub(super) fn ask<T>(
    live: &Live,
    customer: CustomerId,
    past: &HashMap<NodeId, Traces>,
    question: impl FnOnce(&Person<'_>) -> T,
) -> Option<T> {
    let first = NodeId::from(customer);
    live.nodes.get(&first)?;
    let members = live.members(first);
    let kinds: Vec<Kind> = members.iter().filter_map(|id| id.kind()).collect();
    let (profile, mut traces) = (live.profile(&members), live.traces(&members));
    for found in members.iter().filter_map(|id| past.get(id)) {
        traces.to_mut().merge(found);
    }
    let person = Person {
        customer,
        kinds: &kinds,
        profile: &profile,
        traces: &traces,
    };
    Some(question(&person))
}

impl Known {
    /// Whether what happened before is still being gathered for a trait, or for one that it is
    /// made of.
    pub(crate) fn is_counting(&self, key: &str) -> bool {
        let recipes = &self.book.scene().computed;
        let mut waiting = vec![key];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(one) = waiting.pop() {
            if self.counting.contains(one) {
                return true;
            }
            if let Some(recipe) = recipes.get(one).filter(|_| seen.insert(one)) {
                waiting.extend(recipe.names().into_iter().map(CompactString::as_str));
            }
        }
        false
    }
}
