//! The words of the console: two catalogues in Fluent's form, one file per noun, read once.
//!
//! **Invariant:** both catalogues have the same keys with the same variables, and every key that
//! the code asks for is in them; a test compares, so no page shows a key.

mod format;

pub(crate) use format::{day_of, day_start, zone};

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

/// Letters of a name from data that a key can have.
const NAME_LETTERS_MOST: usize = 60;

/// One file per noun and language, so that a feature's words stand together.
macro_rules! catalogues {
    ($($noun:literal)*) => {
        const ITALIAN: &str = concat!($(include_str!(concat!("it/", $noun, ".ftl")), "\n"),*);
        const ENGLISH: &str = concat!($(include_str!(concat!("en/", $noun, ".ftl")), "\n"),*);
        #[cfg(test)]
        const NOUNS: &[&str] = &[$($noun),*];
    };
}

catalogues! {
    "access"
    "account"
    "alert"
    "analysis"
    "annotation"
    "approval"
    "audience"
    "audit"
    "backup"
    "buyer"
    "calendar"
    "channel"
    "chart"
    "cohort"
    "company"
    "compare"
    "component"
    "computed"
    "consent"
    "content"
    "cost"
    "customer_list"
    "data_request"
    "demo"
    "duplicate"
    "event"
    "filter"
    "flow"
    "identifier"
    "impact"
    "import"
    "incident"
    "journey"
    "learning"
    "leaving"
    "live"
    "login"
    "mail"
    "message"
    "metric"
    "monday"
    "note"
    "order"
    "people"
    "person"
    "persona"
    "privacy"
    "problem"
    "promotion"
    "public"
    "purpose"
    "quality"
    "quarantine"
    "reason"
    "refusal"
    "register"
    "rehearsal"
    "reorder"
    "retention"
    "rule"
    "ruling"
    "run"
    "segment"
    "segment_form"
    "sentence"
    "settings"
    "shell"
    "sign_on"
    "source"
    "sql"
    "suppression"
    "task"
    "thread"
    "today"
    "tracking"
    "user"
    "view"
    "voice"
    "webhook"
    "welcome"
    "worth"
}

/// A language of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Italian,
    English,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::Italian, Self::English];

    /// The tag in `lang` attributes and in `?lang=`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// The language's name in itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Italian => "Italiano",
            Self::English => "English",
        }
    }

    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first language of an `Accept-Language` header that Filo speaks. Weights are ignored:
    /// browsers list by preference.
    pub(crate) fn from_accept(header: &str) -> Option<Self> {
        header
            .split(',')
            .take(16)
            .filter_map(|range| range.trim().get(..2))
            .find_map(|tag| Self::from_tag(&tag.to_ascii_lowercase()))
    }
}

/// Light or dark, as the visitor chose; without a choice the system decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in `?theme=` and in the cookie.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The attribute of the page that overrules the system, if any.
    pub(crate) fn forced(self) -> Option<&'static str> {
        (self != Self::System).then_some(self.word())
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

type Bundle = FluentBundle<FluentResource>;

static ITALIAN_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle("it", ITALIAN));
static ENGLISH_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle("en", ENGLISH));

fn bundle(tag: &str, text: &str) -> Bundle {
    let language: LanguageIdentifier = tag.parse().expect("the tags of the catalogues are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Names stand in their own <bdi>; isolation marks inside sentences would be copied with them.
    bundle.set_use_isolating(false);
    // What cannot be read is left out; the tests find it.
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The words of one language, and the light in which this visitor reads them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// The company's zone; without one it is Rome's.
    pub(crate) zone: Option<&'static TimeZone>,
    /// What the words are about is invented: every page of a demo says so.
    pub(crate) is_invented: bool,
}

impl Words {
    pub(crate) const fn of(language: Language) -> Self {
        Self {
            language,
            theme: Theme::System,
            zone: None,
            is_invented: false,
        }
    }

    /// The text of a key.
    pub(crate) fn say(self, key: &str) -> Cow<'static, str> {
        self.find(key, None)
            .unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    /// The text of a key, if there is one: for words that come from data, such as event names.
    pub(crate) fn look_up(self, key: &str) -> Option<Cow<'static, str>> {
        self.find(key, None)
    }

    /// The text that a group of keys has for a name from data: `Order Completed` under `event`
    /// is `event-order-completed`.
    pub(crate) fn look_up_name(self, group: &str, name: &str) -> Option<Cow<'static, str>> {
        let mut key = format!("{group}-");
        for letter in name.chars().take(NAME_LETTERS_MOST) {
            if letter.is_ascii_alphanumeric() {
                key.push(letter.to_ascii_lowercase());
            } else if !key.ends_with('-') {
                key.push('-');
            }
        }
        self.look_up(&key)
    }

    /// The text of a key with its variables filled in.
    pub(crate) fn fill<'a, const N: usize>(
        self,
        key: &str,
        variables: [(&'a str, FluentValue<'a>); N],
    ) -> String {
        let variables: FluentArgs<'a> = variables.into_iter().collect();
        self.find(key, Some(&variables))
            .map_or_else(|| key.to_owned(), Cow::into_owned)
    }

    fn find(self, key: &str, variables: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        let bundle: &'static Bundle = match self.language {
            Language::Italian => &ITALIAN_BUNDLE,
            Language::English => &ENGLISH_BUNDLE,
        };
        let pattern = bundle.get_message(key)?.value()?;
        let mut unfilled = Vec::new();
        let text = bundle.format_pattern(pattern, variables, &mut unfilled);
        Some(Cow::Owned(text.into_owned()))
    }
}

#[cfg(test)]
mod tests;
