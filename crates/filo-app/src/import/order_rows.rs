//! Lines of orders: each read, counted, and given to its order; an order is handed over whole.
//!
//! **Invariant:** the counts of the report are of the file alone; a dry run and a real one give
//! the same, and so does one that goes on after it was cut off.

use std::collections::BTreeMap;
use std::hash::Hash;

use ahash::{AHashSet, RandomState};
use filo_core::event::Channel;
use filo_core::money::Currency;
use filo_core::time::Timestamp;

use super::assembly::{Assembly, Draft, Offered};
use super::column::Column;
use super::decimal::Decimal;
use super::line::{Fate, LineReader, Remarks};
use super::order_event::{self, Stamp};
use super::order_shape::Shape;
use super::plan::Plan;
use super::report::{OrderReport, Reason};
use super::rows::{Reader, Rejection, Row, Sink, Telling};
use super::table::{Table, TableRow};
use super::target::Target;
use crate::error::{Error, Result};

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

/// Reads every line and hands over each order that is complete.
pub(super) fn read(
    mut table: Table,
    reader: &Reader<'_>,
    sink: &mut Sink<'_>,
) -> Result<OrderReport> {
    let shape = Shape::of(reader.plan);
    let run = reader.run;
    let mut pass = Pass {
        lines: LineReader {
            shape: &shape,
            zone: reader.zone.clone(),
            rules: &run.rules,
            now: run.received_at,
        },
        stamp: Stamp {
            key: run.key,
            source: run.source,
            received_at: run.received_at,
            channel: reader.plan.channel.unwrap_or(Channel::Server),
            currency: currency(reader.plan, &run.rules.currency)?,
            decimals,
        },
        hasher: RandomState::with_seeds(1, 2, 3, 4),
        tally: Tally::default(),
        report: OrderReport::default(),
        assembly: Assembly::default(),
        sink,
    };
    while let Some(row) = table.next()? {
        pass.report.lines += 1;
        match (row.fault, reader.whole(&row)) {
            (Some(fault), _) => pass.reject(row, "", Reason::of_fault(fault))?,
            (None, Err(_ragged)) => pass.reject(row, "", Reason::WrongColumnCount)?,
            (None, Ok(())) => pass.line(row)?,
        }
        for draft in pass.assembly.overflow(pass.report.lines) {
            pass.close(draft)?;
        }
    }
    for draft in std::mem::take(&mut pass.assembly).finish() {
        pass.close(draft)?;
    }
    Ok(pass.finish(reader.plan))
}

/// The currency of orders that do not say theirs.
fn currency(plan: &Plan, of_workspace: &str) -> Result<String> {
    let text = plan.currency.as_deref().unwrap_or(of_workspace);
    let currency = Currency::parse(text).ok_or_else(|| {
        Error::invalid("currency", format!("`{text}` is not a currency, as EUR is"))
    })?;
    Ok(currency.code().to_owned())
}

/// One pass over a file.
struct Pass<'a, 's, 'd> {
    lines: LineReader<'a>,
    stamp: Stamp,
    hasher: RandomState,
    tally: Tally,
    report: OrderReport,
    assembly: Assembly,
    sink: &'s mut Sink<'d>,
}

impl Pass<'_, '_, '_> {
    fn line(&mut self, row: TableRow) -> Result<()> {
        let (remarks, fate) = self.lines.read(&row.cells);
        self.remark(&row.cells, &remarks);
        let (is_refund, content) = match fate {
            Fate::Order(content) => (false, content),
            Fate::Refund(content) => (true, content),
            Fate::NoCustomer => return self.nobodys(row),
            Fate::Rejected(reason) => return self.reject(row, &remarks.order, reason),
        };
        let sku = content
            .product
            .as_ref()
            .and_then(|product| product.sku.clone().or_else(|| product.name.clone()));
        let place = (self.report.lines, row.line);
        let offered = self
            .assembly
            .offer(&remarks.order, is_refund, place, *content);
        match offered {
            Offered::Taken if is_refund => self.report.refund_lines += 1,
            Offered::Taken => {
                self.report.clean_lines += 1;
                if let Some(sku) = sku {
                    self.tally.products.is_new(&self.hasher, sku);
                }
            }
            Offered::NoCustomer => return self.nobodys(row),
            Offered::Rejected(reason) => return self.reject(row, &remarks.order, reason),
        }
        Ok(())
    }

    fn remark(&mut self, cells: &[String], remarks: &Remarks) {
        let (tally, hasher) = (&mut self.tally, &self.hasher);
        self.report.repeated_lines += u64::from(!tally.lines.is_new(hasher, cells));
        self.report.cancellation_lines += u64::from(remarks.is_cancellation);
        self.report.quantity_not_positive_lines += u64::from(remarks.quantity_not_positive);
        self.report.price_not_positive_lines += u64::from(remarks.price_not_positive);
        if !remarks.order.is_empty() {
            tally.invoices.is_new(hasher, &remarks.order);
        }
        let named = self.lines.named(cells).next();
        if let Some(named) = named {
            tally.customers_named.is_new(hasher, named);
        }
        if let Some(country) = self.lines.value(cells, Column::Country) {
            tally.countries.is_new(hasher, country);
        }
    }

    fn nobodys(&mut self, row: TableRow) -> Result<()> {
        self.report.lines_without_customer += 1;
        (self.sink)(Row::Rejected(Rejection::new(
            row,
            (None, "nobody", String::new()),
        )))
    }

    fn reject(&mut self, row: TableRow, order: &str, reason: Reason) -> Result<()> {
        self.report.reject(row.line, order, reason);
        (self.sink)(Row::Rejected(Rejection::new(
            row,
            (None, reason.word(), order.to_owned()),
        )))
    }

    fn close(&mut self, draft: Draft) -> Result<()> {
        let currency = order_event::currency(&draft, &self.stamp).to_owned();
        let tally = &mut self.tally;
        let refunded = order_event::refunded(&draft, &self.stamp);
        let revenue = order_event::revenue(&draft, &self.stamp);
        if draft.is_refund {
            self.report.refunds += 1;
        } else {
            self.report.orders += 1;
            tally.customers.is_new(
                &self.hasher,
                (draft.customer[0].kind, &draft.customer[0].value),
            );
            let sum = tally.revenue.entry(currency.clone()).or_default();
            *sum = sum.plus(revenue);
            self.report.cancelled_orders += u64::from(order_event::is_cancelled(&draft));
        }
        if let Some(amount) = refunded {
            let sum = tally.refunded.entry(currency.clone()).or_default();
            *sum = sum.plus(amount);
        }
        let (first, last) = tally.period.unwrap_or((draft.at, draft.at));
        tally.period = Some((first.min(draft.at), last.max(draft.at)));
        let events = order_event::events(&draft, &self.stamp);
        self.report.events += events.len() as u64;
        let (field, amount) = match refunded.filter(|_| draft.is_refund) {
            Some(amount) => ("refund", amount),
            None => ("order", revenue),
        };
        let shown = format!("{} · {amount} {currency}", draft.order);
        (self.sink)(Row::Telling(Telling {
            row: draft.first_line,
            rows: draft.lines,
            shown: vec![(field.into(), shown)],
            identifiers: draft.customer,
            events,
            warning: None,
        }))
    }

    fn finish(self, plan: &Plan) -> OrderReport {
        let (mut report, tally) = (self.report, self.tally);
        self.lines
            .shape
            .preset
            .word()
            .clone_into(&mut report.preset);
        report.mapping = mapping(plan);
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

/// Which header was taken for what.
fn mapping(plan: &Plan) -> Vec<(String, String)> {
    let word = |target: &Target| match target {
        Target::Ignore => None,
        Target::Order(column) => Some(column.word().to_owned()),
        other => Some(other.to_string()),
    };
    let taken =
        |column: &super::plan::ColumnPlan| Some((word(&column.target)?, column.header.clone()));
    plan.columns.iter().filter_map(taken).collect()
}

fn sums(by_currency: &BTreeMap<String, Decimal>) -> BTreeMap<String, String> {
    by_currency
        .iter()
        .map(|(currency, sum)| (currency.clone(), sum.to_string()))
        .collect()
}

/// Decimals of a currency's minor unit; two for what is no currency.
fn decimals(currency: &str) -> u32 {
    Currency::parse(currency).map_or(2, |currency| u32::from(currency.minor_digits()))
}
