//! How a workspace is run.

use std::net::SocketAddr;
use std::path::PathBuf;

use filo_store::Location;

use crate::vault::SecretKey;

/// Settings of the operator; what an owner changes lives in the console.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where state and log live.
    pub store: Location,
    /// Folder of the lake.
    pub lake: PathBuf,
    /// Folder of backups, unless the owner names another.
    pub backups: PathBuf,
    /// Folder of files that people bring in.
    pub imports: PathBuf,
    /// Folder of messages, while no server is connected.
    pub mails: PathBuf,
    /// The name server to ask; none: the system's own.
    pub name_server: Option<SocketAddr>,
    /// Memory for hot customers.
    pub memory_bytes: usize,
    /// So many events in the log are moved to the lake.
    pub flush_events: usize,
    /// So old ones too, however few.
    pub flush_after_s: u32,
    /// Room kept aside for a full disk.
    pub ballast_bytes: u64,
    /// The address under which people and snippets reach this Filo.
    pub public_url: String,
    /// The address of the pages for customers, where they have a host name of their own.
    pub public_pages_url: Option<String>,
    /// Where the key is with which secrets are sealed.
    pub secret_key: SecretKey,
    /// Where connections to the outside may go.
    pub outbound: filo_connect::Options,
    /// Where those are who carry messages that are not mail; tests put themselves in their place.
    pub channel_hosts: filo_connect::channel::Hosts,
    /// Where platforms of advertising are; tests put themselves in their place.
    pub advertising_hosts: filo_connect::advertising::Hosts,
    /// What else the store needs to know; tests put faults in here.
    pub store_options: filo_store::Options,
}

impl Config {
    /// The defaults, with data in a folder.
    #[must_use]
    pub fn in_folder(folder: &std::path::Path) -> Self {
        Self {
            store: Location::Sqlite {
                folder: folder.to_owned(),
            },
            lake: folder.join("lake"),
            backups: folder.join("backups"),
            imports: folder.join("imports"),
            mails: folder.join("mail"),
            name_server: None,
            memory_bytes: 512 << 20,
            flush_events: 100_000,
            flush_after_s: 600,
            ballast_bytes: 64 << 20,
            public_url: "http://127.0.0.1:8080".to_owned(),
            public_pages_url: None,
            secret_key: SecretKey::File(folder.join("secret.key")),
            outbound: filo_connect::Options::default(),
            channel_hosts: filo_connect::channel::Hosts::default(),
            advertising_hosts: filo_connect::advertising::Hosts::default(),
            store_options: filo_store::Options::default(),
        }
    }
}
