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
use filo_core::journey::FALLBACKS_MOST;
use filo_core::mail::Provider;
use filo_core::message::gate::{self, Outcome, Verdict};
use filo_core::time::Timestamp;
use filo_store::message::{self, MessageRow, claim};
use filo_store::warm_up::{self, Key};
use filo_store::{Tx, suppression};
use tokio::task::JoinSet;

use super::claiming::{give_up, take_claims, write_held};
use super::handing::{Made, Ready, Unsaid};
use super::settling::write_verdicts;
use super::standing::Standing;
use super::weighing::{Known, Weighed};
use crate::app::App;
use crate::cost::Charge;
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
    /// What the gate said of the media that it was passed on from, in order.
    refusals: Vec<Verdict>,
    /// At whose mailboxes it needs a place, while the address is being warmed up.
    provider: Option<Provider>,
}

impl App {
    /// Takes messages to the gate, to people who are there, or not. Gives those that were let
    /// through, claimed.
    ///
    /// # Errors
    /// If the tables cannot be read or written; messages that could be weighed have been.
    pub(super) async fn let_through(
        &self,
        rows: Vec<MessageRow>,
        there: Option<NodeId>,
    ) -> Result<Vec<(MessageRow, Ready)>> {
        // Who shows something and who sends something stand at the gate one after the other.
        let _gate = self.shared().outbox.gate().await;
        let begun = self.now();
        let standing = Arc::new(self.standing().await?.where_they_are(there));
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
        let (mut weighed, mut failed) = (Vec::new(), None);
        let mut weighing = JoinSet::new();
        for (place, (row, known)) in self
            .addressees_of(rows, standing)
            .await
            .into_iter()
            .enumerate()
        {
            match known {
                Ok(known) => {
                    let (app, standing) = (self.clone(), Arc::clone(standing));
                    let pass = async move { (place, app.pass(row, known, &standing).await) };
                    weighing.spawn(pass);
                }
                Err(error) => failed = Some(error),
            }
        }
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

    /// Messages with what is known of their people: read at once; one by one if that fails, so
    /// that what cannot be read of one person holds up nobody else.
    async fn addressees_of(
        &self,
        rows: Vec<MessageRow>,
        standing: &Standing,
    ) -> Vec<(MessageRow, Result<Option<Known>>)> {
        if let Ok(known) = self.addressees(&rows, standing).await {
            return rows.into_iter().zip(known.into_iter().map(Ok)).collect();
        }
        let mut each = Vec::with_capacity(rows.len());
        for row in rows {
            let known = self.addressees(std::slice::from_ref(&row), standing).await;
            each.push((row, known.map(|known| known.into_iter().next().flatten())));
        }
        each
    }

    /// Takes a message to the gate, and writes nothing.
    async fn pass(
        &self,
        mut row: MessageRow,
        known: Option<Known>,
        standing: &Standing,
    ) -> Result<Passed> {
        let mut weighed = self.weigh_known(&row, known, standing).await?;
        let mut refusals = Vec::new();
        while let Outcome::PassOn(next) = weighed.verdict.outcome {
            refusals.push(weighed.verdict);
            row.pass_on(next);
            weighed = self.weigh(&row, standing).await?;
        }
        let mut provider = None;
        let passage = match weighed.verdict.outcome {
            Outcome::Go => match self.make_ready(&row, &weighed, standing).await? {
                Made::Ready(mut ready) => {
                    let template = ready.template.as_ref().map(|_| ready.category);
                    let says = (ready.text.as_str(), template);
                    let charge = Charge::of(&row, says, weighed.run.as_ref());
                    ready.charge = charge;
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
            Outcome::Wait(_) | Outcome::AskPerson | Outcome::PassOn(_) | Outcome::Stop => {
                Passage::Held
            }
        };
        Ok(Passed {
            row,
            weighed,
            passage,
            refusals,
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
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let mut sizes = Sizes::new();
        let (mut going, mut held) = (Vec::new(), Vec::new());
        let mut tx = self.shared().db.begin().await?;
        write_refusals(&mut tx, &all, now).await?;
        for Passed {
            row,
            mut weighed,
            passage,
            refusals: _,
            provider,
        } in all
        {
            match passage {
                Passage::Through(mut ready) => {
                    let one = (&row, &weighed, &mut *ready);
                    let around = (standing, &mut sizes);
                    match self.place(&mut tx, one, around, (provider, now)).await? {
                        Some(full) => {
                            weighed.verdict = full;
                            held.push((row, weighed));
                        }
                        None => going.push((row, weighed, *ready)),
                    }
                }
                Passage::Held => held.push((row, weighed)),
                Passage::Unsayable(why) => give_up(&mut tx, &row, &why.to_string(), now).await?,
            }
        }
        let claimed = take_claims(&mut tx, going, now).await?;
        write_held(&mut tx, &held, now).await?;
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

/// Writes down by what messages go that were passed on, and why not by what they were to.
async fn write_refusals(tx: &mut Tx<'_>, all: &[Passed], now: Timestamp) -> Result<()> {
    let passed_on = all.iter().filter(|it| !it.refusals.is_empty());
    let rows: Vec<&MessageRow> = passed_on.map(|it| &it.row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    message::pass_on(tx, &rows).await?;
    // Of each message one verdict at a time, so that they stand in order.
    for turn in 0..FALLBACKS_MOST {
        let said = all
            .iter()
            .filter_map(|it| Some((it.row.id, it.refusals.get(turn)?)));
        write_verdicts(tx, said, now).await?;
    }
    Ok(())
}
