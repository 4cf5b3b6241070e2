//! Messages to customers: planned by whoever has something to say, let through by the one gate,
//! handed over by the one dispatcher.
//!
//! **Invariant:** nothing leaves for a customer but through [`dispatch`], after the gate said so.

mod approving;
mod claiming;
mod dispatch;
mod footer;
mod handing;
mod pacing;
mod passing;
mod planning;
mod policy;
mod posting;
mod sending;
mod settling;
mod showing;
mod spelling;
mod standing;
mod texting;
mod turning;
mod view;
mod warming;
mod weighing;

pub(crate) use approving::about;
pub(crate) use dispatch::{Outbox, dispatch_while_leading};
pub use handing::Unsaid;
pub(crate) use handing::purpose_name;
pub(crate) use pacing::Queues;
pub use pacing::Sign;
pub use planning::{NewMessage, Preview, Says};
pub use policy::PolicyView;
pub(crate) use policy::stored as stored_policy;
pub(crate) use sending::{Sending, class_of, plan as plan_sendings};
pub use settling::finding_json;
pub(crate) use showing::Showing;
pub(crate) use spelling::Spelled;
pub use view::{Found, MessageView, Said};
