//! New and changed customers, compared with those who share a word with them.
//!
//! **Invariant:** what is done for one customer is bounded, however many share their name.

use filo_core::duplicate::{Judge, Knowledge, Table};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Verdict;
use filo_store::duplicate::{self, DuplicateRow};
use filo_store::{customer, setting};
use tokio::time::Instant;

use super::person::{Person, ruled_apart};
use super::searching::{KNOWLEDGE, row, year_of};
use crate::actor::Actor;
use crate::app::App;
use crate::engine::{Live, components};
use crate::error::Result;

/// Changed customers that are looked at together.
const TOGETHER: usize = 50;
/// People found by one question.
const FOUND_MOST: u32 = 60;
/// What stands beside a ruling that no person has made.
const AUTOMATIC_NOTE: &str = "joined by itself: probable duplicate above the owner's threshold";

/// What each comparison of a group rests on.
struct Known {
    knowledge: Knowledge,
    /// How many people there are.
    people: usize,
}

impl App {
    /// Looks at whom checkpoints tell of, as long as the program runs.
    pub(crate) async fn watch_duplicates(&self) {
        loop {
            self.shared().changed.wake.notified().await;
            if let Err(error) = self.compare_all_changed(true).await {
                let error = format!("{error:#}");
                tracing::error!(error, "changed customers could not be compared");
            }
        }
    }

    /// Looks at everybody who has changed and waits until all are compared.
    ///
    /// # Errors
    /// If the tables fail.
    pub async fn look_at_changed(&self) -> Result<()> {
        self.compare_all_changed(false).await
    }

    /// Gently, beside requests, it takes at most a quarter of one processor.
    async fn compare_all_changed(&self, gently: bool) -> Result<()> {
        let _looking = self.shared().changed.looking.lock().await;
        loop {
            let begun = Instant::now();
            let changed = self.shared().changed.take(TOGETHER);
            if changed.is_empty() {
                return Ok(());
            }
            let known = Known {
                knowledge: self.kept_knowledge().await?,
                people: self.everybody_count().await?,
            };
            for customer in changed {
                self.compare_changed(customer, &known).await?;
            }
            if gently {
                tokio::time::sleep(begun.elapsed() * 3).await;
            }
        }
    }

    async fn kept_knowledge(&self) -> Result<Knowledge> {
        let mut tx = self.shared().db.read().await?;
        let kept = setting::get(&mut tx, KNOWLEDGE).await?;
        let kept = kept.and_then(|kept| serde_json::from_str(&kept.value).ok());
        Ok(kept.unwrap_or_else(Knowledge::beginning))
    }

    async fn compare_changed(&self, id: CustomerId, known: &Known) -> Result<()> {
        let settings = self.duplicate_settings().await?.settings;
        let rows = self.likely(id, known, settings.proposed).await?;
        let mut certain = rows.iter().filter(|row| row.chance >= settings.linked);
        // Of two that are both likely, one must be wrong or all three are one: a person sees
        // which.
        if let (true, Some(row), None) = (settings.automatic, certain.next(), certain.next()) {
            let (a, b) = (NodeId::from(row.a), NodeId::from(row.b));
            let actor = Actor::by_itself();
            self.rule(&actor, a, b, Verdict::Together, AUTOMATIC_NOTE)
                .await?;
            return Ok(());
        }
        let _writing = self.shared().changed.writing.lock().await;
        let rows = self.still_two(rows).await?;
        if rows.is_empty() && !self.is_in_a_pair(id).await? {
            // Nobody waits for the one writer to write nothing.
            return Ok(());
        }
        let mut tx = self.shared().db.begin().await?;
        for pair in duplicate::of(&mut tx, id).await? {
            let stands = |it: &DuplicateRow| (it.a, it.b) == (pair.a, pair.b);
            if !rows.iter().any(stands) {
                duplicate::remove(&mut tx, pair.a, pair.b).await?;
            }
        }
        duplicate::put(&mut tx, &rows).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Those who are at least so likely to be this customer, and were not ruled to be others.
    async fn likely(
        &self,
        id: CustomerId,
        known: &Known,
        chance_least: i64,
    ) -> Result<Vec<DuplicateRow>> {
        let now = self.now();
        let (people, live) = self.alike(id).await?;
        let mut table = Table::new(self.rules().blocked.clone(), year_of(now));
        for other in &people {
            let members = live.members(NodeId::from(*other));
            if let Some(person) = Person::of(&live, &members) {
                person.enter(*other, &mut table);
            }
        }
        table.finish(Some(&known.knowledge.commonest));
        let judge = Judge::new(&table, &known.knowledge, known.people);
        let (Some(judge), Some(own)) = (judge, table.row_of(id.0)) else {
            return Ok(Vec::new());
        };
        let apart = ruled_apart(&live, &live.members(NodeId::from(id)));
        let mut rows = Vec::new();
        for other in people.iter().filter(|other| **other != id) {
            let Some(place) = table.row_of(other.0) else {
                continue;
            };
            let theirs = live.members(NodeId::from(*other));
            let is_theirs = |(a, b): &(NodeId, NodeId)| theirs.contains(a) || theirs.contains(b);
            if apart.iter().any(is_theirs) {
                continue;
            }
            let evidence = judge.explain(own.min(place), own.max(place));
            let found = row((id, *other), &evidence, now);
            if found.chance >= chance_least {
                rows.push(found);
            }
        }
        Ok(rows)
    }

    /// Those of these pairs that are two people about whom nobody has ruled: what was read of the
    /// tables may have been overtaken.
    pub(super) async fn still_two(&self, rows: Vec<DuplicateRow>) -> Result<Vec<DuplicateRow>> {
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            let ends = [row.a, row.b].map(NodeId::from);
            let are_two = |live: &Live| {
                let stands = |id: CustomerId| {
                    let known = live.nodes.get(&NodeId::from(id));
                    known.is_some_and(|known| known.customer == id)
                };
                let apart = ruled_apart(live, &live.members(ends[0]));
                let theirs = live.members(ends[1]);
                let is_theirs =
                    |(a, b): &(NodeId, NodeId)| theirs.contains(a) || theirs.contains(b);
                let are_two = stands(row.a) && stands(row.b) && !apart.iter().any(is_theirs);
                are_two.then_some(())
            };
            if self.with_components(&ends, are_two).await?.is_some() {
                kept.push(row);
            }
        }
        Ok(kept)
    }

    /// A customer and those who share a name, a mailbox or a number with them.
    async fn alike(&self, id: CustomerId) -> Result<(Vec<CustomerId>, Live)> {
        let node = NodeId::from(id);
        let mut tx = self.shared().db.read().await?;
        let mut own = Live::default();
        own.take_in(components(&mut tx, &[node]).await?);
        // Somebody who has become one with another is looked at as that other.
        let stands = own
            .nodes
            .get(&node)
            .is_some_and(|known| known.customer == id);
        let person = Person::of(&own, &own.members(node)).filter(|_| stands);
        let Some(person) = person else {
            return Ok((Vec::new(), own));
        };
        let mut people = vec![id];
        for words in questions(&person) {
            let found = customer::search(&mut tx, &words, FOUND_MOST).await?;
            people.extend(found.customers);
        }
        people.sort_unstable();
        people.dedup();
        let nodes: Vec<NodeId> = people.iter().map(|it| NodeId::from(*it)).collect();
        let mut live = Live::default();
        live.take_in(components(&mut tx, &nodes).await?);
        Ok((people, live))
    }

    async fn is_in_a_pair(&self, id: CustomerId) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        Ok(!duplicate::of(&mut tx, id).await?.is_empty())
    }

    async fn everybody_count(&self) -> Result<usize> {
        let mut tx = self.shared().db.read().await?;
        let count = customer::count(&mut tx).await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

/// What is asked of the search: the whole name, each of its words, mailboxes, numbers.
fn questions(person: &Person) -> Vec<Vec<String>> {
    let name = person.name();
    let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    let mut asked = Vec::new();
    if words.len() > 1 {
        asked.push(words.clone());
    }
    asked.extend(
        words
            .into_iter()
            .filter(|word| word.len() > 2)
            .map(|word| vec![word]),
    );
    let mailboxes = person
        .emails
        .iter()
        .filter_map(|email| email.split('@').next());
    asked.extend(mailboxes.map(|mailbox| vec![mailbox.to_owned()]));
    asked.extend(person.phones.iter().map(|phone| vec![phone.clone()]));
    asked
}
