//! The measured Filo: the same executable as a child process, with a folder of its own beside
//! the data, so that it is measured on the disk it would run on.
//!
//! **Invariant:** the folder and the process are gone afterwards, whatever happened.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::Plan;
use super::client::{Connection, get};
use crate::command::key::{Create, Key, Purpose};
use crate::command::status::Doing;
use crate::config::Config;
use crate::control::{self, Request};
use crate::output::Reply;

/// A Filo that is not there after so long does not come.
const READY_MOST: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(20);

/// A folder that goes with this value.
#[derive(Debug)]
pub(super) struct Place {
    /// The settings of the measured Filo.
    pub(super) config: Config,
}

impl Place {
    /// An empty folder beside the data.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn new(plan: &Plan) -> anyhow::Result<Self> {
        let mut config = plan.config.clone();
        let process = std::process::id();
        config.data = std::path::absolute(plan.config.data.join(format!("bench-{process}")))?;
        config.schema = format!("filo_bench_{process}");
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("making {}", config.data.display()))?;
        Ok(Self { config })
    }

    /// A folder inside, for other files of the bench.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.config.data.join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A folder that cannot be removed is seen by who looks at the disk.
        drop(std::fs::remove_dir_all(&self.config.data));
    }
}

/// A running Filo.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    config: Config,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// From the start of the process to its first answer that it is ready.
    pub(super) ready_after: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    /// Starts Filo on a place and waits until it is ready.
    ///
    /// # Errors
    /// If it does not come up.
    pub(super) async fn start(place: &Place) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let config = &place.config;
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .arg("--data")
            .arg(&config.data)
            .args(["--listen", "127.0.0.1:0", "--store", &config.store])
            .args(["--schema", &config.schema, "--log", "error"])
            .args(["--memory-mb", &config.memory_mb.to_string()])
            .args(["--flush-events", &config.flush_events.to_string()])
            .args(["--flush-after-s", &config.flush_after_s.to_string()])
            .args(["--ballast-mb", &config.ballast_mb.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the measured filo")?;
        let lines = BufReader::new(child.stdout.take().context("no output")?);
        let mut server = Self {
            child,
            config: config.clone(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            ready_after: Duration::ZERO,
        };
        server.address = address(lines).context("the measured filo did not start")?;
        while !server.is_ready().await {
            if begun.elapsed() > READY_MOST {
                bail!("the measured filo is not ready after {READY_MOST:?}");
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.ready_after = begun.elapsed();
        Ok(server)
    }

    async fn is_ready(&self) -> bool {
        let Ok(mut connection) = Connection::open(self.address).await else {
            return false;
        };
        let answer = connection.exchange(&get("/readyz", &[])).await;
        answer.is_ok_and(|answer| answer.status == 200)
    }

    /// Its process.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A key with which batches are believed.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) async fn write_key(&self) -> anyhow::Result<String> {
        self.key(Purpose::Secret).await
    }

    /// A key of the API that may do everything.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) async fn api_key(&self) -> anyhow::Result<String> {
        self.key(Purpose::Api).await
    }

    async fn key(&self, kind: Purpose) -> anyhow::Result<String> {
        let create = Create {
            kind,
            name: "Bench".to_owned(),
            scopes: ["read", "write", "admin"].map(str::to_owned).to_vec(),
            expires_days: Some(1),
            json: true,
        };
        let line = self.ask(&Request::Key(Key::Create(create))).await?;
        let created: serde_json::Value = serde_json::from_str(&line)?;
        Ok(created["key"].as_str().context("no key")?.to_owned())
    }

    /// A link with which a person logs in.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) async fn login_link(&self) -> anyhow::Result<String> {
        self.ask(&Request::Login).await
    }

    /// How it is doing.
    ///
    /// # Errors
    /// If it has met a fault.
    pub(super) async fn doing(&self) -> anyhow::Result<Doing> {
        let doing: Doing = serde_json::from_str(&self.ask(&Request::Status).await?)?;
        match &doing.fault {
            Some(fault) => bail!("the engine stopped: {fault}"),
            None => Ok(doing),
        }
    }

    /// Waits until everything on the log is applied, and says how long that took.
    ///
    /// # Errors
    /// If the engine has stopped.
    pub(super) async fn caught_up(&self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        loop {
            let doing = self.doing().await?;
            if doing.applied >= doing.committed {
                return Ok(begun.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Moves everything to the lake.
    ///
    /// # Errors
    /// If it cannot be.
    pub(super) async fn flush(&self) -> anyhow::Result<()> {
        self.ask(&Request::Flush).await.map(drop)
    }

    /// Asks what a command asks; gives the last line of the answer.
    ///
    /// # Errors
    /// If it refuses.
    pub(super) async fn ask(&self, request: &Request) -> anyhow::Result<String> {
        let begun = Instant::now();
        let stream = loop {
            // The socket comes a moment after the port.
            match control::connect(&self.config).await {
                Some(stream) => break stream,
                None if begun.elapsed() > READY_MOST => bail!("no control socket"),
                None => tokio::time::sleep(PAUSE).await,
            }
        };
        let (mut line, mut note) = (String::new(), String::new());
        let code = control::ask(stream, request, |reply| match reply {
            Reply::Line(text) => line.clone_from(text),
            Reply::Note(text) => note.clone_from(text),
            Reply::Exit(_) => {}
        })
        .await?;
        if code != 0 {
            bail!("the measured filo refused: {note}");
        }
        Ok(line)
    }

    /// Kills it as a power cut would, without a word.
    ///
    /// # Errors
    /// If it has gone already.
    pub(super) fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill().context("killing the measured filo")?;
        self.child.wait()?;
        Ok(())
    }
}

/// The address in the first line; the rest of the output is read and dropped, so that the child
/// never waits for a reader.
fn address(mut lines: impl BufRead + Send + 'static) -> anyhow::Result<SocketAddr> {
    let mut line = String::new();
    lines.read_line(&mut line)?;
    let (_, url) = line
        .trim()
        .rsplit_once("http://")
        .context("no address in its first line")?;
    let address = url.parse()?;
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Ok(address)
}
