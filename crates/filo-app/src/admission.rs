//! Back-pressure: how many bytes may wait in memory between the network and the engine.
//!
//! **Invariant (I17):** what has been admitted and not yet applied stays under the limit, whatever
//! is sent; the rest gets a retry time, never silence and never unbounded memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use crate::error::{Busy, BusyReason};

/// Bytes of request bodies between arrival and engine: half a second at 100 thousand events of
/// 600 bytes. Parsed and encoded they take three times as much.
pub(crate) const WAITING_BYTES_MOST: usize = 32 << 20;
/// A sender that meets a full queue waits this long: the queue drains in about a second.
const QUEUE_RETRY_S: u32 = 1;
/// A full disk or a broken log does not mend itself in a second.
const FAULT_RETRY_S: u32 = 15;

const OPEN: u8 = 0;
const DISK_FULL: u8 = 1;
const LOG_FAULT: u8 = 2;
const STOPPING: u8 = 3;

/// The gate between requests and log.
#[derive(Debug, Default)]
pub(crate) struct Admission {
    waiting_bytes: AtomicUsize,
    state: AtomicU8,
}

/// The right to hold so many bytes; given back when dropped, which is when the engine has
/// applied them or the append has failed.
#[derive(Debug)]
pub struct Permit {
    admission: Arc<Admission>,
    bytes: usize,
}

impl Permit {
    /// How many bytes it lets in.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Lets so many bytes more in.
    ///
    /// # Errors
    /// [`Busy`] as for a new permit; what it held before it still holds.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Busy> {
        let mut more = self.admission.admit(bytes)?;
        self.bytes += std::mem::take(&mut more.bytes);
        Ok(())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.admission
            .waiting_bytes
            .fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl Admission {
    /// Lets `bytes` in, or says when to come back.
    ///
    /// # Errors
    /// [`Busy`] when the queue is full, the disk is full, or Filo is stopping.
    pub(crate) fn admit(self: &Arc<Self>, bytes: usize) -> Result<Permit, Busy> {
        if let Some(reason) = self.closed() {
            return Err(Busy {
                retry_after_s: FAULT_RETRY_S,
                reason,
            });
        }
        let before = self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        let permit = Permit {
            admission: Arc::clone(self),
            bytes,
        };
        if before > 0 && before + bytes > WAITING_BYTES_MOST {
            drop(permit);
            return Err(Busy {
                retry_after_s: QUEUE_RETRY_S,
                reason: BusyReason::QueueFull,
            });
        }
        Ok(permit)
    }

    /// Bytes that wait now.
    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting_bytes.load(Ordering::Relaxed)
    }

    /// Why nothing is taken in, if so.
    pub(crate) fn closed(&self) -> Option<BusyReason> {
        match self.state.load(Ordering::Acquire) {
            DISK_FULL => Some(BusyReason::DiskFull),
            LOG_FAULT => Some(BusyReason::LogFault),
            STOPPING => Some(BusyReason::Stopping),
            _ => None,
        }
    }

    /// Nothing more comes in, for good.
    pub(crate) fn stop(&self) {
        self.state.store(STOPPING, Ordering::Release);
    }

    /// The log cannot be trusted until Filo has been started again.
    pub(crate) fn fault(&self) {
        let _ = self
            .state
            .compare_exchange(OPEN, LOG_FAULT, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The disk is full, or no longer.
    pub(crate) fn disk_full(&self, full: bool) {
        let (from, to) = if full {
            (OPEN, DISK_FULL)
        } else {
            (DISK_FULL, OPEN)
        };
        let _ = self
            .state
            .compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
    }

    /// A refusal for an append that failed after it had been admitted.
    pub(crate) fn refusal(&self) -> Busy {
        let reason = self.closed().unwrap_or(BusyReason::LogFault);
        Busy {
            retry_after_s: FAULT_RETRY_S,
            reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_up_to_the_limit_and_again_after_release() {
        let admission = Arc::new(Admission::default());
        let first = admission.admit(WAITING_BYTES_MOST - 10).unwrap();
        let refused = admission.admit(11).unwrap_err();
        assert_eq!(refused.reason, BusyReason::QueueFull);
        drop(first);
        assert!(admission.admit(11).is_ok());
        assert_eq!(admission.waiting_bytes(), 0);
    }

    #[test]
    fn a_full_disk_closes_and_opens_again_but_a_fault_stays() {
        let admission = Arc::new(Admission::default());
        admission.disk_full(true);
        assert_eq!(admission.admit(1).unwrap_err().reason, BusyReason::DiskFull);
        admission.disk_full(false);
        assert!(admission.admit(1).is_ok());
        admission.fault();
        admission.disk_full(false);
        assert_eq!(admission.admit(1).unwrap_err().reason, BusyReason::LogFault);
    }
}
