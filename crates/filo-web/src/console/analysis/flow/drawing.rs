//! The steps as a drawing.

use filo_core::analysis::Place;
use maud::Markup;

use super::{Drawing, place, step};
use crate::ui::chart::{Arc, Flow, Stop, StopKind, flow};

pub(super) fn draw(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let graph = &it.view.flow;
    let stops = order_of(it);
    let stop = |place_: &Place| Stop {
        label: place(words, *place_),
        kind: match place_ {
            Place::On(_) => StopKind::Way,
            Place::Start => StopKind::Start,
            Place::Order => StopKind::Good,
            Place::Open => StopKind::Open,
        },
    };
    let arc = |it: &filo_core::analysis::Step| {
        let at = |place: Place| stops.iter().position(|stop| *stop == place);
        Some(Arc {
            from: at(it.from)?,
            to: at(it.to)?,
            weight: it.times,
            label: words.number(it.times),
            small: it.median_days.map(|days| step::span(words, days)),
        })
    };
    let arcs: Vec<Arc> = graph.steps.iter().filter_map(arc).collect();
    let drawn: Vec<Stop> = stops.iter().map(stop).collect();
    flow(&Flow {
        id: "flow",
        title: &words.say("flow-drawing"),
        description: &description(it),
        stops: &drawn,
        arcs: &arcs,
    })
}

/// What is drawn, from the start down to the ends: channels by how often ways begin there.
fn order_of(it: Drawing<'_>) -> Vec<Place> {
    let steps = &it.view.flow.steps;
    let mut stops: Vec<Place> = steps.iter().flat_map(|step| [step.from, step.to]).collect();
    stops.sort_unstable();
    stops.dedup();
    let begins = |place: &Place| {
        let mut first = steps.iter();
        let first = first.find(|step| step.from == Place::Start && step.to == *place);
        first.map_or(0, |step| step.times)
    };
    stops.sort_by_key(|place| match place {
        Place::Start => (0, 0),
        Place::On(_) => (1, u64::MAX - begins(place)),
        Place::Order => (2, 0),
        Place::Open => (3, 0),
    });
    stops
}

/// The steps that are gone most, in a sentence.
fn description(it: Drawing<'_>) -> String {
    const TOLD: usize = 5;
    let words = it.words;
    let told = it.view.flow.steps.iter().take(TOLD).map(|step| {
        let (from, to) = (place(words, step.from), place(words, step.to));
        format!("{from} → {to}: {}", words.number(step.times))
    });
    let told: Vec<String> = told.collect();
    words.fill(
        "flow-drawing-description",
        [("steps", told.join("; ").into())],
    )
}
