//! Messages of an address that is being warmed up: a place in the day of their provider, or a
//! word about when there will be one.
//!
//! **Invariant:** advertising leaves only with a place; what is owed takes one and waits for none.

use filo_core::mail::{MailAddress, Provider, warm_up_rank_s, warm_up_wait};
use filo_core::message::gate::{Finding, Verdict, quiet_until};
use filo_core::message::{Class, Medium};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::message::MessageRow;
use filo_store::warm_up;

use super::handing::Ready;
use super::standing::Standing;
use super::weighing::Weighed;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;
use crate::mail::{Place, Sizes};

impl App {
    /// At whose mailboxes a message needs a place; none if nothing is being warmed up.
    pub(super) async fn provider_to_warm(
        &self,
        row: &MessageRow,
        ready: &Ready,
        standing: &Standing,
    ) -> Option<Provider> {
        if standing.warming.is_none() || row.medium != Medium::Email {
            return None;
        }
        let to = MailAddress::parse(&ready.to).ok()?;
        Some(self.mail_provider(&to).await)
    }

    /// The verdict about a message that lets others go first, if it does.
    pub(super) fn behind_others(
        row: &MessageRow,
        weighed: &Weighed,
        now: Timestamp,
    ) -> Option<Verdict> {
        let until = row.planned_at.plus_seconds(rank_s(weighed, now));
        if row.class != Class::Marketing || until <= now {
            return None;
        }
        let finding = Finding::WarmUpOrder { until };
        let verdict = weighed.verdict.clone();
        Some(warm_up_wait(verdict, finding, row.expires_at))
    }

    /// Takes a place for a message that goes; or gives the verdict about one for which there is
    /// none.
    pub(super) async fn place(
        &self,
        tx: &mut Tx<'_>,
        (row, weighed, ready): (&MessageRow, &Weighed, &mut Ready),
        (standing, sizes): (&Standing, &mut Sizes),
        (provider, now): (Option<Provider>, Timestamp),
    ) -> Result<Option<Verdict>> {
        let (Some(warming), Some(provider)) = (&standing.warming, provider) else {
            return Ok(None);
        };
        let around = (warming, sizes);
        match self
            .take_place(tx, around, (provider, row.class), now)
            .await?
        {
            Place::Taken(key) => {
                warm_up::note(tx, row.id, provider).await?;
                ready.place = Some(key);
                Ok(None)
            }
            Place::Full { allowed, until } => {
                let finding = Finding::WarmUp {
                    provider,
                    allowed,
                    until: self.first_hour(weighed, standing, until, now),
                };
                let verdict = weighed.verdict.clone();
                Ok(Some(warm_up_wait(verdict, finding, row.expires_at)))
            }
        }
    }

    /// When somebody can be written to on a day that begins then: after the night, and behind
    /// those who showed themselves more lately.
    fn first_hour(
        &self,
        weighed: &Weighed,
        standing: &Standing,
        begin: Timestamp,
        now: Timestamp,
    ) -> Timestamp {
        let zone = weighed.customer.as_ref().map(|it| self.zone_of(it));
        let night = zone.and_then(|zone| quiet_until(standing.policy.quiet, &zone, begin));
        let morning = night.unwrap_or(begin);
        morning.plus_seconds(rank_s(weighed, now))
    }
}

fn rank_s(weighed: &Weighed, now: Timestamp) -> i64 {
    let seen = |it: &CustomerView| it.profile.last_seen;
    warm_up_rank_s(weighed.customer.as_ref().and_then(seen), now)
}
