//! What a whole is made of: one bar cut into parts, with its words and numbers below.

use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::shown;

/// Parts that have a colour of their own; what is left is one part more.
const PARTS_MOST: usize = 6;
/// The classes of the stylesheet that give a part its colour.
const TINTS: [&str; PARTS_MOST] = [
    "on-web",
    "on-shop",
    "on-app",
    "on-email",
    "on-social",
    "on-phone",
];

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) label: String,
    pub(crate) value: u64,
}

/// The parts of a whole, the largest first; beyond six they are one.
pub(crate) fn share(words: Words, title: &str, parts: &[Part]) -> Markup {
    let mut parts: Vec<Part> = parts
        .iter()
        .filter(|part| part.value > 0)
        .cloned()
        .collect();
    parts.sort_by(|one, other| (other.value, &one.label).cmp(&(one.value, &other.label)));
    let rest: u64 = parts.iter().skip(PARTS_MOST).map(|part| part.value).sum();
    parts.truncate(PARTS_MOST);
    if rest > 0 {
        let label = words.say("chart-rest").into_owned();
        parts.push(Part { label, value: rest });
    }
    let whole = parts.iter().map(|part| part.value).sum::<u64>().max(1);
    let hundredths = |value: u64| value as f64 / whole as f64 * 100.0;
    let mut begin = 0.0;
    let placed: Vec<(f64, f64, &str, &Part)> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            let place = (begin, hundredths(part.value));
            begin += place.1;
            (
                place.0,
                place.1,
                TINTS.get(index).copied().unwrap_or("on-server"),
                part,
            )
        })
        .collect();
    html! {
        figure.chart-figure {
            svg.chart width="100%" height="14" aria-hidden="true" focusable="false" {
                @for (x, width, tint, _) in &placed {
                    rect.bar.(tint) x=(format!("{x:.2}%")) width=(format!("{width:.2}%")) y="0" height="14" {}
                }
            }
            ul.legend aria-label=(title) {
                @for (_, part_of, tint, part) in &placed {
                    li {
                        span.dot.(tint) {}
                        span { (shown::line(&part.label)) }
                        strong.number { (words.number(part.value)) }
                        span.soft { (format!("{part_of:.0}")) " %" }
                    }
                }
            }
        }
    }
}
