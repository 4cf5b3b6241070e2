//! What is said about an erasure: before it, what would go; after it, what went and what stays.

use filo_core::id::{CustomerId, ErasureId};
use filo_core::time::Timestamp;
use filo_store::erasure::{Beside, ErasureRow};
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// Why somebody is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// They asked for it (GDPR, art. 17).
    Request,
    /// They withdrew what it stood on, or objected.
    Objection,
    /// It is not needed any more.
    NotNeeded,
    /// It should never have been there.
    Unlawful,
}

impl Ground {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Request,
        Self::Objection,
        Self::NotNeeded,
        Self::Unlawful,
    ];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Objection => "objection",
            Self::NotNeeded => "not-needed",
            Self::Unlawful => "unlawful",
        }
    }

    /// The ground of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }
}

/// The words of what lies outside the tables, each with how much of it there is: files of imports,
/// mails in the folder, addresses at platforms of advertising.
pub(super) fn outside([files, mails, audiences]: [u64; 3]) -> [(&'static str, u64); 3] {
    [
        ("imports", files),
        ("mails", mails),
        ("audiences", audiences),
    ]
}

/// The word of a place beside the thread.
pub(crate) const fn word_of(place: Beside) -> &'static str {
    match place {
        Beside::Quarantine => "quarantine",
        Beside::Deliveries => "deliveries",
        Beside::Answers => "answers",
        Beside::Acts => "acts",
        Beside::Incidents => "incidents",
        Beside::Requests => "requests",
        Beside::Messages => "messages",
        Beside::Copies => "message-copies",
        Beside::Returns => "returns",
        Beside::Links => "mail-links",
    }
}

/// Backups that still hold a person: they are not changed, they grow old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsLeft {
    /// How many there are.
    pub count: u64,
    /// When the last of them is gone, if they are made and deleted by themselves.
    pub until: Option<Timestamp>,
}

/// What would go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasurePlan {
    /// Who.
    pub customer: CustomerId,
    /// Their identifiers.
    pub identifiers: u64,
    /// Events on their thread.
    pub events: u64,
    /// What lies beside the thread, by place.
    pub beside: Vec<(&'static str, u64)>,
    /// What stays for a while.
    pub backups: BackupsLeft,
    /// Other systems that will be told.
    pub hearers: u64,
}

/// What went and what stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Events that are no more.
    pub events: u64,
    /// Events of others that no longer name the person.
    pub mended: u64,
    /// Identifiers of which nothing is left.
    pub identifiers: u64,
    /// What lay beside the thread, by place.
    pub beside: Vec<(String, u64)>,
    /// Other systems that were told.
    pub told: u64,
    /// What stays for a while.
    pub backups: BackupsLeft,
}

/// An erasure as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// When it was asked for.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// Why.
    pub ground: String,
    /// Keyed hashes that stay, so that nothing old comes back.
    pub kept_hashes: u64,
    /// What was done; nothing while it is not ended.
    pub receipt: Option<Receipt>,
    /// When it was ended.
    pub finished_at: Option<Timestamp>,
}

impl Erasure {
    pub(super) fn of(row: ErasureRow) -> Result<Self> {
        let receipt = if row.receipt.is_empty() {
            None
        } else {
            Some(serde_json::from_str(&row.receipt).map_err(anyhow::Error::from)?)
        };
        Ok(Self {
            id: row.id,
            at: row.at,
            actor: row.actor,
            ground: row.ground,
            kept_hashes: row.nodes.len() as u64,
            receipt,
            finished_at: row.finished_at,
        })
    }
}
