//! The way of every request, whatever its format: key, text, events; the bad ones to quarantine,
//! the good ones to the log, and only then an answer.
//!
//! **Invariant:** 200 means that every message of the request is on disk, in the log or in
//! quarantine. Quarantine is written first: if the log then refuses, the client sends everything
//! again, and a bad event seen twice is less harm than a good event lost or doubled.

use axum::response::Response;
use filo_app::{App, Permit, Quarantined, WriteKey};
use filo_core::event::{EventKind, Trust};
use filo_core::id::SourceId;
use filo_core::intake::{Defect, DefectCode, Sender};
use filo_core::time::Timestamp;
use http::header::USER_AGENT;
use http::request::Parts;

use super::key::Presented;
use super::taking::{Broken, Refused, Taken, Workspace, take, with_wire};
use super::wire::write_key;
use super::{answer, origin};
use crate::problem::Problem;

/// A request whose sender is known, and what became of its messages.
pub(super) struct Judged {
    pub(super) source: SourceId,
    pub(super) received_at: Timestamp,
    pub(super) taken: Taken,
}

/// Finds the sender of a request and makes events of its messages.
pub(super) fn judge(
    app: &App,
    head: &Parts,
    presented: &Presented,
    bytes: &[u8],
    implied: Option<EventKind>,
) -> Result<Judged, Problem> {
    let received_at = app.now();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let hint = format!("is not UTF-8 after byte {}", error.valid_up_to());
            let defect = Defect::new(DefectCode::BrokenJson, "", hint);
            return kept_as_it_came(presented, received_at, defect, bytes);
        }
    };
    let read = with_wire(text, |wire| {
        let key = presented
            .clone()
            .or_body(app, &head.headers, write_key(wire).as_deref())?;
        let sender = sender(head, &key, received_at);
        let rules = app.rules();
        let spare_id = || app.spare_id();
        let workspace = Workspace {
            rules: &rules,
            key: app.key(),
            spare_id: &spare_id,
        };
        let taken = take(text, wire, implied, &sender, &workspace);
        Ok(Judged {
            source: key.source,
            received_at,
            taken,
        })
    });
    match read {
        Ok(judged) => judged,
        Err(Broken(defect)) => kept_as_it_came(presented, received_at, defect, bytes),
    }
}

/// A body that cannot be read: it is kept if the header told who sent it.
pub(super) fn kept_as_it_came(
    presented: &Presented,
    received_at: Timestamp,
    defect: Defect,
    bytes: &[u8],
) -> Result<Judged, Problem> {
    let Some(key) = presented.known() else {
        return Err(answer::unreadable(&defect));
    };
    let body = String::from_utf8_lossy(bytes).into_owned();
    let refused = vec![Refused {
        index: 0,
        defect,
        body,
    }];
    let taken = Taken {
        refused,
        is_single: true,
        ..Taken::default()
    };
    Ok(Judged {
        source: key.source,
        received_at,
        taken,
    })
}

/// What the head of the request says of its sender.
pub(super) fn sender<'a>(head: &'a Parts, key: &WriteKey, received_at: Timestamp) -> Sender<'a> {
    let mut sender = Sender::new(key.source, key.trust, received_at);
    sender.address = origin::address(&head.headers, &head.extensions);
    if key.trust == Trust::Claimed {
        sender.user_agent = head
            .headers
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok());
    }
    sender
}

impl Judged {
    /// Puts everything on disk and says so.
    pub(super) async fn deliver(self, app: &App, permit: Permit) -> Result<Response, Problem> {
        let Taken {
            events,
            mut refused,
            is_single,
        } = self.taken;
        if refused.is_empty() {
            app.accept(permit, events).await.map_err(answer::busy)?;
            return Ok(answer::success());
        }
        let kept = refused.iter_mut().map(|one| Quarantined {
            source: Some(self.source),
            received_at: self.received_at,
            code: one.defect.code.word(),
            field: one.defect.field.clone().into_owned(),
            hint: one.defect.hint.clone(),
            body: std::mem::take(&mut one.body),
        });
        app.quarantine(kept.collect()).await.map_err(answer::busy)?;
        app.accept(permit, events).await.map_err(answer::busy)?;
        match refused.first() {
            Some(only) if is_single => Err(answer::defective(&only.defect)),
            _ => {
                let defects = refused.iter().map(|one| (one.index, &one.defect));
                Ok(answer::partly(refused.len(), defects))
            }
        }
    }
}
