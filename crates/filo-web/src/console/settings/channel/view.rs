//! The pages of channels.

use filo_app::channel::{ChannelTested, ChannelView, Handed};
use filo_core::channel::{Account, Carrier, Secret};
use filo_core::message::Medium;
use maud::{Markup, html};

use super::form::secret_field;
use super::{HERE, Page, address, shown, site};
use crate::console::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::form::{Field, button_form, copyable, form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::shown as display;
use crate::verdict::medium_name;

/// Letters of an id or a sender.
const ID_LETTERS_MOST: usize = 500;
/// Letters of a browser's subscription.
const BROWSER_LETTERS_MOST: usize = 4_000;
/// Letters of what a carrier said.
const SAID_LETTERS_MOST: usize = 1_000;

/// All channels, with how each stands.
pub(super) fn list(words: Words, views: &[ChannelView]) -> Markup {
    html! {
        h1 { (words.say("settings-channels")) }
        p.lead { (words.say("settings-channels-lead")) }
        ul.settings-rows {
            @for view in views {
                li {
                    a href=(address(view.medium)) {
                        span.sign { (Icon::Mail.draw()) }
                        span {
                            strong { (medium_name(words, view.medium)) " " (standing(words, view)) }
                            span.about { (about(words, view)) }
                        }
                    }
                }
            }
        }
        p.hint { (words.say("channels-mail")) " " a href="/settings/mail" { (words.say("settings-mail")) } }
    }
}

fn standing(words: Words, view: &ChannelView) -> Markup {
    let (class, key) = match &view.account {
        Some(account) if account.is_connected => ("badge badge-good", "channel-on"),
        Some(_) => ("badge badge-warn", "channel-off"),
        None => ("badge", "channel-none"),
    };
    html! { span class=(class) { (words.say(key)) } }
}

/// Over whom, in whose name.
fn about(words: Words, view: &ChannelView) -> String {
    match &view.account {
        None => words.say("channel-none-hint").into_owned(),
        Some(account) if account.carrier == Carrier::Site => {
            words.say("channel-over-site").into_owned()
        }
        Some(account) => words.fill(
            "channel-over",
            [
                ("carrier", account.carrier.name().into()),
                ("sender", display::line(in_whose_name(account)).into()),
            ],
        ),
    }
}

/// Its sender; the address of one that has none.
fn in_whose_name(account: &Account) -> &str {
    match account.sender.as_str() {
        "" => &account.account,
        sender => sender,
    }
}

pub(super) fn content<P: Power>(session: &Session<P>, page: &Page) -> Markup {
    let words = session.words;
    let (view, token) = (&page.view, session.token.as_str());
    let medium = view.medium;
    let key = |part: &str| format!("channel-{}-{part}", medium.word().replace('_', "-"));
    html! {
        a.back href=(HERE) { (Icon::Back.draw()) (words.say("settings-channels")) }
        h1 { (medium_name(words, medium)) }
        p.lead { (words.say(&key("lead"))) }
        @if let Some(tested) = &page.tested {
            @if medium == Medium::InApp { (shown::tested(words, &tested.to)) }
            @else { (outcome(words, tested)) }
        }
        section.card {
            h2 { (words.say("channel-stands")) " " (standing(words, view)) }
            p { (about(words, view)) }
            @match &view.account {
                None => {}
                Some(account) => (acts(words, view, account, token)),
            }
        }
        @match medium {
            Medium::Push => (site::steps(words, &page.base, view.browsers.as_ref())),
            Medium::InApp => (shown::steps(words, page)),
            _ => (callback(words, page)),
        }
        section.card {
            h2 { (words.say("channel-account")) }
            (form(address(medium), token, &fields(words, page)))
        }
        section.card {
            h2 { (words.say("channel-test")) }
            p { (words.say(&key("test-hint"))) }
            (form(&format!("{}/test", address(medium)), token, &html! {
                (Field {
                    name: "to",
                    label: &words.say(&key("test-to")),
                    value: &page.to,
                    wrong: fault(words, page, "to").as_deref(),
                    required: true,
                    length_most: if medium == Medium::Push { BROWSER_LETTERS_MOST } else { ID_LETTERS_MOST },
                    ..Field::default()
                }.input())
                (site::own_browser(words, view.browsers.as_ref()))
                button.quiet type="submit" {
                    (words.say(if medium == Medium::InApp { "channel-in-app-test-send" } else { "channel-test-send" }))
                }
            }))
        }
    }
}

fn acts(words: Words, view: &ChannelView, account: &Account, token: &str) -> Markup {
    let at = |act: &str| format!("{}/{act}", address(view.medium));
    html! {
        div.actions {
            @if account.is_connected {
                (button_form(&at("disconnection"), token, &[], &words.say("channel-disconnect"), "quiet small"))
            } @else {
                (button_form(&at("connection"), token, &[], &words.say("channel-connect"), "small"))
            }
            (second_thought(&at("removal"), token, &words.say("channel-remove"), &words.say("channel-remove-sure")))
        }
    }
}

/// What is to be copied to the carrier.
fn callback(words: Words, page: &Page) -> Markup {
    let view = &page.view;
    let is_asked = Carrier::from_word(&page.form.carrier).is_some_and(Carrier::is_asked);
    let key = page.form.carrier.replace('_', "-");
    html! {
        section.card {
            h2 { (words.say("channel-callback")) }
            p { (words.say(&format!("channel-{key}-callback"))) }
            p { (words.say("channel-callback-hint")) }
            @if !is_asked { (copyable(words, "callback", &view.hook)) }
            @if !view.is_public {
                p.notice.notice-warn { (words.say("channel-callback-not-public")) }
            }
        }
    }
}

fn fields(words: Words, page: &Page) -> Markup {
    let given = &page.form;
    let carrier = Carrier::from_word(&given.carrier);
    let several: Vec<Carrier> = Carrier::of(page.view.medium).collect();
    let text = |name: &'static str, value: &str| {
        let key = format!("channel-{}-{name}", given.carrier.replace('_', "-"));
        let wrong = fault(words, page, name);
        let hint = words.look_up(&format!("{key}-hint"));
        Field {
            name,
            label: &words.say(&key),
            value,
            hint: hint.as_deref(),
            wrong: wrong.as_deref(),
            length_most: ID_LETTERS_MOST,
            ..Field::default()
        }
        .input()
    };
    let usual = carrier.map(usual_pace).unwrap_or_default();
    html! {
        input type="hidden" name="version" value=(given.version);
        input type="hidden" name="carrier" value=(given.carrier);
        @if let Some(wrong) = fault(words, page, "carrier") { p.wrong { (wrong) } }
        @if several.len() > 1 {
            p { (words.say("channel-carrier")) " "
                @for one in &several {
                    @if one.word() == given.carrier { strong { (one.name()) } " " }
                    @else { a href={ (address(page.view.medium)) "?carrier=" (one.word()) } { (one.name()) } " " }
                }
            }
        }
        @if carrier.is_some_and(Carrier::has_account) { (text("account", &given.account)) }
        @if carrier.is_some_and(Carrier::has_sender) { (text("sender", &given.sender)) }
        @for secret in carrier.map(Carrier::secrets).unwrap_or_default() { (password(words, page, *secret)) }
        @if carrier.is_some_and(|it| !it.is_handed_to()) { (shown::fields(words, page)) }
        @else { (Field {
            name: "per_minute",
            label: &words.say("channel-per-minute"),
            value: &given.per_minute,
            hint: Some(&words.fill("channel-per-minute-hint", [("pace", usual.into())])),
            wrong: fault(words, page, "per_minute").as_deref(),
            length_most: 4,
            ..Field::default()
        }.input()) }
        button type="submit" { (words.say("channel-save")) }
    }
}

/// Messages a minute where nothing else is said.
fn usual_pace(carrier: Carrier) -> String {
    let account = Account {
        carrier,
        account: String::new(),
        sender: String::new(),
        per_minute: None,
        is_connected: false,
        look: None,
    };
    account.pace().to_string()
}

fn password(words: Words, page: &Page, secret: Secret) -> Markup {
    let carrier = page.form.carrier.replace('_', "-");
    let is_same = page.view.account.as_ref();
    let is_same = is_same.is_some_and(|account| account.carrier.word() == page.form.carrier);
    let hint = if is_same && page.view.has.contains(&secret) {
        words.say("channel-secret-kept")
    } else {
        words.say(&format!(
            "channel-{carrier}-{}-hint",
            secret.word().replace('_', "-")
        ))
    };
    let wrong = fault(words, page, secret.word());
    Field {
        name: &secret_field(secret),
        label: &words.say(&format!(
            "channel-{carrier}-{}",
            secret.word().replace('_', "-")
        )),
        hint: Some(&hint),
        wrong: wrong.as_deref(),
        ..Field::default()
    }
    .password("off")
}

/// How a test ended, with the answer of the carrier.
fn outcome(words: Words, tested: &ChannelTested) -> Markup {
    let (class, key, why, said) = match &tested.handed {
        None => ("notice", "channel-test-kept", None, None),
        Some(Handed::Accepted { text, .. }) => {
            ("notice notice-good", "channel-test-taken", None, Some(text))
        }
        Some(Handed::Refused { why, text }) => (
            "notice notice-warn",
            "channel-test-refused",
            Some(why.word()),
            Some(text),
        ),
        Some(Handed::Unknown { text }) => (
            "notice notice-warn",
            "channel-test-unknown",
            None,
            Some(text),
        ),
        Some(Handed::NotNow { .. }) => ("notice notice-warn", "channel-test-not-now", None, None),
    };
    html! {
        section class=(class) role="status" {
            h2 { (words.fill(key, [("to", display::line(&tested.to).into())])) }
            @if let Some(why) = why { p { (words.say(&format!("channel-why-{}", why.replace('_', "-")))) } }
            @if let Some(said) = said {
                p.hint { (words.say("mail-said")) }
                pre.box tabindex="0" { code { (display::lines(said, SAID_LETTERS_MOST)) } }
            }
        }
    }
}

/// What is wrong with a field, in words.
pub(super) fn fault(words: Words, page: &Page, field: &str) -> Option<String> {
    let (wrong, reason) = page.wrong.as_ref()?;
    (*wrong == field).then(|| {
        let key = format!("channel-wrong-{}", reason.replace('_', "-"));
        let known = words.look_up(&key);
        known.map_or_else(|| reason.clone(), std::borrow::Cow::into_owned)
    })
}
