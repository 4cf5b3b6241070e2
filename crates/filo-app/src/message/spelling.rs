//! Messages as they would leave now, written out for a person of the company; nothing leaves.

use filo_core::id::CustomerId;
use filo_core::message::gate::Finding;
use filo_core::profile::view::summary;
use filo_store::message::MessageRow;
use filo_store::message::copy::CopyRow;

use super::handing::{Made, Unsaid};
use crate::app::App;
use crate::error::Result;

/// A message as it would leave now.
#[derive(Debug, Clone)]
pub(crate) struct Spelled {
    /// Who its person is now, if they are known.
    pub(crate) customer: Option<CustomerId>,
    /// How they are called.
    pub(crate) name: Option<String>,
    /// What they would read; without, why it cannot be said.
    pub(crate) says: std::result::Result<CopyRow, Unsaid>,
    /// What the gate finds now.
    pub(crate) findings: Vec<Finding>,
}

impl App {
    /// Writes messages out as they would leave now.
    pub(crate) async fn spell_out(
        &self,
        rows: Vec<MessageRow>,
    ) -> Result<Vec<(MessageRow, Spelled)>> {
        let standing = self.standing().await?;
        let mut spelled = Vec::with_capacity(rows.len());
        for row in rows {
            let weighed = self.weigh(&row, &standing).await?;
            let says = match self.make_ready(&row, &weighed, &standing).await? {
                Made::Ready(ready) => Ok(ready.copy()),
                Made::Nowhere => Err(Unsaid::Nowhere),
                Made::Unsayable(why) => Err(why),
            };
            let customer = weighed.customer.as_ref();
            let of = Spelled {
                customer: customer.map(|it| it.id),
                name: customer.and_then(|it| summary(&it.profile).display_name),
                says,
                findings: weighed.verdict.findings,
            };
            spelled.push((row, of));
        }
        Ok(spelled)
    }
}
