//! Whom something happened with since they were looked at last.
//!
//! **Invariant:** memory is bounded: of too many people at once only that is remembered, and
//! everybody is gone through.

use ahash::HashSet;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Strength;
use filo_store::customer::CustomerRow;
use parking_lot::Mutex;
use tokio::sync::Notify;

/// More are not remembered one by one: 16 bytes each.
const REMEMBERED_MOST: usize = 50_000;

/// Who is to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Due {
    people: Mutex<People>,
    notify: Notify,
    /// Held by whoever looks: of two looks at one person the later is to stand.
    pub(super) looking: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct People {
    touched: HashSet<CustomerId>,
    /// Everybody, because some were not remembered: so it is at the start.
    everybody: bool,
}

impl Default for People {
    fn default() -> Self {
        Self {
            touched: HashSet::default(),
            everybody: true,
        }
    }
}

impl Due {
    /// A checkpoint wrote these customers, and these others are no more.
    pub(crate) fn note(&self, saved: &[CustomerRow], gone: &[CustomerId]) {
        let saved = saved.iter().filter(|row| {
            let is_named = row.name.is_some() || row.email.is_some() || row.phone.is_some();
            may_be_somebody(row.id, row.node_count, is_named)
        });
        self.touch(saved.map(|row| row.id).chain(gone.iter().copied()));
    }

    fn touch(&self, ids: impl Iterator<Item = CustomerId>) {
        let mut people = self.people.lock();
        if people.everybody {
            drop(people);
            self.notify.notify_one();
            return;
        }
        people.touched.extend(ids);
        if people.touched.len() > REMEMBERED_MOST {
            people.touched = HashSet::default();
            people.everybody = true;
        }
        drop(people);
        self.notify.notify_one();
    }

    /// Waits until there is somebody.
    pub(super) async fn wait(&self) {
        self.notify.notified().await;
    }

    /// Whether everybody is to be gone through; from now on they are remembered again.
    pub(super) fn take_everybody(&self) -> bool {
        std::mem::take(&mut self.people.lock().everybody)
    }

    /// Everybody is to be gone through: looking failed on the way.
    pub(super) fn put_back(&self) {
        self.people.lock().everybody = true;
    }

    /// At most so many of those that were touched.
    pub(super) fn take(&self, most: usize) -> Vec<CustomerId> {
        let mut people = self.people.lock();
        let ids: Vec<CustomerId> = people.touched.iter().take(most).copied().collect();
        for id in &ids {
            people.touched.remove(id);
        }
        ids
    }
}

/// Whether a customer can be more than one browser or telephone of which nothing else is known:
/// of those there are many, and nothing to look at.
pub(crate) fn may_be_somebody(id: CustomerId, node_count: i64, is_named: bool) -> bool {
    let kind = NodeId::from(id).kind();
    let is_device = kind.is_some_and(|kind| kind.strength() == Strength::Device);
    is_named || node_count > 1 || !is_device
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_become_everybody_and_nobody_is_forgotten() {
        let due = Due::default();
        assert!(due.take_everybody() && !due.take_everybody());
        due.touch((1..=3).map(CustomerId));
        due.touch((3..=4).map(CustomerId));
        let mut taken = due.take(3);
        taken.extend(due.take(3));
        taken.sort_unstable();
        assert_eq!(taken, [1, 2, 3, 4].map(CustomerId));
        due.touch((0..=REMEMBERED_MOST as u128).map(CustomerId));
        assert!(due.take_everybody() && due.take(1).is_empty());
    }
}
