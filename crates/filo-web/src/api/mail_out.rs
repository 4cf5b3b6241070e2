//! How handing a message over ended, as it is written.

use filo_app::mail::Handed;
use serde::Serialize;
use utoipa::ToSchema;

/// How handing a message over ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailOutcome)]
pub(crate) struct HandedOut {
    /// `accepted`, `refused`, or `unknown`: the whole message was sent and nobody answered.
    result: &'static str,
    /// Of a refusal: `permanent`, `transient`, `policy` (it lies with us) or `rate_limited`.
    why: Option<&'static str>,
    /// The code of the conversation.
    code: Option<u16>,
    /// The enhanced code.
    enhanced: Option<String>,
    /// What the other side said, or what happened.
    text: String,
}

/// As it is written.
pub(super) fn handed(handed: &Handed) -> HandedOut {
    match handed {
        Handed::Accepted { code, text } => HandedOut {
            result: "accepted",
            why: None,
            code: Some(*code),
            enhanced: None,
            text: text.clone(),
        },
        Handed::Refused {
            why,
            code,
            enhanced,
            text,
        } => HandedOut {
            result: "refused",
            why: Some(why.word()),
            code: *code,
            enhanced: enhanced.clone(),
            text: text.clone(),
        },
        Handed::Unknown { text } => HandedOut {
            result: "unknown",
            why: None,
            code: None,
            enhanced: None,
            text: text.clone(),
        },
    }
}
