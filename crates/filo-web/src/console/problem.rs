//! What a kind of problem means: the page that `type` of problem+json leads to. It needs no
//! session and tells nothing about anybody.

use axum::Extension;
use axum::extract::Path;
use http::Uri;
use maud::html;

use super::failure::Failure;
use super::session::address_of;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::problem::CODES;
use crate::ui::page::{Frame, page};

pub(super) async fn show(
    Extension(words): Extension<Words>,
    Path(code): Path<String>,
    uri: Uri,
) -> Answer {
    let meaning = meaning(words, &code).ok_or(Failure::Missing)?;
    let address = address_of(&uri);
    let frame = Frame {
        address: Some(&address),
        ..Frame::bare(words, &code)
    };
    let content = html! {
        section.card.narrow {
            h1 { code { (code) } }
            p { (meaning) }
        }
    };
    shown(page(&frame, &content))
}

/// The text of a problem or of a defect of an event.
fn meaning(words: Words, code: &str) -> Option<String> {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let key = code.replace('_', "-");
    if CODES.contains(&code) {
        return words.look_up(&format!("problem-{key}")).map(Into::into);
    }
    let defect = words.look_up(&format!("defect-{key}")).filter(|_| plain)?;
    Some(words.fill("problem-defect", [("defect", defect.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_problem_has_its_meaning() {
        for language in Language::ALL {
            let words = Words::of(language);
            for code in CODES {
                assert!(meaning(words, code).is_some(), "{code}");
            }
            assert!(meaning(words, "missing_event").is_some());
            assert_eq!(meaning(words, "nothing_like_that"), None);
            assert_eq!(meaning(words, "../login"), None);
        }
    }
}
