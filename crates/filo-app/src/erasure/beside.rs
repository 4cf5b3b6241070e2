//! What lies beside the thread and speaks of a person: found by their identifiers and ids.

use filo_core::event::Forgotten;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Identifier;
use filo_store::erasure::{self, Beside};
use filo_store::journey::run;
use filo_store::segment::{member, turn};
use filo_store::{
    confirmation, customer_list, data_request, duplicate, mail_return, message, persona, quality,
    rehearsal, web_push,
};

use crate::app::App;
use crate::audience;
use crate::error::Result;

/// Rows looked at in one transaction.
const PAGE: u32 = 500;

/// Somebody who is looked for.
pub(crate) struct Wanted {
    forgotten: Forgotten,
    /// Every id under which other systems may have heard of them.
    ids: Vec<String>,
}

impl Wanted {
    pub(crate) fn new(identifiers: Vec<Identifier>, nodes: &[NodeId]) -> Self {
        let ids = nodes
            .iter()
            .flat_map(|node| [CustomerId::from(*node).to_string(), node.to_string()])
            .collect();
        Self {
            forgotten: Forgotten::new(identifiers),
            ids,
        }
    }

    pub(crate) fn is_named_in(&self, text: &str) -> bool {
        self.ids.iter().any(|id| text.contains(id.as_str())) || self.forgotten.are_named_in(text)
    }
}

impl App {
    /// What lies in a place and names somebody, as texts.
    pub(crate) async fn lying_about(&self, place: Beside, of: &Wanted) -> Result<Vec<String>> {
        let found = self.keys_of(place, of).await?;
        Ok(found.into_iter().map(|(_, text)| text).collect())
    }

    async fn keys_of(&self, place: Beside, of: &Wanted) -> Result<Vec<(Vec<u8>, String)>> {
        let mut found = Vec::new();
        let mut behind = Vec::new();
        loop {
            let mut tx = self.shared().db.read().await?;
            let page = erasure::lying(&mut tx, place, &behind, PAGE).await?;
            drop(tx);
            let Some(last) = page.last() else {
                return Ok(found);
            };
            behind.clone_from(&last.key);
            for one in page {
                let text = String::from_utf8_lossy(&one.text);
                if of.is_named_in(&text) {
                    found.push((one.key, text.into_owned()));
                }
            }
        }
    }

    /// Takes away what names somebody, in every place; how much in each.
    pub(crate) async fn clear_beside(
        &self,
        of: &Wanted,
        nodes: &[NodeId],
    ) -> Result<Vec<(Beside, u64)>> {
        let mut cleared = Vec::new();
        for place in Beside::ALL {
            let keys = self.keys_of(place, of).await?;
            for part in keys.chunks(PAGE as usize) {
                let mut tx = self.shared().db.begin().await?;
                for (key, _) in part {
                    erasure::take_away(&mut tx, place, key).await?;
                }
                tx.commit().await?;
            }
            cleared.push((place, keys.len() as u64));
        }
        let customers: Vec<CustomerId> = nodes.iter().map(|node| (*node).into()).collect();
        let desk = self.shared().audiences.desk.lock().await;
        let mut tx = self.shared().db.begin().await?;
        let listed = erasure::leave_acts(&mut tx, nodes).await?;
        erasure::leave_suppressions(&mut tx, nodes).await?;
        confirmation::erase(&mut tx, nodes).await?;
        data_request::erase(&mut tx, nodes).await?;
        mail_return::forget(&mut tx, nodes).await?;
        web_push::erase(&mut tx, nodes).await?;
        audience::forget(&mut tx, &customers).await?;
        quality::erase(&mut tx, &customers).await?;
        member::forget(&mut tx, &customers).await?;
        customer_list::member::forget(&mut tx, &customers).await?;
        turn::forget_turns(&mut tx, &customers).await?;
        persona::forget(&mut tx, &customers).await?;
        message::forget(&mut tx, &customers).await?;
        run::forget(&mut tx, nodes).await?;
        rehearsal::forget(&mut tx, &customers).await?;
        for customer in &customers {
            duplicate::remove_of(&mut tx, *customer).await?;
        }
        tx.commit().await?;
        drop(desk);
        self.shared().audiences.wake();
        let views = self.forget_in_views(|text| of.is_named_in(text)).await?;
        let segments = self.forget_in_segments(|text| of.is_named_in(text)).await?;
        let lists = self.forget_in_lists(|text| of.is_named_in(text)).await?;
        let computed = self
            .forget_in_computed_traits(|text| of.is_named_in(text))
            .await?;
        let content = self.forget_in_content(|text| of.is_named_in(text)).await?;
        let journeys = self.forget_in_journeys(|text| of.is_named_in(text)).await?;
        let personas = self.forget_in_personas(|text| of.is_named_in(text)).await?;
        let notes = self
            .forget_in_annotations(|text| of.is_named_in(text))
            .await?;
        let queries = self.forget_in_queries(|text| of.is_named_in(text)).await?;
        let made = segments + lists + computed + content + journeys + personas + notes + queries;
        if let Some((_, count)) = cleared.iter_mut().find(|(place, _)| *place == Beside::Acts) {
            *count += listed + views + made;
        }
        Ok(cleared)
    }
}
