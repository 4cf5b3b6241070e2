//! How handing a message over ended, whoever carries it.

use bytes::Bytes;
use filo_core::time::Timestamp;
use http::{HeaderMap, Method, header};

use crate::client::{Answer, Client, Failure, Request};

/// Letters of an answer that are kept.
const TEXT_LETTERS_MOST: usize = 400;

/// Why a message was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The address does not exist, or can get no such messages.
    Address,
    /// They said there that they want no more.
    SaidNo,
    /// This message cannot be said like this.
    Message,
    /// What is in the way lies with us: keys, rights, money, the sender.
    Account,
    /// It is too much at once.
    TooFast {
        /// In so many seconds again, if that was said.
        wait_s: Option<i64>,
    },
    /// It may be taken later; also when nobody could be reached.
    Transient,
}

impl Why {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::SaidNo => "said_no",
            Self::Message => "message",
            Self::Account => "account",
            Self::TooFast { .. } => "too_fast",
            Self::Transient => "transient",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// They have it.
    Accepted {
        /// Under this id; empty if they named none.
        id: String,
        /// What they said.
        text: String,
    },
    /// They do not have it.
    Refused {
        /// Why.
        why: Why,
        /// Their code, or what happened.
        text: String,
    },
    /// They may have it or not.
    Unknown {
        /// What happened.
        text: String,
    },
    /// They were not asked.
    NotNow {
        /// They can be then.
        until: Timestamp,
    },
}

impl Handed {
    pub(super) fn refused(why: Why, text: impl Into<String>) -> Self {
        let text = shortened(&text.into());
        Self::Refused { why, text }
    }

    pub(super) fn accepted(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Accepted {
            id: id.into(),
            text: shortened(&text.into()),
        }
    }
}

/// A message as it is written to its carrier.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// Headers beside those of the client.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Hands a message over.
pub async fn hand_over(
    client: &Client,
    outgoing: Outgoing,
    read: impl FnOnce(&Answer) -> Handed,
    now: Timestamp,
) -> Handed {
    let target = match client.target(&outgoing.url) {
        Ok(target) => target,
        Err(refusal) => return Handed::refused(Why::Account, refusal.to_string()),
    };
    let request = Request {
        method: Method::POST,
        target: &target,
        headers: outgoing.headers,
        body: outgoing.body,
    };
    match client.send(request, now).await {
        Ok(answer) => match answer.status {
            // They cannot say themselves what became of it: whoever answers stands before them.
            500 | 502 | 504..=599 => Handed::Unknown {
                text: said(&answer),
            },
            503 => Handed::refused(Why::Transient, said(&answer)),
            429 => match read(&answer) {
                // Some say in the body how long.
                handed @ Handed::Refused {
                    why: Why::TooFast { wait_s: Some(_) },
                    ..
                } => handed,
                _ => Handed::refused(
                    Why::TooFast {
                        wait_s: retry_after(&answer),
                    },
                    said(&answer),
                ),
            },
            _ => read(&answer),
        },
        Err(failure) => broken(&failure),
    }
}

/// Asks a carrier something that is no message.
///
/// # Errors
/// Why there is no answer, in words.
pub async fn ask(client: &Client, outgoing: Outgoing, now: Timestamp) -> Result<Answer, String> {
    let target = client.target(&outgoing.url).map_err(|it| it.to_string())?;
    let request = Request {
        method: Method::POST,
        target: &target,
        headers: outgoing.headers,
        body: outgoing.body,
    };
    client
        .send(request, now)
        .await
        .map_err(|failure| failure.to_string())
}

/// What a failure means: whether anything of the message can have left.
fn broken(failure: &Failure) -> Handed {
    let text = failure.to_string();
    match failure {
        Failure::NotNow(until) => Handed::NotNow { until: *until },
        Failure::Refused(_) | Failure::Redirect(_) => Handed::refused(Why::Account, text),
        Failure::Unknown(_) | Failure::Unreachable(_) | Failure::Insecure(_) => {
            Handed::refused(Why::Transient, text)
        }
        Failure::Slow | Failure::TooLarge | Failure::Broken(_) => Handed::Unknown { text },
    }
}

/// The status with the beginning of the body.
pub(crate) fn said(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    shortened(format!("{} {}", answer.status, text.trim()).trim_end())
}

/// After how many seconds it wants to be asked again.
pub(crate) fn retry_after(answer: &Answer) -> Option<i64> {
    let value = answer.headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().filter(|seconds| *seconds >= 0)
}

/// The beginning of a text.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(TEXT_LETTERS_MOST).collect()
}
