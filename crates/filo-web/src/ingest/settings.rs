//! What a browser asks for before it sends: the settings document of analytics.js and the script
//! itself (ours).

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use http::{HeaderValue, StatusCode, header};

use super::object_text::quoted;
use crate::problem::Problem;

/// The version of analytics.js whose settings these are.
const SETTINGS_VERSION: &str = "4.4.7";
/// Browsers ask again after five minutes, so that a new script soon reaches every page.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The settings of a source. No metrics are asked for and no other script is named.
pub(super) async fn settings(
    State(app): State<App>,
    Path(key): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    app.write_key(&key)
        .ok_or_else(|| Problem::missing("source"))?;
    let (protocol, host) = reached_at(request.headers());
    let document = document(&key, protocol, host);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, CACHED),
        (
            header::VARY,
            HeaderValue::from_static("host, x-forwarded-proto"),
        ),
    ];
    Ok((headers, document).into_response())
}

/// The protocol and host under which the browser reached Filo, perhaps through a proxy.
fn reached_at(headers: &HeaderMap) -> (&'static str, &str) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let protocol = if text("x-forwarded-proto") == Some("https") {
        "https"
    } else {
        "http"
    };
    (protocol, text("host").unwrap_or("localhost"))
}

fn document(key: &str, protocol: &str, host: &str) -> String {
    let (key, protocol, host) = (quoted(key), quoted(protocol), quoted(&format!("{host}/v1")));
    format!(
        r#"{{"integrations":{{"Segment.io":{{"apiKey":{key},"apiHost":{host},"protocol":{protocol},"addBundledMetadata":true,"unbundledIntegrations":[],"maybeBundledConfigIds":{{}},"versionSettings":{{"version":"{SETTINGS_VERSION}","componentTypes":["browser"]}}}}}},"plan":{{"track":{{"__default":{{"enabled":true}}}},"identify":{{"__default":{{"enabled":true}}}},"group":{{"__default":{{"enabled":true}}}}}},"middlewareSettings":{{"routingRules":[]}},"enabledMiddleware":{{}},"remotePlugins":[],"metrics":{{"sampleRate":0}},"legacyVideoPluginsEnabled":false,"consentSettings":{{"allCategories":[],"hasUnmappedDestinations":false}}}}"#
    )
}

/// filo.js, under its own name and where Segment's snippet looks for analytics.js.
pub(super) async fn script(headers: HeaderMap) -> Response {
    built("filo.js", &headers)
}

/// A script of ours that pages of other origins load.
pub(super) fn built(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = filo_assets::asset(name) else {
        return Problem::new(
            StatusCode::NOT_FOUND,
            "not_built",
            "The script is not there",
            "this Filo was built without Node.js, which makes its scripts; build it again with Node.js",
        )
        .into_response();
    };
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let mut response = match text(header::IF_NONE_MATCH) {
        Some(tag) if tag == asset.etag => StatusCode::NOT_MODIFIED.into_response(),
        _ if text(header::ACCEPT_ENCODING).is_some_and(|list| list.contains("gzip")) => {
            ([(header::CONTENT_ENCODING, "gzip")], asset.gzip).into_response()
        }
        _ => asset.bytes.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/javascript; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, CACHED);
    headers.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_json_whatever_the_host_says() {
        let text = document("k\"1", "https", "cdp.example.it\"}");
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let segment = &json["integrations"]["Segment.io"];
        assert_eq!(segment["apiKey"], "k\"1");
        assert_eq!(segment["apiHost"], "cdp.example.it\"}/v1");
        assert_eq!(segment["protocol"], "https");
        assert_eq!(json["metrics"]["sampleRate"], 0);
        assert_eq!(json["plan"]["track"]["__default"]["enabled"], true);
    }
}
