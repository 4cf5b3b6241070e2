//! The search, as a job: people are read page by page, grouped on a thread of their own, and what
//! was found is written down as a proposal.
//!
//! Customers are looked at in the order of their ids, which are hashes: where there are more than
//! are compared, the first of them are as good as drawn, and the same the next time.
//!
//! **Invariant:** the same people and the same seed give the same groups; a search that was cut
//! off begins anew and leaves nothing twice.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{CustomerId, JobId, NodeId, PersonaId, PersonaRunId};
use filo_core::identity::Kind;
use filo_core::money::Currency;
use filo_core::persona::{Document, Drifted, Features, Found, GROUPS_MOST, carry, drifted, find};
use filo_store::persona::{self, PersonaRunRow};
use filo_store::{Tx, customer, job, lease};
use serde::{Deserialize, Serialize};

use super::document_of;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::engine::{Live, components};
use crate::error::{Error, Result};
use crate::job::{Ending, JobKind, Work, parameters};

/// People who are compared: more make the search longer, and no figure better that is shown.
pub const PEOPLE_MOST: usize = 20_000;
/// Customers read in one transaction.
const PAGE: u32 = 500;
/// Searches that are kept beside those that were in force.
const PROPOSALS_MOST: usize = 3;
/// Of those that were adopted, the one in force and so many before it.
const ADOPTIONS_MOST: usize = 3;

/// People who are looked at to see how far everybody has moved: enough to tell much from little.
const DRIFT_PEOPLE: usize = 1_000;

const READING: &str = "reading";
const GROUPING: &str = "grouping";

#[derive(Debug, Serialize, Deserialize)]
struct Parameters {
    run: String,
}

/// People to be compared, by id.
type People = Vec<(CustomerId, Features)>;

impl App {
    /// Begins a search for kinds of customers.
    ///
    /// # Errors
    /// If the actor may not, or a search is under way.
    pub async fn seek_personas(&self, actor: &Actor) -> Result<PersonaRunId> {
        actor.must(Right::ManageSegments)?;
        let id = PersonaRunId(self.spare_id());
        let mut tx = self.shared().db.begin().await?;
        for row in persona::runs(&mut tx).await? {
            if row.ended_at.is_some() {
                continue;
            }
            if is_open(&mut tx, row.job).await? {
                return Err(Error::Conflict("a search is under way".to_owned()));
            }
            persona::remove(&mut tx, row.id).await?;
        }
        let asked = Parameters {
            run: id.to_string(),
        };
        let job = self
            .add_job(&mut tx, actor, JobKind::Personas, &asked)
            .await?;
        let seed = i64::try_from(self.spare_id() >> 66).unwrap_or(1);
        let row = PersonaRunRow {
            id,
            job,
            seed,
            begun_at: self.now(),
            begun_by: actor.name.clone(),
            ended_at: None,
            document: String::new(),
            adoption: None,
            adopted_at: None,
            adopted_by: String::new(),
        };
        persona::add(&mut tx, &row).await?;
        let entry = actor.did(Act::PersonasSought, self.now());
        record(&mut tx, &entry.about(id)).await?;
        self.commit_job(tx).await?;
        Ok(id)
    }
}

async fn is_open(tx: &mut Tx<'_>, id: JobId) -> Result<bool> {
    let row = job::get(tx, id).await?;
    Ok(row.is_some_and(|row| !row.state.is_over()))
}

/// Does a search.
pub(crate) async fn seek(work: &Work) -> Result<Ending> {
    let asked: Parameters = parameters(&work.row)?;
    let id: PersonaRunId = asked.run.parse().map_err(anyhow::Error::from)?;
    let (row, before) = {
        let mut tx = work.app.shared().db.read().await?;
        let row = persona::run(&mut tx, id).await?;
        (row, persona::in_force(&mut tx).await?)
    };
    let Some(row) = row.filter(|row| row.ended_at.is_none()) else {
        return Ok(Ending::Done);
    };
    let currency = work.app.currency();
    let Some((people, customers)) = read_people(work, currency).await? else {
        return Ok(Ending::Cancelled);
    };
    work.advance(GROUPING, 0, 0);
    let before = match &before {
        Some(row) => Some((row.id, document_of(row)?)),
        None => None,
    };
    let fresh: Vec<PersonaId> = (0..GROUPS_MOST)
        .map(|_| PersonaId(work.app.spare_id()))
        .collect();
    let grouping = tokio::task::spawn_blocking(move || {
        group(&people, (&row, currency, customers), before, fresh)
    });
    let (found, document) = grouping.await.map_err(anyhow::Error::from)?;
    if work.is_cancelled() {
        return Ok(Ending::Cancelled);
    }
    let mut tx = work.app.shared().db.begin().await?;
    persona::end(&mut tx, id, &document.to_json(), work.app.now()).await?;
    persona::put_typical(&mut tx, id, &found.typical).await?;
    prune(&mut tx).await?;
    lease::notify_changed(&mut tx).await?;
    tx.commit().await?;
    Ok(Ending::Done)
}

/// Everybody who can be compared, up to a number, with how many customers there are; nothing if
/// the work was cancelled.
async fn read_people(work: &Work, currency: Currency) -> Result<Option<(People, u64)>> {
    let app = &work.app;
    let customers = {
        let mut tx = app.shared().db.read().await?;
        u64::try_from(customer::count(&mut tx).await?).unwrap_or(0)
    };
    let (mut people, mut looked_at) = (People::new(), 0_u64);
    let mut behind = CustomerId(0);
    while people.len() < PEOPLE_MOST {
        work.advance(READING, looked_at, customers);
        if work.is_cancelled() {
            return Ok(None);
        }
        let page = app.compared_people(behind, currency).await?;
        let Some(last) = page.last else { break };
        behind = last;
        looked_at += page.customers;
        people.extend(page.people);
        tokio::task::yield_now().await;
    }
    people.truncate(PEOPLE_MOST);
    Ok(Some((people, customers)))
}

/// Some customers, and those of them who can be compared.
struct Page {
    people: People,
    customers: u64,
    /// The last customer; none behind the end.
    last: Option<CustomerId>,
}

impl App {
    /// The next customers behind one, as the tables have them.
    async fn compared_people(&self, behind: CustomerId, currency: Currency) -> Result<Page> {
        let mut tx = self.shared().db.read().await?;
        let ids = customer::ids(&mut tx, behind, PAGE).await?;
        let nodes: Vec<NodeId> = ids.iter().map(|id| NodeId::from(*id)).collect();
        let mut live = Live::default();
        live.take_in(components(&mut tx, &nodes).await?);
        drop(tx);
        let compared = |id: &CustomerId| Some((*id, features_of(&live, *id, currency)?));
        Ok(Page {
            people: ids.iter().filter_map(compared).collect(),
            customers: ids.len() as u64,
            last: ids.last().copied(),
        })
    }

    /// How far people have moved since what is in force was made, by the first thousand of them;
    /// nothing where nothing is in force.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn persona_drift(&self, actor: &Actor) -> Result<Option<Drifted>> {
        actor.must(Right::ListPeople)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            persona::in_force(&mut tx).await?
        };
        let document = row.as_ref().map(document_of).transpose()?.flatten();
        let Some(document) = document else {
            return Ok(None);
        };
        let Some(grouping) = document.grouping() else {
            return Ok(None);
        };
        let mut people = People::new();
        let mut behind = CustomerId(0);
        while people.len() < DRIFT_PEOPLE {
            let page = self
                .compared_people(behind, grouping.model.currency)
                .await?;
            let Some(last) = page.last else { break };
            behind = last;
            people.extend(page.people);
        }
        let now = people.iter().map(|(_, features)| features);
        Ok(drifted((grouping, &document.tally), now))
    }
}

/// What somebody is compared by.
pub(super) fn features_of(live: &Live, id: CustomerId, currency: Currency) -> Option<Features> {
    let members = live.members(NodeId::from(id));
    let kinds: Vec<Kind> = members.iter().filter_map(|node| node.kind()).collect();
    Features::of(&live.profile(&members), &kinds, currency)
}

fn group(
    people: &[(CustomerId, Features)],
    (row, currency, customers): (&PersonaRunRow, Currency, u64),
    before: Option<(PersonaRunId, Option<Document>)>,
    fresh: Vec<PersonaId>,
) -> (Found, Document) {
    let mut fresh = fresh.into_iter();
    let name = || fresh.next().unwrap_or(PersonaId(0));
    let seed = row.seed.unsigned_abs();
    let mut found = find(people, (row.id, seed), currency, name);
    let (before, was) = before.unzip();
    let was = was.flatten();
    let grouping = was.as_ref().and_then(Document::grouping);
    let carried = grouping.and_then(|it| carry(&mut found, people, &it.model));
    let drifted = was.as_ref().zip(grouping).and_then(|(was, grouping)| {
        let now = people.iter().map(|(_, features)| features);
        drifted((grouping, &was.tally), now)
    });
    let mut document = Document::new(&found, customers, before);
    (document.carried, document.drifted) = (carried, drifted);
    (found, document)
}

/// Lets go of older searches: the last few stay, and what was in force before.
async fn prune(tx: &mut Tx<'_>) -> Result<()> {
    let runs = persona::runs(tx).await?;
    let (mut adopted, proposed): (Vec<_>, Vec<_>) =
        runs.into_iter().partition(|row| row.adoption.is_some());
    adopted.sort_by_key(|row| std::cmp::Reverse(row.adoption));
    let surplus = proposed.iter().skip(PROPOSALS_MOST);
    for row in surplus.chain(adopted.iter().skip(ADOPTIONS_MOST)) {
        persona::remove(tx, row.id).await?;
    }
    Ok(())
}
