//! The certificate: everything a person said about consent, with its proof and its texts, what
//! counts now, and a fingerprint of it all.

use filo_core::access::Right;
use filo_core::consent::ledger::Ledger;
use filo_core::consent::suppression::Suppression;
use filo_core::id::CustomerId;
use filo_core::time::Timestamp;

use super::wording::Wording;
use crate::actor::Actor;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

/// What a certificate is made of.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Whom it is about.
    pub customer: CustomerView,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who had it made.
    pub made_by: String,
    /// Every statement, the oldest first.
    pub ledger: Ledger,
    /// Every event was read.
    pub is_whole: bool,
    /// The texts that the statements name.
    pub wordings: Vec<Wording>,
    /// The lines of the suppression list.
    pub suppressions: Vec<Suppression>,
}

impl App {
    /// The certificate of a person's consents.
    ///
    /// # Errors
    /// If the actor may not see personal data, or there is no such person.
    pub async fn consent_certificate(&self, actor: &Actor, id: CustomerId) -> Result<Certificate> {
        actor.must(Right::SeePersonalData)?;
        let (customer, ledger, is_whole) = self.consent_ledger(actor, id).await?;
        let named = |wording: &Wording| {
            let name = wording.name();
            let mut statements = ledger.entries.iter().flat_map(|entry| &entry.statements);
            statements.any(|statement| statement.wording == name)
        };
        let wordings = self.wordings().await?.into_iter().filter(named).collect();
        let suppressions = self.surroundings(&customer).await?.suppressions;
        Ok(Certificate {
            customer,
            made_at: self.now(),
            made_by: actor.name.clone(),
            ledger,
            is_whole,
            wordings,
            suppressions,
        })
    }
}
