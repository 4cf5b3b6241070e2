//! Checking, extending, answering and refusing requests about data.

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Token};
use filo_core::id::{DataRequestId, ErasureId};
use filo_core::privacy::data_request::{DataRequest, NotNow, Proof, Wish};
use filo_core::time::Timestamp;
use filo_store::data_request;

use super::{DataRequestView, NOTE_CHARS_MOST, not_now, save};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::consent::{NewSuppression, SuppressionReason, Whom};
use crate::customer::CustomerView;
use crate::decision::{NewConsent, StatementOrigin, bounded};
use crate::erasure::Ground;
use crate::error::{Error, Result};

impl App {
    /// Takes down by what a person showed that the request is theirs.
    ///
    /// # Errors
    /// If the actor may not, there is none, or it is checked or closed already.
    pub async fn check_data_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
        proof: Proof,
    ) -> Result<DataRequestView> {
        let entry = actor.did(Act::DataRequestChecked, self.now());
        let entry = entry.with("proof", Token::word(proof.word()));
        let check = |row: DataRequest, now| row.check(proof, now);
        self.change_request(actor, id, (entry, check)).await
    }

    /// Takes two more months, for a reason that the person is told.
    ///
    /// # Errors
    /// If the actor may not, there is none, no reason is given, or it is too late for it.
    pub async fn extend_data_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
        reason: &str,
    ) -> Result<DataRequestView> {
        let reason = reasoned(reason)?;
        let zone = self.zone();
        let entry = actor.did(Act::DataRequestExtended, self.now());
        let extend = move |row: DataRequest, now| row.extend(reason, now, &zone);
        self.change_request(actor, id, (entry, extend)).await
    }

    /// Refuses a request, for a reason that the person is told.
    ///
    /// # Errors
    /// If the actor may not, there is none, no reason is given, or it is closed already.
    pub async fn refuse_data_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
        reason: &str,
    ) -> Result<DataRequestView> {
        let reason = reasoned(reason)?;
        let entry = actor.did(Act::DataRequestRefused, self.now());
        let refuse = move |row: DataRequest, now| row.refuse(reason, now);
        self.change_request(actor, id, (entry, refuse)).await
    }

    /// Opens a request again that was closed by mistake.
    ///
    /// # Errors
    /// If the actor may not, there is none, it is open, or nothing is left of who asked.
    pub async fn reopen_data_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
    ) -> Result<DataRequestView> {
        let entry = actor.did(Act::DataRequestReopened, self.now());
        let reopen = |row: DataRequest, _now| row.reopen();
        self.change_request(actor, id, (entry, reopen)).await
    }

    /// Does what a request asks, as far as Filo can, and closes it: erases, or withdraws every
    /// consent and puts the addresses on the list that nothing is sent to. A copy and a
    /// correction are the actor's: they say that it was handed over or made.
    ///
    /// # Errors
    /// If the actor may not do it, there is none, nobody has shown that it is theirs, it is closed
    /// already, or it cannot be done now.
    pub async fn answer_data_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
        note: &str,
    ) -> Result<DataRequestView> {
        actor.must(Right::HandlePrivacy)?;
        bounded("note", note, NOTE_CHARS_MOST)?;
        let row = self.request_row(id).await?;
        row.can_be_answered().map_err(not_now)?;
        let customer = self.asker(&row).await?;
        let erasure = match (row.wish, customer) {
            (Wish::Erasure, Some(customer)) => {
                let erasure = self.erase(actor, customer.id, Ground::Request).await?;
                Some(erasure.id)
            }
            (Wish::Objection, Some(customer)) => {
                self.stop_addressing(actor, &customer, id).await?;
                None
            }
            (Wish::Access | Wish::Portability | Wish::Rectification, _) | (_, None) => None,
        };
        let entry = actor.did(Act::DataRequestDone, self.now());
        let note = note.trim().to_owned();
        // What was written about who was forgotten would be about them again.
        let note = if erasure.is_some() {
            String::new()
        } else {
            note
        };
        let finish = finishing(note, erasure);
        self.change_request(actor, id, (entry, finish)).await
    }

    /// Load, decide, save, record.
    async fn change_request(
        &self,
        actor: &Actor,
        id: DataRequestId,
        (entry, decide): (
            Entry,
            impl FnOnce(DataRequest, Timestamp) -> Result<DataRequest, NotNow>,
        ),
    ) -> Result<DataRequestView> {
        actor.must(Right::HandlePrivacy)?;
        let mut tx = self.shared().db.begin().await?;
        let row = data_request::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("data request"))?;
        let was = row.stage;
        let row = decide(row, self.now()).map_err(not_now)?;
        save(&mut tx, &row, was).await?;
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.view_of(actor, row).await
    }

    /// Nothing is sent to them any more (GDPR, art. 21): every consent is withdrawn, and each
    /// address is on the list, so that a new one of the company's systems does not change it.
    async fn stop_addressing(
        &self,
        actor: &Actor,
        customer: &CustomerView,
        request: DataRequestId,
    ) -> Result<()> {
        let addresses = customer.identifiers.iter();
        let addresses = addresses.filter(|it| it.kind.is_address());
        let lines: Vec<NewSuppression> = addresses
            .map(|it| NewSuppression {
                whom: Whom::Node(it.node),
                channel: None,
                reason: SuppressionReason::Unsubscribed,
                note: String::new(),
            })
            .collect();
        // First the list: after it nothing is sent, whatever happens to the event.
        self.suppress(actor, &lines).await?;
        let withdrawal = NewConsent {
            purpose: "*".to_owned(),
            channel: "any".to_owned(),
            granted: false,
            basis: "consent".to_owned(),
            wording: String::new(),
            proof: request.to_string(),
            how: StatementOrigin {
                how: "request".to_owned(),
                ..StatementOrigin::default()
            },
        };
        self.record_consent(actor, customer.id, &withdrawal).await?;
        Ok(())
    }
}

fn finishing(
    note: String,
    erasure: Option<ErasureId>,
) -> impl FnOnce(DataRequest, Timestamp) -> Result<DataRequest, NotNow> {
    move |row, now| row.finish(note, erasure, now)
}

/// A reason that says something.
fn reasoned(reason: &str) -> Result<String> {
    bounded("reason", reason, NOTE_CHARS_MOST)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", "say why: who asked is told"));
    }
    Ok(reason.to_owned())
}
