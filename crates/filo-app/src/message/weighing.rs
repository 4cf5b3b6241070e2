//! What the gate is asked with: of each message everything about its person is read anew, after
//! whatever was accepted before has been applied.
//!
//! **Invariant (I3):** what somebody said before the question was asked is known when it is
//! answered.

use std::sync::Arc;

use filo_core::consent::addressing;
use filo_core::id::{CustomerId, NodeId};
use filo_core::journey::Run;
use filo_core::message::gate::{self, Asking, Outcome, Surroundings, Verdict};
use filo_core::message::holdout::is_held_back;
use filo_core::message::policy::Policy;
use filo_core::time::Timestamp;
use filo_store::message::MessageRow;
use filo_store::message::claim;
use jiff::tz::TimeZone;

use super::sending::{is_reason_true, way_of};
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
}

impl Weighed {
    /// The address it goes to: the one that was used last among those that nothing stops.
    pub(crate) fn address(&self) -> Option<NodeId> {
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
        let now = self.now();
        let Some(customer) = self.customer(row.customer).await? else {
            return Ok(Weighed {
                customer: None,
                addressing: addressing::Verdict::unknown(),
                verdict: gate::nobody(),
                weight: 0,
                applied: standing.applied,
                run: None,
                asked_about: None,
            });
        };
        let threads: Vec<CustomerId> = customer
            .threads()
            .into_iter()
            .map(CustomerId::from)
            .collect();
        let policy = &standing.policy;
        let mut tx = self.shared().db.read().await?;
        let addressing = self
            .addressing_of(
                &mut tx,
                (&customer, &standing.purposes),
                (row.purpose.as_str(), row.channel()),
                now,
            )
            .await?
            .only(row.medium.address_kinds());
        let since = now.plus_seconds(-i64::from(policy.days_back()) * 86_400);
        let spent = claim::spent(&mut tx, &threads, since).await?;
        let rivals = claim::rivals(&mut tx, &threads, now).await?;
        let run = way_of(&mut tx, &row.origin).await?;
        drop(tx);
        let weight = policy.budget.weight(row.medium);
        let approval = self.approval_of(row, run.as_ref(), standing).await?;
        let asking = Asking {
            id: row.id,
            medium: row.medium,
            class: row.class,
            value: row.value,
            planned_at: row.planned_at,
            expires_at: row.expires_at,
            is_reason_true: is_reason_true(&row.origin, run.as_ref()),
            is_held_back: self.is_held_back(policy, customer.id),
            is_held_back_of_journey: run.as_ref().is_some_and(|run| run.is_held_back),
            is_unapproved: approval.is_missing,
            addressing: &addressing,
        };
        let around = Surroundings {
            policy,
            spent: &spent,
            rivals: &rivals,
            zone: &self.zone_of(&customer),
            now,
        };
        let verdict = gate::pass(&asking, &around);
        Ok(Weighed {
            customer: Some(customer),
            addressing,
            verdict,
            weight,
            applied: standing.applied,
            run,
            asked_about: approval.asked_about,
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
        let address = weighed.address();
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

/// When a verdict has a message looked at again.
pub(crate) const fn due_again(outcome: Outcome) -> Option<Timestamp> {
    match outcome {
        Outcome::Wait(until) => Some(until),
        Outcome::Go | Outcome::AskPerson | Outcome::Stop => None,
    }
}
