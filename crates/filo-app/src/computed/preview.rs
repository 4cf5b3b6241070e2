//! What a computed trait would say of some people, before it is made.
//!
//! **Invariant:** a preview writes nothing, and looks at no more than a handful of people: those
//! who were seen last, of whom the events are read where nobody has looked out for them yet.

use ahash::HashMap;
use filo_core::access::Right;
use filo_core::id::{CustomerId, NodeId};
use filo_core::segment::Signals;
use filo_core::segment::computed::{Computed, Recipe, check_recipe, compute_recipe};
use filo_store::customer::{CustomerRow, Question};

use super::value::ask;
use crate::actor::Actor;
use crate::app::App;
use crate::engine::Live;
use crate::error::{Error, Result};
use crate::segment::{Known, Past};

/// People whose value is shown.
pub const PREVIEWED_MOST: usize = 12;

/// What some people would have.
#[derive(Debug, Clone)]
pub struct ComputedPreview {
    /// Those who were seen last, as lists show them to who asks, each with the value.
    pub sample: Vec<(CustomerRow, Option<Computed>)>,
}

impl App {
    /// What a recipe would say of the people who were seen last.
    ///
    /// # Errors
    /// If the actor may not see what is personal or make no computed traits, or the recipe
    /// cannot be.
    pub async fn preview_computed_trait(
        &self,
        actor: &Actor,
        key: &str,
        recipe: &Recipe,
    ) -> Result<ComputedPreview> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeePersonalData)?;
        actor.must(Right::ManageSegments)?;
        let known = self.known_book().await?;
        check_recipe(key, recipe, &known.book.scene().computed)
            .map_err(|fault| Error::invalid("recipe", fault.to_string()))?;
        let eyes = self.eyes(actor);
        let rows = eyes.people(&Question::default(), PREVIEWED_MOST).await?;
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
        let values = self.values_of(&known, recipe, &ids).await?;
        let sample = rows.into_iter().map(|row| {
            let value = values.get(&row.id).cloned();
            (row, value)
        });
        Ok(ComputedPreview {
            sample: sample.collect(),
        })
    }

    async fn values_of(
        &self,
        known: &Known,
        recipe: &Recipe,
        ids: &[CustomerId],
    ) -> Result<HashMap<CustomerId, Computed>> {
        let nodes: Vec<NodeId> = ids.iter().map(|id| NodeId::from(*id)).collect();
        let threads = |live: &Live| -> Option<Vec<NodeId>> {
            let here = nodes.iter().filter(|id| live.nodes.contains_key(*id));
            Some(here.flat_map(|id| live.members(*id)).collect())
        };
        let past = match fresh(known, recipe) {
            fresh if fresh.is_empty() => HashMap::default(),
            fresh => {
                let threads = self.with_components(&nodes, threads).await?;
                Past::of_threads(self, &fresh, threads.unwrap_or_default()).await?
            }
        };
        let now = self.now();
        let read = |live: &Live| {
            let scene = known.book.scene();
            let read = |id: &CustomerId| {
                let value = ask(live, *id, &past, |person| {
                    compute_recipe(recipe, person, scene, now).value
                });
                Some((*id, value??))
            };
            Some(ids.iter().filter_map(read).collect())
        };
        Ok(self
            .with_components(&nodes, read)
            .await?
            .unwrap_or_default())
    }
}

/// What a recipe asks of events that no thread's traces hold, or not whole yet.
fn fresh(known: &Known, recipe: &Recipe) -> Signals {
    let mut fresh = Signals::default();
    let needed = known.book.signals_needed(recipe);
    fresh.extend(needed.iter().filter(|signal| !known.is_whole(signal)));
    fresh
}
