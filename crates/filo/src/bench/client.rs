//! A thin HTTP/1.1 client: one connection, one request at a time, no parsing beyond the head.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer longer than this is none of ours.
const ANSWER_BYTES_MOST: usize = 16 << 20;
/// A server that is silent for so long is stuck.
const SILENCE_MOST: Duration = Duration::from_secs(60);

/// A connection that is kept.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    /// The status.
    pub(super) status: u16,
    head: &'a [u8],
    /// The body.
    pub(super) body: &'a [u8],
}

impl Answer<'_> {
    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// If nobody listens.
    pub(super) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting")?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(8 << 10),
        })
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// If the connection breaks or the answer cannot be read.
    pub(super) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        let exchanged = tokio::time::timeout(SILENCE_MOST, self.send(request)).await;
        let (head_length, body_length) = exchanged.context("the server is silent")??;
        let (head, body) = self.buffer.split_at(head_length);
        let status = head
            .get(9..12)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let status = status
            .and_then(|digits| digits.parse().ok())
            .context("an odd status line")?;
        Ok(Answer {
            status,
            head,
            body: &body[..body_length],
        })
    }

    async fn send(&mut self, request: &[u8]) -> anyhow::Result<(usize, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head_length = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await?;
        };
        let length = header(&self.buffer[..head_length], "content-length");
        let body_length: usize = match length {
            Some(length) => length.parse().context("an odd content-length")?,
            None if self.buffer.get(9..12) == Some(b"204") => 0,
            None => bail!("an answer without a length"),
        };
        while self.buffer.len() < head_length + body_length {
            self.read().await?;
        }
        Ok((head_length, body_length))
    }

    async fn read(&mut self) -> anyhow::Result<()> {
        let count = self.stream.read_buf(&mut self.buffer).await?;
        if count == 0 {
            bail!("the server closed the connection");
        }
        if self.buffer.len() > ANSWER_BYTES_MOST {
            bail!("an answer without end");
        }
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let line = std::str::from_utf8(line).ok()?;
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A request without a body.
pub(super) fn get(path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// A `POST` with a body.
pub(super) fn post(path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    with_body("POST", path, headers, body)
}

/// A request with a body.
pub(super) fn with_body(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_in_any_case() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nset-cookie: a=b\r\n\r\n";
        assert_eq!(header(head, "content-length"), Some("12"));
        assert_eq!(header(head, "Set-Cookie"), Some("a=b"));
        assert_eq!(header(head, "etag"), None);
    }
}
