//! `filo sql`: a question to the lake.
//!
//! **Invariant:** the answer covers every event that was accepted before the question was asked.

use clap::{Args, ValueEnum};
#[cfg(not(feature = "sql"))]
use filo_app::App;
use serde::{Deserialize, Serialize};

#[cfg(not(feature = "sql"))]
use crate::output::Output;

/// How the answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For spreadsheets.
    Csv,
    /// One object per line.
    Json,
}

/// A question.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Sql {
    /// The statement; only questions are allowed.
    statement: String,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// What to do without the feature.
pub(crate) const WITHOUT: &str = "filo: this filo was built without SQL, which takes longer to build than \
all the rest. Build it with: cargo build --release --features sql. The files under data/default/lake \
are plain Parquet: DuckDB, Polars and Spark read them too (filo lake --help).";

impl Sql {
    /// Says how to get it: a Filo built without SQL may be asked by one that has it.
    ///
    /// # Errors
    /// None.
    #[cfg(not(feature = "sql"))]
    pub(crate) async fn run(&self, _app: &App, output: &Output) -> anyhow::Result<u8> {
        output.note(WITHOUT).await;
        Ok(2)
    }
}

#[cfg(feature = "sql")]
mod answer {
    use std::collections::HashMap;

    use anyhow::Context;
    use filo_app::{Actor, App, NodeView};
    use filo_core::audit::Act;
    use filo_core::id::{CustomerId, NodeId};
    use filo_core::identity::Identifier;
    use filo_core::profile::{Profile, Traits};
    use filo_lake::sql::{CustomerRecord, IdentifierRecord, Session, csv, json_lines, table};

    use super::{Format, Sql};
    use crate::output::Output;

    /// Rows read at a time.
    const PAGE: u32 = 5_000;

    impl Sql {
        /// Asks and prints.
        ///
        /// # Errors
        /// If the statement is no question, or the files cannot be read.
        pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
            let asked = Actor::operator().did(Act::LakeQueried, app.now());
            app.write_down(&asked).await?;
            app.flush_lake().await?;
            let (identifiers, mut traits) = identifiers(app).await?;
            let customers = customers(app, &mut traits).await?;
            let session = Session::open(&app.lake(), &customers, &identifiers, &[])?;
            let answer = session.query(&self.statement).await?;
            let text = match self.format {
                Format::Table => table(&answer)?,
                Format::Csv => text(|bytes| csv(&answer, bytes))?,
                Format::Json => text(|bytes| json_lines(&answer, bytes))?,
            };
            for line in text.lines() {
                output.line(line).await;
            }
            Ok(0)
        }
    }

    fn text<E: std::error::Error + Send + Sync + 'static>(
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        String::from_utf8(bytes).context("an answer that is no text")
    }

    /// Every identifier, and the traits of every customer merged from their threads.
    async fn identifiers(
        app: &App,
    ) -> anyhow::Result<(Vec<IdentifierRecord>, HashMap<CustomerId, Profile>)> {
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
    ) -> anyhow::Result<Vec<CustomerRecord>> {
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
}
