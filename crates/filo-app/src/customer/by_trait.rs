//! People by one of their traits. Traits have no index: people are looked through in the order of
//! the list, so many at a time, and whoever asks goes on from there.
//!
//! **Invariant:** a page looks at a bounded number of people, whatever the trait, and says behind
//! whom to go on; nobody is passed over.

use filo_core::access::Right;
use filo_core::id::NodeId;
use filo_core::profile::TraitTest;
use filo_store::customer::{CustomerRow, Question};

use super::seen::Eyes;
use crate::app::App;
use crate::error::Result;

/// People a page looks at: so many are read within a moment.
pub const LOOKED_MOST: usize = 2_000;
/// Read together.
const TOGETHER: usize = 200;

/// What one look found.
#[derive(Debug, Clone, Default)]
pub struct TraitPage {
    /// Of whom it is true.
    pub rows: Vec<CustomerRow>,
    /// Behind whom to go on; none at the end.
    pub behind: Option<CustomerRow>,
    /// How many were looked at.
    pub looked: usize,
}

impl App {
    pub(crate) async fn people_by_trait(
        &self,
        question: &Question,
        test: &TraitTest,
        limit: usize,
    ) -> Result<TraitPage> {
        let mut question = question.clone();
        let mut page = TraitPage::default();
        loop {
            let rows = self.people(&question, TOGETHER).await?;
            let is_end = rows.len() < TOGETHER;
            let verdicts = self.verdicts(&rows, test).await?;
            for (row, holds) in rows.into_iter().zip(verdicts) {
                page.looked += 1;
                question.behind = Some(question.sort.mark(&row));
                if holds {
                    page.rows.push(row.clone());
                }
                page.behind = Some(row);
                if page.rows.len() >= limit {
                    return Ok(page);
                }
            }
            if is_end {
                page.behind = None;
                return Ok(page);
            }
            if page.looked >= LOOKED_MOST {
                return Ok(page);
            }
        }
    }

    async fn verdicts(&self, rows: &[CustomerRow], test: &TraitTest) -> Result<Vec<bool>> {
        let nodes: Vec<NodeId> = rows.iter().map(|row| NodeId::from(row.id)).collect();
        let read = self.with_components(&nodes, |live| {
            let holds = |node: &NodeId| {
                live.nodes.contains_key(node) && {
                    let members = live.members(*node);
                    test.holds(&live.profile(&members).traits)
                }
            };
            Some(nodes.iter().map(holds).collect::<Vec<bool>>())
        });
        let read = read.await?;
        Ok(read.unwrap_or_else(|| vec![false; rows.len()]))
    }
}

impl Eyes<'_> {
    /// People of a trait, in the order of the list.
    ///
    /// # Errors
    /// If the actor may not list people or not see what is personal.
    pub async fn people_by_trait(
        self,
        question: &Question,
        test: &TraitTest,
        limit: usize,
    ) -> Result<TraitPage> {
        self.actor.must(Right::ListPeople)?;
        self.actor.must(Right::SeePersonalData)?;
        self.app.people_by_trait(question, test, limit).await
    }

    /// Those of the found people of whom it is true.
    ///
    /// # Errors
    /// If the actor may not see what is personal.
    pub async fn with_trait(
        self,
        rows: Vec<CustomerRow>,
        test: &TraitTest,
    ) -> Result<Vec<CustomerRow>> {
        self.actor.must(Right::SeePersonalData)?;
        let verdicts = self.app.verdicts(&rows, test).await?;
        let kept = rows.into_iter().zip(verdicts);
        Ok(kept
            .filter_map(|(row, holds)| holds.then_some(row))
            .collect())
    }
}
