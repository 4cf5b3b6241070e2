//! What carriers tell: how far a message came, and what people write.

use filo_core::channel::Stage;
use filo_core::id::MessageId;
use filo_core::time::Timestamp;

use super::handed::Why;

/// How far a message came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which message, where the carrier gives back what it was given.
    pub message: Option<MessageId>,
    /// Its id at the carrier.
    pub carrier_id: String,
    /// How far.
    pub stage: Stage,
    /// When, if that was said.
    pub at: Option<Timestamp>,
    /// The code of a failure.
    pub code: String,
    /// What a failure says of the address.
    pub why: Option<Why>,
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Who: as the carrier writes addresses of its medium.
    pub from: String,
    /// The id of what they wrote, the same however often it is told.
    pub carrier_id: String,
    /// The name they go by there.
    pub name: Option<String>,
    /// What they wrote; empty for what is no text.
    pub text: String,
    /// Pictures and other files with it.
    pub attachments: u32,
    /// When, if that was said.
    pub at: Option<Timestamp>,
}

/// One thing that a carrier tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// How far a message came.
    Told(Told),
    /// Somebody wrote.
    Written(Written),
}
