//! The people of the views, read from the tables.
//!
//! **Invariant:** they are those of the tables at this moment, so whoever was forgotten is in none
//! of the views; what they may not see is left out where the views are made.

use std::collections::HashMap;

use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Identifier;
use filo_core::profile::{Profile, Traits};
use filo_lake::sql::{CustomerRecord, IdentifierRecord, Views};

use crate::app::App;
use crate::error::Result;
use crate::question::NodeView;

/// Rows read at a time.
const PAGE: u32 = 5_000;

impl App {
    /// Everybody, as the views show them to who may see all of it.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn sql_views(&self) -> Result<Views> {
        let (identifiers, mut traits) = identifiers(self).await?;
        let customers = customers(self, &mut traits).await?;
        Ok(Views {
            customers,
            identifiers,
        })
    }
}

/// Every identifier, and the traits of every customer merged from their threads.
async fn identifiers(app: &App) -> Result<(Vec<IdentifierRecord>, HashMap<CustomerId, Profile>)> {
    let mut records = Vec::new();
    let mut traits: HashMap<CustomerId, Profile> = HashMap::new();
    let mut last = NodeId(0);
    loop {
        let page = app.nodes(last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.identifier.node;
        for view in page {
            let NodeView {
                customer,
                identifier,
                profile,
            } = view;
            if let Some(profile) = profile {
                // Only the traits: the rest of a profile is the larger part and not asked for.
                let said = Profile {
                    traits: profile.traits,
                    ..Profile::default()
                };
                traits.entry(customer).or_default().merge(&said);
            }
            records.push(IdentifierRecord {
                id: identifier.node,
                customer_id: customer,
                identifier: Identifier {
                    kind: identifier.kind,
                    value: identifier.value,
                },
                first_seen_at: Some(identifier.facts.first_seen),
                last_seen_at: Some(identifier.facts.last_seen),
            });
        }
    }
    Ok((records, traits))
}

async fn customers(
    app: &App,
    traits: &mut HashMap<CustomerId, Profile>,
) -> Result<Vec<CustomerRecord>> {
    let mut records = Vec::new();
    let mut before = None;
    loop {
        let page = app.customers(before, PAGE as usize).await?;
        let Some(end) = page.last() else { break };
        before = Some((end.last_seen, end.id));
        records.extend(page.into_iter().map(|row| {
            CustomerRecord {
                id: row.id,
                traits: traits
                    .remove(&row.id)
                    .map_or_else(|| "{}".to_owned(), |it| object(&it.traits)),
                name: row.name,
                email: row.email,
                phone: row.phone,
                first_seen_at: Some(row.first_seen),
                last_seen_at: Some(row.last_seen),
                event_count: row.events,
                order_count: row.orders,
                revenue_cents: row.revenue_cents,
                currency: row.currency,
            }
        }));
    }
    Ok(records)
}

/// Traits as one object of JSON, each value as it was sent.
fn object(traits: &Traits) -> String {
    let members: Vec<String> = traits
        .iter()
        .map(|(key, value, _)| format!("{}:{value}", serde_json::Value::from(key)))
        .collect();
    format!("{{{}}}", members.join(","))
}
