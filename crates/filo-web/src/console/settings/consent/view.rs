//! How purposes and texts are shown.

use filo_app::consent::{TermsView, WORDING_CHARS_MOST, Wording};
use filo_core::access::Right;
use filo_core::consent::Basis;
use filo_core::consent::purpose::{
    EMAIL_TRACKING, Ground, MARKETING, NAME_CHARS_MOST, Purpose, WORD_BYTES_MOST,
};
use filo_core::event::Channel;
use maud::{Markup, html};

use super::{HERE, Wrong, fresh};
use crate::addressing::channel_name;
use crate::console::session::Session;
use crate::i18n::{Language, Words};
use crate::right::Power;
use crate::ui::form::{Field, form};
use crate::ui::shown as display;

/// The grounds that can be ticked.
const BASES: [Basis; 5] = [
    Basis::Consent,
    Basis::SoftSpam,
    Basis::Contract,
    Basis::LegitimateInterest,
    Basis::LegalObligation,
];

pub(super) fn content<P: Power>(
    session: &Session<P>,
    view: &TermsView,
    wordings: &[Wording],
    refused: Option<(&Purpose, &Wrong)>,
) -> Markup {
    let words = session.words;
    let may_change = session.actor.may(Right::ManageSettings);
    let of = |word: &str| refused.filter(|(_, wrong)| wrong.word == word);
    let problem =
        |refused: Option<(&Purpose, &Wrong)>| refused.map(|(_, wrong)| wrong.problem.clone());
    html! {
        h1 { (words.say("settings-consent")) }
        p.lead { (words.say("settings-consent-lead")) }
        @for purpose in &view.purposes.0 {
            @let refused = of(&purpose.word);
            @let shown = refused.map_or(purpose, |(given, _)| given);
            section.card id=(purpose.word) {
                h2 { (named(words, purpose)) }
                p.about { code { (purpose.word) } " · " (in_short(words, purpose)) }
                (texts(words, purpose, wordings))
                @if may_change {
                    details open[refused.is_some()] {
                        summary { (words.say("terms-change")) }
                        (purpose_form(words, &session.token, (shown, view.version), problem(refused).as_deref()))
                    }
                    details {
                        summary { (words.say("wording-new")) }
                        (wording_form(words, &session.token, purpose, wordings))
                    }
                    @if purpose.word != MARKETING && purpose.word != EMAIL_TRACKING {
                        (removal(words, &session.token, purpose, view.version))
                    }
                }
            }
        }
        @if may_change {
            @let refused = of("");
            @let empty = fresh();
            @let given = refused.map_or(&empty, |(given, _)| given);
            details.card #new open[refused.is_some()] {
                summary { (words.say("terms-new")) }
                (purpose_form(words, &session.token, (given, view.version), problem(refused).as_deref()))
            }
        }
    }
}

fn named(words: Words, purpose: &Purpose) -> String {
    display::line(match words.language {
        Language::Italian => &purpose.name_it,
        Language::English => &purpose.name_en,
    })
}

/// What holds, in a line.
fn in_short(words: Words, purpose: &Purpose) -> String {
    if purpose.ground == Ground::Duty {
        return words.say("terms-is-duty").into_owned();
    }
    let end = match purpose.expires_after_months {
        0 => words.say("terms-never-ends").into_owned(),
        months => words.fill("terms-ends", [("months", u64::from(months).into())]),
    };
    let bases: Vec<String> = purpose.bases.iter().map(|it| basis(words, *it)).collect();
    format!("{} · {end}", bases.join(", "))
}

fn basis(words: Words, basis: Basis) -> String {
    let key = format!("basis-{}", basis.word().replace('_', "-"));
    words.say(&key).into_owned()
}

fn texts(words: Words, purpose: &Purpose, wordings: &[Wording]) -> Markup {
    let own: Vec<&Wording> = wordings
        .iter()
        .filter(|it| it.purpose == purpose.word)
        .collect();
    let newest = own.iter().map(|it| it.version).max();
    html! {
        @if purpose.ground == Ground::Statement {
            @match newest {
                None => p.soft { (words.say("wording-none")) },
                Some(newest) => {
                    @for wording in own.iter().filter(|it| it.version == newest) {
                        p lang=(wording.language) { (wording.text) }
                        p.about {
                            code { (wording.name()) } " · " (wording.language) " · "
                            (words.date_time(wording.valid_from)) " · " (display::line(&wording.written_by))
                            " · SHA-256 " code { (wording.hash.get(..16).unwrap_or_default()) "…" }
                        }
                    }
                }
            }
        }
    }
}

fn purpose_form(
    words: Words,
    token: &str,
    (purpose, version): (&Purpose, i64),
    problem: Option<&str>,
) -> Markup {
    let is_new = purpose.word.is_empty() || problem.is_some_and(|_| !is_word(&purpose.word));
    let months = [purpose.expires_after_months, purpose.ask_again_after_months]
        .map(|months| months.to_string());
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            required: true,
            length_most: NAME_CHARS_MOST,
            ..Field::default()
        }
    }
    let grounds = Ground::ALL.map(|it| words.say(&format!("ground-{}", it.word())));
    let grounds: Vec<(&str, &str)> = Ground::ALL
        .iter()
        .zip(&grounds)
        .map(|(it, label)| (it.word(), &**label))
        .collect();
    let content = html! {
        input type="hidden" name="version" value=(version);
        @if is_new {
            input type="hidden" name="is_new" value="on";
            (Field {
                hint: Some(&words.say("terms-word-hint")),
                length_most: WORD_BYTES_MOST,
                ..field("word", &words.say("terms-word"), &purpose.word)
            }.input())
        } @else {
            input type="hidden" name="word" value=(purpose.word);
        }
        @if let Some(problem) = problem { p.wrong role="alert" { (problem) } }
        (field("name_it", &words.say("terms-name-it"), &purpose.name_it).input())
        (field("name_en", &words.say("terms-name-en"), &purpose.name_en).input())
        (field("ground", &words.say("terms-ground"), purpose.ground.word()).select(&grounds))
        fieldset {
            legend { (words.say("terms-channels")) }
            div.checks { @for channel in Channel::ALL {
                label.check {
                    input type="checkbox" name="channel" value=(channel.word()) checked[purpose.channels.contains(&channel)];
                    span { (channel_name(words, Some(channel))) }
                }
            } }
        }
        label.check {
            input type="checkbox" name="by_channel" value="on" checked[purpose.by_channel];
            span { (words.say("terms-by-channel")) }
        }
        fieldset {
            legend { (words.say("terms-bases")) }
            div.checks { @for known in BASES {
                label.check {
                    input type="checkbox" name="basis" value=(known.word()) checked[purpose.bases.contains(&known)];
                    span { (basis(words, known)) }
                }
            } }
            p.hint { (words.say("terms-bases-hint")) }
        }
        (Field {
            hint: Some(&words.say("terms-expires-hint")),
            length_most: 3,
            ..field("expires", &words.say("terms-expires"), &months[0])
        }.input())
        (Field { length_most: 3, ..field("ask_again", &words.say("terms-ask-again"), &months[1]) }.input())
        button type="submit" { (words.say("save")) }
    };
    form(HERE, token, &content)
}

fn is_word(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(letter)
}

fn wording_form(words: Words, token: &str, purpose: &Purpose, wordings: &[Wording]) -> Markup {
    let newest = |language: &str| {
        wordings
            .iter()
            .filter(|it| it.purpose == purpose.word && it.language == language)
            .max_by_key(|it| it.version)
            .map_or("", |it| it.text.as_str())
    };
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            required: true,
            length_most: WORDING_CHARS_MOST,
            ..Field::default()
        }
    }
    let content = html! {
        input type="hidden" name="purpose" value=(purpose.word);
        p.hint { (words.say("wording-hint")) }
        (field("text_it", &words.say("wording-it"), newest("it")).area(4))
        (field("text_en", &words.say("wording-en"), newest("en")).area(4))
        button type="submit" { (words.say("wording-do")) }
    };
    form("/settings/consent/wordings", token, &content)
}

fn removal(words: Words, token: &str, purpose: &Purpose, version: i64) -> Markup {
    html! {
        details.second-thought {
            summary { (words.say("terms-remove")) }
            form.inline method="post" action="/settings/consent/removal" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="version" value=(version);
                input type="hidden" name="word" value=(purpose.word);
                button.danger.small type="submit" { (words.say("terms-remove-confirm")) }
            }
        }
    }
}
