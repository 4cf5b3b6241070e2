//! `filo import`: what a company already has, out of files.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use filo_app::import::{OrderReport, Subject, Target};
use filo_app::import_run::{Counts, ImportView, RowOutcome, WholeImport, mapping};
use filo_app::{Actor, App};
use filo_core::event::Channel;
use serde::{Deserialize, Serialize};

use crate::control::Request;
use crate::output::Output;

/// What to bring in.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// People, one a row.
    People(Asked),
    /// Orders, from a file with one line per product (packed with gzip or not).
    Orders(Asked),
    /// What people did: an event a row, or a line of JSON.
    Events(Asked),
    /// What people agreed to or refused, one statement a row.
    Consents(Asked),
    /// Companies, one a row.
    Companies(Asked),
    /// Addresses that nothing is to be sent to.
    Suppressions(Asked),
}

/// A file: CSV, a workbook of Excel, JSON, contacts of a telephone.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The file.
    file: PathBuf,
    /// Which header is which column, where it is not recognised: `email=Mail,order_id=InvoiceNo`.
    #[arg(long, alias = "mapping", value_name = "COLUMN=HEADER,…")]
    map: Option<String>,
    /// Reads and reports, writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Time zone of times that do not say theirs [default: Europe/Rome].
    #[arg(long)]
    zone: Option<String>,
    /// Currency of orders that do not say theirs, as EUR.
    #[arg(long)]
    currency: Option<String>,
    /// Where orders and events happened: web, shop, app, phone … [default: server].
    #[arg(long)]
    channel: Option<String>,
    /// Writes the rows that were not brought in, with the reason, to this file.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Prints the report as one object of JSON.
    #[arg(long)]
    json: bool,
}

/// A file about something.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Bringing {
    subject: Subject,
    asked: Asked,
}

impl Import {
    /// As a request: with paths that mean the same in another process.
    ///
    /// # Errors
    /// If the working folder is gone.
    pub(crate) fn into_request(self) -> anyhow::Result<Request> {
        let (subject, mut asked) = match self {
            Self::People(asked) => (Subject::People, asked),
            Self::Orders(asked) => (Subject::Orders, asked),
            Self::Events(asked) => (Subject::Events, asked),
            Self::Consents(asked) => (Subject::Consents, asked),
            Self::Companies(asked) => (Subject::Companies, asked),
            Self::Suppressions(asked) => (Subject::Suppressions, asked),
        };
        asked.file = std::path::absolute(&asked.file)?;
        asked.errors = asked.errors.map(std::path::absolute).transpose()?;
        Ok(Request::Import(Bringing { subject, asked }))
    }
}

impl Bringing {
    /// A file that needs no word about its columns, with the report as JSON.
    pub(crate) const fn plain(subject: Subject, file: PathBuf) -> Self {
        let asked = Asked {
            file,
            map: None,
            dry_run: false,
            zone: None,
            currency: None,
            channel: None,
            errors: None,
            json: true,
        };
        Self { subject, asked }
    }

    /// Brings the file in, and waits until it is applied.
    ///
    /// # Errors
    /// If the file or an argument cannot be used.
    pub(crate) async fn run(self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let Self { subject, asked } = self;
        let whole = WholeImport {
            mapping: asked.map.as_deref().map_or(Ok(Vec::new()), mapping)?,
            zone: asked.zone,
            currency: asked.currency,
            channel: asked.channel.as_deref().map(channel).transpose()?,
            is_dry: asked.dry_run,
            errors: asked.errors.clone(),
            ..WholeImport::of(subject)
        };
        let view = app
            .import_whole(&Actor::operator(), &asked.file, &whole)
            .await?;
        let counts = if asked.dry_run {
            &view.trial
        } else {
            &view.counts
        };
        let counts = counts.as_ref().context("nothing was counted")?;
        let report = Report::of(&view, counts, asked.dry_run);
        if asked.json {
            output.line(serde_json::to_string(&report)?).await;
            return Ok(0);
        }
        for line in report.lines() {
            output.line(line).await;
        }
        if let Some(path) = &asked.errors {
            let line = format!("Rows not brought in: {}", path.display());
            output.line(line).await;
        }
        Ok(0)
    }
}

/// What is told of an import. Of orders it is the report of their lines; of everything else what
/// became of the rows.
#[derive(Debug, Serialize)]
struct Report<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<String>,
    subject: &'static str,
    dry_run: bool,
    state: &'static str,
    warnings: Vec<&'a str>,
    #[serde(flatten)]
    numbers: Numbers<'a>,
    #[serde(skip)]
    view: &'a ImportView,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Numbers<'a> {
    Orders(&'a OrderReport),
    Rows(&'a Counts),
}

impl<'a> Report<'a> {
    fn of(view: &'a ImportView, counts: &'a Counts, dry_run: bool) -> Self {
        let of_file = view.seen.iter().flat_map(|seen| &seen.warnings);
        let warnings = of_file.chain(counts.warnings.keys()).map(String::as_str);
        Self {
            import: (!dry_run).then(|| view.row.id.to_string()),
            subject: view.plan.subject.word(),
            dry_run,
            state: view.row.state.word(),
            warnings: warnings.collect(),
            numbers: match &counts.orders {
                Some(orders) => Numbers::Orders(orders),
                None => Numbers::Rows(counts),
            },
            view,
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = match self.numbers {
            Numbers::Orders(report) => of_orders(report),
            Numbers::Rows(counts) => self.of_rows(counts),
        };
        lines.extend(
            self.warnings
                .iter()
                .map(|it| format!("Please check: {}", plain(it))),
        );
        lines.push(match &self.import {
            None => "Nothing was written (--dry-run).".to_owned(),
            Some(id) => format!("{id}: it can be taken out again in the console, under Imports."),
        });
        lines
    }

    fn of_rows(&self, counts: &Counts) -> Vec<String> {
        let columns = &self.view.plan.columns;
        let taken = columns.iter().filter(|it| it.target != Target::Ignore);
        let taken: Vec<String> = taken
            .map(|it| format!("{}={}", it.target, it.header))
            .collect();
        let mut lines = vec![
            format!("Read as {}: {}", self.subject, taken.join(", ")),
            String::new(),
            format!("{:>12}  rows", counts.rows),
        ];
        for outcome in RowOutcome::ALL {
            lines.push(format!("{:>12}  {}", counts.of(outcome), outcome.word()));
        }
        for (reason, count) in &counts.reasons {
            lines.push(format!("{count:>12}      {}", plain(reason)));
        }
        lines.push(String::new());
        lines.push(format!(
            "{} people, {} of them new, {} events",
            counts.people, counts.new_people, counts.events
        ));
        for row in &self.view.report.rejected {
            lines.push(format!("line {}: {}", row.row, plain(&row.reason)));
        }
        lines
    }
}

/// A word of the program as words of people.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}

fn channel(word: &str) -> anyhow::Result<Channel> {
    Channel::from_word(word).with_context(|| {
        let words = Channel::ALL.map(Channel::word).join(", ");
        format!("channel: `{word}` is not one of {words}")
    })
}

fn of_orders(report: &OrderReport) -> Vec<String> {
    let mapping: Vec<_> = report
        .mapping
        .iter()
        .map(|(column, header)| format!("{column}={header}"))
        .collect();
    let mut lines = vec![
        format!("Read as {}: {}", report.preset, mapping.join(", ")),
        String::new(),
        format!("{:>12}  lines", report.lines),
        format!("{:>12}  clean", report.clean_lines),
        format!("{:>12}  given back", report.refund_lines),
        format!("{:>12}  name no customer", report.lines_without_customer),
        format!("{:>12}  rejected", report.rejected_lines()),
    ];
    for (reason, count) in &report.rejected {
        lines.push(format!("{count:>12}      {}", reason.sentence()));
    }
    lines.push(String::new());
    lines.push(format!(
        "{} orders, {} refunds, {} customers, {} products, {} events",
        report.orders, report.refunds, report.customers, report.products, report.events
    ));
    for (currency, sum) in &report.revenue {
        let back = report.refunded.get(currency).map_or("0", String::as_str);
        lines.push(format!("{currency} {sum} earned, {back} given back"));
    }
    if let Some((first, last)) = &report.period {
        lines.push(format!("from {first} to {last}"));
    }
    for example in &report.examples {
        let sentence = example.reason.sentence();
        lines.push(format!(
            "line {} (order {}): {sentence}",
            example.line, example.order
        ));
    }
    lines
}
