//! Messages at the gate, several at a time: each is weighed and made ready by itself, the claims
//! of those that go are written together, and only then they are handed over.
//!
//! **Invariant (I3):** the claim of a message is on disk before it is handed over, and what was
//! accepted while it was being claimed is looked at once more.
//! **Invariant (I4):** of one person at most one message goes through at a time, so that the next
//! one is weighed with this one counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use filo_core::id::{MessageId, NodeId};
use filo_core::mail::Provider;
use filo_core::message::gate::{self, Outcome};
use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::message::claim::{self, Claim, Turn};
use filo_store::message::{MessageRow, asked, copy};
use filo_store::warm_up::{self, Key};
use filo_store::{Tx, suppression};
use tokio::task::JoinSet;

use super::handing::{Made, Ready, Unsaid};
use super::settling::write_verdict;
use super::standing::Standing;
use super::weighing::{Weighed, due_again};
use crate::app::App;
use crate::error::{Error, Result};
use crate::mail::Sizes;
use crate::tracking::Dressing;

/// What a message came to at the gate.
#[derive(Debug)]
enum Passage {
    /// It goes.
    Through(Box<Ready>),
    /// It does not go, or not now.
    Held,
    /// What it is to say cannot be said.
    Unsayable(Unsaid),
}

/// A message that was at the gate.
#[derive(Debug)]
struct Passed {
    row: MessageRow,
    weighed: Weighed,
    passage: Passage,
    /// At whose mailboxes it needs a place, while the address is being warmed up.
    provider: Option<Provider>,
}

impl App {
    /// Takes messages to the gate. Gives those that were let through, claimed.
    ///
    /// # Errors
    /// If the tables cannot be read or written; messages that could be weighed have been.
    pub(super) async fn let_through(
        &self,
        rows: Vec<MessageRow>,
    ) -> Result<Vec<(MessageRow, Ready)>> {
        let begun = self.now();
        let standing = Arc::new(self.standing().await?);
        let (passed, failed) = self.weigh_all(rows, &standing).await;
        let claimed = self.write_passed(passed, &standing).await?;
        let sure = self.look_once_more(claimed, begun).await;
        match failed {
            // What was claimed must leave; who failed is met again.
            Some(error) if sure.is_empty() => Err(error),
            Some(error) => {
                tracing::warn!(%error, "a message could not be weighed");
                Ok(sure)
            }
            None => Ok(sure),
        }
    }

    /// Weighs messages side by side; of each person the first one, and the first failure.
    async fn weigh_all(
        &self,
        rows: Vec<MessageRow>,
        standing: &Arc<Standing>,
    ) -> (Vec<Passed>, Option<Error>) {
        let mut weighing = JoinSet::new();
        for (place, row) in rows.into_iter().enumerate() {
            let (app, standing) = (self.clone(), Arc::clone(standing));
            weighing.spawn(async move { (place, app.pass(row, &standing).await) });
        }
        let (mut weighed, mut failed) = (Vec::new(), None);
        while let Some(ended) = weighing.join_next().await {
            match ended {
                Ok((place, Ok(passed))) => weighed.push((place, passed)),
                Ok((_, Err(error))) => failed = Some(error),
                Err(error) => failed = Some(anyhow::Error::from(error).into()),
            }
        }
        weighed.sort_unstable_by_key(|(place, _)| *place);
        let mut people = BTreeSet::new();
        let is_first = |passed: &Passed| {
            let customer = passed.weighed.customer.as_ref();
            people.insert(customer.map_or(passed.row.customer, |it| it.id))
        };
        let all = weighed.into_iter().map(|(_, passed)| passed);
        (all.filter(is_first).collect(), failed)
    }

    /// Takes a message to the gate, and writes nothing.
    async fn pass(&self, row: MessageRow, standing: &Standing) -> Result<Passed> {
        let mut weighed = self.weigh(&row, standing).await?;
        let mut provider = None;
        let passage = match weighed.verdict.outcome {
            Outcome::Go => match self.make_ready(&row, &weighed, standing).await? {
                Made::Ready(ready) => {
                    provider = self.provider_to_warm(&row, &ready, standing).await;
                    let behind = Self::behind_others(&row, &weighed, self.now());
                    match behind.filter(|_| provider.is_some()) {
                        Some(verdict) => {
                            weighed.verdict = verdict;
                            Passage::Held
                        }
                        None => Passage::Through(ready),
                    }
                }
                Made::Nowhere => {
                    // They had an address a moment ago.
                    weighed.verdict = gate::nobody();
                    Passage::Held
                }
                Made::Unsayable(why) => Passage::Unsayable(why),
            },
            Outcome::Wait(_) | Outcome::AskPerson | Outcome::Stop => Passage::Held,
        };
        Ok(Passed {
            row,
            weighed,
            passage,
            provider,
        })
    }

    /// Writes down what the gate said, and the claims of those that go: in one transaction.
    async fn write_passed(
        &self,
        all: Vec<Passed>,
        standing: &Standing,
    ) -> Result<Vec<(MessageRow, Weighed, Ready)>> {
        let now = self.now();
        let mut claimed = Vec::with_capacity(all.len());
        if all.is_empty() {
            return Ok(claimed);
        }
        let mut sizes = Sizes::new();
        let mut tx = self.shared().db.begin().await?;
        for Passed {
            row,
            mut weighed,
            passage,
            provider,
        } in all
        {
            match passage {
                Passage::Through(mut ready) => {
                    let going = (&row, &weighed, &mut *ready);
                    let around = (standing, &mut sizes);
                    let full = self.place(&mut tx, going, around, (provider, now)).await?;
                    if let Some(verdict) = full {
                        weighed.verdict = verdict;
                        write_held(&mut tx, &row, &weighed, now).await?;
                    } else if take_claim(&mut tx, &row, &weighed, now).await? {
                        write_verdict(&mut tx, row.id, &weighed.verdict, now).await?;
                        copy::put(&mut tx, row.id, &ready.copy()).await?;
                        claimed.push((row, weighed, *ready));
                    } else if let Some(place) = &ready.place {
                        warm_up::give_back(&mut tx, place).await?;
                    }
                }
                Passage::Held => write_held(&mut tx, &row, &weighed, now).await?,
                Passage::Unsayable(why) => give_up(&mut tx, &row, &why.to_string(), now).await?,
            }
        }
        let dressings = claimed
            .iter()
            .filter_map(|(.., ready)| ready.dressing.as_ref());
        Dressing::keep(&mut tx, dressings).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Who said no while their message was being claimed is not written to: it comes to the gate
    /// again and is refused there. So does one of which that cannot be known.
    async fn look_once_more(
        &self,
        claimed: Vec<(MessageRow, Weighed, Ready)>,
        begun: Timestamp,
    ) -> Vec<(MessageRow, Ready)> {
        let touched = self.told_since(&claimed, begun).await;
        let (mut sure, mut unsure) = (Vec::with_capacity(claimed.len()), Vec::new());
        for (row, weighed, ready) in claimed {
            let goes = match &touched {
                Ok(touched) if !touched.contains(&row.id) => Ok(true),
                Ok(_) => self.still_goes(&row, &weighed).await,
                Err(_) => Ok(false),
            };
            match goes {
                Ok(true) => sure.push((row, ready)),
                Ok(false) | Err(_) => unsure.push((row.id, ready.place)),
            }
        }
        if let Err(error) = self.give_back(&unsure).await {
            // They stay claimed: the next start takes them for what they may be.
            tracing::error!(%error, "claims could not be given back");
        }
        sure
    }

    /// The messages of whom the log or the suppression list may say something newer.
    async fn told_since(
        &self,
        claimed: &[(MessageRow, Weighed, Ready)],
        begun: Timestamp,
    ) -> Result<BTreeSet<MessageId>> {
        let addresses: Vec<NodeId> = claimed
            .iter()
            .filter_map(|(_, weighed, _)| weighed.address())
            .collect();
        let suppressed = {
            let mut tx = self.shared().db.read().await?;
            suppression::made_since(&mut tx, &addresses, begun).await?
        };
        let last = self.last_of_log().await?;
        let is_touched = |weighed: &Weighed| {
            let address = weighed.address();
            weighed.applied != last || address.is_some_and(|it| suppressed.contains(&it))
        };
        let touched = claimed.iter().filter(|(_, weighed, _)| is_touched(weighed));
        Ok(touched.map(|(row, ..)| row.id).collect())
    }

    /// Gives claims back: nothing of them was handed over.
    async fn give_back(&self, unsure: &[(MessageId, Option<Key>)]) -> Result<()> {
        if unsure.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for (id, place) in unsure {
            claim::give_back(&mut tx, *id, now).await?;
            if let Some(place) = place {
                warm_up::give_back(&mut tx, place).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn take_claim(
    tx: &mut Tx<'_>,
    row: &MessageRow,
    weighed: &Weighed,
    now: Timestamp,
) -> Result<bool> {
    let statement = weighed.addressing.statement.as_ref();
    let claim = Claim {
        id: row.id,
        now,
        address: weighed.address(),
        proof: statement.map(|it| it.provenance.event),
        basis: Some(statement.map_or("duty", |it| it.basis.word())),
        weight: weighed.weight,
    };
    Ok(claim::claim(tx, &claim).await?)
}

/// What cannot be said fails before anything leaves; once the piece is mended, a person sends it
/// again.
async fn give_up(tx: &mut Tx<'_>, row: &MessageRow, why: &str, now: Timestamp) -> Result<()> {
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

async fn write_held(
    tx: &mut Tx<'_>,
    row: &MessageRow,
    weighed: &Weighed,
    now: Timestamp,
) -> Result<()> {
    let verdict = &weighed.verdict;
    let to = verdict.state();
    let turn = Turn {
        id: row.id,
        from: State::Queued,
        to,
        due_at: due_again(verdict.outcome),
        ended_at: (to == State::Stopped).then_some(now),
        answer: None,
    };
    if claim::turn(tx, &turn).await? {
        write_verdict(tx, row.id, verdict, now).await?;
        if let Some(about) = &weighed.asked_about {
            asked::ask(tx, row.id, about, to == State::Unapproved).await?;
        }
    }
    Ok(())
}
