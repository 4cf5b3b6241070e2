//! What the gate is asked with: of each message everything about its person is read anew, after
//! whatever was accepted before has been applied; of messages that go there together, at once.
//!
//! **Invariant (I3):** what somebody said before the question was asked is known when it is
//! answered.

use std::collections::HashMap;
use std::sync::Arc;

use filo_core::consent::addressing;
use filo_core::event::Channel;
use filo_core::id::{CustomerId, NodeId, RunId};
use filo_core::journey::Run;
use filo_core::message::Class;
use filo_core::message::gate::{self, Asking, Outcome, Rival, Spent, Surroundings, Verdict};
use filo_core::message::holdout::is_held_back;
use filo_core::message::origin::Origin;
use filo_core::message::policy::Policy;
use filo_core::time::Timestamp;
use filo_store::journey::run;
use filo_store::message::MessageRow;
use filo_store::message::claim::{self, Reached};
use jiff::tz::TimeZone;

use super::sending::is_reason_true;
use super::standing::Standing;
use crate::app::App;
use crate::consent::purposes_of;
use crate::customer::CustomerView;
use crate::error::Result;

/// A message at the gate, with what it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    /// Who it goes to, as they are known now.
    pub(crate) customer: Option<CustomerView>,
    /// What consent, suppression list and reachability say.
    pub(crate) addressing: addressing::Verdict,
    /// What the gate says.
    pub(crate) verdict: Verdict,
    /// What it takes from the noise budget.
    pub(crate) weight: u16,
    /// Up to where the log had been applied.
    pub(crate) applied: i64,
    /// The way on a journey that it was planned on.
    pub(crate) run: Option<Run>,
    /// The step to which it belongs, if people are asked about that.
    pub(crate) asked_about: Option<String>,
    /// How often they got the piece before that it says.
    pub(crate) times: u32,
    /// Where they are, of what is shown to them there.
    pub(crate) there: Option<NodeId>,
}

/// What is known of a message's person: read of many at once.
#[derive(Debug, Clone)]
pub(super) struct Known {
    customer: CustomerView,
    addressing: addressing::Verdict,
    spent: Vec<Spent>,
    rivals: Vec<Rival>,
    run: Option<Run>,
    times: u32,
}

impl Weighed {
    /// The address it goes to: the one that was used last among those that nothing stops.
    pub(crate) fn address(&self) -> Option<NodeId> {
        if self.there.is_some() {
            return self.there;
        }
        let customer = self.customer.as_ref()?;
        let usable = |node: &NodeId| self.addressing.addresses.contains(node);
        let known = customer.identifiers.iter().filter(|it| usable(&it.node));
        // What somebody says covers all of theirs at once: of those the one that was tied to them
        // last.
        let tied = |node: NodeId| {
            let links = customer.links.iter();
            let own = links.filter(|link| link.a == node || link.b == node);
            own.filter_map(|link| Some(link.evidence?.at)).max()
        };
        let newest = known.max_by_key(|it| (it.facts.last_seen, tied(it.node), it.node));
        newest.map(|it| it.node)
    }
}

impl App {
    /// Asks the gate about a message.
    pub(super) async fn weigh(&self, row: &MessageRow, standing: &Standing) -> Result<Weighed> {
        let known = self.addressees(std::slice::from_ref(row), standing).await?;
        self.weigh_known(row, known.into_iter().next().flatten(), standing)
            .await
    }

    /// What is known of those to whom messages go, in their order; nothing of nobody.
    pub(super) async fn addressees(
        &self,
        rows: &[MessageRow],
        standing: &Standing,
    ) -> Result<Vec<Option<Known>>> {
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer).collect();
        let customers = self.each_customer(&ids).await?;
        let mut every: Vec<CustomerId> = customers.iter().flatten().flat_map(threads_of).collect();
        every.sort_unstable();
        every.dedup();
        let runs = rows.iter().filter_map(run_of).collect::<Vec<RunId>>();
        let present = || {
            let each = rows.iter().zip(&customers);
            each.filter_map(|(row, customer)| Some((row, customer.as_ref()?)))
        };
        let asked: Vec<(&CustomerView, (&str, Channel))> = present()
            .map(|(row, customer)| (customer, (row.purpose.as_str(), row.channel())))
            .collect();
        let now = self.now();
        let mut tx = self.shared().db.read().await?;
        let verdicts = self
            .addressing_of_each(&mut tx, &asked, &standing.purposes, now)
            .await?;
        let reached = by_customer(claim::reached(&mut tx, &every).await?, |it| it.customer);
        let rivals = by_customer(claim::rivals(&mut tx, &every, now).await?, |it| it.0);
        let runs: HashMap<RunId, Run> = {
            let found = run::get_all(&mut tx, &runs).await?;
            found.into_iter().map(|run| (run.id, run)).collect()
        };
        drop(tx);
        let since = now.plus_seconds(-i64::from(standing.policy.days_back()) * 86_400);
        let counts = |it: &&Reached| it.class == Class::Marketing && it.spent.at > since;
        let mut known: Vec<Known> = Vec::with_capacity(asked.len());
        for ((row, customer), verdict) in present().zip(verdicts) {
            let threads = threads_of(customer);
            let reached = || threads.iter().filter_map(|it| reached.get(it)).flatten();
            let rivals = threads.iter().filter_map(|it| rivals.get(it)).flatten();
            let piece = row.saying.piece();
            let is_same = |it: &&Reached| piece.is_some() && it.piece == piece;
            known.push(Known {
                customer: customer.clone(),
                addressing: verdict.only(row.medium.address_kinds()),
                spent: reached().filter(counts).map(|it| it.spent).collect(),
                rivals: rivals.map(|(_, rival)| *rival).collect(),
                run: run_of(row).and_then(|id| runs.get(&id)).cloned(),
                times: u32::try_from(reached().filter(is_same).count()).unwrap_or(u32::MAX),
            });
        }
        let mut known = known.into_iter();
        let each = customers
            .iter()
            .map(|it| it.as_ref().and_then(|_| known.next()));
        Ok(each.collect())
    }

    /// Asks the gate about a message to somebody of whom this is known.
    pub(super) async fn weigh_known(
        &self,
        row: &MessageRow,
        known: Option<Known>,
        standing: &Standing,
    ) -> Result<Weighed> {
        let Some(known) = known else {
            return Ok(Weighed {
                customer: None,
                addressing: addressing::Verdict::unknown(),
                verdict: gate::nobody(),
                weight: 0,
                applied: standing.applied,
                run: None,
                asked_about: None,
                times: 0,
                there: None,
            });
        };
        let (policy, run) = (&standing.policy, known.run);
        let there = standing.there.filter(|_| row.medium.waits_for_visit());
        let approval = self.approval_of(row, run.as_ref(), standing).await?;
        let asking = Asking {
            id: row.id,
            medium: row.medium,
            fallback: row.fallbacks.first().copied(),
            class: row.class,
            value: row.value,
            planned_at: row.planned_at,
            expires_at: row.expires_at,
            is_reason_true: is_reason_true(&row.origin, run.as_ref()),
            is_held_back: self.is_held_back(policy, known.customer.id),
            is_held_back_of_journey: run.as_ref().is_some_and(|run| run.is_held_back),
            is_unapproved: approval.is_missing,
            is_absent: row.medium.waits_for_visit() && there.is_none(),
            addressing: &known.addressing,
        };
        let around = Surroundings {
            policy,
            spent: &known.spent,
            rivals: &known.rivals,
            zone: &self.zone_of(&known.customer),
            now: self.now(),
        };
        let verdict = gate::pass(&asking, &around);
        Ok(Weighed {
            weight: policy.budget.weight(row.medium),
            customer: Some(known.customer),
            addressing: known.addressing,
            verdict,
            applied: standing.applied,
            run,
            asked_about: approval.asked_about,
            times: known.times,
            there,
        })
    }

    /// Whether nothing that was accepted since a message was weighed stops it after all.
    pub(crate) async fn still_goes(&self, row: &MessageRow, weighed: &Weighed) -> Result<bool> {
        self.catch_up_with_log().await?;
        let Some(customer) = self.customer(row.customer).await? else {
            return Ok(false);
        };
        let about = (row.purpose.as_str(), row.channel());
        let mut tx = self.shared().db.read().await?;
        let purposes = Arc::new(purposes_of(&mut tx).await?);
        let addressing = self
            .addressing_of(&mut tx, (&customer, &purposes), about, self.now())
            .await?
            .only(row.medium.address_kinds());
        let address = weighed.address().filter(|_| weighed.there.is_none());
        Ok(addressing.may && address.is_none_or(|it| addressing.addresses.contains(&it)))
    }

    fn is_held_back(&self, policy: &Policy, customer: CustomerId) -> bool {
        is_held_back(&self.key(), customer, policy.holdout_percent)
    }

    /// The zone of a customer's clock: the one they said, else the company's.
    pub(super) fn zone_of(&self, customer: &CustomerView) -> TimeZone {
        let said = customer.profile.timezone.as_ref();
        let said = said.and_then(|said| TimeZone::get(&said.value).ok());
        said.unwrap_or_else(|| self.zone())
    }

    /// Waits until everything that was accepted up to now counts; says up to where that is.
    pub(super) async fn catch_up_with_log(&self) -> Result<i64> {
        let last = self.last_of_log().await?;
        self.applied(last).await?;
        Ok(last)
    }

    /// The newest row of the log. Where several nodes accept, the tables know best.
    pub(super) async fn last_of_log(&self) -> Result<i64> {
        let shared = self.shared();
        if !shared.db.is_postgres() {
            return Ok(shared.committed());
        }
        Ok(filo_store::log::last(&shared.db).await?)
    }
}

/// The way on a journey that a message was planned on.
const fn run_of(row: &MessageRow) -> Option<RunId> {
    match row.origin {
        Origin::Journey { run, .. } => Some(run),
        _ => None,
    }
}

/// Everybody a customer was when something was planned for them.
fn threads_of(customer: &CustomerView) -> Vec<CustomerId> {
    let threads = customer.threads().into_iter();
    threads.map(CustomerId::from).collect()
}

fn by_customer<T>(
    rows: Vec<T>,
    customer: impl Fn(&T) -> CustomerId,
) -> HashMap<CustomerId, Vec<T>> {
    let mut by: HashMap<CustomerId, Vec<T>> = HashMap::new();
    for row in rows {
        by.entry(customer(&row)).or_default().push(row);
    }
    by
}

/// When a verdict has a message looked at again.
pub(crate) const fn due_again(outcome: Outcome) -> Option<Timestamp> {
    match outcome {
        Outcome::Wait(until) => Some(until),
        Outcome::Go | Outcome::AskPerson | Outcome::PassOn(_) | Outcome::Stop => None,
    }
}
