//! A page for what went wrong, made in this one place.
//!
//! **Invariant:** a failure never shows the text of a fault of ours; that is logged once, here.

use axum::response::{IntoResponse, Redirect, Response};
use filo_app::Error;
use filo_core::access::Right;
use http::{HeaderValue, StatusCode, header};
use maud::html;

use super::refusal;
use super::session::encode;
use crate::i18n::Words;
use crate::ui::icon::loose_thread;
use crate::ui::page::{Frame, page};

/// Why a page cannot be shown or a form not be obeyed.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// Nothing is at this address.
    Missing,
    /// The session lacks a power.
    Powerless { right: Right },
    /// The password has to be entered once more; then on to this page.
    Unconfirmed { back: &'static str },
    /// Tried too often.
    TooOften { retry_after_s: u32 },
    /// A link that does not work: wrong, used, taken back or too old.
    DeadLink,
    /// The form may come from another site, or from a session that has ended.
    Elsewhere,
    /// The form could not be read.
    Unreadable { too_large: bool },
    /// The app refused, in its words.
    Refused { status: StatusCode, detail: String },
    /// Not now.
    Busy { retry_after_s: u32 },
    /// A fault of ours.
    Internal,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Missing(_) => Self::Missing,
            Error::Forbidden(why) => Self::Refused {
                status: StatusCode::FORBIDDEN,
                detail: why.to_owned(),
            },
            Error::Lacks(right) => Self::Powerless { right },
            Error::Unconfirmed => Self::Unconfirmed { back: "/account" },
            Error::TooOften { retry_after_s } => Self::TooOften { retry_after_s },
            Error::Conflict(why) => Self::Refused {
                status: StatusCode::CONFLICT,
                detail: why,
            },
            Error::Invalid { field, reason } => Self::Refused {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                detail: format!("{field}: {reason}"),
            },
            Error::TooLarge { .. } => Self::Unreadable { too_large: true },
            Error::Busy(busy) => Self::Busy {
                retry_after_s: busy.retry_after_s,
            },
            Error::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a page failed");
                Self::Internal
            }
        }
    }
}

/// Carries the failure to the layer, which knows the language.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::DeadLink => StatusCode::NOT_FOUND,
            Self::Unconfirmed { .. } => StatusCode::SEE_OTHER,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Powerless { .. } | Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::Unreadable { too_large: true } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable { too_large: false } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused { status, .. } => *status,
            Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A text that the app made and that has no words here: it is English.
    fn foreign(&self, words: Words) -> Option<&str> {
        match self {
            Self::Refused { detail, .. } => {
                Some(detail.as_str()).filter(|detail| refusal::said(words, detail).is_none())
            }
            Self::Missing
            | Self::Powerless { .. }
            | Self::Unconfirmed { .. }
            | Self::TooOften { .. }
            | Self::DeadLink
            | Self::Elsewhere
            | Self::Unreadable { .. }
            | Self::Busy { .. }
            | Self::Internal => None,
        }
    }

    /// The page that says what happened and what to do.
    pub(super) fn page(self, words: Words) -> Response {
        if let Self::Unconfirmed { back } = self {
            let address = format!("/account/confirm?next={}", encode(back));
            return Redirect::to(&address).into_response();
        }
        let (title, explanation) = match &self {
            Self::Missing => (
                "failure-missing",
                words.say("failure-missing-hint").into_owned(),
            ),
            Self::Powerless { right } => {
                let right = words.say(&format!("right-{}", right.word()));
                let hint = words.fill("failure-powerless-hint", [("right", right.into())]);
                ("failure-powerless", hint)
            }
            Self::Unconfirmed { .. } => ("confirm-title", words.say("confirm-lead").into_owned()),
            Self::TooOften { retry_after_s } => (
                "failure-too-often",
                words.fill(
                    "failure-too-often-hint",
                    [("seconds", (*retry_after_s).into())],
                ),
            ),
            Self::DeadLink => (
                "failure-dead-link",
                words.say("failure-dead-link-hint").into_owned(),
            ),
            Self::Elsewhere => (
                "failure-elsewhere",
                words.say("failure-elsewhere-hint").into_owned(),
            ),
            Self::Unreadable { .. } => (
                "failure-unreadable",
                words.say("failure-unreadable-hint").into_owned(),
            ),
            Self::Refused { detail, .. } => {
                let said = refusal::said(words, detail);
                let said = said.unwrap_or_else(|| words.say("refused-invalid").into_owned());
                ("failure-refused", said)
            }
            Self::Busy { retry_after_s } => (
                "failure-busy",
                words.fill("failure-busy-hint", [("seconds", (*retry_after_s).into())]),
            ),
            Self::Internal => (
                "failure-internal",
                words.say("failure-internal-hint").into_owned(),
            ),
        };
        let title = words.say(title);
        let body = html! {
            section.failure role="alert" {
                (loose_thread())
                h1 { (title) }
                p.lead { (explanation) }
                @if let Some(detail) = self.foreign(words) { p lang="en" { (detail) } }
                p { a.button href="/" { (words.say("failure-back")) } }
            }
        };
        let frame = Frame::bare(words, &title);
        let mut response = (self.status(), page(&frame, &body)).into_response();
        if let Self::Busy { retry_after_s } | Self::TooOften { retry_after_s } = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
        }
        response
    }
}
