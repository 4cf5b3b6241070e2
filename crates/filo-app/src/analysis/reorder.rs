//! Repeat purchases: when the same product is bought again, and who is due.

use filo_core::access::Right;
use filo_core::analysis::{Reorder, Shelf, Who};
use filo_core::id::SegmentId;

use super::behind::{FigurePeople, Found};
use super::gathering::{self, Needed};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// What is asked about repeat purchases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReorderAsked {
    /// Only products whose name or key holds this text.
    pub search: String,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
}

/// Whose a number is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorderWho {
    /// Of this product, by its key; of any without one.
    pub product: Option<String>,
    /// Which of its buyers.
    pub who: Who,
}

impl App {
    /// When products are bought again.
    ///
    /// # Errors
    /// As [`App::ways`].
    pub async fn reorder(&self, actor: &Actor, asked: &ReorderAsked) -> Result<Reorder> {
        actor.must(Right::SeeFigures)?;
        let search = asked.search.clone();
        self.shelf(asked.segment, move |shelf| shelf.report(&search))
            .await
    }

    /// Who is behind a number of a product, and its name.
    ///
    /// # Errors
    /// As [`App::reorder`], if nobody bought the product, and if the actor may not list people.
    pub async fn reorder_people(
        &self,
        actor: &Actor,
        segment: Option<SegmentId>,
        asked: &ReorderWho,
    ) -> Result<(Option<String>, FigurePeople)> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        let asked = asked.clone();
        let seek = move |shelf: &Shelf| {
            let product = asked.product.as_deref();
            let name = product.and_then(|key| shelf.name(key).map(ToString::to_string));
            Some((name, shelf.people(product, asked.who)?))
        };
        let found = self.shelf(segment, seek).await?;
        let (name, people) = found.ok_or(Error::Missing("product"))?;
        let found = people.into_iter().map(|it| Found {
            customer: it.customer,
            at: Some(it.last_at),
            about: it.products.iter().map(ToString::to_string).collect(),
        });
        let people = self.figure_people(actor, found.collect()).await?;
        Ok((name, people))
    }

    async fn shelf<T: Send + 'static>(
        &self,
        segment: Option<SegmentId>,
        look: impl FnOnce(&Shelf) -> T + Send + 'static,
    ) -> Result<T> {
        self.must_know_segment(segment).await?;
        let _turn = self.turn_to_look().await?;
        let trails = gathering::trails(self, segment, Needed::Baskets).await?;
        let now = self.now();
        let weigh = move || look(&Shelf::of(&trails, now));
        let found = tokio::task::spawn_blocking(weigh).await;
        Ok(found.map_err(anyhow::Error::from)?)
    }
}
