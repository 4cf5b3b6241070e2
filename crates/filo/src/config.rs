//! The operator's settings: one struct, one commented file of defaults, flags and environment.
//!
//! **Invariant:** `filo.default.toml` gives exactly [`Config::default`], and a key that no
//! setting has is an error that names the nearest one.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use crate::nearest::nearest;

/// The commented defaults.
#[cfg(test)]
const DEFAULTS: &str = include_str!("filo.default.toml");
/// Every key, for the error about an unknown one.
const KEYS: [&str; 16] = [
    "data",
    "listen",
    "public_url",
    "public_pages_url",
    "store",
    "schema",
    "memory_mb",
    "flush_events",
    "flush_after_s",
    "ballast_mb",
    "secret_key_file",
    "outbound_hosts",
    "outbound_ports",
    "outbound_roots",
    "log",
    "log_format",
];
/// Less memory than this cannot hold the customers of one large batch.
const MEMORY_MB_LEAST: usize = 16;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// All settings. The file explains each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) data: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: String,
    pub(crate) public_pages_url: String,
    pub(crate) store: String,
    pub(crate) schema: String,
    pub(crate) memory_mb: usize,
    pub(crate) flush_events: usize,
    pub(crate) flush_after_s: u32,
    pub(crate) ballast_mb: u64,
    pub(crate) secret_key_file: PathBuf,
    /// Only from the environment: a key in a file of settings would be copied with it.
    #[serde(skip)]
    pub(crate) secret_key: Option<String>,
    pub(crate) outbound_hosts: Vec<String>,
    pub(crate) outbound_ports: Vec<u16>,
    pub(crate) outbound_roots: PathBuf,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: String::new(),
            public_pages_url: String::new(),
            store: "sqlite".to_owned(),
            schema: "filo_default".to_owned(),
            memory_mb: 512,
            flush_events: 100_000,
            flush_after_s: 600,
            ballast_mb: 64,
            secret_key_file: PathBuf::new(),
            secret_key: None,
            outbound_hosts: Vec::new(),
            outbound_ports: Vec::new(),
            outbound_roots: PathBuf::new(),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
        }
    }
}

/// What was given on the command line or in the environment.
#[derive(Debug, Args, Default)]
pub(crate) struct Settings {
    /// A file of settings (toml).
    #[arg(long, env = "FILO_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of everything Filo keeps [default: data].
    #[arg(long, env = "FILO_DATA", global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where Filo listens [default: 127.0.0.1:8080].
    #[arg(long, env = "FILO_LISTEN", global = true, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The address under which browsers and people reach this Filo.
    #[arg(long, env = "FILO_PUBLIC_URL", global = true, value_name = "URL")]
    public_url: Option<String>,
    /// The address of the pages for customers, under a host name of their own.
    #[arg(
        long,
        env = "FILO_PUBLIC_PAGES_URL",
        global = true,
        hide_short_help = true,
        value_name = "URL"
    )]
    public_pages_url: Option<String>,
    /// `sqlite` or postgres://… [default: sqlite].
    #[arg(long, env = "FILO_STORE", global = true, value_name = "STORE")]
    store: Option<String>,
    /// Schema of PostgreSQL [default: filo_default].
    #[arg(long, env = "FILO_SCHEMA", global = true, hide_short_help = true)]
    schema: Option<String>,
    /// Memory for active customers, in megabytes [default: 512].
    #[arg(long, env = "FILO_MEMORY_MB", global = true, hide_short_help = true)]
    memory_mb: Option<usize>,
    /// Events that may wait in the log before they move to the lake [default: 100000].
    #[arg(long, env = "FILO_FLUSH_EVENTS", global = true, hide_short_help = true)]
    flush_events: Option<usize>,
    /// Seconds after which they move in any case [default: 600].
    #[arg(
        long,
        env = "FILO_FLUSH_AFTER_S",
        global = true,
        hide_short_help = true
    )]
    flush_after_s: Option<u32>,
    /// Disk kept aside, in megabytes [default: 64].
    #[arg(long, env = "FILO_BALLAST_MB", global = true, hide_short_help = true)]
    ballast_mb: Option<u64>,
    /// File of the key with which secrets are sealed [default: secret.key in the folder].
    #[arg(
        long,
        env = "FILO_SECRET_KEY_FILE",
        global = true,
        hide_short_help = true
    )]
    secret_key_file: Option<PathBuf>,
    /// The key itself: 64 hexadecimal digits. Give it in the environment only.
    #[arg(
        long,
        env = "FILO_SECRET_KEY",
        global = true,
        hide = true,
        hide_env_values = true
    )]
    secret_key: Option<String>,
    /// Level of the log [default: info].
    #[arg(long, env = "FILO_LOG", global = true, hide_short_help = true)]
    log: Option<String>,
    /// `text` or `json` [default: text].
    #[arg(long, env = "FILO_LOG_FORMAT", global = true, hide_short_help = true)]
    log_format: Option<LogFormat>,
}

impl Settings {
    /// The same with another folder, where none is given.
    pub(crate) fn with_folder(mut self, data: PathBuf) -> Self {
        // Whoever has a file of settings has said there what they want.
        if self.config.is_none() {
            self.data.get_or_insert(data);
        }
        self
    }

    /// The settings that hold: command line, environment, file, defaults.
    ///
    /// # Errors
    /// If the file cannot be read or a value cannot be.
    pub(crate) fn resolve(self) -> anyhow::Result<Config> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        fn set<T>(slot: &mut T, given: Option<T>) {
            if let Some(value) = given {
                *slot = value;
            }
        }
        set(&mut config.data, self.data);
        set(&mut config.listen, self.listen);
        set(&mut config.public_url, self.public_url);
        set(&mut config.public_pages_url, self.public_pages_url);
        set(&mut config.store, self.store);
        set(&mut config.schema, self.schema);
        set(&mut config.memory_mb, self.memory_mb);
        set(&mut config.flush_events, self.flush_events);
        set(&mut config.flush_after_s, self.flush_after_s);
        set(&mut config.ballast_mb, self.ballast_mb);
        set(&mut config.secret_key_file, self.secret_key_file);
        config.secret_key = self.secret_key;
        set(&mut config.log, self.log);
        set(&mut config.log_format, self.log_format);
        config.checked()
    }
}

impl Config {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the settings {} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let table: toml::Table = text.parse()?;
        for key in table.keys() {
            if KEYS.contains(&key.as_str()) {
                continue;
            }
            match nearest(key, &KEYS) {
                Some(near) => bail!("there is no setting `{key}`: did you mean `{near}`?"),
                None => bail!("there is no setting `{key}`; there are {}", KEYS.join(", ")),
            }
        }
        // From the text, so that an error shows its line.
        toml::from_str(text).map_err(Into::into)
    }

    fn checked(self) -> anyhow::Result<Self> {
        if self.memory_mb < MEMORY_MB_LEAST {
            bail!(
                "memory_mb: {} is too little, take {MEMORY_MB_LEAST} or more",
                self.memory_mb
            );
        }
        if self.store != "sqlite" && !self.is_postgres() {
            bail!(
                "store: `{}` is neither `sqlite` nor postgres://user@host/database",
                self.store
            );
        }
        let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if self.schema.is_empty() || !self.schema.chars().all(name) {
            bail!(
                "schema: `{}` may hold letters, digits and _ only",
                self.schema
            );
        }
        if !self.public_url.is_empty() && !self.public_url.starts_with("http") {
            bail!(
                "public_url: `{}` does not begin with https:// or http://",
                self.public_url
            );
        }
        self.check_pages_url()?;
        Ok(self)
    }

    /// The pages for customers are under a name of their own, or under none.
    fn check_pages_url(&self) -> anyhow::Result<()> {
        let pages = self.public_pages_url.as_str();
        if pages.is_empty() {
            return Ok(());
        }
        let host = |url: &str| {
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
            rest.trim_end_matches('/').to_ascii_lowercase()
        };
        let is_address = pages.starts_with("https://") || pages.starts_with("http://");
        if !is_address || host(pages).is_empty() || host(pages).contains('/') {
            bail!(
                "public_pages_url: `{pages}` is not https:// or http:// with a host name and \
                 nothing behind it"
            );
        }
        if host(pages) == host(&self.public_url) {
            bail!("public_pages_url: must have another host name than public_url");
        }
        Ok(())
    }

    fn is_postgres(&self) -> bool {
        self.store.starts_with("postgres://") || self.store.starts_with("postgresql://")
    }

    /// The folder of the one workspace there is.
    pub(crate) fn folder(&self) -> PathBuf {
        self.data.join("default")
    }

    /// The address in links and snippets.
    pub(crate) fn public_url(&self, listening: SocketAddr) -> String {
        match self.public_url.trim_end_matches('/') {
            "" => format!("http://{listening}"),
            given => given.to_owned(),
        }
    }

    /// Where connections to the outside may go.
    fn outbound(&self) -> anyhow::Result<filo_connect::Options> {
        let host = |text: &String| {
            let known = filo_connect::AllowedHost::parse(text);
            known.with_context(|| {
                format!("outbound_hosts: `{text}` is neither a host nor host:port")
            })
        };
        let roots = &self.outbound_roots;
        let roots_pem = if roots.as_os_str().is_empty() {
            String::new()
        } else {
            std::fs::read_to_string(roots)
                .with_context(|| format!("outbound_roots: {} cannot be read", roots.display()))?
        };
        Ok(filo_connect::Options {
            hosts: self
                .outbound_hosts
                .iter()
                .map(host)
                .collect::<Result<_, _>>()?,
            ports: self.outbound_ports.clone(),
            roots_pem,
            ..filo_connect::Options::default()
        })
    }

    /// The settings of the workspace.
    ///
    /// # Errors
    /// If a host of `outbound_hosts` or the file of `outbound_roots` cannot be read.
    pub(crate) fn workspace(&self, listening: SocketAddr) -> anyhow::Result<filo_app::Config> {
        let mut workspace = filo_app::Config::in_folder(&self.folder());
        if self.is_postgres() {
            workspace.store = filo_store::Location::Postgres {
                url: self.store.clone(),
                schema: self.schema.clone(),
            };
        }
        workspace.backups = self.data.join("backups");
        workspace.imports = self.data.join("imports");
        workspace.mails = self.data.join("mail");
        workspace.memory_bytes = self.memory_mb << 20;
        workspace.flush_events = self.flush_events;
        workspace.flush_after_s = self.flush_after_s;
        workspace.ballast_bytes = self.ballast_mb << 20;
        workspace.public_url = self.public_url(listening);
        let pages = self.public_pages_url.trim_end_matches('/');
        workspace.public_pages_url = (!pages.is_empty()).then(|| pages.to_owned());
        workspace.outbound = self.outbound()?;
        if let Some(key) = &self.secret_key {
            workspace.secret_key = filo_app::SecretKey::Given(key.clone());
        } else if !self.secret_key_file.as_os_str().is_empty() {
            workspace.secret_key = filo_app::SecretKey::File(self.secret_key_file.clone());
        }
        Ok(workspace)
    }
}

#[cfg(test)]
mod tests;
