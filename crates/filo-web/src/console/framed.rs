//! What is shown in a frame of ours: a mail as its reader would see it.
//!
//! **Invariant:** what stands in the frame has no script, no form and no say over the page around
//! it, and only our own pages show it.

use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, header};

/// Which pictures it may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pictures {
    /// Those that it carries: nothing is fetched.
    Carried,
    /// Also those that lie elsewhere.
    Fetched,
}

impl Pictures {
    const fn policy(self) -> &'static str {
        match self {
            Self::Carried => {
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                 form-action 'none'; frame-ancestors 'self'; base-uri 'none'; sandbox"
            }
            Self::Fetched => {
                "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; \
                 form-action 'none'; frame-ancestors 'self'; base-uri 'none'; sandbox"
            }
        }
    }
}

/// A page for a frame. Its policy is stricter than that of all pages, and stands in its place.
pub(super) fn framed(page: String, pictures: Pictures) -> Response {
    let mut answer = Html(page).into_response();
    let policy = HeaderValue::from_static(pictures.policy());
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}
