//! One customer: identifiers, links, and the profile merged from their threads.

use compact_str::CompactString;
use filo_core::consent::Status;
use filo_core::event::{Channel, Trust};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Identifier, Kind, Link, NodeFacts};
use filo_core::profile::Profile;
use filo_core::profile::view::order_summaries;
use filo_store::customer::{self, CustomerRow, Facets};

use crate::App;
use crate::engine::{Live, components};
use crate::error::Result;

/// A customer as every page and API shows them.
#[derive(Debug, Clone)]
pub struct CustomerView {
    /// The id: that of the oldest identifier.
    pub id: CustomerId,
    /// Every identifier of theirs, strongest kind first.
    pub identifiers: Vec<IdentifierView>,
    /// What their threads say together.
    pub profile: Profile,
    /// The links between these identifiers, and from them to others.
    pub links: Vec<Link>,
}

/// One identifier of a customer.
#[derive(Debug, Clone)]
pub struct IdentifierView {
    /// Its node, which is also the thread of events that came with it.
    pub node: NodeId,
    /// What it is.
    pub kind: Kind,
    /// Its normal form.
    pub value: CompactString,
    /// When it was seen, and how far it can be believed.
    pub facts: NodeFacts,
}

impl CustomerView {
    pub(crate) fn new(live: &Live, of: NodeId) -> Option<Self> {
        let id = live.nodes.get(&of)?.customer;
        let members = live.members(of);
        let mut identifiers = Vec::with_capacity(members.len());
        let mut links = Vec::new();
        for node_id in &members {
            let Some(node) = live.nodes.get(node_id) else {
                continue;
            };
            identifiers.push(IdentifierView {
                node: *node_id,
                kind: node.identifier.kind,
                value: node.identifier.value.clone(),
                facts: node.facts,
            });
            for other in &node.neighbours {
                // A link between two members is seen from both: it is taken from the lower.
                let other_is_member = members.binary_search(other).is_ok();
                if !other_is_member || node_id < other {
                    links.extend(live.link(*node_id, *other).cloned());
                }
            }
        }
        identifiers.sort_by(|one, other| (one.kind, &one.value).cmp(&(other.kind, &other.value)));
        let profile = live.profile(&members).into_owned();
        Some(Self {
            id,
            identifiers,
            profile,
            links,
        })
    }

    /// The threads of the customer: one per identifier.
    #[must_use]
    pub fn threads(&self) -> Vec<NodeId> {
        self.identifiers
            .iter()
            .map(|identifier| identifier.node)
            .collect()
    }
}

/// The row of a customer in lists and search.
pub(crate) fn customer_row(id: CustomerId, live: &Live, members: &[NodeId]) -> CustomerRow {
    let profile = live.profile(members);
    let nodes = || members.iter().filter_map(|member| live.nodes.get(member));
    let first_of = |kind: Kind| {
        nodes()
            .filter(|node| node.identifier.kind == kind)
            .max_by_key(|node| {
                (
                    node.facts.trust,
                    node.facts.last_seen,
                    &node.identifier.value,
                )
            })
            .map(|node| node.identifier.value.to_string())
    };
    let orders = order_summaries(&profile.orders);
    let main = orders
        .iter()
        .max_by_key(|orders| (orders.count, orders.currency));
    let said = |key: &str| profile.traits.text(key);
    // What a person of the company put right comes before what an identifier shows.
    let corrected = |key: &str| {
        let (_, provenance) = profile.traits.get(key)?.value()?;
        said(key).filter(|_| provenance.trust == Trust::Staff)
    };
    let mut row = CustomerRow {
        id,
        name: profile.traits.full_name(),
        email: corrected("email")
            .or_else(|| first_of(Kind::Email))
            .or_else(|| said("email")),
        phone: corrected("phone")
            .or_else(|| first_of(Kind::Phone))
            .or_else(|| said("phone")),
        first_seen: nodes()
            .map(|node| node.facts.first_seen)
            .min()
            .unwrap_or_default(),
        last_seen: nodes()
            .map(|node| node.facts.last_seen)
            .max()
            .unwrap_or_default(),
        events: i64::try_from(profile.counters.total()).unwrap_or(i64::MAX),
        orders: main.map_or(0, |orders| i64::from(orders.count)),
        revenue_cents: main.map_or(0, |orders| orders.net.0),
        currency: main.map(|orders| orders.currency.to_string()),
        node_count: i64::try_from(members.len()).unwrap_or(i64::MAX),
        facets: Facets::default(),
        birthday: profile.traits.birthday().map_or(0, |date| {
            i64::from(date.month()) * 100 + i64::from(date.day())
        }),
        first_source: profile.first_touch.as_ref().map(|touch| touch.source),
    };
    row.facets = facets(&row, &profile);
    row
}

/// What the list asks about with yes and no.
fn facets(row: &CustomerRow, profile: &Profile) -> Facets {
    let mut facets = Facets::default();
    for used in profile.channels.iter() {
        facets = facets.with(Facets::channel(used.channel));
    }
    if row.email.is_some() {
        facets = facets.with(Facets::EMAIL);
    }
    if row.phone.is_some() {
        facets = facets.with(Facets::PHONE);
    }
    if profile.consents.iter().next().is_none() {
        return facets;
    }
    let mut stated = Channel::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .filter_map(|channel| profile.consents.standing("marketing", channel))
        .map(|standing| standing.status)
        .peekable();
    if stated.peek().is_none() {
        return facets;
    }
    if stated.any(|status| status == Status::Granted) {
        facets.with(Facets::MARKETING_GRANTED)
    } else {
        facets.with(Facets::MARKETING_DENIED)
    }
}

/// The words by which a customer is found: name, every address and number, every other
/// identifier that a person may read out.
pub(crate) fn customer_terms(row: &CustomerRow, live: &Live, members: &[NodeId]) -> Vec<String> {
    let of_kinds = |kinds: &[Kind]| -> Vec<&str> {
        members
            .iter()
            .filter_map(|id| live.nodes.get(id))
            .filter(|node| kinds.contains(&node.identifier.kind))
            .map(|node| node.identifier.value.as_str())
            .collect()
    };
    let spoken = of_kinds(&[Kind::UserId, Kind::Card, Kind::TaxCode]).join(" ");
    let name = format!("{} {spoken}", row.name.as_deref().unwrap_or_default());
    let mut emails = of_kinds(&[Kind::Email]);
    emails.extend(row.email.as_deref());
    let mut phones = of_kinds(&[Kind::Phone, Kind::Landline]);
    phones.extend(row.phone.as_deref());
    customer::terms_of(&name, &emails, &phones)
}

impl App {
    /// The customer that an id stands for now; every id a customer ever had still works.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn customer(&self, id: CustomerId) -> Result<Option<CustomerView>> {
        self.look(NodeId::from(id)).await
    }

    /// The same for several ids, in their order.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub(crate) async fn each_customer(
        &self,
        ids: &[CustomerId],
    ) -> Result<Vec<Option<CustomerView>>> {
        let mut found: Vec<Option<CustomerView>> = Vec::with_capacity(ids.len());
        let mut absent = Vec::new();
        {
            let live = self.shared().live.read();
            for (place, id) in ids.iter().enumerate() {
                let node = NodeId::from(*id);
                let is_here = live.complete || live.nodes.contains_key(&node);
                absent.extend((!is_here).then_some((place, node)));
                found.push(is_here.then(|| CustomerView::new(&live, node)).flatten());
            }
        }
        // What is in memory is newer than the tables: only the others are asked for there.
        let nodes: Vec<NodeId> = absent.iter().map(|(_, node)| *node).collect();
        if !nodes.is_empty() {
            let read = |live: &Live| {
                let each = nodes.iter().map(|node| CustomerView::new(live, *node));
                Some(each.collect::<Vec<_>>())
            };
            let loaded = self.with_components(&nodes, read).await?;
            for ((place, _), customer) in absent.into_iter().zip(loaded.into_iter().flatten()) {
                found[place] = customer;
            }
        }
        Ok(found)
    }

    /// The customer who carries an identifier; a value that cannot be one is nobody's.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn find(&self, kind: Kind, raw: &str) -> Result<Option<CustomerView>> {
        let Ok(identifier) = Identifier::new(kind, raw, &self.rules()) else {
            return Ok(None);
        };
        self.look(self.key().node_id(identifier.kind, &identifier.value))
            .await
    }

    async fn look(&self, node: NodeId) -> Result<Option<CustomerView>> {
        self.with_components(&[node], |live| CustomerView::new(live, node))
            .await
    }

    /// Reads something about the components of some nodes, from memory where they are there.
    pub(crate) async fn with_components<T>(
        &self,
        nodes: &[NodeId],
        read: impl Fn(&Live) -> Option<T>,
    ) -> Result<Option<T>> {
        let shared = self.shared();
        let here = |live: &Live| nodes.iter().all(|node| live.nodes.contains_key(node));
        let epoch = {
            let live = shared.live.read();
            if live.complete || here(&live) {
                return Ok(read(&live));
            }
            live.epoch
        };
        let loaded = {
            let mut tx = shared.db.read().await?;
            components(&mut tx, nodes).await?
        };
        if loaded.nodes.is_empty() {
            return Ok(None);
        }
        if self.is_leader() {
            let mut live = shared.live.write();
            // What was loaded is kept for the next reader, unless a checkpoint has passed
            // meanwhile: then it may be older than what has been evicted since.
            if !here(&live) && live.epoch == epoch {
                live.take_in(loaded);
                return Ok(read(&live));
            }
            if here(&live) {
                return Ok(read(&live));
            }
        }
        let mut aside = Live::default();
        aside.take_in(loaded);
        Ok(read(&aside))
    }
}
