//! Commands to a mailbox and what is heard after them.
//!
//! **Invariant:** of an answer no more is kept in memory than its command allows, and none is
//! waited for longer than that; a command is one line.

use std::time::Duration;

use imap_proto::{
    AttributeValue, Capability, MailboxDatum, Outcome, Response, ResponseCode, Status,
};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::line::Wire;
use super::mailbox::MailboxFault;
use super::talk::{COMMAND_MOST, GREETING_MOST, write_line};

/// Bytes of one answer that is not a message: a search over a full folder.
const ANSWER_BYTES_MOST: usize = 1 << 20;
/// Answers to one command.
const ANSWERS_MOST: usize = 10_000;
/// Letters of what a server said that are kept.
const TEXT_LETTERS_MOST: usize = 500;
const PIECE_BYTES: usize = 16 << 10;

/// Something that was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// How a command ended.
    Ended {
        /// Which.
        tag: String,
        /// Well.
        is_ok: bool,
        /// What was said with it.
        text: String,
    },
    /// The server ends the conversation, for this reason.
    Bye(String),
    /// It waits for more.
    GoOn,
    /// What it can do, in capitals.
    Abilities(Vec<String>),
    /// Messages in the folder.
    Exists(u32),
    /// The UIDs of the folder.
    UidValidity(u32),
    /// UIDs that were found.
    Search(Vec<u32>),
    /// Of a message.
    Fetched {
        uid: Option<u32>,
        size: Option<u32>,
        body: Option<Vec<u8>>,
    },
    /// Something else.
    Other,
}

/// A conversation.
pub(super) struct Talk<W> {
    wire: W,
    read: Vec<u8>,
    number: u32,
}

impl<W: Wire> Talk<W> {
    pub(super) const fn over(wire: W) -> Self {
        Self {
            wire,
            read: Vec::new(),
            number: 0,
        }
    }

    /// Hears who is there.
    pub(super) async fn greeting(&mut self) -> Result<(), MailboxFault> {
        match self.within(GREETING_MOST, ANSWER_BYTES_MOST).await? {
            Heard::Bye(text) => Err(MailboxFault::Broken(format!(
                "the server does not let us in: {text}"
            ))),
            _ => Ok(()),
        }
    }

    /// Says a command and hears everything up to its end.
    pub(super) async fn command(
        &mut self,
        line: &str,
        most: Duration,
    ) -> Result<Vec<Heard>, MailboxFault> {
        self.large_command(line, most, ANSWER_BYTES_MOST).await
    }

    /// The same with an answer of at most so many bytes.
    pub(super) async fn large_command(
        &mut self,
        line: &str,
        most: Duration,
        bytes_most: usize,
    ) -> Result<Vec<Heard>, MailboxFault> {
        let tag = self.say(line, most).await?;
        let hearing = self.hear_out(&tag, bytes_most);
        match tokio::time::timeout(most, hearing).await {
            Ok(heard) => heard,
            Err(_elapsed) => Err(late()),
        }
    }

    /// A command that is asked for more once, and gets it.
    pub(super) async fn answered(&mut self, line: &str, more: &str) -> Result<(), MailboxFault> {
        let tag = self.say(line, COMMAND_MOST).await?;
        loop {
            match self.within(COMMAND_MOST, ANSWER_BYTES_MOST).await? {
                Heard::GoOn => break,
                Heard::Ended { text, .. } => return Err(MailboxFault::Refused(text)),
                Heard::Bye(text) => return Err(gone(&text)),
                _ => {}
            }
        }
        write_line(&mut self.wire, more, COMMAND_MOST)
            .await
            .map_err(MailboxFault::Broken)?;
        let hearing = self.hear_out(&tag, ANSWER_BYTES_MOST);
        match tokio::time::timeout(COMMAND_MOST, hearing).await {
            Ok(heard) => heard.map(drop),
            Err(_elapsed) => Err(late()),
        }
    }

    async fn say(&mut self, line: &str, most: Duration) -> Result<String, MailboxFault> {
        if line.contains(['\r', '\n', '\0']) {
            return Err(MailboxFault::Broken("a name holds a line end".to_owned()));
        }
        self.number += 1;
        let tag = format!("f{}", self.number);
        write_line(&mut self.wire, &format!("{tag} {line}"), most)
            .await
            .map_err(MailboxFault::Broken)?;
        Ok(tag)
    }

    async fn hear_out(&mut self, tag: &str, most: usize) -> Result<Vec<Heard>, MailboxFault> {
        let mut all = Vec::new();
        loop {
            match self.hear(most).await? {
                Heard::Ended {
                    tag: ended,
                    is_ok,
                    text,
                } if ended == tag => {
                    return if is_ok {
                        Ok(all)
                    } else {
                        Err(MailboxFault::Refused(text))
                    };
                }
                Heard::Bye(text) => return Err(gone(&text)),
                heard => all.push(heard),
            }
            if all.len() > ANSWERS_MOST {
                let endless = "the server answers without end".to_owned();
                return Err(MailboxFault::Broken(endless));
            }
        }
    }

    async fn within(&mut self, most: Duration, bytes_most: usize) -> Result<Heard, MailboxFault> {
        match tokio::time::timeout(most, self.hear(bytes_most)).await {
            Ok(heard) => heard,
            Err(_elapsed) => Err(late()),
        }
    }

    /// Hears the next thing.
    async fn hear(&mut self, most: usize) -> Result<Heard, MailboxFault> {
        loop {
            let parsed = match Response::parse(&self.read) {
                Ok((rest, response)) => Some((self.read.len() - rest.len(), heard(response))),
                Err(fault) if fault.is_incomplete() => None,
                // Something that is not known is passed over, line by line.
                Err(_) => self.other_line()?.map(|length| (length, Heard::Other)),
            };
            if let Some((length, heard)) = parsed {
                self.read.drain(..length);
                return Ok(heard);
            }
            if self.read.len() > most {
                let long = "the server answers with more than it was asked for".to_owned();
                return Err(MailboxFault::Broken(long));
            }
            let mut piece = vec![0; PIECE_BYTES];
            match self.wire.read(&mut piece).await {
                Ok(0) => return Err(MailboxFault::Broken("the server hung up".to_owned())),
                Ok(count) => self.read.extend_from_slice(&piece[..count]),
                Err(error) => {
                    return Err(MailboxFault::Broken(format!(
                        "the connection broke: {error}"
                    )));
                }
            }
        }
    }

    /// The length of a line that nobody understands, if it is whole.
    fn other_line(&self) -> Result<Option<usize>, MailboxFault> {
        if !self.read.starts_with(b"* ") {
            let strange = "the server answered something that is no mailbox".to_owned();
            return Err(MailboxFault::Broken(strange));
        }
        let end = self.read.iter().position(|byte| *byte == b'\n');
        Ok(end.map(|end| end + 1))
    }
}

impl Talk<TcpStream> {
    /// The stream to encrypt. What was said too early is refused with it.
    pub(super) fn into_clear_stream(self) -> Result<TcpStream, MailboxFault> {
        if self.read.is_empty() {
            return Ok(self.wire);
        }
        Err(MailboxFault::Broken(
            "the server said more than it was asked before the connection was encrypted".to_owned(),
        ))
    }
}

fn late() -> MailboxFault {
    MailboxFault::Broken("the server did not answer in time".to_owned())
}

fn gone(text: &str) -> MailboxFault {
    MailboxFault::Broken(format!("the server ended the conversation: {text}"))
}

fn heard(response: Response<'_>) -> Heard {
    match response {
        Response::Done {
            tag,
            status,
            outcome,
        } => Heard::Ended {
            tag: tag.0,
            is_ok: status == Status::Ok,
            text: text_of(&outcome),
        },
        Response::Data { status, outcome } => match (status, &outcome.code) {
            (Status::Bye, _) => Heard::Bye(text_of(&outcome)),
            (_, Some(ResponseCode::UidValidity(validity))) => Heard::UidValidity(*validity),
            _ => Heard::Other,
        },
        Response::Continue(_) => Heard::GoOn,
        Response::Capabilities(all) => Heard::Abilities(all.iter().map(ability).collect()),
        Response::MailboxData(MailboxDatum::Exists(count)) => Heard::Exists(count),
        Response::MailboxData(MailboxDatum::Search(uids)) => Heard::Search(uids),
        Response::Fetch(_, attributes) => fetched(attributes),
        _ => Heard::Other,
    }
}

fn fetched(attributes: Vec<AttributeValue<'_>>) -> Heard {
    let (mut uid, mut size, mut body) = (None, None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(value) => uid = Some(value),
            AttributeValue::Rfc822Size(value) => size = Some(value),
            AttributeValue::BodySection {
                section: None,
                data: Some(data),
                ..
            } => body = Some(data.into_owned()),
            _ => {}
        }
    }
    Heard::Fetched { uid, size, body }
}

fn ability(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(way) => format!("AUTH={way}").to_ascii_uppercase(),
        Capability::Atom(word) => word.to_ascii_uppercase(),
    }
}

fn text_of(outcome: &Outcome<'_>) -> String {
    let text = outcome.information.as_deref().unwrap_or_default();
    let tame = text.chars().filter(|letter| !letter.is_control());
    tame.take(TEXT_LETTERS_MOST).collect()
}
