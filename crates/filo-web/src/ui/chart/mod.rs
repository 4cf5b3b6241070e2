//! Charts, drawn here as SVG: widths in hundredths of the place they get, heights in pixels, so
//! that they fit every screen and their text is never stretched.
//!
//! **Invariant:** what a chart shows can be read without seeing it: it has a title and a
//! description, and the same numbers stand in a table below it.

mod bar;
mod course;
mod flow;
mod interval;
mod line;
mod note;
mod rates;
mod scale;
mod share;
mod spark;
#[cfg(test)]
mod tests;

pub(crate) use bar::bars;
pub(crate) use course::{Course, Slice, course};
pub(crate) use flow::{Arc, Flow, Stop, StopKind, flow};
pub(crate) use interval::{Range, interval};
pub(crate) use line::line;
pub(crate) use note::Note;
pub(crate) use rates::{Rate, Rates, rates};
pub(crate) use share::{Part, share};
pub(crate) use spark::spark;

use maud::{Markup, html};

use crate::i18n::Words;

/// Height of the drawing and of the words below it.
const HEIGHT: f64 = 140.0;
const FOOT: f64 = 22.0;
/// Room above the highest mark, for its number.
const HEAD: f64 = 18.0;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    /// What it is of, whole: for the table and the title of its mark.
    pub(crate) label: String,
    /// What stands below it.
    pub(crate) short: String,
    pub(crate) value: u64,
}

/// What a chart of values in a row needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chart<'a> {
    pub(crate) words: Words,
    /// Part of the ids of its elements; once in a page.
    pub(crate) id: &'a str,
    /// What it shows.
    pub(crate) title: &'a str,
    /// What the points and their values are: the heads of the table.
    pub(crate) heads: (&'a str, &'a str),
    pub(crate) points: &'a [Point],
    /// What happened at some of them.
    pub(crate) notes: &'a [Note],
}

impl Chart<'_> {
    fn highest(&self) -> u64 {
        self.points
            .iter()
            .map(|point| point.value)
            .max()
            .unwrap_or(0)
    }

    /// What somebody who cannot see it is told first.
    fn description(&self) -> String {
        let words = self.words;
        let sum: u64 = self.points.iter().map(|point| point.value).sum();
        let highest = self.points.iter().max_by_key(|point| point.value);
        words.fill(
            "chart-description",
            [
                ("sum", words.number(sum).into()),
                ("most", words.number(self.highest()).into()),
                ("when", highest.map_or("", |point| &point.label).into()),
            ],
        )
    }

    /// The frame of a drawing: `marks` are what differs.
    fn frame(&self, marks: &Markup) -> Markup {
        let (title, description) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        html! {
            figure.chart-figure {
                svg.chart width="100%" height=(HEAD + HEIGHT + FOOT) role="img"
                    aria-labelledby={ (title) " " (description) } {
                    title #(title) { (self.title) }
                    desc #(description) { (self.description()) }
                    (self.grid())
                    (marks)
                    (note::marks(self.notes, self.points.len()))
                    (self.feet())
                }
                (note::list(self.words, self.notes))
                (self.table())
            }
        }
    }

    /// Lines at round numbers; the lowest is the axis.
    fn grid(&self) -> Markup {
        let scale = scale::of(self.highest());
        html! {
            @for tick in scale.ticks() {
                @let y = scale.height(tick);
                @let class = if tick == 0 { "axis" } else { "grid" };
                line.(class) x1="0" x2="100%" y1=(y) y2=(y) {}
                @if tick > 0 { text x="0" y=(scale::round(y - 4.0)) { (self.words.number(tick)) } }
            }
        }
    }

    /// A few of the labels below: as many as have room on a phone.
    fn feet(&self) -> Markup {
        let count = self.points.len();
        let every = count.div_ceil(6).max(1);
        let y = HEAD + HEIGHT + FOOT - 6.0;
        html! {
            @for (index, point) in self.points.iter().enumerate().filter(|(index, _)| index % every == 0) {
                text x=(scale::percent(index, count, 0.5)) y=(y) text-anchor="middle" { (point.short) }
            }
        }
    }

    fn table(&self) -> Markup {
        html! {
            details.fold.small {
                summary { (self.words.say("chart-as-table")) }
                table.plain-table {
                    thead { tr { th scope="col" { (self.heads.0) } th.number scope="col" { (self.heads.1) } } }
                    tbody {
                        @for point in self.points {
                            tr { td { (point.label) } td.number { (self.words.number(point.value)) } }
                        }
                    }
                }
            }
        }
    }
}
