//! How a whole was shared out over time: a column for each stretch, as wide as it lasted.
//!
//! The table below it is drawn by whoever knows what the shares are of.

use maud::{Markup, html};

use super::{FOOT, HEIGHT};
use crate::ui::shown;

/// The classes of the stylesheet that give a part its colour.
const TINTS: [&str; 5] = ["on-web", "on-shop", "on-app", "on-email", "on-social"];

/// A stretch of time with the same shares.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    /// How long it lasted, in whatever measure.
    pub(crate) length: f64,
    /// The shares, which make one.
    pub(crate) shares: Vec<f64>,
}

/// What the chart needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course<'a> {
    /// What it shows, said to who cannot see it.
    pub(crate) told: &'a str,
    /// What the shares are of.
    pub(crate) names: &'a [String],
    /// The stretches, the first first.
    pub(crate) slices: &'a [Slice],
    /// What stands below the beginning and the end.
    pub(crate) ends: (&'a str, &'a str),
}

/// Draws it.
pub(crate) fn course(chart: &Course<'_>) -> Markup {
    let whole: f64 = chart.slices.iter().map(|slice| slice.length).sum();
    let percent = |length: f64| format!("{:.2}%", length / whole.max(f64::MIN_POSITIVE) * 100.0);
    let tint = |place: usize| TINTS.get(place).copied().unwrap_or("on-server");
    let mut begin = 0.0;
    let mut bars = Vec::new();
    for slice in chart.slices {
        let mut top = 0.0;
        for (place, share) in slice.shares.iter().enumerate() {
            let height = share * HEIGHT;
            bars.push((
                tint(place),
                percent(begin),
                percent(slice.length),
                top,
                height,
            ));
            top += height;
        }
        begin += slice.length;
    }
    let foot = HEIGHT + FOOT - 6.0;
    html! {
        figure.chart-figure {
            svg.chart width="100%" height=(HEIGHT + FOOT) role="img" aria-label=(chart.told) {
                @for (tint, x, width, top, height) in &bars {
                    rect.bar.(tint) x=(x) width=(width) y=(format!("{top:.2}")) height=(format!("{height:.2}")) {}
                }
                text x="0" y=(foot) { (chart.ends.0) }
                text x="100%" y=(foot) text-anchor="end" { (chart.ends.1) }
            }
            ul.legend {
                @for (place, name) in chart.names.iter().enumerate() {
                    li { span.dot.(tint(place)) {} span { (shown::line(name)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stretch three times as long is three times as wide, and shares are heights.
    #[test]
    fn widths_are_lengths_and_heights_are_shares() {
        let names = ["A".to_owned(), "<B>".to_owned()];
        let slice = |length: f64, first: f64| Slice {
            length,
            shares: vec![first, 1.0 - first],
        };
        let slices = [slice(1.0, 0.5), slice(3.0, 0.9)];
        let drawn = course(&Course {
            told: "quote",
            names: &names,
            slices: &slices,
            ends: ("1/1", "2/1"),
        })
        .into_string();
        for part in [
            r#"x="0.00%" width="25.00%" y="0.00" height="70.00""#,
            r#"x="0.00%" width="25.00%" y="70.00" height="70.00""#,
            r#"x="25.00%" width="75.00%" y="0.00" height="126.00""#,
            r#"x="25.00%" width="75.00%" y="126.00" height="14.00""#,
            "&lt;B&gt;",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
    }
}
