//! Warming up: the switch, the plan, today at each provider and the days so far.

use axum::extract::{Query, State};
use filo_app::mail::{WarmUpChange, WarmUpView};
use filo_app::{App, Error};
use filo_core::mail::{Hold, Provider, WarmUpDay};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::{Asked, whole};
use super::HERE as MAIL;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

const HERE: &str = "/settings/mail/warm-up";
/// Digits of a number that is typed.
const DIGITS_MOST: usize = 7;

/// What the form holds, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    is_on: String,
    #[serde(default)]
    first: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    version: i64,
}

impl Form {
    fn of(view: &WarmUpView) -> Self {
        Self {
            is_on: if view.warm_up.is_on { "yes" } else { "" }.to_owned(),
            first: view.warm_up.first.to_string(),
            target: view.warm_up.target.to_string(),
            version: view.version,
        }
    }

    /// What it says, or the field that cannot be read.
    fn change(&self) -> Result<WarmUpChange, Error> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let unreadable = |field: &'static str, reason: &str| Error::invalid(field, reason);
        Ok(WarmUpChange {
            is_on: !self.is_on.is_empty(),
            first: number(&self.first).ok_or_else(|| unreadable("first", "warm_up_first"))?,
            target: number(&self.target).ok_or_else(|| unreadable("target", "warm_up_target"))?,
            version: self.version,
        })
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.warm_up(&session.actor).await?;
    let given = Form::of(&view);
    shown(drawn(
        &session,
        &view,
        &given,
        (None, asked.done.as_deref()),
    ))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let changed = match form.change() {
        Ok(change) => app.change_warm_up(&session.actor, change).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(view) if view.warm_up.is_on => done("/settings/mail/warm-up?done=mail-warm-up-on"),
        Ok(_off) => done("/settings/mail/warm-up?done=mail-warm-up-off"),
        Err(Error::Invalid { field, reason }) => {
            let view = app.warm_up(&session.actor).await?;
            let fault = Some((field, reason.as_str()));
            wrong(drawn(&session, &view, &form, (fault, None)))
        }
        Err(other) => Err(other.into()),
    }
}

fn drawn<P: Power>(
    session: &Session<P>,
    view: &WarmUpView,
    given: &Form,
    (fault, done): (Option<(&str, &str)>, Option<&str>),
) -> Markup {
    let words = session.words;
    let title = words.say("mail-warm-up");
    let content = html! {
        a.back href=(MAIL) { (Icon::Back.draw()) (words.say("settings-mail")) }
        h1 { (title) }
        p.lead { (words.say("mail-warm-up-lead")) }
        (standing(words, view))
        section.card {
            h2 { (words.say("mail-warm-up-switch")) }
            (form(HERE, &session.token, &fields(words, given, fault)))
        }
        @if view.warm_up.is_on {
            (plan(words, view))
            (today(words, view))
            (days(words, view))
        }
    };
    whole(session, MAIL, &title, done, &content)
}

/// Whether it is on, and for which domain.
fn standing(words: Words, view: &WarmUpView) -> Markup {
    let since = words.civil_date(view.warm_up.since);
    html! {
        section.card {
            @match (&view.domain, view.warm_up.is_on) {
                (Some(domain), true) => p {
                    (words.fill("mail-warm-up-is-on", [
                        ("domain", display::line(domain).into()), ("date", since.into()),
                    ]))
                },
                (Some(domain), false) => p {
                    (words.fill("mail-warm-up-is-off", [("domain", display::line(domain).into())]))
                },
                (None, _) => p { (words.say("mail-warm-up-no-server")) },
            }
            @for (provider, day) in view.now.iter().filter(|(_, day)| day.hold.is_some()) {
                p.notice.notice-warn { (held(words, *provider, day)) }
            }
        }
    }
}

/// Why a provider's day does not grow.
fn held(words: Words, provider: Provider, day: &WarmUpDay) -> String {
    let key = match day.hold {
        Some(Hold::Complaints) => "mail-warm-up-held-complaints",
        Some(Hold::Deferrals) | None => "mail-warm-up-held-deferrals",
    };
    let (provider, allowed) = (name(words, provider), words.number(day.allowed.into()));
    words.fill(
        key,
        [("provider", provider.into()), ("allowed", allowed.into())],
    )
}

fn fields(words: Words, given: &Form, fault: Option<(&str, &str)>) -> Markup {
    let field = |name: &'static str, value: &str, key: &str| {
        let wrong = fault
            .filter(|(field, _)| *field == name)
            .map(|(_, reason)| {
                let key = format!("mail-wrong-{}", reason.replace('_', "-"));
                words.say(&key).into_owned()
            });
        Field {
            name,
            label: &words.say(key),
            value,
            hint: Some(&words.say(&format!("{key}-hint"))),
            wrong: wrong.as_deref(),
            required: true,
            length_most: DIGITS_MOST,
        }
        .input()
    };
    html! {
        input type="hidden" name="version" value=(given.version);
        label.check {
            input type="checkbox" name="is_on" value="yes" checked[!given.is_on.is_empty()];
            span { (words.say("mail-warm-up-on")) }
        }
        (field("first", &given.first, "mail-warm-up-first"))
        (field("target", &given.target, "mail-warm-up-target"))
        button type="submit" { (words.say("save")) }
    }
}

/// The sizes that days have if every one is used.
fn plan(words: Words, view: &WarmUpView) -> Markup {
    let heads = ["mail-warm-up-head-day", "mail-warm-up-head-allowed"];
    let rows = view.warm_up.plan().into_iter().zip(1u64..);
    let rows = rows.map(|(size, day)| vec![words.number(day), words.number(size.into())]);
    html! {
        section.card aria-labelledby="warm-up-plan" {
            h2 #warm-up-plan { (words.say("mail-warm-up-plan")) }
            p.about { (words.say("mail-warm-up-plan-hint")) }
            (table(words, &heads, rows.collect()))
        }
    }
}

fn today(words: Words, view: &WarmUpView) -> Markup {
    let mut heads = vec!["mail-warm-up-head-provider"];
    heads.extend(COUNTS);
    let rows = view.now.iter().map(|(provider, day)| {
        let mut row = vec![name(words, *provider)];
        row.extend(counts(words, day));
        row
    });
    html! {
        @if !view.now.is_empty() {
            section.card aria-labelledby="warm-up-today" {
                h2 #warm-up-today {
                    (words.fill("mail-warm-up-today", [("date", words.civil_date(view.today).into())]))
                }
                (table(words, &heads, rows.collect()))
            }
        }
    }
}

fn days(words: Words, view: &WarmUpView) -> Markup {
    let mut heads = vec!["mail-warm-up-head-date", "mail-warm-up-head-provider"];
    heads.extend(COUNTS);
    let rows = view.days.iter().map(|(provider, day)| {
        let mut row = vec![words.civil_date(day.date), name(words, *provider)];
        row.extend(counts(words, day));
        row
    });
    html! {
        @if view.days.is_empty() {
            (empty(&words.say("mail-warm-up-none"), &html! { p { (words.say("mail-warm-up-none-hint")) } }))
        } @else {
            section.card aria-labelledby="warm-up-days" {
                h2 #warm-up-days { (words.say("mail-warm-up-days")) }
                (table(words, &heads, rows.collect()))
            }
        }
    }
}

/// What is counted of a day.
const COUNTS: [&str; 5] = [
    "mail-warm-up-head-allowed",
    "mail-warm-up-head-sent",
    "mail-warm-up-head-taken",
    "mail-warm-up-head-deferred",
    "mail-warm-up-head-complained",
];

fn counts(words: Words, day: &WarmUpDay) -> [String; 5] {
    [
        day.allowed,
        day.sent,
        day.taken,
        day.deferred,
        day.complained,
    ]
    .map(|count| words.number(count.into()))
}

fn table(words: Words, heads: &[&str], rows: Vec<Vec<String>>) -> Markup {
    let heads: Vec<_> = heads.iter().map(|key| words.say(key)).collect();
    html! {
        table.table {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for row in rows {
                    tr { @for (head, cell) in heads.iter().zip(row) { td data-label=(head) { (cell) } } }
                }
            }
        }
    }
}

fn name(words: Words, provider: Provider) -> String {
    words
        .say(&format!("mail-provider-{}", provider.word()))
        .into_owned()
}
