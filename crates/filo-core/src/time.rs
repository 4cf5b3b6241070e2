//! Instants. Stored time is UTC in microseconds; zones come in only where people read or wait.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Before every instant that can be written.
    pub const MIN: Self = Self(i64::MIN);
    /// After every instant that can be written.
    pub const MAX: Self = Self(i64::MAX);

    /// An instant of whole seconds.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// An instant of whole milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// Reads RFC 3339 and its ISO 8601 relatives that clients send: any offset, any
    /// number of decimals, a space for the `T`; without an offset it is UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            return Some(Self(instant.as_microsecond()));
        }
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let instant = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        Some(Self(instant.as_microsecond()))
    }

    /// Later by so many microseconds, or the last instant.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Later by so many seconds.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(1_000_000))
    }

    /// How much later than `earlier`, in microseconds; negative if it is not.
    #[must_use]
    pub const fn micros_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// RFC 3339 in UTC with milliseconds, as the API writes it.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(instant) => write!(out, "{instant:.3}"),
            // Outside the years that RFC 3339 can write.
            Err(_) if self.0 < 0 => out.write_str("-9999-01-02T01:59:59.000Z"),
            Err(_) => out.write_str("9999-12-30T22:00:00.000Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_send() {
        let expected = Timestamp(1_795_328_618_533_000);
        for text in [
            "2026-11-22T06:23:38.533Z",
            "2026-11-22T06:23:38.533+00:00",
            "2026-11-22T07:23:38.533+01:00",
            "2026-11-22 06:23:38.533Z",
            "2026-11-22T06:23:38.533",
        ] {
            assert_eq!(Timestamp::parse(text), Some(expected), "{text}");
        }
        assert_eq!(Timestamp::parse("ieri"), None);
        assert_eq!(Timestamp::parse("2026-13-01T00:00:00Z"), None);
    }

    #[test]
    fn writes_milliseconds_in_utc() {
        assert_eq!(
            Timestamp(1_795_328_618_533_000).to_string(),
            "2026-11-22T06:23:38.533Z"
        );
    }
}
