//! When backups are made by themselves, and which stay: the owner's settings.

use std::path::{Path, PathBuf};

use filo_core::time::Timestamp;
use filo_store::{Tx, setting};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::daily::around;
use crate::error::{Error, Result};

/// The setting in which it is kept.
pub(crate) const SCHEDULE: &str = "backup_schedule";
/// Where the companies are that Filo is made for.
pub const ZONE_USUAL: &str = "Europe/Rome";
/// More would fill a disk by mistake.
const KEPT_MOST: u32 = 366;
/// As long as a path may be on Linux.
const FOLDER_BYTES_MOST: usize = 4_096;

/// When, where and how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Backups are made by themselves.
    pub on: bool,
    /// The hour of the day, 0 to 23.
    pub hour: u8,
    /// The zone of the hour.
    pub zone: String,
    /// An absolute folder; empty for the one of the operator's settings.
    pub folder: String,
    /// Days of which the newest stays.
    pub keep_daily: u32,
    /// Weeks of which the newest stays.
    pub keep_weekly: u32,
    /// Since when it is on.
    #[serde(default)]
    pub since: Option<Timestamp>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            on: false,
            hour: 3,
            zone: ZONE_USUAL.to_owned(),
            folder: String::new(),
            keep_daily: 7,
            keep_weekly: 4,
            since: None,
        }
    }
}

impl Schedule {
    pub(crate) async fn load(tx: &mut Tx<'_>) -> anyhow::Result<(Self, i64)> {
        let Some(stored) = setting::get(tx, SCHEDULE).await? else {
            return Ok((Self::default(), 0));
        };
        Ok((serde_json::from_str(&stored.value)?, stored.version))
    }

    /// Refuses what cannot work.
    pub(super) fn checked(self) -> Result<Self> {
        if self.hour > 23 {
            return Err(Error::invalid("hour", "must be 0 to 23"));
        }
        if TimeZone::get(&self.zone).is_err() {
            return Err(Error::invalid(
                "zone",
                "no such time zone: Europe/Rome, for example",
            ));
        }
        let fits = self.folder.len() <= FOLDER_BYTES_MOST && !self.folder.contains('\0');
        if !self.folder.is_empty() && (!fits || !Path::new(&self.folder).is_absolute()) {
            return Err(Error::invalid(
                "folder",
                "must be a whole path, from / on, or nothing for the usual folder",
            ));
        }
        if self.keep_daily == 0 || self.keep_daily > KEPT_MOST {
            return Err(Error::invalid("keep_daily", "must be 1 to 366"));
        }
        if self.keep_weekly > KEPT_MOST {
            return Err(Error::invalid("keep_weekly", "must be 0 to 366"));
        }
        Ok(self)
    }

    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The folder of backups.
    pub(crate) fn folder(&self, usual: &Path) -> PathBuf {
        if self.folder.is_empty() {
            usual.to_owned()
        } else {
            PathBuf::from(&self.folder)
        }
    }

    /// The last time one was due by now, and the next.
    pub(super) fn around(&self, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        around(self.hour, &self.zone(), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(now: &str) -> (String, String) {
        let schedule = Schedule {
            hour: 2,
            ..Schedule::default()
        };
        let now = Timestamp::parse(now).unwrap();
        let (last, next) = schedule.around(now).unwrap();
        (last.to_string(), next.to_string())
    }

    #[test]
    fn the_hour_is_that_of_the_wall_on_the_days_the_clocks_change() {
        let same = |now, last: &str, next: &str| {
            let (found_last, found_next) = around(now);
            assert!(found_last.starts_with(last), "{now}: {found_last}");
            assert!(found_next.starts_with(next), "{now}: {found_next}");
        };
        same(
            "2026-11-28T12:00:00Z",
            "2026-11-28T01:00:00",
            "2026-11-29T01:00:00",
        );
        same(
            "2026-11-28T00:59:59Z",
            "2026-11-27T01:00:00",
            "2026-11-28T01:00:00",
        );
        same(
            "2026-11-28T01:00:00Z",
            "2026-11-28T01:00:00",
            "2026-11-29T01:00:00",
        );
        // 29 March: two o'clock is skipped, the clock shows three at 01:00 UTC.
        same(
            "2026-03-29T12:00:00Z",
            "2026-03-29T01:00:00",
            "2026-03-30T00:00:00",
        );
        // 25 October: two o'clock comes twice, the first counts.
        same(
            "2026-10-25T12:00:00Z",
            "2026-10-25T00:00:00",
            "2026-10-26T01:00:00",
        );
    }

    #[test]
    fn what_cannot_work_is_refused_by_its_name() {
        let refused = |change: fn(&mut Schedule)| {
            let mut schedule = Schedule::default();
            change(&mut schedule);
            match schedule.checked() {
                Err(Error::Invalid { field, .. }) => field,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused(|it| it.hour = 24), "hour");
        assert_eq!(refused(|it| it.zone = "Rome".to_owned()), "zone");
        assert_eq!(refused(|it| it.folder = "backups".to_owned()), "folder");
        assert_eq!(refused(|it| it.keep_daily = 0), "keep_daily");
        assert_eq!(refused(|it| it.keep_weekly = 1_000), "keep_weekly");
        assert!(Schedule::default().checked().is_ok());
    }
}
