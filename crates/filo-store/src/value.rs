//! What goes into a statement and what comes out of it, whichever database it is.
//!
//! **Invariant:** only the column types that both databases share pass through here, and a
//! stored value that does not fit its type is an error, never a guess.

use filo_core::id::{
    AlertId, AlertRuleId, AnnotationId, ApprovalId, AudienceId, ComputedTraitId, ConfirmationId,
    CustomerId, DataRequestId, DeliveryId, ErasureId, EventId, ImportId, IncidentId, InviteId,
    JobId, JourneyId, KeyId, LinkId, ListId, MailReturnId, MessageId, NodeId, PersonaId,
    PersonaRunId, PieceId, PromotionId, QuarantineId, RehearsalId, RetentionRunId, RunId,
    SavedQueryId, SegmentId, SessionId, SourceId, SuppressionId, TaskId, UserId, WebhookId,
};
use filo_core::time::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{ColumnIndex, Database, Decode, Encode, Postgres, Row, Sqlite, Type};

use crate::error::{Error, Result};

/// A value of a statement: the five column types that both databases share.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'v> {
    Int(Option<i64>),
    Text(Option<&'v str>),
    Bytes(Option<&'v [u8]>),
    Id(Option<[u8; 16]>),
}

/// A row of a result.
pub(crate) enum Record {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// The values of a statement, in the order of its parameters.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] };
}
pub(crate) use values;

/// Puts the values into a statement of either database.
pub(crate) fn bound<'q, DB>(
    mut query: Query<'q, DB, DB::Arguments>,
    values: &[Value<'_>],
) -> Query<'q, DB, DB::Arguments>
where
    DB: Database,
    Option<i64>: for<'t> Encode<'t, DB> + Type<DB>,
    for<'t> Option<&'t str>: Encode<'t, DB> + Type<DB>,
    for<'t> Option<&'t [u8]>: Encode<'t, DB> + Type<DB>,
{
    for value in values {
        query = match value {
            Value::Int(value) => query.bind(*value),
            // PostgreSQL has no place for NUL in a text; both databases keep the same.
            Value::Text(Some(text)) if text.contains('\0') => {
                let without = text.replace('\0', "\u{fffd}");
                query.bind(Some(without.as_str()))
            }
            Value::Text(value) => query.bind(*value),
            Value::Bytes(value) => query.bind(*value),
            Value::Id(value) => query.bind(value.as_ref().map(<[u8; 16]>::as_slice)),
        };
    }
    query
}

impl Record {
    fn get<T>(&self, column: usize) -> Result<T>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
        usize: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| Error::Damaged(format!("column {column}: {error}")))
    }

    pub(crate) fn int(&self, column: usize) -> Result<i64> {
        self.get(column)
    }

    pub(crate) fn int_or_null(&self, column: usize) -> Result<Option<i64>> {
        self.get(column)
    }

    /// A whole number that must fit a smaller type.
    pub(crate) fn small<T: TryFrom<i64>>(&self, column: usize) -> Result<T> {
        let value = self.int(column)?;
        T::try_from(value)
            .ok()
            .ok_or_else(|| Error::Damaged(format!("column {column}: {value} is out of range")))
    }

    /// The same where it may be absent.
    pub(crate) fn small_or_null<T: TryFrom<i64>>(&self, column: usize) -> Result<Option<T>> {
        match self.int_or_null(column)? {
            Some(_) => self.small(column).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn text(&self, column: usize) -> Result<String> {
        self.get(column)
    }

    pub(crate) fn text_or_null(&self, column: usize) -> Result<Option<String>> {
        self.get(column)
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>> {
        self.get(column)
    }

    pub(crate) fn bytes_or_null(&self, column: usize) -> Result<Option<Vec<u8>>> {
        self.get(column)
    }

    pub(crate) fn id(&self, column: usize) -> Result<[u8; 16]> {
        self.array(column)
    }

    /// An id that may be absent.
    pub(crate) fn id_or_null(&self, column: usize) -> Result<Option<[u8; 16]>> {
        match self.bytes_or_null(column)? {
            Some(_) => self.id(column).map(Some),
            None => Ok(None),
        }
    }

    /// Bytes of a known length: an id, a hash.
    pub(crate) fn array<const LENGTH: usize>(&self, column: usize) -> Result<[u8; LENGTH]> {
        let bytes = self.bytes(column)?;
        let found = bytes.len();
        bytes.try_into().ok().ok_or_else(|| {
            Error::Damaged(format!(
                "column {column}: {found} bytes instead of {LENGTH}"
            ))
        })
    }

    pub(crate) fn time(&self, column: usize) -> Result<Timestamp> {
        self.int(column).map(Timestamp)
    }

    pub(crate) fn time_or_null(&self, column: usize) -> Result<Option<Timestamp>> {
        Ok(self.int_or_null(column)?.map(Timestamp))
    }
}

macro_rules! value_of_id {
    ($($id:ident),*) => {$(
        impl From<$id> for Value<'_> {
            fn from(id: $id) -> Self {
                Self::Id(Some(id.to_bytes()))
            }
        }
    )*};
}
value_of_id!(
    AudienceId,
    NodeId,
    CustomerId,
    ErasureId,
    EventId,
    KeyId,
    QuarantineId,
    IncidentId,
    WebhookId,
    DeliveryId,
    UserId,
    SessionId,
    InviteId,
    SuppressionId,
    ConfirmationId,
    JobId,
    ImportId,
    DataRequestId,
    RetentionRunId,
    MailReturnId,
    MessageId,
    SegmentId,
    ListId,
    JourneyId,
    RunId,
    TaskId,
    ComputedTraitId,
    PersonaId,
    PersonaRunId,
    RehearsalId,
    ApprovalId,
    PieceId,
    PromotionId,
    LinkId,
    AnnotationId,
    AlertRuleId,
    AlertId,
    SavedQueryId
);

impl From<Option<SegmentId>> for Value<'_> {
    fn from(id: Option<SegmentId>) -> Self {
        Self::Id(id.map(SegmentId::to_bytes))
    }
}

impl From<Option<ListId>> for Value<'_> {
    fn from(id: Option<ListId>) -> Self {
        Self::Id(id.map(ListId::to_bytes))
    }
}

impl From<Option<UserId>> for Value<'_> {
    fn from(id: Option<UserId>) -> Self {
        Self::Id(id.map(UserId::to_bytes))
    }
}

impl From<Option<CustomerId>> for Value<'_> {
    fn from(id: Option<CustomerId>) -> Self {
        Self::Id(id.map(CustomerId::to_bytes))
    }
}

impl From<Option<EventId>> for Value<'_> {
    fn from(id: Option<EventId>) -> Self {
        Self::Id(id.map(EventId::to_bytes))
    }
}

impl From<Option<JobId>> for Value<'_> {
    fn from(id: Option<JobId>) -> Self {
        Self::Id(id.map(JobId::to_bytes))
    }
}

impl From<Option<NodeId>> for Value<'_> {
    fn from(id: Option<NodeId>) -> Self {
        Self::Id(id.map(NodeId::to_bytes))
    }
}

impl From<Option<MessageId>> for Value<'_> {
    fn from(id: Option<MessageId>) -> Self {
        Self::Id(id.map(MessageId::to_bytes))
    }
}

impl From<Option<ErasureId>> for Value<'_> {
    fn from(id: Option<ErasureId>) -> Self {
        Self::Id(id.map(ErasureId::to_bytes))
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.0))
    }
}

impl From<Option<Timestamp>> for Value<'_> {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(|time| time.0))
    }
}

impl From<SourceId> for Value<'_> {
    fn from(id: SourceId) -> Self {
        Self::from(id.0)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(value: &'v str) -> Self {
        Self::Text(Some(value))
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(value: Option<&'v str>) -> Self {
        Self::Text(value)
    }
}

impl<'v> From<Option<&'v [u8]>> for Value<'v> {
    fn from(value: Option<&'v [u8]>) -> Self {
        Self::Bytes(value)
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    fn from(value: &'v [u8]) -> Self {
        Self::Bytes(Some(value))
    }
}
