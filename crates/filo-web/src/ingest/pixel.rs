//! The pixel: a call in the address of an image, for mails and pages without script.
//!
//! **Invariant:** the answer is always the same image, whatever came, so nothing can be learnt
//! from it and no mail program shows a broken picture.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, GeneralPurpose as Decoder};
use filo_app::App;
use filo_core::event::EventKind;
use http::header;

use super::object_text::quoted;
use super::{answer, delivery, key};
use crate::problem::Problem;

/// One transparent dot (GIF 89a).
pub(crate) const DOT: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\
    \x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
/// `properties.a.b.c` may go so deep.
const DEPTH_MOST: usize = 8;
/// So many parameters are read.
const PARAMETERS_MOST: usize = 200;
/// Mail programs and templates leave the padding away, or not.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: Decoder = GeneralPurpose::new(&STANDARD, LENIENT);
const FOR_URLS: Decoder = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// Takes the call in the address and answers with the dot.
pub(super) async fn receive(
    State(app): State<App>,
    Path(kind): Path<String>,
    request: Request,
) -> Response {
    if let Err(problem) = take(&app, &kind, request).await {
        tracing::debug!(code = problem.code, "a pixel's call was not taken");
    }
    (
        [
            (header::CONTENT_TYPE, "image/gif"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        DOT,
    )
        .into_response()
}

async fn take(app: &App, kind: &str, request: Request) -> Result<Response, Problem> {
    let kind = kind.trim_end_matches(".gif");
    let implied = EventKind::from_word(kind).filter(|kind| *kind != EventKind::Decision);
    let implied = implied.ok_or_else(Problem::no_route)?;
    let (head, _body) = request.into_parts();
    let text = text_of(head.uri.query().unwrap_or_default());
    let presented = key::presented(app, &head.headers)?;
    let permit = app.admit(text.len()).map_err(answer::busy)?;
    let judged = delivery::judge(app, &head, &presented, text.as_bytes(), Some(implied))?;
    judged.deliver(app, permit).await
}

/// The message that a query says, as JSON.
fn text_of(query: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    if let Some((_, data)) = pairs.iter().find(|(key, _)| key == "data") {
        // A plus sign has become a space on its way.
        let data = data.replace(' ', "+");
        let bytes = PLAIN
            .decode(&data)
            .or_else(|_| FOR_URLS.decode(&data))
            .unwrap_or_default();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut root = Node::Branch(Vec::new());
    for (path, value) in pairs.into_iter().take(PARAMETERS_MOST) {
        root.put(&mut path.split('.').take(DEPTH_MOST), value);
    }
    root.to_json()
}

/// A tree of texts: dotted names become objects.
enum Node {
    Leaf(String),
    Branch(Vec<(String, Node)>),
}

impl Node {
    fn put<'p>(&mut self, path: &mut impl Iterator<Item = &'p str>, value: String) {
        let Some(name) = path.next() else {
            *self = Self::Leaf(value);
            return;
        };
        if let Self::Leaf(_) = self {
            *self = Self::Branch(Vec::new());
        }
        let Self::Branch(children) = self else { return };
        let known = children.iter().position(|(child, _)| child == name);
        let position = known.unwrap_or_else(|| {
            children.push((name.to_owned(), Self::Branch(Vec::new())));
            children.len() - 1
        });
        if let Some((_, child)) = children.get_mut(position) {
            child.put(path, value);
        }
    }

    fn to_json(&self) -> String {
        match self {
            Self::Leaf(text) => quoted(text),
            Self::Branch(children) => {
                let members: Vec<String> = children
                    .iter()
                    .map(|(name, child)| format!("{}:{}", quoted(name), child.to_json()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_spellings() {
        let encoded = PLAIN.encode(r#"{"userId":"u>?","event":"Email Opened","writeKey":"k"}"#);
        let plain = r#"{"userId":"u>?","event":"Email Opened","writeKey":"k"}"#;
        for data in [
            encoded.clone(),
            encoded.trim_end_matches('=').to_owned(),
            encoded.replace('+', "-").replace('/', "_"),
            encoded.replace('+', "%2B").replace('=', "%3D"),
        ] {
            assert_eq!(text_of(&format!("data={data}")), plain);
        }
        assert_eq!(
            text_of("userId=u%201&properties.subject=Ciao&properties.a.b=2&event=X&writeKey=k"),
            r#"{"userId":"u 1","properties":{"subject":"Ciao","a":{"b":"2"}},"event":"X","writeKey":"k"}"#
        );
    }

    #[test]
    fn nonsense_stays_harmless() {
        assert_eq!(text_of(""), "{}");
        assert_eq!(text_of("data=%%%"), "");
        assert_eq!(text_of("a=1&a.b=2&a=3"), r#"{"a":"3"}"#);
        let deep = format!("{}=1", vec!["a"; 5000].join("."));
        assert!(text_of(&deep).len() < 100);
    }

    #[test]
    fn the_dot_is_a_gif() {
        assert_eq!(DOT.len(), 43);
        assert!(DOT.starts_with(b"GIF89a") && DOT.ends_with(b";"));
    }
}
