//! The company's mail: the account, handing letters over, warming up, what comes back, and who
//! keeps whose mailbox.
//!
//! **Invariant:** every letter that Filo hands over goes through [`Carrier::hand_over`];
//! password and key of signatures are read there and nowhere else.

mod account;
mod colleague;
mod fetching;
mod kept;
mod provider;
mod return_box;
mod returning;
mod sending;
mod warming;

use filo_connect::mail::Post;
pub use filo_connect::mail::{
    Handed, Letter, LetterFault, MailboxFault, Opened, RefusedWhy, Unsubscribe,
};
use parking_lot::Mutex;

pub use account::{MailChange, MailRecord, MailView};
pub use colleague::Told;
pub(crate) use colleague::{Note, Noted};
pub use fetching::FetchedReturns;
pub use kept::KeptMail;
pub use return_box::{ReturnBoxChange, ReturnBoxView};
pub use sending::{Carrier, Handing, TestSent};
pub(crate) use warming::{Place, Sizes, Warming};
pub use warming::{WarmUpChange, WarmUpView};

/// What is remembered between letters.
#[derive(Debug, Default)]
pub(crate) struct Mailing {
    /// The post of a version of the settings.
    post: Mutex<Option<(i64, Post)>>,
    /// Whose machines receive for which domain.
    providers: provider::Providers,
    /// One round of fetching at a time.
    fetching: tokio::sync::Mutex<()>,
}
