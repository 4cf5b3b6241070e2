//! What leaves: `filo bench send`, `trigger` and `wake`, over a real conversation with a server
//! of mail on the same machine.
//!
//! **Invariant:** what is sent goes the whole way: run, piece, gate, claim, signature, server,
//! thread.

mod ground;
mod postfix;
pub(super) mod send;
mod sink;
pub(super) mod trigger;
pub(super) mod wake;

use super::Plan;
use super::api::Api;
use super::client::{Connection, post};
use super::figure::{Sheet, real};
use super::process::{memory, processor_s};
use super::request::basic;
use super::server::{Place, Server};
