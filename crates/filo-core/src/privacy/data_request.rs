//! What a person asks of whoever keeps their data (GDPR, art. 12 and 15 to 22), and by when it is
//! answered.
//!
//! **Invariant:** a request is answered only after it was shown that it is really theirs, and ends
//! done or refused; whatever it says of them can go, and what is left says when it was answered.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;

use crate::id::{DataRequestId, ErasureId, NodeId};
use crate::time::Timestamp;

/// Months to answer (art. 12.3).
const MONTHS: i8 = 1;
/// Months to answer where it was extended: two more.
const MONTHS_EXTENDED: i8 = 3;

/// What they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// A copy of everything (art. 15).
    Access,
    /// Their data in a form that programs read (art. 20).
    Portability,
    /// That something wrong is put right (art. 16).
    Rectification,
    /// That they are forgotten (art. 17).
    Erasure,
    /// That nothing is sent to them any more (art. 21).
    Objection,
}

impl Wish {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Access,
        Self::Portability,
        Self::Rectification,
        Self::Erasure,
        Self::Objection,
    ];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Portability => "portability",
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
            Self::Objection => "objection",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// How it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Through the page for customers.
    Page,
    /// In the shop.
    Shop,
    /// By telephone.
    Phone,
    /// By e-mail or letter.
    Mail,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Page, Self::Shop, Self::Phone, Self::Mail];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Shop => "shop",
            Self::Phone => "phone",
            Self::Mail => "mail",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// By what it was shown that it is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// They followed the link that was sent to their address.
    Link,
    /// They showed a document.
    Document,
    /// Somebody of the company knows them.
    Known,
    /// They were called back at the number that was known.
    Callback,
}

impl Proof {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Link, Self::Document, Self::Known, Self::Callback];

    /// Those that a person of the company can vouch for.
    pub const BY_PEOPLE: [Self; 3] = [Self::Document, Self::Known, Self::Callback];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Document => "document",
            Self::Known => "known",
            Self::Callback => "callback",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It came; nobody knows yet whether it is theirs.
    Received,
    /// It is theirs.
    Checked,
    /// It was done.
    Done,
    /// It was refused, with a reason.
    Refused,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Received, Self::Checked, Self::Done, Self::Refused];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Checked => "checked",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// Whether somebody still waits for an answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Checked)
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRequest {
    /// Its id.
    pub id: DataRequestId,
    /// What they ask for.
    pub wish: Wish,
    /// How it came.
    pub way: Way,
    /// How far it is.
    pub stage: Stage,
    /// The address or number of whoever asks; empty once they were forgotten.
    pub contact: String,
    /// Its identifier; none once they were forgotten.
    pub node: Option<NodeId>,
    /// What they wrote or said, in their words.
    pub message: String,
    /// When it came: from here the month runs.
    pub received_at: Timestamp,
    /// The last instant of the last day.
    pub due_at: Timestamp,
    /// When it was shown to be theirs.
    pub checked_at: Option<Timestamp>,
    /// By what.
    pub proof: Option<Proof>,
    /// When it was extended.
    pub extended_at: Option<Timestamp>,
    /// Why.
    pub extension_reason: String,
    /// When it was done or refused.
    pub closed_at: Option<Timestamp>,
    /// What was answered, or why it was refused.
    pub closing_note: String,
    /// The erasure by which it was done.
    pub erasure: Option<ErasureId>,
}

/// Why something cannot be done with a request now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// It is done or refused.
    Closed,
    /// It is shown to be theirs already.
    Checked,
    /// Nobody has shown that it is theirs.
    Unchecked,
    /// It was extended once.
    Extended,
    /// Who asks has to hear of an extension within the first month.
    Late,
    /// It is not closed.
    Open,
    /// Nothing of whoever asked is left.
    Forgotten,
}

impl DataRequest {
    /// It was shown to be theirs.
    ///
    /// # Errors
    /// If it was before, or it is closed.
    pub fn check(self, proof: Proof, now: Timestamp) -> Result<Self, NotNow> {
        match self.stage {
            Stage::Received => Ok(Self {
                stage: Stage::Checked,
                checked_at: Some(now),
                proof: Some(proof),
                ..self
            }),
            Stage::Checked => Err(NotNow::Checked),
            Stage::Done | Stage::Refused => Err(NotNow::Closed),
        }
    }

    /// Two more months, for a reason that the person is told.
    ///
    /// # Errors
    /// If it is closed, was extended before, or its first month is over.
    pub fn extend(self, reason: String, now: Timestamp, zone: &TimeZone) -> Result<Self, NotNow> {
        if !self.stage.is_open() {
            return Err(NotNow::Closed);
        }
        if self.extended_at.is_some() {
            return Err(NotNow::Extended);
        }
        if now > self.due_at {
            return Err(NotNow::Late);
        }
        Ok(Self {
            due_at: due(self.received_at, MONTHS_EXTENDED, zone),
            extended_at: Some(now),
            extension_reason: reason,
            ..self
        })
    }

    /// It was done.
    ///
    /// # Errors
    /// If nobody has shown that it is theirs, or it is closed.
    pub fn finish(
        self,
        note: String,
        erasure: Option<ErasureId>,
        now: Timestamp,
    ) -> Result<Self, NotNow> {
        self.can_be_answered()?;
        Ok(Self {
            stage: Stage::Done,
            closed_at: Some(now),
            closing_note: note,
            erasure,
            ..self
        })
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// If nobody has shown that it is theirs, or it is closed.
    pub const fn can_be_answered(&self) -> Result<(), NotNow> {
        match self.stage {
            Stage::Checked => Ok(()),
            Stage::Received => Err(NotNow::Unchecked),
            Stage::Done | Stage::Refused => Err(NotNow::Closed),
        }
    }

    /// It is not done, for a reason that the person is told.
    ///
    /// # Errors
    /// If it is closed.
    pub fn refuse(self, reason: String, now: Timestamp) -> Result<Self, NotNow> {
        if !self.stage.is_open() {
            return Err(NotNow::Closed);
        }
        Ok(Self {
            stage: Stage::Refused,
            closed_at: Some(now),
            closing_note: reason,
            ..self
        })
    }

    /// It was closed by mistake: as it was before, with the same last day.
    ///
    /// # Errors
    /// If it is open, or nothing of whoever asked is left.
    pub fn reopen(self) -> Result<Self, NotNow> {
        if self.stage.is_open() {
            return Err(NotNow::Open);
        }
        if self.node.is_none() {
            return Err(NotNow::Forgotten);
        }
        Ok(Self {
            stage: if self.checked_at.is_some() {
                Stage::Checked
            } else {
                Stage::Received
            },
            closed_at: None,
            closing_note: String::new(),
            erasure: None,
            ..self
        })
    }

    /// Whole days until its last day: 0 on that day, negative behind it.
    #[must_use]
    pub fn days_left(&self, now: Timestamp, zone: &TimeZone) -> i64 {
        let (Some(today), Some(last)) = (day(now, zone), day(self.due_at, zone)) else {
            return 0;
        };
        i64::from((last - today).get_days())
    }
}

/// The last instant to answer what came now.
#[must_use]
pub fn first_due(received_at: Timestamp, zone: &TimeZone) -> Timestamp {
    due(received_at, MONTHS, zone)
}

/// The end of the same day so many months later; of the month's last day where it is shorter.
fn due(received_at: Timestamp, months: i8, zone: &TimeZone) -> Timestamp {
    let end = day(received_at, zone).and_then(|day| {
        let behind = day.checked_add(months.months()).ok()?.tomorrow().ok()?;
        behind.to_zoned(zone.clone()).ok()
    });
    // Outside the years of the calendar nothing is due.
    end.map_or(Timestamp::MAX, |end| {
        Timestamp(end.timestamp().as_microsecond()).plus_micros(-1)
    })
}

fn day(at: Timestamp, zone: &TimeZone) -> Option<jiff::civil::Date> {
    let instant = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(instant.to_zoned(zone.clone()).date())
}

#[cfg(test)]
#[path = "data_request_tests.rs"]
mod tests;
