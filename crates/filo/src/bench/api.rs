//! The API of the measured Filo.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::client::{Connection, get, with_body};
use super::server::Server;

/// A connection that nobody used for so long the server may have let go of.
const IDLE_MOST: Duration = Duration::from_secs(5);

/// A connection with a key that may do everything.
pub(super) struct Api {
    address: SocketAddr,
    connection: Connection,
    used_at: Instant,
    pub(super) bearer: String,
}

impl Api {
    /// Connects.
    ///
    /// # Errors
    /// If there is no key.
    pub(super) async fn open(server: &Server) -> anyhow::Result<Self> {
        Ok(Self {
            address: server.address,
            connection: Connection::open(server.address).await?,
            used_at: Instant::now(),
            bearer: format!("Bearer {}", server.api_key().await?),
        })
    }

    /// The connection, made anew if nobody used it for a while.
    async fn connection(&mut self) -> anyhow::Result<&mut Connection> {
        if self.used_at.elapsed() > IDLE_MOST {
            self.connection = Connection::open(self.address).await?;
        }
        self.used_at = Instant::now();
        Ok(&mut self.connection)
    }

    /// Reads.
    ///
    /// # Errors
    /// If there is nothing to read.
    pub(super) async fn get(&mut self, address: &str) -> anyhow::Result<Value> {
        let question = get(address, &[("Authorization", &self.bearer)]);
        let answer = self.connection().await?.exchange(&question).await?;
        anyhow::ensure!(answer.status == 200, "{address} got {}", answer.status);
        Ok(serde_json::from_slice(answer.body)?)
    }

    /// Makes or does something.
    ///
    /// # Errors
    /// If it is refused.
    pub(super) async fn post(&mut self, address: &str, body: &Value) -> anyhow::Result<Value> {
        self.tell("POST", address, body).await
    }

    /// Puts something in the place of what is there.
    ///
    /// # Errors
    /// If it is refused.
    pub(super) async fn put(&mut self, address: &str, body: &Value) -> anyhow::Result<Value> {
        self.tell("PUT", address, body).await
    }

    async fn tell(&mut self, method: &str, address: &str, body: &Value) -> anyhow::Result<Value> {
        let headers = [
            ("Authorization", self.bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let request = with_body(method, address, &headers, &body.to_string());
        let answer = self.connection().await?.exchange(&request).await?;
        let is_good = matches!(answer.status, 200 | 201);
        let text = || String::from_utf8_lossy(answer.body);
        anyhow::ensure!(is_good, "{address} got {}: {}", answer.status, text());
        Ok(serde_json::from_slice(answer.body)?)
    }
}
