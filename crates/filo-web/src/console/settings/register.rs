//! The register of what is done with personal data: written by what is set, to be read, completed
//! and printed.

use axum::extract::{Query, State};
use filo_app::{ANSWER_CHARS_MOST, App, Error, Register, Statement};
use filo_core::consent::Basis;
use filo_core::consent::purpose::Purpose;
use filo_core::privacy::inventory::Erasing;
use filo_core::privacy::retention::Kept;
use maud::{Markup, html};
use serde::Deserialize;

use super::retention::fixed;
use super::{Asked, whole};
use crate::addressing::channel_name;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::{Language, Words};
use crate::right::{HandlePrivacy, Power};
use crate::ui::form::{Field, form};
use crate::ui::shown as display;

const HERE: &str = "/settings/register";
/// In the place of a field: somebody else was first. What they wrote stands above the form.
const SECOND: &str = "second";

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(asked): Query<Asked>,
) -> Answer {
    let register = app.register(&session.actor).await?;
    let given = register.statement.clone();
    let company = &app.company().company.name;
    let page = page(
        &session,
        company,
        (&register, &given),
        None,
        asked.done.as_deref(),
    );
    shown(page)
}

/// What only a person knows, as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    version: String,
    #[serde(flatten)]
    statement: Statement,
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<HandlePrivacy, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let version = form.version.parse().unwrap_or_default();
    let changed = app.change_register(&session.actor, &form.statement, version);
    let fault = match changed.await {
        Ok(_) => return done("/settings/register?done=register-saved"),
        Err(Error::Invalid { field, .. }) => field,
        Err(Error::Conflict(_)) => SECOND,
        Err(other) => return Err(other.into()),
    };
    let register = app.register(&session.actor).await?;
    let company = &app.company().company.name;
    let both = (&register, &form.statement);
    wrong(page(&session, company, both, Some(fault), None))
}

fn page<P: Power>(
    session: &Session<P>,
    company: &str,
    (register, given): (&Register, &Statement),
    wrong: Option<&str>,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("settings-register");
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("register-lead")) }
        p.about { bdi { (display::line(company)) } " · " (words.long_date(register.made_at)) }
        (stated(words, register))
        (purposes(words, register))
        (places(words, register))
        (sources(words, register))
        (recipients(words, register))
        (kept(words, register))
        (security(words, register))
        p.soft { (words.say("register-print")) }
        details.card open[wrong.is_some()] {
            summary { (words.say("register-complete")) }
            @if wrong == Some(SECOND) { p.notice.notice-warn role="alert" { (words.say("register-second")) } }
            (form(HERE, &session.token, &html! {
                input type="hidden" name="version" value=(register.version);
                @for (name, value) in answers(given) { (area(words, (name, value), wrong)) }
                button type="submit" { (words.say("save")) }
            }))
        }
    };
    whole(session, HERE, &title, done, &content)
}

fn answers(statement: &Statement) -> [(&'static str, &str); 5] {
    [
        ("controller", &statement.controller),
        ("officer", &statement.officer),
        ("recipients", &statement.recipients),
        ("transfers", &statement.transfers),
        ("security", &statement.security),
    ]
}

fn area(words: Words, (name, value): (&str, &str), wrong: Option<&str>) -> Markup {
    let too_long = words.say("register-too-long");
    Field {
        name,
        label: &words.say(&format!("register-{name}")),
        value,
        hint: Some(&words.say(&format!("register-{name}-hint"))),
        wrong: (wrong == Some(name)).then_some(&*too_long),
        length_most: ANSWER_CHARS_MOST,
        ..Field::default()
    }
    .area(3)
}

/// A text that a person wrote, or that nobody has yet.
fn answer(words: Words, text: &str) -> Markup {
    html! {
        @if text.trim().is_empty() { em.soft { (words.say("register-missing")) } }
        @else { (display::lines(text, ANSWER_CHARS_MOST)) }
    }
}

fn stated(words: Words, register: &Register) -> Markup {
    let statement = &register.statement;
    html! {
        section.card {
            h2 { (words.say("register-who")) }
            dl.facts {
                dt { (words.say("register-controller")) } dd { (answer(words, &statement.controller)) }
                dt { (words.say("register-officer")) } dd { (answer(words, &statement.officer)) }
            }
        }
    }
}

fn purposes(words: Words, register: &Register) -> Markup {
    html! {
        section.card {
            h2 { (words.say("register-purposes")) }
            @for purpose in &register.purposes { (one_purpose(words, register, purpose)) }
        }
    }
}

fn one_purpose(words: Words, register: &Register, purpose: &Purpose) -> Markup {
    let name = match words.language {
        Language::Italian => &purpose.name_it,
        Language::English => &purpose.name_en,
    };
    let bases = purpose.bases.iter().map(|basis| basis_name(words, *basis));
    let channels = purpose.channels.iter();
    let channels = channels.map(|channel| channel_name(words, Some(*channel)));
    let text = register.wordings.iter().find(|wording| {
        wording.purpose == purpose.word && wording.language == words.language.tag()
    });
    html! {
        article {
            h3 { (display::line(name)) }
            dl.facts {
                dt { (words.say("register-bases")) } dd { (bases.collect::<Vec<_>>().join(", ")) }
                dt { (words.say("register-channels")) } dd { (channels.collect::<Vec<_>>().join(", ")) }
                @if let Some(text) = text {
                    dt { (words.say("register-text")) }
                    dd { (text.name()) ": " (display::lines(&text.text, ANSWER_CHARS_MOST)) }
                }
            }
        }
    }
}

fn basis_name(words: Words, basis: Basis) -> String {
    let key = format!("basis-{}", basis.word().replace('_', "-"));
    words.say(&key).into_owned()
}

/// What is kept of customers, and what erasing somebody does there.
fn places(words: Words, register: &Register) -> Markup {
    html! {
        section.card {
            h2 { (words.say("register-places")) }
            p.about { (words.say("register-places-hint")) }
            dl.facts {
                @for place in register.places {
                    dt { (words.say(&key_of_place(place.name))) }
                    dd {
                        @match place.erasing {
                            Erasing::Deleted => (words.say("register-deleted")),
                            Erasing::LeftOut => (words.say("register-left-out")),
                            Erasing::Kept(_) => (words.say("register-kept")),
                        }
                    }
                }
            }
        }
    }
}

/// The key of the name of a place of the inventory.
fn key_of_place(name: &str) -> String {
    format!("register-place-{}", name.replace(['_', ' '], "-"))
}

fn sources(words: Words, register: &Register) -> Markup {
    html! {
        section.card {
            h2 { (words.say("register-sources")) }
            @if register.sources.is_empty() { p.soft { (words.say("register-sources-none")) } }
            ul { @for source in &register.sources { li { bdi { (display::line(&source.name)) } } } }
        }
    }
}

fn recipients(words: Words, register: &Register) -> Markup {
    html! {
        section.card {
            h2 { (words.say("register-told")) }
            @if register.recipients.is_empty() { p.soft { (words.say("register-told-none")) } }
            ul { @for told in &register.recipients {
                li {
                    code { (display::line(&told.host)) }
                    @if !told.description.is_empty() { " — " bdi { (display::line(&told.description)) } }
                    @if !told.enabled { " " span.badge { (words.say("webhook-state-disabled")) } }
                }
            } }
            dl.facts {
                dt { (words.say("register-recipients")) } dd { (answer(words, &register.statement.recipients)) }
                dt { (words.say("register-transfers")) } dd { (answer(words, &register.statement.transfers)) }
            }
        }
    }
}

fn kept(words: Words, register: &Register) -> Markup {
    html! {
        section.card {
            h2 { (words.say("register-retention")) }
            dl.facts {
                @for kept in Kept::ALL {
                    dt { (words.say(&format!("retention-{}", kept.word()))) }
                    dd {
                        @match register.retention.months(kept) {
                            Some(months) => (words.fill("retention-after", [("months", months.into())])),
                            None => (words.say("register-until-asked")),
                        }
                    }
                }
            }
            (fixed(words))
        }
    }
}

fn security(words: Words, register: &Register) -> Markup {
    let backups = &register.backups;
    html! {
        section.card {
            h2 { (words.say("register-security-title")) }
            ul {
                li { (words.say("register-secrets")) }
                li { (words.say("register-audit")) }
                @if backups.on {
                    li { (words.fill("register-backups", [
                        ("hour", backups.hour.into()),
                        ("days", backups.keep_daily.into()),
                        ("weeks", backups.keep_weekly.into()),
                    ])) }
                } @else { li { (words.say("register-backups-off")) } }
                @for (role, count) in &register.roles {
                    li { (words.say(&format!("role-{}", role.word()))) ": " (words.number(*count)) }
                }
            }
            dl.facts { dt { (words.say("register-security")) } dd { (answer(words, &register.statement.security)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use filo_core::privacy::inventory::PLACES;

    use super::*;

    #[test]
    fn every_place_of_the_inventory_has_its_words() {
        for language in Language::ALL {
            for place in PLACES {
                let key = key_of_place(place.name);
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
            }
        }
    }
}
