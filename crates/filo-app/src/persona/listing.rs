//! What was found, as it is told: the search in force, the last one, and what each kind is called.
//!
//! **Invariant:** who stands for a kind is told to those alone who may list people, as lists show
//! people to them.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::id::{CustomerId, PersonaId, PersonaRunId};
use filo_core::persona::{Document, Model, Persona};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::customer::CustomerRow;
use filo_store::job;
use filo_store::persona::{self, PersonaRow, PersonaRunRow};

use super::deciding::known;
use super::document_of;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;
use crate::job::Progress;

/// How far a search is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunState {
    /// It waits or is under way.
    Running(Progress),
    /// It was stopped, or could not be done.
    Failed,
    /// It has ended.
    Done,
}

/// A search.
#[derive(Debug, Clone)]
pub struct RunView {
    /// Its id.
    pub id: PersonaRunId,
    /// When it began.
    pub begun_at: Timestamp,
    /// Who asked for it.
    pub begun_by: String,
    /// The seed of its chance: with the same people it gives the same groups.
    pub seed: i64,
    /// How far it is.
    pub state: RunState,
    /// What it found, once it has ended.
    pub document: Option<Document>,
    /// The kinds it found, the largest first.
    pub personas: Vec<PersonaView>,
    /// When it was put in force, and by whom.
    pub adopted: Option<(Timestamp, String)>,
    /// It is in force.
    pub is_in_force: bool,
    /// It can be put in force: it has found groups, and is told against what is in force now.
    pub is_open: bool,
}

/// A kind of customers, with what people call it.
#[derive(Debug, Clone)]
pub struct PersonaView {
    /// What it is.
    pub persona: Persona,
    /// Its number among the kinds of its search, from 1.
    pub number: usize,
    /// Its name; empty where nobody has given one.
    pub name: String,
    /// What is to be known of it.
    pub note: String,
    /// One more with each change of the two; 0 where nobody has named it.
    pub version: i64,
}

/// How a kind is called where only its id stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonaLabel {
    /// The name that somebody has given.
    Name(String),
    /// Its number among those in force.
    Number(usize),
}

/// Where the search for kinds of customers stands.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// What is in force.
    pub in_force: Option<RunView>,
    /// The search that was asked for last, where it is another.
    pub latest: Option<RunView>,
    /// Something was in force before, and would be again.
    pub has_before: bool,
}

impl App {
    /// What is in force and what was searched last.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn personas(&self, actor: &Actor) -> Result<Overview> {
        actor.must(Right::ListPeople)?;
        let mut tx = self.shared().db.read().await?;
        let runs = persona::runs(&mut tx).await?;
        let in_force = persona::in_force(&mut tx).await?;
        let adopted = runs.iter().filter(|row| row.adoption.is_some()).count();
        let mut overview = Overview {
            has_before: adopted > 1,
            ..Overview::default()
        };
        let current = in_force.as_ref().map(|row| row.id);
        // What was withdrawn is a proposal again, but no news.
        if let Some(row) = runs
            .into_iter()
            .next()
            .filter(|row| Some(row.id) != current)
        {
            overview.latest = Some(self.run_view(&mut tx, row, current).await?);
        }
        if let Some(row) = in_force {
            overview.in_force = Some(self.run_view(&mut tx, row, current).await?);
        }
        Ok(overview)
    }

    /// One search.
    ///
    /// # Errors
    /// If the actor may not list people, or there is none.
    pub async fn persona_run(&self, actor: &Actor, id: PersonaRunId) -> Result<RunView> {
        actor.must(Right::ListPeople)?;
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let current = persona::in_force(&mut tx).await?.map(|row| row.id);
        self.run_view(&mut tx, row, current).await
    }

    /// Every search that is kept, the last one first.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn persona_runs(&self, actor: &Actor) -> Result<Vec<RunView>> {
        actor.must(Right::ListPeople)?;
        let mut tx = self.shared().db.read().await?;
        let current = persona::in_force(&mut tx).await?.map(|row| row.id);
        let mut views = Vec::new();
        for row in persona::runs(&mut tx).await? {
            views.push(self.run_view(&mut tx, row, current).await?);
        }
        Ok(views)
    }

    /// Who stands for each kind that a search has found, as lists show people to who asks.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn typical_people(
        &self,
        actor: &Actor,
        run: PersonaRunId,
    ) -> Result<BTreeMap<PersonaId, Vec<CustomerRow>>> {
        actor.must(Right::ListPeople)?;
        let typical = {
            let mut tx = self.shared().db.read().await?;
            persona::typical(&mut tx, run).await?
        };
        let ids: Vec<CustomerId> = typical.iter().map(|(_, customer)| *customer).collect();
        let rows = self.eyes(actor).people_of(&ids).await?;
        let mut people: BTreeMap<PersonaId, Vec<CustomerRow>> = BTreeMap::new();
        for (persona, customer) in typical {
            let row = rows.iter().find(|row| row.id == customer);
            people.entry(persona).or_default().extend(row.cloned());
        }
        Ok(people)
    }

    /// The model in force.
    pub(crate) async fn persona_model(&self) -> Result<Option<Model>> {
        let mut tx = self.shared().db.read().await?;
        let Some(row) = persona::in_force(&mut tx).await? else {
            return Ok(None);
        };
        let document = document_of(&row)?;
        let grouping = document.as_ref().and_then(Document::grouping);
        Ok(grouping.map(|grouping| grouping.model.clone()))
    }

    pub(super) async fn run_view(
        &self,
        tx: &mut Tx<'_>,
        row: PersonaRunRow,
        in_force: Option<PersonaRunId>,
    ) -> Result<RunView> {
        let document = document_of(&row)?;
        let state = match row.ended_at {
            Some(_) => RunState::Done,
            None => self.running(tx, &row).await?,
        };
        let named = persona::named(tx).await?;
        let grouping = document.as_ref().and_then(Document::grouping);
        let personas = grouping.map(|it| it.personas.clone()).unwrap_or_default();
        let is_in_force = in_force == Some(row.id);
        let is_against = document.as_ref().is_some_and(|it| it.before == in_force);
        Ok(RunView {
            id: row.id,
            begun_at: row.begun_at,
            begun_by: row.begun_by,
            seed: row.seed,
            state,
            is_open: !is_in_force && is_against && !personas.is_empty(),
            personas: (1..)
                .zip(personas)
                .map(|(number, persona)| PersonaView::new(persona, number, &named))
                .collect(),
            document,
            adopted: row.adopted_at.map(|at| (at, row.adopted_by)),
            is_in_force,
        })
    }

    async fn running(&self, tx: &mut Tx<'_>, row: &PersonaRunRow) -> Result<RunState> {
        let job = job::get(tx, row.job).await?;
        Ok(match job.filter(|job| !job.state.is_over()) {
            Some(job) => RunState::Running(self.progress_of(&job)),
            None => RunState::Failed,
        })
    }
}

/// What the kinds are called that conditions can name: those in force, and those that have a
/// name.
pub(crate) async fn persona_labels(tx: &mut Tx<'_>) -> Result<BTreeMap<PersonaId, PersonaLabel>> {
    let mut labels = BTreeMap::new();
    if let Some(row) = persona::in_force(tx).await? {
        let document = document_of(&row)?;
        let groups = document.as_ref().and_then(Document::grouping);
        let groups = groups.iter().flat_map(|it| it.personas.iter());
        let numbered = (1..).zip(groups);
        labels.extend(numbered.map(|(number, it)| (it.id, PersonaLabel::Number(number))));
    }
    let named = persona::named(tx).await?.into_iter();
    let named = named.filter(|row| !row.name.is_empty());
    labels.extend(named.map(|row| (row.id, PersonaLabel::Name(row.name))));
    Ok(labels)
}

impl PersonaView {
    fn new(persona: Persona, number: usize, named: &[PersonaRow]) -> Self {
        let row = named.iter().find(|row| row.id == persona.id);
        Self {
            persona,
            number,
            name: row.map(|row| row.name.clone()).unwrap_or_default(),
            note: row.map(|row| row.note.clone()).unwrap_or_default(),
            version: row.map_or(0, |row| row.version),
        }
    }

    /// How it is called.
    #[must_use]
    pub fn label(&self) -> PersonaLabel {
        match self.name.is_empty() {
            true => PersonaLabel::Number(self.number),
            false => PersonaLabel::Name(self.name.clone()),
        }
    }
}
