//! What of a customer is compared.

use std::collections::HashSet;

use filo_core::duplicate::{PersonRecord, Table};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Kind, Verdict};

use crate::engine::Live;

/// A customer's own texts.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) full_name: String,
    pub(super) emails: Vec<String>,
    pub(super) phones: Vec<String>,
    birthday: String,
    tax_code: String,
    street: String,
    postal_code: String,
    city: String,
}

impl Person {
    /// Nothing of somebody about whom there is neither name nor address nor number.
    pub(super) fn of(live: &Live, members: &[NodeId]) -> Option<Self> {
        let profile = live.profile(members);
        let traits = &profile.traits;
        let said = |key: &str| traits.text(key).unwrap_or_default();
        let nodes = || members.iter().filter_map(|id| live.nodes.get(id));
        let of_kinds = |kinds: &[Kind], key: &str| -> Vec<String> {
            let known = nodes().filter(|node| kinds.contains(&node.identifier.kind));
            let known = known.map(|node| node.identifier.value.to_string());
            let mut all: Vec<String> = known.chain(traits.text(key)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let address = traits.address().unwrap_or_default();
        let mut tax_codes = nodes().filter(|node| node.identifier.kind == Kind::TaxCode);
        let tax_code = tax_codes
            .next()
            .map(|node| node.identifier.value.to_string());
        let person = Self {
            first_name: said("first_name"),
            last_name: said("last_name"),
            full_name: said("name"),
            emails: of_kinds(&[Kind::Email], "email"),
            phones: of_kinds(&[Kind::Phone, Kind::Landline], "phone"),
            birthday: said("birthday"),
            tax_code: tax_code.unwrap_or_default(),
            street: address.street.unwrap_or_default(),
            postal_code: address.postal_code.unwrap_or_default(),
            city: address.city.unwrap_or_default(),
        };
        let is_nobody = person.name().is_empty()
            && person.emails.is_empty()
            && person.phones.is_empty()
            && person.tax_code.is_empty();
        (!is_nobody).then_some(person)
    }

    /// The whole name.
    pub(super) fn name(&self) -> String {
        let both = format!("{} {}", self.first_name, self.last_name);
        if both.trim().is_empty() {
            self.full_name.trim().to_owned()
        } else {
            both.trim().to_owned()
        }
    }

    /// Puts them into a table.
    pub(super) fn enter(&self, customer: CustomerId, table: &mut Table) {
        let has_both = !self.first_name.is_empty() && !self.last_name.is_empty();
        let (first_name, last_name) = if has_both || self.full_name.is_empty() {
            (self.first_name.as_str(), self.last_name.as_str())
        } else {
            ("", "")
        };
        let emails: Vec<&str> = self.emails.iter().map(String::as_str).collect();
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        let record = PersonRecord {
            first_name,
            last_name,
            full_name: &self.full_name,
            emails: &emails,
            phones: &phones,
            birthday: &self.birthday,
            tax_code: &self.tax_code,
            street: &self.street,
            postal_code: &self.postal_code,
            city: &self.city,
            // Two customers who showed one card or device would be one already.
            marks: &[],
        };
        table.push(customer.0, &record);
    }
}

/// The links of these identifiers about which a person has ruled that their ends are different
/// people. A link is known to both of its ends.
pub(super) fn ruled_apart(live: &Live, members: &[NodeId]) -> HashSet<(NodeId, NodeId)> {
    let mut apart = HashSet::new();
    for node in members {
        let neighbours = live.nodes.get(node).map(|known| known.neighbours.iter());
        for other in neighbours.into_iter().flatten() {
            let ruling = live
                .link(*node, *other)
                .and_then(|link| link.ruling.as_ref());
            if ruling.is_some_and(|ruling| ruling.verdict == Verdict::Apart) {
                apart.insert((*node.min(other), *node.max(other)));
            }
        }
    }
    apart
}
