//! Shares over time: a line each, over hundredths.
//!
//! The table below it is drawn by whoever knows what the shares are of.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::note::{self, Note};
use super::scale::{self, across, percent};
use super::{FOOT, HEAD, HEIGHT};
use crate::i18n::Words;

/// A line: what it is of, and the share of each point, where there is one.
#[derive(Debug, Clone)]
pub(crate) struct Rate {
    pub(crate) label: String,
    pub(crate) shares: Vec<Option<f64>>,
}

/// What a chart of shares needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rates<'a> {
    /// Part of the ids of its elements; once in a page.
    pub(crate) id: &'a str,
    /// What it shows.
    pub(crate) title: &'a str,
    /// What somebody who cannot see it is told first.
    pub(crate) description: &'a str,
    /// What stands below the points.
    pub(crate) feet: &'a [String],
    /// Two at most: the second one is broken.
    pub(crate) rates: &'a [Rate],
    /// What happened at some of the points.
    pub(crate) notes: &'a [Note],
    pub(crate) words: Words,
}

/// Draws it, with what each line is of.
pub(crate) fn rates(chart: &Rates<'_>) -> Markup {
    let (title, description) = (format!("{}-title", chart.id), format!("{}-desc", chart.id));
    let all = chart.rates.iter().flat_map(|rate| &rate.shares).flatten();
    let scale = scale::of(hundredths(all.copied().fold(0.0, f64::max)));
    let (count, floor) = (chart.feet.len(), HEAD + HEIGHT);
    let every = count.div_ceil(6).max(1);
    let class = |index: usize| if index == 0 { "line" } else { "line second" };
    html! {
        figure.chart-figure {
            svg.chart width="100%" height=(HEAD + HEIGHT + FOOT) role="img"
                aria-labelledby={ (title) " " (description) } {
                title #(title) { (chart.title) }
                desc #(description) { (chart.description) }
                @for tick in scale.ticks() {
                    @let y = scale.height(tick);
                    line class=(if tick == 0 { "axis" } else { "grid" }) x1="0" x2="100%" y1=(y) y2=(y) {}
                    @if tick > 0 { text x="0" y=(scale::round(y - 4.0)) { (tick) " %" } }
                }
                svg x="0" y="0" width="100%" height=(floor) viewBox={ "0 0 100 " (floor) } preserveAspectRatio="none" {
                    @for (index, rate) in chart.rates.iter().enumerate() {
                        path class=(class(index)) d=(path(rate, scale)) vector-effect="non-scaling-stroke" {}
                    }
                }
                @for rate in chart.rates {
                    @for (index, share) in rate.shares.iter().enumerate() {
                        @if let Some(share) = share {
                            circle.dot-mark cx=(percent(index, count, 0.5)) cy=(scale.height_of(share * 100.0)) r="2.5" {
                                title { (rate.label) ", " (chart.feet[index]) ": " (format!("{:.0} %", share * 100.0)) }
                            }
                        }
                    }
                }
                (note::marks(chart.notes, count))
                @for (index, foot) in chart.feet.iter().enumerate().filter(|(index, _)| index % every == 0) {
                    text x=(percent(index, count, 0.5)) y=(floor + FOOT - 6.0) text-anchor="middle" { (foot) }
                }
            }
            (note::list(chart.words, chart.notes))
            @if chart.rates.len() > 1 {
                ul.legend {
                    @for (index, rate) in chart.rates.iter().enumerate() {
                        li {
                            svg.chart.key width="24" height="8" aria-hidden="true" focusable="false" {
                                path class=(class(index)) d="M0 4L24 4" {}
                            }
                            span { (rate.label) }
                        }
                    }
                }
            }
        }
    }
}

/// A line that is broken where nothing is known.
fn path(rate: &Rate, scale: scale::Scale) -> String {
    let mut path = String::new();
    let mut sign = 'M';
    for (index, share) in rate.shares.iter().enumerate() {
        let Some(share) = share else {
            sign = 'M';
            continue;
        };
        let x = across(index, rate.shares.len(), 0.5);
        // Writing to a string cannot fail.
        let _ = write!(path, "{sign}{x:.2} {}", scale.height_of(share * 100.0));
        sign = 'L';
    }
    path
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn hundredths(share: f64) -> u64 {
    (share * 100.0).ceil() as u64
}
