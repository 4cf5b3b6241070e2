//! Who is who: why identifiers are one customer, what a decision would change, and deciding.

use std::collections::HashMap;

use axum::extract::State;
use filo_app::Actor;
use filo_app::App;
use filo_app::IdentifierView;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Difference, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, ok};
use super::customer_out::IdentifierOut;
use super::note::RecordedOut;
use super::paging::Page;
use super::power::Bearer;
use super::reason_out::ExplanationOut;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{DecideIdentity, SeePeople};

/// Two identifiers, or two customers standing for their oldest ones.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PairIn {
    /// `idn_…` or `cus_…`.
    a: String,
    /// `idn_…` or `cus_…`.
    b: String,
    /// Why, in a sentence.
    #[serde(default)]
    note: String,
}

impl PairIn {
    fn nodes(&self) -> Result<(NodeId, NodeId), Problem> {
        Ok((node("a", &self.a)?, node("b", &self.b)?))
    }
}

/// A customer's id is that of an identifier, so it can stand for it.
fn node(field: &'static str, text: &str) -> Result<NodeId, Problem> {
    let customer = || text.parse::<CustomerId>().map(NodeId::from);
    text.parse::<NodeId>()
        .or_else(|_not_one| customer())
        .map_err(|_neither| {
            Problem::invalid(
                field,
                "must be the id of an identifier (idn_…) or customer (cus_…)",
            )
        })
}

/// One customer of a comparison.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cluster)]
pub(crate) struct ClusterOut<'a> {
    /// The customer's id.
    #[schema(value_type = String)]
    id: Text<CustomerId>,
    /// Its identifiers.
    identifiers: Vec<IdentifierOut<'a>>,
}

/// What a decision would change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Difference)]
pub(crate) struct DifferenceOut<'a> {
    /// Customers there are now and would not be.
    before: Vec<ClusterOut<'a>>,
    /// Customers there would be and are not now.
    after: Vec<ClusterOut<'a>>,
    /// Whether what is asked for would come about.
    achieved: bool,
}

/// The identifiers of a customer, strongest kind first.
#[utoipa::path(
    get, path = "/customers/{id}/identifiers", tag = "identity", params(("id" = String, Path)),
    responses((status = 200, body = Page<IdentifierOut<'static>>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn identifiers(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let customer = app
        .eyes(&key.actor)
        .customer(id)
        .await?
        .ok_or_else(|| Problem::missing("customer"))?;
    ok(&Page::whole(
        customer
            .identifiers
            .iter()
            .map(IdentifierOut::new)
            .collect(),
    ))
}

/// Why these identifiers are one customer.
#[utoipa::path(
    get, path = "/customers/{id}/explanation", tag = "identity", params(("id" = String, Path)),
    responses((status = 200, body = ExplanationOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn explanation(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let explanation = app
        .eyes(&key.actor)
        .why(id)
        .await?
        .ok_or_else(|| Problem::missing("customer"))?;
    ok(&ExplanationOut::new(&explanation))
}

/// What would change if two identifiers of a customer were different people.
#[utoipa::path(
    post, path = "/customers/{id}/separations/preview", tag = "identity",
    params(("id" = String, Path)), request_body = PairIn,
    responses((status = 200, body = DifferenceOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_separation(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
    Body(pair): Body<PairIn>,
) -> Answer {
    if app.customer(id).await?.is_none() {
        return Err(Problem::missing("customer"));
    }
    preview(&app, &key.actor, &pair, Verdict::Apart).await
}

/// What would change if two identifiers were one person.
#[utoipa::path(
    post, path = "/joins/preview", tag = "identity", request_body = PairIn,
    responses((status = 200, body = DifferenceOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_join(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    Body(pair): Body<PairIn>,
) -> Answer {
    preview(&app, &key.actor, &pair, Verdict::Together).await
}

async fn preview(app: &App, actor: &Actor, pair: &PairIn, verdict: Verdict) -> Answer {
    let (a, b) = pair.nodes()?;
    let difference = app.what_if(a, b, verdict).await?;
    let known = values(app, actor, &difference).await?;
    let show = |clusters: &[filo_core::identity::Cluster]| -> Vec<ClusterOut<'_>> {
        let identifiers = |nodes: &[NodeId]| {
            nodes
                .iter()
                .filter_map(|node| known.get(node))
                .map(IdentifierOut::new)
                .collect()
        };
        let cluster = |cluster: &filo_core::identity::Cluster| ClusterOut {
            id: Text(cluster.id),
            identifiers: identifiers(&cluster.nodes),
        };
        clusters.iter().map(cluster).collect()
    };
    ok(&DifferenceOut {
        before: show(&difference.before),
        after: show(&difference.after),
        achieved: difference.achieved,
    })
}

/// The values of the identifiers that a difference speaks of: all of them belong to customers
/// there are now.
pub(crate) async fn values(
    app: &App,
    actor: &Actor,
    difference: &Difference,
) -> filo_app::Result<HashMap<NodeId, IdentifierView>> {
    let mut known = HashMap::new();
    for cluster in &difference.before {
        if let Some(customer) = app.eyes(actor).customer(cluster.id).await? {
            known.extend(customer.identifiers.into_iter().map(|it| (it.node, it)));
        }
    }
    Ok(known)
}

/// Rules that two identifiers are different people.
#[utoipa::path(
    post, path = "/separations", tag = "identity", request_body = PairIn,
    responses((status = 201, body = RecordedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn separate(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(pair): Body<PairIn>,
) -> Answer {
    rule(&app, &key, &pair, Verdict::Apart).await
}

/// Rules that two identifiers are one person.
#[utoipa::path(
    post, path = "/joins", tag = "identity", request_body = PairIn,
    responses((status = 201, body = RecordedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn join(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(pair): Body<PairIn>,
) -> Answer {
    rule(&app, &key, &pair, Verdict::Together).await
}

/// Takes the ruling about two identifiers back: the evidence counts again.
#[utoipa::path(
    post, path = "/rulings/withdrawals", tag = "identity", request_body = PairIn,
    responses((status = 201, body = RecordedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn withdraw(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(pair): Body<PairIn>,
) -> Answer {
    rule(&app, &key, &pair, Verdict::Withdrawn).await
}

async fn rule(app: &App, key: &Bearer<DecideIdentity>, pair: &PairIn, verdict: Verdict) -> Answer {
    let (a, b) = pair.nodes()?;
    let event = app.rule(&key.actor, a, b, verdict, &pair.note).await?;
    created(&RecordedOut { event: Text(event) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_stands_for_its_oldest_identifier() {
        let id = NodeId(42);
        assert_eq!(node("a", &id.to_string()).unwrap(), id);
        assert_eq!(node("a", &CustomerId(42).to_string()).unwrap(), id);
        assert_eq!(node("a", "evt_x").unwrap_err().field.as_deref(), Some("a"));
    }
}
