//! What conditions can be about here: the events and traits of the people who were seen last.
//!
//! **Invariant:** only names are told, never a value of anybody's.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::access::Right;
use filo_core::event::EventKind;
use filo_core::id::NodeId;
use filo_core::profile::Profile;
use filo_store::customer::Question;

use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// People who are looked at: what is used shows within two hundred.
const PEOPLE_MOST: usize = 200;
/// Names of a list of suggestions; more is no help.
const NAMES_MOST: usize = 200;

/// Names to choose from, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Names of events.
    pub events: Vec<String>,
    /// Keys of traits.
    pub traits: Vec<String>,
    /// Computed traits in use, by key, with what people call them.
    pub computed: Vec<(String, String)>,
}

/// How many people have each.
#[derive(Debug, Default)]
struct Counted {
    events: BTreeMap<String, usize>,
    traits: BTreeMap<String, usize>,
}

impl Counted {
    fn add(&mut self, profile: &Profile) {
        let done: BTreeSet<&str> = profile
            .counters
            .iter()
            .filter(|counter| counter.kind == EventKind::Track)
            .map(|counter| counter.name.as_str())
            .collect();
        for name in done {
            *self.events.entry(name.to_owned()).or_default() += 1;
        }
        for (key, ..) in profile.traits.iter() {
            *self.traits.entry(key.to_owned()).or_default() += 1;
        }
    }
}

impl App {
    /// Names of events and keys of traits, of the people who were seen last.
    ///
    /// # Errors
    /// If the actor may not list people.
    pub async fn segment_hints(&self, actor: &Actor) -> Result<Hints> {
        actor.must(Right::ListPeople)?;
        let rows = self.people(&Question::default(), PEOPLE_MOST).await?;
        let nodes: Vec<NodeId> = rows.iter().map(|row| NodeId::from(row.id)).collect();
        let read = self.with_components(&nodes, |live| {
            let mut counted = Counted::default();
            for node in nodes.iter().filter(|node| live.nodes.contains_key(node)) {
                counted.add(&live.profile(&live.members(*node)));
            }
            Some(counted)
        });
        let counted = read.await?.unwrap_or_default();
        let computed = self.computed_traits().await?.into_iter();
        let standing = computed.filter(|view| view.row.archived_at.is_none());
        Ok(Hints {
            computed: standing
                .map(|view| (view.row.key.clone(), view.label()))
                .collect(),
            events: frequent(counted.events),
            traits: frequent(counted.traits),
        })
    }
}

fn frequent(counted: BTreeMap<String, usize>) -> Vec<String> {
    let mut names: Vec<(String, usize)> = counted.into_iter().collect();
    names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    names.truncate(NAMES_MOST);
    names.into_iter().map(|(name, _)| name).collect()
}
