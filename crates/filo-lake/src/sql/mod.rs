//! Ad-hoc SQL over the lake, by DataFusion: the views `events`, `customers` and `identifiers`.
//!
//! `events.customer_id` says whose event it is today: events keep their thread for ever, and the
//! list of identifiers says to which customer a thread belongs.
//!
//! **Invariant:** a query only reads, and only these views: no DDL, no COPY, no other file, no
//! file written (also not to sort), and no more memory than the limit, answer included.

mod function;
mod print;
mod record;

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use datafusion::dataframe::DataFrame;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{SessionConfig, SessionContext, col};
use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId, WorkspaceKey};
use futures_util::StreamExt;

use crate::encode::encode;
use crate::lake::Lake;
use crate::opened::Opened;
use crate::schema::{Column, schema};
pub use print::{csv, json_lines, table};
pub use record::{CustomerRecord, IdentifierRecord};

/// What a query may use, its answer included: several fit beside the engine in 2 GB.
const MEMORY_BYTES: usize = 512 * 1024 * 1024;
/// Of that, what the answer may be.
const ANSWER_BYTES: usize = 128 * 1024 * 1024;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is no query over the views, or it needed too much.
    #[error("{0}")]
    Query(#[from] Box<DataFusionError>),
    /// Columns could not be put together or printed.
    #[error(transparent)]
    Columns(#[from] ArrowError),
    /// The answer is too large to hold.
    #[error("the answer is larger than {limit_bytes} bytes: ask for less, or add LIMIT")]
    TooLarge {
        /// How much is allowed.
        limit_bytes: usize,
    },
}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        Self::Query(Box::new(error))
    }
}

/// The views at one instant, ready for queries.
pub struct Session {
    context: SessionContext,
    /// Kept, so that a merge does not delete the files under a query.
    _files: Arc<Vec<Arc<Opened>>>,
}

impl Session {
    /// The views over the files in use now. `tail` are events that are not in the lake yet.
    ///
    /// # Errors
    /// If the views cannot be planned.
    pub fn open(
        lake: &Lake,
        customers: &[CustomerRecord],
        identifiers: &[IdentifierRecord],
        tail: &[Event],
    ) -> Result<Self, Error> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_limit(MEMORY_BYTES, 1.0)
            // What is spilled would be personal data in a folder that nobody erases.
            .with_disk_manager_builder(
                DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled),
            )
            .build_arc()?;
        let mut config = SessionConfig::new().with_information_schema(true);
        // The columns are those of the lake's schema, whatever newer readers prefer.
        config
            .options_mut()
            .execution
            .parquet
            .schema_force_view_types = false;
        let context = SessionContext::new_with_config_rt(config, runtime);
        context.register_udf(function::json_text());

        let files = lake.files();
        let owners = owners(identifiers);
        let events = events(&context, lake, &files, tail)?;
        let events = events.select(columns(lake.key(), owners))?;
        context.register_table("events", events.into_view())?;
        for (name, batch) in [
            ("customers", record::customers(customers)?),
            ("identifiers", record::identifiers(identifiers)?),
        ] {
            context.register_table(name, context.read_batch(batch)?.into_view())?;
        }
        Ok(Self {
            context,
            _files: files,
        })
    }

    /// Answers one query.
    ///
    /// # Errors
    /// If it is no SELECT over the views, or needs too much memory.
    pub async fn query(&self, sql: &str) -> Result<Vec<RecordBatch>, Error> {
        let only_reading = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let plan = self.context.sql_with_options(sql, only_reading).await?;
        let mut answer = Vec::new();
        let mut size_bytes = 0;
        let mut batches = plan.execute_stream().await?;
        if batches.schema().fields().is_empty() {
            return Ok(answer);
        }
        let columns = batches.schema();
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            size_bytes += batch.get_array_memory_size();
            if size_bytes > ANSWER_BYTES {
                return Err(Error::TooLarge {
                    limit_bytes: ANSWER_BYTES,
                });
            }
            answer.push(batch);
        }
        if answer.is_empty() {
            // So that a table without rows still has its header.
            answer.push(RecordBatch::new_empty(columns));
        }
        Ok(answer)
    }
}

/// Whose each thread is, where that is not the customer of the same number.
fn owners(identifiers: &[IdentifierRecord]) -> HashMap<NodeId, CustomerId> {
    identifiers
        .iter()
        .filter(|identifier| CustomerId::from(identifier.id) != identifier.customer_id)
        .map(|identifier| (identifier.id, identifier.customer_id))
        .collect()
}

/// The stored columns of every event.
fn events(
    context: &SessionContext,
    lake: &Lake,
    files: &[Arc<Opened>],
    tail: &[Event],
) -> Result<DataFrame, Error> {
    let tail: Vec<&Event> = tail.iter().collect();
    let tail = context.read_batch(encode(&tail)?)?;
    if files.is_empty() {
        return Ok(tail);
    }
    let urls = files
        .iter()
        .map(|file| ListingTableUrl::parse(file_url(lake, file.name())))
        .collect::<Result<Vec<_>, _>>()?;
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(ListingOptions::new(Arc::new(ParquetFormat::default())))
        .with_schema(schema());
    let stored = context.read_table(Arc::new(ListingTable::try_new(config)?))?;
    Ok(stored.union(tail)?)
}

/// A file as a URL: a path would be taken for a pattern if it had brackets or stars.
fn file_url(lake: &Lake, name: &str) -> String {
    let path = lake.path(name);
    let path = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'=' | b':' => {
                url.push(char::from(byte));
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// The columns of the view, out of those that are stored.
fn columns(key: WorkspaceKey, owners: HashMap<NodeId, CustomerId>) -> Vec<Expr> {
    let stored = |column: Column| col(column.name());
    let thread = || vec![stored(Column::Thread)];
    let message_parts = || {
        vec![
            stored(Column::MessageHead),
            stored(Column::MessageLag),
            stored(Column::MessageUuid),
            stored(Column::At),
        ]
    };
    let message = || function::message_id().call(message_parts());
    vec![
        function::event_id(key)
            .call(vec![stored(Column::Source), message()])
            .alias("event_id"),
        function::thread().call(thread()).alias("thread"),
        function::customer_id(owners)
            .call(thread())
            .alias("customer_id"),
        stored(Column::At),
        stored(Column::ReceivedAt),
        stored(Column::OriginalAt),
        stored(Column::ClockSuspect),
        stored(Column::Kind),
        stored(Column::Trust),
        stored(Column::Channel),
        stored(Column::Source),
        stored(Column::Name),
        message().alias("message_id"),
        stored(Column::Identifiers),
        stored(Column::Properties),
        stored(Column::Context),
    ]
}
