//! `filo bench duplicates`: how well and how fast records of one person are found, on files with
//! known answers or on invented people. In process; the answers are read after the search.
//!
//! **Invariant:** nothing is learned from the answers.

mod columns;
mod invented;
mod score;
mod truth;

use std::num::NonZero;
use std::path::Path;

use anyhow::Context;
use filo_core::duplicate::{Found, Search, Table, Threshold};
use filo_core::identity::Blocked;

use super::figure::{Sheet, real};
use super::process;
use truth::Truth;

/// The year that two digits of a tax code are read by.
const YEAR: u32 = 2026;

/// What is searched.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Searched {
    /// Duplicates: a CSV file of people.
    #[arg(long, value_name = "FILE")]
    records: Option<std::path::PathBuf>,
    /// Duplicates: who is who, as pairs, as groups, or as in the names of FEBRL's records.
    #[arg(long, value_name = "FILE")]
    truth: Option<std::path::PathBuf>,
    /// Duplicates: so many records of invented people, instead of a file.
    #[arg(long, value_name = "N", conflicts_with = "records")]
    synthetic: Option<u32>,
    /// Duplicates: the seed of invented people, and of the order in which records are read.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Duplicates: from which probability on records are linked.
    #[arg(long, default_value_t = 0.95, value_name = "P")]
    linked: f64,
    /// Duplicates: from which probability on a person is asked.
    #[arg(long, default_value_t = 0.3, value_name = "P")]
    proposed: f64,
}

impl Searched {
    /// The size in words, as the figures carry it.
    pub(super) fn size(&self) -> String {
        let name = |path: &std::path::PathBuf| {
            let names: Vec<_> = path.iter().rev().take(2).collect();
            let names = names.into_iter().rev().map(|name| name.to_string_lossy());
            names.collect::<Vec<_>>().join("/")
        };
        match (&self.records, self.synthetic) {
            (Some(path), _) => name(path),
            (None, Some(records)) => format!("{records} invented records, seed {}", self.seed),
            (None, None) => "nothing".to_owned(),
        }
    }
}

/// Measures.
///
/// # Errors
/// If a file cannot be read, or its columns are not those of people.
pub(super) fn measure(searched: &Searched, sheet: &Sheet) -> anyhow::Result<()> {
    let is_share = |share: f64| share > 0.0 && share < 1.0;
    anyhow::ensure!(
        is_share(searched.linked) && is_share(searched.proposed),
        "--linked and --proposed: between 0 and 1"
    );
    let begun_s = process::processor_s(std::process::id())?;
    let mut table = Table::new(Blocked::default(), YEAR);
    let truth = match (&searched.records, searched.synthetic) {
        (Some(records), _) => {
            let names = columns::read(records, searched.seed, &mut table)?;
            // Read after the names are known, and not looked at before the search is over.
            Truth::of(records, searched.truth.as_deref(), &names)?
        }
        (None, Some(records)) => {
            anyhow::ensure!(records > 1, "--synthetic: at least 2 records");
            Truth::Groups(invented::fill(records, searched.seed, &mut table))
        }
        (None, None) => anyhow::bail!("say --records FILE or --synthetic N"),
    };
    table.finish(None);
    let search = search((searched.linked, searched.proposed));
    let found = search.run(&table).context("the records teach no model")?;
    let seconds = process::processor_s(std::process::id())? - begun_s;
    let memory = process::memory(std::process::id())?;
    print(sheet, &table, &found, &truth);
    sheet.figure("seconds", seconds, "s of CPU");
    sheet.figure("rss_mb", memory.peak_mb, "MB");
    Ok(())
}

fn search((linked, proposed): (f64, f64)) -> Search {
    Search {
        threshold: Threshold { linked, proposed },
        threads: std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
    }
}

fn print(sheet: &Sheet, table: &Table, found: &Found, truth: &Truth) {
    sheet.figure("records", real(table.len() as u64), "records");
    let score = score::score(table, found, truth);
    for (metric, value) in [
        ("precision", score.linked.precision()),
        ("recall", score.linked.recall()),
        ("f1", score.linked.f1()),
        ("queue_precision", score.proposed_right()),
        ("queue_recall", score.with_queue.recall()),
        ("queue_f1", score.with_queue.f1()),
        ("reviewed_f1", score.reviewed.f1()),
    ] {
        if let Some(value) = value {
            sheet.figure(metric, value, "share");
        }
    }
    sheet.figure("queue_pairs", real(found.proposed.len() as u64), "pairs");
    sheet.figure("compared_pairs", real(found.compared), "pairs");
    sheet.remark(
        "queue_recall and queue_f1 count what is linked and all that is proposed, right or wrong; \
         reviewed_f1 what is linked once somebody has answered every proposal rightly",
    );
}

/// Opens a CSV file whatever its separator is.
fn open(path: &Path) -> anyhow::Result<csv::Reader<std::fs::File>> {
    let head = {
        let mut first = String::new();
        let mut file = std::io::BufReader::new(std::fs::File::open(path)?);
        std::io::BufRead::read_line(&mut file, &mut first)?;
        first
    };
    let many = |sign: char| head.matches(sign).count();
    let separator = [',', ';', '\t']
        .into_iter()
        .max_by_key(|sign| many(*sign))
        .and_then(|sign| u8::try_from(sign).ok())
        .unwrap_or(b',');
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("reading {}", path.display()))
}

/// A header in small letters without signs.
fn plain(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn data(name: &str) -> Option<PathBuf> {
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut found = folders.map(|folder| folder.join("shared/data").join(name));
        found.find(|path| path.exists())
    }

    /// Precision, recall and F1 of what is linked, and the groups by key of the records.
    fn run(records: &Path, truth: Option<&Path>, seed: u64) -> ([f64; 3], Vec<(u128, u128)>) {
        let mut table = Table::new(Blocked::default(), YEAR);
        let names = columns::read(records, seed, &mut table).unwrap();
        table.finish(None);
        let found = search((0.95, 0.3)).run(&table).unwrap();
        let truth = Truth::of(records, truth, &names).unwrap();
        let linked = score::score(&table, &found, &truth).linked;
        let figures = [linked.precision(), linked.recall(), linked.f1()];
        let rows = (0..).zip(&found.groups);
        let groups = rows.map(|(row, group)| (table.key(row), table.key(*group)));
        (figures.map(Option::unwrap), groups.collect())
    }

    #[test]
    fn italian_people_are_found_in_any_order() {
        let Some(folder) = data("it_people") else {
            return println!("skipped: it_people is not beside this checkout");
        };
        let (records, truth) = (folder.join("records.csv"), folder.join("truth.csv"));
        let ([precision, recall, f1], groups) = run(&records, Some(&truth), 1);
        assert!(precision >= 0.97 && f1 > 0.80, "{precision} {recall} {f1}");
        assert_eq!(run(&records, Some(&truth), 2).1, groups);
    }

    #[test]
    fn the_people_of_febrl_are_found() {
        let Some(folder) = data("er_febrl") else {
            return println!("skipped: er_febrl is not beside this checkout");
        };
        let ([precision, _, f1], _) = run(&folder.join("dataset2.csv"), None, 1);
        assert!(precision > 0.99 && f1 >= 0.995, "{precision} {f1}");
    }

    #[test]
    fn invented_people_are_known_again() {
        let mut table = Table::new(Blocked::default(), YEAR);
        let truth = Truth::Groups(invented::fill(3_000, 5, &mut table));
        assert_eq!(table.len(), 3_000);
        table.finish(None);
        let found = search((0.95, 0.3)).run(&table).unwrap();
        let score = score::score(&table, &found, &truth);
        assert!(score.linked.precision().unwrap() > 0.98, "{score:?}");
        assert!(score.linked.recall().unwrap() > 0.8, "{score:?}");
    }
}
