//! A graph in memory with names instead of ids, for the tests of this folder.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::{
    Clustering, Component, Decision, Identifier, Kind, Link, NodeFacts, Obstacle, PeopleLinks,
    RefusedLink, Rules, Suspicion, Verdict, cluster, crosses, links_of, nodes_of,
};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId, WorkspaceKey};
use crate::time::Timestamp;

pub(super) const KEY: WorkspaceKey = WorkspaceKey([7; 32]);
pub(super) const DAY_SECONDS: i64 = 86_400;

/// `user_id:u1` as an identifier.
pub(super) fn identifier(name: &str) -> Identifier {
    let (kind, value) = name.split_once(':').unwrap();
    Identifier {
        kind: Kind::from_word(kind).unwrap(),
        value: value.into(),
    }
}

pub(super) fn node(name: &str) -> NodeId {
    let identifier = identifier(name);
    KEY.node_id(identifier.kind, &identifier.value)
}

/// An event that happened on a day and carried these identifiers.
pub(super) fn event(id: u128, trust: Trust, day: i64, names: &[&str]) -> Event {
    let mut identifiers: Vec<Identifier> = names.iter().map(|name| identifier(name)).collect();
    identifiers.sort();
    identifiers.dedup();
    let at = Timestamp::from_seconds(day * DAY_SECONDS);
    Event {
        id: EventId(id),
        thread: KEY.node_id(identifiers[0].kind, &identifiers[0].value),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust,
        channel: Channel::Web,
        source: SourceId(1),
        message_id: CompactString::default(),
        name: CompactString::default(),
        identifiers: identifiers.into(),
        properties: Box::default(),
        context: Box::default(),
    }
}

/// A decision of a person of the company.
pub(super) fn decision(id: u128, day: i64, verdict: Verdict, pair: (NodeId, NodeId)) -> Event {
    let (a, b) = pair;
    let decision = Decision {
        verdict,
        a,
        b,
        actor: "anna".into(),
        note: "so".into(),
    };
    Event {
        thread: a,
        kind: EventKind::Decision,
        name: verdict.event_name().into(),
        identifiers: [].into_iter().collect(),
        properties: decision.properties(),
        ..event(id, Trust::Staff, day, &["user_id:staff"])
    }
}

/// What the events said so far, kept as the engine keeps it.
#[derive(Clone, Default)]
pub(super) struct Scene {
    pub(super) nodes: BTreeMap<NodeId, NodeFacts>,
    pub(super) links: BTreeMap<(NodeId, NodeId), Link>,
    names: BTreeMap<NodeId, String>,
    next: u128,
}

impl Scene {
    pub(super) fn apply(&mut self, event: &Event) {
        for (identifier, node) in event.identifiers.iter().zip(nodes_of(event, &KEY)) {
            let seen = NodeFacts::seen_in(node, identifier.kind, event);
            self.nodes.entry(node).or_insert(seen).observe(event);
            let name = format!("{}:{}", identifier.kind.word(), identifier.value);
            self.names.insert(node, name);
        }
        for link in links_of(event, &KEY) {
            self.links
                .entry(link.pair())
                .or_insert_with(|| link.clone())
                .merge(&link);
        }
    }

    pub(super) fn of(events: &[Event]) -> Self {
        let mut scene = Self::default();
        events.iter().for_each(|event| scene.apply(event));
        scene
    }

    fn fresh(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    /// With an event on a day.
    pub(super) fn with(mut self, trust: Trust, day: i64, names: &[&str]) -> Self {
        let id = self.fresh();
        self.apply(&event(id, trust, day, names));
        self
    }

    /// With an alias.
    pub(super) fn alias(mut self, trust: Trust, day: i64, names: &[&str]) -> Self {
        let id = self.fresh();
        self.apply(&Event {
            kind: EventKind::Alias,
            ..event(id, trust, day, names)
        });
        self
    }

    /// With a decision; later ones are taken later.
    pub(super) fn decide(mut self, verdict: Verdict, one: &str, other: &str) -> Self {
        let id = self.fresh();
        let day = i64::try_from(id).unwrap();
        self.apply(&decision(id, day, verdict, (node(one), node(other))));
        self
    }

    /// All there is.
    pub(super) fn whole(&self) -> Component {
        Component {
            nodes: self.nodes.values().copied().collect(),
            links: self.links.values().cloned().collect(),
            hubs: Vec::new(),
        }
    }

    pub(super) fn cluster(&self, rules: &Rules) -> Clustering {
        cluster(&self.whole(), rules)
    }

    fn suspicion(&self, node: NodeId, rules: &Rules) -> Suspicion {
        let mut people = PeopleLinks::default();
        for link in self.links_at(node) {
            let other = if link.a == node { link.b } else { link.a };
            if let Some(other) = self.nodes.get(&other) {
                people.count(link, other.kind);
            }
        }
        Suspicion::of(self.nodes[&node].kind, people, rules)
    }

    fn links_at(&self, node: NodeId) -> impl Iterator<Item = &Link> {
        self.links
            .values()
            .filter(move |link| link.a == node || link.b == node)
    }

    /// The smallest closed parts that hold these nodes, as one component: what an engine that
    /// stops at suspects gathers.
    pub(super) fn gather(
        &self,
        from: impl IntoIterator<Item = NodeId>,
        rules: &Rules,
    ) -> Component {
        let mut reached = BTreeSet::new();
        let mut open: Vec<NodeId> = from
            .into_iter()
            .filter(|node| self.nodes.contains_key(node))
            .collect();
        let mut component = Component::default();
        while let Some(at) = open.pop() {
            if !reached.insert(at) {
                continue;
            }
            component.nodes.push(self.nodes[&at]);
            let suspicion = self.suspicion(at, rules);
            if suspicion != Suspicion::None {
                component.hubs.push((at, suspicion));
            }
            for link in self.links_at(at) {
                let other = if link.a == at { link.b } else { link.a };
                component.links.push(link.clone());
                let Some(facts) = self.nodes.get(&other) else {
                    continue;
                };
                let kinds = (self.nodes[&at].kind, facts.kind);
                if crosses(link, kinds, (suspicion, self.suspicion(other, rules))) {
                    open.push(other);
                }
            }
        }
        component
    }

    /// The customers as lines of names.
    pub(super) fn lines(&self, clustering: &Clustering) -> Vec<String> {
        let mut lines: Vec<String> = clustering
            .customers
            .iter()
            .map(|customer| {
                let mut names: Vec<&str> = customer
                    .nodes
                    .iter()
                    .map(|node| self.names[node].as_str())
                    .collect();
                names.sort_unstable();
                names.join(" ")
            })
            .collect();
        lines.sort_unstable();
        lines
    }

    pub(super) fn name(&self, node: NodeId) -> &str {
        &self.names[&node]
    }
}

/// The customers of a scene, one line of names each, and what was refused.
#[track_caller]
pub(super) fn check(
    scene: &Scene,
    customers: &[&str],
    refused: &[(&str, &str, Obstacle)],
) -> Clustering {
    let clustering = scene.cluster(&Rules::default());
    assert_eq!(scene.lines(&clustering), customers);
    let mut expected: Vec<RefusedLink> = refused
        .iter()
        .map(|(one, other, reason)| {
            let (a, b) = (node(one).min(node(other)), node(one).max(node(other)));
            RefusedLink {
                a,
                b,
                reason: *reason,
            }
        })
        .collect();
    expected.sort_unstable();
    assert_eq!(clustering.refused, expected);
    clustering
}
