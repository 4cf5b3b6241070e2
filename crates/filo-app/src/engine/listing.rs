//! Which lists customers are on, as the tables list it.
//!
//! **Invariant:** the rows of a customer are what the profiles of its nodes say together, so
//! joining and separating customers moves them.

use std::borrow::Cow;

use filo_core::id::{CustomerId, NodeId};
use filo_core::profile::{Listed, Lists};
use filo_store::customer_list::member::MemberRow;

use super::live::Live;

impl Live {
    /// The lists that a customer is on.
    pub(super) fn lists(&self, customer: CustomerId, members: &[NodeId]) -> Vec<MemberRow> {
        let row = |listed: &Listed| MemberRow {
            list: listed.list,
            customer,
            joined_at: listed.since,
            joined_by: listed.actor.to_string(),
        };
        self.said_of_lists(members).standing().map(row).collect()
    }

    /// What was said of them: most people are on none.
    fn said_of_lists(&self, members: &[NodeId]) -> Cow<'_, Lists> {
        let profiles = members
            .iter()
            .filter_map(|id| self.nodes.get(id)?.profile.as_deref());
        let mut said = profiles
            .map(|profile| &profile.lists)
            .filter(|lists| !lists.is_empty());
        let Some(first) = said.next() else {
            return Cow::Owned(Lists::default());
        };
        let mut merged = Cow::Borrowed(first);
        for lists in said {
            merged.to_mut().merge(lists);
        }
        merged
    }
}
