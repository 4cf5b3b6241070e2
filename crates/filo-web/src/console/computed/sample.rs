//! The values that a recipe gives some people: those who were seen last.

use filo_app::computed::ComputedPreview;
use filo_app::{Actor, App, Error};
use filo_core::segment::computed::Recipe;
use maud::{Markup, html};

use super::value_words;
use crate::console::people;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;

/// What the panel shows.
#[derive(Debug)]
pub(super) enum Sampled {
    /// Nobody has asked yet.
    Unasked,
    /// The recipe cannot be read yet.
    Unreadable,
    /// Whoever looks may not see values.
    Covered,
    /// The values.
    Values(Box<ComputedPreview>),
}

pub(super) async fn sample(
    app: &App,
    actor: &Actor,
    (key, recipe): (&str, &Recipe),
) -> filo_app::Result<Sampled> {
    match app.preview_computed_trait(actor, key, recipe).await {
        Ok(preview) => Ok(Sampled::Values(Box::new(preview))),
        Err(Error::Lacks(_)) => Ok(Sampled::Covered),
        Err(Error::Invalid { .. }) => Ok(Sampled::Unreadable),
        Err(error) => Err(error),
    }
}

/// The panel beside a form or a page; `asks` draws the button that asks for it.
pub(super) fn panel(words: Words, sampled: &Sampled, asks: bool) -> Markup {
    html! {
        section.card.preview aria-labelledby="computed-sample" {
            h2 #computed-sample { (words.say("computed-sample")) }
            div role="status" {
                @match sampled {
                    Sampled::Unasked => p.soft { (words.say("computed-sample-hint")) },
                    Sampled::Unreadable => p.soft { (words.say("computed-sample-unreadable")) },
                    Sampled::Covered => p.soft { (words.say("computed-sample-covered")) },
                    Sampled::Values(preview) => (values(words, preview)),
                }
            }
            @if asks {
                button.quiet type="submit" name="act" value="check" formnovalidate { (Icon::People.draw()) (words.say("computed-try")) }
            }
        }
    }
}

fn values(words: Words, preview: &ComputedPreview) -> Markup {
    let with_value = preview.sample.iter().filter(|(_, value)| value.is_some());
    let fill = [
        ("count", with_value.count().into()),
        ("of", preview.sample.len().into()),
    ];
    html! {
        @if preview.sample.is_empty() { p.soft { (words.say("computed-sample-nobody")) } }
        @else {
            p.about { (words.fill("computed-sample-of", fill)) }
            dl.facts {
                @for (row, value) in &preview.sample {
                    @let name = people::name(words, row);
                    dt.person-cell {
                        (monogram(&name, ""))
                        // Whoever follows it comes back to a form that is still there.
                        a href={ "/people/" (row.id) } target="_blank" rel="noopener" { bdi { (name) } }
                    }
                    dd {
                        @match value {
                            Some(value) => (value_words(words, value)),
                            None => span.soft { (words.say("computed-no-value")) },
                        }
                    }
                }
            }
        }
    }
}
