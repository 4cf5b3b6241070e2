//! The people behind a figure, each once.

use std::cmp::Reverse;

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use filo_store::customer::CustomerRow;

use super::WHO_MOST;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// Whom a figure counts.
#[derive(Debug, Clone)]
pub struct FigurePeople {
    /// How many they are.
    pub count: u64,
    /// The first [`WHO_MOST`] of them: the latest first.
    pub people: Vec<FigurePerson>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct FigurePerson {
    /// Who.
    pub customer: CustomerId,
    /// What the actor may see of them; nothing of somebody who has come this moment.
    pub row: Option<CustomerRow>,
    /// When they last did what the figure counts, where that has an instant.
    pub at: Option<Timestamp>,
    /// What it is about, where that is not the same for all: products.
    pub about: Vec<String>,
}

/// Somebody before they are looked up.
pub(super) struct Found {
    pub(super) customer: CustomerId,
    pub(super) at: Option<Timestamp>,
    pub(super) about: Vec<String>,
}

impl App {
    /// Those who were found, each once, as an actor may see them.
    pub(super) async fn figure_people(
        &self,
        actor: &Actor,
        mut found: Vec<Found>,
    ) -> Result<FigurePeople> {
        found.sort_by_key(|it| (it.customer, Reverse(it.at)));
        found.dedup_by_key(|it| it.customer);
        found.sort_by_key(|it| (Reverse(it.at), it.customer));
        let count = found.len() as u64;
        found.truncate(WHO_MOST);
        let ids: Vec<CustomerId> = found.iter().map(|it| it.customer).collect();
        let mut rows = self.eyes(actor).people_of(&ids).await?;
        rows.sort_unstable_by_key(|row| row.id);
        let people = found.into_iter().map(|it| {
            let place = rows.binary_search_by_key(&it.customer, |row| row.id).ok();
            FigurePerson {
                customer: it.customer,
                row: place.and_then(|at| rows.get(at)).cloned(),
                at: it.at,
                about: it.about,
            }
        });
        Ok(FigurePeople {
            count,
            people: people.collect(),
        })
    }
}
