//! A value that goes on: a line with the ground below it.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::scale::{self, across, percent};
use super::{Chart, HEAD, HEIGHT};

/// A line through the points.
pub(crate) fn line(chart: &Chart<'_>) -> Markup {
    let scale = scale::of(chart.highest());
    let count = chart.points.len();
    let mut path = String::new();
    for (index, point) in chart.points.iter().enumerate() {
        let sign = if index == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "{sign}{:.2} {}",
            across(index, count, 0.5),
            scale.height(point.value)
        );
    }
    let floor = HEAD + HEIGHT;
    let (first, last) = (
        across(0, count, 0.5),
        across(count.saturating_sub(1), count, 0.5),
    );
    chart.frame(&html! {
        // The drawing is stretched across, its strokes are not.
        svg x="0" y="0" width="100%" height=(floor) viewBox={ "0 0 100 " (floor) } preserveAspectRatio="none" {
            @if count > 0 {
                path.area d={ (path) "L" (format!("{last:.2}")) " " (floor) "L" (format!("{first:.2}")) " " (floor) "Z" } {}
                path.line d=(path) vector-effect="non-scaling-stroke" {}
            }
        }
        @for (index, point) in chart.points.iter().enumerate() {
            circle.dot-mark cx=(percent(index, count, 0.5)) cy=(scale.height(point.value)) r="2.5" {
                title { (point.label) ": " (chart.words.number(point.value)) }
            }
        }
    })
}
