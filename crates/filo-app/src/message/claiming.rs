//! What the gate said, written down: the claims of those that go, and why others do not.

use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::message::claim::{self, Claim, Turn};
use filo_store::message::{MessageRow, asked, copy};
use filo_store::{Tx, warm_up};

use super::handing::Ready;
use super::settling::write_verdicts;
use super::weighing::{Weighed, due_again};
use crate::error::Result;

/// Claims those that go; those that stand elsewhere meanwhile do not.
pub(super) async fn take_claims(
    tx: &mut Tx<'_>,
    going: Vec<(MessageRow, Weighed, Ready)>,
    now: Timestamp,
) -> Result<Vec<(MessageRow, Weighed, Ready)>> {
    let claims: Vec<Claim<'_>> = going
        .iter()
        .map(|(row, weighed, _)| claim_of(row, weighed, now))
        .collect();
    let taken = claim::claim(tx, &claims).await?;
    let (claimed, missed): (Vec<_>, Vec<_>) = going
        .into_iter()
        .partition(|(row, ..)| taken.contains(&row.id));
    for place in missed.iter().filter_map(|(.., ready)| ready.place.as_ref()) {
        warm_up::give_back(tx, place).await?;
    }
    let said = claimed.iter().map(|(row, it, _)| (row.id, &it.verdict));
    write_verdicts(tx, said, now).await?;
    let copies = claimed.iter().map(|(row, _, ready)| (row.id, ready.copy()));
    copy::put(tx, &copies.collect::<Vec<_>>()).await?;
    Ok(claimed)
}

fn claim_of<'a>(row: &MessageRow, weighed: &'a Weighed, now: Timestamp) -> Claim<'a> {
    let statement = weighed.addressing.statement.as_ref();
    Claim {
        id: row.id,
        now,
        address: weighed.address(),
        proof: statement.map(|it| it.provenance.event),
        basis: Some(statement.map_or("duty", |it| it.basis.word())),
        weight: weighed.weight,
    }
}

/// What cannot be said fails before anything leaves; once the piece is mended, a person sends it
/// again.
pub(super) async fn give_up(
    tx: &mut Tx<'_>,
    row: &MessageRow,
    why: &str,
    now: Timestamp,
) -> Result<()> {
    let turn = Turn {
        id: row.id,
        from: State::Queued,
        to: State::Failed,
        due_at: None,
        ended_at: Some(now),
        answer: Some(why),
    };
    claim::turn(tx, &turn).await?;
    Ok(())
}

pub(super) async fn write_held(
    tx: &mut Tx<'_>,
    held: &[(MessageRow, Weighed)],
    now: Timestamp,
) -> Result<()> {
    let turn = |(row, weighed): &(MessageRow, Weighed)| {
        let to = weighed.verdict.state();
        Turn {
            id: row.id,
            from: State::Queued,
            to,
            due_at: due_again(weighed.verdict.outcome),
            ended_at: (to == State::Stopped).then_some(now),
            answer: None,
        }
    };
    let turns: Vec<Turn<'_>> = held.iter().map(turn).collect();
    let turned = claim::turn_all(tx, &turns).await?;
    let turned = || held.iter().filter(|(row, _)| turned.contains(&row.id));
    let said = turned().map(|(row, weighed)| (row.id, &weighed.verdict));
    write_verdicts(tx, said, now).await?;
    for (row, weighed) in turned() {
        if let Some(about) = &weighed.asked_about {
            let waits = weighed.verdict.state() == State::Unapproved;
            asked::ask(tx, row.id, about, waits).await?;
        }
    }
    Ok(())
}
