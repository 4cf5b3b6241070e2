//! How lists are told in the API.

use filo_app::Done;
use filo_app::customer_list::{ListMembership, ListView, MemberRow};
use filo_core::id::{CustomerId, ListId};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;

/// A list: people put together by hand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = List)]
pub(crate) struct ListOut {
    /// Its id.
    #[schema(value_type = String, example = "lst_0123456789abcdefghjkmnpqrs")]
    id: Text<ListId>,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// One more with each change; a change must name it.
    version: i64,
    /// How many are on it.
    members: i64,
    /// When it was put away; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    archived_at: Option<Text<Timestamp>>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

impl ListOut {
    pub(super) fn new(view: ListView) -> Self {
        Self {
            id: Text(view.row.id),
            name: view.row.name,
            description: view.row.description,
            version: view.row.version,
            members: view.members,
            archived_at: view.row.archived_at.map(Text),
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

/// Somebody who is on a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListMember)]
pub(crate) struct MemberOut {
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    joined_at: Text<Timestamp>,
    /// Who put them on it: a person or a key by name, a journey or a file by id.
    joined_by: String,
}

impl MemberOut {
    pub(super) fn new(row: MemberRow) -> Self {
        Self {
            customer: Text(row.customer),
            joined_at: Text(row.joined_at),
            joined_by: row.joined_by,
        }
    }
}

/// A list that somebody is on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListMembership)]
pub(crate) struct ListedOut {
    /// Which list.
    #[schema(value_type = String)]
    list: Text<ListId>,
    /// What people call it.
    name: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    joined_at: Text<Timestamp>,
    /// Who put them on it: a person or a key by name, a journey or a file by id.
    joined_by: String,
}

impl ListedOut {
    pub(super) fn new(membership: ListMembership) -> Self {
        Self {
            list: Text(membership.list),
            name: membership.name,
            joined_at: Text(membership.joined_at),
            joined_by: membership.joined_by,
        }
    }
}

/// What was done with a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListAct)]
pub(crate) struct ActOut {
    /// Delete this at `/list-acts` to take it back.
    act: String,
    /// How many it concerned: those who were not where they should be.
    customers: usize,
}

impl ActOut {
    pub(super) fn new(act: Done) -> Self {
        Self {
            act: format!("{:032x}", act.act),
            customers: act.people,
        }
    }
}
