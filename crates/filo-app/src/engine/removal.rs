//! Taking events out of everything that was made of them.
//!
//! The lake's files that hold them are written anew without them. What they touched — identifiers,
//! their links, their threads — is folded again from the events that are left, and the customers
//! around it are worked out anew. Files, tables and position change in one checkpoint. Where that
//! would touch too many, the state is made again from all that is left instead.
//!
//! **Invariant:** until the checkpoint nothing has changed; a fault before it leaves everything as
//! it was, a crash after it finds everything done.

use std::sync::Arc;

use ahash::HashSet;
use filo_core::event::{Event, Forgotten};
use filo_core::id::NodeId;
use filo_core::identity::nodes_of;
use filo_lake::{Fate, LakeFile};
use filo_store::log;

use super::apply::Arrival;
use super::flush::Written;
use super::live::Live;
use super::run::{Engine, receive};
use super::standing::Shared;
use crate::error::{BusyReason, Error};
use crate::removal::{Removal, Removed};

/// Threads that are folded again; beyond it everything is.
const THREADS_MOST: usize = 5_000;
/// Rounds of loading what is linked to what was loaded.
const ROUNDS_MOST: usize = 16;

/// What is to go, ready to be asked event by event.
struct Sieve {
    removal: Removal,
    forgotten: Forgotten,
    shared: Arc<Shared>,
}

impl Sieve {
    fn concerns(&self, event: &Event) -> bool {
        match &self.removal {
            Removal::Run {
                source,
                received_at,
            } => event.source == *source && event.received_at == *received_at,
            Removal::Person { nodes } => {
                nodes.contains(&event.thread)
                    || nodes_of(event, &self.shared.key)
                        .iter()
                        .any(|node| nodes.contains(node))
            }
        }
    }

    fn fate(&self, event: &Event) -> Fate {
        if !self.concerns(event) {
            return Fate::Keep;
        }
        match &self.removal {
            Removal::Run { .. } => Fate::Drop,
            Removal::Person { nodes } if nodes.contains(&event.thread) => Fate::Drop,
            Removal::Person { .. } => match self.forgotten.leave_out(event) {
                Some(left) => Fate::Replace(Box::new(left)),
                None => Fate::Drop,
            },
        }
    }
}

/// What a search found.
struct Found {
    files: Vec<LakeFile>,
    touched: HashSet<NodeId>,
}

impl Engine {
    /// Takes events out. The inner error is the asker's, and nothing has changed; the outer one
    /// is the engine's end.
    pub(crate) async fn remove(
        &mut self,
        removal: &Removal,
    ) -> anyhow::Result<anyhow::Result<Removed>> {
        if let Err(refused) = self.may_remove() {
            return Ok(Err(refused.into()));
        }
        if let Err(error) = self.empty_tail().await? {
            return Ok(Err(error));
        }
        let sieve = Arc::new(self.sieve(removal).await?);
        let found = match self.find(&sieve).await {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        if found.files.is_empty() {
            return Ok(Ok(Removed::default()));
        }
        let threads = self.surroundings(&found.touched).await?;
        let fresh = match &threads {
            Some(threads) => match self.fold_again(&sieve, threads).await {
                Ok(fresh) => Some(fresh),
                Err(error) => return Ok(Err(error)),
            },
            None => None,
        };
        let (written, mut removed) = match self.write_anew(&sieve, found.files).await {
            Ok(written) => written,
            Err(error) => return Ok(Err(error)),
        };
        self.shared.feed.forget(|event| sieve.concerns(event));
        // What goes was told when it came; that it goes is for whoever asked to tell.
        self.shared.begin_rebuild();
        let rules = self.shared.rules();
        match fresh {
            Some(fresh) => {
                let mut live = self.shared.live.write();
                removed.identifiers = live.supersede(&found.touched, fresh, &rules);
            }
            None => self.mark_under_way(true).await?,
        }
        self.flushing.wait(written);
        self.checkpoint_now().await?;
        anyhow::ensure!(
            !self.has_unsaved() && self.flushing.is_idle(),
            "what was to be removed could not be saved"
        );
        if threads.is_none() {
            self.rebuild().await?;
        }
        self.shared.end_rebuild();
        Ok(Ok(removed))
    }

    fn may_remove(&self) -> Result<(), Error> {
        let now_not = |why: &str| Err(Error::Conflict(why.to_owned()));
        if self.has_rules_to_follow() {
            return now_not("changed rules are still being followed: try again in a moment");
        }
        if self.shared.log_is_held() {
            return now_not("a backup is being made: try again when it is done");
        }
        if self.admission.closed() == Some(BusyReason::DiskFull) {
            return now_not("the disk is full");
        }
        Ok(())
    }

    /// Moves everything that was applied to the lake, and lets go of the log's rows.
    async fn empty_tail(&mut self) -> anyhow::Result<anyhow::Result<()>> {
        loop {
            if self.saving.is_some() {
                let saved = receive(self.saving.as_mut()).await?;
                self.saving = None;
                self.finish_checkpoint(saved)?;
                if self.admission.closed() == Some(BusyReason::DiskFull) {
                    return Ok(Err(Error::Conflict("the disk is full".to_owned()).into()));
                }
            } else if self.flushing.is_writing() {
                let written = self.flushing.done().await?;
                self.finish_writing(written);
                if self.flushing.retry_at().is_some() {
                    return Ok(Err(anyhow::anyhow!("the lake cannot be written")));
                }
            } else if self.flushing.is_ready() || self.has_unsaved() {
                self.start_checkpoint()?;
            } else if self.shared.live.read().tail.has_frozen() {
                self.start_flush();
            } else if self.applied > self.written {
                self.shared.live.write().tail.freeze(self.applied);
            } else {
                break;
            }
        }
        Ok(log::drop_through(&self.shared.db, self.saved.flushed)
            .await
            .map(drop)
            .map_err(Into::into))
    }

    async fn sieve(&self, removal: &Removal) -> anyhow::Result<Sieve> {
        let mut forgotten = Vec::new();
        if let Removal::Person { nodes } = removal {
            let suspect_links = self.shared.rules().suspect_links;
            self.load(nodes.iter().copied(), suspect_links).await?;
            let live = self.shared.live.read();
            let known = nodes.iter().filter_map(|id| live.nodes.get(id));
            forgotten.extend(known.map(|node| node.identifier.clone()));
        }
        Ok(Sieve {
            removal: removal.clone(),
            forgotten: Forgotten::new(forgotten),
            shared: Arc::clone(&self.shared),
        })
    }

    /// The files that hold what is to go, and every identifier it touched.
    async fn find(&self, sieve: &Arc<Sieve>) -> anyhow::Result<Found> {
        let (threads, month) = match &sieve.removal {
            Removal::Run { received_at, .. } => (None, Some(*received_at)),
            Removal::Person { nodes } => {
                let nodes: HashSet<NodeId> = nodes.iter().copied().collect();
                (self.surroundings(&nodes).await?, None)
            }
        };
        let sieve = Arc::clone(sieve);
        blocking(move || {
            let mut touched = HashSet::default();
            let lake = &sieve.shared.lake;
            let files = lake.search(threads.as_deref(), month, &mut |event| {
                let concerned = sieve.concerns(event);
                if concerned {
                    touched.extend(nodes_of(event, &sieve.shared.key));
                }
                concerned
            })?;
            Ok(Found { files, touched })
        })
        .await
    }

    /// Every thread on which an event may name one of these identifiers: theirs and those of
    /// everybody linked to them, directly or not. Nothing if there are too many.
    async fn surroundings(&self, ids: &HashSet<NodeId>) -> anyhow::Result<Option<Vec<NodeId>>> {
        if ids.len() > THREADS_MOST {
            return Ok(None);
        }
        let suspect_links = self.shared.rules().suspect_links;
        let mut around = ids.clone();
        for _ in 0..ROUNDS_MOST {
            self.load(around.iter().copied(), suspect_links).await?;
            let before = around.len();
            self.shared.live.read().walk(&mut around, ids);
            if around.len() > THREADS_MOST {
                return Ok(None);
            }
            if around.len() == before {
                let mut around: Vec<NodeId> = around.into_iter().collect();
                around.sort_unstable();
                return Ok(Some(around));
            }
        }
        Ok(None)
    }

    /// What is known of these threads from the events that are left.
    async fn fold_again(&self, sieve: &Arc<Sieve>, threads: &[NodeId]) -> anyhow::Result<Live> {
        let (sieve, threads) = (Arc::clone(sieve), threads.to_vec());
        let rules = self.shared.rules();
        let book = Arc::clone(&self.shared.live.read().book);
        blocking(move || {
            let mut fresh = Live {
                book,
                ..Live::default()
            };
            let key = sieve.shared.key;
            sieve
                .shared
                .lake
                .search(Some(&threads), None, &mut |event| {
                    let left = match sieve.fate(event) {
                        Fate::Keep => event.clone(),
                        Fate::Replace(left) => *left,
                        Fate::Drop => return false,
                    };
                    fresh.absorb(&Arrival::new(left, &key), &rules);
                    false
                })?;
            Ok(fresh)
        })
        .await
    }

    /// Writes the files anew, to be listed by the next checkpoint.
    async fn write_anew(
        &self,
        sieve: &Arc<Sieve>,
        files: Vec<LakeFile>,
    ) -> anyhow::Result<(Written, Removed)> {
        let sieve = Arc::clone(sieve);
        let serial = self.serial();
        blocking(move || {
            let mut removed = Removed::default();
            let add = sieve.shared.lake.rewrite(&files, serial, &mut |event| {
                let fate = sieve.fate(event);
                match &fate {
                    Fate::Keep => {}
                    Fate::Drop => removed.events += 1,
                    Fate::Replace(_) => removed.mended += 1,
                }
                fate
            })?;
            let written = Written {
                add,
                remove: files.into_iter().map(|file| file.name).collect(),
                upto: None,
            };
            Ok((written, removed))
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::runtime::Handle::current()
        .spawn_blocking(work)
        .await?
}
