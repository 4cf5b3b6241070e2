//! Time and chance as parameters: the program gives the real ones, tests their own.

use std::fmt;
use std::sync::Arc;

use filo_core::time::Timestamp;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Where "now" comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `read`.
    pub fn new(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Clock({})", self.now())
    }
}

/// The generator of ids and secrets.
#[derive(Debug)]
pub struct Chance(Mutex<StdRng>);

impl Chance {
    /// A generator that repeats for the same seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Mutex::new(StdRng::from_seed(seed)))
    }

    /// 128 bits.
    pub fn draw(&self) -> u128 {
        self.0.lock().random()
    }

    /// 256 bits, for secrets.
    pub fn secret(&self) -> [u8; 32] {
        self.0.lock().random()
    }
}
