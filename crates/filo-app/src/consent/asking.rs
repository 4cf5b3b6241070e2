//! May this person be addressed, and what was in force when: asked now of what is known, asked of
//! an earlier instant of the ledger on the thread.

use std::collections::BTreeSet;
use std::sync::Arc;

use filo_core::access::Right;
use filo_core::consent::addressing::{Known, Question, Verdict, may_address};
use filo_core::consent::concerns;
use filo_core::consent::ledger::{Ledger, LedgerEntry, Proof};
use filo_core::consent::purpose::{Purpose, Purposes};
use filo_core::consent::suppression::{CallCheck, Suppression};
use filo_core::event::{Channel, Event};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::message::Medium;
use filo_core::time::Timestamp;
use filo_store::{Tx, suppression};
use jiff::civil::DateTime;

use super::terms;
use crate::actor::Actor;
use crate::app::App;
use crate::channel::devices;
use crate::customer::CustomerView;
use crate::error::{Error, Result};

/// Threads that are read for a ledger: those of the person, and of everybody they were ever
/// linked with.
const THREADS_MOST: usize = 200;
/// Events read at a time, and how often: what lies behind is said to be missing.
const PAGE: usize = 1_000;
const PAGES_MOST: usize = 50;

/// An answer with what it rests on.
#[derive(Debug, Clone)]
pub struct Addressing {
    /// Yes or no, and why.
    pub verdict: Verdict,
    /// The instant it was asked about.
    pub at: Timestamp,
    /// The statement in force with its proof, where the ledger was asked.
    pub entry: Option<LedgerEntry>,
    /// Every event was read; otherwise the oldest are missing.
    pub is_whole: bool,
}

/// Where a purpose is shown: on each channel that reaches people, or once where it is asked once.
///
/// Notifications are spoken of only with somebody whose browser was ever asked, the site only where
/// it shows messages to somebody whose browser is known.
fn places(purpose: &Purpose, customer: &CustomerView, shows: bool) -> Vec<Channel> {
    const REACHING: [Channel; 4] = [Channel::Email, Channel::Sms, Channel::Chat, Channel::Phone];
    let uses = |channel: &Channel| purpose.channels.contains(channel);
    if purpose.by_channel {
        let mut browsers = customer.identifiers.iter();
        let has_browser = browsers.any(|it| it.kind == Kind::WebPush);
        let reaching = REACHING.into_iter();
        let reaching = reaching.chain(has_browser.then_some(Channel::App));
        let reaching = reaching.chain(shows.then_some(Channel::Web));
        return reaching.filter(uses).collect();
    }
    let once = Some(Channel::Server).filter(uses);
    once.or_else(|| purpose.channels.first().copied())
        .into_iter()
        .collect()
}

/// What is known beside the statements.
pub(super) struct Surroundings {
    pub(super) nodes: Vec<NodeId>,
    pub(super) suppressions: Vec<Suppression>,
    pub(super) checks: Vec<CallCheck>,
    pub(super) purposes: Arc<Purposes>,
}

impl App {
    /// Whether a person may be addressed for a purpose on a channel: now, or at an earlier
    /// instant, by the statements made up to then.
    ///
    /// # Errors
    /// If the actor may not see people, or there is no such person.
    pub async fn may_address(
        &self,
        actor: &Actor,
        id: CustomerId,
        (purpose, channel): (&str, Channel),
        at: Option<Timestamp>,
    ) -> Result<Addressing> {
        let Some(at) = at else {
            let customer = self.seen(actor, id).await?;
            let around = self.surroundings(&customer).await?;
            let at = self.now();
            let consents = &customer.profile.consents;
            return Ok(Addressing {
                verdict: self.judge((purpose, channel), at, consents, &around),
                at,
                entry: None,
                is_whole: true,
            });
        };
        let (customer, ledger, is_whole) = self.consent_ledger(actor, id).await?;
        let around = self.surroundings(&customer).await?;
        let verdict = self.judge((purpose, channel), at, &ledger.until(at), &around);
        let event = verdict.statement.as_ref().map(|it| it.provenance.event);
        Ok(Addressing {
            entry: event.and_then(|event| ledger.entry(event)).cloned(),
            verdict,
            at,
            is_whole,
        })
    }

    /// Whether a customer may be addressed for a purpose on a channel at an instant, by what is
    /// known now: what the gate asks.
    pub(crate) async fn addressing_of(
        &self,
        tx: &mut Tx<'_>,
        (customer, purposes): (&CustomerView, &Arc<Purposes>),
        about: (&str, Channel),
        at: Timestamp,
    ) -> Result<Verdict> {
        let around = surroundings(tx, customer, purposes).await?;
        Ok(self.judge(about, at, &customer.profile.consents, &around))
    }

    /// The same of several customers, each about something, in their order.
    pub(crate) async fn addressing_of_each(
        &self,
        tx: &mut Tx<'_>,
        all: &[(&CustomerView, (&str, Channel))],
        purposes: &Arc<Purposes>,
        at: Timestamp,
    ) -> Result<Vec<Verdict>> {
        let customers: Vec<&CustomerView> = all.iter().map(|(customer, _)| *customer).collect();
        let around = surroundings_of_each(tx, &customers, purposes).await?;
        let judge = |((customer, about), around): (&(&CustomerView, (&str, Channel)), _)| {
            self.judge(*about, at, &customer.profile.consents, around)
        };
        Ok(all.iter().zip(&around).map(judge).collect())
    }

    /// Whether a person may be addressed now, for each of the company's purposes where it is
    /// asked about.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn addressing_now(
        &self,
        customer: &CustomerView,
    ) -> Result<Vec<(Purpose, Channel, Verdict)>> {
        let around = self.surroundings(customer).await?;
        let at = self.now();
        let shows = self.shows_on_site(customer).await?;
        let mut answers = Vec::new();
        for purpose in &around.purposes.0 {
            for channel in places(purpose, customer, shows) {
                let about = (purpose.word.as_str(), channel);
                let verdict = self.judge(about, at, &customer.profile.consents, &around);
                answers.push((purpose.clone(), channel, verdict));
            }
        }
        Ok(answers)
    }

    /// Whether the site shows messages, and somebody was ever seen there.
    pub(super) async fn shows_on_site(&self, customer: &CustomerView) -> Result<bool> {
        let was_there = customer
            .identifiers
            .iter()
            .any(|it| it.kind == Kind::AnonymousId);
        Ok(was_there && self.channel_account(Medium::InApp).await?.is_some())
    }

    /// Every statement about a person with its proof, the oldest first; and whether every event
    /// was read. Who may not see personal data gets the statements without their proof.
    ///
    /// # Errors
    /// If the actor may not see people, or there is no such person.
    pub async fn consent_ledger(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<(CustomerView, Ledger, bool)> {
        let customer = self.seen(actor, id).await?;
        let own = customer.threads();
        // Statements may stand on threads of people who were once the same customer.
        let (rules, node) = (self.rules(), NodeId::from(id));
        let near: Option<Vec<NodeId>> = self
            .with_components(&[node], |live| {
                let component = live.component(&[node], &rules);
                Some(component.nodes.iter().map(|facts| facts.id).collect())
            })
            .await?;
        let near = near.unwrap_or_default();
        let mut threads = own.clone();
        threads.extend(near.into_iter().filter(|node| !own.contains(node)));
        let mut is_whole = threads.len() <= THREADS_MOST;
        threads.truncate(THREADS_MOST);
        let (events, all) = self.consent_events(&threads).await?;
        is_whole &= all;
        let mut ledger = Ledger::of(&events, &own, &self.key());
        if !actor.may(Right::SeePersonalData) {
            for entry in &mut ledger.entries {
                entry.proof = Proof::default();
            }
        }
        Ok((customer, ledger, is_whole))
    }

    async fn consent_events(&self, threads: &[NodeId]) -> Result<(Vec<Event>, bool)> {
        let (mut found, mut before) = (Vec::new(), None);
        for _page in 0..PAGES_MOST {
            let page = self.events_of(threads.to_vec(), before, PAGE).await?;
            let is_last = page.len() < PAGE;
            before = page.last().map(|event| (event.at, event.id));
            found.extend(page.into_iter().filter(concerns));
            if is_last {
                return Ok((found, true));
            }
        }
        Ok((found, false))
    }

    pub(super) async fn seen(&self, actor: &Actor, id: CustomerId) -> Result<CustomerView> {
        let customer = self.eyes(actor).customer(id).await?;
        customer.ok_or(Error::Missing("customer"))
    }

    /// Reads what counts beside what the person said.
    pub(super) async fn surroundings(&self, customer: &CustomerView) -> Result<Surroundings> {
        let mut tx = self.shared().db.read().await?;
        let purposes = Arc::new(terms::purposes_of(&mut tx).await?);
        surroundings(&mut tx, customer, &purposes).await
    }

    pub(super) fn judge(
        &self,
        (purpose, channel): (&str, Channel),
        at: Timestamp,
        consents: &filo_core::consent::Consents,
        around: &Surroundings,
    ) -> Verdict {
        let question = Question {
            purpose,
            channel,
            at,
            wall: self.wall_clock(at),
        };
        let known = Known {
            purposes: &around.purposes,
            consents,
            nodes: &around.nodes,
            suppressions: &around.suppressions,
            checks: &around.checks,
        };
        may_address(&question, &known)
    }

    /// What the clock on the company's wall shows: Filo knows of no customer's own.
    fn wall_clock(&self, at: Timestamp) -> Option<DateTime> {
        let instant = jiff::Timestamp::from_microsecond(at.0).ok()?;
        Some(instant.to_zoned(self.zone()).datetime())
    }
}

async fn surroundings(
    tx: &mut Tx<'_>,
    customer: &CustomerView,
    purposes: &Arc<Purposes>,
) -> Result<Surroundings> {
    let mut all = surroundings_of_each(tx, &[customer], purposes).await?;
    Ok(all.pop().expect("one was asked for"))
}

/// What is known of customers beside their statements, in their order.
async fn surroundings_of_each(
    tx: &mut Tx<'_>,
    customers: &[&CustomerView],
    purposes: &Arc<Purposes>,
) -> Result<Vec<Surroundings>> {
    let threads: Vec<Vec<NodeId>> = customers.iter().map(|it| addresses_of(it)).collect();
    let every: BTreeSet<NodeId> = threads.iter().flatten().copied().collect();
    let every: Vec<NodeId> = every.into_iter().collect();
    let lines = suppression::of_nodes(tx, &every).await?;
    let checks = suppression::checks(tx, &every).await?;
    let of = |nodes: Vec<NodeId>| {
        let lines = lines.iter().map(|row| &row.line);
        let lines = lines.filter(|line| nodes.contains(&line.node));
        let checks = checks.iter().filter(|check| nodes.contains(&check.node));
        Surroundings {
            suppressions: lines.cloned().collect(),
            checks: checks.cloned().collect(),
            nodes,
            purposes: Arc::clone(purposes),
        }
    };
    Ok(threads.into_iter().map(of).collect())
}

/// The threads of a customer, without the browsers that only claim to be theirs: those are no
/// addresses of theirs.
fn addresses_of(customer: &CustomerView) -> Vec<NodeId> {
    let mut nodes = customer.threads();
    if nodes.iter().any(is_browser) {
        let devices = devices(customer);
        nodes.retain(|node| !is_browser(node) || devices.is_theirs(*node));
    }
    nodes
}

fn is_browser(node: &NodeId) -> bool {
    node.kind() == Some(Kind::WebPush)
}
