//! What must hold for every set of events (I10, I16). Small pools of identifiers, so that nearly
//! every set has conflicts.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::scene::{self, Scene, identifier, node};
use super::{
    Clustering, Component, Identifier, Kind, Link, NodeFacts, Rules, Strength, Verdict, Window,
    cluster, links_of, nodes_of,
};
use crate::event::{Event, EventKind, Trust};
use crate::id::{CustomerId, NodeId};

const POOL: &[&str] = &[
    "user_id:u1",
    "user_id:u2",
    "user_id:u3",
    "tax_code:T1",
    "card:c1",
    "email:e1",
    "email:e2",
    "email:e3",
    "phone:p1",
    "phone:p2",
    "external_id:x:1",
    "device_id:d1",
    "anonymous_id:a1",
    "anonymous_id:a2",
    "anonymous_id:a3",
    "anonymous_id:a4",
    "landline:l1",
    "group_id:g1",
];

/// Rules so tight that every limit, cap and suspicion is met.
fn tight() -> Rules {
    let limits = Rules::default()
        .limits
        .with(Kind::Email, 2, Window::Week)
        .with(Kind::Phone, 1, Window::Year)
        .with(Kind::AnonymousId, 2, Window::Month);
    Rules {
        limits,
        suspect_links: 4,
        customer_cap: 7,
        merge_cap: 4,
        ..Rules::default()
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let small = Rules {
        component_cap: 6,
        ..tight()
    };
    select(vec![Rules::default(), tight(), small])
}

fn trust() -> impl Strategy<Value = Trust> {
    select(vec![
        Trust::Claimed,
        Trust::Claimed,
        Trust::Verified,
        Trust::Verified,
        Trust::Staff,
    ])
}

/// An event without its id, which is its place in the set.
fn event() -> impl Strategy<Value = Event> {
    let names = proptest::collection::vec(select(POOL), 1..4);
    let day = 0i64..60;
    let sent =
        (names, trust(), day.clone(), any::<bool>()).prop_map(|(names, trust, day, alias)| {
            let kind = if alias {
                EventKind::Alias
            } else {
                EventKind::Track
            };
            Event {
                kind,
                ..scene::event(0, trust, day, &names)
            }
        });
    let verdict = select(Verdict::ALL.to_vec());
    let decided = (verdict, select(POOL), select(POOL), day)
        .prop_map(|(verdict, a, b, day)| scene::decision(0, day, verdict, (node(a), node(b))));
    prop_oneof![5 => sent, 1 => decided]
}

fn events(most: usize) -> impl Strategy<Value = Vec<Event>> {
    proptest::collection::vec(event(), 1..most).prop_map(|mut events| {
        for (id, event) in (1u128..).zip(&mut events) {
            event.id = crate::id::EventId(id);
        }
        events
    })
}

/// The same events in another order, some of them again.
fn shuffled(events: Vec<Event>) -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    let again = proptest::collection::vec(any::<Index>(), 0..4);
    again.prop_flat_map(move |again| {
        let mut other = events.clone();
        other.extend(again.iter().map(|index| index.get(&events).clone()));
        (Just(events.clone()), Just(other).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Order, repetition and batching of events, and the order in which the component is
    /// handed over, change nothing.
    #[test]
    fn order_and_repetition_change_nothing(
        (events, other) in events(16).prop_flat_map(shuffled),
        batch in 1usize..5,
        rules in rules(),
    ) {
        let expected = Scene::of(&events).whole();
        // Batches are folded alone and merged, the last one first, as nodes that accept
        // events apart from each other would.
        let (mut nodes, mut links) = (BTreeMap::new(), BTreeMap::new());
        for part in other.chunks(batch).rev().map(Scene::of) {
            for facts in part.nodes.into_values() {
                nodes.entry(facts.id).or_insert(facts).merge(&facts);
            }
            for (pair, link) in part.links {
                links.entry(pair).or_insert_with(|| link.clone()).merge(&link);
            }
        }
        let merged = Component {
            nodes: nodes.into_values().collect(),
            links: links.into_values().collect(),
            hubs: Vec::new(),
        };
        prop_assert_eq!(&merged, &expected);
        // Even without merging, as a heap of what each event says.
        let heap = heap(&other);
        prop_assert_eq!(cluster(&heap, &rules), cluster(&expected, &rules));
    }
}

/// What each event says, unsorted and unmerged.
fn heap(events: &[Event]) -> Component {
    let mut heap = Component::default();
    for event in events {
        for (identifier, node) in event.identifiers.iter().zip(nodes_of(event, &scene::KEY)) {
            heap.nodes
                .push(NodeFacts::seen_in(node, identifier.kind, event));
        }
        heap.links.extend(links_of(event, &scene::KEY));
    }
    heap
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Recomputing only the parts that new events touch gives what recomputing all gives.
    #[test]
    fn incremental_maintenance_equals_the_whole(
        events in events(24), batch in 1usize..4, rules in rules(),
    ) {
        let mut scene = Scene::default();
        let mut customer_of: BTreeMap<NodeId, CustomerId> = BTreeMap::new();
        for batch in events.chunks(batch) {
            let touched: Vec<NodeId> = batch
                .iter()
                .flat_map(|event| {
                    let ends = links_of(event, &scene::KEY);
                    let ends = ends.into_iter().flat_map(|link| [link.a, link.b]);
                    nodes_of(event, &scene::KEY).into_iter().chain(ends)
                })
                .collect();
            let before = scene.gather(touched.clone(), &rules);
            batch.iter().for_each(|event| scene.apply(event));
            let reached = before.nodes.iter().map(|facts| facts.id).chain(touched);
            for customer in cluster(&scene.gather(reached, &rules), &rules).customers {
                customer_of.extend(customer.nodes.iter().map(|node| (*node, customer.id)));
            }
            let whole = scene.cluster(&rules);
            let expected: BTreeMap<NodeId, CustomerId> = whole
                .customers
                .iter()
                .flat_map(|customer| customer.nodes.iter().map(|node| (*node, customer.id)))
                .collect();
            prop_assert_eq!(&customer_of, &expected);
        }
    }

    /// What a person kept apart or joined and then took back is as if it had not been.
    #[test]
    fn a_decision_taken_back_leaves_no_trace(
        events in events(16), one in select(POOL), other in select(POOL), rules in rules(),
        verdict in select(vec![Verdict::Apart, Verdict::Together]),
    ) {
        let pair = (node(one), node(other));
        let touches = |event: &Event| {
            event.kind == EventKind::Decision && event.properties.contains(&pair.0.to_string())
        };
        let events: Vec<Event> = events.into_iter().filter(|event| !touches(event)).collect();
        let mut scene = Scene::of(&events);
        let before = scene.cluster(&rules);
        scene.apply(&scene::decision(1001, 100, verdict, pair));
        scene.apply(&scene::decision(1002, 101, Verdict::Withdrawn, pair));
        prop_assert_eq!(scene.cluster(&rules), before);
    }

    /// Every node is in one customer, whose id is that of its oldest node, and no customer
    /// breaks a rule.
    #[test]
    fn customers_obey_the_rules(events in events(24), rules in rules()) {
        let scene = Scene::of(&events);
        let clustering = scene.cluster(&rules);
        let nodes: usize = clustering.customers.iter().map(|customer| customer.nodes.len()).sum();
        prop_assert_eq!(nodes, scene.nodes.len());
        for customer in &clustering.customers {
            let facts = || customer.nodes.iter().map(|node| scene.nodes[node]);
            let oldest = facts().min_by_key(|facts| (facts.first_seen, facts.id)).unwrap();
            prop_assert_eq!(customer.id, CustomerId::from(oldest.id));
            prop_assert!(facts().count() <= rules.customer_cap as usize);
            check_apart(&scene, &customer.nodes)?;
            check_limits(&scene, &clustering, &customer.nodes, &rules)?;
        }
        for link in &clustering.refused {
            let one = clustering.customer_of(link.a).unwrap();
            prop_assert!(!one.nodes.contains(&link.b), "{link:?} is refused and one customer");
        }
    }

    /// Claims never make one of two people whom the company's systems know, and never take a
    /// device from them (I16).
    #[test]
    fn claims_are_powerless_over_verified_people(events in events(24)) {
        // Without the caps, against which counts what a claim adds; and without decisions to
        // join, which may name what was only claimed.
        let rules = Rules::default();
        let is_join = |event: &Event| event.name == Verdict::Together.event_name();
        let events: Vec<Event> = events.into_iter().filter(|event| !is_join(event)).collect();
        let is_believed = |event: &&Event| event.trust > Trust::Claimed;
        let believed: Vec<Event> = events.iter().filter(is_believed).cloned().collect();
        let without = Scene::of(&believed).cluster(&rules);
        let scene = Scene::of(&events);
        let with = scene.cluster(&rules);
        let verified = |id: &NodeId| {
            scene.nodes.get(id).is_some_and(NodeFacts::is_verified_person)
        };
        for customer in &with.customers {
            let mut people = customer.nodes.iter().filter(|node| verified(node));
            let Some(first) = people.next() else { continue };
            let person = without.customer_of(*first).unwrap();
            for other in people {
                prop_assert!(person.nodes.contains(other), "a claim joined {first:?} {other:?}");
            }
        }
    }

    /// Nor do claims take a device from a person to whom better evidence gives it.
    #[test]
    fn claims_take_no_device_away(events in events(24)) {
        let is_sent = |event: &Event| event.kind != EventKind::Decision;
        let events: Vec<Event> = events.into_iter().filter(is_sent).collect();
        let is_believed = |event: &&Event| event.trust > Trust::Claimed;
        let believed: Vec<Event> = events.iter().filter(is_believed).cloned().collect();
        let scene = Scene::of(&events);
        let strength = |node: &NodeId| scene.nodes[node].kind.strength();
        let with = scene.cluster(&Rules::default());
        for customer in Scene::of(&believed).cluster(&Rules::default()).customers {
            let is_person = |node: &&NodeId| strength(node) == Strength::Person;
            let Some(person) = customer.nodes.iter().find(is_person) else { continue };
            let now = with.customer_of(*person).unwrap();
            for device in customer.nodes.iter().filter(|it| strength(it) == Strength::Device) {
                prop_assert!(now.nodes.contains(device), "{device:?} was {person:?}'s");
            }
        }
    }

    /// Any text gives an identifier or a refusal, and a normal form is its own normal form.
    #[test]
    fn normal_forms_are_stable(
        kind in select(Kind::ALL.to_vec()),
        raw in prop_oneof![
            "\\PC{0,40}",
            "[+0-9 ()./-]{0,24}",
            "(\\+|00)?[1-9][0-9]{4,14}",
            "[a-zA-Z.+]{0,12}@[a-zA-Zàèßİ.-]{0,12}\\.[a-z]{1,4}",
            ".{0,20}",
        ],
    ) {
        let rules = Rules::default();
        if let Ok(identifier) = Identifier::new(kind, &raw, &rules) {
            let again = Identifier::new(identifier.kind, &identifier.value, &rules);
            prop_assert_eq!(again.as_ref(), Ok(&identifier));
        }
    }
}

fn check_apart(scene: &Scene, nodes: &[NodeId]) -> Result<(), TestCaseError> {
    for link in scene
        .links
        .values()
        .filter(|link| link.verdict() == Some(Verdict::Apart))
    {
        let both = nodes.contains(&link.a) && nodes.contains(&link.b);
        prop_assert!(!both, "{link:?} is kept apart and one customer");
    }
    Ok(())
}

/// Only a person of the company, or an alias for user ids, lifts a limit.
fn check_limits(
    scene: &Scene,
    clustering: &Clustering,
    nodes: &[NodeId],
    rules: &Rules,
) -> Result<(), TestCaseError> {
    let joined = || {
        let pairs = clustering.joined.iter().filter(|(a, _)| nodes.contains(a));
        pairs.map(|pair| &scene.links[pair])
    };
    let is_ruled = |link: &Link| link.verdict() == Some(Verdict::Together);
    if joined().any(is_ruled) {
        return Ok(());
    }
    let users = [Kind::UserId, Kind::UserId];
    let is_alias = |link: &Link| [scene.nodes[&link.a].kind, scene.nodes[&link.b].kind] == users;
    for kind in Kind::ALL {
        if kind.strength() == Strength::Household
            || (kind == Kind::UserId && joined().any(is_alias))
        {
            continue;
        }
        let of_kind = nodes
            .iter()
            .map(|node| scene.nodes[node])
            .filter(|it| it.kind == kind);
        let mut times: Vec<i64> = of_kind.map(|facts| facts.first_seen.0).collect();
        times.sort_unstable();
        let limit = rules.limit(kind);
        let length = limit.window.length_micros().unwrap_or(i64::MAX);
        let crowded = times
            .windows(limit.most as usize + 1)
            .find(|it| it[it.len() - 1] - it[0] < length);
        prop_assert!(crowded.is_none(), "{kind:?}: {times:?}");
    }
    Ok(())
}

#[test]
fn the_pool_has_every_strength() {
    for strength in [Strength::Person, Strength::Device, Strength::Household] {
        assert!(
            POOL.iter()
                .any(|name| identifier(name).kind.strength() == strength)
        );
    }
}
