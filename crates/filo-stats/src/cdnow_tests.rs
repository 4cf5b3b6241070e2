//! For tests: the purchases of CDNOW's customers (Fader and Hardie, "Forecasting Repeat Sales at
//! CDNOW: A Case Study", Interfaces 31 (2001), S94–S107; the 1/10 sample).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The day after the last one looked at, 1998-07-01, counted like the days of the purchases.
pub(crate) const SNAPSHOT: i64 = 10_408;

/// A customer of the sample.
pub(crate) struct Customer {
    /// The days on which something was bought, each once, ascending, since 1970-01-01.
    pub(crate) days: Vec<i64>,
    pub(crate) spent: f64,
}

impl Customer {
    pub(crate) fn recency(&self) -> f64 {
        number(SNAPSHOT - self.days.last().unwrap())
    }

    pub(crate) fn frequency(&self) -> f64 {
        number(i64::try_from(self.days.len()).unwrap())
    }

    /// Days between one purchase and the next.
    pub(crate) fn gaps(&self) -> Vec<f64> {
        let pairs = self.days.windows(2);
        pairs.map(|pair| number(pair[1] - pair[0])).collect()
    }
}

/// The customers in the order of their numbers, which begin at 1; `None` where the data is not
/// beside this checkout, which is then printed.
pub(crate) fn customers() -> Option<Vec<Customer>> {
    let text = read("data/cdnow/CDNOW_sample.txt")?;
    let mut customers: BTreeMap<u32, Customer> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let customer = customers
            .entry(fields[1].parse().unwrap())
            .or_insert(Customer {
                days: Vec::new(),
                spent: 0.0,
            });
        customer.days.push(day(fields[2].parse().unwrap()));
        customer.spent += fields[4].parse::<f64>().unwrap();
    }
    let mut customers: Vec<Customer> = customers.into_values().collect();
    for customer in &mut customers {
        customer.days.sort_unstable();
        customer.days.dedup();
        customer.spent = (customer.spent * 100.0).round() / 100.0;
    }
    Some(customers)
}

/// A file of the folder with data and known answers, where there is one.
pub(crate) fn read(file: &str) -> Option<String> {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = folders.find_map(|folder| {
        let path: PathBuf = folder.join("shared").join(file);
        std::fs::read_to_string(path).ok()
    });
    if found.is_none() {
        println!("skipped: there is no shared/{file} beside this checkout");
    }
    found
}

/// A date as YYYYMMDD in days since 1970-01-01 (Richards, "Calendars", Explanatory Supplement to
/// the Astronomical Almanac (2013), 15.11).
fn day(date: i64) -> i64 {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let shift = (month - 14) / 12;
    let julian = 1461 * (year + 4800 + shift) / 4 + 367 * (month - 2 - 12 * shift) / 12
        - 3 * ((year + 4900 + shift) / 100) / 4
        + day
        - 32_075;
    julian - 2_440_588
}

#[expect(clippy::cast_precision_loss, reason = "days of two years")]
fn number(days: i64) -> f64 {
    days as f64
}

#[test]
fn days_are_counted_from_1970() {
    let dates = [19_700_101, 19_970_101, 19_980_701, 20_000_229];
    assert_eq!(dates.map(day), [0, 9862, SNAPSHOT, 11_016]);
}
