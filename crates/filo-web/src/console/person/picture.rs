//! Why a person is one, as a picture: identifiers as knots on a thread, each tied by its proof.
//!
//! **Invariant:** every link that joined stands here once, in the order in which it did, with the
//! way to take it apart.

use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Reason;
use maud::{Markup, html};

use super::reason::{Known, identifier, joined_ways};
use crate::i18n::Words;

/// One knot, and the links that tie it to those above.
struct Knot<'a> {
    node: NodeId,
    ties: Vec<(&'a Reason, NodeId)>,
}

pub(super) fn picture(
    words: Words,
    customer: CustomerId,
    known: &Known<'_>,
    reasons: &[&Reason],
) -> Markup {
    let knots = knots(NodeId::from(customer), reasons);
    html! {
        ol.knots {
            @for knot in &knots {
                li {
                    p.knot { (identifier(words, known, knot.node)) }
                    @for (reason, other) in &knot.ties {
                        div.tie {
                            p.about { (words.say("why-tied-to")) " " (identifier(words, known, *other)) }
                            (joined_ways(words, customer, reason))
                        }
                    }
                }
            }
        }
    }
}

/// The oldest first; each link belongs to the knot that came later.
fn knots<'a>(oldest: NodeId, reasons: &[&'a Reason]) -> Vec<Knot<'a>> {
    let mut knots: Vec<Knot<'a>> = Vec::new();
    let place = |knots: &mut Vec<Knot<'a>>, node: NodeId| {
        let found = knots.iter().position(|knot| knot.node == node);
        found.unwrap_or_else(|| {
            knots.push(Knot {
                node,
                ties: Vec::new(),
            });
            knots.len() - 1
        })
    };
    let is_here = |reason: &&&Reason| reason.a.id == oldest || reason.b.id == oldest;
    if reasons.iter().any(|reason| is_here(&reason)) {
        place(&mut knots, oldest);
    }
    for reason in reasons {
        let (a, b) = (reason.a.id, reason.b.id);
        let known = |node: NodeId, knots: &[Knot<'_>]| knots.iter().any(|knot| knot.node == node);
        // Of two new ones the first stands alone and the second is tied to it.
        let (first, second) = if known(b, &knots) && !known(a, &knots) {
            (b, a)
        } else {
            (a, b)
        };
        let (first_at, second_at) = (place(&mut knots, first), place(&mut knots, second));
        let (later, other) = if second_at > first_at {
            (second_at, first)
        } else {
            (first_at, second)
        };
        knots[later].ties.push((reason, other));
    }
    knots
}
