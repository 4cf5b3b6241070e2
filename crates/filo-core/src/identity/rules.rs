//! The rules of a workspace about identity: which identifiers may join, how many of each a
//! person can have, when a value is suspect, and which of several values of a trait wins.
//!
//! **Invariant:** rules are plain data. Customers are a function of (links, rules): the same
//! rules give the same customers on every node, and [`Rules::default`] is what a new workspace has.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Kind;
use super::blocked::Blocked;

const DAY_MICROS: i64 = 86_400_000_000;

/// The rules of one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Which revision of the workspace's rules this is: each saved change adds one.
    pub version: u32,
    /// Where a telephone number without a country belongs: ISO 3166, two letters.
    pub country: CompactString,
    /// The currency of an amount without one: ISO 4217.
    pub currency: CompactString,
    /// How many identifiers of each kind one customer can have.
    pub limits: Limits,
    /// Values and mailboxes that never join anybody.
    pub blocked: Blocked,
    /// An identifier with links to more people's identifiers than this is suspended: it joins
    /// nobody until a person looks (a shop's telephone typed for every customer without one).
    pub suspect_links: u32,
    /// At most so many identifiers of one customer; what goes beyond is refused and reported.
    pub customer_cap: u32,
    /// At most so many joins between identifiers of people in one customer.
    pub merge_cap: u32,
    /// In a component of more identifiers than this, claims join nobody.
    pub component_cap: u32,
    /// Which value wins, for the traits where it is not the latest.
    pub traits: BTreeMap<CompactString, Survivorship>,
}

impl Rules {
    /// How many identifiers of a kind one customer can have.
    #[must_use]
    pub const fn limit(&self, kind: Kind) -> Limit {
        self.limits.of(kind)
    }

    /// Which of several values of a trait wins; the key is in `snake_case`.
    #[must_use]
    pub fn survivorship(&self, key: &str) -> Survivorship {
        self.traits.get(key).copied().unwrap_or_default()
    }
}

impl Default for Rules {
    fn default() -> Self {
        default_rules()
    }
}

/// The rules of a new workspace.
///
/// | identifier | limit | joins |
/// |---|---|---|
/// | user id, tax code | 1 ever | yes |
/// | loyalty card | 3 ever | yes |
/// | e-mail | 5 a year | yes; `info@`, `cassa@` … never |
/// | mobile telephone | 3 a year | yes |
/// | id of another system | 5 ever | yes |
/// | push token, device id, advertising id | 5 ever | yes |
/// | Google Analytics and anonymous id | 5 a week | yes |
/// | fixed line, company | none | never: a household is not a person |
///
/// The limits are those of Segment's Unify (user id 1; 5 ever, a week, a year for the others)
/// made stricter where Italian data asked for it; the caps (1,000 identifiers and 100 merges)
/// are Segment's; 12 links is where precision on our synthetic Italian data rose from 0.46 to
/// 0.85 (reference `methods.md`, 1a).
#[must_use]
pub fn default_rules() -> Rules {
    Rules {
        version: 1,
        country: CompactString::const_new("IT"),
        currency: CompactString::const_new("EUR"),
        limits: Limits::default(),
        blocked: Blocked::default(),
        suspect_links: 12,
        customer_cap: 1000,
        merge_cap: 100,
        component_cap: 5000,
        traits: [
            ("created_at", Survivorship::Oldest),
            ("birthday", Survivorship::MostTrusted),
            ("tags", Survivorship::Union),
        ]
        .into_iter()
        .map(|(key, rule)| (CompactString::const_new(key), rule))
        .collect(),
    }
}

/// How many identifiers of one kind a customer can have, counted in a sliding window over the
/// instants at which they were first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The most there can be.
    pub most: u32,
    /// In which stretch of time.
    pub window: Window,
}

impl Limit {
    /// As many as there are.
    pub const NONE: Self = Self {
        most: u32::MAX,
        window: Window::Ever,
    };

    const fn new(most: u32, window: Window) -> Self {
        Self { most, window }
    }
}

/// The stretch of time in which a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// All of time.
    Ever,
    /// 365 days.
    Year,
    /// 30 days.
    Month,
    /// Seven days.
    Week,
}

impl Window {
    /// Every one, longest first.
    pub const ALL: [Self; 4] = [Self::Ever, Self::Year, Self::Month, Self::Week];

    /// The word in documents and forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ever => "ever",
            Self::Year => "year",
            Self::Month => "month",
            Self::Week => "week",
        }
    }

    /// The stretch of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|window| window.word() == word)
    }

    /// Its length, if it has one. Two instants exactly this far apart are not in one window.
    #[must_use]
    pub const fn length_micros(self) -> Option<i64> {
        match self {
            Self::Ever => None,
            Self::Year => Some(365 * DAY_MICROS),
            Self::Month => Some(30 * DAY_MICROS),
            Self::Week => Some(7 * DAY_MICROS),
        }
    }
}

/// The limit of every kind; written as a document with the kinds' words as keys, where a kind
/// that is not named has its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits([Limit; Kind::ALL.len()]);

impl Limits {
    /// The limit of one kind.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> Limit {
        self.0[kind as usize]
    }

    /// The same with another limit for one kind.
    #[must_use]
    pub fn with(mut self, kind: Kind, most: u32, window: Window) -> Self {
        self.0[kind as usize] = Limit::new(most, window);
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self(Kind::ALL.map(|kind| match kind {
            Kind::UserId | Kind::TaxCode => Limit::new(1, Window::Ever),
            Kind::Card => Limit::new(3, Window::Ever),
            Kind::Email => Limit::new(5, Window::Year),
            Kind::Phone | Kind::Telegram => Limit::new(3, Window::Year),
            Kind::External | Kind::PushToken | Kind::DeviceId | Kind::AdvertisingId => {
                Limit::new(5, Window::Ever)
            }
            // A browser that is asked again gives itself another address.
            Kind::WebPush => Limit::new(20, Window::Year),
            Kind::GaClientId | Kind::AnonymousId => Limit::new(5, Window::Week),
            Kind::Landline | Kind::GroupId => Limit::NONE,
        }))
    }
}

impl Serialize for Limits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            Kind::ALL
                .iter()
                .map(|kind| (kind.word(), self.0[*kind as usize])),
        )
    }
}

impl<'de> Deserialize<'de> for Limits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut limits = Self::default();
        for (word, limit) in BTreeMap::<String, Limit>::deserialize(deserializer)? {
            let kind = Kind::from_word(&word).ok_or_else(|| {
                de::Error::custom(format_args!(
                    "there is no kind of identifier called `{word}`"
                ))
            })?;
            limits.0[kind as usize] = limit;
        }
        Ok(limits)
    }
}

/// Which of several values of a trait a customer is shown with. A claimed value never wins over
/// a verified one, whatever the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Survivorship {
    /// The one said last.
    #[default]
    Latest,
    /// The one said first.
    Oldest,
    /// The one said by whom is believed most; among equals the latest.
    MostTrusted,
    /// All of them, as a list.
    Union,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_written_and_read_back() {
        let mut rules = default_rules();
        rules.limits = rules.limits.with(Kind::Email, 2, Window::Month);
        let text = serde_json::to_string(&rules).unwrap();
        assert!(
            text.contains(r#""email":{"most":2,"window":"month"}"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), rules);
    }

    #[test]
    fn what_a_document_does_not_say_has_its_default() {
        let rules: Rules =
            serde_json::from_str(r#"{"limits":{"card":{"most":1,"window":"ever"}}}"#).unwrap();
        assert_eq!(
            rules.limit(Kind::Card),
            Limit {
                most: 1,
                window: Window::Ever
            }
        );
        assert_eq!(
            rules.limit(Kind::Email),
            Limit {
                most: 5,
                window: Window::Year
            }
        );
        assert_eq!(rules.country, "IT");
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(serde_json::from_str::<Rules>(r#"{"limit":{}}"#).is_err());
        let unknown_kind = r#"{"limits":{"fax":{"most":1,"window":"ever"}}}"#;
        let error = serde_json::from_str::<Rules>(unknown_kind).unwrap_err();
        assert!(error.to_string().contains("`fax`"), "{error}");
    }

    #[test]
    fn traits_have_the_latest_value_unless_said_otherwise() {
        let rules = default_rules();
        assert_eq!(rules.survivorship("city"), Survivorship::Latest);
        assert_eq!(rules.survivorship("created_at"), Survivorship::Oldest);
    }
}
