//! A bad network between a client and Filo: every message is refused the first time, its answer
//! lost the second, and only then does everything pass.
//!
//! **Invariant:** nothing is changed on the way but the connection, which ends after each
//! exchange, and the forwarding header that every proxy adds.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::read::GzDecoder;
use serde_json::Value;

/// The address of whoever is behind the proxy.
pub(crate) const VISITOR: &str = "93.45.1.77";
const PATIENCE: Duration = Duration::from_secs(30);
const HEAD_BYTES_MOST: usize = 64 * 1024;

/// What became of a request, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// Answered here with 503 or 429; Filo never saw it.
    Refused,
    /// Filo took it, and the client never heard.
    AnswerLost,
    /// Filo's answer reached the client.
    Answered,
}

/// One request as it was seen on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// `POST`.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// As sent, names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// Whether the body really was gzip, whatever the header says.
    pub(crate) is_packed: bool,
    /// `messageId` of what was in it.
    pub(crate) messages: Vec<String>,
    /// How it went.
    pub(crate) fate: Fate,
    /// Filo's status, if Filo was asked.
    pub(crate) status: Option<u16>,
}

#[derive(Default)]
struct Notes {
    passages: Vec<Passage>,
    /// How far each message has come.
    progress: BTreeMap<String, Fate>,
    refusals: u32,
}

/// The road to one Filo; it ends with the process of the test.
pub(crate) struct RoughRoad {
    pub(crate) address: SocketAddr,
    notes: Arc<Mutex<Notes>>,
}

impl RoughRoad {
    /// Listens on a free port and leads to `filo`.
    pub(crate) fn to(filo: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let notes = Arc::<Mutex<Notes>>::default();
        let kept = Arc::clone(&notes);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), notes) = (client, Arc::clone(&kept)) else {
                    continue;
                };
                // A client that goes away in the middle is its own business.
                std::thread::spawn(move || drop(lead(client, filo, &notes)));
            }
        });
        Self { address, notes }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has passed so far.
    pub(crate) fn passages(&self) -> Vec<Passage> {
        self.notes.lock().unwrap().passages.clone()
    }
}

struct Request {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Request {
    /// The next request of a connection; none if it ends before one.
    fn read(client: &mut TcpStream) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            let mut piece = [0; 8192];
            let length = client.read(&mut piece)?;
            if length == 0 || bytes.len() > HEAD_BYTES_MOST {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece[..length]);
        };
        let mut body = bytes.split_off(end + 4);
        bytes.truncate(end);
        let head = String::from_utf8(bytes).map_err(io::Error::other)?;
        let head: Vec<String> = head.split("\r\n").map(str::to_owned).collect();
        let mut request = Self {
            head,
            body: Vec::new(),
        };
        let headers = request.headers();
        assert!(
            !headers.contains_key("transfer-encoding"),
            "this road carries only bodies of known length: {headers:?}"
        );
        let length = headers.get("content-length").map_or("0", String::as_str);
        let length: usize = length.parse().map_err(io::Error::other)?;
        let missing = length.saturating_sub(body.len());
        client.take(missing as u64).read_to_end(&mut body)?;
        request.body = body;
        Ok(Some(request))
    }

    fn headers(&self) -> BTreeMap<String, String> {
        let pairs = self.head[1..]
            .iter()
            .filter_map(|line| line.split_once(':'));
        pairs
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect()
    }

    /// What is noted of it, and how it shall go.
    fn note(&self, notes: &Mutex<Notes>) -> Passage {
        let mut words = self.head[0].split(' ').map(str::to_owned);
        let is_packed = self.body.starts_with(&[0x1f, 0x8b]);
        let messages = self.messages(is_packed);
        let mut notes = notes.lock().unwrap();
        let progress = &mut notes.progress;
        let fate = messages
            .iter()
            .map(|id| match progress.get(id) {
                None => Fate::Refused,
                Some(Fate::Refused) => Fate::AnswerLost,
                Some(Fate::AnswerLost | Fate::Answered) => Fate::Answered,
            })
            .min()
            .unwrap_or(Fate::Answered);
        for id in &messages {
            let known = progress.entry(id.clone()).or_insert(fate);
            // Clients may pack anew what was refused: nothing is spared for being in bad company.
            *known = fate.max(*known);
        }
        Passage {
            method: words.next().unwrap(),
            path: words.next().unwrap(),
            headers: self.headers(),
            is_packed,
            messages,
            fate,
            status: None,
        }
    }

    fn messages(&self, is_packed: bool) -> Vec<String> {
        let mut text = Vec::new();
        if is_packed {
            GzDecoder::new(&self.body[..])
                .read_to_end(&mut text)
                .unwrap();
        } else {
            text.clone_from(&self.body);
        }
        let Ok(body) = serde_json::from_slice::<Value>(&text) else {
            return Vec::new();
        };
        let single = std::slice::from_ref(&body);
        let calls = body["batch"].as_array().map_or(single, Vec::as_slice);
        let ids = calls.iter().filter_map(|call| call["messageId"].as_str());
        ids.map(str::to_owned).collect()
    }

    /// Filo's whole answer.
    fn forward(&self, filo: SocketAddr) -> io::Result<Vec<u8>> {
        let mut server = TcpStream::connect(filo)?;
        server.set_read_timeout(Some(PATIENCE))?;
        let is_connection = |line: &&String| line.to_ascii_lowercase().starts_with("connection:");
        let mut head: Vec<&str> = self
            .head
            .iter()
            .filter(|line| !is_connection(line))
            .map(String::as_str)
            .collect();
        let forwarded = format!("X-Forwarded-For: {VISITOR}");
        head.extend(["Connection: close", &forwarded, "\r\n"]);
        server.write_all(head.join("\r\n").as_bytes())?;
        server.write_all(&self.body)?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// One exchange with a client.
fn lead(mut client: TcpStream, filo: SocketAddr, notes: &Mutex<Notes>) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    let Some(request) = Request::read(&mut client)? else {
        return Ok(());
    };
    let mut passage = request.note(notes);
    let mut answer = Vec::new();
    if passage.fate == Fate::Refused {
        answer = refusal(notes).into_bytes();
    } else {
        answer.extend(request.forward(filo)?);
        let status = answer
            .get(9..12)
            .and_then(|digits| str::from_utf8(digits).ok());
        passage.status = status.and_then(|digits| digits.parse().ok());
    }
    let fate = passage.fate;
    notes.lock().unwrap().passages.push(passage);
    if fate != Fate::AnswerLost {
        client.write_all(&answer)?;
    }
    client.shutdown(Shutdown::Both)
}

/// Both ways in which Filo says «not now», in turn.
fn refusal(notes: &Mutex<Notes>) -> String {
    let mut notes = notes.lock().unwrap();
    notes.refusals += 1;
    let status = if notes.refusals.is_multiple_of(2) {
        "429 Too Many Requests"
    } else {
        "503 Service Unavailable"
    };
    format!(
        "HTTP/1.1 {status}\r\nRetry-After: 1\r\nAccess-Control-Allow-Origin: *\r\n\
         Access-Control-Expose-Headers: retry-after\r\nContent-Type: application/problem+json\r\n\
         Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
    )
}
