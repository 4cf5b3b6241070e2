//! Removing messages with everything that stands beside them.

use filo_core::id::CustomerId;

use crate::error::Result;
use crate::tx::{Bulk, Tx};

const FORGET: Bulk = Bulk {
    head: "DELETE FROM message WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};
const FORGET_VERDICTS: Bulk = Bulk {
    head: "DELETE FROM message_verdict WHERE message IN (SELECT id FROM message WHERE customer \
           IN (VALUES",
    width: 1,
    tail: "))",
};
const FORGET_COPIES: Bulk = Bulk {
    head: "DELETE FROM message_copy WHERE message IN (SELECT id FROM message WHERE customer IN \
           (VALUES",
    width: 1,
    tail: "))",
};
const FORGET_RECEIPTS: Bulk = Bulk {
    head: "DELETE FROM message_receipt WHERE message IN (SELECT id FROM message WHERE customer IN \
           (VALUES",
    width: 1,
    tail: "))",
};
const FORGET_SHOWN: Bulk = Bulk {
    head: "DELETE FROM message_shown WHERE message IN (SELECT id FROM message WHERE customer IN \
           (VALUES",
    width: 1,
    tail: "))",
};
const FORGET_HITS: Bulk = Bulk {
    head: "DELETE FROM mail_hit WHERE message IN (SELECT id FROM message WHERE customer IN \
           (VALUES",
    width: 1,
    tail: "))",
};
const FORGET_CLICKS: Bulk = Bulk {
    head: "DELETE FROM mail_click WHERE message IN (SELECT id FROM message WHERE customer IN \
           (VALUES",
    width: 1,
    tail: "))",
};

/// What is kept of messages beside them.
const FORGET_BESIDE: [&Bulk; 6] = [
    &FORGET_VERDICTS,
    &FORGET_COPIES,
    &FORGET_RECEIPTS,
    &FORGET_SHOWN,
    &FORGET_HITS,
    &FORGET_CLICKS,
];

/// Removes every message to somebody, with what was said of it, what left, and what was seen.
pub async fn forget(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<u64> {
    for bulk in FORGET_BESIDE {
        tx.execute_bulk(bulk, ids, |id, values| values.push((*id).into()))
            .await?;
    }
    tx.execute_bulk(&FORGET, ids, |id, values| values.push((*id).into()))
        .await
}
