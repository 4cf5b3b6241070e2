//! What audiences listen for, in memory, so that a checkpoint notes nobody where there are none.
//!
//! **Invariant:** whoever changed in a way that an audience could see is noted in the transaction
//! of what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use filo_core::id::{CustomerId, ListId, SegmentId};
use filo_store::Tx;
use filo_store::audience::{self, look};
use filo_store::customer_list::member::MemberRow;
use parking_lot::{Mutex, RwLock};
use tokio::sync::{Notify, oneshot};

use crate::app::App;
use crate::engine::Shared;

/// What audiences are made of.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    segments: BTreeSet<SegmentId>,
    /// The audiences, as threads speak of them.
    lists: BTreeSet<ListId>,
}

impl Watched {
    pub(crate) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

/// What is watched, and how the worker is woken and asked.
#[derive(Debug, Default)]
pub(crate) struct Audiences {
    watched: RwLock<Arc<Watched>>,
    /// Held from reading what is watched until it counts: what was read earlier never comes later.
    loading: tokio::sync::Mutex<()>,
    pub(super) wake: Notify,
    pub(super) asked: Mutex<Vec<oneshot::Sender<()>>>,
    /// Everybody is to be looked at again: the state was made anew.
    pub(super) is_unsure: AtomicBool,
    /// Held while people are looked at or forgotten: what was read of somebody must not be
    /// written down after they were.
    pub(crate) desk: tokio::sync::Mutex<()>,
}

impl Audiences {
    pub(crate) fn watched(&self) -> Arc<Watched> {
        Arc::clone(&self.watched.read())
    }

    /// Something may be to be done.
    pub(crate) fn wake(&self) {
        if !self.watched().is_empty() {
            self.wake.notify_one();
        }
    }

    /// The state was made anew: who is in what has to be compared with it.
    pub(crate) fn doubt(&self) {
        self.is_unsure.store(true, Ordering::Release);
        self.wake();
    }
}

/// What a checkpoint changed.
pub(crate) struct Stirred<'a> {
    pub(crate) changed: Vec<CustomerId>,
    pub(crate) gone: &'a [CustomerId],
    /// Who came into a segment or left it.
    pub(crate) seated: Vec<(SegmentId, CustomerId)>,
    pub(crate) listed: &'a [(CustomerId, Vec<MemberRow>)],
}

/// Notes whom audiences have to look at.
pub(crate) async fn note(
    tx: &mut Tx<'_>,
    watched: &Watched,
    stirred: &Stirred<'_>,
) -> Result<(), filo_store::Error> {
    if watched.is_empty() {
        return Ok(());
    }
    // How often somebody is named does not matter, and a statement may name them once.
    let mut named: BTreeMap<CustomerId, bool> = BTreeMap::new();
    for id in stirred.changed.iter().chain(stirred.gone) {
        named.entry(*id).or_default();
    }
    for (segment, customer) in &stirred.seated {
        if watched.segments.contains(segment) {
            named.insert(*customer, true);
        }
    }
    for (customer, rows) in stirred.listed {
        if rows.iter().any(|row| watched.lists.contains(&row.list)) {
            named.insert(*customer, true);
        }
    }
    let of = |is_sure: bool| -> Vec<CustomerId> {
        let chosen = named.iter().filter(|(_, sure)| **sure == is_sure);
        chosen.map(|(id, _)| *id).collect()
    };
    look::note(tx, &of(true)).await?;
    look::note_members(tx, &of(false)).await
}

impl Shared {
    /// Reads what is watched.
    pub(crate) async fn load_audiences(&self) -> anyhow::Result<()> {
        let _loading = self.audiences.loading.lock().await;
        let rows = {
            let mut tx = self.db.read().await?;
            audience::list(&mut tx).await?
        };
        let watched = Watched {
            segments: rows.iter().filter_map(|row| row.segment).collect(),
            lists: rows.iter().map(|row| row.id.as_list()).collect(),
        };
        *self.audiences.watched.write() = Arc::new(watched);
        Ok(())
    }
}

impl App {
    /// Looks at the audiences again: somebody changed them, here or on another node.
    pub(crate) async fn refresh_audiences(&self) {
        if let Err(error) = self.shared().load_audiences().await {
            tracing::warn!(error = %format!("{error:#}"), "the audiences could not be read anew");
        }
        self.shared().audiences.wake.notify_one();
    }
}
