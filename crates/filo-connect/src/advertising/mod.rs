//! Telling platforms of advertising who is in an audience and who is not any more.
//!
//! For each platform there is what is written and how its answer is read, without a connection;
//! the connection is the guarded client's. All of them take the same change twice without harm.
//!
//! **Invariant:** what is written holds hashes of addresses and never an address.
//! **Invariant:** an entry counts as taken only where the platform said so.

pub mod google;
pub mod linkedin;
pub mod meta;

use bytes::Bytes;
use filo_core::audience::Record;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::channel::{retry_after, said, shortened};
use crate::client::{Answer, Client, Failure, Request};

/// Where the platforms are. Tests put themselves in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    /// The Graph API of Meta.
    pub meta: String,
    /// The Data Manager API of Google.
    pub google: String,
    /// Where Google gives tokens.
    pub google_tokens: String,
    /// The Marketing API of `LinkedIn`.
    pub linkedin: String,
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            meta: "https://graph.facebook.com".to_owned(),
            google: "https://datamanager.googleapis.com".to_owned(),
            google_tokens: "https://oauth2.googleapis.com".to_owned(),
            linkedin: "https://api.linkedin.com".to_owned(),
        }
    }
}

/// What a platform is told of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// They are in.
    Put,
    /// They are not in any more.
    TakeOut,
}

/// People of whom a platform is told the same.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// What.
    pub change: Change,
    /// Who.
    pub records: &'a [Record],
}

/// Why a platform took nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It does not believe us, or we may not.
    Account,
    /// The audience is not there, or is not ours.
    Audience,
    /// It is too much at once.
    TooFast {
        /// In so many seconds again, if that was said.
        wait_s: Option<i64>,
    },
    /// It may be taken later; also when nobody could be reached.
    Transient,
    /// It cannot read what it was told.
    Batch,
}

impl Why {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Audience => "audience",
            Self::TooFast { .. } => "too_fast",
            Self::Transient => "transient",
            Self::Batch => "batch",
        }
    }
}

/// What a platform said to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It took the batch.
    Taken {
        /// But for these, by their place, which it will never take as they are; with why.
        refused: Vec<(usize, String)>,
        /// And these, which are to be told again.
        again: Vec<usize>,
        /// What else it said.
        text: String,
    },
    /// It took nothing because of these, by their place; without them it may.
    Spoiled {
        /// Each with why.
        refused: Vec<(usize, String)>,
    },
    /// It took nothing.
    Failed {
        /// Why.
        why: Why,
        /// Its code, or what happened.
        text: String,
    },
    /// It was not asked.
    NotNow {
        /// It can be then.
        until: Timestamp,
    },
}

impl Told {
    fn taken(text: &str) -> Self {
        Self::Taken {
            refused: Vec::new(),
            again: Vec::new(),
            text: shortened(text),
        }
    }

    fn failed(why: Why, text: &str) -> Self {
        Self::Failed {
            why,
            text: shortened(text),
        }
    }
}

/// A question or a change as it is written to a platform.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// GET, POST, DELETE.
    pub method: Method,
    /// Where to.
    pub url: String,
    /// Headers beside those of the client.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Outgoing {
    fn new(method: Method, url: String, token: &str) -> Self {
        let mut headers = HeaderMap::new();
        if let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {token}")) {
            bearer.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, bearer);
        }
        Self {
            method,
            url,
            headers,
            body: Bytes::new(),
        }
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        let name = HeaderName::from_static(name);
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    fn json(self, body: &serde_json::Value) -> Self {
        let mut whole = self.with("content-type", "application/json");
        whole.body = body.to_string().into();
        whole
    }
}

/// Tells a platform something, and reads what it said to it.
pub async fn tell(
    client: &Client,
    outgoing: Outgoing,
    read: impl FnOnce(&Answer) -> Told,
    now: Timestamp,
) -> Told {
    let target = match client.target(&outgoing.url) {
        Ok(target) => target,
        Err(refusal) => return Told::failed(Why::Account, &refusal.to_string()),
    };
    let request = Request {
        method: outgoing.method,
        target: &target,
        headers: outgoing.headers,
        body: outgoing.body,
    };
    match client.send(request, now).await {
        Ok(answer) => match read(&answer) {
            Told::Failed {
                why: Why::TooFast { wait_s: None },
                text,
            } => Told::Failed {
                why: Why::TooFast {
                    wait_s: retry_after(&answer),
                },
                text,
            },
            told => told,
        },
        Err(Failure::NotNow(until)) => Told::NotNow { until },
        Err(failure @ (Failure::Refused(_) | Failure::Redirect(_))) => {
            Told::failed(Why::Account, &failure.to_string())
        }
        Err(failure) => Told::failed(Why::Transient, &failure.to_string()),
    }
}

/// What a status means where the body does not say more.
fn by_status(answer: &Answer) -> Told {
    let why = match answer.status {
        401 | 403 => Why::Account,
        404 | 410 => Why::Audience,
        429 => Why::TooFast { wait_s: None },
        500.. => Why::Transient,
        _ => Why::Batch,
    };
    Told::failed(why, &said(answer))
}

const fn is_good(answer: &Answer) -> bool {
    answer.status >= 200 && answer.status < 300
}
