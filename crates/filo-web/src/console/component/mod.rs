//! The page of all components: what the console is built from, alive, with its rules. It shows
//! nothing of the company, so whoever is logged in may see it.

mod part;
mod token;

use axum::extract::State;
use filo_app::App;
use maud::{Markup, html};

use super::session::Session;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::right::Own;
use crate::ui::page::{Frame, page};

pub(super) async fn show(State(app): State<App>, session: Session<Own>) -> Answer {
    let words = session.words;
    let title = words.say("components");
    let frame = Frame {
        words,
        title: &title,
        place: None,
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    shown(page(&frame, &content(words, &session.token, app.now())))
}

/// A part of the page: its id, the key of its heading, what it shows.
type Section = (&'static str, Markup);

fn content(words: Words, token: &str, now: filo_core::time::Timestamp) -> Markup {
    let mut sections = token::sections(words);
    sections.extend(part::sections(words, token, now));
    html! {
        div { h1 { (words.say("components")) } p.lead { (words.say("components-lead")) } }
        nav.chips aria-label=(words.say("components")) {
            @for (key, _) in &sections { a.chip href={ "#" (key) } { (words.say(&format!("component-{key}"))) } }
        }
        @for (key, shown) in &sections {
            section.card.sample id=(key) {
                h2 { (words.say(&format!("component-{key}"))) }
                (shown)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use filo_core::time::Timestamp;

    #[test]
    fn every_part_has_its_words_and_no_style_of_its_own() {
        for language in Language::ALL {
            let page = content(Words::of(language), "t", Timestamp(0)).into_string();
            assert!(
                !page.contains("component-") && !page.contains("style="),
                "{page}"
            );
            assert!(page.matches("<section class=\"card sample\"").count() >= 15);
            // Two things of one id would break labels and links.
            let mut ids: Vec<&str> = page
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count);
        }
    }
}
