//! The client against a network that the test makes up, and against real listeners.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail there"
)]

mod answers;
mod forgery;
mod house;

use filo_core::time::Timestamp;

/// When every test happens.
const NOW: Timestamp = Timestamp(1_791_367_200_000_000);
