//! Mending values, taking it back, and leaving values as they are.
//!
//! **Invariant:** an act is written down before it is done, with each former value; undoing says
//! the former value again of those who still have what the act said, and of nobody else.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::event::{Event, EventKind};
use filo_core::id::CustomerId;
use filo_core::profile::Traits;
use filo_core::quality::{Field, Reason, correction, reading};
use filo_core::time::Timestamp;
use filo_store::bulk_act::{self, BulkAct};
use filo_store::quality::{self, FindingRow, MendedRow, Place, Which};

use crate::App;
use crate::actor::Actor;
use crate::audit::record;
use crate::error::{Error, Result};

/// Values that one act mends: a minute's work for a machine, and still something to look at.
pub const MENDED_MOST: usize = 5_000;
/// Values that are left as they are at once.
pub const IGNORED_MOST: usize = 5_000;
/// Events appended at once.
const APPENDED_TOGETHER: usize = 100;
const PAGE: u32 = 500;
/// How an act of mending is written down.
const KIND: &str = "mend";

/// Which findings an act is about.
#[derive(Debug, Clone)]
pub enum Picked {
    /// What is wrong with these people, by reason.
    These(Vec<(CustomerId, Reason)>),
    /// Everything of a list.
    All(Which),
}

/// An act that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mended {
    /// Its number, to undo it with.
    pub act: u128,
    /// Of how many people something was mended.
    pub people: usize,
    /// What was said meanwhile, so that the proposal fits no more.
    pub skipped: usize,
}

/// Values that were left as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// When: to look at them again.
    pub at: Timestamp,
    /// How many.
    pub values: usize,
}

impl App {
    /// The findings that were picked; at most so many.
    pub(super) async fn picked(
        &self,
        picked: &Picked,
        proposed: bool,
        most: usize,
    ) -> Result<Vec<FindingRow>> {
        let mut tx = self.shared().db.read().await?;
        let mut found: Vec<FindingRow> = Vec::new();
        match picked {
            Picked::These(pairs) => {
                let mut pairs = pairs.clone();
                pairs.sort_unstable();
                pairs.dedup();
                pairs.truncate(most);
                for (customer, reason) in pairs {
                    let rows = quality::findings_of(&mut tx, customer).await?;
                    found.extend(rows.into_iter().filter(|row| row.reason == reason.word()));
                }
                found.retain(|row| !proposed || row.proposal.is_some());
            }
            Picked::All(which) => {
                let which = Which {
                    proposed: proposed || which.proposed,
                    ..which.clone()
                };
                let mut behind = Place::default();
                while found.len() < most {
                    let page = quality::list(&mut tx, &which, &behind, PAGE).await?;
                    let Some(last) = page.last() else { break };
                    behind = Place::of(last);
                    found.extend(page);
                }
            }
        }
        found.truncate(most);
        Ok(found)
    }

    /// Makes values say what was proposed.
    ///
    /// # Errors
    /// If the actor may not decide, or nothing was picked that has a proposal.
    pub async fn mend(&self, actor: &Actor, picked: &Picked, question: &str) -> Result<Mended> {
        actor.must(Right::DecideIdentity)?;
        let found = self.picked(picked, true, MENDED_MOST).await?;
        if found.is_empty() {
            return Err(Error::invalid(
                "findings",
                "choose at least one that has a proposal",
            ));
        }
        let act = self.spare_id();
        let mut by_person: BTreeMap<CustomerId, Vec<FindingRow>> = BTreeMap::new();
        for row in found {
            by_person.entry(row.customer).or_default().push(row);
        }
        let (mut calls, mut rows, mut done, mut skipped) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for (customer, findings) in by_person {
            match self.call_for(customer, &findings).await? {
                Some((call, former)) => {
                    calls.push((customer, call));
                    rows.extend(former.into_iter().map(|row| MendedRow { act, ..row }));
                    done.extend(findings);
                }
                None => skipped += 1,
            }
        }
        let people: Vec<CustomerId> = calls.iter().map(|(customer, _)| *customer).collect();
        self.write_mending(actor, act, question, (&people, &rows))
            .await?;
        self.say(actor, &calls).await?;
        let mut tx = self.shared().db.begin().await?;
        quality::hide(&mut tx, &done).await?;
        tx.commit().await?;
        Ok(Mended {
            act,
            people: people.len(),
            skipped,
        })
    }

    /// The call that mends a person's values, and what they said before; none if the person is
    /// no more or says something else by now.
    async fn call_for(
        &self,
        customer: CustomerId,
        findings: &[FindingRow],
    ) -> Result<Option<(String, Vec<MendedRow>)>> {
        let Some(view) = self.customer(customer).await? else {
            return Ok(None);
        };
        let traits = &view.profile.traits;
        let mut changes: Vec<(Field, &str)> = Vec::new();
        let mut rows = Vec::new();
        for finding in findings {
            let (Some(field), Some(proposal)) =
                (Field::from_word(&finding.field), &finding.proposal)
            else {
                continue;
            };
            let former = reading(traits, field);
            // What only an identifier told has no trait yet.
            let is_same = former == finding.raw || former.is_empty();
            if !is_same || changes.iter().any(|(known, _)| *known == field) {
                continue;
            }
            changes.push((field, proposal));
            rows.push(MendedRow {
                act: 0,
                customer,
                field: finding.field.clone(),
                former,
                proposal: proposal.clone(),
            });
        }
        if changes.is_empty() {
            return Ok(None);
        }
        let call = correction(traits, &changes, &self.rules());
        Ok(call.map(|call| (call, rows)))
    }

    async fn write_mending(
        &self,
        actor: &Actor,
        id: u128,
        question: &str,
        (people, rows): (&[CustomerId], &[MendedRow]),
    ) -> Result<()> {
        let count = people.len();
        let act = BulkAct {
            id,
            kind: KIND.to_owned(),
            at: self.now(),
            actor: actor.name.clone(),
            question: question.to_owned(),
            people: i64::try_from(count).unwrap_or(i64::MAX),
            customers: people.to_vec(),
            list: None,
            undone_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        bulk_act::add(&mut tx, &act).await?;
        quality::add_mended(&mut tx, rows).await?;
        let entry = actor.did(Act::ValuesMended, act.at);
        let entry = entry.with("people", Token::number(count as u64));
        record(
            &mut tx,
            &entry.with("values", Token::number(rows.len() as u64)),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Appends what is said of people, each on their thread.
    async fn say(&self, actor: &Actor, calls: &[(CustomerId, String)]) -> Result<()> {
        for part in calls.chunks(APPENDED_TOGETHER) {
            let mut events: Vec<Event> = Vec::with_capacity(part.len());
            for (customer, call) in part {
                let properties = call.clone().into_boxed_str();
                let event = self.staff_event(actor, EventKind::Identify, "", properties);
                events.push(self.placed(*customer, event).await?);
            }
            self.decide_all(events).await?;
        }
        Ok(())
    }

    /// Says the former values again, of those who still have what the act said. Gives how many
    /// people they are.
    ///
    /// # Errors
    /// If the actor may not decide, or there is no such act.
    pub async fn undo_mending(&self, actor: &Actor, act: u128) -> Result<usize> {
        actor.must(Right::DecideIdentity)?;
        let (known, rows) = {
            let mut tx = self.shared().db.read().await?;
            let known = bulk_act::get(&mut tx, act).await?;
            (known, quality::mended(&mut tx, act).await?)
        };
        let known = known.filter(|known| known.kind == KIND);
        if known.ok_or(Error::Missing("act"))?.undone_at.is_some() {
            return Ok(0);
        }
        let mut by_person: BTreeMap<CustomerId, Vec<MendedRow>> = BTreeMap::new();
        for row in rows {
            by_person.entry(row.customer).or_default().push(row);
        }
        let mut calls = Vec::new();
        for (customer, rows) in by_person {
            let Some(view) = self.customer(customer).await? else {
                continue;
            };
            let call = former_call(&view.profile.traits, &rows, &self.rules());
            calls.extend(call.map(|call| (customer, call)));
        }
        let mut tx = self.shared().db.begin().await?;
        bulk_act::undo(&mut tx, act, self.now()).await?;
        let entry = actor.did(Act::MendingUndone, self.now());
        let people = Token::number(calls.len() as u64);
        record(&mut tx, &entry.with("people", people)).await?;
        tx.commit().await?;
        self.say(actor, &calls).await?;
        Ok(calls.len())
    }

    /// Leaves values as they are, for good.
    ///
    /// # Errors
    /// If the actor may not decide, or nothing was picked.
    pub async fn leave_findings(&self, actor: &Actor, picked: &Picked) -> Result<Left> {
        actor.must(Right::DecideIdentity)?;
        let found = self.picked(picked, false, IGNORED_MOST).await?;
        if found.is_empty() {
            return Err(Error::invalid("findings", "choose at least one"));
        }
        let at = self.now();
        let mut tx = self.shared().db.begin().await?;
        quality::ignore(&mut tx, &found, &actor.name, at).await?;
        let entry = actor.did(Act::FindingsLeft, at);
        let values = Token::number(found.len() as u64);
        record(&mut tx, &entry.with("values", values)).await?;
        tx.commit().await?;
        self.shared().counted.forget();
        Ok(Left {
            at,
            values: found.len(),
        })
    }

    /// Looks again at what this person left as it was at an instant. Gives how many people it
    /// was about.
    ///
    /// # Errors
    /// If the actor may not decide, or left nothing then.
    pub async fn take_up_findings(&self, actor: &Actor, at: Timestamp) -> Result<usize> {
        actor.must(Right::DecideIdentity)?;
        let mut tx = self.shared().db.begin().await?;
        let people = quality::unignore(&mut tx, &actor.name, at).await?;
        if people.is_empty() {
            return Err(Error::Missing("act"));
        }
        let entry = actor.did(Act::FindingsTakenUp, self.now());
        let count = Token::number(people.len() as u64);
        record(&mut tx, &entry.with("people", count)).await?;
        tx.commit().await?;
        let mut now = Vec::new();
        for id in &people {
            // Somebody who was joined into another meanwhile is found by the old id.
            now.extend(self.customer(*id).await?.map(|view| view.id));
        }
        self.look_at(&now).await?;
        self.shared().counted.forget();
        Ok(people.len())
    }
}

/// The call that says former values again where the mended ones still stand.
fn former_call(
    traits: &Traits,
    rows: &[MendedRow],
    rules: &filo_core::identity::Rules,
) -> Option<String> {
    let changes: Vec<(Field, &str)> = rows
        .iter()
        .filter_map(|row| Some((Field::from_word(&row.field)?, row)))
        .filter(|(field, row)| reading(traits, *field) == row.proposal)
        .map(|(field, row)| (field, row.former.as_str()))
        .collect();
    if changes.is_empty() {
        return None;
    }
    correction(traits, &changes, rules)
}
