//! How many it would be, while the condition is still being written.

use filo_app::segment::Preview;
use filo_app::{Actor, App, Error};
use filo_core::segment::Condition;
use maud::{Markup, html};

use crate::console::people;
use crate::console::segment::share;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;

/// What the panel shows.
#[derive(Debug)]
pub(super) enum Counted {
    /// Nobody has asked yet.
    Unasked,
    /// The condition cannot be read yet.
    Unreadable,
    /// Others are counting at this moment.
    Busy,
    /// The answer.
    Answer(Box<Preview>),
}

/// Counts, unless others are at it.
pub(super) async fn count(
    app: &App,
    actor: &Actor,
    condition: Condition,
) -> filo_app::Result<Counted> {
    match app.preview_segment(actor, condition).await {
        Ok(preview) => Ok(Counted::Answer(Box::new(preview))),
        Err(Error::TooOften { .. } | Error::Busy(_)) => Ok(Counted::Busy),
        Err(Error::Invalid { .. }) => Ok(Counted::Unreadable),
        Err(error) => Err(error),
    }
}

pub(super) fn panel(words: Words, counted: &Counted) -> Markup {
    html! {
        section.card.preview aria-labelledby="segment-preview" {
            h2 #segment-preview { (words.say("segment-preview")) }
            div #segment-count role="status" {
                @match counted {
                    Counted::Unasked => p.soft { (words.say("segment-preview-hint")) },
                    Counted::Unreadable => p.soft { (words.say("segment-preview-unreadable")) },
                    Counted::Busy => p.soft { (words.say("segment-preview-busy")) },
                    Counted::Answer(preview) => (answer(words, preview)),
                }
            }
            button.quiet type="submit" name="act" value="count" formnovalidate { (Icon::People.draw()) (words.say("segment-count")) }
        }
    }
}

fn answer(words: Words, preview: &Preview) -> Markup {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let number = words.number(preview.members);
    html! {
        p.preview-count {
            strong { @if preview.is_exact() { (number) } @else { (words.fill("segment-about", [("number", number.into())])) } }
            span.soft {
                (words.fill("segment-preview-of", [
                    ("count", preview.customers.into()),
                    ("number", words.number(preview.customers).into()),
                    ("share", share(words, signed(preview.members), signed(preview.customers)).into()),
                ]))
            }
        }
        @if let Some((least, most)) = preview.interval {
            p.about {
                (words.fill("segment-preview-between", [
                    ("least", words.number(least).into()),
                    ("most", words.number(most).into()),
                    ("looked", words.number(preview.of).into()),
                ]))
            }
        }
        @if !preview.sample.is_empty() {
            ul.list.sample-list aria-label=(words.say("segment-preview-sample")) {
                @for row in &preview.sample {
                    @let name = people::name(words, row);
                    li.person-cell {
                        (monogram(&name, ""))
                        // Whoever follows it comes back to a form that is still there.
                        a href={ "/people/" (row.id) } target="_blank" rel="noopener" { bdi { (name) } }
                    }
                }
            }
        }
    }
}
