//! Deciding about identity: first what would change, then the decision.
//!
//! **Invariant:** a ruling is only made from a page that showed what it changes; taking back what
//! was just decided needs no page, because it leads to what stood before.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use filo_app::{App, Error, IdentifierView};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Cluster, Difference, Kind, Verdict};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::person::reason::{Known, identifier};
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{DecideIdentity, Power};
use crate::ui::form::{Field, form};
use crate::ui::page::{Frame, Place, page};

/// Letters of a reason, as the app has it.
const NOTE_LENGTH_MOST: usize = 500;

/// A ruling that somebody thinks of.
#[derive(Debug, Deserialize)]
pub(super) struct Thought {
    a: String,
    b: String,
    verdict: String,
}

/// What would change.
pub(super) async fn preview(
    State(app): State<App>,
    session: Session<DecideIdentity>,
    Path(customer): Path<String>,
    Query(thought): Query<Thought>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let pair = (id(&thought.a)?, id(&thought.b)?);
    let verdict = verdict_of(&thought.verdict)?;
    confirm(&app, &session, customer, pair, verdict).await
}

/// Who the other one is, in any words that name exactly one person.
#[derive(Debug, Deserialize)]
pub(super) struct Other {
    who: String,
}

/// What would change if this person were that one.
pub(super) async fn preview_join(
    State(app): State<App>,
    session: Session<DecideIdentity>,
    Path(customer): Path<String>,
    Query(other): Query<Other>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let found = other_person(&app, other.who.trim()).await?;
    let Some(found) = found else {
        let detail = session.words.say("join-nobody").into_owned();
        let status = http::StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Failure::Refused { status, detail });
    };
    if found == customer {
        let detail = session.words.say("join-same").into_owned();
        let status = http::StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Failure::Refused { status, detail });
    }
    let pair = (NodeId::from(customer), NodeId::from(found));
    confirm(&app, &session, customer, pair, Verdict::Together).await
}

/// By the address of their page, their id, or any identifier that a person would write.
pub(super) async fn other_person(app: &App, who: &str) -> filo_app::Result<Option<CustomerId>> {
    let last = who.rsplit('/').next().unwrap_or(who);
    if let Ok(customer) = last.parse::<CustomerId>() {
        return Ok(app.customer(customer).await?.map(|customer| customer.id));
    }
    for kind in [
        Kind::Email,
        Kind::Phone,
        Kind::UserId,
        Kind::Card,
        Kind::TaxCode,
    ] {
        if let Some(customer) = app.find(kind, who).await? {
            return Ok(Some(customer.id));
        }
    }
    Ok(None)
}

async fn confirm(
    app: &App,
    session: &Session<DecideIdentity>,
    customer: CustomerId,
    pair: (NodeId, NodeId),
    verdict: Verdict,
) -> Answer {
    let difference = app.what_if(pair.0, pair.1, verdict).await?;
    let values = crate::api::values(app, &session.actor, &difference).await?;
    let mut known = values;
    if known.is_empty() {
        add(&mut known, app, customer).await?;
    }
    let known: Known<'_> = known.iter().map(|(node, value)| (*node, value)).collect();
    let words = session.words;
    let confirm = Confirm {
        customer,
        pair,
        verdict,
        difference: &difference,
        known: &known,
    };
    let title = words.say(&format!("ruling-title-{}", verdict.word()));
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    shown(page(
        &frame,
        &content(words, &confirm, &title, &session.token),
    ))
}

async fn add(
    known: &mut HashMap<NodeId, IdentifierView>,
    app: &App,
    customer: CustomerId,
) -> filo_app::Result<()> {
    if let Some(customer) = app.customer(customer).await? {
        known.extend(customer.identifiers.into_iter().map(|it| (it.node, it)));
    }
    Ok(())
}

struct Confirm<'a> {
    customer: CustomerId,
    pair: (NodeId, NodeId),
    verdict: Verdict,
    difference: &'a Difference,
    known: &'a Known<'a>,
}

fn content(words: Words, confirm: &Confirm<'_>, title: &str, token: &str) -> Markup {
    let Confirm {
        customer,
        pair: (a, b),
        verdict,
        difference,
        known,
    } = confirm;
    let note = Field {
        name: "note",
        label: &words.say("ruling-note"),
        hint: Some(&words.say("ruling-note-hint")),
        length_most: NOTE_LENGTH_MOST,
        ..Field::default()
    };
    let class = if *verdict == Verdict::Apart {
        "danger"
    } else {
        ""
    };
    let fields = html! {
        @for (name, value) in [("a", a.to_string()), ("b", b.to_string()), ("verdict", verdict.word().to_owned())] {
            input type="hidden" name=(name) value=(value);
        }
        (note.input())
        div.actions {
            button.(class) type="submit" { (words.say(&format!("ruling-confirm-{}", verdict.word()))) }
            a.button.quiet href={ "/people/" (customer) } { (words.say("cancel")) }
        }
    };
    html! {
        h1 { (title) }
        p.lead { (identifier(words, known, *a)) " + " (identifier(words, known, *b)) }
        @if difference.before.is_empty() && difference.after.is_empty() {
            p.notice { (words.say("ruling-no-change")) }
        } @else {
            div.before-after {
                (side(words, "ruling-before", &difference.before, known))
                (side(words, "ruling-after", &difference.after, known))
            }
        }
        @if !difference.achieved { p.notice.notice-bad { (words.say("ruling-not-achieved")) } }
        p.soft { (words.say("ruling-reversible")) }
        (form(&format!("/people/{customer}/rulings"), token, &fields))
    }
}

fn side(words: Words, key: &str, clusters: &[Cluster], known: &Known<'_>) -> Markup {
    html! {
        section.card {
            h2 { (words.say(key)) }
            @for cluster in clusters {
                div.group {
                    ul { @for node in &cluster.nodes { li { (identifier(words, known, *node)) } } }
                }
            }
        }
    }
}

/// The decision.
#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    a: String,
    b: String,
    verdict: String,
    #[serde(default)]
    note: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<DecideIdentity, Decision>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let Posted { session, form } = posted;
    let (a, b) = (id(&form.a)?, id(&form.b)?);
    let verdict = verdict_of(&form.verdict)?;
    decided(&app, &session, (a, b), verdict, &form.note).await?;
    let word = verdict.word();
    done(&match verdict {
        // What was decided can be taken back from the page that tells of it.
        Verdict::Apart | Verdict::Together => {
            format!("/people/{customer}?done=ruling-{word}&done-a={a}&done-b={b}")
        }
        Verdict::Withdrawn => format!("/people/{customer}?done=ruling-{word}"),
    })
}

async fn decided<P: Power>(
    app: &App,
    session: &Session<P>,
    (a, b): (NodeId, NodeId),
    verdict: Verdict,
    note: &str,
) -> Result<(), Error> {
    app.rule(&session.actor, a, b, verdict, note)
        .await
        .map(drop)
}

fn verdict_of(word: &str) -> Result<Verdict, Failure> {
    let found = Verdict::ALL
        .into_iter()
        .find(|verdict| verdict.word() == word);
    found.ok_or(Failure::Missing)
}

#[cfg(test)]
mod tests {
    use filo_core::event::Trust;
    use filo_core::identity::NodeFacts;
    use filo_core::time::Timestamp;

    use super::*;
    use crate::i18n::Language;

    fn view(node: u128, kind: Kind, value: &str) -> IdentifierView {
        let at = Timestamp(0);
        let facts = NodeFacts {
            id: NodeId(node),
            kind,
            first_seen: at,
            last_seen: at,
            trust: Trust::Verified,
        };
        IdentifierView {
            node: NodeId(node),
            kind,
            value: value.into(),
            facts,
        }
    }

    #[test]
    fn the_preview_shows_both_sides_and_carries_the_pair() {
        let views = [
            view(1, Kind::Email, "anna@example.it"),
            view(2, Kind::UserId, "<i>7</i>"),
        ];
        let known: Known<'_> = views.iter().map(|view| (view.node, view)).collect();
        let cluster = |id: u128, nodes: &[u128]| Cluster {
            id: CustomerId(id),
            nodes: nodes.iter().copied().map(NodeId).collect(),
        };
        let difference = Difference {
            before: vec![cluster(1, &[1, 2])],
            after: vec![cluster(1, &[1]), cluster(2, &[2])],
            achieved: true,
        };
        let confirm = Confirm {
            customer: CustomerId(1),
            pair: (NodeId(1), NodeId(2)),
            verdict: Verdict::Apart,
            difference: &difference,
            known: &known,
        };
        for language in Language::ALL {
            let page = content(Words::of(language), &confirm, "x", "t0ken").into_string();
            assert_eq!(page.matches(r#"class="group""#).count(), 3, "{page}");
            assert!(page.contains("&lt;i&gt;7&lt;/i&gt;") && page.contains("anna@example.it"));
            assert!(page.contains(r#"value="t0ken""#) && page.contains(r#"value="apart""#));
            assert!(page.contains(&NodeId(2).to_string()), "{page}");
        }
    }
}
