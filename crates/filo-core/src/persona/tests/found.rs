//! What is found: what was planted, nothing where there is nothing, and only true counts.

use std::collections::BTreeMap;

use filo_stats::random::Random;

use super::invented::{Somebody, compared, of_kind, planted, sought};
use crate::event::Channel;
use crate::id::{CustomerId, PersonaId};
use crate::identity::Kind;
use crate::persona::{
    Aspect, Document, Fact, Features, Grouping, Levels, PEOPLE_LEAST, TYPICAL_MOST, Verdict,
};

fn grouping(verdict: &Verdict) -> &Grouping {
    match verdict {
        Verdict::Groups(grouping) => grouping,
        other => panic!("no groups: {other:?}"),
    }
}

#[test]
fn what_was_planted_is_found() {
    let people = planted([240, 150, 90]);
    let rows = compared(people.iter().map(|(_, one)| one));
    let found = sought(&rows, 3, 1);
    let grouping = grouping(&found.verdict);
    assert_eq!(grouping.personas.len(), 3, "{:?}", found.tried);
    let mut mixed: BTreeMap<(PersonaId, usize), usize> = BTreeMap::new();
    for ((kind, _), (_, features)) in people.iter().zip(&rows) {
        let (id, _) = grouping.model.nearest(features).unwrap();
        *mixed.entry((id, *kind)).or_default() += 1;
    }
    assert_eq!(mixed.len(), 3, "each group is one kind: {mixed:?}");
    let sizes: Vec<u64> = grouping.personas.iter().map(|it| it.people).collect();
    assert_eq!(sizes, [240, 150, 90], "the largest first");
    for persona in &grouping.personas {
        assert!(persona.stability > 0.95, "{persona:?}");
        assert!(!persona.facts.is_empty(), "{persona:?}");
        let typical = found.typical.iter().filter(|it| it.persona == persona.id);
        assert_eq!(typical.count(), TYPICAL_MOST);
    }
    // Who stands for a group is of it, and the same search finds the same.
    for typical in &found.typical {
        let place = usize::try_from(typical.customer.0 - 1).unwrap();
        let (id, _) = grouping.model.nearest(&rows[place].1).unwrap();
        assert_eq!(id, typical.persona);
    }
    assert_eq!(sought(&rows, 3, 1), found);
}

/// Whether somebody is what a fact tells, from the events alone.
fn is_so(one: &Somebody, fact: &Fact) -> bool {
    let orders: Vec<_> = one
        .events
        .iter()
        .filter(|event| event.name == "Order Completed")
        .collect();
    let number = |event: &crate::event::Event, key: &str| -> f64 {
        let read: serde_json::Value = serde_json::from_str(&event.properties).unwrap();
        match key {
            "quantity" => read["products"][0][key].as_f64().unwrap(),
            key => read[key].as_f64().unwrap(),
        }
    };
    let average = |key: &str| {
        let sum: f64 = orders.iter().map(|event| number(event, key)).sum();
        if orders.is_empty() {
            0.0
        } else {
            sum / f64::from(u32::try_from(orders.len()).unwrap())
        }
    };
    let step = f64::from(fact.aspect.step(fact.level).unwrap_or_default());
    let mainly = |channels: &[Channel]| {
        let there = one
            .events
            .iter()
            .filter(|it| channels.contains(&it.channel));
        2 * there.count() > one.events.len()
    };
    let knows = |kind: Kind| one.kinds.contains(&kind);
    match fact.aspect {
        Aspect::Orders => f64::from(u32::try_from(orders.len()).unwrap()) >= step,
        Aspect::Average => average("revenue") >= step,
        Aspect::Pieces => average("quantity") >= step,
        Aspect::Mainly => match fact.aspect.choice(fact.level).unwrap() {
            "online" => mainly(&[Channel::Web, Channel::App]),
            "shop" => mainly(&[Channel::Shop]),
            _ => mainly(&[Channel::Phone, Channel::Email]),
        },
        Aspect::Channels => {
            let channels: std::collections::BTreeSet<_> =
                one.events.iter().map(|it| it.channel).collect();
            f64::from(u32::try_from(channels.len()).unwrap()) >= step
        }
        Aspect::Card => knows(Kind::Card),
        Aspect::Email => knows(Kind::Email),
        Aspect::Phone => knows(Kind::Phone),
        Aspect::Account => knows(Kind::UserId),
        Aspect::App | Aspect::Consent | Aspect::Returned => false,
    }
}

#[test]
fn the_counts_of_every_fact_are_those_of_the_events() {
    let people = planted([200, 120, 80]);
    let rows = compared(people.iter().map(|(_, one)| one));
    let found = sought(&rows, 5, 1);
    let grouping = grouping(&found.verdict);
    let mut told = 0;
    for persona in &grouping.personas {
        for fact in &persona.facts {
            let (mut inside, mut outside, mut of) = (0, 0, 0);
            for ((_, one), (_, features)) in people.iter().zip(&rows) {
                let is_in = grouping.model.nearest(features).unwrap().0 == persona.id;
                let is_so = is_so(one, fact);
                assert_eq!(is_so, fact.is_of(features), "{fact:?}");
                inside += u64::from(is_in && is_so);
                outside += u64::from(!is_in && is_so);
                of += u64::from(is_in);
            }
            let counted = (inside, of, outside, 400 - of);
            let said = (fact.inside, fact.people, fact.outside, fact.others);
            assert_eq!(said, counted, "{fact:?}");
            let share = fact.share().unwrap();
            assert!(share.low <= share.share && share.share <= share.high);
            let others = fact.share_of_others().unwrap();
            assert_eq!(share.share > others.share, fact.is_more(), "{fact:?}");
            told += 1;
        }
    }
    assert!(told >= 6, "{told} facts");
}

/// One kind of people, whose every habit is drawn apart from the others.
fn alike(count: usize) -> Vec<(CustomerId, Features)> {
    let mut random = Random::seeded(23);
    let mut people = Vec::new();
    for _ in 0..count {
        let mut one = Somebody::known_by(&[Kind::Email]);
        // About as many ways of being as a sum of three draws has: no edge, no hole.
        let mut soft = |least: usize, range: usize| -> u32 {
            let drawn: usize = (0..3).map(|_| random.index(range)).sum();
            u32::try_from(least + drawn).unwrap()
        };
        let (orders, euros) = (soft(20, 12), soft(20, 20));
        for _ in 0..orders {
            let channel = match soft(0, 10) {
                0..=8 => Channel::Web,
                9..=17 => Channel::Shop,
                _ => Channel::Email,
            };
            one.order(channel, euros, 2);
        }
        people.push(one);
    }
    compared(&people)
}

#[test]
fn where_nobody_differs_in_kind_nothing_is_found() {
    let rows = alike(600);
    for seed in [1, 2, 3] {
        let found = sought(&rows, seed, 1);
        assert_eq!(found.verdict, Verdict::Nothing, "{:?}", found.tried);
        assert!(found.typical.is_empty() && !found.tried.is_empty());
    }
}

#[test]
fn a_few_people_are_not_grouped() {
    let mut random = Random::seeded(1);
    let people: Vec<Somebody> = (0..PEOPLE_LEAST - 1)
        .map(|number| of_kind(number % 3, &mut random))
        .collect();
    let found = sought(&compared(&people), 1, 1);
    assert_eq!(found.verdict, Verdict::TooFew);
    assert_eq!(found.people, (PEOPLE_LEAST - 1) as u64);
    assert_eq!(sought(&[], 1, 1).verdict, Verdict::TooFew);
}

#[test]
fn a_document_gives_the_model_back_as_it_was() {
    let people = planted([150, 100, 80]);
    let rows = compared(people.iter().map(|(_, one)| one));
    let found = sought(&rows, 3, 1);
    let document = Document::new(&found, 330, None);
    let read = Document::from_json(&document.to_json()).unwrap();
    assert_eq!(read, document);
    let (fresh, stored) = (grouping(&found.verdict), read.grouping().unwrap());
    for (_, features) in &rows {
        assert_eq!(
            fresh.model.nearest(features),
            stored.model.nearest(features)
        );
    }
    assert!(Document::from_json("{}").is_err());
    let later = document.to_json().replace("\"version\":1", "\"version\":9");
    assert!(Document::from_json(&later).is_err());
}

#[test]
fn levels_are_as_many_as_they_say() {
    for aspect in Aspect::ALL {
        let count = aspect.level_count();
        assert!(
            (2..=crate::persona::LEVELS_MOST).contains(&count),
            "{aspect:?}"
        );
        if let Levels::Steps(steps) = aspect.levels() {
            assert!(steps.is_sorted(), "{aspect:?}");
            assert_eq!(aspect.step(1), Some(steps[0]));
        }
        assert_eq!(aspect.step(0), None);
    }
}
