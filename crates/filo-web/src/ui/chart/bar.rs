//! Amounts side by side.

use maud::{Markup, html};

use super::scale::{self, percent};
use super::{Chart, HEAD, HEIGHT};

/// How much of its share a bar leaves free on either side.
const GAP: f64 = 0.14;
/// A bar of something is seen, however little it is.
const BAR_LEAST: f64 = 2.0;

/// A bar for each point.
pub(crate) fn bars(chart: &Chart<'_>) -> Markup {
    let scale = scale::of(chart.highest());
    let count = chart.points.len();
    let width = format!("{:.2}%", 100.0 / count.max(1) as f64 * (1.0 - 2.0 * GAP));
    let floor = HEAD + HEIGHT;
    chart.frame(&html! {
        @for (index, point) in chart.points.iter().enumerate().filter(|(_, point)| point.value > 0) {
            @let y = scale.height(point.value).min(floor - BAR_LEAST);
            rect.bar x=(percent(index, count, GAP)) width=(width) y=(y) height=(scale::round(floor - y)) rx="2" {
                title { (point.label) ": " (chart.words.number(point.value)) }
            }
        }
    })
}
