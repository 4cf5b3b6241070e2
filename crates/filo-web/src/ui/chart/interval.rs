//! Between what something lies: a bar from one end to the other around a mark, over a line at
//! zero in the middle.
//!
//! The words beside it say the same numbers, so it needs no table.

use maud::{Markup, html};

/// Height in pixels: the bar, and the numbers below.
const HEIGHT: f64 = 42.0;
const MIDDLE: f64 = 12.0;
/// Hundredths of the width on either side that the outermost end takes: the rest is for numbers.
const REACH: f64 = 42.0;

/// A number with its interval, and how its ends are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range<'a> {
    pub(crate) value: f64,
    pub(crate) ends: (f64, f64),
    pub(crate) written: (&'a str, &'a str),
}

/// Draws it; `told` says the whole to who cannot see it.
pub(crate) fn interval(told: &str, range: &Range<'_>) -> Markup {
    let (low, high) = range.ends;
    let widest = low.abs().max(high.abs()).max(f64::MIN_POSITIVE);
    let at = |value: f64| 50.0 + value / widest * REACH;
    let percent = |value: f64| format!("{value:.2}%");
    let (left, right) = (at(low), at(high));
    let foot = HEIGHT - 6.0;
    html! {
        figure.chart-figure {
            svg.chart.interval width="100%" height=(HEIGHT) role="img" aria-label=(told) {
                line.axis x1="50%" x2="50%" y1="0" y2=(2.0 * MIDDLE) {}
                rect.area x=(percent(left)) width=(percent(right - left)) y=(MIDDLE - 4.0) height="8" rx="4" {}
                circle.mark cx=(percent(at(range.value))) cy=(MIDDLE) r="5" {}
                text x=(percent(left)) y=(foot) text-anchor="middle" { (range.written.0) }
                text x=(percent(right)) y=(foot) text-anchor="middle" { (range.written.1) }
                @if left < 44.0 && right > 56.0 { text x="50%" y=(foot) text-anchor="middle" { "0" } }
            }
        }
    }
}
