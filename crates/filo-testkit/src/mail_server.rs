//! A server of mail on a real port of this machine, that does what the test tells it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// What the server does with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailReaction {
    /// Takes it.
    Accept,
    /// Refuses the sender with this line.
    Sender(&'static str),
    /// Refuses the recipient with this line.
    Recipient(&'static str),
    /// Reads the message and refuses it with this line.
    End(&'static str),
    /// Hangs up once the recipient was named.
    DropBeforeData,
    /// Reads the whole message and hangs up without a word.
    DropAfterData,
    /// Takes the message once the test lets it.
    Hold,
}

/// How the server is.
#[derive(Debug, Clone, Default)]
pub struct MailServerOptions {
    /// It offers encryption.
    pub starttls: bool,
    /// Who must log in: a name and a password.
    pub account: Option<(&'static str, &'static str)>,
    /// It knows only `AUTH LOGIN`.
    pub only_login: bool,
}

/// A message that came.
#[derive(Debug, Clone)]
pub struct MailReceived {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipient.
    pub to: String,
    /// The message, as it was before dots were doubled.
    pub data: Vec<u8>,
    /// It came encrypted.
    pub is_secure: bool,
    /// Over which connection.
    pub connection: usize,
}

#[derive(Debug, Default)]
struct Book {
    reactions: VecDeque<MailReaction>,
    received: Vec<MailReceived>,
    connections: usize,
    commands: Vec<String>,
}

struct Inner {
    options: MailServerOptions,
    book: Mutex<Book>,
    tls: TlsAcceptor,
    hold: watch::Receiver<bool>,
}

/// Listens until it is dropped.
pub struct MailServer {
    /// Where.
    pub address: SocketAddr,
    /// The certificate to trust, in PEM; it is for `localhost`.
    pub roots_pem: String,
    inner: Arc<Inner>,
    released: watch::Sender<bool>,
    listening: JoinHandle<()>,
}

impl MailServer {
    /// Listens.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start(options: MailServerOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a port");
        let (roots_pem, tls) = certificate();
        let (released, hold) = watch::channel(false);
        let inner = Arc::new(Inner {
            options,
            book: Mutex::default(),
            tls,
            hold,
        });
        let kept = Arc::clone(&inner);
        #[expect(clippy::disallowed_methods, reason = "it ends with the server")]
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&kept);
                #[expect(clippy::disallowed_methods, reason = "it ends with its connection")]
                tokio::spawn(async move { drop(attend(&inner, stream).await) });
            }
        });
        Self {
            address,
            roots_pem,
            inner,
            released,
            listening,
        }
    }

    /// What it does with the next messages, in turn; without, it takes them.
    pub fn react(&self, reactions: impl IntoIterator<Item = MailReaction>) {
        self.inner.book.lock().reactions.extend(reactions);
    }

    /// Lets held messages go.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    /// What has come whole.
    #[must_use]
    pub fn received(&self) -> Vec<MailReceived> {
        self.inner.book.lock().received.clone()
    }

    /// How many connections there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.inner.book.lock().connections
    }

    /// Every command that came, in order.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        self.inner.book.lock().commands.clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

pub(crate) fn certificate() -> (String, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
    let made = made.expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("the certificate fits");
    (made.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

async fn attend(inner: &Inner, stream: TcpStream) -> std::io::Result<()> {
    let connection = {
        let mut book = inner.book.lock();
        book.connections += 1;
        book.connections
    };
    let mut talk = Talk {
        inner,
        wire: BufReader::new(stream),
        connection,
        is_secure: false,
        reaction: MailReaction::Accept,
    };
    talk.say("220 mail.example ready").await?;
    if !talk.converse().await? {
        return Ok(());
    }
    let stream = inner.tls.accept(talk.wire.into_inner()).await?;
    let mut talk = Talk {
        inner,
        wire: BufReader::new(stream),
        connection,
        is_secure: true,
        reaction: MailReaction::Accept,
    };
    talk.converse().await.map(drop)
}

struct Talk<'i, S> {
    inner: &'i Inner,
    wire: BufReader<S>,
    connection: usize,
    is_secure: bool,
    reaction: MailReaction,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<'_, S>
where
    BufReader<S>: AsyncBufRead,
{
    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.wire
            .write_all(format!("{line}\r\n").as_bytes())
            .await?;
        self.wire.flush().await
    }

    async fn hear(&mut self) -> std::io::Result<Option<String>> {
        let mut line = Vec::new();
        let count = self.wire.read_until(b'\n', &mut line).await?;
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        Ok((count > 0).then_some(text))
    }

    /// True if the connection is to be encrypted now.
    async fn converse(&mut self) -> std::io::Result<bool> {
        let (mut from, mut to) = (String::new(), String::new());
        while let Some(line) = self.hear().await? {
            self.inner.book.lock().commands.push(line.clone());
            let upper = line.to_ascii_uppercase();
            let inside = |text: &str| {
                let inner = text
                    .split_once('<')
                    .and_then(|(_, rest)| rest.rsplit_once('>'));
                inner.map_or_else(String::new, |(inner, _)| inner.to_owned())
            };
            if upper.starts_with("EHLO") {
                self.greet().await?;
            } else if upper == "STARTTLS" && self.inner.options.starttls {
                self.say("220 go ahead").await?;
                return Ok(true);
            } else if upper.starts_with("AUTH") {
                self.check(&line).await?;
            } else if upper.starts_with("MAIL FROM:") {
                let reaction = self.inner.book.lock().reactions.pop_front();
                self.reaction = reaction.unwrap_or(MailReaction::Accept);
                from = inside(&line);
                match self.reaction {
                    MailReaction::Sender(refusal) => self.say(refusal).await?,
                    _ => self.say("250 sender ok").await?,
                }
            } else if upper.starts_with("RCPT TO:") {
                to = inside(&line);
                match self.reaction {
                    MailReaction::Recipient(refusal) => self.say(refusal).await?,
                    MailReaction::DropBeforeData => return Ok(false),
                    _ => self.say("250 recipient ok").await?,
                }
            } else if upper == "DATA" {
                self.say("354 go on").await?;
                if !self.take(&from, &to).await? {
                    return Ok(false);
                }
            } else if upper == "QUIT" {
                self.say("221 bye").await?;
                return Ok(false);
            } else {
                self.say("250 ok").await?;
            }
        }
        Ok(false)
    }

    async fn greet(&mut self) -> std::io::Result<()> {
        let options = &self.inner.options;
        let mut lines = vec!["mail.example".to_owned(), "SIZE 35000000".to_owned()];
        if options.starttls && !self.is_secure {
            lines.push("STARTTLS".to_owned());
        }
        if options.account.is_some() {
            let ways = if options.only_login {
                "LOGIN"
            } else {
                "PLAIN LOGIN"
            };
            lines.push(format!("AUTH {ways}"));
        }
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            let mark = if index == last { ' ' } else { '-' };
            self.say(&format!("250{mark}{line}")).await?;
        }
        Ok(())
    }

    async fn check(&mut self, line: &str) -> std::io::Result<()> {
        let decoded = |text: &str| {
            let bytes = STANDARD.decode(text).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let given = if let Some(secret) = line.strip_prefix("AUTH PLAIN ") {
            let text = decoded(secret);
            let mut parts = text.split('\0').skip(1).map(str::to_owned);
            (
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
            )
        } else {
            self.say("334 VXNlcm5hbWU6").await?;
            let user = self.hear().await?.unwrap_or_default();
            self.say("334 UGFzc3dvcmQ6").await?;
            let password = self.hear().await?.unwrap_or_default();
            (decoded(&user), decoded(&password))
        };
        let known = self.inner.options.account;
        let is_known =
            known.is_some_and(|(user, password)| given == (user.to_owned(), password.to_owned()));
        if is_known {
            self.say("235 welcome").await
        } else {
            self.say("535 5.7.8 bad credentials").await
        }
    }

    /// Reads a message; false if the connection ends with it.
    async fn take(&mut self, from: &str, to: &str) -> std::io::Result<bool> {
        let mut data = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.wire.read_until(b'\n', &mut line).await? == 0 {
                return Ok(false);
            }
            if line == b".\r\n" {
                break;
            }
            data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        let received = MailReceived {
            from: from.to_owned(),
            to: to.to_owned(),
            data,
            is_secure: self.is_secure,
            connection: self.connection,
        };
        self.inner.book.lock().received.push(received);
        match self.reaction.clone() {
            MailReaction::End(refusal) => self.say(refusal).await?,
            MailReaction::DropAfterData => return Ok(false),
            MailReaction::Hold => {
                let mut hold = self.inner.hold.clone();
                if hold.wait_for(|released| *released).await.is_err() {
                    return Ok(false);
                }
                self.say("250 2.0.0 taken at last").await?;
            }
            _ => self.say("250 2.0.0 taken").await?,
        }
        Ok(true)
    }
}
