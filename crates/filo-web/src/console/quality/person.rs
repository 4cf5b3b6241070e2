//! What is to be mended about one person, on their page.

use filo_app::PersonQuality;
use filo_core::id::CustomerId;
use maud::{Markup, html};

use super::list::{buttons, said};
use super::{percent, reason_word};
use crate::i18n::Words;
use crate::ui::chart::spark;
use crate::ui::shown::line;

/// The card; nothing where nothing is known that could be wrong.
pub(in crate::console) fn card(
    words: Words,
    customer: CustomerId,
    quality: &PersonQuality,
    (token, decides): (&str, bool),
) -> Markup {
    let Some(whole) = quality.scores.whole() else {
        return html! {};
    };
    let person = customer.to_string();
    let back = [("person", &*person)];
    let course: Vec<u64> = quality
        .history
        .iter()
        .map(|(_, score)| u64::from(*score))
        .collect();
    html! {
        details.card.section #quality open[!quality.findings.is_empty()] data-fold {
            summary {
                h2 {
                    @if quality.findings.is_empty() { (words.say("quality-title")) }
                    @else { (words.fill("quality-to-mend", [("count", quality.findings.len().into())])) }
                }
            }
            @if !quality.findings.is_empty() {
                ul.list {
                    @for finding in &quality.findings {
                        li {
                            p { (reason_word(words, finding.reason)) }
                            p.about {
                                (said(words, &finding.raw))
                                @if let Some(proposal) = &finding.proposal { " → " strong { bdi { (line(proposal)) } } }
                            }
                            @if decides { (buttons(words, finding, token, &back)) }
                        }
                    }
                }
            }
            p.about {
                (words.fill("quality-person-score", [("score", percent(Some(whole)).into())]))
                @if course.len() > 1 { " " (spark(&course)) }
            }
            dl.facts {
                @for (word, figure) in quality.scores.figures() {
                    @if figure.is_some() {
                        dt { (words.say(&format!("quality-{word}"))) }
                        dd { (percent(figure)) }
                    }
                }
            }
        }
    }
}
