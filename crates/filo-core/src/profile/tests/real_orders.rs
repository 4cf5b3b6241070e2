//! The orders of a real shop, against the figures that its publisher's lines add up to.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::build::track;
use crate::identity::Rules;
use crate::profile::Profile;
use crate::profile::view::summary;

const FILE: &str = "../../../shared/data/online_retail/online_retail_to_2011_08.csv.gz";

/// UCI Online Retail to 2011-08-31: clean lines (no cancellation, customer present, quantity and
/// price above zero) are 11,413 invoices of 3,317 customers, revenue 5,239,240.56.
#[test]
fn a_real_shop_adds_up() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: there is no {}", path.display());
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();

    let mut invoices: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        // The description is the only field that is quoted, so the others are found from the ends.
        let mut ends = line.rsplitn(6, ',');
        let (_country, customer, price, _date, quantity) = (
            ends.next().unwrap(),
            ends.next().unwrap(),
            ends.next().unwrap(),
            ends.next().unwrap(),
            ends.next().unwrap(),
        );
        let invoice = line.split(',').next().unwrap();
        let is_positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
        if invoice.starts_with('C')
            || customer.is_empty()
            || !is_positive(price)
            || !is_positive(quantity)
        {
            continue;
        }
        invoices
            .entry((customer.to_owned(), invoice.to_owned()))
            .or_default()
            .push(format!(r#"{{"price":{price},"quantity":{quantity}}}"#));
    }

    let rules = Rules::default();
    let mut customers: BTreeMap<String, Profile> = BTreeMap::new();
    for (second, ((customer, invoice), products)) in (0..).zip(&invoices) {
        let properties = format!(
            r#"{{"order_id":"{invoice}","currency":"GBP","products":[{}]}}"#,
            products.join(",")
        );
        let event = track("Order Completed", second, &properties);
        customers
            .entry(customer.clone())
            .or_default()
            .fold(&event, &rules);
    }
    let orders: Vec<_> = customers
        .values()
        .flat_map(|profile| summary(profile).orders)
        .collect();
    assert_eq!(customers.len(), 3317);
    assert_eq!(orders.iter().map(|known| known.count).sum::<u32>(), 11_413);
    assert_eq!(
        orders.iter().map(|known| known.gross.0).sum::<i64>(),
        523_924_056
    );
}
