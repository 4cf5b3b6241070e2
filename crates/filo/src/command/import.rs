//! `filo import`: what a company already has, out of files.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use filo_app::App;
use filo_app::import::{OrderMapping, OrderOptions, OrderReport, orders};
use filo_core::event::Channel;
use serde::{Deserialize, Serialize};

use crate::control::Request;
use crate::output::Output;

/// What to bring in.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Orders, from a CSV file with one line per product (packed with gzip or not).
    Orders(Orders),
}

/// A file of order lines.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Orders {
    /// The file.
    file: PathBuf,
    /// Which header is which column, where it is not recognised: `order_id=InvoiceNo,price=Cost`.
    #[arg(long, alias = "mapping", value_name = "COLUMN=HEADER,…")]
    map: Option<String>,
    /// Reads and reports, writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Time zone of times that do not say theirs, as Europe/Rome [default: UTC].
    #[arg(long)]
    zone: Option<String>,
    /// Currency of orders that do not say theirs, as EUR.
    #[arg(long)]
    currency: Option<String>,
    /// Where the orders were placed: web, shop, app, phone … [default: server].
    #[arg(long)]
    channel: Option<String>,
    /// Writes the lines that were not brought in, with the reason, to this file.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Prints the report as one object of JSON.
    #[arg(long)]
    json: bool,
}

impl Import {
    /// As a request: with paths that mean the same in another process.
    ///
    /// # Errors
    /// If the working folder is gone.
    pub(crate) fn into_request(self) -> anyhow::Result<Request> {
        let Self::Orders(mut orders) = self;
        orders.file = std::path::absolute(&orders.file)?;
        orders.errors = orders.errors.map(std::path::absolute).transpose()?;
        Ok(Request::ImportOrders(orders))
    }
}

impl Orders {
    /// Brings the file in, and waits until it is applied.
    ///
    /// # Errors
    /// If the file or an argument cannot be used.
    pub(crate) async fn run(self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let mapping = self
            .map
            .as_deref()
            .map(str::parse::<OrderMapping>)
            .transpose();
        let mapping = mapping.map_err(anyhow::Error::msg).context("map")?;
        let channel = self.channel.as_deref().map(channel).transpose()?;
        let options = OrderOptions {
            dry_run: self.dry_run,
            zone: self.zone,
            currency: self.currency,
            channel,
            errors: self.errors.clone(),
        };
        let report = orders(app, &self.file, mapping, options).await?;
        if !report.dry_run {
            app.settle().await?;
        }
        if self.json {
            output.line(serde_json::to_string(&report)?).await;
        } else {
            for line in lines(&report) {
                output.line(line).await;
            }
            if let Some(path) = &self.errors {
                output
                    .line(format!("Lines not brought in: {}", path.display()))
                    .await;
            }
        }
        Ok(0)
    }
}

fn channel(word: &str) -> anyhow::Result<Channel> {
    Channel::from_word(word).with_context(|| {
        let words = Channel::ALL.map(Channel::word).join(", ");
        format!("channel: `{word}` is not one of {words}")
    })
}

fn lines(report: &OrderReport) -> Vec<String> {
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
    lines.extend(
        report
            .warnings
            .iter()
            .map(|warning| format!("Please check: {warning}")),
    );
    if report.dry_run {
        lines.push("Nothing was written (--dry-run).".to_owned());
    }
    lines
}
