//! A server of mail that takes everything and notes when what came for whom.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What came.
#[derive(Debug, Default)]
pub(super) struct Came {
    /// When the message to each address was taken, the last one counts.
    pub(super) at: HashMap<String, Instant>,
    /// Messages in all.
    pub(super) messages: u64,
    /// Bytes of them on the wire.
    pub(super) bytes: u64,
}

/// Listens until it is dropped.
#[derive(Debug)]
pub(super) struct Sink {
    pub(super) address: SocketAddr,
    came: Arc<Mutex<Came>>,
    listening: JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Sink {
    /// Listens on a free port of this machine.
    ///
    /// # Errors
    /// If there is none.
    pub(super) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let came = Arc::<Mutex<Came>>::default();
        let kept = Arc::clone(&came);
        #[expect(clippy::disallowed_methods, reason = "it ends with the sink")]
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let came = Arc::clone(&kept);
                #[expect(clippy::disallowed_methods, reason = "it ends with its connection")]
                tokio::spawn(async move { drop(attend(stream, &came).await) });
            }
        });
        Ok(Self {
            address,
            came,
            listening,
        })
    }

    /// Looks at what came.
    pub(super) fn look<T>(&self, read: impl FnOnce(&Came) -> T) -> T {
        read(&self.came.lock())
    }
}

/// One conversation (RFC 5321), taking everything.
async fn attend(stream: TcpStream, came: &Mutex<Came>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    writing.write_all(b"220 sink\r\n").await?;
    let (mut line, mut to) = (Vec::new(), String::new());
    loop {
        line.clear();
        if reading.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_slice() {
            b"EHLO" => b"250-sink\r\n250 8BITMIME\r\n",
            b"RCPT" => {
                to = address(&line);
                b"250 ok\r\n"
            }
            b"DATA" => {
                writing.write_all(b"354 go on\r\n").await?;
                let bytes = message(&mut reading, &mut line).await?;
                let mut came = came.lock();
                came.at.insert(std::mem::take(&mut to), Instant::now());
                came.messages += 1;
                came.bytes += bytes;
                b"250 taken\r\n"
            }
            b"QUIT" => {
                writing.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"250 ok\r\n",
        };
        writing.write_all(answer).await?;
    }
}

/// Reads up to the line with the dot.
async fn message(
    reading: &mut (impl AsyncBufReadExt + Unpin),
    line: &mut Vec<u8>,
) -> std::io::Result<u64> {
    let mut bytes = 0;
    loop {
        line.clear();
        let read = reading.read_until(b'\n', line).await?;
        if read == 0 || line.as_slice() == b".\r\n" {
            return Ok(bytes);
        }
        bytes += read as u64;
    }
}

/// `RCPT TO:<anna@example.it> …` → `anna@example.it`.
fn address(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let inner = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        assert_eq!(
            address(b"RCPT TO:<a@example.it> NOTIFY=NEVER\r\n"),
            "a@example.it"
        );
        assert_eq!(address(b"RCPT TO: nobody\r\n"), "");
    }
}
