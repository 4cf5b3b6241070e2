//! What is known when something is said: the one list of variables that texts may use.
//!
//! **Invariant:** facts are what somebody told or what was counted; nothing is guessed, and names
//! that are no names are left out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use minijinja::value::Value;

use super::said::{day_words, money_words};
use crate::company::Language;
use crate::money::{Cents, Currency};
use crate::profile::Profile;
use crate::profile::view::order_summaries;

/// Letters of a first name: longer ones are no names.
const FIRST_NAME_CHARS_MOST: usize = 40;
/// Levels of lists and groups in a fact.
const DEPTH_MOST: usize = 4;
/// Parts of a list or group that are kept.
const PARTS_MOST: usize = 100;

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A text.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// Yes or no.
    Yes(bool),
    /// An amount.
    Money(Cents, Currency),
    /// A day.
    Day(Date),
    /// Several.
    List(Vec<Fact>),
    /// Several, by name.
    Group(BTreeMap<String, Fact>),
}

/// What somebody bought so far, in the currency in which they buy most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFacts {
    /// How often.
    pub count: u32,
    /// For how much, without what went back.
    pub spent: Cents,
    /// For how much on the average.
    pub average: Cents,
    /// In which currency.
    pub currency: Currency,
    /// The first time.
    pub first_day: Option<Date>,
    /// The last time.
    pub last_day: Option<Date>,
}

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// What one calls them.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The whole name.
    pub name: Option<String>,
    /// The company.
    pub company: String,
    /// Where it is: in the foot of every mail.
    pub address: String,
    /// The day it is said.
    pub today: Date,
    /// What they bought.
    pub orders: Option<OrderFacts>,
    /// What they told, by key.
    pub traits: BTreeMap<String, Fact>,
    /// What was counted, by key.
    pub computed: BTreeMap<String, Fact>,
    /// What the event says that it is told for.
    pub event: BTreeMap<String, Fact>,
}

impl Facts {
    /// What a profile tells, on a day.
    #[must_use]
    pub fn of(
        profile: &Profile,
        today: Date,
        day_of: impl Fn(crate::time::Timestamp) -> Date,
    ) -> Self {
        let traits = &profile.traits;
        let said = |key: &str| traits.text(key).map(|text| text.trim().to_owned());
        let name = traits.full_name();
        let first_name = said("first_name").or_else(|| {
            let name = name.as_deref()?;
            name.split_whitespace().next().map(str::to_owned)
        });
        let orders = order_summaries(&profile.orders)
            .into_iter()
            .filter(|orders| orders.count > 0)
            .max_by_key(|orders| (orders.count, orders.currency));
        let told = traits
            .iter()
            .filter_map(|(key, raw, _)| Some((key.to_owned(), Fact::from_json(&raw)?)));
        Self {
            first_name: first_name.filter(|name| is_name(name)),
            last_name: said("last_name").filter(|name| is_name(name)),
            name: name.filter(|name| is_name(name)),
            today,
            orders: orders.map(|orders| OrderFacts {
                count: orders.count,
                spent: orders.net,
                average: orders.average,
                currency: orders.currency,
                first_day: orders.first_at.map(&day_of),
                last_day: orders.last_at.map(&day_of),
            }),
            traits: told.collect(),
            ..Self::default()
        }
    }

    /// Somebody invented, for trying a text: everything is known of them.
    #[must_use]
    pub fn sample(language: Language, today: Date) -> Self {
        let said = |it: &str, en: &str| match language {
            Language::Italian => it.to_owned(),
            Language::English => en.to_owned(),
        };
        let day = |days: i32| today.checked_sub(jiff::Span::new().days(days)).ok();
        let event = [
            ("product", said("caffè d’Etiopia", "Ethiopian coffee")),
            ("name", said("caffè d’Etiopia", "Ethiopian coffee")),
            ("shop", said("via Roma", "Via Roma")),
            ("url", "https://example.com/".to_owned()),
            ("order_id", "1024".to_owned()),
        ];
        Self {
            first_name: Some("Giulia".to_owned()),
            last_name: Some("Rossi".to_owned()),
            name: Some("Giulia Rossi".to_owned()),
            company: "Torrefazione Adria".to_owned(),
            address: "Via Roma 12, 34121 Trieste".to_owned(),
            today,
            orders: Some(OrderFacts {
                count: 7,
                spent: Cents(18_450),
                average: Cents(2636),
                currency: Currency::EUR,
                first_day: day(205),
                last_day: day(13),
            }),
            traits: BTreeMap::from([("city".to_owned(), Fact::Text("Trieste".to_owned()))]),
            computed: BTreeMap::new(),
            event: event
                .into_iter()
                .map(|(key, text)| (key.to_owned(), Fact::Text(text)))
                .collect(),
        }
    }

    /// The values of the variables, as this language says them.
    pub(super) fn values(&self, language: Language) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        let names = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("name", &self.name),
        ];
        for (key, name) in names {
            if let Some(name) = name {
                values.insert(key.to_owned(), Value::from(name.as_str()));
            }
        }
        values.insert("company".to_owned(), Value::from(self.company.as_str()));
        values.insert(
            "today".to_owned(),
            Value::from(day_words(self.today, language)),
        );
        values.insert(
            "orders".to_owned(),
            Value::from(self.order_values(language)),
        );
        for (key, group) in [
            ("traits", &self.traits),
            ("computed", &self.computed),
            ("event", &self.event),
        ] {
            values.insert(key.to_owned(), group_value(group, language));
        }
        values
    }

    fn order_values(&self, language: Language) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
        let (count, currency) = match &self.orders {
            Some(orders) => (orders.count, orders.currency),
            None => (0, Currency::EUR),
        };
        let amount = |amount: Option<Cents>| {
            Value::from(money_words(
                amount.unwrap_or(Cents::ZERO),
                currency,
                language,
            ))
        };
        put("count", Value::from(count));
        put(
            "spent",
            amount(self.orders.as_ref().map(|orders| orders.spent)),
        );
        put(
            "average",
            amount(self.orders.as_ref().map(|orders| orders.average)),
        );
        if let Some(orders) = &self.orders {
            for (key, day) in [
                ("first_day", orders.first_day),
                ("last_day", orders.last_day),
            ] {
                if let Some(day) = day {
                    put(key, Value::from(day_words(day, language)));
                }
            }
        }
        values
    }
}

/// Whether a text can be a name: nobody is called a link, and forms are filled in by machines.
pub(super) fn is_name(text: &str) -> bool {
    let has_letter = text.chars().any(char::is_alphabetic);
    let is_foul = |letter: char| {
        matches!(
            letter,
            '/' | '@' | '<' | '>' | '{' | '}' | '[' | ']' | '\\' | ':'
        )
    };
    let is_site = text.split_whitespace().any(|word| {
        let mut parts = word.rsplit('.');
        let last = parts.next().unwrap_or_default();
        parts.next().is_some_and(|before| before.len() > 2) && (2..=10).contains(&last.len())
    });
    has_letter
        && !text.contains(is_foul)
        && !is_site
        && text.chars().count() <= 2 * FIRST_NAME_CHARS_MOST
}

impl Fact {
    /// A fact of JSON; nothing of null, and of what is too deep.
    #[must_use]
    pub fn from_json(raw: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(raw).ok()?;
        Self::read(&value, 0)
    }

    /// The members of an object.
    #[must_use]
    pub fn group_of(raw: &str) -> BTreeMap<String, Self> {
        match Self::from_json(raw) {
            Some(Self::Group(group)) => group,
            _ => BTreeMap::new(),
        }
    }

    fn read(value: &serde_json::Value, depth: usize) -> Option<Self> {
        use serde_json::Value as Json;
        if depth > DEPTH_MOST {
            return None;
        }
        let read = |value: &Json| Self::read(value, depth + 1);
        match value {
            Json::Null => None,
            Json::Bool(yes) => Some(Self::Yes(*yes)),
            Json::Number(number) => Some(Self::Number(number.to_string())),
            Json::String(text) => Some(Self::Text(text.clone())),
            Json::Array(list) => {
                let parts = list.iter().take(PARTS_MOST).filter_map(read);
                Some(Self::List(parts.collect()))
            }
            Json::Object(object) => {
                let parts = object.iter().take(PARTS_MOST);
                let parts = parts.filter_map(|(key, value)| Some((key.clone(), read(value)?)));
                Some(Self::Group(parts.collect()))
            }
        }
    }

    fn value(&self, language: Language) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Number(number) => number_value(number, language),
            Self::Yes(yes) => Value::from(*yes),
            Self::Money(amount, currency) => Value::from(money_words(*amount, *currency, language)),
            Self::Day(day) => Value::from(day_words(*day, language)),
            Self::List(list) => Value::from(
                list.iter()
                    .map(|fact| fact.value(language))
                    .collect::<Vec<_>>(),
            ),
            Self::Group(group) => group_value(group, language),
        }
    }
}

/// Whole numbers can be compared; with decimals they are said with the sign of the language.
fn number_value(number: &str, language: Language) -> Value {
    match (number.parse::<i64>(), language) {
        (Ok(whole), _) => Value::from(whole),
        (Err(_), Language::Italian) => Value::from(number.replace('.', ",")),
        (Err(_), Language::English) => Value::from(number),
    }
}

fn group_value(group: &BTreeMap<String, Fact>, language: Language) -> Value {
    let values = group
        .iter()
        .map(|(key, fact)| (key.clone(), fact.value(language)));
    Value::from(values.collect::<BTreeMap<String, Value>>())
}
