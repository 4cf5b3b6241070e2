//! `filo bench`: what this machine does, measured on the real program from outside.
//!
//! **Invariant:** every figure is printed with the size it was measured at, and nothing is
//! printed that was not measured in the same run.

mod analytics;
mod api;
mod bounces;
mod client;
mod console;
mod draw;
mod drive;
mod duckdb;
mod duplicates;
mod figure;
mod fill;
mod formula;
mod idle;
mod import;
mod ingest;
mod latency;
mod lookup;
mod message;
mod nginx;
mod page;
mod process;
mod rehearse;
mod request;
mod resolve;
mod segments;
mod server;
mod template;

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::config::Config;
use figure::Sheet;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Batches of events: rate, lag, memory, growth of the cost.
    Ingest,
    /// Single events: rate beside nginx, time to the acknowledgement, time to be visible.
    Latency,
    /// A large store: customer page, search, look-up, resolving, unmerging, size, restart.
    Page,
    /// Every screen of the console: time, bytes, searching as one types.
    Console,
    /// Look-ups alone: rate beside nginx, time.
    Lookup,
    /// Resolving and unmerging alone, in process.
    Resolve,
    /// Many segments: what they cost, how soon somebody is in, recomputing, previews.
    Segments,
    /// A piece to everybody by e-mail: rate beside Postfix's own, memory.
    Send,
    /// Events that journeys begin with: time to the message.
    Trigger,
    /// Very many who wait on journeys: how late they are woken, restart, processor.
    Wake,
    /// A journey played over the last days of everybody.
    Rehearse,
    /// Every board of the analysis over a full lake, and the same asked of DuckDB.
    Analytics,
    /// Nothing to do: processor and memory.
    Idle,
    /// A file of people: rows a second, memory.
    Import,
    /// Records of one person among many: how many are found, how many wrongly, in process.
    Duplicates,
    /// Mail that came back: how rightly it is read, in process.
    Bounces,
    /// What customers are worth: the estimates on a file and their time, in process.
    Clv,
    /// What channels are given credit for: the estimates on a file and their time, in process.
    Attribution,
}

impl Which {
    const fn word(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Latency => "latency",
            Self::Page => "page",
            Self::Console => "console",
            Self::Lookup => "lookup",
            Self::Resolve => "resolve",
            Self::Segments => "segments",
            Self::Send => "send",
            Self::Trigger => "trigger",
            Self::Wake => "wake",
            Self::Rehearse => "rehearse",
            Self::Analytics => "analytics",
            Self::Idle => "idle",
            Self::Import => "import",
            Self::Duplicates => "duplicates",
            Self::Bounces => "bounces",
            Self::Clv => "clv",
            Self::Attribution => "attribution",
        }
    }

    /// Customers and events, unless others are asked for.
    const fn size(self) -> (u64, u64) {
        match self {
            Self::Ingest => (100_000, 5_000_000),
            Self::Latency => (10_000, 100_000),
            Self::Segments | Self::Rehearse => (100_000, 2_000_000),
            Self::Page => (1_000_000, 20_000_000),
            Self::Analytics => (1_000_000, 50_000_000),
            Self::Console | Self::Lookup | Self::Resolve => (1_000_000, 3_000_000),
            Self::Send | Self::Trigger => (20_000, 0),
            Self::Wake => (1_000_000, 0),
            Self::Idle
            | Self::Import
            | Self::Duplicates
            | Self::Bounces
            | Self::Clv
            | Self::Attribution => (0, 0),
        }
    }
}

/// What to measure, and how large.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// What is measured.
    which: Which,
    /// Customers.
    #[arg(long, value_name = "N")]
    customers: Option<u64>,
    /// Events.
    #[arg(long, value_name = "N")]
    events: Option<u64>,
    /// Events in a batch.
    #[arg(long, default_value_t = 500, value_name = "N")]
    batch: usize,
    /// Connections at once for single requests.
    #[arg(long, default_value_t = 64, value_name = "N")]
    connections: usize,
    /// Segments that are kept up.
    #[arg(long, default_value_t = segments::SEGMENTS_MOST, value_name = "N")]
    segments: u64,
    /// Rows of a file to import.
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    rows: u64,
    /// Seconds of each timed part.
    #[arg(long, default_value_t = 10, value_name = "S")]
    seconds: u64,
    /// Prints one object of JSON per figure.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    searched: duplicates::Searched,
    #[command(flatten)]
    brought: bounces::Brought,
    #[command(flatten)]
    read: formula::Read,
}

/// Everything a bench needs to know.
#[derive(Debug, Clone)]
struct Plan {
    config: Config,
    customers: u64,
    events: u64,
    batch: usize,
    connections: usize,
    segments: u64,
    rows: u64,
    seconds: u64,
}

impl Plan {
    /// The size in words, as the figures carry it.
    fn size(&self, which: Which) -> String {
        let store = if self.config.store == "sqlite" {
            "sqlite"
        } else {
            "postgres"
        };
        match which {
            Which::Idle | Which::Duplicates | Which::Bounces | Which::Clv | Which::Attribution => {
                store.to_owned()
            }
            Which::Import => format!("{} rows, {store}", short(self.rows)),
            Which::Ingest => format!(
                "{} customers, {} events, batches of {}, {store}",
                short(self.customers),
                short(self.events),
                self.batch
            ),
            Which::Segments => format!(
                "{} customers, {} events, {} segments, {store}",
                short(self.customers),
                short(self.events),
                short(self.segments)
            ),
            Which::Send | Which::Trigger | Which::Wake => {
                format!("{} customers, {store}", short(self.customers))
            }
            Which::Latency => format!("{} connections, {store}", self.connections),
            Which::Page
            | Which::Console
            | Which::Lookup
            | Which::Resolve
            | Which::Rehearse
            | Which::Analytics => format!(
                "{} customers, {} events, {store}",
                short(self.customers),
                short(self.events)
            ),
        }
    }
}

/// 5,000,000 → 5M.
fn short(count: u64) -> String {
    match count {
        0 => "0".to_owned(),
        million if million.is_multiple_of(1_000_000) => format!("{}M", million / 1_000_000),
        thousand if thousand.is_multiple_of(1000) => format!("{}k", thousand / 1000),
        other => other.to_string(),
    }
}

impl Bench {
    /// Measures.
    ///
    /// # Errors
    /// If the server cannot be started or answers what it should not.
    pub(crate) fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        anyhow::ensure!((1..=2500).contains(&self.batch), "batch: 1 to 2500 events");
        anyhow::ensure!(
            (1..=1000).contains(&self.connections),
            "connections: 1 to 1000"
        );
        anyhow::ensure!(
            (2..=segments::SEGMENTS_MOST).contains(&self.segments),
            "segments: 2 to {}",
            segments::SEGMENTS_MOST
        );
        if let Some(measured) = self.in_process() {
            measured.with_context(|| format!("the bench {}", self.which.word()))?;
            return Ok(ExitCode::SUCCESS);
        }
        let (customers, events) = self.which.size();
        let plan = Plan {
            config: config.clone(),
            customers: self.customers.unwrap_or(customers),
            events: self.events.unwrap_or(events),
            batch: self.batch,
            connections: self.connections,
            segments: self.segments,
            rows: self.rows,
            seconds: self.seconds.max(1),
        };
        let mut sheet = Sheet::new(self.which.word(), plan.size(self.which), self.json);
        // One thread: the generator must not take more of the machine than it must.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let measured = runtime.block_on(async {
            match self.which {
                Which::Ingest => ingest::measure(&plan, &mut sheet).await,
                Which::Latency => latency::measure(&plan, &mut sheet).await,
                Which::Page => Box::pin(page::measure(&plan, &mut sheet)).await,
                Which::Console => Box::pin(console::measure(&plan, &mut sheet)).await,
                Which::Lookup => lookup::measure(&plan, &mut sheet).await,
                Which::Resolve => resolve::measure(&plan, &mut sheet).await,
                Which::Segments => Box::pin(segments::measure(&plan, &sheet)).await,
                Which::Send => Box::pin(message::send::measure(&plan, &sheet)).await,
                Which::Trigger => Box::pin(message::trigger::measure(&plan, &sheet)).await,
                Which::Wake => Box::pin(message::wake::measure(&plan, &sheet)).await,
                Which::Rehearse => Box::pin(rehearse::measure(&plan, &sheet)).await,
                Which::Analytics => Box::pin(analytics::measure(&plan, &sheet)).await,
                Which::Idle => idle::measure(&plan, &mut sheet).await,
                Which::Import => import::measure(&plan, &sheet).await,
                // They drive no server and have returned above.
                Which::Duplicates | Which::Bounces | Which::Clv | Which::Attribution => Ok(()),
            }
        });
        measured.with_context(|| format!("the bench {}", self.which.word()))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Bench {
    /// Measures what needs no server, if that is asked for.
    fn in_process(&self) -> Option<anyhow::Result<()>> {
        let sheet = |size: String| Sheet::new(self.which.word(), size, self.json);
        let measured = match self.which {
            Which::Duplicates => duplicates::measure(&self.searched, &sheet(self.searched.size())),
            Which::Bounces => bounces::measure(&self.brought, &sheet(self.brought.size())),
            Which::Clv => formula::measure_clv(&self.read, &sheet(self.read.size())),
            Which::Attribution => {
                formula::measure_attribution(&self.read, &sheet(self.read.size()))
            }
            _ => return None,
        };
        Some(measured)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (count, text) in [
            (0, "0"),
            (5_000_000, "5M"),
            (100_000, "100k"),
            (1234, "1234"),
        ] {
            assert_eq!(short(count), text);
        }
    }
}
