//! Postfix's own pair for measuring: `smtp-sink`, which takes everything, and `smtp-source`, which
//! sends as fast as it can. A measure that everybody can check.

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::net::TcpStream;

/// Where Debian's package `postfix` puts them.
const SINK: &str = "/usr/sbin/smtp-sink";
const SOURCE: &str = "/usr/sbin/smtp-source";
/// Connections that wait to be taken.
const BACKLOG: &str = "256";

/// A running `smtp-sink`.
#[derive(Debug)]
pub(super) struct SmtpSink {
    child: Child,
    pub(super) address: SocketAddr,
    messages: Arc<AtomicU64>,
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl SmtpSink {
    /// Starts it. `None` where it is not installed.
    ///
    /// # Errors
    /// If it is installed and does not start.
    pub(super) async fn start() -> anyhow::Result<Option<Self>> {
        if !Path::new(SINK).exists() || !Path::new(SOURCE).exists() {
            return Ok(None);
        }
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(SINK);
        if is_root() {
            // It refuses to stay root.
            command.args(["-u", "nobody"]);
        }
        let mut child = command
            .args(["-c", &address.to_string(), BACKLOG])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting smtp-sink")?;
        let messages = Arc::<AtomicU64>::default();
        let counter = child.stdout.take().context("no output of smtp-sink")?;
        let counted = Arc::clone(&messages);
        std::thread::spawn(move || follow(counter, &counted));
        let sink = Self {
            child,
            address,
            messages,
        };
        for _ in 0..200 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(Some(sink));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("smtp-sink did not start")
    }

    /// Messages it has taken.
    pub(super) fn messages(&self) -> u64 {
        self.messages.load(Ordering::Relaxed)
    }

    /// How many messages of so many bytes `smtp-source` sends it in a second.
    ///
    /// # Errors
    /// If it fails.
    pub(super) async fn source_per_s(
        &self,
        messages: u64,
        bytes: u64,
        connections: usize,
    ) -> anyhow::Result<f64> {
        let mut command = Command::new(SOURCE);
        command
            .args(["-d", "-s", &connections.to_string()])
            .args(["-m", &messages.to_string(), "-l", &bytes.to_string()])
            .arg(self.address.to_string());
        let begun = Instant::now();
        let status = tokio::task::spawn_blocking(move || command.status()).await??;
        anyhow::ensure!(status.success(), "smtp-source ended with {status}");
        Ok(super::real(messages) / begun.elapsed().as_secs_f64())
    }
}

/// Whether this process is root's, who owns its folder in `/proc` (Linux).
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
}

/// Reads `sess=1 quit=0 mesg=17`, which is written anew behind a carriage return.
fn follow(mut counter: impl Read, messages: &AtomicU64) {
    let (mut buffer, mut text) = ([0; 4096], String::new());
    while let Ok(count @ 1..) = counter.read(&mut buffer) {
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
        if let Some(count) = last_count(&text) {
            messages.store(count, Ordering::Relaxed);
        }
        // What is behind the last carriage return may go on.
        if let Some(begun) = text.rfind('\r') {
            text.drain(..begun);
        }
    }
}

/// The newest whole count of messages.
fn last_count(text: &str) -> Option<u64> {
    let (_, behind) = text.rsplit_once("mesg=")?;
    let number: String = behind
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_is_read() {
        assert_eq!(last_count("sess=    1 quit=    0 mesg=   17\r"), Some(17));
        assert_eq!(last_count("sess=    1 quit="), None);
    }
}
