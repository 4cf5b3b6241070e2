//! One Parquet file of the lake as the list of files knows it, and how files are named.
//!
//! **Invariant:** a name ends with the first half of a BLAKE3 hash of the file's bytes, so a
//! name says what the file must contain and a damaged file is recognised.

use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A row of the list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LakeFile {
    /// Path relative to the lake's folder: `events/month=2026-11/000123-<hash>.parquet`.
    pub name: String,
    /// How often its events were merged: a flush writes level 0.
    pub level: u32,
    /// Month of receipt, written `yyyymm`.
    pub month: i32,
    /// How many events.
    pub rows: u64,
    /// Size on disk, without the run of ids.
    pub bytes: u64,
    /// Earliest event.
    pub min_at: Timestamp,
    /// Latest event.
    pub max_at: Timestamp,
    /// First row of the log that it holds.
    pub first_seq: i64,
    /// Last row of the log that it holds.
    pub last_seq: i64,
    /// Path of the sorted run of its event ids; a file without one cannot be asked for ids.
    pub seen: Option<String>,
    /// Size of that run on disk.
    pub seen_bytes: u64,
}

/// Where the Parquet files are.
pub(crate) const EVENTS: &str = "events";
/// Where the runs of event ids are.
pub(crate) const SEEN: &str = "seen";
/// Where files are written before they get their name.
pub(crate) const UNFINISHED: &str = "unfinished";

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The month of an instant in UTC, written `yyyymm`.
pub(crate) fn month_of(at: Timestamp) -> i32 {
    // Days to civil date: Howard Hinnant, "chrono-compatible low-level date algorithms",
    // civil_from_days. Total for every i64 of microseconds (years −290,308 to 294,247).
    let days = at.0.div_euclid(MICROS_PER_DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    i32::try_from(year * 100 + if year < 0 { -month } else { month }).unwrap_or_default()
}

/// The folder of a month, in the layout that other tools take for a partition.
pub(crate) fn folder(kind: &str, month: i32) -> String {
    format!("{kind}/month={:04}-{:02}", month / 100, (month % 100).abs())
}

/// The name of a file whose bytes hash to `hash`.
pub(crate) fn name(kind: &str, month: i32, serial: u64, hash: &blake3::Hash) -> String {
    let extension = if kind == EVENTS { "parquet" } else { "ids" };
    format!(
        "{}/{serial:06}-{}.{extension}",
        folder(kind, month),
        &hash.to_hex()[..32]
    )
}

/// Whether a file called `name` may contain bytes with this hash.
#[must_use]
pub fn fits(name: &str, hash: &blake3::Hash) -> bool {
    let stem = name
        .rsplit('/')
        .next()
        .and_then(|file| file.split('.').next());
    stem.and_then(|stem| stem.split('-').next_back()) == Some(&hash.to_hex()[..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        for (text, month) in [
            ("1970-01-01T00:00:00Z", 197_001),
            ("1969-12-31T23:59:59Z", 196_912),
            ("2024-02-29T12:00:00Z", 202_402),
            ("2026-11-30T23:59:59.999999Z", 202_611),
            ("2026-12-01T00:00:00Z", 202_612),
            ("2000-03-01T00:00:00Z", 200_003),
        ] {
            assert_eq!(month_of(Timestamp::parse(text).unwrap()), month, "{text}");
        }
        month_of(Timestamp::MIN);
        month_of(Timestamp::MAX);
    }

    #[test]
    fn a_name_tells_its_contents() {
        let hash = blake3::hash(b"one");
        let name = name(EVENTS, 202_611, 123, &hash);
        assert!(name.starts_with("events/month=2026-11/000123-"), "{name}");
        assert!(fits(&name, &hash));
        assert!(!fits(&name, &blake3::hash(b"two")));
    }
}
