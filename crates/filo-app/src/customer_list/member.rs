//! Putting people on a list and taking them off, one or many; and taking that back.
//!
//! **Invariant:** who is on a list is said by events on their threads, so it is part of a rebuild,
//! of an erasure and of the copy for a person; an act is written down before it is done.

use std::collections::BTreeSet;

use compact_str::{CompactString, format_compact};
use filo_core::access::Right;
use filo_core::event::{Event, EventKind};
use filo_core::id::{CustomerId, EventId, ListId};
use filo_core::profile::Listed;
use filo_core::semantic::{LIST_JOINED, LIST_LEFT};
use filo_core::time::Timestamp;
use filo_store::bulk_act::{self, BulkAct};
use filo_store::customer_list::member::{self, MemberRow};
use serde_json::json;

use super::{known, list_names, standing};
use crate::actor::Actor;
use crate::app::App;
use crate::bulk::{APPENDED_TOGETHER, Chosen, Done};
use crate::customer::CustomerView;
use crate::decision::STAFF_SOURCE;
use crate::error::{Error, Result};

/// People put on a list at once, or taken off: a few seconds of work.
pub const LISTED_MOST: usize = 5_000;
/// Members of one answer.
const MEMBERS_MOST: u32 = 501;

/// A list that somebody is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMembership {
    /// Which.
    pub list: ListId,
    /// What people call it.
    pub name: String,
    /// Since when.
    pub joined_at: Timestamp,
    /// By whom: a person or a key by name, a journey or a file by id.
    pub joined_by: String,
}

/// On a list or off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    On,
    Off,
}

impl Wanted {
    /// The word in the list of acts.
    const fn word(self) -> &'static str {
        match self {
            Self::On => "list_joined",
            Self::Off => "list_left",
        }
    }

    const fn event_name(self) -> &'static str {
        match self {
            Self::On => LIST_JOINED,
            Self::Off => LIST_LEFT,
        }
    }
}

impl App {
    /// Who is on a list, the newest first, behind one.
    ///
    /// # Errors
    /// If there is no such list.
    pub async fn list_members(
        &self,
        list: ListId,
        behind: Option<(Timestamp, CustomerId)>,
        limit: u32,
    ) -> Result<Vec<MemberRow>> {
        let mut tx = self.shared().db.read().await?;
        known(&mut tx, list).await?;
        Ok(member::members(&mut tx, list, behind, limit.min(MEMBERS_MOST)).await?)
    }

    /// Who of these is on a list.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn listed_among(
        &self,
        list: ListId,
        customers: &[CustomerId],
    ) -> Result<Vec<MemberRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(member::among(&mut tx, list, customers).await?)
    }

    /// The lists that somebody is on, by name; without those that were put away.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn lists_of(&self, customer: &CustomerView) -> Result<Vec<ListMembership>> {
        let mut tx = self.shared().db.read().await?;
        let names = list_names(&mut tx).await?;
        let standing = super::standing_lists(&mut tx).await?;
        let on = customer.profile.lists.standing();
        let on = on.filter(|listed| standing.contains(&listed.list));
        let mut found: Vec<ListMembership> = on
            .map(|listed| ListMembership {
                list: listed.list,
                name: names.get(&listed.list).cloned().unwrap_or_default(),
                joined_at: listed.since,
                joined_by: listed.actor.to_string(),
            })
            .collect();
        found.sort_by_cached_key(|it| (it.name.to_lowercase(), it.list));
        Ok(found)
    }

    /// Puts people on a list; whoever is on it stays as they are.
    ///
    /// # Errors
    /// If the actor may not, there is no such list or it was put away, or nobody or too many were
    /// chosen.
    pub async fn put_on_list(
        &self,
        actor: &Actor,
        list: ListId,
        chosen: &Chosen,
        question: &str,
    ) -> Result<Done> {
        self.state(actor, (list, Wanted::On), chosen, question)
            .await
    }

    /// Takes people off a list.
    ///
    /// # Errors
    /// If the actor may not, there is no such list or it was put away, or nobody or too many were
    /// chosen.
    pub async fn take_off_list(
        &self,
        actor: &Actor,
        list: ListId,
        chosen: &Chosen,
        question: &str,
    ) -> Result<Done> {
        self.state(actor, (list, Wanted::Off), chosen, question)
            .await
    }

    async fn state(
        &self,
        actor: &Actor,
        (list, wanted): (ListId, Wanted),
        chosen: &Chosen,
        question: &str,
    ) -> Result<Done> {
        actor.must(Right::WriteNotes)?;
        {
            let mut tx = self.shared().db.read().await?;
            standing(&mut tx, list).await?;
        }
        let customers = match chosen {
            // Somebody who has just come may stand in no table yet.
            Chosen::Picked(picked) => picked.clone(),
            Chosen::All(_) | Chosen::Members(_) => self.chosen(chosen, LISTED_MOST).await?,
        };
        let wrong = || {
            let hint = format!("choose 1 to {LISTED_MOST} people");
            Error::invalid("people", hint)
        };
        if customers.len() > LISTED_MOST {
            return Err(wrong());
        }
        let (mut concerned, mut is_anybody) = (BTreeSet::new(), false);
        for customer in customers {
            // Somebody who was joined into another meanwhile is found by the old id.
            let Some(view) = self.customer(customer).await? else {
                continue;
            };
            is_anybody = true;
            if view.profile.lists.is_on(list) != (wanted == Wanted::On) {
                concerned.insert(view.id);
            }
        }
        if !is_anybody {
            return Err(wrong());
        }
        let act = BulkAct {
            id: self.spare_id(),
            kind: wanted.word().to_owned(),
            at: self.now(),
            actor: actor.name.clone(),
            question: question.to_owned(),
            people: i64::try_from(concerned.len()).unwrap_or(i64::MAX),
            customers: concerned.into_iter().collect(),
            list: Some(list),
            undone_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        bulk_act::add(&mut tx, &act).await?;
        tx.commit().await?;
        let id = format!("{:032x}", act.id);
        tracing::info!(act = %id, kind = act.kind, people = act.people, "an act with many people");
        for part in act.customers.chunks(APPENDED_TOGETHER) {
            let mut events = Vec::with_capacity(part.len());
            for customer in part {
                let Some(view) = self.customer(*customer).await? else {
                    continue;
                };
                let since = view.profile.lists.last(list).filter(|it| it.is_on);
                let mut event = self.list_event(actor, (list, wanted), since.map(|it| it.since));
                event.message_id = message_id(act.id, *customer);
                event.id = self.key().event_id(STAFF_SOURCE, &event.message_id);
                events.push(self.placed(*customer, event).await?);
            }
            self.decide_all(events).await?;
        }
        self.show_listing().await?;
        Ok(Done {
            act: act.id,
            people: act.customers.len(),
        })
    }

    /// Takes an act with a list back, for those of whom nothing else was said since. Gives the
    /// list, and for how many.
    ///
    /// # Errors
    /// If the actor may not, there is no such act, or the list was put away.
    pub async fn undo_listing(&self, actor: &Actor, act: u128) -> Result<(ListId, usize)> {
        actor.must(Right::WriteNotes)?;
        let missing = || Error::Missing("act");
        let known = {
            let mut tx = self.shared().db.read().await?;
            let known = bulk_act::get(&mut tx, act).await?.ok_or_else(missing)?;
            let list = known.list.ok_or_else(missing)?;
            standing(&mut tx, list).await?;
            known
        };
        let list = known.list.ok_or_else(missing)?;
        let back = match known.kind.as_str() {
            "list_joined" => Wanted::Off,
            _ => Wanted::On,
        };
        let mut undone = 0;
        for part in known.customers.chunks(APPENDED_TOGETHER) {
            let mut events = Vec::with_capacity(part.len());
            for customer in part {
                let said = self.said_of(*customer, (act, list)).await?;
                if let Some(listed) = said {
                    let event = self.list_event(actor, (list, back), Some(listed.since));
                    events.push(self.placed(*customer, event).await?);
                }
            }
            undone += events.len();
            self.decide_all(events).await?;
        }
        self.show_listing().await?;
        let mut tx = self.shared().db.begin().await?;
        bulk_act::undo(&mut tx, act, self.now()).await?;
        tx.commit().await?;
        Ok((list, undone))
    }

    /// Waits until what was said stands in the tables: whoever said it looks at the list next.
    async fn show_listing(&self) -> Result<()> {
        match self.is_leader() {
            true => self.settle().await,
            false => Ok(()),
        }
    }

    /// What an act said of somebody, if nothing was said of them and the list since.
    async fn said_of(
        &self,
        customer: CustomerId,
        (act, list): (u128, ListId),
    ) -> Result<Option<Listed>> {
        let event: EventId = self
            .key()
            .event_id(STAFF_SOURCE, &message_id(act, customer));
        let view = self.customer(customer).await?;
        let last = view.and_then(|view| view.profile.lists.last(list).cloned());
        Ok(last.filter(|listed| listed.provenance.event == event))
    }

    fn list_event(
        &self,
        actor: &Actor,
        (list, wanted): (ListId, Wanted),
        since: Option<Timestamp>,
    ) -> Event {
        let mut properties = json!({ "list": list.to_string(), "actor": actor.name });
        if let Some(since) = since {
            properties["since"] = since.to_string().into();
        }
        let properties = properties.to_string().into_boxed_str();
        self.staff_event(actor, EventKind::Track, wanted.event_name(), properties)
    }
}

/// Every event of an act has an id that can be worked out again.
fn message_id(act: u128, customer: CustomerId) -> CompactString {
    format_compact!("list-{act:032x}-{:032x}", customer.0)
}
