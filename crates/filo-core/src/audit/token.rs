//! What stands in an entry of the audit log: words of this program, numbers and ids.

use crate::id::{
    AlertId, AlertRuleId, AnnotationId, ApprovalId, AudienceId, ComputedTraitId, ConfirmationId,
    CustomerId, DataRequestId, ErasureId, EventId, ImportId, IncidentId, InviteId, JourneyId,
    KeyId, ListId, MessageId, NodeId, PersonaId, PersonaRunId, PieceId, PromotionId, QuarantineId,
    RetentionRunId, RunId, SavedQueryId, SegmentId, SessionId, SourceId, SuppressionId, TaskId,
    UserId, WebhookId,
};

/// An id, a number or a word of this program: never a text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A word of this program.
    #[must_use]
    pub fn word(word: &'static str) -> Self {
        Self(word.to_owned())
    }

    /// Several words of this program.
    #[must_use]
    pub fn words(words: &[&'static str]) -> Self {
        Self(words.join(","))
    }

    /// A number.
    #[must_use]
    pub fn number(number: u64) -> Self {
        Self(number.to_string())
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! token_of_id {
    ($($id:ident),*) => {$(
        impl From<$id> for Token {
            fn from(id: $id) -> Self {
                Self(id.to_string())
            }
        }
    )*};
}
token_of_id!(
    AlertId,
    AlertRuleId,
    AnnotationId,
    JourneyId,
    RunId,
    TaskId,
    ComputedTraitId,
    ConfirmationId,
    CustomerId,
    DataRequestId,
    ErasureId,
    EventId,
    ImportId,
    IncidentId,
    InviteId,
    KeyId,
    AudienceId,
    ListId,
    MessageId,
    NodeId,
    PersonaId,
    PersonaRunId,
    ApprovalId,
    PieceId,
    PromotionId,
    QuarantineId,
    RetentionRunId,
    SavedQueryId,
    SegmentId,
    SessionId,
    SuppressionId,
    UserId,
    WebhookId
);

impl From<SourceId> for Token {
    fn from(id: SourceId) -> Self {
        Self::number(u64::from(id.0))
    }
}
