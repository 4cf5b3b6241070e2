//! Mending the same fault in many quarantined texts. Pure: text in, text out.
//!
//! **Invariant:** only what the mend is about changes; every other value keeps its bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use filo_core::event::EventKind;
use filo_core::time::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::value::RawValue;

/// Names and ids may be this long; see the limits of intake.
const NAME_CHARS_MOST: usize = 200;
const VALUE_CHARS_MOST: usize = 200;

/// One way to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mend {
    /// Try again as it came: the rules or the source may have changed.
    AsItIs,
    /// Gives tracks without a name this one.
    EventName(String),
    /// Gives calls without a known type this one.
    Kind(EventKind),
    /// Reads dates as day, month, year on the clock of Italy.
    DayFirst,
    /// Leaves unreadable dates out: the time of arrival counts.
    Undated,
    /// Takes the user's id from a field of the call, its properties or traits.
    WhoFrom(String),
    /// Cuts names that are too long and leaves out such message ids.
    Shorten,
}

impl Mend {
    /// The word in forms and in the API.
    #[cfg(test)]
    const fn word(&self) -> &'static str {
        match self {
            Self::AsItIs => "as_it_is",
            Self::EventName(_) => "event_name",
            Self::Kind(_) => "type",
            Self::DayFirst => "day_first",
            Self::Undated => "undated",
            Self::WhoFrom(_) => "who_from",
            Self::Shorten => "shorten",
        }
    }

    /// The mend of a word and its value; the word of what is wrong if there is none.
    pub(crate) fn of(word: &str, value: &str) -> Result<Self, &'static str> {
        let value = value.trim();
        let needed = || {
            let fits = !value.is_empty() && value.chars().count() <= VALUE_CHARS_MOST;
            fits.then(|| value.to_owned()).ok_or("mend-wrong-value")
        };
        match word {
            "as_it_is" => Ok(Self::AsItIs),
            "event_name" => needed().map(Self::EventName),
            "type" => EventKind::from_word(value)
                .filter(|kind| *kind != EventKind::Decision)
                .map(Self::Kind)
                .ok_or("mend-wrong-type"),
            "day_first" => Ok(Self::DayFirst),
            "undated" => Ok(Self::Undated),
            "who_from" => needed().map(Self::WhoFrom),
            "shorten" => Ok(Self::Shorten),
            _ => Err("mend-unknown"),
        }
    }

    /// What can help against a fault of this code, the likeliest first.
    pub(crate) fn offered(code: &str) -> &'static [&'static str] {
        match code {
            "missing_event" => &["event_name", "as_it_is"],
            "missing_type" | "unknown_type" => &["type", "as_it_is"],
            "bad_timestamp" => &["day_first", "undated", "as_it_is"],
            "no_user_anon_id" => &["who_from", "as_it_is"],
            "name_too_long" | "message_id_too_long" => &["shorten", "as_it_is"],
            _ => &["as_it_is"],
        }
    }

    /// The text as it should have been sent; as it is where this mend finds nothing to do.
    pub(crate) fn apply<'t>(&self, body: &'t str) -> Cow<'t, str> {
        if *self == Self::AsItIs {
            return Cow::Borrowed(body);
        }
        self.mended(body).map_or(Cow::Borrowed(body), Cow::Owned)
    }

    fn mended(&self, body: &str) -> Option<String> {
        let mut root: Members<'_> = serde_json::from_str(body).ok()?;
        let Some(batch) = root.get("batch") else {
            self.call(&mut root);
            return written(&root);
        };
        let calls: Vec<&RawValue> = serde_json::from_str(batch.get()).ok()?;
        let mut mended = Vec::with_capacity(calls.len());
        for call in calls {
            let mut members: Members<'_> = serde_json::from_str(call.get()).ok()?;
            self.call(&mut members);
            mended.push(written(&members)?);
        }
        let list = RawValue::from_string(format!("[{}]", mended.join(","))).ok()?;
        root.insert("batch".into(), Cow::Owned(list));
        written(&root)
    }

    fn call(&self, call: &mut Members<'_>) {
        match self {
            Self::AsItIs => {}
            Self::EventName(name) => {
                let is_track = text(call, "type").is_none_or(|kind| kind == "track");
                if is_track && text(call, "event").is_none_or(|it| it.trim().is_empty()) {
                    put(call, "event", name);
                }
            }
            Self::Kind(kind) => {
                let known = text(call, "type").and_then(|it| EventKind::from_word(&it));
                if known.is_none() {
                    put(call, "type", kind.word());
                }
            }
            Self::DayFirst | Self::Undated => {
                for field in ["timestamp", "originalTimestamp", "sentAt"] {
                    self.date(call, field);
                }
            }
            Self::WhoFrom(field) => {
                let found = found(call, field);
                if let Some(found) = found.filter(|_| text(call, "userId").is_none()) {
                    put(call, "userId", &found);
                }
            }
            Self::Shorten => {
                for field in ["event", "name"] {
                    let long = text(call, field).filter(|it| it.chars().count() > NAME_CHARS_MOST);
                    if let Some(long) = long {
                        let short: String = long.chars().take(NAME_CHARS_MOST).collect();
                        put(call, field, &short);
                    }
                }
                if text(call, "messageId").is_some_and(|it| it.len() > 100) {
                    call.remove("messageId");
                }
            }
        }
    }

    fn date(&self, call: &mut Members<'_>, field: &str) {
        let Some(given) = text(call, field) else {
            return;
        };
        // Digits alone are seconds or milliseconds since 1970, which intake reads.
        let is_count = given.bytes().all(|byte| byte.is_ascii_digit());
        if is_count || Timestamp::parse(&given).is_some() {
            return;
        }
        match day_first(&given).filter(|_| *self == Self::DayFirst) {
            Some(at) => put(call, field, &at.to_string()),
            None if *self == Self::Undated => drop(call.remove(field)),
            None => {}
        }
    }
}

/// A JSON object whose values are as they came.
type Members<'t> = BTreeMap<Cow<'t, str>, Cow<'t, RawValue>>;

fn written(members: &Members<'_>) -> Option<String> {
    serde_json::to_string(members).ok()
}

fn put(members: &mut Members<'_>, field: &str, value: &str) {
    // A text always serialises.
    if let Ok(raw) = serde_json::value::to_raw_value(value) {
        members.insert(Cow::Owned(field.to_owned()), Cow::Owned(raw));
    }
}

/// A member that is a text.
fn text(members: &Members<'_>, field: &str) -> Option<String> {
    serde_json::from_str(members.get(field)?.get()).ok()
}

/// A text or whole number of this name, in the call or one level deeper.
fn found(call: &Members<'_>, field: &str) -> Option<String> {
    let plain = |members: &Members<'_>| {
        let raw = members.get(field)?.get();
        let text = serde_json::from_str::<String>(raw).ok();
        let number = || {
            serde_json::from_str::<u64>(raw)
                .ok()
                .map(|it| it.to_string())
        };
        text.or_else(number).filter(|it| !it.trim().is_empty())
    };
    let deeper = |object: &str| {
        let members = serde_json::from_str(call.get(object)?.get()).ok()?;
        plain(&members)
    };
    plain(call)
        .or_else(|| deeper("properties"))
        .or_else(|| deeper("traits"))
}

/// 31/12/2026, 31-12-2026 14:05, 31.12.2026 14:05:09.
fn day_first(given: &str) -> Option<Timestamp> {
    let numbers: Vec<i64> = given
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let known = |letter: char| letter.is_ascii_digit() || "/-.:, ".contains(letter);
    if !given.chars().all(known) {
        return None;
    }
    let (day, month, year, hour, minute, second) = match numbers.as_slice() {
        [day, month, year] => (*day, *month, *year, 0, 0, 0),
        [day, month, year, hour, minute] => (*day, *month, *year, *hour, *minute, 0),
        [day, month, year, hour, minute, second] => (*day, *month, *year, *hour, *minute, *second),
        _ => return None,
    };
    let small = |number: i64| i8::try_from(number).ok();
    let civil = DateTime::new(
        i16::try_from(year).ok().filter(|year| *year >= 1970)?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    );
    let rome = TimeZone::get("Europe/Rome").ok()?;
    let at = civil.ok()?.to_zoned(rome).ok()?.timestamp();
    Some(Timestamp(at.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(mend: &Mend, body: &str, expected: &str) {
        assert_eq!(mend.apply(body), expected);
    }

    #[test]
    fn only_what_is_wrong_changes() {
        let name = Mend::EventName("Ordine".to_owned());
        check(
            &name,
            r#"{"batch":[{"type":"track","properties":{"total":42.50}},{"type":"track","event":"X"},{"type":"page"}],"sentAt":"t"}"#,
            r#"{"batch":[{"event":"Ordine","properties":{"total":42.50},"type":"track"},{"event":"X","type":"track"},{"type":"page"}],"sentAt":"t"}"#,
        );
        check(
            &Mend::Kind(EventKind::Track),
            r#"{"type":"buy"}"#,
            r#"{"type":"track"}"#,
        );
        check(
            &Mend::Kind(EventKind::Track),
            r#"{"type":"page"}"#,
            r#"{"type":"page"}"#,
        );
        check(&name, "{broken", "{broken");
        check(&Mend::AsItIs, "{ }", "{ }");
    }

    #[test]
    fn italian_dates_are_read_on_the_clock_of_italy() {
        for (given, expected) in [
            ("31/12/2026", Some("2026-12-30T23:00:00.000Z")),
            ("01-07-2026 14:05", Some("2026-07-01T12:05:00.000Z")),
            ("1.7.2026, 14:05:09", Some("2026-07-01T12:05:09.000Z")),
            ("12/31/2026", None),
            ("domani", None),
            ("31/12/26", None),
            ("31/12/2026 14", None),
        ] {
            let read = day_first(given).map(|at| at.to_string());
            assert_eq!(read.as_deref(), expected, "{given}");
        }
        check(
            &Mend::DayFirst,
            r#"{"sentAt":"2026-01-01T00:00:00Z","timestamp":"31/12/2026"}"#,
            r#"{"sentAt":"2026-01-01T00:00:00Z","timestamp":"2026-12-30T23:00:00.000Z"}"#,
        );
        check(
            &Mend::Undated,
            r#"{"timestamp":"domani","type":"page"}"#,
            r#"{"type":"page"}"#,
        );
    }

    #[test]
    fn who_it_was_is_found_where_the_sender_put_it() {
        let who = Mend::WhoFrom("codice".to_owned());
        check(
            &who,
            r#"{"properties":{"codice":77}}"#,
            r#"{"properties":{"codice":77},"userId":"77"}"#,
        );
        check(
            &who,
            r#"{"codice":" ","userId":"a"}"#,
            r#"{"codice":" ","userId":"a"}"#,
        );
    }

    #[test]
    fn every_offered_mend_is_one() {
        use filo_core::intake::DefectCode;
        for code in DefectCode::ALL {
            for word in Mend::offered(code.word()) {
                let value = if *word == "type" { "track" } else { "x" };
                assert_eq!(Mend::of(word, value).unwrap().word(), *word);
            }
        }
        assert_eq!(Mend::of("event_name", "  "), Err("mend-wrong-value"));
        assert_eq!(Mend::of("type", "decision"), Err("mend-wrong-type"));
        assert_eq!(Mend::of("x", ""), Err("mend-unknown"));
    }

    proptest! {
        #[test]
        fn mending_twice_is_mending_once(body in r#"\{"(type|event|timestamp)":"[a-z0-9/: ]{0,20}"\}"#) {
            let mends = [
                Mend::EventName("x".to_owned()),
                Mend::Kind(EventKind::Page),
                Mend::DayFirst,
                Mend::Undated,
                Mend::Shorten,
            ];
            for mend in mends {
                let once = mend.apply(&body).into_owned();
                prop_assert_eq!(mend.apply(&once), once.as_str());
            }
        }
    }
}
