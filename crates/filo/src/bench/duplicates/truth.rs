//! Who is who, as it is known: groups, pairs, or FEBRL's names (`rec-7-org`, `rec-7-dup-0`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;

use super::{open, plain};

/// From this score on a clerk took a pair for the same.
const CLERK_LEAST: f64 = 0.5;

/// The answers by key of the records.
#[derive(Debug)]
pub(super) enum Truth {
    /// The group of each record.
    Groups(BTreeMap<u128, u64>),
    /// Pairs that are the same, among the records that somebody looked at.
    Pairs {
        same: BTreeSet<(u128, u128)>,
        seen: BTreeSet<u128>,
    },
    /// Nobody knows.
    Unknown,
}

impl Truth {
    /// Reads the answers to a file of records.
    pub(super) fn of(
        records: &Path,
        truth: Option<&Path>,
        names: &[(u128, String)],
    ) -> anyhow::Result<Self> {
        let path = truth.unwrap_or(records);
        let mut reader = open(path)?;
        let headers: Vec<String> = reader.headers()?.iter().map(plain).collect();
        let place = |wanted: &[&str]| {
            let mut places = headers.iter().enumerate();
            let found = places.find(|(_, header)| wanted.contains(&header.as_str()));
            found.map(|(place, _)| place)
        };
        let keys: BTreeMap<&str, u128> = names
            .iter()
            .map(|(key, name)| (name.as_str(), *key))
            .collect();
        let lines = reader.records();
        let pair = place(&[
            "uniqueidl",
            "recordidl",
            "idl",
            "recorda",
            "ida",
            "id1",
            "a",
        ])
        .zip(place(&[
            "uniqueidr",
            "recordidr",
            "idr",
            "recordb",
            "idb",
            "id2",
            "b",
        ]));
        if let Some(columns) = pair {
            let score = place(&["clericalmatchscore", "match", "same", "label"]);
            return pairs(lines, columns, score, &keys);
        }
        let id = place(&["recordid", "recid", "uniqueid", "id"]);
        let label = place(&[
            "personid",
            "cluster",
            "clusterid",
            "person",
            "entityid",
            "trueid",
        ]);
        if let Some((id, label)) = id.zip(label) {
            return groups(lines, (id, label), &keys);
        }
        let coded = names.iter().map(|(key, name)| {
            let number = name.strip_prefix("rec-")?.split('-').next()?.parse().ok()?;
            Some((*key, number))
        });
        match coded.collect::<Option<BTreeMap<u128, u64>>>() {
            Some(groups) => Ok(Self::Groups(groups)),
            None if truth.is_some() => {
                anyhow::bail!("{}: neither pairs nor groups", path.display())
            }
            None => Ok(Self::Unknown),
        }
    }
}

type Lines<'r> = csv::StringRecordsIter<'r, std::fs::File>;

fn pairs(
    lines: Lines<'_>,
    (left, right): (usize, usize),
    score: Option<usize>,
    keys: &BTreeMap<&str, u128>,
) -> anyhow::Result<Truth> {
    let (mut same, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for line in lines {
        let line = line?;
        let key = |column: usize| keys.get(line.get(column).unwrap_or("")).copied();
        let (a, b) = key(left)
            .zip(key(right))
            .context("a pair of unknown records")?;
        seen.extend([a, b]);
        let score = score.and_then(|column| line.get(column));
        let is_same = score.is_none_or(|score| {
            score
                .parse::<f64>()
                .map_or(score == "true", |score| score >= CLERK_LEAST)
        });
        if is_same && a != b {
            same.insert((a.min(b), a.max(b)));
        }
    }
    Ok(Truth::Pairs { same, seen })
}

fn groups(
    lines: Lines<'_>,
    (id, label): (usize, usize),
    keys: &BTreeMap<&str, u128>,
) -> anyhow::Result<Truth> {
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some(key) = keys.get(line.get(id).unwrap_or("")) else {
            continue;
        };
        let next = numbers.len() as u64;
        let label = line.get(label).unwrap_or("").to_owned();
        groups.insert(*key, *numbers.entry(label).or_insert(next));
    }
    anyhow::ensure!(!groups.is_empty(), "the answers are about other records");
    Ok(Truth::Groups(groups))
}
