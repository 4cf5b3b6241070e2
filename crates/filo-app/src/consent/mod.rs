//! Consent: what the company asks for and in which words, what a person allowed when, who may be
//! addressed, and what customers decide for themselves on the pages behind their links.
//!
//! **Invariant (I3):** whatever asks whether somebody may be addressed asks
//! [`crate::App::may_address`], which reads statements, expiry and the suppression list together.
//! **Invariant:** what customers say through a link is an event on their thread, as everything
//! they say.

mod asking;
mod certificate;
mod choosing;
mod confirming;
mod leaving;
mod link;
mod suppressing;
mod terms;
mod wording;

pub use asking::Addressing;
pub use certificate::Certificate;
pub use choosing::{Choice, Preferences, Visitor};
pub use confirming::{Confirmed, MadeConfirmation};
pub use filo_core::consent::suppression::{CallCheck, Suppression, SuppressionReason};
pub use filo_store::suppression::SuppressionRow;
pub use link::Link;
pub use suppressing::{NewSuppression, SUPPRESSED_MOST, Whom};
pub use terms::TermsView;
pub use wording::{WORDING_CHARS_MOST, Wording};

pub(crate) use choosing::identifiers;
pub(crate) use confirming::ask_to_confirm;
pub(crate) use link::{Links, Sealer};
pub(crate) use terms::purposes_of;
