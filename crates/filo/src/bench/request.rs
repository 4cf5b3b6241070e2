//! Whole requests, built once and patched for each sending.

use super::draw::Draw;
use super::template::{DAY, FIRST, Facts, Place, SINGLE, expand, fill};

const DAY_MS: u64 = 86_400_000;
/// Events are spread over so many days before now: a lake of several months.
const PERIOD_DAYS: u64 = 60;

/// The days of the period as text, so that no date is calculated while measuring.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    first_day: u64,
    days: Vec<String>,
    period_days: u64,
    total: u64,
}

impl Calendar {
    /// Spreads `total` events over the days before now.
    pub(super) fn until(now: filo_core::time::Timestamp, total: u64) -> Self {
        Self::of_days(PERIOD_DAYS, now, total)
    }

    /// Spreads `total` events over so many days before today began.
    pub(super) fn of_days(period_days: u64, now: filo_core::time::Timestamp, total: u64) -> Self {
        let now_ms = u64::try_from(now.0 / 1000).unwrap_or(0);
        let first_day = now_ms / DAY_MS - period_days;
        let days = (first_day..=first_day + period_days)
            .map(|day| {
                let midnight = i64::try_from(day * DAY_MS).unwrap_or(0);
                let mut text = filo_core::time::Timestamp::from_millis(midnight).to_string();
                text.truncate(11);
                text
            })
            .collect();
        Self {
            first_day,
            days,
            period_days,
            total: total.max(1),
        }
    }

    /// When event number `serial` happened, and that day's text.
    fn at(&self, serial: u64) -> (u64, &[u8]) {
        let offset = u128::from(serial % self.total) * u128::from(self.period_days * DAY_MS);
        let offset = u64::try_from(offset / u128::from(self.total)).unwrap_or(0);
        let day = self.days[usize::try_from(offset / DAY_MS).unwrap_or(0)].as_bytes();
        (self.first_day * DAY_MS + offset, day)
    }
}

/// A request with places.
#[derive(Debug, Clone)]
pub(super) struct Request {
    bytes: Vec<u8>,
    /// Where each event's places begin in `places`.
    events: Vec<usize>,
    places: Vec<(usize, Place)>,
}

/// Basic authorisation with a write key, as SDKs send it.
pub(super) fn basic(key: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let text = format!("{key}:");
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            (bits << 8) | usize::from(*chunk.get(at).unwrap_or(&0))
        });
        for at in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * at)) & 63]);
            encoded.push(if at <= chunk.len() { letter } else { '=' });
        }
    }
    format!("Basic {encoded}")
}

impl Request {
    /// A batch of `count` events.
    pub(super) fn batch(count: usize, key: &str) -> Self {
        Self::build(key, "/v1/batch", |body, places, events| {
            body.extend_from_slice(b"{\"batch\":[");
            for index in 0..count {
                if index > 0 {
                    body.push(b',');
                }
                events.push(places.len());
                expand(DAY[index % DAY.len()], body, places);
            }
            body.extend_from_slice(b"]}");
        })
    }

    /// A batch that makes `count` customers known.
    pub(super) fn introductions(count: usize, key: &str) -> Self {
        Self::build(key, "/v1/batch", |body, places, events| {
            body.extend_from_slice(b"{\"batch\":[");
            for index in 0..count {
                if index > 0 {
                    body.push(b',');
                }
                events.push(places.len());
                expand(FIRST, body, places);
            }
            body.extend_from_slice(b"]}");
        })
    }

    /// One event of about a kilobyte.
    pub(super) fn single(key: &str) -> Self {
        Self::build(key, "/v1/t", |body, places, events| {
            events.push(places.len());
            expand(SINGLE, body, places);
        })
    }

    fn build(
        key: &str,
        path: &str,
        write: impl FnOnce(&mut Vec<u8>, &mut Vec<(usize, Place)>, &mut Vec<usize>),
    ) -> Self {
        let (mut body, mut places, mut events) = (Vec::new(), Vec::new(), Vec::new());
        write(&mut body, &mut places, &mut events);
        let mut bytes = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Authorization: {}\r\nContent-Length: {}\r\n\r\n",
            basic(key),
            body.len()
        )
        .into_bytes();
        let head = bytes.len();
        bytes.append(&mut body);
        for (at, _) in &mut places {
            *at += head;
        }
        events.push(places.len());
        Self {
            bytes,
            events,
            places,
        }
    }

    /// How many events it holds.
    pub(super) fn event_count(&self) -> usize {
        self.events.len() - 1
    }

    /// Writes fresh events into it: `customer` says whose each is.
    pub(super) fn patch(
        &mut self,
        draw: &mut Draw,
        calendar: &Calendar,
        first_serial: u64,
        mut customer: impl FnMut(&mut Draw, u64) -> u64,
    ) -> &[u8] {
        for (index, ends) in self.events.windows(2).enumerate() {
            let serial = first_serial + index as u64;
            let (at_ms, day) = calendar.at(serial);
            let facts = Facts {
                customer: customer(draw, index as u64),
                message: [draw.next(), draw.next()],
                at_ms,
                day,
            };
            for (at, place) in &self.places[ends[0]..ends[1]] {
                fill(&mut self.bytes[*at..*at + place.length()], *place, &facts);
            }
        }
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use filo_core::time::Timestamp;

    use super::*;

    #[test]
    fn keys_are_encoded_as_basic_wants_it() {
        // RFC 7617 shows the same with a password; these are its lengths modulo three.
        assert_eq!(basic("WK_TEST"), "Basic V0tfVEVTVDo=");
        assert_eq!(basic("ab"), "Basic YWI6");
        assert_eq!(basic("abc"), "Basic YWJjOg==");
    }

    #[test]
    fn a_patched_batch_is_json_with_fresh_ids() {
        let now = Timestamp::parse("2026-11-22T06:00:00Z").unwrap();
        let calendar = Calendar::until(now, 1000);
        let mut request = Request::batch(40, "k");
        let mut seen = std::collections::BTreeSet::new();
        for round in 0..3 {
            let bytes = request.patch(&mut Draw::new(round), &calendar, round * 40, |draw, _| {
                draw.below(100)
            });
            let text = std::str::from_utf8(bytes).unwrap();
            let (_, body) = text.split_once("\r\n\r\n").unwrap();
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            for event in body["batch"].as_array().unwrap() {
                assert!(seen.insert(event["messageId"].to_string()));
                let at = Timestamp::parse(event["timestamp"].as_str().unwrap()).unwrap();
                assert!(at <= now);
            }
        }
        assert_eq!(seen.len(), 120);
    }

    #[test]
    fn the_generator_is_cheap() {
        let calendar = Calendar::until(Timestamp::from_seconds(1_795_328_618), 1_000_000);
        let mut request = Request::batch(500, "k");
        let mut draw = Draw::new(1);
        let begun = Instant::now();
        for round in 0..20 {
            request.patch(&mut draw, &calendar, round * 500, |draw, _| {
                draw.below(1000)
            });
        }
        // A microsecond in release; this debug build is given twenty-five.
        assert!(
            begun.elapsed() < Duration::from_millis(250),
            "{:?}",
            begun.elapsed()
        );
    }
}
