//! How far messages came, as whoever carried them told.

use filo_core::channel::Receipt;
use filo_core::id::MessageId;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

const GET: &str = "
    SELECT carrier_id, delivered_at, read_at, failed_at, code
      FROM message_receipt
     WHERE message = $1";

/// What was told of a message.
pub async fn get(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Receipt>> {
    let row = tx.fetch_one(GET, values![message]).await?;
    row.as_ref().map(read).transpose()
}

const BY_CARRIER_ID: &str = "
    SELECT message
      FROM message_receipt
     WHERE carrier_id = $1
     ORDER BY message
     LIMIT 1";

/// The message that a carrier knows by an id.
pub async fn by_carrier_id(tx: &mut Tx<'_>, carrier_id: &str) -> Result<Option<MessageId>> {
    let row = tx.fetch_one(BY_CARRIER_ID, values![carrier_id]).await?;
    row.map(|row| Ok(MessageId::from_bytes(row.id(0)?)))
        .transpose()
}

const PUT: &str = "
    INSERT INTO message_receipt (message, carrier_id, delivered_at, read_at, failed_at, code)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (message) DO UPDATE SET carrier_id = excluded.carrier_id,
                                        delivered_at = excluded.delivered_at,
                                        read_at = excluded.read_at,
                                        failed_at = excluded.failed_at,
                                        code = excluded.code";

/// Keeps what was told of a message.
pub async fn put(tx: &mut Tx<'_>, message: MessageId, receipt: &Receipt) -> Result<()> {
    let values = values![
        message,
        receipt.carrier_id.as_str(),
        receipt.delivered_at,
        receipt.read_at,
        receipt.failed_at,
        receipt.code.as_str(),
    ];
    tx.execute(PUT, values).await.map(drop)
}

fn read(record: &Record) -> Result<Receipt> {
    Ok(Receipt {
        carrier_id: record.text(0)?,
        delivered_at: record.time_or_null(1)?,
        read_at: record.time_or_null(2)?,
        failed_at: record.time_or_null(3)?,
        code: record.text(4)?,
    })
}
