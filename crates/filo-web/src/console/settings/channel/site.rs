//! What a site must do so that browsers take notifications, to be copied; and a test to one's own
//! browser.

use filo_app::channel::Browsers;
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::form::copyable;

/// The file that the site keeps beside its pages.
const WORKER: &str = "filo-push.js";

/// The steps, once there is a key.
pub(super) fn steps(words: Words, base: &str, browsers: Option<&Browsers>) -> Markup {
    let Some(browsers) = browsers else {
        return html! {};
    };
    let worker = format!("importScripts(\"{base}/push.js\");");
    html! {
        section.card {
            h2 { (words.say("channel-push-site")) }
            p { (words.fill("channel-push-browsers", [("count", browsers.count.into())])) }
            p { (words.fill("channel-push-worker", [("file", WORKER.into())])) }
            (copyable(words, "push-worker", &worker))
            p { (words.say("channel-push-button")) }
            (copyable(words, "push-button", &button(words)))
            p.hint { (words.say("channel-push-known")) }
        }
    }
}

/// A button that shows itself where somebody can be asked and was not yet.
fn button(words: Words) -> String {
    let label = words.say("channel-push-button-label");
    format!(
        "<button type=\"button\" id=\"filo-push\" hidden>{label}</button>\n\
         <script>\n\
         {{\n\
         \x20 const button = document.getElementById(\"filo-push\");\n\
         \x20 button.hidden = !(\"PushManager\" in window) || Notification.permission !== \"default\";\n\
         \x20 button.addEventListener(\"click\", async () => {{\n\
         \x20   button.hidden = (await filo.push({{ purpose: \"marketing\" }})) === \"asked\";\n\
         \x20 }});\n\
         }}\n\
         </script>"
    )
}

/// The button that asks this very browser and fills in the form beside it.
pub(super) fn own_browser(words: Words, browsers: Option<&Browsers>) -> Markup {
    let Some(browsers) = browsers else {
        return html! {};
    };
    html! {
        button.small type="button" data-push-key=(browsers.public_key) hidden {
            (words.say("channel-push-own"))
        }
    }
}
