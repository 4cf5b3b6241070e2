//! Reading a rule: what it may say, and a clear word about what it may not.
//!
//! **Invariant:** nothing is passed over in silence: a part that is not kept is refused.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::recurrence::{End, Frequency, OnDay, Recurrence, Until};
use crate::time::Timestamp;

/// Bytes of a rule: the longest examples of the standard have about a hundred.
pub const RULE_BYTES_MOST: usize = 300;
/// Every so many days, weeks, months or years.
const INTERVAL_MOST: u16 = 1_000;
/// Times after which a rule ends.
const COUNT_MOST: u32 = 10_000;

const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

type Read<T> = Result<T, String>;

impl Recurrence {
    /// Reads a rule such as `FREQ=MONTHLY;BYDAY=1MO`.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn parse(text: &str) -> Read<Self> {
        if text.len() > RULE_BYTES_MOST {
            return Err(format!("at most {RULE_BYTES_MOST} bytes"));
        }
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut parts: Vec<(&str, &str)> = Vec::new();
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` is not of the form NAME=VALUE"))?;
            let (name, value) = (name.trim(), value.trim());
            if parts.iter().any(|(known, _)| *known == name) {
                return Err(format!("{name} is there twice"));
            }
            parts.push((name, value));
        }
        let mut rule = Self {
            frequency: frequency(&parts)?,
            interval: 1,
            end: End::Never,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            places: Vec::new(),
            week_start: Weekday::Monday,
        };
        for (name, value) in parts {
            rule.take(name, value)?;
        }
        rule.fits()?;
        Ok(rule)
    }

    fn take(&mut self, name: &str, value: &str) -> Read<()> {
        match name {
            "FREQ" => {}
            "INTERVAL" => {
                let read = value.parse::<u16>().ok();
                let fits = read.filter(|it| (1..=INTERVAL_MOST).contains(it));
                self.interval =
                    fits.ok_or_else(|| format!("INTERVAL is a number from 1 to {INTERVAL_MOST}"))?;
            }
            "COUNT" | "UNTIL" if self.end != End::Never => {
                return Err("say either COUNT or UNTIL".to_owned());
            }
            "COUNT" => {
                let read = value.parse::<u32>().ok();
                let fits = read.filter(|it| (1..=COUNT_MOST).contains(it));
                let fits = fits.ok_or_else(|| format!("COUNT is a number from 1 to {COUNT_MOST}"));
                self.end = End::Count(fits?);
            }
            "UNTIL" => self.end = End::Until(until(value)?),
            "BYMONTH" => self.months = numbers(name, value, (1, 12), false)?,
            "BYWEEKNO" => self.weeks = numbers(name, value, (1, 53), true)?,
            "BYYEARDAY" => self.year_days = numbers(name, value, (1, 366), true)?,
            "BYMONTHDAY" => self.month_days = numbers(name, value, (1, 31), true)?,
            "BYSETPOS" => self.places = numbers(name, value, (1, 366), true)?,
            "BYDAY" => self.days = value.split(',').map(on_day).collect::<Read<_>>()?,
            "WKST" => {
                let on = on_day(value)?;
                if on.nth != 0 {
                    return Err("WKST is a day such as MO".to_owned());
                }
                self.week_start = on.day;
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(format!(
                    "{name} is not kept here: the hour is the one beside the rule"
                ));
            }
            _ => return Err(format!("{name} is no part of a rule that is kept here")),
        }
        Ok(())
    }

    /// Whether its parts go together (RFC 5545, section 3.3.10).
    fn fits(&self) -> Read<()> {
        let says = |is_so: bool, cause: &str| match is_so {
            true => Ok(()),
            false => Err(cause.to_owned()),
        };
        let is = |of: &[Frequency]| of.contains(&self.frequency);
        let is_month_or_year = is(&[Frequency::Monthly, Frequency::Yearly]);
        let is_year = is(&[Frequency::Yearly]);
        let counts = self.days.iter().any(|on| on.nth != 0);
        says(
            self.weeks.is_empty() || is_year,
            "BYWEEKNO goes with FREQ=YEARLY only",
        )?;
        says(
            self.year_days.is_empty() || is_year,
            "BYYEARDAY goes with FREQ=YEARLY only",
        )?;
        says(
            self.month_days.is_empty() || !is(&[Frequency::Weekly]),
            "BYMONTHDAY does not go with FREQ=WEEKLY",
        )?;
        says(
            !counts || (is_month_or_year && self.weeks.is_empty()),
            "days with a number, such as 1MO, go with FREQ=MONTHLY or FREQ=YEARLY without BYWEEKNO",
        )?;
        let selects = !self.months.is_empty()
            || !self.weeks.is_empty()
            || !self.year_days.is_empty()
            || !self.month_days.is_empty()
            || !self.days.is_empty();
        says(
            self.places.is_empty() || selects,
            "BYSETPOS goes with another BY part only",
        )
    }
}

fn frequency(parts: &[(&str, &str)]) -> Read<Frequency> {
    let words = Frequency::ALL.map(Frequency::word).join(", ");
    let said = parts.iter().find(|(name, _)| *name == "FREQ");
    let (_, word) = said.ok_or_else(|| format!("say FREQ: one of {words}"))?;
    if ["SECONDLY", "MINUTELY", "HOURLY"].contains(word) {
        return Err(format!(
            "FREQ={word} is too often: a day is the smallest step, so one of {words}"
        ));
    }
    let mut all = Frequency::ALL.into_iter();
    let found = all.find(|it| it.word() == *word);
    found.ok_or_else(|| format!("FREQ is one of {words}"))
}

fn numbers(name: &str, value: &str, (least, most): (i16, i16), may: bool) -> Read<Vec<i16>> {
    let read = |text: &str| {
        let number = text.trim().parse::<i16>().ok();
        let fits = |it: &i16| (least..=most).contains(&it.saturating_abs()) && (may || *it > 0);
        let from_behind = if may {
            ", or from -1 on from behind"
        } else {
            ""
        };
        number
            .filter(fits)
            .ok_or_else(|| format!("{name} is made of numbers from {least} to {most}{from_behind}"))
    };
    value.split(',').map(read).collect()
}

fn on_day(text: &str) -> Read<OnDay> {
    let text = text.trim();
    let wrong = || format!("`{text}` is no day: write MO, TU, WE, TH, FR, SA or SU, or 1MO, -1FR");
    let known = DAYS.into_iter().find(|(word, _)| text.ends_with(word));
    let (word, day) = known.ok_or_else(wrong)?;
    let nth = match text.strip_suffix(word).unwrap_or_default() {
        "" => 0,
        number => {
            let number = number.parse::<i16>().ok();
            let fits = number.filter(|it| (1..=53).contains(&it.saturating_abs()));
            fits.ok_or_else(wrong)?
        }
    };
    Ok(OnDay { nth, day })
}

fn until(text: &str) -> Read<Until> {
    let wrong = || "UNTIL is a day such as 20271231, or a time such as 20271231T080000Z".to_owned();
    if text.len() == 8 {
        let day = Date::strptime("%Y%m%d", text).map_err(|_not_one| wrong())?;
        return Ok(Until::Day(day));
    }
    let local = text.strip_suffix('Z').unwrap_or(text);
    let time = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_not_one| wrong())?;
    if !text.ends_with('Z') {
        return Ok(Until::Local(time));
    }
    let instant = TimeZone::UTC.to_timestamp(time);
    let instant = instant.map_err(|_too_far| wrong())?;
    Ok(Until::Instant(Timestamp(instant.as_microsecond())))
}
