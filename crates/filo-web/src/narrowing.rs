//! What an address says about a list of people: search, filters, order.
//!
//! **Invariant:** reading what [`Narrowing::query`] wrote gives the same narrowing.

use filo_app::{App, CustomerRow, Filter, Mark, MarkKey, Marketing, Question, Sort, Span};
use filo_core::event::Channel;
use filo_core::id::{CustomerId, SourceId};
use filo_core::money::{Currency, Decimal};
use filo_core::profile::{TraitTest, Wanted};
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::i18n::{day_of, day_start, zone};

/// Days that "soon" takes in for birthdays, today among them.
const WEEK_DAYS: i64 = 7;

/// Every part as it was written; the empty ones say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Narrowing {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) search: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) channel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) first_from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) first_to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) last_from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) last_to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) orders: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) spent_from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) spent_to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) marketing: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) birthday: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) reach: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) list: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) trait_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) trait_is: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) trait_value: String,
}

impl Narrowing {
    /// The address's part behind the question mark, always written alike.
    pub(crate) fn query(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }

    /// The narrowing that such a part says; what is none of ours is passed over.
    pub(crate) fn read(query: &str) -> Self {
        serde_urlencoded::from_str(query).unwrap_or_default()
    }

    /// The narrowing, if there is nothing else in it.
    pub(crate) fn read_strictly(query: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
        let read = Self::read(query);
        let mut written: Vec<(String, String)> = serde_urlencoded::from_str(&read.query()).ok()?;
        let mut said: Vec<_> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        said.sort_unstable();
        written.sort_unstable();
        (said == written).then_some(read)
    }

    /// The same, changed.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    pub(crate) fn sort(&self) -> Sort {
        Sort::ALL
            .into_iter()
            .find(|sort| sort.word() == self.sort)
            .unwrap_or_default()
    }

    /// Without the search and the order: what a filter is made of.
    pub(crate) fn filters(&self) -> Self {
        self.with(|it| {
            it.search.clear();
            it.sort.clear();
        })
    }

    /// What is asked of a trait. Without a word for how, a value must be the same, and without a
    /// value there must be one.
    pub(crate) fn trait_test(&self) -> Option<TraitTest> {
        let wanted = match self.trait_is.as_str() {
            "" if self.trait_value.is_empty() => Wanted::Present,
            "" => Wanted::Equals,
            word => Wanted::from_word(word)?,
        };
        TraitTest::new(&self.trait_name, wanted, &self.trait_value)
    }

    fn asks_trait(&self) -> bool {
        !(self.trait_name.is_empty() && self.trait_is.is_empty() && self.trait_value.is_empty())
    }

    /// The filter as days and birthdays stand in the company's zone now, and the parts that cannot
    /// be read.
    pub(crate) fn filter_of(&self, app: &App) -> (Filter, Vec<&'static str>) {
        self.filter(zone(&app.company().company.zone), app.now())
    }

    pub(crate) fn filter(
        &self,
        zone: Option<&TimeZone>,
        now: Timestamp,
    ) -> (Filter, Vec<&'static str>) {
        let mut reading = Reading::default();
        if self.asks_trait() && self.trait_test().is_none() {
            reading.wrong.push("trait_name");
        }
        let day = |text: &str| text.parse::<Date>().ok();
        let first = (
            reading.part("first_from", &self.first_from, day),
            reading.part("first_to", &self.first_to, day),
        );
        let last = (
            reading.part("last_from", &self.last_from, day),
            reading.part("last_to", &self.last_to, day),
        );
        let orders = |text: &str| text.parse().ok().filter(|least: &i64| *least >= 0);
        let (has_email, has_phone) = reading
            .part("reach", &self.reach, reach)
            .unwrap_or_default();
        let filter = Filter {
            channel: reading.part("channel", &self.channel, Channel::from_word),
            first_source: reading.part("source", &self.source, |text| {
                text.parse().ok().map(SourceId)
            }),
            first_seen: days_span(zone, first.0, first.1),
            last_seen: days_span(zone, last.0, last.1),
            orders: Span {
                least: reading.part("orders", &self.orders, orders),
                most: None,
            },
            spent_cents: Span {
                least: reading.part("spent_from", &self.spent_from, cents),
                most: reading.part("spent_to", &self.spent_to, cents),
            },
            marketing: reading.part("marketing", &self.marketing, marketing),
            birthday: reading.part("birthday", &self.birthday, |word| {
                birthdays(zone, word, now)
            }),
            has_email,
            has_phone,
            list: reading.part("list", &self.list, |text| text.parse().ok()),
        };
        (filter, reading.wrong)
    }

    /// The question behind a mark.
    pub(crate) fn question(&self, filter: Filter, before: Option<&str>) -> Question {
        Question {
            filter,
            sort: self.sort(),
            behind: before.and_then(read_mark),
        }
    }

    /// The mark behind a row, as it stands in an address.
    pub(crate) fn mark(&self, row: &CustomerRow) -> String {
        let mark = self.sort().mark(row);
        let key = match mark.key {
            MarkKey::Number(number) => format!("n{number}"),
            MarkKey::Text(text) => format!("t{text}"),
        };
        base64::Engine::encode(
            &base64::engine::general_purpose::URL_SAFE_NO_PAD,
            format!("{:032x}{key}", mark.id.0),
        )
    }
}

/// Reads parts and remembers which could not be read.
#[derive(Debug, Default)]
struct Reading {
    wrong: Vec<&'static str>,
}

impl Reading {
    fn part<T>(
        &mut self,
        name: &'static str,
        text: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.wrong.push(name);
        }
        value
    }
}

/// Whether an e-mail address is wanted, and whether a telephone number.
fn reach(word: &str) -> Option<(bool, bool)> {
    match word {
        "email" => Some((true, false)),
        "phone" => Some((false, true)),
        "both" => Some((true, true)),
        _ => None,
    }
}

fn marketing(word: &str) -> Option<Marketing> {
    match word {
        "granted" => Some(Marketing::Granted),
        "denied" => Some(Marketing::Denied),
        "unknown" => Some(Marketing::Unknown),
        _ => None,
    }
}

/// A mark of an address; anything else is none.
pub(crate) fn read_mark(text: &str) -> Option<Mark> {
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, key) = text.split_at_checked(32)?;
    let id = CustomerId(u128::from_str_radix(id, 16).ok()?);
    let key = match key.split_at_checked(1)? {
        ("n", number) => MarkKey::Number(number.parse().ok()?),
        ("t", text) => MarkKey::Text(text.to_owned()),
        _ => return None,
    };
    Some(Mark { key, id })
}

/// Both days whole.
fn days_span(zone: Option<&TimeZone>, from: Option<Date>, to: Option<Date>) -> Span {
    let next = to.and_then(|day| day.tomorrow().ok());
    let start = |day: Option<Date>| day.and_then(|day| day_start(zone, day));
    Span::between(start(from), start(next))
}

/// An amount as people write it: `1.234,50`, `99.5`, `100`.
pub(crate) fn cents(text: &str) -> Option<i64> {
    let plain = match text.contains(',') {
        true => text.replace('.', "").replace(',', "."),
        false => text.to_owned(),
    };
    let cents = Decimal::parse(plain.trim())?.to_cents(Currency::EUR)?;
    Some(cents.0)
}

/// Month and day, first and last.
fn birthdays(zone: Option<&TimeZone>, word: &str, now: Timestamp) -> Option<(i64, i64)> {
    let today = day_of(zone, now)?;
    let number = |day: Date| i64::from(day.month()) * 100 + i64::from(day.day());
    let days = match word {
        "today" => (today, today),
        "week" => (today, today.checked_add((WEEK_DAYS - 1).days()).ok()?),
        "month" => (today.first_of_month(), today.last_of_month()),
        _ => return None,
    };
    Some((number(days.0), number(days.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-12-28T10:00:00Z").unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let narrowing = Narrowing {
            search: "d'àngelo & figli".to_owned(),
            channel: "shop".to_owned(),
            spent_from: "1.000,50".to_owned(),
            ..Narrowing::default()
        };
        assert_eq!(Narrowing::read(&narrowing.query()), narrowing);
        assert_eq!(Narrowing::default().query(), "");
    }

    #[test]
    fn filters_are_read_as_people_write_them() {
        let narrowing = Narrowing::read(
            "channel=shop&spent_from=1.000%2C50&last_to=2026-12-31&birthday=week&reach=both",
        );
        let (filter, wrong) = narrowing.filter(None, now());
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(filter.spent_cents.least, Some(100_050));
        assert_eq!(filter.birthday, Some((1228, 103)), "over the year's end");
        let end = Timestamp::parse("2026-12-31T23:00:00Z").unwrap();
        assert_eq!(filter.last_seen.most, Some(end.0 - 1), "midnight in Rome");
        assert!(filter.has_email && filter.has_phone);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_filters_nothing() {
        let narrowing = Narrowing::read(
            "channel=tv&source=x&first_from=ieri&orders=-1&spent_to=molto&marketing=1&birthday=1&reach=x&list=x&trait_is=x",
        );
        let (filter, wrong) = narrowing.filter(None, now());
        assert!(filter.is_empty());
        assert_eq!(wrong.len(), 10, "{wrong:?}");
    }

    #[test]
    fn marks_are_read_back_and_others_are_none() {
        for text in ["", "x", "AAAA", "%00", "🙂", &"A".repeat(60)] {
            assert_eq!(read_mark(text), None, "{text}");
        }
    }
}
