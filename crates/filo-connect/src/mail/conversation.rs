//! The conversation with a server that takes mail (RFC 5321), one command after the other.
//!
//! We hold it ourselves because who sends must know at which byte it broke: before the end of
//! the message was sent nothing can have been taken, after it anything.
//!
//! **Invariant:** nothing of account or message is sent before the connection is encrypted,
//! unless the owner chose a relay in clear; what a server sent before encryption is thrown away
//! with the connection.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use filo_core::mail::returned::Step;
use filo_core::mail::{Security, Server};
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsConnector;

use super::handed::Handed;
use super::line::{Account, Relay, Wire, dial, is_clear, secure};
use super::talk::{
    COMMAND_MOST, Clear, GREETING_MOST, Reply, good, read_reply, stuffed, write_line,
};
use crate::network::Network;

const DATA_MOST: Duration = Duration::from_secs(120);
const SENDING_MOST: Duration = Duration::from_secs(180);
/// The server may look through the whole message before it answers.
const END_MOST: Duration = Duration::from_secs(600);
const QUIT_MOST: Duration = Duration::from_secs(2);

/// An open conversation.
pub(super) struct Conversation {
    wire: Box<dyn Wire>,
    read: Vec<u8>,
    /// What the server can do, in capitals.
    abilities: Vec<String>,
}

/// How far a delivery came.
pub(super) enum Delivered {
    /// It ended, one way or the other; the conversation can go on.
    Ended(Handed),
    /// It ended, and the conversation is over.
    Over(Handed),
    /// The conversation was over before anything was said: another may be opened.
    Stale,
}

impl Conversation {
    /// Connects, encrypts and logs in.
    ///
    /// # Errors
    /// How it ended before it began.
    pub(super) async fn open(
        network: &dyn Network,
        tls: &TlsConnector,
        relay: &Relay,
    ) -> Result<Self, Handed> {
        let server = &relay.server;
        let stream = dial(network, server).await.map_err(Handed::broken)?;
        let mut conversation = match server.security {
            Security::Tls => {
                let wire = secure(tls, server, stream).await.map_err(Handed::ours)?;
                let mut conversation = Self::over(wire);
                conversation.greet(relay).await?;
                conversation
            }
            Security::None => {
                let mut conversation = Self::over(Box::new(stream));
                conversation.greet(relay).await?;
                conversation
            }
            Security::Starttls => Self::upgraded(tls, relay, stream).await?,
        };
        if let Some(account) = &relay.account {
            conversation.log_in(account, server).await?;
        }
        Ok(conversation)
    }

    fn over(wire: Box<dyn Wire>) -> Self {
        Self {
            wire,
            read: Vec::new(),
            abilities: Vec::new(),
        }
    }

    async fn upgraded(
        tls: &TlsConnector,
        relay: &Relay,
        mut stream: tokio::net::TcpStream,
    ) -> Result<Self, Handed> {
        {
            let mut clear = Clear::over(&mut stream);
            clear.begin(&relay.hello).await?;
            if clear.has_more() {
                return Err(Handed::ours(
                    "the server said more than it was asked before the connection was encrypted",
                ));
            }
        }
        let wire = secure(tls, &relay.server, stream)
            .await
            .map_err(Handed::ours)?;
        let mut conversation = Self::over(wire);
        conversation.hello(&relay.hello).await?;
        Ok(conversation)
    }

    async fn greet(&mut self, relay: &Relay) -> Result<(), Handed> {
        let greeting = self.answer(GREETING_MOST).await.map_err(Handed::broken)?;
        good(&greeting, Step::Sender)?;
        self.hello(&relay.hello).await
    }

    async fn hello(&mut self, name: &str) -> Result<(), Handed> {
        let reply = self.command(&format!("EHLO {name}"), Step::Sender).await?;
        let lines = reply.lines.iter().skip(1);
        self.abilities = lines.map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    async fn log_in(&mut self, account: &Account, server: &Server) -> Result<(), Handed> {
        let ways = self.abilities.iter().find(|line| line.starts_with("AUTH"));
        let ways = ways.cloned().unwrap_or_default();
        let Account { user, password } = account;
        if ways.contains("PLAIN") || (ways.is_empty() && !is_clear(server)) {
            let secret = STANDARD.encode(format!("\0{user}\0{password}"));
            self.secret(&format!("AUTH PLAIN {secret}")).await?;
        } else if ways.contains("LOGIN") {
            self.secret("AUTH LOGIN").await?;
            self.secret(&STANDARD.encode(user)).await?;
            self.secret(&STANDARD.encode(password)).await?;
        } else {
            return Err(Handed::ours(
                "the server asks for a way of logging in that is neither PLAIN nor LOGIN",
            ));
        }
        Ok(())
    }

    async fn secret(&mut self, line: &str) -> Result<Reply, Handed> {
        let reply = self
            .exchange(line, COMMAND_MOST)
            .await
            .map_err(Handed::broken)?;
        if reply.is_good() {
            return Ok(reply);
        }
        // A server that is busy says so; everything else lies with the account.
        match Handed::refused(reply.code, reply.text(), Step::Sender) {
            Handed::Refused {
                code,
                enhanced,
                text,
                ..
            } if reply.code >= 500 => Err(Handed::Refused {
                why: super::RefusedWhy::Policy,
                code,
                enhanced,
                text: format!("logging in was refused: {text}"),
            }),
            other => Err(other),
        }
    }

    /// Sends one message. Whether the conversation was used before decides whether silence at
    /// its first command means that it had ended in the meantime.
    pub(super) async fn deliver(
        &mut self,
        from: &str,
        to: &str,
        message: &[u8],
        was_used: bool,
    ) -> Delivered {
        let size = self.abilities.iter().any(|line| line.starts_with("SIZE"));
        let size = if size {
            format!(" SIZE={}", message.len())
        } else {
            String::new()
        };
        let begin = format!("MAIL FROM:<{from}>{size}");
        let reply = match self.exchange(&begin, COMMAND_MOST).await {
            Ok(reply) => reply,
            Err(_) if was_used => return Delivered::Stale,
            Err(text) => return Delivered::Over(Handed::broken(text)),
        };
        if was_used && is_goodbye(&reply) {
            return Delivered::Stale;
        }
        if let Err(refused) = good(&reply, Step::Sender) {
            return self.after(refused).await;
        }
        if let Err(refused) = self
            .command(&format!("RCPT TO:<{to}>"), Step::Recipient)
            .await
        {
            return self.after(refused).await;
        }
        match self.exchange("DATA", DATA_MOST).await {
            Ok(reply) if reply.code == 354 => {}
            Ok(reply) => {
                let refused = Handed::refused(reply.code, reply.text(), Step::Recipient);
                return self.after(refused).await;
            }
            Err(text) => return Delivered::Over(Handed::broken(text)),
        }
        self.send(message).await
    }

    /// The message and its end.
    async fn send(&mut self, message: &[u8]) -> Delivered {
        let body = stuffed(message);
        let sending = async {
            self.wire.write_all(&body).await?;
            self.wire.flush().await
        };
        match tokio::time::timeout(SENDING_MOST, sending).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                let text = format!("the connection broke before the end of the message: {error}");
                return Delivered::Over(Handed::broken(text));
            }
            Err(_elapsed) => {
                return Delivered::Over(Handed::broken("the message could not be sent in time"));
            }
        }
        // From here on it may be taken without our knowing.
        let ending = async {
            self.wire.write_all(b".\r\n").await?;
            self.wire.flush().await
        };
        let unknown = |text: String| Delivered::Over(Handed::Unknown { text });
        match tokio::time::timeout(SENDING_MOST, ending).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return unknown(format!("the connection broke at the end: {error}")),
            Err(_elapsed) => return unknown("the end could not be sent in time".to_owned()),
        }
        match self.answer(END_MOST).await {
            Ok(reply) if reply.is_good() => Delivered::Ended(Handed::Accepted {
                code: reply.code,
                text: reply.text(),
            }),
            Ok(reply) => {
                let refused = Handed::refused(reply.code, reply.text(), Step::Data);
                if reply.code == 421 {
                    return Delivered::Over(refused);
                }
                Delivered::Ended(refused)
            }
            Err(text) => unknown(format!("the whole message was sent and then: {text}")),
        }
    }

    /// After a refusal the conversation goes on if the server lets it.
    async fn after(&mut self, refused: Handed) -> Delivered {
        let is_over = matches!(
            refused,
            Handed::Refused {
                code: Some(421) | None,
                ..
            }
        );
        if is_over || self.exchange("RSET", COMMAND_MOST).await.is_err() {
            return Delivered::Over(refused);
        }
        Delivered::Ended(refused)
    }

    /// Says goodbye; whether it is heard is of no account.
    pub(super) async fn quit(mut self) {
        drop(tokio::time::timeout(QUIT_MOST, self.exchange("QUIT", QUIT_MOST)).await);
    }

    async fn command(&mut self, line: &str, step: Step) -> Result<Reply, Handed> {
        let reply = self
            .exchange(line, COMMAND_MOST)
            .await
            .map_err(Handed::broken)?;
        good(&reply, step)?;
        Ok(reply)
    }

    async fn exchange(&mut self, line: &str, most: Duration) -> Result<Reply, String> {
        write_line(&mut *self.wire, line, most).await?;
        self.answer(most).await
    }

    async fn answer(&mut self, most: Duration) -> Result<Reply, String> {
        let reading = read_reply(&mut *self.wire, &mut self.read);
        match tokio::time::timeout(most, reading).await {
            Ok(reply) => reply,
            Err(_elapsed) => Err("the server did not answer in time".to_owned()),
        }
    }
}

/// Whether a server only ends a conversation that was quiet for long; "too much" is an answer.
fn is_goodbye(reply: &Reply) -> bool {
    let Handed::Refused { enhanced, .. } = Handed::refused(reply.code, reply.text(), Step::Sender)
    else {
        return false;
    };
    reply.code == 421 && enhanced.is_none_or(|code| !code.starts_with("4.7"))
}
