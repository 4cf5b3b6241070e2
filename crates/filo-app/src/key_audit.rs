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

/// A key was made; a session is somebody who comes in.
fn made(actor: &Actor, row: &KeyRow, kind: KeyKind) -> Entry {
    let word = match kind {
        KeyKind::Public => "public",
        KeyKind::Secret => "secret",
        KeyKind::Api => "api",
        KeyKind::Session => return actor.did(Act::LoggedIn, row.created_at).about(row.id),
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

/// A key was ended; a session by its holder is somebody who leaves.
pub(crate) fn ended(actor: &Actor, row: &KeyRow, now: Timestamp) -> Entry {
    let is_session = row.shown.starts_with(KeyKind::Session.prefix());
    let act = if is_session && actor.key == Some(row.id) {
        Act::LoggedOut
    } else {
        Act::KeyRevoked
    };
    actor.did(act, now).about(row.id)
}
