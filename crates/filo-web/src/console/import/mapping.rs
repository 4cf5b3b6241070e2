//! What the columns of a file are: a form with one block a column, which reads on a phone.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::import::{
    Collision, ColumnPlan, ConsentProof, IDENTIFIER_KINDS, Inspection, Plan, Subject, Target,
    Transform,
};
use filo_app::import_run::ImportView;
use filo_core::event::Channel;
use filo_core::id::ImportId;
use maud::{Markup, html};
use serde::Deserialize;

use super::page::Refused;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ImportPeople;
use crate::ui::form::{Field, form};
use crate::ui::shown as display;

/// Traits that are offered by name.
const TRAITS: [&str; 14] = [
    "first_name",
    "last_name",
    "company",
    "vat_number",
    "street",
    "city",
    "postal_code",
    "province",
    "country",
    "birthday",
    "gender",
    "language",
    "tags",
    "notes",
];
/// Channels on which a file can prove a consent.
const CHANNELS: [Channel; 3] = [Channel::Email, Channel::Sms, Channel::Phone];
/// Letters of the text about a consent.
const CONSENT_LETTERS_MOST: usize = 500;
/// Letters of a new field's key.
const KEY_LETTERS_MOST: usize = 60;

/// What the form holds: one group of fields a column, by its place.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    act: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    consent_text: String,
    #[serde(default)]
    consent_day: String,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

impl Form {
    /// The plan that the form says, on top of the one before.
    fn plan(&self, before: &Plan) -> Result<Plan, Failure> {
        let unreadable = Failure::Unreadable { too_large: false };
        let mut plan = before.clone();
        plan.subject = Subject::from_word(&self.subject).ok_or_else(|| unreadable.clone())?;
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
    let subjects = Subject::ALL.iter().map(|it| {
        (
            it.word(),
            words.say(&format!("import-subject-{}", it.word())),
        )
    });
    let subjects: Vec<_> = subjects.collect();
    let subjects: Vec<(&str, &str)> = subjects.iter().map(|(word, say)| (*word, &**say)).collect();
    let subject = Field {
        name: "subject",
        label: &words.say("import-subject"),
        value: view.plan.subject.word(),
        ..Field::default()
    };
    form(
        &action,
        token,
        &html! {
            (subject.select(&subjects))
            h3 { (words.say("import-columns")) }
            p.hint { (words.say("import-columns-hint")) }
            @if let Some(wrong) = of("columns") { p.wrong role="alert" { (wrong) } }
            ul.list.file-columns {
                @for (place, column) in view.plan.columns.iter().enumerate() {
                    (column_block(words, place, column, view.seen.as_ref()))
                }
            }
            (consent(words, view, of("consent_text"), of("consent_day")))
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

fn column_block(
    words: Words,
    place: usize,
    column: &ColumnPlan,
    seen: Option<&Inspection>,
) -> Markup {
    let seen = seen.and_then(|seen| seen.columns.get(place));
    let targets = targets(words, &column.header, &column.target);
    let transforms = Transform::ALL.iter().map(|it| it.word());
    let transforms = named(words, "transform", transforms);
    let collisions = Collision::ALL.iter().map(|it| it.word());
    let collisions = named(words, "collision", collisions);
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
                    (select("collision", "import-collision", column.collision.word(), &collisions))
                }
            }
        }
    }
}

/// Words of a choice, and how they are said.
type Options = Vec<(String, String)>;

fn named<'a>(words: Words, kind: &str, all: impl Iterator<Item = &'a str>) -> Options {
    let say = |word: &str| words.say(&format!("import-{kind}-{}", word.replace('_', "-")));
    all.map(|word| (word.to_owned(), say(word).into_owned()))
        .collect()
}

/// What a column can be, with words.
fn targets(words: Words, header: &str, chosen: &Target) -> Options {
    let mut all = vec![(
        "ignore".to_owned(),
        words.say("import-target-ignore").into_owned(),
    )];
    let mut add = |target: Target| {
        let text = target.to_string();
        if all.iter().all(|(known, _)| *known != text) {
            all.push((text, target_words(words, &target)));
        }
    };
    for kind in IDENTIFIER_KINDS {
        add(Target::Identifier(kind));
    }
    add(Target::FullName);
    for key in TRAITS {
        add(Target::Trait(key.to_owned()));
    }
    for channel in CHANNELS {
        add(Target::Consent(channel));
    }
    add(Target::Suppression);
    add(Target::ChangedAt);
    add(chosen.clone());
    let own = new_key(header);
    if !own.is_empty() {
        let own = Target::Trait(own).to_string();
        if all.iter().all(|(known, _)| *known != own) {
            let say = [("name", display::line(header).into())];
            all.push((own, words.fill("import-target-new", say)));
        }
    }
    all
}

/// What a column is, in words.
pub(super) fn target_words(words: Words, target: &Target) -> String {
    let key = match target {
        Target::Trait(key) => {
            let known = words.look_up(&format!("import-trait-{}", key.replace('_', "-")));
            return known.map_or_else(|| key.replace('_', " "), std::borrow::Cow::into_owned);
        }
        Target::Consent(channel) => format!("import-target-consent-{}", channel.word()),
        Target::Identifier(kind) => format!("import-target-{}", kind.word().replace('_', "-")),
        Target::Ignore | Target::FullName | Target::Suppression | Target::ChangedAt => {
            format!("import-target-{}", target.to_string().replace('_', "-"))
        }
    };
    words.say(&key).into_owned()
}

/// A key for a new field, out of a header.
fn new_key(header: &str) -> String {
    let mut key = String::new();
    for letter in header.chars().take(KEY_LETTERS_MOST) {
        let plain = match letter {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            other => other.to_ascii_lowercase(),
        };
        if plain.is_ascii_alphanumeric() {
            key.push(plain);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.trim_end_matches('_').to_owned()
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

#[cfg(test)]
mod key_tests {
    use super::*;

    #[test]
    fn a_header_becomes_a_key_that_a_plan_takes() {
        for (header, key) in [
            ("Colore preferito", "colore_preferito"),
            ("Età (anni)", "eta_anni"),
            ("  ", ""),
            ("日本", ""),
        ] {
            assert_eq!(new_key(header), key, "{header}");
            if !key.is_empty() {
                assert!(format!("trait:{key}").parse::<Target>().is_ok());
            }
        }
    }
}
