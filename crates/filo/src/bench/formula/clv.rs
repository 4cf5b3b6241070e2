//! What customers are worth: BG/NBD, MBG/NBD and Gamma–Gamma.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use filo_stats::lifetime::{Amounts, History, Periods, Prior, Process, Repeats, Spent, fit, worth};
use jiff::civil::Date;

use super::super::figure::{Sheet, real};
use super::{Read, timed};

const DAYS_OF_WEEK: f64 = 7.0;
/// A year of months of so many weeks, each of which counts a hundredth less than the one before.
const YEAR: Periods = Periods {
    count: 12,
    length: 4.345,
    discount: 0.01,
};
/// Weeks for which purchases are foretold: a quarter, three, a year.
const AHEAD_WEEKS: [f64; 3] = [13.0, 39.0, 52.0];

/// One customer: how often, and for how much at a time after the first.
type Seen = (History, Option<Spent>);

/// Measures.
pub(super) fn measure(text: &str, read: &Read, sheet: &Sheet) -> anyhow::Result<()> {
    let seen = match summary(text)? {
        Some(seen) => seen,
        None => from_purchases(&purchases(text)?, read)?,
    };
    let histories: Vec<History> = seen.iter().map(|(history, _)| *history).collect();
    let spent: Vec<Spent> = seen.iter().filter_map(|(_, spent)| *spent).collect();
    let repeating = histories.iter().filter(|it| it.repeats() > 0).count();
    sheet.figure("customers", real(histories.len() as u64), "customers");
    sheet.figure("repeating", real(repeating as u64), "customers");
    let mut model = None;
    for (word, process) in [("mbg", Process::AfterAny), ("bg", Process::AfterRepeats)] {
        let (fitted, took) = timed(|| fit(process, &histories, Prior::Flat));
        let fitted = fitted.map_err(|why| anyhow::anyhow!("{word}: no parameters: {why:?}"))?;
        let (repeats, likelihood) = (fitted.found, fitted.log_likelihood);
        let Repeats { r, alpha, a, b, .. } = repeats;
        for (name, value) in [
            ("r", r),
            ("alpha", alpha),
            ("a", a),
            ("b", b),
            ("log_likelihood", likelihood),
        ] {
            sheet.estimate(&format!("{word}_{name}"), value);
        }
        sheet.figure(&format!("{word}_fit_ms"), ms(took), "ms");
        model = Some(repeats);
    }
    let repeats = model.context("no model")?;
    for weeks in AHEAD_WEEKS {
        let each = histories
            .iter()
            .filter_map(|it| repeats.expected(it, weeks));
        sheet.estimate(&format!("bg_expected_{weeks}_weeks"), each.sum());
    }
    if spent.is_empty() {
        return Ok(());
    }
    let (fitted, took) = timed(|| Amounts::fit(&spent));
    let fitted = fitted.map_err(|why| anyhow::anyhow!("gamma-gamma: no parameters: {why:?}"))?;
    let (amounts, likelihood) = (fitted.found, fitted.log_likelihood);
    for (name, value) in [
        ("p", amounts.p),
        ("q", amounts.q),
        ("v", amounts.v),
        ("log_likelihood", likelihood),
    ] {
        sheet.estimate(&format!("gamma_gamma_{name}"), value);
    }
    sheet.figure("gamma_gamma_fit_ms", ms(took), "ms");
    let (whole, took) = timed(|| worth_of_all(&seen, &repeats, &amounts));
    sheet.estimate("clv_12_months", whole);
    sheet.figure("clv_ms", ms(took), "ms");
    Ok(())
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn worth_of_all(seen: &[Seen], repeats: &Repeats, amounts: &Amounts) -> f64 {
    let each = seen.iter().filter_map(|(history, spent)| {
        let amount = amounts.of(*spent)?;
        worth(repeats, history, amount, YEAR)
    });
    each.sum()
}

/// A table of customers with how often, how late and for how long, if it is one.
fn summary(text: &str) -> anyhow::Result<Option<Vec<Seen>>> {
    let head = text.lines().next().unwrap_or_default();
    let names: Vec<&str> = head.split(',').map(str::trim).collect();
    let place = |wanted: &[&str]| names.iter().position(|name| wanted.contains(name));
    let places = (
        place(&["x", "frequency"]),
        place(&["t_x", "recency"]),
        place(&["T"]),
    );
    let (Some(times), Some(last), Some(watched)) = places else {
        return Ok(None);
    };
    let amount = place(&["zbar", "monetary_value", "m"]);
    let mut seen = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        if cells.len() < names.len() {
            continue;
        }
        let cell = |at: usize| {
            let read = cells[at].parse::<f64>();
            read.with_context(|| format!("line {}: {}", number + 1, cells[at]))
        };
        let count = times_of(cell(times)?);
        let history = History::new(count, cell(last)?, cell(watched)?);
        let history = history.with_context(|| format!("line {}: no history", number + 1))?;
        let spent = match amount {
            Some(at) => Spent::new(count, cell(at)?),
            None => None,
        };
        seen.push((history, spent));
    }
    Ok(Some(seen))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts that were written with a point"
)]
fn times_of(count: f64) -> u32 {
    count.max(0.0) as u32
}

/// Whose, when, for how much.
type Purchase = (String, Date, f64);

/// Purchases, a line each: in columns apart, or as a table with a head.
fn purchases(text: &str) -> anyhow::Result<Vec<Purchase>> {
    let head = text.lines().next().unwrap_or_default();
    let names: Vec<String> = head
        .split([',', ';'])
        .map(|it| it.trim().to_lowercase())
        .collect();
    let place = |wanted: &[&str]| {
        names
            .iter()
            .position(|name| wanted.contains(&name.as_str()))
    };
    let places = (
        place(&["customer", "customer_id", "customerid", "id"]),
        place(&["date", "day", "at", "invoicedate"]),
        place(&["amount", "value", "total", "dollars"]),
    );
    let (columns, skip) = match places {
        (Some(customer), Some(date), Some(amount)) => ((customer, date, amount), 1),
        // Customer, number, day, pieces, amount.
        _ => ((0, 2, 4), 0),
    };
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().skip(skip) {
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = match skip {
            0 => line.split_whitespace().collect(),
            _ => line.split([',', ';']).map(str::trim).collect(),
        };
        let read = || {
            let cell = |at: usize| cells.get(at).copied();
            let customer = cell(columns.0)?.to_owned();
            Some((
                customer,
                day(cell(columns.1)?)?,
                cell(columns.2)?.parse().ok()?,
            ))
        };
        let read: Option<Purchase> = read();
        found.push(read.with_context(|| format!("line {}: no purchase: {line}", number + 1))?);
    }
    Ok(found)
}

/// A day: 1997-09-30, perhaps with a time behind it, or 19970930.
fn day(text: &str) -> Option<Date> {
    let digits: String = text.chars().take(10).filter(char::is_ascii_digit).collect();
    let digits = digits.get(..8)?;
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
        .parse()
        .ok()
}

/// How often each came, in weeks; what is bought on one day is one purchase.
fn from_purchases(all: &[Purchase], read: &Read) -> anyhow::Result<Vec<Seen>> {
    let newest = all.iter().map(|(_, day, _)| *day).max();
    let until = read.until.or(newest).context("no purchases")?;
    let mut by_customer: BTreeMap<&str, BTreeMap<Date, f64>> = BTreeMap::new();
    for (customer, day, amount) in all.iter().filter(|(_, day, _)| *day <= until) {
        let days = by_customer.entry(customer).or_default();
        *days.entry(*day).or_default() += amount;
    }
    let mut seen = Vec::with_capacity(by_customer.len());
    for days in by_customer.values() {
        let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value())
        else {
            continue;
        };
        if read.first_until.is_some_and(|end| *first > end) {
            continue;
        }
        let weeks = |to: Date| {
            let days = first.until(to).map_or(0, |span| span.get_days());
            f64::from(days) / DAYS_OF_WEEK
        };
        let repeats = u32::try_from(days.len() - 1).unwrap_or(u32::MAX);
        // Who came on the last day for the first time was not watched yet.
        let Some(history) = History::new(repeats, weeks(*last), weeks(until)) else {
            continue;
        };
        let sum: f64 = days.values().skip(1).sum();
        let spent = Spent::new(repeats, sum / f64::from(repeats.max(1)));
        seen.push((history, spent));
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purchases_of_a_day_are_one_and_days_are_weeks() {
        let text = " 1 1 19970101 2 10.00\n 1 2 19970101 1 5.00\n 1 3 19970108 1 4.00\n 2 1 19970103 1 7\n";
        let read = Read {
            file: None,
            until: Some("1997-01-15".parse().unwrap()),
            first_until: Some("1997-01-02".parse().unwrap()),
        };
        let seen = from_purchases(&purchases(text).unwrap(), &read).unwrap();
        let (history, spent) = seen[0];
        assert_eq!(seen.len(), 1, "the second one came later");
        assert_eq!(
            (history.repeats(), history.last(), history.watched()),
            (1, 1.0, 2.0)
        );
        assert_eq!(spent, Spent::new(1, 4.0));
    }

    #[test]
    fn tables_are_known_by_their_heads() {
        let seen = summary("ID,x,t_x,T,zbar\n1,2,30.43,38.86,22.35\n2,0,0,38.86,0\n").unwrap();
        let seen = seen.unwrap();
        assert_eq!((seen.len(), seen[1].1), (2, None));
        assert!(
            summary("customer,date,amount\n1,1997-01-01,3\n")
                .unwrap()
                .is_none()
        );
        let bought = purchases("Customer;Date;Amount\na;1997-01-01T10:00;3.5\n").unwrap();
        assert_eq!(
            bought,
            [("a".to_owned(), "1997-01-01".parse().unwrap(), 3.5)]
        );
        assert!(purchases("a 1 nothing 2 3\n").is_err());
    }
}
