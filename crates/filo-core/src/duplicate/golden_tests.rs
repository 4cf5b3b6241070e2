//! Learning compared with an independent implementation: patterns of invented Italian records
//! with the chances and priors that another program fitted to them.

use std::path::{Path, PathBuf};

use filo_stats::linkage::{Comparison, Counted, Model, Pattern, Prior, learn};
use serde_json::Value;

/// Where one begins: same, near; the least agreement first.
const BEGINNING: [[&[f64]; 2]; 7] = [
    [
        &[0.01, 0.01, 0.02, 0.05, 0.05, 0.06, 0.80],
        &[0.90, 0.08, 0.002, 0.005, 0.002, 0.005, 0.006],
    ],
    [&[0.02, 0.01, 0.05, 0.92], &[0.34, 0.005, 0.005, 0.65]],
    [
        &[0.02, 0.02, 0.03, 0.01, 0.92],
        &[0.965, 0.02, 0.005, 0.0005, 0.01],
    ],
    [
        &[0.13, 0.01, 0.01, 0.05, 0.80],
        &[0.86, 0.004, 0.004, 0.002, 0.13],
    ],
    [&[0.15, 0.02, 0.83], &[0.985, 0.005, 0.01]],
    [&[0.01, 0.01, 0.98], &[0.98, 0.015, 0.005]],
    [
        &[0.10, 0.02, 0.03, 0.10, 0.70, 0.05],
        &[0.08, 0.01, 0.01, 0.10, 0.70, 0.10],
    ],
];

fn golden() -> Option<PathBuf> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut found = folders.map(|folder| folder.join("shared/golden/identity_em3_patterns.json"));
    found.find(|path| path.is_file())
}

fn numbers(value: &Value) -> Vec<f64> {
    let all = value.as_array().unwrap().iter();
    all.map(|number| number.as_f64().unwrap()).collect()
}

#[test]
fn what_is_learned_is_what_another_program_learns() {
    let Some(path) = golden() else {
        return println!("skipped: the golden patterns are not beside this checkout");
    };
    let golden: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let columns: Vec<&str> = golden["cols"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column.as_str().unwrap())
        .collect();
    let comparisons = columns
        .iter()
        .zip(BEGINNING)
        .map(|(column, [same, near])| Comparison {
            same: same.to_vec(),
            near: near.to_vec(),
            other: numbers(&golden["u"][*column]),
        });
    let records = golden["n"].as_u64().unwrap();
    let prior = Prior {
        same: 1.0,
        near: 0.1,
    };
    let start = Model::new(comparisons.collect(), prior, records).unwrap();
    let candidates: Vec<Counted> = golden["patterns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|counted| {
            let levels = counted["g"].as_array().unwrap().iter().enumerate();
            let levels = levels
                .filter_map(|(at, level)| Some((at, u8::try_from(level.as_i64().unwrap()).ok()?)));
            Counted {
                pattern: levels.fold(Pattern::default(), |it, (at, level)| it.with(at, level)),
                pairs: counted["n"].as_f64().unwrap(),
            }
        })
        .collect();
    let learned = learn(&start, &candidates, records).unwrap();
    for (column, found) in columns.iter().zip(learned.comparisons()) {
        for (kind, found) in [("m", &found.same), ("h", &found.near)] {
            let expected = numbers(&golden[kind][*column]);
            for (expected, found) in expected.iter().zip(found) {
                assert!(
                    (expected - found).abs() < 0.01,
                    "{kind} of {column}: {expected} and {found}"
                );
            }
        }
    }
    let others = f64::from(u32::try_from(records - 1).unwrap());
    for (name, found) in [
        ("lambda_match", learned.prior().same / others),
        ("lambda_household", learned.prior().near / others),
    ] {
        let expected = golden[name].as_f64().unwrap();
        assert!(
            (found / expected - 1.0).abs() < 0.05,
            "{name}: {expected} and {found}"
        );
    }
}
