//! What a search leaves, as it is stored.
//!
//! **Invariant:** a document that was written is read as it was; of people it holds counts alone.

use serde::{Deserialize, Serialize};

use super::carrying::Carried;
use super::drifting::Drifted;
use super::finding::{Found, Tried, Verdict};
use super::tally::Tally;
use crate::id::PersonaRunId;

/// The version that is written.
const VERSION: u8 = 1;

/// A search that has ended, without anybody in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    version: u8,
    /// How many customers there were to look at.
    pub customers: u64,
    /// How many people were compared.
    pub people: u64,
    /// How many of them are on which level.
    pub tally: Tally,
    /// The numbers of groups that were tried.
    pub tried: Vec<Tried>,
    /// What it came to.
    pub verdict: Verdict,
    /// The search that was in force when it was made.
    #[serde(with = "words::maybe_run")]
    pub before: Option<PersonaRunId>,
    /// What it is to that one; nothing where there are no groups in one of the two.
    pub carried: Option<Carried>,
    /// How far people had moved since that one.
    pub drifted: Option<Drifted>,
}

/// A document that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Written by a later Filo, or by nobody.
    #[error("version {0} is not known here: this Filo reads {VERSION}")]
    Version(u8),
    /// Not the JSON of a search.
    #[error("{0}")]
    Unreadable(String),
}

impl Document {
    /// The document of a search of so many customers, made while another was in force.
    #[must_use]
    pub fn new(found: &Found, customers: u64, before: Option<PersonaRunId>) -> Self {
        Self {
            version: VERSION,
            customers,
            before,
            people: found.people,
            tally: found.tally.clone(),
            tried: found.tried.clone(),
            verdict: found.verdict.clone(),
            carried: None,
            drifted: None,
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, DocumentFault> {
        let unreadable = |error: serde_json::Error| DocumentFault::Unreadable(error.to_string());
        let document: Self = serde_json::from_str(text).map_err(unreadable)?;
        match document.version {
            VERSION => Ok(document),
            version => Err(DocumentFault::Version(version)),
        }
    }

    /// Writes it.
    ///
    /// # Panics
    /// Never in practice: a document has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a document is plain data")
    }

    /// The groups, where there are any.
    #[must_use]
    pub const fn grouping(&self) -> Option<&super::Grouping> {
        match &self.verdict {
            Verdict::Groups(grouping) => Some(grouping),
            Verdict::TooFew | Verdict::Nothing => None,
        }
    }
}

/// How ids and currencies stand in documents: as texts.
pub(crate) mod words {
    macro_rules! as_text {
        ($($name:ident $type:ty, $read:expr;)*) => {$(
            pub(crate) mod $name {
                use serde::{Deserialize, Deserializer, Serializer};

                pub(crate) fn serialize<S: Serializer>(id: &$type, to: S) -> Result<S::Ok, S::Error> {
                    to.collect_str(id)
                }

                pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$type, D::Error> {
                    let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
                    let read: fn(&str) -> Option<$type> = $read;
                    let unknown = || serde::de::Error::custom(format!("`{word}` is not known here"));
                    read(&word).ok_or_else(unknown)
                }
            }
        )*};
    }

    as_text! {
        persona crate::id::PersonaId, |word| word.parse().ok();
        run crate::id::PersonaRunId, |word| word.parse().ok();
    }

    pub(crate) mod currency {
        use serde::{Deserialize, Deserializer, Serializer};

        use crate::money::Currency;

        #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
        pub(crate) fn serialize<S: Serializer>(
            currency: &Currency,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            to.serialize_str(currency.code())
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Currency, D::Error> {
            let code = std::borrow::Cow::<'de, str>::deserialize(from)?;
            let unknown = || serde::de::Error::custom(format!("`{code}` is no currency"));
            Currency::parse(&code).ok_or_else(unknown)
        }
    }

    pub(crate) mod maybe_run {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use crate::id::PersonaRunId;

        #[derive(Serialize, Deserialize)]
        struct Id(#[serde(with = "super::run")] PersonaRunId);

        #[expect(clippy::ref_option, reason = "serde asks for it")]
        pub(crate) fn serialize<S: Serializer>(
            id: &Option<PersonaRunId>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            id.map(Id).serialize(to)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<PersonaRunId>, D::Error> {
            Ok(Option::<Id>::deserialize(from)?.map(|id| id.0))
        }
    }

    pub(crate) mod personas {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use crate::id::PersonaId;

        #[derive(Serialize, Deserialize)]
        struct Id(#[serde(with = "super::persona")] PersonaId);

        pub(crate) fn serialize<S: Serializer>(
            ids: &[PersonaId],
            to: S,
        ) -> Result<S::Ok, S::Error> {
            to.collect_seq(ids.iter().copied().map(Id))
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Vec<PersonaId>, D::Error> {
            let ids = Vec::<Id>::deserialize(from)?;
            Ok(ids.into_iter().map(|id| id.0).collect())
        }
    }
}
