//! Real shops, against the figures that others have found in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::buyer::{Everybody, Figures, Group, Measure, Purchase, Purchases};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId};
use crate::identity::Rules;
use crate::money::{Cents, Currency};
use crate::profile::Profile;
use crate::time::Timestamp;

/// A file of the folder with data and known answers, where there is one.
fn data(file: &str) -> Option<PathBuf> {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = folders.find_map(|folder| {
        let path = folder.join("shared/data").join(file);
        path.exists().then_some(path)
    });
    if found.is_none() {
        println!("skipped: there is no {file} in a folder of data beside this one");
    }
    found
}

/// An invoice as the event that it is.
fn invoice(number: u128, at: Timestamp, properties: String) -> Event {
    Event {
        id: EventId(number),
        thread: NodeId(1),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel: Channel::Web,
        source: SourceId(1),
        message_id: "".into(),
        name: "Order Completed".into(),
        identifiers: smallvec::SmallVec::new(),
        properties: properties.into(),
        context: "".into(),
    }
}

/// The clean lines of UCI Online Retail as the events that its invoices are, by customer.
pub(crate) fn online_retail_invoices() -> Option<Vec<(String, Event)>> {
    let file = std::fs::File::open(data("online_retail/online_retail_to_2011_08.csv.gz")?).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    let mut invoices: BTreeMap<(String, String), (Timestamp, Vec<String>)> = BTreeMap::new();
    for line in text.lines().skip(1) {
        // The description is the only field that is quoted, so the others are found from the ends.
        let ends: Vec<&str> = line.rsplitn(6, ',').collect();
        let (customer, price, date, quantity) = (ends[1], ends[2], ends[3], ends[4]);
        let mut begins = line.split(',');
        let (invoice, code) = (begins.next().unwrap(), begins.next().unwrap());
        let is_positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
        let is_clean = !invoice.starts_with('C') && !customer.is_empty();
        if !(is_clean && is_positive(price) && is_positive(quantity)) {
            continue;
        }
        let at = Timestamp::parse(&format!("{}Z", date.replace(' ', "T"))).unwrap();
        let (first, products) = invoices
            .entry((customer.to_owned(), invoice.to_owned()))
            .or_insert((at, Vec::new()));
        *first = at.max(*first);
        products.push(format!(
            r#"{{"sku":"{code}","price":{price},"quantity":{quantity}}}"#
        ));
    }
    let event = |(number, ((customer, id), (at, products)))| {
        let (at, products): (Timestamp, Vec<String>) = (at, products);
        let properties = format!(
            r#"{{"order_id":"{id}","currency":"GBP","products":[{}]}}"#,
            products.join(",")
        );
        (customer, invoice(number, at, properties))
    };
    Some((1..).zip(invoices).map(event).collect())
}

/// Their orders, by customer.
fn online_retail() -> Option<BTreeMap<String, Purchases>> {
    let rules = Rules::default();
    let mut customers: BTreeMap<String, Profile> = BTreeMap::new();
    for (customer, event) in online_retail_invoices()? {
        customers.entry(customer).or_default().fold(&event, &rules);
    }
    let pounds = Currency::parse("GBP").unwrap();
    let bought = customers.into_iter();
    Some(
        bought
            .map(|(id, it)| (id, Purchases::of(&it, pounds)))
            .collect(),
    )
}

/// Recency, frequency and revenue at 2011-09-01 of the four who brought most, and the cohort of
/// December 2010 with who of it bought again month by month.
#[test]
fn online_retail_is_scored_to_the_penny() {
    let Some(customers) = online_retail() else {
        return;
    };
    let now = Timestamp::parse("2011-09-01T00:00:00Z").unwrap();
    let figures = |id: &str| Figures::of(customers[id].at(now)).unwrap();
    let of = |recency_days, orders, cents| Figures {
        recency_days,
        orders,
        revenue: Cents(cents),
    };
    assert_eq!(figures("14646.0"), of(5, 40, 17_635_594));
    assert_eq!(figures("18102.0"), of(26, 26, 13_053_723));
    assert_eq!(figures("12415.0"), of(13, 13, 9_914_616));
    assert_eq!(figures("17450.0"), of(8, 22, 8_577_034));

    let mut everybody = Everybody::default();
    customers.values().for_each(|it| everybody.add(it));
    let measure = everybody.measure(now, Currency::parse("GBP").unwrap(), 3_317);
    assert_eq!((measure.customers, measure.buyers), (3_317, 3_317));
    let groups = measure.groups();
    let sum =
        |of: fn(&crate::buyer::Tally) -> u64| groups.iter().map(|(_, it)| of(it)).sum::<u64>();
    assert_eq!((sum(|it| it.people), sum(|it| it.orders)), (3_317, 11_413));
    let revenue: i64 = groups.iter().map(|(_, it)| it.revenue.0).sum();
    assert_eq!(revenue, 523_924_056);
    let cuts = measure.yardstick.cuts.as_ref().unwrap();
    let best = cuts.scores(&figures("14646.0"));
    assert_eq!((best.recency, best.frequency, best.monetary), (5, 5, 5));
    assert_eq!(best.group(), Group::Champions);

    cohort(&customers);
}

/// 885 bought first in December 2010; 36.6, 32.3, 38.4, 36.3, 39.8, 36.3, 34.9 and 35.4 % of them
/// bought in the months from January to August.
fn cohort(customers: &BTreeMap<String, Purchases>) {
    let months = customers.values().map(|bought| {
        let placed = bought.all().iter().map(|it| it.placed_at.to_string());
        placed.map(|at| at[..7].to_owned()).collect::<BTreeSet<_>>()
    });
    let months = months.filter(|it| it.first().is_some_and(|first| first == "2010-12"));
    let cohort: Vec<BTreeSet<String>> = months.collect();
    assert_eq!(cohort.len(), 885);
    let retained = (1..=8).map(|month| {
        let month = format!("2011-0{month}");
        let count = cohort.iter().filter(|it| it.contains(&month)).count();
        format!("{:.1}", 100.0 * count as f64 / 885.0)
    });
    let known = [
        "36.6", "32.3", "38.4", "36.3", "39.8", "36.3", "34.9", "35.4",
    ];
    assert_eq!(retained.collect::<Vec<_>>(), known);
}

/// CDNOW at 1998-07-01 as pandas scores it and as an independent program finds its limits: a
/// purchase is a day, money is what was spent on it.
#[test]
fn cdnow_is_scored_as_by_other_programs() {
    let Some(path) = data("cdnow/CDNOW_sample.txt") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut spent: BTreeMap<(u32, Timestamp), i64> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let day = fields[2];
        let day = format!("{}-{}-{}T00:00:00Z", &day[..4], &day[4..6], &day[6..]);
        let place = (fields[1].parse().unwrap(), Timestamp::parse(&day).unwrap());
        let cents: i64 = fields[4].replace('.', "").parse().unwrap();
        *spent.entry(place).or_default() += cents;
    }
    let mut customers: BTreeMap<u32, Vec<Purchase>> = BTreeMap::new();
    for ((id, placed_at), cents) in spent {
        let revenue = Some(Cents(cents));
        let purchase = Purchase { placed_at, revenue };
        customers.entry(id).or_default().push(purchase);
    }
    let mut everybody = Everybody::default();
    let customers: Vec<Purchases> = customers.into_values().map(Purchases::new).collect();
    customers.iter().for_each(|it| everybody.add(it));
    let now = Timestamp::parse("1998-07-01T00:00:00Z").unwrap();
    let measure = everybody.measure(now, Currency::parse("USD").unwrap(), 2_357);
    assert_eq!(
        scored(&measure, &customers, now, |it| it.0),
        [482, 455, 475, 474, 471]
    );
    assert_eq!(
        scored(&measure, &customers, now, |it| it.2),
        [481, 461, 471, 472, 472]
    );
    let cuts = measure.yardstick.cuts.as_ref().unwrap();
    assert!(cuts.is_ladder, "fifths would leave 1 and 3 to nobody");
    let limits = measure.yardstick.limits.unwrap();
    assert_eq!(
        (limits.usual_days, limits.late_days, limits.gone_days),
        (37, 135, 324)
    );
    assert_eq!((limits.never_thousandths, limits.gap_count), (307, 4_339));
    let pace = limits.pace.unwrap();
    assert!(
        (3_700_000..3_900_000).contains(&pace.mean_millionths),
        "{pace:?}"
    );
}

/// How many have each score, from 1 on.
fn scored(
    measure: &Measure,
    customers: &[Purchases],
    now: Timestamp,
    part: fn(&(u8, u8, u8)) -> u8,
) -> [usize; 5] {
    let cuts = measure.yardstick.cuts.as_ref().unwrap();
    let scores = customers.iter().filter_map(|it| Figures::of(it.at(now)));
    let scores: Vec<u8> = scores
        .map(|figures| {
            let it = cuts.scores(&figures);
            part(&(it.recency, it.frequency, it.monetary))
        })
        .collect();
    [1, 2, 3, 4, 5].map(|score| scores.iter().filter(|it| **it == score).count())
}
