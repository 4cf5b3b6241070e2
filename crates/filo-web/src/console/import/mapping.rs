//! What the columns of a file are: a form with one block a column, which reads on a phone.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::import::{Collision, ConsentProof, Inspection, Plan, Subject, Transform};
use filo_app::import_run::ImportView;
use filo_core::event::Channel;
use filo_core::id::ImportId;
use maud::{Markup, html};
use serde::Deserialize;

use super::page::Refused;
use super::target::{Options, named, targets};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ImportPeople;
use crate::ui::form::{Field, form};
use crate::ui::shown as display;

/// Channels on which a file can prove a consent.
pub(super) const CHANNELS: [Channel; 3] = [Channel::Email, Channel::Sms, Channel::Phone];
/// Letters of the text about a consent.
const CONSENT_LETTERS_MOST: usize = 500;
/// Letters of a currency.
const CURRENCY_LETTERS_MOST: usize = 3;

/// What the form holds: one group of fields a column, by its place.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    act: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    consent_text: String,
    #[serde(default)]
    consent_day: String,
    #[serde(default)]
    list: String,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

impl Form {
    /// The plan that the form says, on top of the one before.
    fn plan(&self, before: &Plan) -> Result<Plan, Failure> {
        let unreadable = Failure::Unreadable { too_large: false };
        let mut plan = before.clone();
        for (place, column) in plan.columns.iter_mut().enumerate() {
            let said = |what: &str| {
                self.rest
                    .get(&format!("{what}-{place}"))
                    .map(String::as_str)
            };
            if let Some(target) = said("target") {
                column.target = target.parse().map_err(|_unknown| unreadable.clone())?;
            }
            if let Some(word) = said("transform") {
                let found = Transform::from_word(word);
                column.transform = found.ok_or_else(|| unreadable.clone())?;
            }
            if let Some(word) = said("collision") {
                let found = Collision::from_word(word);
                column.collision = found.ok_or_else(|| unreadable.clone())?;
            }
        }
        let ticked = |channel: &Channel| self.rest.contains_key(&consent_box(*channel));
        plan.consents = CHANNELS
            .into_iter()
            .filter(ticked)
            .map(|channel| ConsentProof {
                channel,
                text: self.consent_text.trim().to_owned(),
                day: self.consent_day.trim().to_owned(),
            })
            .collect();
        let currency = self.currency.trim().to_uppercase();
        plan.currency = (!currency.is_empty()).then_some(currency);
        plan.channel = Channel::from_word(&self.channel);
        plan.list = (!self.list.is_empty()).then(|| self.list.clone());
        Ok(plan)
    }
}

fn consent_box(channel: Channel) -> String {
    format!("consent-{}", channel.word())
}

/// Saves what the columns are; with `act=try` the dry run follows at once.
pub(in crate::console) async fn plan(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Form>,
) -> Answer {
    let import: ImportId = id(&import)?;
    let Posted { session, form } = posted;
    let before = app.import_view(&session.actor, import).await?;
    let plan = form.plan(&before.plan)?;
    match app.plan_import(&session.actor, import, plan.clone()).await {
        Ok(_) if form.act == "try" => {
            app.try_import(&session.actor, import).await?;
            done(&format!("/imports/{import}"))
        }
        Ok(_) => done(&format!("/imports/{import}?done=import-saved")),
        Err(filo_app::Error::Invalid { field, reason }) => {
            let mut view = before;
            view.plan = plan;
            super::page::again(&app, &session, &view, &Refused { field, reason })
        }
        Err(other) => Err(other.into()),
    }
}

/// The form.
pub(super) fn mapping(
    words: Words,
    view: &ImportView,
    token: &str,
    refused: Option<&Refused>,
) -> Markup {
    let action = format!("/imports/{}/plan", view.row.id);
    let wrong = refused.map(|it| wrong_words(words, it));
    let of = |field: &str| {
        wrong
            .as_deref()
            .filter(|_| refused.is_some_and(|it| it.field == field))
    };
    let subject = view.plan.subject;
    form(
        &action,
        token,
        &html! {
            h3 { (words.say("import-columns")) }
            p.hint { (words.say(&format!("import-columns-hint-{}", subject.word()))) }
            @if let Some(wrong) = of("columns") { p.wrong role="alert" { (wrong) } }
            ul.list.file-columns {
                @for place in 0..view.plan.columns.len() {
                    (column_block(words, place, &view.plan, view.seen.as_ref()))
                }
            }
            @match subject {
                Subject::People => {
                    (list(words, view, of("list")))
                    (consent(words, view, of("consent_text"), of("consent_day")))
                }
                Subject::Suppressions => {
                    (consent(words, view, of("consent_text"), of("consent_day")))
                }
                Subject::Orders => {
                    (currency(words, view, of("currency")))
                    (channel(words, view))
                }
                Subject::Events => { (channel(words, view)) }
                Subject::Consents | Subject::Companies => {}
            }
            div.actions {
                button type="submit" name="act" value="try" { (words.say("import-try")) }
                button.quiet type="submit" name="act" value="save" { (words.say("import-save")) }
            }
        },
    )
}

fn wrong_words(words: Words, refused: &Refused) -> String {
    let key = format!("wrong-import-{}", refused.field.replace('_', "-"));
    let known = words.look_up(&key);
    known.map_or_else(|| refused.reason.clone(), std::borrow::Cow::into_owned)
}

fn column_block(words: Words, place: usize, plan: &Plan, seen: Option<&Inspection>) -> Markup {
    let column = &plan.columns[place];
    let seen = seen.and_then(|seen| seen.columns.get(place));
    let targets = targets(words, plan.subject, &column.header, &column.target);
    let transforms = Transform::ALL.iter().map(|it| it.word());
    let transforms = named(words, "transform", transforms);
    let collisions = Collision::ALL.iter().map(|it| it.word());
    let collisions = named(words, "collision", collisions);
    // What was known matters where something is said about people.
    let has_collision = matches!(plan.subject, Subject::People | Subject::Suppressions);
    let select = |name: &str, label: &str, value: &str, options: &Options| {
        let field = Field {
            name: &format!("{name}-{place}"),
            label: &words.say(label),
            value,
            ..Field::default()
        };
        let options: Vec<(&str, &str)> = options.iter().map(|(it, say)| (&**it, &**say)).collect();
        field.select(&options)
    };
    html! {
        li {
            div.line {
                strong { bdi { (display::line(&column.header)) } }
                @if let Some(seen) = seen {
                    @if seen.certainty == "likely" { span.badge { (words.say("import-guess-likely")) } }
                }
            }
            @if let Some(seen) = seen {
                p.about {
                    @if seen.samples.is_empty() { (words.say("import-column-empty")) }
                    @for (place, sample) in seen.samples.iter().enumerate() {
                        @if place > 0 { " · " }
                        bdi { (display::line(sample)) }
                    }
                }
                @for remark in &seen.remarks {
                    @if let Some(text) = words.look_up(&format!("import-remark-{}", remark.replace('_', "-"))) {
                        p.hint { (text) }
                    }
                }
            }
            (select("target", "import-target", &column.target.to_string(), &targets))
            details {
                summary { (words.say("import-column-more")) }
                div.row {
                    (select("transform", "import-transform", column.transform.word(), &transforms))
                    @if has_collision {
                        (select("collision", "import-collision", column.collision.word(), &collisions))
                    }
                }
            }
        }
    }
}

/// The currency of orders that do not say theirs.
fn currency(words: Words, view: &ImportView, wrong: Option<&str>) -> Markup {
    let field = Field {
        name: "currency",
        label: &words.say("import-currency"),
        value: view.plan.currency.as_deref().unwrap_or_default(),
        hint: Some(&words.say("import-currency-hint")),
        wrong,
        length_most: CURRENCY_LETTERS_MOST,
        ..Field::default()
    };
    field.input()
}

/// The list that everybody in the file is put on.
fn list(words: Words, view: &ImportView, wrong: Option<&str>) -> Markup {
    let named = view.lists.iter();
    let named = named.map(|view| (view.row.id.to_string(), display::line(&view.row.name)));
    let named: Vec<(String, String)> = named.collect();
    let none = words.say("import-list-none");
    let mut options = vec![("", &*none)];
    options.extend(named.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    let field = Field {
        name: "list",
        label: &words.say("import-list"),
        value: view.plan.list.as_deref().unwrap_or_default(),
        hint: Some(&words.say("import-list-hint")),
        wrong,
        ..Field::default()
    };
    html! { @if !view.lists.is_empty() || wrong.is_some() { (field.select(&options)) } }
}

/// Where it happened.
fn channel(words: Words, view: &ImportView) -> Markup {
    let said = Channel::ALL.map(|it| (it.word(), words.say(&format!("channel-{}", it.word()))));
    let unsaid = words.say("import-channel-unsaid");
    let mut options = vec![("", &*unsaid)];
    options.extend(said.iter().map(|(word, say)| (*word, &**say)));
    let field = Field {
        name: "channel",
        label: &words.say("import-channel"),
        value: view.plan.channel.map_or("", Channel::word),
        ..Field::default()
    };
    field.select(&options)
}

fn consent(
    words: Words,
    view: &ImportView,
    wrong_text: Option<&str>,
    wrong_day: Option<&str>,
) -> Markup {
    let proofs = &view.plan.consents;
    let first = proofs.first();
    let text = Field {
        name: "consent_text",
        label: &words.say("import-consent-text"),
        value: first.map_or("", |it| &it.text),
        hint: Some(&words.say("import-consent-text-hint")),
        wrong: wrong_text,
        length_most: CONSENT_LETTERS_MOST,
        ..Field::default()
    };
    let day = Field {
        name: "consent_day",
        label: &words.say("import-consent-day"),
        value: first.map_or("", |it| &it.day),
        wrong: wrong_day,
        ..Field::default()
    };
    html! {
        fieldset {
            legend { (words.say("import-consent")) }
            p.hint { (words.say("import-consent-hint")) }
            div.checks {
                @for channel in CHANNELS {
                    label.check {
                        input type="checkbox" name=(consent_box(channel)) value="on"
                            checked[proofs.iter().any(|it| it.channel == channel)];
                        span { (words.say(&format!("channel-{}", channel.word()))) }
                    }
                }
            }
            (text.area(2))
            (day.date())
        }
    }
}
