//! How a file is brought in: what its columns mean, what wins where something was known, and what
//! consent it proves.
//!
//! **Invariant:** a plan is a document with a version; one that names what this program does not
//! know is refused, never read half.

use filo_core::event::Channel;
use filo_core::id::ListId;
use filo_core::identity::Kind;
use filo_core::money::Currency;
use serde::{Deserialize, Serialize};

use super::column::Column;
use super::target::{Part, Target};
use crate::error::{Error, Result};

/// The version of the document.
pub const PLAN_VERSION: u32 = 1;
/// Columns of a file: beyond, it is no table of people.
pub(super) const COLUMNS_MOST: usize = 400;
/// Letters of a text about consent.
const TEXT_LETTERS_MOST: usize = 500;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in plans, forms and keys of the catalogues.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

words! {
    /// What a file holds.
    Subject {
        /// A person a row.
        People = "people",
        /// Lines of orders; an order may have several.
        Orders = "orders",
        /// Something that a person did, a row.
        Events = "events",
        /// A yes or a no of a person, a row.
        Consents = "consents",
        /// A company a row.
        Companies = "companies",
        /// People who must not be written to.
        Suppressions = "suppressions",
    }
}

words! {
    /// What wins where something was known already.
    Collision {
        /// The file.
        Overwrite = "overwrite",
        /// What was known; the file only where nothing was.
        FillIfBlank = "fill_if_blank",
        /// What was known, even if it is nothing: only for new people.
        Never = "never",
        /// Both: the file's values join a list.
        Append = "append",
        /// What is newer, by the column that says when a row was changed.
        NewestWins = "newest_wins",
    }
}

words! {
    /// What is done with a value before it counts.
    Transform {
        /// Nothing but cutting the space around it.
        AsIs = "as_is",
        /// Maria Rossi out of MARIA ROSSI.
        TitleCase = "title_case",
        /// Small letters.
        LowerCase = "lower_case",
        /// A date, the day first.
        DayFirst = "day_first",
        /// A date, the month first.
        MonthFirst = "month_first",
        /// A number with a comma before its decimals.
        DecimalComma = "decimal_comma",
        /// A number with a point before its decimals.
        DecimalPoint = "decimal_point",
        /// Several values with commas or semicolons between.
        List = "list",
        /// A whole name, the surname first.
        SurnameFirst = "surname_first",
    }
}

/// What is done with a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnPlan {
    /// Its header: the column is found by its place, and the header must be this.
    pub header: String,
    /// What it is.
    pub target: Target,
    /// What is done with its values.
    #[serde(default = "as_is")]
    pub transform: Transform,
    /// What wins where something was known.
    #[serde(default = "overwrite")]
    pub collision: Collision,
}

const fn as_is() -> Transform {
    Transform::AsIs
}

const fn overwrite() -> Collision {
    Collision::Overwrite
}

/// A consent that the file proves for every person in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentProof {
    /// The channel.
    pub channel: Channel,
    /// What people said yes to, and where it is kept.
    pub text: String,
    /// The day on which they did, `2026-01-31`.
    pub day: String,
}

/// The plan of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the document.
    pub version: u32,
    /// What the file holds.
    pub subject: Subject,
    /// Its columns, in their order.
    pub columns: Vec<ColumnPlan>,
    /// The zone of times that do not say theirs.
    #[serde(default = "usual_zone")]
    pub zone: String,
    /// What consent the file proves; none unless somebody says so.
    #[serde(default)]
    pub consents: Vec<ConsentProof>,
    /// Of orders that do not say theirs; the company's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Where orders and events happened; the company's systems if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The id of the list that everybody in the file is put on; of people only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

fn usual_zone() -> String {
    crate::backup::ZONE_USUAL.to_owned()
}

impl Plan {
    /// Refuses what cannot work, by the field.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn checked(self) -> Result<Self> {
        if self.version != PLAN_VERSION {
            return Err(Error::invalid("version", "must be 1"));
        }
        if self.columns.is_empty() || self.columns.len() > COLUMNS_MOST {
            return Err(Error::invalid("columns", "must be 1 to 400"));
        }
        let of_kind = |it: &ColumnPlan| it.target.fits(self.subject);
        if let Some(column) = self.columns.iter().find(|it| !of_kind(it)) {
            let reason = format!("a file of {} has no {}", self.subject.word(), column.target);
            return Err(Error::invalid("columns", reason));
        }
        if let Some(lacking) = self.lacking() {
            return Err(Error::invalid("columns", lacking));
        }
        for (place, column) in self.columns.iter().enumerate() {
            // People have two addresses, and both are theirs.
            let is_single = !column.target.may_repeat();
            let before = self.columns.get(..place).unwrap_or_default();
            if is_single && before.iter().any(|it| it.target == column.target) {
                let reason = format!("two columns are {}", column.target);
                return Err(Error::invalid("columns", reason));
            }
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            return Err(Error::invalid(
                "zone",
                "no such zone: Europe/Rome, for example",
            ));
        }
        if let Some(currency) = &self.currency
            && Currency::parse(currency).is_none()
        {
            let reason = format!("`{currency}` is not a currency, as EUR is");
            return Err(Error::invalid("currency", reason));
        }
        self.check_consents()?;
        let is_list = self.list.is_none() || self.list().is_some();
        if !is_list || self.list.is_some() && self.subject != Subject::People {
            return Err(Error::invalid(
                "list",
                "must be the id of a list, which begins with `lst_`, for a file of people",
            ));
        }
        Ok(self)
    }

    /// The list that everybody in the file is put on.
    #[must_use]
    pub fn list(&self) -> Option<ListId> {
        self.list.as_deref()?.parse().ok()
    }

    /// What a file of this kind cannot do without, where no column is it.
    fn lacking(&self) -> Option<String> {
        let has = |wanted: &Target| self.columns.iter().any(|it| it.target == *wanted);
        let is_named = |it: &ColumnPlan| match self.subject {
            Subject::Companies => it.target == Target::Identifier(Kind::GroupId),
            _ => matches!(it.target, Target::Identifier(kind) if kind != Kind::GroupId),
        };
        if !self.columns.iter().any(is_named) {
            let reason = match self.subject {
                Subject::Companies => "one must be the number by which a company is known",
                _ => "one must say who a row is about: an e-mail, a telephone, a card or a number",
            };
            return Some(reason.to_owned());
        }
        let wanted: &[&[Target]] = match self.subject {
            Subject::People | Subject::Companies | Subject::Suppressions => &[],
            Subject::Orders => &[
                &[Target::Order(Column::Order)],
                &[Target::Order(Column::At)],
                &[
                    Target::Order(Column::Price),
                    Target::Order(Column::LineTotal),
                    Target::Order(Column::Total),
                ],
            ],
            Subject::Events => &[&[Target::EventName], &[Target::EventTime]],
            Subject::Consents => &[&[Target::Statement(Part::Status)]],
        };
        let missing = wanted.iter().find(|any| !any.iter().any(has))?;
        let words: Vec<String> = missing.iter().map(ToString::to_string).collect();
        Some(format!("one must be {}", words.join(" or ")))
    }

    fn check_consents(&self) -> Result<()> {
        for consent in &self.consents {
            let letters = consent.text.trim().chars().count();
            if letters == 0 || letters > TEXT_LETTERS_MOST {
                return Err(Error::invalid(
                    "consent_text",
                    "say what people agreed to and where it is kept, in 1 to 500 letters",
                ));
            }
            if consent.day.parse::<jiff::civil::Date>().is_err() {
                return Err(Error::invalid(
                    "consent_day",
                    "must be a day, as 2026-01-31",
                ));
            }
        }
        Ok(())
    }

    /// The same plan for a file with these headers, if they are those it was made for.
    #[must_use]
    pub fn fits(&self, headers: &[String]) -> bool {
        let own = self.columns.iter().map(|column| &column.header);
        own.eq(headers.iter())
    }

    /// The plan as far as it says anything about these headers.
    #[must_use]
    pub fn carried_over(&self, to: &Self) -> Self {
        let mut plan = to.clone();
        plan.subject = self.subject;
        plan.zone.clone_from(&self.zone);
        plan.currency.clone_from(&self.currency);
        plan.channel = self.channel;
        plan.consents.clone_from(&self.consents);
        for column in &mut plan.columns {
            let known = self.columns.iter().find(|it| it.header == column.header);
            match known {
                Some(known) => *column = known.clone(),
                // The plan says who is who; a guess beside it might say it twice.
                None => column.target = Target::Ignore,
            }
        }
        plan
    }
}
