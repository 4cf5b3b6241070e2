//! Everything of Filo that opens a connection to the outside: one guarded HTTP client, those who
//! carry messages over it, platforms of advertising, the post, and questions to the name server.
//!
//! **Invariant:** a connection goes to an address that was checked, and to exactly that one: the
//! name is looked up once, every address of the answer is looked at, and nothing looks it up
//! again. No redirect is followed, no proxy of the environment is used.
//! **Invariant:** no answer takes more than ten seconds or a megabyte.

#![warn(missing_docs)]

mod address;
pub mod advertising;
pub mod channel;
mod client;
mod exchange;
pub mod mail;
mod network;
pub mod oidc;
mod pace;
mod target;
mod tls;

pub use address::{Reach, reach};
pub use client::{Answer, Client, Failure, Options, Request};
pub use network::{Network, SystemNetwork};
pub use target::{AllowedHost, Refusal, Target};
pub use tls::TlsError;
