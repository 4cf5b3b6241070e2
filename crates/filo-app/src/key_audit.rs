//! What making and ending keys is in the audit log.

use filo_core::audit::{Act, Entry, Token};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::key::KeyRow;

use crate::actor::{Actor, Scopes};
use crate::audit::record;
use crate::error::Result;
use crate::key::KeyKind;

/// Writes down that a key was made, and its source with it.
pub(crate) async fn record_made(
    tx: &mut Tx<'_>,
    actor: &Actor,
    row: &KeyRow,
    kind: KeyKind,
) -> Result<()> {
    if let Some(source) = row.source {
        let entry = actor.did(Act::SourceMade, row.created_at).about(source);
        record(tx, &entry).await?;
    }
    record(tx, &made(actor, row, kind)).await
}

/// A key was made.
fn made(actor: &Actor, row: &KeyRow, kind: KeyKind) -> Entry {
    let word = match kind {
        KeyKind::Public => "public",
        KeyKind::Secret => "secret",
        KeyKind::Api => "api",
        KeyKind::Login => "login",
    };
    let entry = actor.did(Act::KeyMade, row.created_at).about(row.id);
    let entry = entry.with("kind", Token::word(word));
    let entry = match row.source {
        Some(source) => entry.with("source", source),
        None => {
            let held = Scopes::of_words(&row.scopes).held();
            entry.with("scopes", Token::words(&held))
        }
    };
    match row.expires_at {
        Some(end) => entry.with("until_s", Token::number(end.0.unsigned_abs() / 1_000_000)),
        None => entry,
    }
}

/// A key was ended.
pub(crate) fn ended(actor: &Actor, row: &KeyRow, now: Timestamp) -> Entry {
    actor.did(Act::KeyRevoked, now).about(row.id)
}
