//! Requests to the routes, without a network.

use std::fmt;
use std::io::Write;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use filo_app::App;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use tower::ServiceExt;

type Ask = dyn Fn(http::Request<Full<Bytes>>) -> BoxFuture<'static, Answer> + Send + Sync;

/// The routes of one Filo.
#[derive(Clone)]
pub(crate) struct Router(Arc<Ask>);

impl fmt::Debug for Router {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Router")
    }
}

/// The routes of an app.
pub(crate) fn router(app: &App) -> Router {
    let router = filo_web::router(app.clone());
    Router(Arc::new(move |request| {
        let router = router.clone();
        Box::pin(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.expect("a whole answer").to_bytes();
            Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            }
        })
    }))
}

/// A request in the making.
#[derive(Debug)]
#[must_use = "a request does nothing before it is sent"]
pub struct Request {
    router: Router,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Request {
    pub(crate) fn new(router: Router, method: Method, path: &str) -> Self {
        let headers = HeaderMap::new();
        Self {
            router,
            method,
            path: path.to_owned(),
            headers,
            body: Bytes::new(),
        }
    }

    /// A header.
    ///
    /// # Panics
    /// If it cannot be one.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        self.headers.insert(
            name,
            HeaderValue::from_str(value).expect("a header's value"),
        );
        self
    }

    /// A write key, or a key of the Profile API, as Basic authorisation.
    pub fn key(self, key: &str) -> Self {
        let basic = format!("Basic {}", STANDARD.encode(format!("{key}:")));
        self.header(header::AUTHORIZATION.as_str(), &basic)
    }

    /// A key of the API.
    pub fn bearer(self, key: &str) -> Self {
        self.header(header::AUTHORIZATION.as_str(), &format!("Bearer {key}"))
    }

    /// A body of JSON.
    pub fn json(self, body: &Value) -> Self {
        self.header(header::CONTENT_TYPE.as_str(), "application/json")
            .body(body.to_string())
    }

    /// A form.
    pub fn form(self, body: &str) -> Self {
        let kind = "application/x-www-form-urlencoded";
        self.header(header::CONTENT_TYPE.as_str(), kind)
            .body(body.to_owned())
    }

    /// Any body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Packs the body.
    ///
    /// # Panics
    /// Never: memory takes what is written.
    pub fn gzip(mut self) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&self.body).expect("memory takes it");
        self.body = encoder.finish().expect("memory takes it").into();
        self.header(header::CONTENT_ENCODING.as_str(), "gzip")
    }

    /// Sends it.
    ///
    /// # Panics
    /// If the address cannot be one.
    pub async fn send(self) -> Answer {
        let mut request = http::Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.path.parse().expect("an address");
        *request.headers_mut() = self.headers;
        let length = HeaderValue::from(self.body.len());
        request
            .headers_mut()
            .entry(header::CONTENT_LENGTH)
            .or_insert(length);
        (self.router.0)(request).await
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// Insists on success.
    ///
    /// # Panics
    /// If it is none.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        self
    }

    /// Insists on a status.
    ///
    /// # Panics
    /// If it is another.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null if it is empty.
    ///
    /// # Panics
    /// If it is not JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
