//! Reading a mailbox over IMAP (RFC 3501): logging in, looking what is new, fetching it without a
//! trace, and marking what was taken.
//!
//! **Invariant:** nothing of the account is said before the connection is encrypted, unless the
//! owner chose this machine in clear; a message is fetched with `BODY.PEEK`, so that looking at it
//! changes nothing; nothing is expunged that was not named by its UID.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{NO_PAD, STANDARD};
use filo_core::mail::{Security, Server};
use jiff::civil::Date;
use tokio::net::TcpStream;

use super::line::{Account, Wire, connect, secure};
use super::mailbox_talk::{Heard, Talk};
use crate::network::Network;
use crate::tls;

/// Ports on which mailboxes are read; a machine of the house may have its own.
const PORTS: [u16; 2] = [143, 993];
/// A body is waited for longer than an answer.
const BODY_MOST: Duration = Duration::from_secs(120);
const COMMAND_MOST: Duration = Duration::from_secs(60);
const QUIT_MOST: Duration = Duration::from_secs(2);
/// Bytes beside a body in an answer.
const BESIDE_BODY: usize = 8 << 10;
/// Names of folders in letters that IMAP knows (RFC 3501, 5.1.3).
const FOLDER_LETTERS: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Why a mailbox could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxFault {
    /// There is no way there.
    #[error("{0}")]
    Unreachable(String),
    /// The account is not let in.
    #[error("logging in was refused: {0}")]
    Refused(String),
    /// A folder is not there.
    #[error("the folder {0} cannot be opened: {1}")]
    NoFolder(String, String),
    /// The conversation broke, or made no sense.
    #[error("{0}")]
    Broken(String),
}

/// A folder that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// While this stays, UIDs name the same messages.
    pub uid_validity: u32,
    /// Messages in it.
    pub messages: u32,
}

/// A conversation with a mailbox.
pub struct Mailbox {
    talk: Talk<Box<dyn Wire>>,
    abilities: Vec<String>,
}

impl Mailbox {
    /// Connects, encrypts and logs in.
    ///
    /// # Errors
    /// Why it was not let in.
    pub async fn open(
        network: Arc<dyn Network>,
        roots_pem: &str,
        server: &Server,
        account: &Account,
    ) -> Result<Self, MailboxFault> {
        if !PORTS.contains(&server.port) && !server.own_relay {
            return Err(MailboxFault::Unreachable(format!(
                "port {} is neither 993 nor 143: only a machine of the house may have another",
                server.port
            )));
        }
        let tls = tls::connector(roots_pem, &[]);
        let tls = tls.map_err(|error| MailboxFault::Unreachable(error.to_string()))?;
        let stream = connect(&*network, server).await;
        let stream = stream.map_err(MailboxFault::Unreachable)?;
        let mut mailbox = match server.security {
            Security::Tls => {
                let wire = secure(&tls, server, stream).await;
                Self::over(wire.map_err(MailboxFault::Unreachable)?)
            }
            Security::None => Self::over(Box::new(stream)),
            Security::Starttls => {
                let stream = upgraded(stream).await?;
                let wire = secure(&tls, server, stream).await;
                Self::over(wire.map_err(MailboxFault::Unreachable)?)
            }
        };
        if server.security != Security::Starttls {
            mailbox.talk.greeting().await?;
        }
        mailbox.learn().await?;
        mailbox.log_in(account).await?;
        // What is possible may be more once somebody is in.
        mailbox.learn().await?;
        Ok(mailbox)
    }

    fn over(wire: Box<dyn Wire>) -> Self {
        Self {
            talk: Talk::over(wire),
            abilities: Vec::new(),
        }
    }

    async fn learn(&mut self) -> Result<(), MailboxFault> {
        for heard in self.talk.command("CAPABILITY", COMMAND_MOST).await? {
            if let Heard::Abilities(abilities) = heard {
                self.abilities = abilities;
            }
        }
        Ok(())
    }

    fn can(&self, ability: &str) -> bool {
        self.abilities.iter().any(|it| it == ability)
    }

    async fn log_in(&mut self, account: &Account) -> Result<(), MailboxFault> {
        let Account { user, password } = account;
        let is_plain = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let entered = if is_plain(user) && is_plain(password) && !self.can("LOGINDISABLED") {
            let line = format!("LOGIN {} {}", quoted(user), quoted(password));
            self.talk.command(&line, COMMAND_MOST).await.map(drop)
        } else {
            let secret = STANDARD.encode(format!("\0{user}\0{password}"));
            self.talk.answered("AUTHENTICATE PLAIN", &secret).await
        };
        entered.map_err(|fault| match fault {
            MailboxFault::Refused(text) => MailboxFault::Refused(text.replace(password, "•••")),
            other => other,
        })
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// If it is not there, or the conversation breaks.
    pub async fn select(&mut self, folder: &str) -> Result<Opened, MailboxFault> {
        let line = format!("SELECT {}", folder_name(folder));
        let heard = self.talk.command(&line, COMMAND_MOST).await;
        let heard = heard.map_err(|fault| match fault {
            MailboxFault::Refused(text) => MailboxFault::NoFolder(folder.to_owned(), text),
            other => other,
        })?;
        let mut opened = Opened {
            uid_validity: 0,
            messages: 0,
        };
        for it in heard {
            match it {
                Heard::Exists(messages) => opened.messages = messages,
                Heard::UidValidity(validity) => opened.uid_validity = validity,
                _ => {}
            }
        }
        Ok(opened)
    }

    /// The UIDs of what came after one of them and since a day, in order.
    ///
    /// # Errors
    /// If the conversation breaks.
    pub async fn search(&mut self, after: u32, since: Date) -> Result<Vec<u32>, MailboxFault> {
        let first = after.saturating_add(1);
        let month = usize::try_from(since.month() - 1).unwrap_or(0);
        let (day, month, year) = (since.day(), MONTHS[month.min(11)], since.year());
        let line = format!("UID SEARCH UID {first}:* SINCE {day}-{month}-{year:04}");
        let mut found = Vec::new();
        for heard in self.talk.command(&line, COMMAND_MOST).await? {
            if let Heard::Search(uids) = heard {
                found.extend(uids);
            }
        }
        // The last one is always found, however old.
        found.retain(|uid| *uid >= first);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// How large a message is; none if it is gone.
    ///
    /// # Errors
    /// If the conversation breaks.
    pub async fn size(&mut self, uid: u32) -> Result<Option<usize>, MailboxFault> {
        let line = format!("UID FETCH {uid} (UID RFC822.SIZE)");
        let heard = self.talk.command(&line, COMMAND_MOST).await?;
        let sizes = heard.into_iter().find_map(|it| match it {
            Heard::Fetched {
                uid: Some(fetched),
                size: Some(size),
                ..
            } if fetched == uid => Some(size),
            _ => None,
        });
        Ok(sizes.map(|size| usize::try_from(size).unwrap_or(usize::MAX)))
    }

    /// A message as it came, of at most so many bytes; none if it is gone. It stays unread.
    ///
    /// # Errors
    /// If the conversation breaks, or the message is larger than it was said to be.
    pub async fn fetch(
        &mut self,
        uid: u32,
        bytes_most: usize,
    ) -> Result<Option<Vec<u8>>, MailboxFault> {
        let line = format!("UID FETCH {uid} (UID BODY.PEEK[])");
        let most = bytes_most.saturating_add(BESIDE_BODY);
        let heard = self.talk.large_command(&line, BODY_MOST, most).await?;
        Ok(heard.into_iter().find_map(|it| match it {
            Heard::Fetched {
                uid: Some(fetched),
                body: Some(body),
                ..
            } if fetched == uid => Some(body),
            _ => None,
        }))
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// If it cannot be marked.
    pub async fn mark_seen(&mut self, uid: u32) -> Result<(), MailboxFault> {
        self.store(uid, "\\Seen").await
    }

    /// Moves a message to another folder.
    ///
    /// # Errors
    /// If it cannot be moved.
    pub async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), MailboxFault> {
        let name = folder_name(folder);
        let act = if self.can("MOVE") { "MOVE" } else { "COPY" };
        let line = format!("UID {act} {uid} {name}");
        let moved = self.talk.command(&line, COMMAND_MOST).await;
        moved.map_err(|fault| match fault {
            MailboxFault::Refused(text) => MailboxFault::NoFolder(folder.to_owned(), text),
            other => other,
        })?;
        if self.can("MOVE") {
            return Ok(());
        }
        self.delete(uid).await
    }

    /// Deletes a message. Where the server cannot take away one alone, it stays marked as deleted.
    ///
    /// # Errors
    /// If it cannot be marked.
    pub async fn delete(&mut self, uid: u32) -> Result<(), MailboxFault> {
        self.store(uid, "\\Seen \\Deleted").await?;
        if self.can("UIDPLUS") {
            let line = format!("UID EXPUNGE {uid}");
            self.talk.command(&line, COMMAND_MOST).await?;
        }
        Ok(())
    }

    async fn store(&mut self, uid: u32, flags: &str) -> Result<(), MailboxFault> {
        let line = format!("UID STORE {uid} +FLAGS.SILENT ({flags})");
        self.talk.command(&line, COMMAND_MOST).await.map(drop)
    }

    /// Says goodbye; whether it is heard is of no account.
    pub async fn log_out(mut self) {
        drop(tokio::time::timeout(QUIT_MOST, self.talk.command("LOGOUT", QUIT_MOST)).await);
    }
}

/// The stream of a conversation that begins in clear, ready to be encrypted.
async fn upgraded(stream: TcpStream) -> Result<TcpStream, MailboxFault> {
    let mut talk = Talk::over(stream);
    talk.greeting().await?;
    let begun = talk.command("STARTTLS", COMMAND_MOST).await;
    begun.map_err(|fault| match fault {
        MailboxFault::Refused(_) => MailboxFault::Unreachable(
            "the server offers no encryption (STARTTLS) on this port: choose TLS on port 993, or \
             ask your provider"
                .to_owned(),
        ),
        other => other,
    })?;
    talk.into_clear_stream()
}

/// A string in quotes.
fn quoted(text: &str) -> String {
    let inner = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{inner}\"")
}

/// The name of a folder as IMAP writes it, in quotes.
fn folder_name(folder: &str) -> String {
    let mut name = String::with_capacity(folder.len());
    let mut other: Vec<u8> = Vec::new();
    let flush = |name: &mut String, other: &mut Vec<u8>| {
        if !other.is_empty() {
            name.push('&');
            name.push_str(&FOLDER_LETTERS.encode(&*other));
            name.push('-');
            other.clear();
        }
    };
    for letter in folder.chars() {
        if (' '..='~').contains(&letter) {
            flush(&mut name, &mut other);
            name.push(letter);
            if letter == '&' {
                name.push('-');
            }
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                other.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
    flush(&mut name, &mut other);
    quoted(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_written_as_the_protocol_wants_them() {
        for (folder, written) in [
            ("INBOX", "\"INBOX\""),
            ("Posta & resi", "\"Posta &- resi\""),
            ("Già letti", "\"Gi&AOA- letti\""),
            ("台北", "\"&U,BTFw-\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ] {
            assert_eq!(folder_name(folder), written);
        }
    }
}
