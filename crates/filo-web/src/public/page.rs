//! How the pages for customers look.

use filo_app::consent::{Choice, Preferences};
use filo_core::event::Channel;
use filo_core::privacy::data_request::Wish;
use maud::{DOCTYPE, Markup, html};

use crate::i18n::{Language, Words};
use crate::ui::shown as display;

/// A whole page.
pub(super) fn page(words: Words, company: &str, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/public/style.css";
            }
            body {
                main {
                    @if !company.is_empty() { p.company { bdi { (display::line(company)) } } }
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}

/// The page for links that lead nowhere.
pub(super) fn unknown(words: Words, company: &str) -> Markup {
    let content = html! { p { (words.say("public-unknown-hint")) } };
    page(words, company, &words.say("public-unknown"), &content)
}

/// The page when something is wrong with us.
pub(super) fn failed(words: Words, company: &str, key: &str) -> Markup {
    let content = html! { p { (words.say(&format!("{key}-hint"))) } };
    page(words, company, &words.say(key), &content)
}

/// The preferences, as a form.
pub(super) fn preferences(
    words: Words,
    company: &str,
    known: &Preferences,
    done: Option<&str>,
) -> Markup {
    let groups = known
        .choices
        .chunk_by(|one, next| one.purpose.word == next.purpose.word);
    let content = html! {
        @if let Some(done) = done { p.done role="status" { (words.say(done)) } }
        p.soft { (words.fill("public-preferences-lead", [("address", known.address.as_str().into())])) }
        form.card method="post" {
            @for group in groups { (choices(words, group)) }
            button type="submit" name="do" value="save" { (words.say("public-preferences-save")) }
        }
        form method="post" {
            button.quiet type="submit" name="do" value="nothing" { (words.say("public-preferences-nothing")) }
        }
    };
    page(words, company, &words.say("public-preferences"), &content)
}

fn choices(words: Words, group: &[Choice]) -> Markup {
    let Some(first) = group.first() else {
        return Markup::default();
    };
    let name = match words.language {
        Language::Italian => &first.purpose.name_it,
        Language::English => &first.purpose.name_en,
    };
    html! {
        fieldset {
            legend { (name) }
            @if let Some((_, text)) = &first.wording { p.soft { (text) } }
            @for choice in group {
                label {
                    input type="checkbox" name="yes" value=(choice.word()) checked[choice.is_yes];
                    span { (place(words, choice.channel)) }
                }
            }
        }
    }
}

fn place(words: Words, channel: Option<Channel>) -> String {
    channel.map_or_else(
        || words.say("public-yes").into_owned(),
        |channel| {
            words
                .say(&format!("public-by-{}", channel.word()))
                .into_owned()
        },
    )
}

/// A request about one's data, as it is filled in.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    pub(super) wish: &'a str,
    pub(super) email: &'a str,
    pub(super) message: &'a str,
    /// The field that is wrong.
    pub(super) wrong: Option<&'static str>,
}

/// The form for a request about one's data.
pub(super) fn asking(words: Words, company: &str, asking: &Asking<'_>) -> Markup {
    let wrong = |field: &str| {
        let is_it = asking.wrong == Some(field);
        let key = format!("public-request-{field}-wrong");
        html! { @if is_it { p.wrong #{ (field) "-wrong" } role="alert" { (words.say(&key)) } } }
    };
    let invalid = |field: &str| (asking.wrong == Some(field)).then_some("true");
    let content = html! {
        p.soft { (words.say("public-request-lead")) }
        form.card method="post" {
            fieldset {
                legend { (words.say("public-request-wish")) }
                (wrong("wish"))
                @for wish in Wish::ALL {
                    label {
                        input type="radio" name="wish" value=(wish.word()) required
                            checked[asking.wish == wish.word()];
                        span { (words.say(&format!("public-wish-{}", wish.word()))) }
                    }
                }
            }
            div.field {
                label for="email" { (words.say("public-request-email")) }
                input #email type="email" name="email" value=(asking.email) required maxlength="254"
                    autocomplete="email" aria-invalid=[invalid("email")] aria-describedby="email-hint";
                p.soft #email-hint { (words.say("public-request-email-hint")) }
                (wrong("email"))
            }
            div.field {
                label for="message" { (words.say("public-request-message")) }
                textarea #message name="message" rows="4" maxlength="2000"
                    aria-invalid=[invalid("message")] { (asking.message) }
                (wrong("message"))
            }
            button type="submit" { (words.say("public-request-do")) }
        }
    };
    page(words, company, &words.say("public-request"), &content)
}

/// A question with one button.
pub(super) fn question(
    words: Words,
    company: &str,
    (title, hint, button): (&str, &Markup, &str),
) -> Markup {
    let content = html! {
        (hint)
        form method="post" { button type="submit" { (words.say(button)) } }
    };
    page(words, company, &words.say(title), &content)
}

/// What was done, and where to think again.
pub(super) fn answered(
    words: Words,
    company: &str,
    (title, hint): (&str, &str),
    preferences: Option<&str>,
) -> Markup {
    let content = html! {
        p { (words.say(hint)) }
        @if let Some(address) = preferences {
            p { a href=(address) { (words.say("public-to-preferences")) } }
        }
    };
    page(words, company, &words.say(title), &content)
}
