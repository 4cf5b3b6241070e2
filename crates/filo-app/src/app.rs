//! The running workspace: opening, accepting events, closing.

mod reach;
mod status;

use std::sync::Arc;
use std::time::Duration;

use filo_core::event::{Event, encode};
use filo_core::id::WorkspaceKey;
use filo_core::identity::Rules;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use filo_store::Db;
use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

use crate::admission::{Admission, Permit};
use crate::alert::Mornings;
use crate::analysis::Boards;
use crate::backup::Backups;
use crate::buyer::Measuring;
use crate::clock::{Chance, Clock};
use crate::commit::{Committer, Pending};
use crate::company::KnownCompany;
use crate::config::Config;
use crate::consent::Links;
use crate::duplicate::Searches;
use crate::engine::{self, Arrival, Input, Shared};
use crate::error::{Busy, BusyReason, Error, Result};
use crate::job::Jobs;
use crate::keyring::Keyring;
use crate::log_row::Packer;
use crate::mail::Mailing;
use crate::retention::Retaining;
use crate::rule::Trials;
use crate::segment::Previews;
use crate::setting::Settings;
use crate::sql::Asking;
use crate::tracking::Clicks;
use crate::user::{Door, move_into_vault};
use crate::vault::Vault;
use crate::watch::Watch;

pub use status::Status;

/// Requests that may wait for the next group commit; beyond it the byte limit speaks first.
const REQUESTS_WAITING_MOST: usize = 8_192;
/// Rows between log and engine; each holds a group of requests.
const ROWS_WAITING_MOST: usize = 256;

/// The setting of the secret from which the workspace's ids are derived.
pub(crate) const WORKSPACE_KEY: &str = "workspace_key";
/// What a crash may forget of when keys were last used.
const TIDY_EVERY: Duration = Duration::from_secs(60);

/// One running workspace. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: Config,
    clock: Clock,
    chance: Arc<Chance>,
    admission: Arc<Admission>,
    shared: Arc<Shared>,
    keyring: Keyring,
    company: KnownCompany,
    backups: Backups,
    retaining: Retaining,
    measuring: Measuring,
    mornings: Mornings,
    boards: Boards,
    watch: Watch,
    door: Door,
    trials: Trials,
    previews: Previews,
    searches: Searches,
    jobs: Jobs,
    mailing: Mailing,
    clicks: Clicks,
    asking: Asking,
    requests: Mutex<Option<mpsc::Sender<Pending>>>,
    engine: mpsc::Sender<Input>,
    tasks: Mutex<JoinSet<()>>,
    committing: Mutex<Option<JoinHandle<()>>>,
}

impl App {
    /// Opens a workspace: tables brought up to date, the log's end applied.
    ///
    /// # Errors
    /// If the store or the lake cannot be opened or recovered.
    pub async fn open(config: Config, clock: Clock, seed: [u8; 32]) -> Result<Self> {
        let app = Self::begin(config, clock, seed).await?;
        // A node that only follows has nothing to wait for.
        if app.is_leader()
            && let Err(error) = app.applied(app.0.shared.committed()).await
        {
            app.abandon().await;
            return Err(error);
        }
        Ok(app)
    }

    /// Opens a workspace that takes events in and answers at once: what a crash left on the log
    /// is applied meanwhile, before anything newer. Until then readers see customers as of the
    /// last checkpoint, and [`Status::applied`] is behind [`Status::committed`].
    ///
    /// # Errors
    /// If the store or the lake cannot be opened.
    pub async fn begin(config: Config, clock: Clock, seed: [u8; 32]) -> Result<Self> {
        let mut options = config.store_options.clone();
        options.ballast_bytes = config.ballast_bytes;
        let db = Db::open(&config.store, &options).await?;
        let begun = Self::begin_over(db.clone(), config, clock, seed).await;
        if begun.is_err() {
            // Whoever mends what was wrong finds the folder free.
            db.hang_up().await;
        }
        begun
    }

    async fn begin_over(db: Db, config: Config, clock: Clock, seed: [u8; 32]) -> Result<Self> {
        let chance = Arc::new(Chance::from_seed(seed));
        let settings = Settings::load(&db, &chance, clock.now()).await?;
        let admission = Arc::new(Admission::default());
        let source = &config.secret_key;
        let vault = Vault::open(&db, source, &chance, clock.now()).await?;
        let folder = config.lake.parent().unwrap_or(&config.lake);
        move_into_vault(&db, &vault, folder, (&chance, clock.now())).await?;
        let links = Links::new(&config);
        let shared = Arc::new(Shared::open(db.clone(), &config, &settings, (vault, links)).await?);
        shared.load_hearers().await?;
        let keyring = Keyring::load(&db).await?;
        let company = KnownCompany::load(&db).await?;
        let (engine_sender, inputs) = mpsc::channel(ROWS_WAITING_MOST);
        let (request_sender, requests) = mpsc::channel(REQUESTS_WAITING_MOST);
        let app = Self(Arc::new(Inner {
            config,
            clock: clock.clone(),
            chance: Arc::clone(&chance),
            admission: Arc::clone(&admission),
            shared: Arc::clone(&shared),
            keyring,
            company,
            backups: Backups::default(),
            retaining: Retaining::default(),
            measuring: Measuring::default(),
            mornings: Mornings::default(),
            boards: Boards::default(),
            watch: Watch::default(),
            door: Door::default(),
            trials: Trials::default(),
            previews: Previews::default(),
            searches: Searches::default(),
            jobs: Jobs::default(),
            mailing: Mailing::default(),
            clicks: Clicks::default(),
            asking: Asking::default(),
            requests: Mutex::new(Some(request_sender)),
            engine: engine_sender.clone(),
            tasks: Mutex::new(JoinSet::new()),
            committing: Mutex::new(None),
        }));
        app.prune_remembered().await?;
        engine::start(&app, inputs).await?;
        app.tidy_now_and_then();
        app.keep_imports_tidy();
        app.keep_returns_tidy();
        app.keep_fetching_returns();
        let committer = Committer {
            shared,
            clock,
            admission,
            engine: engine_sender,
            packer: Packer::new()?,
        };
        let committing = committer.run(requests);
        *app.0.committing.lock() = Some(Handle::current().spawn(committing));
        if let Err(error) = app.finish_erasures().await {
            app.abandon().await;
            return Err(error);
        }
        Ok(app)
    }

    /// Writes now and then when keys were used, and lets go of boards that nobody looks at.
    fn tidy_now_and_then(&self) {
        let app = self.clone();
        self.spawn(async move {
            loop {
                tokio::time::sleep(TIDY_EVERY).await;
                if let Err(error) = app.record_key_uses().await {
                    tracing::warn!(%error, "when keys were used could not be written");
                }
                app.boards().tidy(app.now());
            }
        });
    }

    /// Runs something beside requests; it is awaited at shutdown.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.0.tasks.lock().spawn(task);
    }

    /// Stops taking in, applies and checkpoints what was accepted, closes the files.
    ///
    /// # Errors
    /// If the last checkpoint cannot be written.
    pub async fn shut_down(&self) -> Result<()> {
        self.0.admission.stop();
        drop(self.0.requests.lock().take());
        let committing = self.0.committing.lock().take();
        if let Some(committing) = committing {
            // What was let in is written and passed on before the engine is told to end.
            drop(committing.await);
        }
        let (answer, stopped) = oneshot::channel();
        if self.0.engine.send(Input::Stop(answer)).await.is_ok() {
            // A closed channel means that the engine has ended on a fault, told below.
            let _ = stopped.await;
        }
        let mut tasks = std::mem::take(&mut *self.0.tasks.lock());
        tasks.abort_all();
        while tasks.join_next().await.is_some() {}
        if let Some(fault) = self.progress().fault {
            return Err(Error::Internal(anyhow::anyhow!(fault)));
        }
        if let Err(error) = self.record_key_uses().await {
            // It is no reason not to close: the minute before it was written.
            tracing::warn!(%error, "when keys were used could not be written");
        }
        self.0.shared.db.clone().close().await?;
        Ok(())
    }

    /// Ends as a crash would: nothing is checkpointed, nothing said. For tests of recovery.
    #[doc(hidden)]
    pub async fn abandon(self) {
        self.0.admission.stop();
        drop(self.0.requests.lock().take());
        if let Some(committing) = self.0.committing.lock().take() {
            committing.abort();
        }
        drop(self.0.engine.send(Input::Abandon).await);
        let mut tasks = std::mem::take(&mut *self.0.tasks.lock());
        tasks.abort_all();
        while tasks.join_next().await.is_some() {}
        self.0.engine.closed().await;
        while Arc::strong_count(&self.0.shared) > 1 {
            tokio::task::yield_now().await;
        }
        self.0.shared.db.hang_up().await;
    }

    /// Lets so many bytes in.
    ///
    /// # Errors
    /// [`Busy`] with a time to come back.
    pub fn admit(&self, bytes: usize) -> Result<Permit, Busy> {
        self.0.admission.admit(bytes)
    }

    /// Takes events in: on return they are on disk.
    ///
    /// # Errors
    /// [`Busy`] if they are not.
    pub async fn accept(&self, permit: Permit, events: Vec<Event>) -> Result<(), Busy> {
        if events.is_empty() {
            return Ok(());
        }
        self.append(permit, events).await.map(drop)
    }

    /// Takes events in and tells their row of the log.
    pub(crate) async fn append(&self, permit: Permit, events: Vec<Event>) -> Result<i64, Busy> {
        // Held until they are on disk: who is forgotten meanwhile is forgotten with them.
        let _door = self.0.shared.tombstones.open().await;
        let events = self.let_in(events).await?;
        if events.is_empty() {
            return Ok(self.0.shared.committed());
        }
        let frame = encode(&events);
        let key = self.key();
        let arrivals = events
            .into_iter()
            .map(|event| Arrival::new(event, &key))
            .collect();
        let (answer, written) = oneshot::channel();
        let sender = self.0.requests.lock().clone();
        let stopping = Busy {
            retry_after_s: 1,
            reason: BusyReason::Stopping,
        };
        let sender = sender.ok_or(stopping)?;
        let pending = Pending {
            frame,
            arrivals,
            permit,
            answer,
        };
        sender.send(pending).await.map_err(|_closed| stopping)?;
        drop(sender);
        written.await.map_err(|_closed| stopping)?
    }

    /// Without what is about forgotten people and happened before they were.
    async fn let_in(&self, events: Vec<Event>) -> Result<Vec<Event>, Busy> {
        let shared = &self.0.shared;
        if self.is_leader() || !shared.db.is_postgres() {
            return Ok(shared.tombstones.let_in(events, &shared.key));
        }
        let known = shared
            .tombstones
            .let_in_by(&shared.db, events, &shared.key)
            .await;
        known.map_err(|error| {
            tracing::error!(%error, "who was forgotten could not be looked up");
            self.0.admission.refusal()
        })
    }

    /// Waits until a row of the log has been applied, here or by the node that applies.
    pub(crate) async fn applied(&self, seq: i64) -> Result<()> {
        let mut progress = self.0.shared.progress.subscribe();
        let reached = progress
            .wait_for(|progress| progress.applied >= seq || progress.fault.is_some())
            .await
            .map_err(anyhow::Error::from)?;
        match &reached.fault {
            Some(fault) => Err(Error::Internal(anyhow::anyhow!(
                "the engine stopped: {fault}"
            ))),
            None => Ok(()),
        }
    }

    /// Waits until everything accepted before is applied and checkpointed.
    ///
    /// # Errors
    /// If the engine has stopped.
    pub async fn settle(&self) -> Result<()> {
        self.ask(Input::Settle).await
    }

    /// Waits until everything accepted before is in the lake and the lake is compact.
    ///
    /// # Errors
    /// If the engine has stopped.
    pub async fn flush_lake(&self) -> Result<()> {
        self.ask(Input::Flush).await
    }

    async fn ask(&self, question: fn(i64, oneshot::Sender<()>) -> Input) -> Result<()> {
        let (answer, done) = oneshot::channel();
        let stopped = || Error::Internal(anyhow::anyhow!("the engine has stopped"));
        self.0
            .engine
            .send(question(self.0.shared.committed(), answer))
            .await
            .map_err(|_closed| stopped())?;
        done.await.map_err(|_closed| stopped())
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The workspace's rules about identity.
    #[must_use]
    pub fn rules(&self) -> Arc<Rules> {
        self.0.shared.rules()
    }

    /// What amounts of orders count in.
    pub(crate) fn currency(&self) -> Currency {
        Currency::parse(&self.rules().currency).unwrap_or(Currency::EUR)
    }

    /// The secret from which the workspace's ids are derived.
    #[must_use]
    pub fn key(&self) -> WorkspaceKey {
        self.0.shared.key
    }

    /// The operator's settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }
}
