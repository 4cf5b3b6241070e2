//! The views at one instant, in a session of DataFusion.
//!
//! `events.customer_id` says whose event it is today: events keep their thread for ever, and the
//! list of identifiers says to which customer a thread belongs.
//!
//! **Invariant:** nothing outside the views can be reached from a session, and no function that
//! makes much out of little; the views hold nothing that is covered.

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
use datafusion::prelude::{SessionConfig, SessionContext, col, lit};
use datafusion::scalar::ScalarValue;
use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId, WorkspaceKey};
use futures_util::StreamExt;

use super::asked::Sight;
use super::record::{CustomerRecord, IdentifierRecord};
use super::{batch, function};
use crate::encode::encode;
use crate::lake::Lake;
use crate::opened::Opened;
use crate::schema::{Column, schema};

/// What a query may use, its answer included: several fit beside the engine in 2 GB.
const MEMORY_BYTES: usize = 512 * 1024 * 1024;
/// Of that, what the answer may be.
const ANSWER_BYTES: usize = 128 * 1024 * 1024;
/// Functions that make a text or a list of any length out of a number: they take their memory at
/// once and past the limit.
const GROWING: [&str; 7] = [
    "repeat",
    "lpad",
    "rpad",
    "range",
    "generate_series",
    "array_repeat",
    "array_resize",
];
/// The same as tables.
const GROWING_TABLES: [&str; 2] = ["range", "generate_series"];

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
        Self::open_for(lake, (customers, identifiers), tail, Sight::Whole)
    }

    /// The same as somebody may see them.
    ///
    /// # Errors
    /// If the views cannot be planned.
    pub fn open_for(
        lake: &Lake,
        (customers, identifiers): (&[CustomerRecord], &[IdentifierRecord]),
        tail: &[Event],
        sight: Sight<'_>,
    ) -> Result<Self, Error> {
        Self::begin(lake, (customers, identifiers), tail, (sight, MEMORY_BYTES))
    }

    pub(super) fn begin(
        lake: &Lake,
        (customers, identifiers): (&[CustomerRecord], &[IdentifierRecord]),
        tail: &[Event],
        (sight, memory_bytes): (Sight<'_>, usize),
    ) -> Result<Self, Error> {
        let context = bounded(memory_bytes)?;
        let files = lake.files();
        let owners = owners(identifiers);
        let events = events(&context, lake, &files, tail)?;
        let events = events.select(columns(lake.key(), owners, sight))?;
        context.register_table("events", events.into_view())?;
        for (name, batch) in [
            ("customers", batch::customers(customers, sight)?),
            ("identifiers", batch::identifiers(identifiers, sight)?),
        ] {
            context.register_table(name, context.read_batch(batch)?.into_view())?;
        }
        Ok(Self {
            context,
            _files: files,
        })
    }

    pub(super) const fn context(&self) -> &SessionContext {
        &self.context
    }

    /// Answers one query.
    ///
    /// # Errors
    /// If it is no SELECT over the views, or needs too much memory.
    pub async fn query(&self, sql: &str) -> Result<Vec<RecordBatch>, Error> {
        let plan = self.context.sql_with_options(sql, only_reading()).await?;
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

/// What a statement may do.
pub(super) fn only_reading() -> SQLOptions {
    SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false)
}

/// A session in which nothing is yet.
fn bounded(memory_bytes: usize) -> Result<SessionContext, Error> {
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_limit(memory_bytes, 1.0)
        // What is spilled would be personal data in a folder that nobody erases.
        .with_disk_manager_builder(
            DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled),
        )
        .build_arc()?;
    let mut config = SessionConfig::new().with_information_schema(true);
    let options = config.options_mut();
    // The columns are those of the lake's schema, whatever newer readers prefer.
    options.execution.parquet.schema_force_view_types = false;
    // One that does not end could not be stopped.
    options.execution.enable_recursive_ctes = false;
    // So that what is wrong can be pointed at.
    options.sql_parser.collect_spans = true;
    let context = SessionContext::new_with_config_rt(config, runtime);
    for name in GROWING {
        context.deregister_udf(name);
    }
    for name in GROWING_TABLES {
        context.deregister_udtf(name);
    }
    context.register_udf(function::json_text());
    Ok(context)
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

/// The columns of the view, out of those that are stored. What is covered is a value that is the
/// same for every event: the stored column is not read.
fn columns(key: WorkspaceKey, owners: HashMap<NodeId, CustomerId>, sight: Sight<'_>) -> Vec<Expr> {
    let stored = |column: Column| col(column.name());
    let said = |column: Column| match sight {
        Sight::Whole => stored(column),
        Sight::Covered(_) => lit(ScalarValue::Utf8(None)).alias(column.name()),
    };
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
    let message_id = match sight {
        Sight::Whole => message(),
        Sight::Covered(sign) => lit(sign),
    };
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
        message_id.alias("message_id"),
        said(Column::Identifiers),
        said(Column::Properties),
        said(Column::Context),
    ]
}
