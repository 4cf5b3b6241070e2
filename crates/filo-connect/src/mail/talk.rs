//! Lines of a conversation with a server of mail: what is written, what is answered, and the
//! part that is held in clear before it is encrypted.
//!
//! **Invariant:** an answer is bounded in lines and in letters, and waited for no longer than its
//! command allows.

use std::time::Duration;

use filo_core::mail::returned::Step;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::handed::Handed;
use super::line::Wire;

/// RFC 5321, 4.5.3.2, shortened where servers that are well answer at once.
pub(super) const GREETING_MOST: Duration = Duration::from_secs(60);
pub(super) const COMMAND_MOST: Duration = Duration::from_secs(60);
const LINE_BYTES_MOST: usize = 2_048;
const LINES_MOST: usize = 100;
/// Letters of an answer that are kept.
const TEXT_LETTERS_MOST: usize = 1_000;

/// What a server said.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        let text = self.lines.join(" ");
        let tame = text.chars().filter(|letter| !letter.is_control());
        tame.take(TEXT_LETTERS_MOST).collect()
    }

    pub(super) const fn is_good(&self) -> bool {
        self.code < 400
    }
}

/// The beginning of a conversation in clear that is to be encrypted.
pub(super) struct Clear<'s> {
    stream: &'s mut TcpStream,
    read: Vec<u8>,
}

impl<'s> Clear<'s> {
    pub(super) const fn over(stream: &'s mut TcpStream) -> Self {
        Self {
            stream,
            read: Vec::new(),
        }
    }

    /// The server said more than it was asked.
    pub(super) fn has_more(&self) -> bool {
        !self.read.is_empty()
    }

    pub(super) async fn begin(&mut self, hello: &str) -> Result<(), Handed> {
        let greeting = self.answer(GREETING_MOST).await?;
        good(&greeting, Step::Sender)?;
        let reply = self.ask(&format!("EHLO {hello}")).await?;
        let offers = |line: &String| line.to_ascii_uppercase().starts_with("STARTTLS");
        if !reply.lines.iter().any(offers) {
            return Err(Handed::ours(
                "the server offers no encryption (STARTTLS) on this port: choose TLS on port \
                 465, or ask your provider",
            ));
        }
        self.ask("STARTTLS").await.map(drop)
    }

    async fn ask(&mut self, line: &str) -> Result<Reply, Handed> {
        write_line(self.stream, line, COMMAND_MOST)
            .await
            .map_err(Handed::broken)?;
        let reply = self.answer(COMMAND_MOST).await?;
        good(&reply, Step::Sender)?;
        Ok(reply)
    }

    async fn answer(&mut self, most: Duration) -> Result<Reply, Handed> {
        let reading = read_reply(self.stream, &mut self.read);
        match tokio::time::timeout(most, reading).await {
            Ok(reply) => reply.map_err(Handed::broken),
            Err(_elapsed) => Err(Handed::broken("the server did not answer in time")),
        }
    }
}

pub(super) fn good(reply: &Reply, step: Step) -> Result<(), Handed> {
    if reply.is_good() {
        return Ok(());
    }
    Err(Handed::refused(reply.code, reply.text(), step))
}

pub(super) async fn write_line<W: Wire + ?Sized>(
    wire: &mut W,
    line: &str,
    most: Duration,
) -> Result<(), String> {
    debug_assert!(!line.contains(['\r', '\n']), "a command is one line");
    // In one piece: the end of a line by itself would wait until the server has heard the rest.
    let whole = format!("{line}\r\n");
    let writing = async {
        wire.write_all(whole.as_bytes()).await?;
        wire.flush().await
    };
    match tokio::time::timeout(most, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(format!("the connection broke: {error}")),
        Err(_elapsed) => Err("the server takes nothing any more".to_owned()),
    }
}

/// Reads lines until one says that it is the last.
pub(super) async fn read_reply<W: Wire + ?Sized>(
    wire: &mut W,
    read: &mut Vec<u8>,
) -> Result<Reply, String> {
    let mut lines = Vec::new();
    loop {
        let line = read_line(wire, read).await?;
        let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
        let code = code.filter(|code| (200..600).contains(code));
        let Some(code) = code else {
            return Err("the server answered something that is no mail".to_owned());
        };
        lines.push(line.get(4..).unwrap_or_default().to_owned());
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(Reply { code, lines });
        }
        if lines.len() >= LINES_MOST {
            return Err("the server answers without end".to_owned());
        }
    }
}

async fn read_line<W: Wire + ?Sized>(wire: &mut W, read: &mut Vec<u8>) -> Result<String, String> {
    loop {
        if let Some(end) = read.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = read.drain(..=end).collect();
            return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        if read.len() > LINE_BYTES_MOST {
            return Err("the server answers in lines that are too long".to_owned());
        }
        let mut piece = [0; 1_024];
        match wire.read(&mut piece).await {
            Ok(0) => return Err("the server hung up".to_owned()),
            Ok(count) => read.extend_from_slice(&piece[..count]),
            Err(error) => return Err(format!("the connection broke: {error}")),
        }
    }
}

/// The message as it is sent: a dot before lines that begin with one, and a line end at its end.
pub(super) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + 16);
    let mut is_start = true;
    for byte in message {
        if is_start && *byte == b'.' {
            out.push(b'.');
        }
        out.push(*byte);
        is_start = *byte == b'\n';
    }
    if !is_start {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_beginning_of_lines_are_doubled() {
        assert_eq!(
            stuffed(b"a\r\n.\r\n..b\r\nc."),
            b"a\r\n..\r\n...b\r\nc.\r\n"
        );
        assert_eq!(stuffed(b"."), b"..\r\n");
        assert_eq!(stuffed(b""), b"");
    }
}
