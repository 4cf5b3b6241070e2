//! What follows on what: places one below the other, and an arc for each step: down on the right,
//! back up on the left. No two arcs have their middle at the same spot, so no two numbers lie over
//! one another.
//!
//! The table that stands beside it says the same numbers, so it needs none of its own.

use maud::{Markup, html};

use super::scale::round;

/// From one place to the next.
const ROW: f64 = 62.0;
/// Height of a place.
const STOP: f64 = 30.0;
/// How much further out an arc reaches for each row it spans.
const REACH: f64 = 30.0;
/// Width of a letter, on average, and what is around a label.
const LETTER: f64 = 7.2;
const AROUND: f64 = 24.0;
/// Room for numbers beyond the outermost arc.
const MARGIN: f64 = 44.0;
/// Lines from the thinnest to the widest.
const THIN: f64 = 1.0;
const WIDE: f64 = 9.0;
/// The middle of a curve of Bézier is at three quarters of its handles.
const HANDLE: f64 = 4.0 / 3.0;

/// What a place is, which gives it its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopKind {
    Start,
    Way,
    Good,
    Open,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) label: String,
    pub(crate) kind: StopKind,
}

/// A step from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How wide it is.
    pub(crate) weight: u64,
    pub(crate) label: String,
    /// What stands below the label.
    pub(crate) small: Option<String>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flow<'a> {
    /// Part of the ids of its elements; once in a page.
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    /// What somebody who cannot see it is told.
    pub(crate) description: &'a str,
    pub(crate) stops: &'a [Stop],
    pub(crate) arcs: &'a [Arc],
}

/// Where things stand.
#[derive(Clone, Copy)]
struct Ground {
    /// Left edge and width of the places.
    left: f64,
    width: f64,
    most: u64,
}

pub(crate) fn flow(it: &Flow<'_>) -> Markup {
    let reach = |is_back: bool| {
        let those = it.arcs.iter().filter(|arc| (arc.to < arc.from) == is_back);
        let widest = those.map(|arc| arc.from.abs_diff(arc.to)).max();
        widest.map_or(4.0, |span| span as f64 * REACH + MARGIN)
    };
    let letters = it.stops.iter().map(|stop| stop.label.chars().count()).max();
    let ground = Ground {
        left: reach(true),
        width: letters.unwrap_or(0) as f64 * LETTER + AROUND,
        most: it
            .arcs
            .iter()
            .map(|arc| arc.weight)
            .max()
            .unwrap_or(0)
            .max(1),
    };
    let width = ground.left + ground.width + reach(false);
    let height = it.stops.len() as f64 * ROW - (ROW - STOP) + 4.0;
    let (title, description) = (format!("{}-title", it.id), format!("{}-desc", it.id));
    let tip = format!("{}-tip", it.id);
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby=(title) {
            svg.chart.flow width=(round(width)) height=(round(height)) role="img"
                viewBox={ "0 0 " (round(width)) " " (round(height)) }
                aria-labelledby={ (title) " " (description) } {
                title #(title) { (it.title) }
                desc #(description) { (it.description) }
                defs {
                    marker.tip id=(tip) viewBox="0 0 10 10" refX="8" refY="5" markerWidth="9"
                        markerHeight="9" markerUnits="userSpaceOnUse" orient="auto" {
                        path d="M0 0L10 5L0 10z" {}
                    }
                }
                @for arc in it.arcs { (line(it, arc, ground, &tip)) }
                @for (row, stop) in it.stops.iter().enumerate() { (place(stop, row, ground)) }
                @for arc in it.arcs { (words(arc, ground)) }
            }
        }
    }
}

fn place(stop: &Stop, row: usize, ground: Ground) -> Markup {
    let y = row as f64 * ROW + 2.0;
    let class = match stop.kind {
        StopKind::Start => "stop start",
        StopKind::Way => "stop",
        StopKind::Good => "stop good",
        StopKind::Open => "stop open",
    };
    html! {
        rect class=(class) x=(round(ground.left)) y=(y) width=(round(ground.width)) height=(STOP) rx="8" {}
        text.name x=(round(ground.left + ground.width / 2.0)) y=(y + 20.0) text-anchor="middle" { (stop.label) }
    }
}

impl Ground {
    /// The side of an arc: its edge, and which way is out.
    fn side(self, arc: &Arc) -> (f64, f64) {
        match arc.to < arc.from {
            true => (self.left, -1.0),
            false => (self.left + self.width, 1.0),
        }
    }

    fn out(self, arc: &Arc) -> f64 {
        let (edge, sign) = self.side(arc);
        edge + sign * arc.from.abs_diff(arc.to) as f64 * REACH
    }
}

/// The middle of a place.
fn middle(row: usize) -> f64 {
    row as f64 * ROW + 2.0 + STOP / 2.0
}

fn line(it: &Flow<'_>, arc: &Arc, ground: Ground, tip: &str) -> Markup {
    let (edge, sign) = ground.side(arc);
    let handle = edge + (ground.out(arc) - edge) * HANDLE;
    // What leaves does so below the middle of a place, what comes above it, and back the other way.
    let shift = 6.0 * sign;
    let (leaves, comes) = (middle(arc.from) + shift, middle(arc.to) - shift);
    let (edge, handle) = (round(edge), round(handle));
    let path = format!(
        "M{edge} {leaves}C{handle} {leaves} {handle} {comes} {} {comes}",
        round(edge + 2.0 * sign)
    );
    let wide = THIN + (WIDE - THIN) * arc.weight as f64 / ground.most as f64;
    let is_open = it
        .stops
        .get(arc.to)
        .is_some_and(|stop| stop.kind == StopKind::Open);
    let class = if is_open { "arc open" } else { "arc" };
    html! {
        path class=(class) d=(path) stroke-width=(round(wide)) marker-end={ "url(#" (tip) ")" } {}
    }
}

fn words(arc: &Arc, ground: Ground) -> Markup {
    let y = f64::midpoint(middle(arc.from), middle(arc.to));
    let x = round(ground.out(arc));
    html! {
        text.on x=(x) y=(round(y + if arc.small.is_some() { -1.0 } else { 4.0 })) text-anchor="middle" { (arc.label) }
        @if let Some(small) = &arc.small {
            text.on.small x=(x) y=(round(y + 11.0)) text-anchor="middle" { (small) }
        }
    }
}
