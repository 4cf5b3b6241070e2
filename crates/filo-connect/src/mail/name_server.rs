//! Questions to the name server of this machine that the system's own look-up cannot ask: TXT
//! and MX (RFC 1035), over UDP.
//!
//! **Invariant:** a question takes at most three seconds, an answer at most 4 kB and fifty
//! records; names in it may point back only, a few times.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::UdpSocket;

const RESOLV_CONF: &str = "/etc/resolv.conf";
const PORT: u16 = 53;
const TIME_MOST: Duration = Duration::from_secs(3);
const ANSWER_BYTES_MOST: usize = 4_096;
const RECORDS_MOST: usize = 50;
const POINTERS_MOST: usize = 8;
const MX: u16 = 15;
const TXT: u16 = 16;
const OPT: u16 = 41;
const NO_SUCH_NAME: u8 = 3;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DnsFault {
    /// Nobody to ask.
    #[error("this machine names no name server that can be asked")]
    Nobody,
    /// No answer in three seconds, or none that can be read.
    #[error("the name server did not answer: {0}")]
    Silent(String),
}

/// The name server of this machine.
#[derive(Debug, Clone)]
pub struct NameServer(Option<SocketAddr>);

impl NameServer {
    /// The first one that the system names.
    #[must_use]
    pub fn of_system() -> Self {
        let text = std::fs::read_to_string(RESOLV_CONF).unwrap_or_default();
        Self(first_of(&text))
    }

    /// A name server of one's own.
    #[must_use]
    pub const fn at(address: SocketAddr) -> Self {
        Self(Some(address))
    }

    /// The texts under a name; none if there are none. `chance` makes the question's number.
    ///
    /// # Errors
    /// If nobody answers.
    pub async fn texts(&self, name: &str, chance: u16) -> Result<Vec<String>, DnsFault> {
        let answer = self.ask(name, TXT, chance).await?;
        read(&answer, chance, TXT).ok_or_else(unreadable)
    }

    /// The machines that take mail for a domain, the most preferred first, each as
    /// `10 mx.example.it`.
    ///
    /// # Errors
    /// If nobody answers.
    pub async fn machines(&self, domain: &str, chance: u16) -> Result<Vec<String>, DnsFault> {
        let answer = self.ask(domain, MX, chance).await?;
        let mut found = read(&answer, chance, MX).ok_or_else(unreadable)?;
        found.sort_by_key(|text| {
            let preference = text.split(' ').next().and_then(|it| it.parse::<u16>().ok());
            (preference, text.clone())
        });
        Ok(found)
    }

    async fn ask(&self, name: &str, kind: u16, chance: u16) -> Result<Vec<u8>, DnsFault> {
        let address = self.0.ok_or(DnsFault::Nobody)?;
        let question = question(name, kind, chance)
            .ok_or_else(|| DnsFault::Silent("this is no name".to_owned()))?;
        let asking = async {
            let own: SocketAddr = if address.is_ipv4() {
                ([0, 0, 0, 0], 0).into()
            } else {
                (std::net::Ipv6Addr::UNSPECIFIED, 0).into()
            };
            let socket = UdpSocket::bind(own).await?;
            // Only answers from there are taken.
            socket.connect(address).await?;
            socket.send(&question).await?;
            let mut answer = vec![0; ANSWER_BYTES_MOST];
            loop {
                let count = socket.recv(&mut answer).await?;
                // Another number is somebody else's answer.
                if answer.get(..2) == Some(&chance.to_be_bytes()[..]) {
                    answer.truncate(count);
                    return Ok(answer);
                }
            }
        };
        match tokio::time::timeout(TIME_MOST, asking).await {
            Ok(answer) => {
                answer.map_err(|error: std::io::Error| DnsFault::Silent(error.to_string()))
            }
            Err(_elapsed) => Err(DnsFault::Silent("no answer in three seconds".to_owned())),
        }
    }
}

fn unreadable() -> DnsFault {
    DnsFault::Silent("the answer cannot be read".to_owned())
}

fn first_of(resolv_conf: &str) -> Option<SocketAddr> {
    let servers = resolv_conf.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let is_server = words.next() == Some("nameserver");
        let address: IpAddr = words.next().filter(|_| is_server)?.parse().ok()?;
        Some(SocketAddr::new(address, PORT))
    });
    servers.into_iter().next()
}

fn question(name: &str, kind: u16, chance: u16) -> Option<Vec<u8>> {
    let mut out = chance.to_be_bytes().to_vec();
    // Recursion is desired; one question, one addition that allows a long answer (RFC 6891).
    out.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len())
            .ok()
            .filter(|it| (1..64).contains(it))?;
        out.push(length);
        out.extend_from_slice(label.as_bytes());
    }
    out.push(0);
    if out.len() > 12 + 255 {
        return None;
    }
    out.extend(kind.to_be_bytes());
    out.extend([0, 1]);
    out.push(0);
    out.extend(OPT.to_be_bytes());
    out.extend(u16::try_from(ANSWER_BYTES_MOST).ok()?.to_be_bytes());
    out.extend([0; 6]);
    Some(out)
}

/// The records of a kind in an answer; none if it cannot be read.
fn read(answer: &[u8], chance: u16, kind: u16) -> Option<Vec<String>> {
    let mut reader = Reader {
        bytes: answer,
        at: 0,
    };
    let number = reader.number()?;
    let flags = reader.number()?;
    let is_answer = number == chance && flags & 0x8000 != 0;
    let outcome = u8::try_from(flags & 15).ok()?;
    if !is_answer || (outcome != 0 && outcome != NO_SUCH_NAME) {
        return None;
    }
    let (questions, answers) = (reader.number()?, reader.number()?);
    reader.skip(4)?;
    for _ in 0..questions {
        reader.name()?;
        reader.skip(4)?;
    }
    let mut found = Vec::new();
    for _ in 0..usize::from(answers).min(RECORDS_MOST) {
        reader.name()?;
        let own = reader.number()?;
        reader.skip(6)?;
        let length = usize::from(reader.number()?);
        let end = reader.at.checked_add(length)?;
        if own == kind {
            found.push(if kind == TXT {
                text(answer.get(reader.at..end)?)?
            } else {
                let preference = reader.number()?;
                format!("{preference} {}", reader.name()?)
            });
        }
        reader.at = end;
    }
    Some(found)
}

/// The pieces of a text put together.
fn text(mut bytes: &[u8]) -> Option<String> {
    let mut out = Vec::new();
    while let Some((length, rest)) = bytes.split_first() {
        let (piece, rest) = rest.split_at_checked(usize::from(*length))?;
        out.extend_from_slice(piece);
        bytes = rest;
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> Option<u16> {
        let bytes = self.bytes.get(self.at..self.at + 2)?;
        self.at += 2;
        Some(u16::from_be_bytes(bytes.try_into().ok()?))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.at = self.at.checked_add(count)?;
        (self.at <= self.bytes.len()).then_some(())
    }

    fn name(&mut self) -> Option<String> {
        let mut labels: Vec<String> = Vec::new();
        let (mut at, mut jumped, mut pointers) = (self.at, false, 0);
        loop {
            let length = *self.bytes.get(at)?;
            match length {
                0 => {
                    if !jumped {
                        self.at = at + 1;
                    }
                    return Some(labels.join("."));
                }
                1..64 => {
                    let end = at + 1 + usize::from(length);
                    let label = self.bytes.get(at + 1..end)?;
                    labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
                    at = end;
                }
                192.. => {
                    let low = *self.bytes.get(at + 1)?;
                    let target = usize::from(length & 63) << 8 | usize::from(low);
                    pointers += 1;
                    if target >= at || pointers > POINTERS_MOST {
                        return None;
                    }
                    if !jumped {
                        self.at = at + 2;
                        jumped = true;
                    }
                    at = target;
                }
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An answer with records under the name that was asked for.
    fn answer(kind: u16, datas: &[Vec<u8>]) -> Vec<u8> {
        let mut out = question("rossi.it", kind, 7).unwrap();
        out.truncate(12 + 10 + 4);
        out[2] = 0x81;
        out[3] = 0x80;
        out[7] = u8::try_from(datas.len()).unwrap();
        out[11] = 0;
        for data in datas {
            out.extend([0xc0, 12]);
            out.extend(kind.to_be_bytes());
            out.extend([0, 1, 0, 0, 0, 60]);
            out.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            out.extend(data);
        }
        out
    }

    #[test]
    fn texts_and_machines_are_read() {
        let data = b"\x06v=spf1\x05 -all".to_vec();
        let read_texts = read(&answer(TXT, &[data]), 7, TXT).unwrap();
        assert_eq!(read_texts, ["v=spf1 -all"]);
        let mx = [&[0, 10, 2][..], b"mx", &[0xc0, 12]].concat();
        assert_eq!(read(&answer(MX, &[mx]), 7, MX).unwrap(), ["10 mx.rossi.it"]);
        assert_eq!(read(&answer(TXT, &[]), 8, TXT), None, "another's number");
        let resolv = "# x\nsearch lan\nnameserver 192.0.2.1\nnameserver ::1\n";
        assert_eq!(first_of(resolv), Some("192.0.2.1:53".parse().unwrap()));
        assert_eq!(first_of("nameserver none"), None);
    }

    #[test]
    fn names_that_point_to_themselves_are_refused() {
        let mut looped = answer(MX, &[vec![0, 10, 0xc0, 0]]);
        let end = looped.len();
        let own = u8::try_from(end - 2).unwrap();
        looped[end - 1] = own;
        assert_eq!(read(&looped, 7, MX), None);
        assert!(question(&"a".repeat(64), TXT, 1).is_none());
        assert!(question("a..b", TXT, 1).is_none());
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
            drop(read(&bytes, 7, TXT));
            drop(read(&bytes, 7, MX));
            let mut headed = answer(MX, &[bytes]);
            headed.truncate(ANSWER_BYTES_MOST);
            drop(read(&headed, 7, MX));
        }
    }
}
