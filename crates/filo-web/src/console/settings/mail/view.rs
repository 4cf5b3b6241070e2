//! The page of the account.

use filo_app::mail::{Handed, Handing, TestSent};
use filo_core::access::Right;
use filo_core::mail::{NAME_LETTERS_MOST, Provider, Way, default_pace};
use maud::{Markup, html};

use super::form::pace_field;
use super::{HERE, Page};
use crate::console::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::form::{Field, button_form, form};
use crate::ui::shown as display;

/// Letters of an address.
const ADDRESS_LETTERS_MOST: usize = 254;
/// Letters of what a server said.
const SAID_LETTERS_MOST: usize = 1_000;

pub(super) fn content<P: Power>(session: &Session<P>, page: &Page) -> Markup {
    let words = session.words;
    let token = &session.token;
    html! {
        h1 { (words.say("settings-mail")) }
        p.lead { (words.say("settings-mail-lead")) }
        @if let Some(tested) = &page.tested { (outcome(words, tested)) }
        (standing(session, page))
        section.card {
            h2 { (words.say("mail-account")) }
            (form(HERE, token, &account(words, page)))
        }
        section.card {
            h2 { (words.say("mail-signature")) }
            (signature(words, page, token))
        }
    }
}

/// Where messages go now, and what there is to look at.
fn standing<P: Power>(session: &Session<P>, page: &Page) -> Markup {
    let words = session.words;
    let sees = session.actor.may(Right::SeePersonalData);
    html! {
        section.card {
            @match &page.view.settings.way {
                Way::Folder => {
                    h2 { (words.say("mail-to-folder")) }
                    p { (words.say("mail-to-folder-hint")) }
                }
                Way::Smtp(server) => {
                    h2 { (words.say("mail-to-server")) }
                    p { (words.fill("mail-to-server-hint", [
                        ("host", display::line(&server.host).into()),
                        ("from", display::line(&page.view.settings.from_address).into()),
                    ])) }
                }
            }
            div.actions {
                (button_form("/settings/mail/test", &session.token, &[], &words.say("mail-test"), "quiet small"))
                a.button.quiet.small href="/settings/mail/dns" { (words.say("mail-dns")) }
                @if sees { a.button.quiet.small href="/settings/mail/folder" { (words.say("mail-folder")) } }
                a.button.quiet.small href="/settings/mail/warm-up" { (words.say("mail-warm-up")) }
                a.button.quiet.small href="/settings/mail/return-box" { (words.say("mail-return-box")) }
                a.button.quiet.small href="/settings/mail/returns" { (words.say("mail-returns")) }
            }
        }
    }
}

/// How a test ended, with the whole answer of the other side.
fn outcome(words: Words, tested: &TestSent) -> Markup {
    let (class, key) = match (&tested.handed, tested.handing) {
        (Handed::Accepted { .. }, Handing::Folder) => ("notice notice-good", "mail-test-kept"),
        (Handed::Accepted { .. }, Handing::Server) => ("notice notice-good", "mail-test-sent"),
        (Handed::Refused { .. }, _) => ("notice notice-warn", "mail-test-refused"),
        (Handed::Unknown { .. }, _) => ("notice notice-warn", "mail-test-unknown"),
    };
    let (why, code, said) = match &tested.handed {
        Handed::Accepted { code, text } => (None, Some(*code), text),
        Handed::Refused {
            why, code, text, ..
        } => (Some(*why), *code, text),
        Handed::Unknown { text } => (None, None, text),
    };
    html! {
        section class=(class) role="status" {
            h2 { (words.fill(key, [("to", display::line(&tested.to).into())])) }
            @if let Some(why) = why { p { (words.say(&format!("mail-why-{}", why.word().replace('_', "-")))) } }
            p.hint { (words.say("mail-said")) }
            pre.box tabindex="0" { code {
                @if let Some(code) = code { (code) " " }
                (display::lines(said, SAID_LETTERS_MOST))
            } }
        }
    }
}

fn account(words: Words, page: &Page) -> Markup {
    let given = &page.form;
    let text = |name: &'static str, value: &str, key: &str, length_most: usize| {
        let wrong = fault(words, page, name);
        let hint = words.look_up(&format!("{key}-hint"));
        Field {
            name,
            label: &words.say(key),
            value,
            hint: hint.as_deref(),
            wrong: wrong.as_deref(),
            length_most,
            ..Field::default()
        }
        .input()
    };
    html! {
        input type="hidden" name="version" value=(given.version);
        (choice(words, page, ("way", &given.way), "mail-way", &["folder", "smtp"]))
        (text("host", &given.host, "mail-host", 253))
        (text("port", &given.port, "mail-port", 5))
        (choice(words, page, ("security", &given.security), "mail-security", &["tls", "starttls", "none"]))
        label.check {
            input type="checkbox" name="own_relay" value="yes" checked[!given.own_relay.is_empty()];
            span { (words.say("mail-own-relay")) }
        }
        (text("user", &given.user, "mail-user", ADDRESS_LETTERS_MOST))
        (password(words, page))
        (text("from_name", &given.from_name, "mail-from-name", NAME_LETTERS_MOST))
        (text("from_address", &given.from_address, "mail-from-address", ADDRESS_LETTERS_MOST))
        (text("reply_to", &given.reply_to, "mail-reply-to", ADDRESS_LETTERS_MOST))
        (text("bounce_domain", &given.bounce_domain, "mail-bounce-domain", 253))
        (paces(words, page))
        button type="submit" { (words.say("save")) }
    }
}

fn choice(
    words: Words,
    page: &Page,
    (name, value): (&'static str, &str),
    key: &str,
    options: &[&'static str],
) -> Markup {
    let wrong = fault(words, page, name);
    let hint = words.look_up(&format!("{key}-hint"));
    let named: Vec<_> = options
        .iter()
        .map(|option| words.say(&format!("{key}-{option}")))
        .collect();
    let options: Vec<(&str, &str)> = options
        .iter()
        .zip(&named)
        .map(|(option, name)| (*option, &**name))
        .collect();
    let field = Field {
        name,
        label: &words.say(key),
        value,
        hint: hint.as_deref(),
        wrong: wrong.as_deref(),
        ..Field::default()
    };
    field.select(&options)
}

fn password(words: Words, page: &Page) -> Markup {
    let hint = if page.view.has_password {
        "mail-password-kept"
    } else {
        "mail-password-hint"
    };
    let wrong = fault(words, page, "password");
    Field {
        name: "password",
        label: &words.say("mail-password"),
        hint: Some(&words.say(hint)),
        wrong: wrong.as_deref(),
        ..Field::default()
    }
    .password("off")
}

fn paces(words: Words, page: &Page) -> Markup {
    let wrong = fault(words, page, "paces");
    html! {
        details open[wrong.is_some()] {
            summary { (words.say("mail-paces")) }
            p.hint { (words.say("mail-paces-hint")) }
            @if let Some(wrong) = &wrong { p.wrong { (wrong) } }
            @for provider in Provider::ALL {
                @let name = pace_field(provider);
                @let usual = default_pace(provider).to_string();
                (Field {
                    name: &name,
                    label: &words.say(&format!("mail-provider-{}", provider.word())),
                    value: page.form.paces.get(&name).map_or("", String::as_str),
                    hint: Some(&words.fill("mail-pace-usual", [("pace", usual.into())])),
                    length_most: 4,
                    ..Field::default()
                }.input())
            }
        }
    }
}

fn signature(words: Words, page: &Page, token: &str) -> Markup {
    let known = page.view.settings.dkim.as_ref();
    let known = known.filter(|dkim| !dkim.public_key.is_empty());
    let wrong = |name| fault(words, page, name);
    let (selector_wrong, domain_wrong) = (wrong("dkim_selector"), wrong("dkim_domain"));
    let selector = Field {
        name: "selector",
        label: &words.say("mail-selector"),
        value: &page.dkim.selector,
        hint: Some(&words.say("mail-selector-hint")),
        wrong: selector_wrong.as_deref(),
        required: true,
        length_most: 63,
    };
    let domain = Field {
        name: "domain",
        label: &words.say("mail-dkim-domain"),
        value: &page.dkim.domain,
        hint: Some(&words.say("mail-dkim-domain-hint")),
        wrong: domain_wrong.as_deref(),
        required: true,
        length_most: 253,
    };
    let is_wrong = selector_wrong.is_some() || domain_wrong.is_some();
    let fields = html! {
        input type="hidden" name="version" value=(page.dkim.version);
        (selector.input())
        (domain.input())
        button type="submit" { (words.say("mail-make-key")) }
    };
    html! {
        @match known {
            Some(dkim) => {
                p { (words.fill("mail-signed", [
                    ("domain", display::line(&dkim.domain).into()),
                    ("selector", display::line(&dkim.selector).into()),
                ])) }
                details open[is_wrong] {
                    summary { (words.say("mail-new-key")) }
                    p.hint { (words.say("mail-new-key-hint")) }
                    (form("/settings/mail/dkim", token, &fields))
                }
            }
            None => {
                p { (words.say("mail-unsigned")) }
                (form("/settings/mail/dkim", token, &fields))
            }
        }
    }
}

/// What is wrong with a field, in words.
fn fault(words: Words, page: &Page, field: &str) -> Option<String> {
    let (wrong, reason) = page.wrong.as_ref()?;
    (*wrong == field).then(|| {
        let key = format!("mail-wrong-{}", reason.replace('_', "-"));
        let known = words.look_up(&key);
        known.map_or_else(|| reason.clone(), std::borrow::Cow::into_owned)
    })
}
