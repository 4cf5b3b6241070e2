//! A real shop through the running program: what the papers publish of its customers is found.

use std::collections::BTreeMap;

use filo_core::time::Timestamp;
use filo_testkit::{Filo, data};
use serde_json::Value;

use crate::worth::{LEAVING, WORTH, order};

/// The purchases of CDNOW's customers (Fader and Hardie, 2001; the 1/10 sample), at noon.
async fn shop() -> Option<Filo> {
    let text = std::fs::read_to_string(data("cdnow/CDNOW_sample.txt")?).unwrap();
    let filo = Filo::start().await;
    let mut orders = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (date, euro) = (cells[2], cells[4].parse().unwrap());
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        let at = Timestamp::parse(&format!("{year}-{month}-{day}T12:00:00Z")).unwrap();
        let who = format!("c-{}", cells[1]);
        let id = format!("{who}-{number}");
        orders.push(order(&who, &id, at, ("web", euro)));
    }
    for part in orders.chunks(400) {
        filo.send(part.to_vec()).await;
    }
    filo.flush().await;
    Some(filo)
}

fn near(found: &Value, expected: f64, within: f64) {
    let found = found.as_f64().unwrap();
    assert!(
        (found / expected - 1.0).abs() < within,
        "{found}, expected {expected}"
    );
}

/// BG/NBD r .2426, α 4.414 weeks, a .793, b 2.426; Gamma–Gamma 6.25, 3.74, 15.44 dollars, as Fader,
/// Hardie and Lee (2005), Fader and Hardie (2013) and the package lifetimes have them, of what had
/// happened by 30 September 1997.
#[tokio::test]
async fn the_parameters_of_cdnow_are_the_published_ones() {
    let Some(filo) = shop().await else { return };
    let told = filo
        .api_get(&format!("{WORTH}?at=1997-09-30T12:00:00Z"))
        .await;
    let model = &told["model"];
    assert_eq!(
        (&model["buyers"], &model["repeating"]),
        (&2357.into(), &946.into())
    );
    assert_eq!(model["prior"], "flat");
    near(&model["r"], 0.242_593, 2e-3);
    near(&model["alpha_days"], 4.413_532 * 7.0, 2e-3);
    near(&model["a"], 0.792_886, 5e-3);
    near(&model["b"], 2.425_753, 5e-3);
    near(&model["errors"][0], 0.0126, 0.02);
    // A density over days is a seventh of one over weeks, for each of 2,457 repeats.
    near(
        &model["log_likelihood"],
        -9_582.425_6 - 2_457.0 * 7.0_f64.ln(),
        1e-4,
    );
    let amounts = &model["amounts"];
    near(&amounts["p"], 6.248_803, 0.01);
    near(&amounts["q"], 3.744_588, 0.01);
    near(&amounts["v_cents"], 1_544.774_8, 0.01);
    near(&model["correlation"], 0.113_884, 0.02);
    // Customers 6 and 1516 of the data, with the chance that they still buy.
    let people = filo
        .api_get(&format!("{WORTH}/people?who=all&at=1997-09-30T12:00:00Z"))
        .await;
    let people: BTreeMap<&str, &Value> = people["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["customer"].as_str().unwrap(), it))
        .collect();
    for (who, chance, amount) in [("c-0006", 0.6418, 71.4629), ("c-1516", 0.9689, 39.8903)] {
        let id = filo.user(who).await.id.to_string();
        let person = people[id.as_str()];
        near(&person["still_buying"], chance, 2e-3);
        near(&person["amount_cents"], amount * 100.0, 5e-3);
    }
}

#[tokio::test]
async fn chances_of_cdnow_are_told_better_than_one_share_for_all() {
    let Some(filo) = shop().await else { return };
    let told = filo
        .api_get(&format!("{LEAVING}?at=1997-12-29T12:00:00Z"))
        .await;
    let check = &told["check"];
    assert_eq!(check["from"], "1997-09-30T12:00:00.000Z");
    let bands = check["bands"].as_array().unwrap();
    assert_eq!(bands.len(), 10);
    let sum = |key: &str| -> u64 { bands.iter().map(|it| it[key].as_u64().unwrap()).sum() };
    assert_eq!(sum("people"), 2357);
    assert!(check["brier"].as_f64() < check["brier_of_share"].as_f64());
    let predicted = |band: usize| bands[band]["predicted"].as_f64().unwrap();
    let observed = |band: usize| bands[band]["observed"]["share"].as_f64().unwrap();
    assert!(predicted(9) > 2.0 * predicted(5) && observed(9) > 2.0 * observed(5));
    // Expected and come within a quarter of one another.
    let expected = check["expected"].as_f64().unwrap();
    near(&check["came"], expected, 0.25);
}
