//! A mailbox on a real port of this machine that speaks IMAP (RFC 3501), as far as somebody who
//! fetches from it needs that, and does what the test tells it.

use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::imap_talk::attend;
use crate::mail_server::certificate;

/// How the way to the mailbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImapSecurity {
    /// In clear.
    Clear,
    /// Encrypted from the first byte.
    Tls,
    /// In clear until `STARTTLS`.
    Starttls,
}

/// Where the server hangs up without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImapCut {
    /// In the middle of a message.
    InBody,
    /// When it is to mark one, before it has.
    BeforeStore,
    /// When it has marked one, before it says so.
    AfterStore,
}

/// A message in the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImapMessage {
    /// Its number, for as long as the folder keeps its numbers.
    pub uid: u32,
    /// In which folder.
    pub folder: String,
    /// The message.
    pub raw: Vec<u8>,
    /// `\Seen` and the like.
    pub flags: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) account: (String, String),
    pub(crate) folders: Vec<String>,
    pub(crate) abilities: &'static str,
    pub(crate) uid_validity: u32,
    pub(crate) next_uid: u32,
    pub(crate) messages: Vec<ImapMessage>,
    pub(crate) commands: Vec<String>,
    pub(crate) cut: Option<ImapCut>,
    /// A size to say in place of the right one.
    pub(crate) says_size: Option<u64>,
}

/// Listens until it is dropped.
pub struct ImapServer {
    /// Where.
    pub address: SocketAddr,
    /// The certificate to trust, in PEM; it is for `localhost`.
    pub roots_pem: String,
    book: Arc<Mutex<Book>>,
    listening: JoinHandle<()>,
}

impl ImapServer {
    /// Listens for `resi` with the password `segreto`; the folders are `INBOX` and `Fatti`.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start(security: ImapSecurity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a port");
        let (roots_pem, tls) = certificate();
        let book = Arc::new(Mutex::new(Book {
            account: ("resi".to_owned(), "segreto".to_owned()),
            folders: vec!["INBOX".to_owned(), "Fatti".to_owned()],
            abilities: "IMAP4rev1 AUTH=PLAIN MOVE UIDPLUS",
            uid_validity: 77,
            next_uid: 1,
            messages: Vec::new(),
            commands: Vec::new(),
            cut: None,
            says_size: None,
        }));
        let kept = Arc::clone(&book);
        #[expect(clippy::disallowed_methods, reason = "it ends with the server")]
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (book, tls) = (Arc::clone(&kept), tls.clone());
                #[expect(clippy::disallowed_methods, reason = "it ends with its connection")]
                tokio::spawn(async move { drop(attend(&book, &tls, security, stream).await) });
            }
        });
        Self {
            address,
            roots_pem,
            book,
            listening,
        }
    }

    /// Puts a message into `INBOX`; gives its number.
    pub fn put(&self, raw: impl Into<Vec<u8>>) -> u32 {
        let mut book = self.book.lock();
        let uid = book.next_uid;
        book.next_uid += 1;
        let message = ImapMessage {
            uid,
            folder: "INBOX".to_owned(),
            raw: raw.into(),
            flags: Vec::new(),
        };
        book.messages.push(message);
        uid
    }

    /// Everything in all folders, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<ImapMessage> {
        self.book.lock().messages.clone()
    }

    /// Every command that came, in order, without its tag and without passwords.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        self.book.lock().commands.clone()
    }

    /// Numbers mean other messages from now on: each gets a new one.
    pub fn renumber(&self) {
        let mut book = self.book.lock();
        book.uid_validity += 1;
        let mut next = book.next_uid;
        for message in &mut book.messages {
            message.uid = next;
            next += 1;
        }
        book.next_uid = next;
    }

    /// What it says that it can do.
    pub fn set_abilities(&self, abilities: &'static str) {
        self.book.lock().abilities = abilities;
    }

    /// Who is let in.
    pub fn set_password(&self, password: &str) {
        password.clone_into(&mut self.book.lock().account.1);
    }

    /// Hangs up there, once.
    pub fn cut(&self, cut: ImapCut) {
        self.book.lock().cut = Some(cut);
    }

    /// Says this size of every message.
    pub fn say_size(&self, size: u64) {
        self.book.lock().says_size = Some(size);
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
