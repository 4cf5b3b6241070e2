//! Signing on with the company's own directory (OpenID Connect): which directory, who has which
//! account, the way there and back.
//!
//! **Invariant:** a directory lets nobody in by an e-mail address: an account is found by issuer
//! and subject, a link is made only by who is logged in to the account, and a new account only by
//! who follows an invitation to the address that the directory has verified.

mod journey;
mod linking;
mod setting;

pub use journey::{SignOnOutcome, SignOnPurpose, SignOnRefusal, SignOnReturn, SignOnStart};
pub(super) use setting::KnownDirectory;
pub use setting::{LABEL_CHARS_MOST, SignOnChange, SignOnView};
