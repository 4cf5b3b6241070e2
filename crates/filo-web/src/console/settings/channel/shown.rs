//! Messages on the site: what a site must do, how they look there, and their form.

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::channel::{Layout, Look};
use filo_core::company::Language;
use maud::{Markup, html};
use serde::Deserialize;

use super::Page;
use crate::console::Answer;
use crate::console::framed::{Pictures, framed};
use crate::console::session::Session;
use crate::console::site_message::{self, Drawn};
use crate::i18n::{self, Words};
use crate::right::ManageSettings;
use crate::ui::form::{Field, copyable};

/// Letters of a colour: `#rrggbb`.
const COLOUR_LETTERS_MOST: usize = 7;

/// Which preview.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Looking {
    #[serde(default)]
    layout: String,
    #[serde(default)]
    light: String,
}

/// What stands in the frames of the page.
pub(in crate::console) async fn preview(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Looking>,
) -> Answer {
    let look = app.site_look().await?;
    let layout = Layout::from_word(&asked.layout).unwrap_or(look.layout);
    let language = match session.words.language {
        i18n::Language::Italian => Language::Italian,
        i18n::Language::English => Language::English,
    };
    let told = app.site_sample(language, layout, &look);
    let text = |key: &str| told[key].as_str().unwrap_or_default();
    let drawn = Drawn {
        language: language.tag(),
        title: text("title"),
        text: text("text"),
        link: "https://example.com",
        label: text("label"),
        image: "",
        why: text("why"),
        out: text("outLabel"),
        layout,
    };
    let page = site_message::page(&drawn, &look, asked.light == "dark");
    Ok(framed(page, Pictures::Carried))
}

/// The steps, and how it looks, once it is connected.
pub(super) fn steps(words: Words, page: &Page) -> Markup {
    let Some(account) = page.view.connected() else {
        return html! {};
    };
    let look = account.look.clone().unwrap_or_default();
    html! {
        section.card {
            h2 { (words.say("channel-in-app-site")) }
            p { (words.say("channel-in-app-snippet")) }
            (copyable(words, "site-snippet", &snippet(&page.base)))
            p { (words.say("channel-in-app-proof")) }
            (copyable(words, "site-proof", PROOF))
            p.hint { (words.say("channel-in-app-whose")) }
            p { (words.say("channel-in-app-own")) }
            (copyable(words, "site-own", OWN))
        }
        section.card {
            h2 { (words.say("channel-in-app-looks")) }
            (previews(words, &look))
        }
    }
}

fn snippet(base: &str) -> String {
    format!(
        "<script src=\"{base}/filo.js\" data-write-key=\"WRITE_KEY\" data-messages></script>\n\
         <script>\n\
         \x20 analytics.page();\n\
         </script>"
    )
}

/// What the site's own server writes into the page of who is signed in.
const PROOF: &str = "data-proof=\"hmac_sha256(secret, user_id), in hexadecimal\"";
/// For a site that draws messages itself.
const OWN: &str = "filo.messages((message, gone) => {\n\
     \x20 // message.title, message.text, message.link …\n\
     \x20 // message.shown(), message.clicked(), message.dismissed()\n\
     \x20 // gone(() => { … }): somebody else sits there now\n\
     });";

/// The layout on a computer and on a phone, by day and by night.
fn previews(words: Words, look: &Look) -> Markup {
    html! {
        div.site-previews {
            @for (device, class) in [("desktop", "wide"), ("phone", "narrow")] {
                @for light in ["light", "dark"] {
                    @let title = words.say(&format!("channel-in-app-{device}-{light}"));
                    figure class=(class) {
                        iframe sandbox="" loading="lazy" title=(title)
                            src={ "/settings/channels/in_app/preview?layout=" (look.layout.word()) "&light=" (light) } {}
                        figcaption { (title) }
                    }
                }
            }
        }
    }
}

/// How they look, and how often one is shown.
pub(super) fn fields(words: Words, page: &Page) -> Markup {
    let given = &page.form;
    let wrong = |field: &str| super::view::fault(words, page, field);
    let labels = Layout::ALL.map(|it| words.say(&format!("site-layout-{}", it.word())));
    let options: Vec<(&str, &str)> = Layout::ALL
        .into_iter()
        .zip(&labels)
        .map(|(layout, label)| (layout.word(), &**label))
        .collect();
    html! {
        (Field {
            name: "colour",
            label: &words.say("channel-site-colour"),
            value: &given.colour,
            hint: Some(&words.say("channel-site-colour-hint")),
            wrong: wrong("colour").as_deref(),
            required: true,
            length_most: COLOUR_LETTERS_MOST,
        }.input())
        (Field {
            name: "layout",
            label: &words.say("channel-site-layout"),
            value: &given.layout,
            hint: Some(&words.say("channel-site-layout-hint")),
            wrong: wrong("layout").as_deref(),
            ..Field::default()
        }.select(&options))
        (Field {
            name: "times",
            label: &words.say("channel-site-times"),
            value: &given.times,
            hint: Some(&words.say("channel-site-times-hint")),
            wrong: wrong("times").as_deref(),
            required: true,
            length_most: 2,
        }.input())
    }
}

/// The page that shows a test, to be opened.
pub(super) fn tested(words: Words, address: &str) -> Markup {
    html! {
        section.notice.notice-good role="status" {
            h2 { (words.say("channel-in-app-tested")) }
            p { (words.say("channel-in-app-tested-hint")) }
            p { a.button href=(address) target="_blank" rel="noopener" { (words.say("channel-in-app-open")) } }
        }
    }
}
