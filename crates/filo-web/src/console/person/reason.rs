//! Why a person is one: every link in words, with the way to take it apart; and the rulings that
//! stand, with the way to take them back.

use std::collections::HashMap;

use filo_app::{Explanation, IdentifierView};
use filo_core::event::Trust;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Kind, Link, Obstacle, Outcome, Reason, Ruling, Verdict};
use maud::{Markup, html};

use super::picture::picture;
use crate::i18n::Words;
use crate::ui::shown;

/// Identifiers by node, to show values where the graph knows ids.
pub(in crate::console) type Known<'a> = HashMap<NodeId, &'a IdentifierView>;

/// The identifiers that an explanation mentions.
pub(super) fn known(explanation: &Explanation) -> Known<'_> {
    let all = explanation.identifiers.iter().chain(&explanation.others);
    all.map(|identifier| (identifier.node, identifier))
        .collect()
}

/// The section of the page.
pub(super) fn section(
    words: Words,
    customer: CustomerId,
    explanation: &Explanation,
    links: &[Link],
) -> Markup {
    let known = known(explanation);
    let (refused, joined): (Vec<_>, Vec<_>) = explanation
        .reasons
        .iter()
        .partition(|reason| matches!(reason.outcome, Outcome::Refused { .. }));
    let is_joined = |ruling: &Ruling| ruling.verdict == Verdict::Apart;
    let apart = links
        .iter()
        .filter(|link| link.ruling.as_ref().is_some_and(is_joined));
    let apart: Vec<&Link> = apart.collect();
    html! {
        section.card.why #why {
            h2 { (words.say("why-title")) }
            @if joined.is_empty() {
                p.soft { (words.say("why-single")) }
            } @else {
                p.soft { (words.say("why-lead")) }
                (picture(words, customer, &known, &joined))
            }
            @if !refused.is_empty() {
                details {
                    summary { (words.fill("why-refused", [("count", refused.len().into())])) }
                    ul.list {
                        @for reason in refused { (refused_line(words, customer, &known, reason)) }
                    }
                }
            }
            @if !apart.is_empty() {
                h3 { (words.say("why-apart")) }
                ul.list {
                    @for link in apart {
                        li {
                            div.line {
                                span { (pair(words, &known, link.a, link.b)) }
                                (ruling_button(words, customer, (link.a, link.b), Verdict::Withdrawn))
                            }
                            @if let Some(ruling) = &link.ruling { (ruling_words(words, ruling)) }
                        }
                    }
                }
            }
        }
    }
}

/// The proof of a link that joined, or the ruling that did, with the way to take it apart.
pub(super) fn joined_ways(words: Words, customer: CustomerId, reason: &Reason) -> Markup {
    let nodes = (reason.a.id, reason.b.id);
    let together = reason
        .ruling
        .as_ref()
        .filter(|ruling| ruling.verdict == Verdict::Together);
    html! {
        div.line {
            @if let Some(ruling) = together {
                (ruling_words(words, ruling))
                (ruling_button(words, customer, nodes, Verdict::Withdrawn))
            } @else {
                p.about { (proof(words, reason)) }
                (ruling_button(words, customer, nodes, Verdict::Apart))
            }
        }
    }
}

fn refused_line(words: Words, customer: CustomerId, known: &Known<'_>, reason: &Reason) -> Markup {
    let Outcome::Refused { obstacle } = reason.outcome else {
        return html! {};
    };
    html! {
        li {
            div.line {
                span { (pair(words, known, reason.a.id, reason.b.id)) }
                @if obstacle != Obstacle::KeptApart {
                    (ruling_button(words, customer, (reason.a.id, reason.b.id), Verdict::Together))
                }
            }
            p.about { (obstacle_words(words, obstacle)) " " (proof(words, reason)) }
        }
    }
}

/// "Seen together in an event of the shop, on 3 May" or the like.
fn proof(words: Words, reason: &Reason) -> String {
    let Some(evidence) = &reason.evidence else {
        return String::new();
    };
    let key = match evidence.trust {
        Trust::Claimed => "why-proof-claimed",
        Trust::Verified => "why-proof-verified",
        Trust::Staff => "why-proof-staff",
    };
    words.fill(key, [("date", words.date_time(evidence.at).into())])
}

/// Who decided, when and why.
fn ruling_words(words: Words, ruling: &Ruling) -> Markup {
    let key = match ruling.verdict {
        Verdict::Together => "ruling-together",
        Verdict::Apart => "ruling-apart",
        Verdict::Withdrawn => "ruling-withdrawn",
    };
    let variables = [
        ("actor", shown::line(&ruling.actor).into()),
        ("date", words.date_time(ruling.at).into()),
    ];
    html! {
        p.about {
            (words.fill(key, variables))
            @if !ruling.note.is_empty() { " " q { (shown::line(&ruling.note)) } }
        }
    }
}

fn ruling_button(
    words: Words,
    customer: CustomerId,
    (a, b): (NodeId, NodeId),
    verdict: Verdict,
) -> Markup {
    let key = match verdict {
        Verdict::Apart => "ruling-do-apart",
        Verdict::Together => "ruling-do-together",
        Verdict::Withdrawn => "ruling-do-withdrawn",
    };
    let address = format!(
        "/people/{customer}/rulings/preview?a={a}&b={b}&verdict={}",
        verdict.word()
    );
    html! { a.button.quiet.small href=(address) { (words.say(key)) } }
}

/// What an obstacle means.
pub(super) fn obstacle_words(words: Words, obstacle: Obstacle) -> String {
    if let Obstacle::Limit(kind) = obstacle {
        return words.fill("obstacle-limit", [("kind", kind_word(words, kind).into())]);
    }
    words
        .say(&format!("obstacle-{}", obstacle.word().replace('_', "-")))
        .into_owned()
}

/// A kind of identifier in the language.
pub(in crate::console) fn kind_word(words: Words, kind: Kind) -> String {
    words
        .say(&format!("kind-{}", kind.word().replace('_', "-")))
        .into_owned()
}

/// Two identifiers with their kinds.
fn pair(words: Words, known: &Known<'_>, a: NodeId, b: NodeId) -> Markup {
    html! { (identifier(words, known, a)) " + " (identifier(words, known, b)) }
}

/// One identifier with its kind; by its id if nothing else is known of it.
pub(in crate::console) fn identifier(words: Words, known: &Known<'_>, node: NodeId) -> Markup {
    html! {
        @match known.get(&node) {
            Some(identifier) => {
                span.soft.small { (kind_word(words, identifier.kind)) } " "
                bdi.value { (shown::line(&identifier.value)) }
            }
            None => code { (node) }
        }
    }
}
