//! How far the engine has come: which rows of the log stand in the state and in the lake.
//!
//! **Invariant:** a position only moves from where its mover believes it to be, in the same
//! transaction as what it stands for; a second engine that slipped in cannot commit.

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::values;

/// How far the log has been worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The last row that is folded into the state.
    pub applied: i64,
    /// The last row whose events are in the lake.
    pub flushed: i64,
}

const LOAD: &str = "
    SELECT applied, flushed
      FROM engine_position
     WHERE name = 'engine'";

/// Where the engine stands.
pub async fn load(tx: &mut Tx<'_>) -> Result<Position> {
    let row = tx.fetch_one(LOAD, &[]).await?;
    let row = row.ok_or_else(|| Error::Damaged("engine_position has no row".to_owned()))?;
    Ok(Position {
        applied: row.int(0)?,
        flushed: row.int(1)?,
    })
}

const APPLY: &str = "
    UPDATE engine_position
       SET applied = $2
     WHERE name = 'engine'
       AND applied = $1";

const FLUSH: &str = "
    UPDATE engine_position
       SET flushed = $2
     WHERE name = 'engine'
       AND flushed = $1";

/// Moves the position. Each of its two numbers is compared only if it moves, so folding and
/// flushing may go on side by side. Fails with [`Error::Conflict`] if a number that moves is
/// no longer where `from` says.
pub async fn advance(tx: &mut Tx<'_>, from: &Position, to: &Position) -> Result<()> {
    for (sql, from, to) in [
        (APPLY, from.applied, to.applied),
        (FLUSH, from.flushed, to.flushed),
    ] {
        if from != to && tx.execute(sql, values![from, to]).await? != 1 {
            return Err(Error::Conflict(format!(
                "another engine moved the position away from {from}"
            )));
        }
    }
    Ok(())
}
