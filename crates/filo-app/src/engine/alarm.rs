//! What identity stopped at, as something that a person should look at.
//!
//! **Invariant:** it is written with the checkpoint of the state that it was found in.

use filo_core::id::{IncidentId, NodeId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::incident::{self, Report};

use crate::webhook::News;

/// Tells a person what identity stopped at; the same reason and identifier is one incident.
/// News if it is a new one.
pub(super) async fn raise(
    tx: &mut Tx<'_>,
    reason: &'static str,
    node: NodeId,
    now: Timestamp,
) -> Result<Option<News>, filo_store::Error> {
    let subject = node.to_string();
    // Any number nobody else has would do; this one needs no chance.
    let id = IncidentId(node.0 ^ (u128::from(now.0.unsigned_abs()) << 64));
    let kind = format!("identity_{reason}");
    let detail = format!(r#"{{"node":"{subject}"}}"#);
    let report = Report {
        id,
        kind: &kind,
        subject: &subject,
        detail: &detail,
        at: now,
    };
    let raised = incident::raise(tx, &report).await?;
    Ok((raised == id).then(|| News::incident(id, &kind, &subject)))
}
