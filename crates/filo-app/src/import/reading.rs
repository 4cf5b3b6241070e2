//! The pass over a file: each line read, counted, and given to its order.
//!
//! **Invariant:** the counts of the report are of the file alone; a dry run and a real one give
//! the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::Hash;
use std::io::BufWriter;
use std::path::Path;

use ahash::{AHashSet, RandomState};
use filo_core::event::Event;
use filo_core::money::Currency;
use filo_core::time::Timestamp;

use super::assembly::{Assembly, Draft, Offered};
use super::column::Column;
use super::csv_shape::{Opened, Shape, text};
use super::decimal::Decimal;
use super::framing::{Framed, Tear};
use super::line::{Fate, LineReader, Remarks};
use super::order_event::{self, Stamp};
use super::report::{OrderReport, Reason};
use crate::error::Error;
use crate::export::harmless;

/// Different values, remembered by 64 bits each: at ten million lines a mistake in one of the
/// counts has a chance of three in a million.
#[derive(Default)]
struct Different(AHashSet<u64>);

impl Different {
    /// Whether the value is new.
    fn is_new(&mut self, hasher: &RandomState, value: impl Hash) -> bool {
        self.0.insert(hasher.hash_one(value))
    }

    fn count(&self) -> u64 {
        self.0.len() as u64
    }
}

/// What is counted along the way.
#[derive(Default)]
struct Tally {
    lines: Different,
    invoices: Different,
    customers_named: Different,
    customers: Different,
    products: Different,
    countries: Different,
    revenue: BTreeMap<String, Decimal>,
    refunded: BTreeMap<String, Decimal>,
    period: Option<(Timestamp, Timestamp)>,
}

/// The rejected lines, with their own columns and the reason, for whoever mends them.
pub(super) struct ErrorsFile(csv::Writer<BufWriter<File>>);

impl ErrorsFile {
    /// A new file with the header of the original one.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn create(path: &Path, shape: &Shape) -> Result<Self, Error> {
        let file = File::create(path).map_err(|error| {
            Error::invalid(
                "errors",
                format!("{} cannot be written: {error}", path.display()),
            )
        })?;
        let mut writer = csv::WriterBuilder::new()
            .delimiter(shape.delimiter)
            .flexible(true)
            .from_writer(BufWriter::new(file));
        let header = shape
            .headers
            .iter()
            .map(String::as_str)
            .chain(["line", "reason"]);
        writer.write_record(header).map_err(unwritten)?;
        Ok(Self(writer))
    }

    fn add(&mut self, record: &csv::ByteRecord, line: u64, reason: &str) -> Result<(), Error> {
        let number = line.to_string();
        let fields = record
            .iter()
            .map(|field| harmless(&text(field)).into_owned());
        let fields = fields.chain([number, reason.to_owned()]);
        self.0.write_record(fields).map_err(unwritten)
    }
}

fn unwritten(error: csv::Error) -> Error {
    Error::Internal(anyhow::Error::from(error).context("writing the rejected lines"))
}

/// One pass over a file.
pub(super) struct Pass<'a> {
    /// How lines are read.
    pub(super) reader: LineReader<'a>,
    /// What events have in common.
    pub(super) stamp: Stamp,
    /// Where rejected lines go.
    pub(super) errors: Option<ErrorsFile>,
    hasher: RandomState,
    tally: Tally,
    report: OrderReport,
    assembly: Assembly,
}

impl<'a> Pass<'a> {
    /// A pass that has not begun.
    pub(super) fn new(reader: LineReader<'a>, stamp: Stamp, errors: Option<ErrorsFile>) -> Self {
        Self {
            reader,
            stamp,
            errors,
            hasher: RandomState::with_seeds(1, 2, 3, 4),
            tally: Tally::default(),
            report: OrderReport::default(),
            assembly: Assembly::default(),
        }
    }

    /// Reads every line and hands over the events of each order that is complete.
    ///
    /// # Errors
    /// If the file ends in the middle or `deliver` fails.
    pub(super) fn run(
        mut self,
        opened: Opened,
        mut deliver: impl FnMut(Vec<Event>) -> Result<(), Error>,
    ) -> Result<OrderReport, Error> {
        let mut records = opened.records;
        let mut record = csv::ByteRecord::new();
        while let Some(framed) = records
            .next(&mut record)
            .map_err(|error| Error::invalid("file", format!("reading stopped: {error}")))?
        {
            self.line(&record, framed)?;
            for draft in self.assembly.overflow(self.report.lines) {
                self.close(&draft, &mut deliver)?;
            }
        }
        for draft in std::mem::take(&mut self.assembly).finish() {
            self.close(&draft, &mut deliver)?;
        }
        Ok(self.finish())
    }

    fn line(&mut self, record: &csv::ByteRecord, framed: Framed) -> Result<(), Error> {
        self.report.lines += 1;
        let line = framed.line;
        if let Some(reason) = unusable(record, framed) {
            return self.reject(record, line, "", reason);
        }
        let (remarks, fate) = self.reader.read(record);
        self.remark(record, &remarks);
        let number = self.report.lines;
        let (is_refund, content) = match fate {
            Fate::Order(content) => (false, content),
            Fate::Refund(content) => (true, content),
            Fate::NoCustomer => return self.nobodys(record, line),
            Fate::Rejected(reason) => return self.reject(record, line, &remarks.order, reason),
        };
        let sku = content
            .product
            .as_ref()
            .and_then(|product| product.sku.clone().or_else(|| product.name.clone()));
        match self
            .assembly
            .offer(&remarks.order, is_refund, number, *content)
        {
            Offered::Taken if is_refund => self.report.refund_lines += 1,
            Offered::Taken => {
                self.report.clean_lines += 1;
                if let Some(sku) = sku {
                    self.tally.products.is_new(&self.hasher, sku);
                }
            }
            Offered::NoCustomer => return self.nobodys(record, line),
            Offered::Rejected(reason) => {
                return self.reject(record, line, &remarks.order, reason);
            }
        }
        Ok(())
    }

    fn remark(&mut self, record: &csv::ByteRecord, remarks: &Remarks) {
        let (tally, hasher) = (&mut self.tally, &self.hasher);
        self.report.repeated_lines += u64::from(!tally.lines.is_new(hasher, record.as_slice()));
        self.report.cancellation_lines += u64::from(remarks.is_cancellation);
        self.report.quantity_not_positive_lines += u64::from(remarks.quantity_not_positive);
        self.report.price_not_positive_lines += u64::from(remarks.price_not_positive);
        if !remarks.order.is_empty() {
            tally.invoices.is_new(hasher, &remarks.order);
        }
        let named = [Column::Customer, Column::Email, Column::Phone]
            .into_iter()
            .find_map(|column| self.reader.value(record, column));
        if let Some(named) = named {
            tally.customers_named.is_new(hasher, named);
        }
        if let Some(country) = self.reader.value(record, Column::Country) {
            tally.countries.is_new(hasher, country);
        }
    }

    fn nobodys(&mut self, record: &csv::ByteRecord, line: u64) -> Result<(), Error> {
        self.report.lines_without_customer += 1;
        self.errors.as_mut().map_or(Ok(()), |errors| {
            errors.add(record, line, "the line names no customer")
        })
    }

    fn reject(
        &mut self,
        record: &csv::ByteRecord,
        line: u64,
        order: &str,
        reason: Reason,
    ) -> Result<(), Error> {
        self.report.reject(line, order, reason);
        self.errors
            .as_mut()
            .map_or(Ok(()), |errors| errors.add(record, line, reason.sentence()))
    }

    fn close(
        &mut self,
        draft: &Draft,
        deliver: &mut impl FnMut(Vec<Event>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let currency = order_event::currency(draft, &self.stamp).to_owned();
        let tally = &mut self.tally;
        if draft.is_refund {
            self.report.refunds += 1;
        } else {
            self.report.orders += 1;
            tally.customers.is_new(
                &self.hasher,
                (draft.customer[0].kind, &draft.customer[0].value),
            );
            let sum = tally.revenue.entry(currency.clone()).or_default();
            *sum = sum.plus(order_event::revenue(draft, &self.stamp));
            self.report.cancelled_orders += u64::from(order_event::is_cancelled(draft));
        }
        if let Some(amount) = order_event::refunded(draft, &self.stamp) {
            let sum = tally.refunded.entry(currency).or_default();
            *sum = sum.plus(amount);
        }
        let (first, last) = tally.period.unwrap_or((draft.at, draft.at));
        tally.period = Some((first.min(draft.at), last.max(draft.at)));
        let events = order_event::events(draft, &self.stamp);
        self.report.events += events.len() as u64;
        deliver(events)
    }

    fn finish(self) -> OrderReport {
        let (mut report, tally, shape) = (self.report, self.tally, self.reader.shape);
        shape.preset.word().clone_into(&mut report.preset);
        report.mapping = shape.mapping();
        if shape.dates_doubtful {
            report
                .warnings
                .push("no date shows which number is the day: read as day/month/year".to_owned());
        }
        report.invoices = tally.invoices.count();
        report.customers_named = tally.customers_named.count();
        report.customers = tally.customers.count();
        report.products = tally.products.count();
        report.countries = tally.countries.count();
        report.revenue = sums(&tally.revenue);
        report.refunded = sums(&tally.refunded);
        report.period = tally
            .period
            .map(|(first, last)| (first.to_string(), last.to_string()));
        report
    }
}

/// Why nothing in a line can be trusted.
fn unusable(record: &csv::ByteRecord, framed: Framed) -> Option<Reason> {
    match framed.tear {
        Some(Tear::Quote) => Some(Reason::UnclosedQuote),
        Some(Tear::Length) => Some(Reason::LineTooLong),
        None => record.as_slice().contains(&0).then_some(Reason::NotText),
    }
}

fn sums(by_currency: &BTreeMap<String, Decimal>) -> BTreeMap<String, String> {
    by_currency
        .iter()
        .map(|(currency, sum)| (currency.clone(), sum.to_string()))
        .collect()
}

/// Decimals of a currency's minor unit; two for what is no currency.
pub(super) fn decimals(currency: &str) -> u32 {
    Currency::parse(currency).map_or(2, |currency| u32::from(currency.minor_digits()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for (field, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5.0", "-5.0"),
            ("-cmd", "'-cmd"),
            ("+39 333", "'+39 333"),
            ("Rossi", "Rossi"),
        ] {
            assert_eq!(harmless(field), expected);
        }
    }
}
