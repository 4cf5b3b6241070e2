//! When it happened, if the sender's clock may be wrong (reference: Segment's `timestamp =
//! receivedAt − (sentAt − originalTimestamp)`).
//!
//! **Invariant:** no event lies more than five minutes after its receipt; a time that was changed
//! or cannot be true is flagged, and the sender's own time is kept.

use super::scalar::Scalar;
use super::{Call, Defect, DefectCode, Sender};
use crate::event::Trust;
use crate::time::Timestamp;

/// Clocks of phones are this wrong without anybody noticing.
const AHEAD_MOST_MICROS: i64 = 5 * 60 * 1_000_000;

/// The times of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) at: Timestamp,
    pub(super) original_at: Option<Timestamp>,
    pub(super) suspect: bool,
}

/// Reads a time as clients send it: RFC 3339, or the seconds, milli- or microseconds since 1970.
#[must_use]
pub fn instant(scalar: &Scalar<'_>) -> Option<Timestamp> {
    let text = scalar.as_text()?;
    match scalar {
        Scalar::Number(_) => since_1970(text),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => since_1970(text),
        _ => Timestamp::parse(text),
    }
}

/// Seconds lie under 10¹¹ until the year 5138, milliseconds under 10¹⁴.
fn since_1970(digits: &str) -> Option<Timestamp> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: i64 = whole.parse().ok()?;
    let scale = match whole.unsigned_abs() {
        0..100_000_000_000 => 1_000_000,
        100_000_000_000..100_000_000_000_000 => 1000,
        _ => 1,
    };
    let mut micros = whole.checked_mul(scale)?;
    let mut unit = scale;
    for digit in decimals.bytes() {
        unit /= 10;
        let part = i64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?) * unit;
        micros = if digits.starts_with('-') {
            micros - part
        } else {
            micros + part
        };
    }
    Some(Timestamp(micros))
}

/// The times of a call from this sender.
pub(super) fn times(call: &Call<'_>, sender: &Sender<'_>) -> Result<Times, Defect> {
    let received = sender.received_at;
    let Some(original) = original(call)? else {
        return Ok(Times {
            at: received,
            original_at: None,
            suspect: false,
        });
    };
    let sent = match instant(&call.sent_at) {
        Some(sent) => Some(sent),
        None if matches!(call.sent_at, Scalar::Absent) => sender.sent_at,
        None => None,
    };
    let mut suspect = sent.is_none() && !matches!(call.sent_at, Scalar::Absent);
    // A server's clock is kept by NTP, and imports state times on purpose.
    let corrected = match sent {
        Some(sent) if is_client(call, sender) => {
            Timestamp(received.0.saturating_sub(sent.micros_since(original)))
        }
        _ => original,
    };
    let latest = received.plus_micros(AHEAD_MOST_MICROS);
    suspect |= corrected > latest || corrected.0 < 0;
    let at = corrected.min(latest);
    Ok(Times {
        at,
        original_at: (at != original).then_some(original),
        suspect,
    })
}

fn original(call: &Call<'_>) -> Result<Option<Timestamp>, Defect> {
    for (field, scalar) in [
        ("originalTimestamp", &call.original_timestamp),
        ("timestamp", &call.timestamp),
    ] {
        match scalar {
            Scalar::Absent => {}
            Scalar::Text(text) if text.trim().is_empty() => {}
            _ => {
                return instant(scalar).map(Some).ok_or_else(|| {
                    let hint = "cannot be read as a time; send RFC 3339, such as \
                                2026-11-22T06:23:38.533Z";
                    Defect::new(DefectCode::BadTimestamp, field, hint)
                });
            }
        }
    }
    Ok(None)
}

fn is_client(call: &Call<'_>, sender: &Sender<'_>) -> bool {
    match call.channel.as_text() {
        Some("browser" | "mobile") => true,
        _ => sender.trust == Trust::Claimed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SourceId;

    const RECEIVED: i64 = 1_795_328_618_000_000;
    const HOUR: i64 = 3_600_000_000;

    fn sender(trust: Trust) -> Sender<'static> {
        Sender::new(SourceId(1), trust, Timestamp(RECEIVED))
    }

    fn call(original: i64, sent: Option<i64>) -> Call<'static> {
        Call {
            timestamp: Timestamp(original).to_string().into(),
            sent_at: sent.map_or(Scalar::Absent, |sent| Timestamp(sent).to_string().into()),
            ..Call::default()
        }
    }

    #[test]
    fn a_device_three_hours_ahead_is_corrected() {
        let ahead = call(RECEIVED + 3 * HOUR - 2_000_000, Some(RECEIVED + 3 * HOUR));
        let times = times(&ahead, &sender(Trust::Claimed)).unwrap();
        assert_eq!(times.at, Timestamp(RECEIVED - 2_000_000));
        assert_eq!(
            times.original_at,
            Some(Timestamp(RECEIVED + 3 * HOUR - 2_000_000))
        );
        assert!(!times.suspect);
    }

    #[test]
    fn without_sent_at_or_from_a_server_the_time_stays() {
        let old = RECEIVED - 400 * 24 * HOUR;
        let browser = times(&call(old, None), &sender(Trust::Claimed)).unwrap();
        let server = times(&call(old, Some(old)), &sender(Trust::Verified)).unwrap();
        for times in [browser, server] {
            assert_eq!(times.at, Timestamp(old));
            assert_eq!(times.original_at, None);
        }
        let mobile = Call {
            channel: "mobile".into(),
            ..call(old, Some(old))
        };
        assert_eq!(
            times(&mobile, &sender(Trust::Verified)).unwrap().at,
            Timestamp(RECEIVED)
        );
    }

    #[test]
    fn the_batch_says_when_it_was_sent() {
        let mut sender = sender(Trust::Claimed);
        sender.sent_at = Some(Timestamp(RECEIVED - HOUR));
        let times = times(&call(RECEIVED - HOUR - 1_000_000, None), &sender).unwrap();
        assert_eq!(times.at, Timestamp(RECEIVED - 1_000_000));
    }

    #[test]
    fn impossible_times_are_clamped_or_flagged_and_kept() {
        let future = times(&call(RECEIVED + HOUR, None), &sender(Trust::Verified)).unwrap();
        assert_eq!(future.at, Timestamp(RECEIVED + 300_000_000));
        assert_eq!(future.original_at, Some(Timestamp(RECEIVED + HOUR)));
        assert!(future.suspect);
        let ancient = times(&call(-HOUR, None), &sender(Trust::Verified)).unwrap();
        assert_eq!((ancient.at, ancient.suspect), (Timestamp(-HOUR), true));
        let nonsense = Call {
            sent_at: "ieri".into(),
            ..call(RECEIVED, None)
        };
        assert!(times(&nonsense, &sender(Trust::Claimed)).unwrap().suspect);
    }

    #[test]
    fn numbers_are_seconds_millis_or_micros() {
        for (raw, expected) in [
            ("1795328618", Some(RECEIVED)),
            ("1795328618.5", Some(RECEIVED + 500_000)),
            ("1795328618000", Some(RECEIVED)),
            ("1795328618000000", Some(RECEIVED)),
            ("\"1795328618000\"", Some(RECEIVED)),
            ("-1.5", Some(-1_500_000)),
            ("0", Some(0)),
            ("1e9", None),
            ("99999999999999999999", None),
            ("\"ieri\"", None),
            ("{}", None),
        ] {
            assert_eq!(
                instant(&Scalar::read(raw)),
                expected.map(Timestamp),
                "{raw}"
            );
        }
    }

    #[test]
    fn an_unreadable_time_is_a_defect() {
        let call = Call {
            timestamp: "32/13/2026".into(),
            ..Call::default()
        };
        let defect = times(&call, &sender(Trust::Claimed)).unwrap_err();
        assert_eq!(
            (defect.code, defect.field.as_ref()),
            (DefectCode::BadTimestamp, "timestamp")
        );
    }
}
