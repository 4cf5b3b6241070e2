//! A Filo in process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use filo_app::demo::{self, Filled, Standing, Wish};
use filo_app::{Actor, App, Clock, Config, CustomerView, KeyKind, NewKey, Scopes};
use filo_core::event::Event;
use filo_core::id::CustomerId;
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use http::Method;
use serde_json::Value;

use crate::location::location;
use crate::request::{Request, Router, router};
use crate::served::Served;

/// When every test begins: Wednesday 7 October 2026, 10:00 UTC.
pub const START: Timestamp = Timestamp(1_791_367_200_000_000);

/// A Filo of its own.
#[derive(Debug)]
pub struct Filo {
    /// The app, for what no route tells.
    pub app: App,
    /// A key for servers.
    pub secret_key: String,
    /// A key for sites.
    pub public_key: String,
    /// A key of the API that may do everything.
    pub api_key: String,
    router: Router,
    config: Config,
    time: Arc<AtomicI64>,
    folder: tempfile::TempDir,
    starts: u8,
}

impl Filo {
    /// Starts on an empty store.
    pub async fn start() -> Self {
        Self::start_with(|_config| {}).await
    }

    /// Starts on an empty store with other settings.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let (folder, mut config) = place();
        change(&mut config);
        Self::open_in(folder, config).await
    }

    /// Starts on the demo with so many people; its history ends at [`START`].
    pub async fn demo(people: u32) -> Self {
        Self::demo_of(1, people).await.0
    }

    /// Starts on the demo of a seed, and tells what was invented.
    ///
    /// # Panics
    /// If it cannot be filled.
    pub async fn demo_of(seed: u64, people: u32) -> (Self, Filled) {
        let (folder, config) = place();
        let wish = Wish {
            seed,
            until: START,
            people,
        };
        let standing = demo::prepare(&config, &wish, START)
            .await
            .expect("an empty store");
        assert_eq!(
            standing,
            Standing::Unfilled(wish),
            "the store was not empty"
        );
        let filo = Self::open_in(folder, config).await;
        let filled = filo.app.fill_demo(|_progress| {}).await;
        (filo, filled.expect("the demo is filled"))
    }

    async fn open_in(folder: tempfile::TempDir, config: Config) -> Self {
        let time = Arc::new(AtomicI64::new(START.0));
        let app = open(&config, &time, 1).await;
        let (secret_key, public_key, api_key) = (
            key(&app, KeyKind::Secret, "Server").await,
            key(&app, KeyKind::Public, "Site").await,
            key(&app, KeyKind::Api, "Tests").await,
        );
        let router = router(&app);
        Self {
            app,
            secret_key,
            public_key,
            api_key,
            router,
            config,
            time,
            folder,
            starts: 1,
        }
    }

    /// Stops well; what is left is its settings, and its files as long as the folder is held.
    ///
    /// # Panics
    /// If it cannot stop well.
    pub async fn stop(self) -> (Config, tempfile::TempDir) {
        let Self {
            app,
            router,
            config,
            folder,
            ..
        } = self;
        // Nothing may hold it, or its folder stays locked.
        drop(router);
        app.shut_down().await.expect("Filo stops");
        drop(app);
        (config, folder)
    }

    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).expect("a test lasts less than an age");
        self.time.fetch_add(micros, Ordering::SeqCst);
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(self.time.load(Ordering::SeqCst))
    }

    /// The folder of its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A place for a file of the test's own.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A request by any method.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::new(self.router.clone(), method, path)
    }

    /// A GET.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// A POST.
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// A GET of the API, answered with 200.
    ///
    /// # Panics
    /// If it is answered otherwise.
    pub async fn api_get(&self, path: &str) -> Value {
        self.get(path)
            .bearer(&self.api_key)
            .send()
            .await
            .ok()
            .json()
    }

    /// A POST of the API, answered with 2xx.
    ///
    /// # Panics
    /// If it is answered otherwise.
    pub async fn api_post(&self, path: &str, body: &Value) -> Value {
        self.post(path)
            .bearer(&self.api_key)
            .json(body)
            .send()
            .await
            .ok()
            .json()
    }

    /// Sends calls as a server of the company does, and waits until they are applied.
    ///
    /// # Panics
    /// If they are not taken.
    pub async fn send(&self, calls: impl IntoIterator<Item = Value>) {
        let batch: Vec<Value> = calls.into_iter().collect();
        let body = serde_json::json!({ "batch": batch });
        self.post("/v1/batch")
            .key(&self.secret_key)
            .json(&body)
            .send()
            .await
            .ok();
        self.settle().await;
    }

    /// Sends calls as a site does, and waits until they are applied.
    ///
    /// # Panics
    /// If they are not taken.
    pub async fn send_public(&self, calls: impl IntoIterator<Item = Value>) {
        let batch: Vec<Value> = calls.into_iter().collect();
        let body = serde_json::json!({ "batch": batch });
        self.post("/v1/b")
            .key(&self.public_key)
            .json(&body)
            .send()
            .await
            .ok();
        self.settle().await;
    }

    /// Waits until everything accepted is applied.
    ///
    /// # Panics
    /// If the engine has stopped.
    pub async fn settle(&self) {
        self.app.settle().await.expect("the engine applies");
    }

    /// Waits until everything accepted is in the lake.
    ///
    /// # Panics
    /// If the engine has stopped.
    pub async fn flush(&self) {
        self.app.flush_lake().await.expect("the engine flushes");
    }

    /// Ends without a word, as a kill does, and starts anew on the same files.
    #[must_use]
    pub async fn restart(self) -> Self {
        let Self {
            app,
            router,
            starts,
            ..
        } = self;
        // Nothing may hold the old one, or its folder stays locked.
        drop(router);
        app.abandon().await;
        let starts = starts + 1;
        let app = open(&self.config, &self.time, starts).await;
        let router = crate::request::router(&app);
        Self {
            app,
            router,
            starts,
            ..self
        }
    }

    /// Another node on the same PostgreSQL and folder, on which it follows.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn second_node(&self, change: impl FnOnce(&mut Config)) -> filo_app::Result<App> {
        let mut config = self.config.clone();
        change(&mut config);
        App::open(config, clock(&self.time), [200; 32]).await
    }

    /// Listens on a real port, for clients of other makes.
    pub async fn serve(&self) -> Served {
        Served::start(&self.app).await
    }

    /// The customer of an identifier.
    ///
    /// # Panics
    /// If the tables cannot be read.
    pub async fn find(&self, kind: Kind, value: &str) -> Option<CustomerView> {
        self.app
            .find(kind, value)
            .await
            .expect("the tables can be read")
    }

    /// The customer of a user id, who must be there.
    ///
    /// # Panics
    /// If nobody has it.
    pub async fn user(&self, id: &str) -> CustomerView {
        self.find(Kind::UserId, id)
            .await
            .unwrap_or_else(|| panic!("nobody is {id}"))
    }

    /// A customer's whole thread, newest first.
    ///
    /// # Panics
    /// If it cannot be read.
    pub async fn thread(&self, id: CustomerId) -> Vec<Event> {
        self.app
            .timeline(id, None, 10_000)
            .await
            .expect("the thread can be read")
    }
}

/// An empty place.
fn place() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = Config::in_folder(folder.path());
    config.store = location(folder.path());
    config.ballast_bytes = 1 << 20;
    // A test flushes when it wants to.
    config.flush_events = 10_000_000;
    config.flush_after_s = 1_000_000;
    // Nobody answers there: no test asks a name server outside.
    config.name_server = Some(SocketAddr::from(([127, 0, 0, 1], 9)));
    (folder, config)
}

/// Chance differs from start to start, as it does in life: two starts with one seed would make
/// the same keys.
async fn open(config: &Config, time: &Arc<AtomicI64>, start: u8) -> App {
    App::open(config.clone(), clock(time), [start; 32])
        .await
        .expect("Filo starts")
}

/// A tick each look, so that nothing happens at the same instant.
fn clock(time: &Arc<AtomicI64>) -> Clock {
    let time = Arc::clone(time);
    Clock::new(move || Timestamp(time.fetch_add(1, Ordering::SeqCst)))
}

async fn key(app: &App, kind: KeyKind, name: &str) -> String {
    let scopes = if kind == KeyKind::Api {
        Scopes::ALL
    } else {
        Scopes::default()
    };
    let new = NewKey {
        name: name.to_owned(),
        kind,
        scopes,
        expires_at: None,
    };
    app.create_key(&Actor::operator(), new)
        .await
        .expect("a key")
        .text
}
