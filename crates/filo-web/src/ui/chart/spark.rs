//! The course of something in the height of a line of text. It only repeats what stands beside it
//! in numbers, so it is not read aloud.

use maud::{Markup, html};

const HEIGHT: f64 = 28.0;
/// A bar of something is seen, however little it is.
const BAR_LEAST: f64 = 2.0;

/// Small bars, the newest last.
pub(crate) fn spark(values: &[u64]) -> Markup {
    let highest = values.iter().copied().max().unwrap_or(0).max(1);
    html! {
        svg.spark viewBox={ "0 0 " (values.len() * 4) " " (HEIGHT) } width=(values.len() * 4) height=(HEIGHT)
            preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (index, value) in values.iter().enumerate() {
                @let part = *value as f64 / highest as f64;
                @let height = if *value == 0 { 1.0 } else { (part * HEIGHT).max(BAR_LEAST) };
                rect.spark-bar.none[*value == 0] x=(index * 4) width="3" y=(format!("{:.1}", HEIGHT - height))
                    height=(format!("{height:.1}")) rx="1" {}
            }
        }
    }
}
