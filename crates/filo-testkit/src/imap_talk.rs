//! The conversations of the mailbox: every command that it knows.

use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::imap_server::{Book, ImapCut, ImapMessage, ImapSecurity};

pub(crate) async fn attend(
    book: &Mutex<Book>,
    tls: &TlsAcceptor,
    security: ImapSecurity,
    stream: TcpStream,
) -> std::io::Result<()> {
    if security == ImapSecurity::Tls {
        let stream = tls.accept(stream).await?;
        return Talk::over(book, stream).converse(true).await.map(drop);
    }
    let offers = security == ImapSecurity::Starttls;
    let mut talk = Talk::over(book, stream);
    talk.offers_tls = offers;
    if talk.converse(true).await? {
        let stream = tls.accept(talk.wire.into_inner()).await?;
        Talk::over(book, stream).converse(false).await?;
    }
    Ok(())
}

struct Talk<'b, S> {
    book: &'b Mutex<Book>,
    wire: BufReader<S>,
    offers_tls: bool,
    is_in: bool,
    folder: String,
}

impl<'b, S: AsyncRead + AsyncWrite + Unpin> Talk<'b, S> {
    fn over(book: &'b Mutex<Book>, stream: S) -> Self {
        Self {
            book,
            wire: BufReader::new(stream),
            offers_tls: false,
            is_in: false,
            folder: String::new(),
        }
    }

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
    async fn converse(&mut self, greets: bool) -> std::io::Result<bool> {
        if greets {
            self.say("* OK [CAPABILITY IMAP4rev1] mail.example ready")
                .await?;
        }
        while let Some(line) = self.hear().await? {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            let (tag, command) = (tag.to_owned(), command.to_owned());
            let verb = command.split(' ').next().unwrap_or_default().to_owned();
            let shown = match verb.as_str() {
                "LOGIN" => "LOGIN …".to_owned(),
                _ => command.clone(),
            };
            self.book.lock().commands.push(shown);
            match verb.as_str() {
                "CAPABILITY" => {
                    let abilities = self.book.lock().abilities;
                    let offer = if self.offers_tls { " STARTTLS" } else { "" };
                    self.say(&format!("* CAPABILITY {abilities}{offer}"))
                        .await?;
                    self.say(&format!("{tag} OK done")).await?;
                }
                "STARTTLS" if self.offers_tls => {
                    self.say(&format!("{tag} OK begin")).await?;
                    return Ok(true);
                }
                "LOGIN" => self.log_in(&tag, &strings(&command)).await?,
                "AUTHENTICATE" => {
                    self.say("+ ").await?;
                    let given = self.hear().await?.unwrap_or_default();
                    self.log_in(&tag, &plain(&given)).await?;
                }
                "LOGOUT" => {
                    self.say("* BYE see you").await?;
                    self.say(&format!("{tag} OK done")).await?;
                    return Ok(false);
                }
                "SELECT" if self.is_in => self.select(&tag, &command).await?,
                "UID" if !self.folder.is_empty() => {
                    if !self.uid(&tag, &command).await? {
                        return Ok(false);
                    }
                }
                _ => self.say(&format!("{tag} BAD not now")).await?,
            }
        }
        Ok(false)
    }

    async fn log_in(&mut self, tag: &str, given: &[String]) -> std::io::Result<()> {
        let (user, password) = self.book.lock().account.clone();
        if given == [user, password] {
            self.is_in = true;
            return self
                .say(&format!("{tag} OK [CAPABILITY IMAP4rev1] in"))
                .await;
        }
        let no = format!("{tag} NO [AUTHENTICATIONFAILED] Invalid credentials");
        self.say(&no).await
    }

    async fn select(&mut self, tag: &str, command: &str) -> std::io::Result<()> {
        let folder = strings(command).pop().unwrap_or_default();
        let (is_there, count, validity) = {
            let book = self.book.lock();
            let inside = book.messages.iter().filter(|it| it.folder == folder);
            (
                book.folders.contains(&folder),
                inside.count(),
                book.uid_validity,
            )
        };
        if !is_there {
            return self.say(&format!("{tag} NO Mailbox does not exist")).await;
        }
        self.folder = folder;
        self.say(&format!("* {count} EXISTS")).await?;
        self.say("* FLAGS (\\Answered \\Seen \\Deleted)").await?;
        self.say(&format!("* OK [UIDVALIDITY {validity}] UIDs valid"))
            .await?;
        self.say("* X-UNKNOWN something of our own").await?;
        self.say(&format!("{tag} OK [READ-WRITE] opened")).await
    }

    /// False if the conversation breaks off here.
    async fn uid(&mut self, tag: &str, command: &str) -> std::io::Result<bool> {
        let words: Vec<&str> = command.split(' ').collect();
        let number = |at: usize| {
            let word = words.get(at).copied().unwrap_or_default();
            word.split(':')
                .next()
                .unwrap_or_default()
                .parse()
                .unwrap_or(0)
        };
        match words.get(1).copied().unwrap_or_default() {
            "SEARCH" => self.search(number(3)).await?,
            "FETCH" => {
                if !self
                    .fetch(number(2), command.contains("BODY.PEEK[]"))
                    .await?
                {
                    return Ok(false);
                }
            }
            "STORE" => {
                let is_cut = |book: &mut Book, cut| book.cut.take_if(|it| *it == cut).is_some();
                if is_cut(&mut self.book.lock(), ImapCut::BeforeStore) {
                    return Ok(false);
                }
                self.store(number(2), command);
                if is_cut(&mut self.book.lock(), ImapCut::AfterStore) {
                    return Ok(false);
                }
            }
            act @ ("MOVE" | "COPY") => {
                let to = strings(command).pop().unwrap_or_default();
                if !self.carry(number(2), &to, act == "MOVE") {
                    self.say(&format!("{tag} NO [TRYCREATE] no such folder"))
                        .await?;
                    return Ok(true);
                }
            }
            "EXPUNGE" => {
                let (folder, uid) = (self.folder.clone(), number(2));
                let is_gone = |it: &ImapMessage| {
                    it.folder == folder
                        && it.uid == uid
                        && it.flags.iter().any(|flag| flag == "\\Deleted")
                };
                self.book.lock().messages.retain(|it| !is_gone(it));
            }
            _ => {
                self.say(&format!("{tag} BAD what?")).await?;
                return Ok(true);
            }
        }
        self.say(&format!("{tag} OK done")).await?;
        Ok(true)
    }

    async fn search(&mut self, first: u32) -> std::io::Result<()> {
        let found: Vec<String> = {
            let book = self.book.lock();
            let inside = book.messages.iter().filter(|it| it.folder == self.folder);
            let uids: Vec<u32> = inside.map(|it| it.uid).collect();
            // `n:*` always holds the last one.
            let last = uids.iter().max().copied();
            let holds = |uid: &&u32| **uid >= first || Some(**uid) == last;
            uids.iter().filter(holds).map(u32::to_string).collect()
        };
        self.say(format!("* SEARCH {}", found.join(" ")).trim_end())
            .await
    }

    async fn fetch(&mut self, uid: u32, wants_body: bool) -> std::io::Result<bool> {
        let (found, says, is_cut) = {
            let mut book = self.book.lock();
            let mut inside = book.messages.iter().filter(|it| it.folder == self.folder);
            let place = inside.position(|it| it.uid == uid);
            let mut inside = book.messages.iter().filter(|it| it.folder == self.folder);
            let raw = inside.find(|it| it.uid == uid).map(|it| it.raw.clone());
            let says = book.says_size;
            let cut = wants_body.then_some(&mut book.cut);
            let cut = cut.and_then(|cut| cut.take_if(|it| *it == ImapCut::InBody));
            (place.zip(raw), says, cut.is_some())
        };
        let Some((place, raw)) = found else {
            return Ok(true);
        };
        let (place, length) = (place + 1, raw.len());
        if !wants_body {
            let size = says.unwrap_or(length as u64);
            let line = format!("* {place} FETCH (UID {uid} RFC822.SIZE {size})");
            self.say(&line).await?;
            return Ok(true);
        }
        let head = format!("* {place} FETCH (UID {uid} BODY[] {{{length}}}\r\n");
        self.wire.write_all(head.as_bytes()).await?;
        if is_cut {
            self.wire.write_all(&raw[..length / 2]).await?;
            self.wire.flush().await?;
            return Ok(false);
        }
        self.wire.write_all(&raw).await?;
        self.say(")").await?;
        Ok(true)
    }

    fn store(&self, uid: u32, command: &str) {
        let inner = command.split_once('(').map_or("", |(_, rest)| rest);
        let flags = inner.trim_end_matches(')').split(' ').map(str::to_owned);
        let mut book = self.book.lock();
        let mut inside = book.messages.iter_mut();
        if let Some(message) = inside.find(|it| it.uid == uid && it.folder == self.folder) {
            message.flags.extend(flags);
        }
    }

    /// False if there is no such folder.
    fn carry(&self, uid: u32, to: &str, moves: bool) -> bool {
        let mut book = self.book.lock();
        if !book.folders.iter().any(|it| it == to) {
            return false;
        }
        let next = book.next_uid;
        let mut inside = book.messages.iter_mut();
        let found = inside.find(|it| it.uid == uid && it.folder == self.folder);
        let Some(message) = found else {
            return true;
        };
        if moves {
            to.clone_into(&mut message.folder);
            message.uid = next;
        } else {
            let copy = ImapMessage {
                uid: next,
                folder: to.to_owned(),
                ..message.clone()
            };
            book.messages.push(copy);
        }
        book.next_uid += 1;
        true
    }
}

/// The strings in quotes of a command.
fn strings(command: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut letters = command.chars();
    while letters.by_ref().any(|letter| letter == '"') {
        let mut text = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => text.extend(letters.next()),
                '"' => break,
                other => text.push(other),
            }
        }
        all.push(text);
    }
    all
}

/// User and password of `AUTHENTICATE PLAIN`.
fn plain(given: &str) -> Vec<String> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(given);
    let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
    text.split('\0').skip(1).map(str::to_owned).collect()
}
