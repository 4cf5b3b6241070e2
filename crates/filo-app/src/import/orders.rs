//! `filo import orders`: a file of order lines becomes orders on their customers' threads.
//!
//! **Invariant:** the file is read as a stream on a thread of its own and waits when the log is
//! busy; memory does not grow with the file, and nothing is lost to a full queue.

use std::path::{Path, PathBuf};
use std::time::Duration;

use filo_core::audit::{Act, Token};
use filo_core::event::{Channel, Event};
use filo_core::id::SourceId;
use filo_core::money::Currency;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::column::OrderMapping;
use super::csv_shape::{self, Preset};
use super::line::LineReader;
use super::order_event::Stamp;
use super::reading::{ErrorsFile, Pass, decimals};
use super::report::OrderReport;
use super::when::DateReader;
use crate::error::{BusyReason, Error, Result};
use crate::{Actor, App};

/// Events of one append: the group that the log writes best.
const BATCH_EVENTS: usize = 500;
/// Batches read ahead of the log.
const BATCHES_AHEAD: usize = 4;
/// Times a batch is offered to a busy log: some ten minutes.
const TRIES_MOST: u32 = 300;
/// The source that imports write as: always the same, so that the same order is one event.
const SOURCE_NAME: &str = "Import";

/// What the caller decides.
#[derive(Debug, Clone, Default)]
pub struct OrderOptions {
    /// Read and report, write nothing.
    pub dry_run: bool,
    /// Zone of times that do not say theirs: an IANA name; UTC if absent.
    pub zone: Option<String>,
    /// Currency of orders that do not say theirs; the workspace's if absent.
    pub currency: Option<String>,
    /// Where the orders were placed; the company's systems if absent.
    pub channel: Option<Channel>,
    /// Where the rejected lines are written.
    pub errors: Option<PathBuf>,
}

/// Brings in a file of order lines, packed with gzip or not.
///
/// # Errors
/// [`Error::Invalid`] if the file or an option cannot be used; what came before the fault is
/// then already in, and comes in once more when the mended file is brought in, without effect.
pub async fn orders(
    app: &App,
    path: &Path,
    mapping: Option<OrderMapping>,
    options: OrderOptions,
) -> Result<OrderReport> {
    let source = app.own_source(SOURCE_NAME).await?;
    let operator = Actor::operator();
    let dry_run = options.dry_run;
    if !dry_run {
        let begun = operator.did(Act::ImportBegun, app.now()).about(source);
        app.write_down(&begun).await?;
    }
    let (sender, mut receiver) = mpsc::channel(BATCHES_AHEAD);
    let job = Job {
        app: app.clone(),
        path: path.to_owned(),
        mapping,
        options,
        source,
    };
    let reading = tokio::task::spawn_blocking(move || job.read(&sender));
    while let Some(batch) = receiver.recv().await {
        append(app, batch).await?;
    }
    let report = reading
        .await
        .map_err(|error| Error::Internal(error.into()))??;
    if !dry_run {
        let entry = operator.did(Act::Imported, app.now()).about(source);
        let entry = entry.with("lines", Token::number(report.lines));
        let rejected = Token::number(report.rejected_lines());
        app.write_down(&entry.with("rejected", rejected)).await?;
    }
    Ok(report)
}

/// Offers a batch until the log takes it.
pub(crate) async fn append(app: &App, batch: Vec<Event>) -> Result<()> {
    let bytes = batch.iter().map(|event| event.properties.len() + 200).sum();
    let mut tries = 0;
    loop {
        let offered = match app.admit(bytes) {
            Ok(permit) => app.accept(permit, batch.clone()).await,
            Err(busy) => Err(busy),
        };
        let Err(busy) = offered else { return Ok(()) };
        tries += 1;
        let passes = matches!(busy.reason, BusyReason::QueueFull | BusyReason::DiskFull);
        if tries == TRIES_MOST || !passes {
            return Err(busy.into());
        }
        tokio::time::sleep(Duration::from_secs(u64::from(busy.retry_after_s.min(2)))).await;
    }
}

struct Job {
    app: App,
    path: PathBuf,
    mapping: Option<OrderMapping>,
    options: OrderOptions,
    source: SourceId,
}

impl Job {
    fn read(self, sender: &mpsc::Sender<Vec<Event>>) -> Result<OrderReport> {
        let opened = csv_shape::open(&self.path, self.mapping.as_ref())?;
        let rules = self.app.rules();
        let shape = opened.shape.clone();
        let reader = LineReader {
            shape: &shape,
            dates: DateReader {
                order: shape.dates,
                zone: zone(self.options.zone.as_deref())?,
            },
            rules: &rules,
            now: self.app.now(),
        };
        let stamp = Stamp {
            key: self.app.key(),
            source: self.source,
            received_at: self.app.now(),
            channel: self.options.channel.unwrap_or(Channel::Server),
            currency: self.currency(shape.preset, &rules.currency)?,
            decimals,
        };
        let errors = self.options.errors.as_deref();
        let errors = errors
            .map(|path| ErrorsFile::create(path, &shape))
            .transpose()?;
        let dry_run = self.options.dry_run;
        let mut batch = Vec::with_capacity(BATCH_EVENTS);
        let send = |batch: &mut Vec<Event>| {
            // The receiver goes only when an append has failed, which is then the error told.
            let full = std::mem::replace(batch, Vec::with_capacity(BATCH_EVENTS));
            sender.blocking_send(full).map_err(|_gone| {
                Error::Conflict("the import stopped because the log did".to_owned())
            })
        };
        let mut report = Pass::new(reader, stamp, errors).run(opened, |events| {
            if dry_run {
                return Ok(());
            }
            batch.extend(events);
            if batch.len() >= BATCH_EVENTS {
                send(&mut batch)
            } else {
                Ok(())
            }
        })?;
        if !batch.is_empty() {
            send(&mut batch)?;
        }
        report.dry_run = dry_run;
        Ok(report)
    }

    fn currency(&self, preset: Preset, of_workspace: &str) -> Result<String> {
        let text = match (&self.options.currency, preset) {
            (Some(currency), _) => currency.as_str(),
            (None, Preset::OnlineRetail) => "GBP",
            (None, Preset::ShopifyOrders | Preset::Lines) => of_workspace,
        };
        let currency = Currency::parse(text).ok_or_else(|| {
            Error::invalid("currency", format!("`{text}` is not a currency, as EUR is"))
        })?;
        Ok(currency.code().to_owned())
    }
}

fn zone(name: Option<&str>) -> Result<TimeZone> {
    let Some(name) = name else {
        return Ok(TimeZone::UTC);
    };
    TimeZone::get(name).map_err(|_unknown| {
        Error::invalid(
            "zone",
            format!("`{name}` is not a time zone, as Europe/Rome is"),
        )
    })
}
