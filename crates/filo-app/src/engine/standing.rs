//! How things stand: what the engine shares with readers and with the front of the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use filo_connect::Client;
use filo_core::id::WorkspaceKey;
use filo_core::identity::Rules;
use filo_lake::Lake;
use filo_store::{Db, lake_file, log, position};
use parking_lot::RwLock;
use tokio::sync::watch;

use super::live::Live;
use crate::audience::Audiences;
use crate::channel::Visits;
use crate::config::Config;
use crate::consent::Links;
use crate::duplicate::Changed;
use crate::erasure::Tombstones;
use crate::feed::Feed;
use crate::journey::Recording;
use crate::message::{Outbox, Queues};
use crate::quality::{Counted, Due};
use crate::setting::Settings;
use crate::vault::Vault;
use crate::webhook::{self, Hearing};

/// How far the engine has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// This node holds the lease and applies.
    pub(crate) leader: bool,
    /// Last row of the log that readers of this node see.
    pub(crate) applied: i64,
    /// Last row of the log in the tables.
    pub(crate) checkpointed: i64,
    /// Last row of the log in the lake.
    pub(crate) flushed: i64,
    /// Why the engine has stopped, if it has.
    pub(crate) fault: Option<String>,
    /// Some customers still follow the rules from before a change.
    pub(crate) reshaping: bool,
    /// How many thousandths of the identifiers were looked at for segments that are new or were
    /// changed, while not all were.
    pub(crate) filled_thousandths: Option<u32>,
    /// Events that had been seen before.
    pub(crate) duplicates: u64,
}

/// The parts that readers use beside the engine.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) db: Db,
    pub(crate) lake: Lake,
    pub(crate) live: RwLock<Live>,
    pub(crate) key: WorkspaceKey,
    pub(crate) progress: watch::Sender<Progress>,
    /// Everything in the workspace is invented.
    pub(crate) is_demo: bool,
    /// While somebody else has a share of it, no row of the log is dropped.
    pub(crate) log_hold: Arc<()>,
    /// Secrets at rest.
    pub(crate) vault: Vault,
    /// The links that customers follow.
    pub(crate) links: Links,
    /// The one way out.
    pub(crate) client: Client,
    /// Who hears what happens.
    pub(crate) hearing: Hearing,
    /// How what is to leave is woken.
    pub(crate) outbox: Outbox,
    /// How often pages ask what they have to show.
    pub(crate) visits: Visits,
    pub(crate) queues: Queues,
    pub(crate) feed: Feed,
    /// Whom audiences have to look at.
    pub(crate) audiences: Audiences,
    /// Events that journeys put on threads, on their way to the log.
    pub(crate) recording: Recording,
    /// Who has changed since they were last compared with others.
    pub(crate) changed: Changed,
    /// Who is to be looked at.
    pub(crate) due: Due,
    /// How many people what is wrong concerns.
    pub(crate) counted: Counted,
    /// Held from reading the book of segments until the engine has it before it: what was read
    /// earlier never counts after what was read later.
    pub(crate) reading_book: tokio::sync::Mutex<()>,
    /// Of whom nothing old comes in.
    pub(crate) tombstones: Tombstones,
    rules: RwLock<Arc<Rules>>,
    committed: AtomicI64,
}

impl Shared {
    /// Opens what belongs to the store and the lake.
    pub(crate) async fn open(
        db: Db,
        config: &Config,
        settings: &Settings,
        sealing: (Vault, Links),
    ) -> anyhow::Result<Self> {
        let (vault, links) = sealing;
        let files = {
            let mut tx = db.read().await?;
            lake_file::list(&mut tx).await?
        };
        let files = files.iter().map(of_store).collect();
        let options = filo_lake::Options::default();
        let lake = Lake::open(&config.lake, settings.key, files, options)?;
        let committed = log::last(&db).await?;
        let tombstones = Tombstones::load(&db).await?;
        Ok(Self {
            reading_book: tokio::sync::Mutex::default(),
            tombstones,
            db,
            lake,
            live: RwLock::default(),
            key: settings.key,
            is_demo: settings.is_demo,
            vault,
            links,
            client: webhook::client(config)?,
            hearing: Hearing::default(),
            outbox: Outbox::default(),
            visits: Visits::default(),
            queues: Queues::default(),
            changed: Changed::default(),
            progress: watch::Sender::new(Progress::default()),
            log_hold: Arc::default(),
            feed: Feed::default(),
            audiences: Audiences::default(),
            recording: Recording::default(),
            due: Due::default(),
            counted: Counted::default(),
            rules: RwLock::new(Arc::new(settings.rules.clone())),
            committed: AtomicI64::new(committed),
        })
    }

    /// Whether rows of the log must stay for somebody who is reading them.
    pub(crate) fn log_is_held(&self) -> bool {
        Arc::strong_count(&self.log_hold) > 1
    }

    pub(crate) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read())
    }

    /// Lets newer rules count.
    pub(crate) fn set_rules(&self, rules: Arc<Rules>) {
        let mut known = self.rules.write();
        if rules.version > known.version {
            *known = rules;
        }
    }

    /// The newest row of the log that is known to be on disk.
    pub(crate) fn committed(&self) -> i64 {
        self.committed.load(Ordering::Acquire)
    }

    pub(crate) fn note_committed(&self, seq: i64) {
        self.committed.fetch_max(seq, Ordering::AcqRel);
    }

    /// Brings this node's view of the lake to what the tables list.
    pub(crate) async fn reload_lake(&self) -> anyhow::Result<()> {
        let listed = {
            let mut tx = self.db.read().await?;
            lake_file::list(&mut tx).await?
        };
        let known = self.lake.list();
        let added: Vec<filo_lake::LakeFile> = listed
            .iter()
            .filter(|row| known.iter().all(|file| file.name != row.name))
            .map(of_store)
            .collect();
        let gone: Vec<String> = known
            .into_iter()
            .filter(|file| listed.iter().all(|row| row.name != file.name))
            .map(|file| file.name)
            .collect();
        if !added.is_empty() || !gone.is_empty() {
            self.lake.publish(&added, &gone)?;
        }
        Ok(())
    }

    /// On a node that does not apply: how far the one that does has come.
    pub(crate) async fn follow_position(&self) -> anyhow::Result<()> {
        let reached = {
            let mut tx = self.db.read().await?;
            position::load(&mut tx).await?
        };
        self.note_committed(reached.applied);
        self.progress.send_modify(|progress| {
            progress.applied = reached.applied;
            progress.checkpointed = reached.applied;
            progress.flushed = reached.flushed;
        });
        Ok(())
    }
}

/// A file of the lake as the tables list it.
pub(crate) fn to_store(
    file: &filo_lake::LakeFile,
    created_at: filo_core::time::Timestamp,
) -> lake_file::LakeFile {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    lake_file::LakeFile {
        name: file.name.clone(),
        level: i64::from(file.level),
        month: i64::from(file.month),
        events: signed(file.rows),
        bytes: signed(file.bytes),
        min_at: file.min_at,
        max_at: file.max_at,
        first_seq: file.first_seq,
        last_seq: file.last_seq,
        created_at,
        seen_name: file.seen.clone().unwrap_or_default(),
        seen_bytes: signed(file.seen_bytes),
    }
}

pub(crate) fn of_store(row: &lake_file::LakeFile) -> filo_lake::LakeFile {
    filo_lake::LakeFile {
        name: row.name.clone(),
        level: u32::try_from(row.level).unwrap_or_default(),
        month: i32::try_from(row.month).unwrap_or_default(),
        rows: u64::try_from(row.events).unwrap_or_default(),
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
        min_at: row.min_at,
        max_at: row.max_at,
        first_seq: row.first_seq,
        last_seq: row.last_seq,
        seen: (!row.seen_name.is_empty()).then(|| row.seen_name.clone()),
        seen_bytes: u64::try_from(row.seen_bytes).unwrap_or_default(),
    }
}
