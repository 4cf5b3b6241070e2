//! When somebody is asked about probable duplicates, and whether Filo joins by itself.

use axum::extract::{Query, State};
use filo_app::{App, DuplicateSettings, DuplicateSettingsView, Error};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form};

const HERE: &str = "/settings/duplicates";
/// Nobody writes a percentage with more letters.
const PERCENT_LENGTH_MOST: usize = 6;

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    proposed: String,
    automatic: String,
    linked: String,
    version: i64,
}

impl Form {
    fn of(view: DuplicateSettingsView) -> Self {
        let percent = |chance: i64| match chance % 100 {
            0 => (chance / 100).to_string(),
            rest => format!("{},{rest:02}", chance / 100),
        };
        Self {
            proposed: percent(view.settings.proposed),
            automatic: if view.settings.automatic { "yes" } else { "no" }.to_owned(),
            linked: percent(view.settings.linked),
            version: view.version,
        }
    }

    /// What was filled in, or the field that is no percentage.
    fn settings(&self) -> Result<DuplicateSettings, &'static str> {
        Ok(DuplicateSettings {
            proposed: chance(&self.proposed).ok_or("proposed")?,
            automatic: self.automatic == "yes",
            linked: chance(&self.linked).ok_or("linked")?,
        })
    }
}

/// A percentage with a comma or a point, in ten-thousandths.
fn chance(text: &str) -> Option<i64> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let percent: f64 = plain.parse().ok()?;
    if !(0.0..=100.0).contains(&percent) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 10000")]
    let chance = (percent * 100.0).round() as i64;
    Some(chance)
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let form = Form::of(app.duplicate_settings().await?);
    shown(page(&session, &form, None, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, mut form } = posted;
    let settings = match form.settings() {
        Ok(settings) => settings,
        Err(field) => return refused(&session, &form, (field, "duplicate-wrong-percent")),
    };
    let changed = app.change_duplicate_settings(&session.actor, settings, form.version);
    match changed.await {
        Ok(_saved) => done("/settings/duplicates?done=duplicate-settings"),
        Err(Error::Invalid {
            field: "proposed", ..
        }) => refused(&session, &form, ("proposed", "duplicate-wrong-proposed")),
        Err(Error::Invalid { .. }) => {
            refused(&session, &form, ("linked", "duplicate-wrong-linked"))
        }
        Err(Error::Conflict(_)) => {
            // Saving again is a decision made with open eyes.
            form.version = app.duplicate_settings().await?.version;
            refused(&session, &form, ("proposed", "duplicate-conflict"))
        }
        Err(other) => Err(other.into()),
    }
}

fn refused<P: Power>(
    session: &Session<P>,
    form: &Form,
    wrong: (&'static str, &'static str),
) -> Answer {
    crate::console::wrong(page(session, form, Some(wrong), None))
}

fn page<P: Power>(
    session: &Session<P>,
    given: &Form,
    wrong: Option<(&'static str, &'static str)>,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("settings-duplicates");
    let fault = |field: &str| {
        let found = wrong.filter(|(name, _)| *name == field);
        found.map(|(_, key)| words.say(key).into_owned())
    };
    let (proposed_fault, linked_fault) = (fault("proposed"), fault("linked"));
    let proposed = Field {
        name: "proposed",
        label: &words.say("duplicate-proposed"),
        value: &given.proposed,
        hint: Some(&words.say("duplicate-proposed-hint")),
        wrong: proposed_fault.as_deref(),
        required: true,
        length_most: PERCENT_LENGTH_MOST,
    };
    let automatic = Field {
        name: "automatic",
        label: &words.say("duplicate-automatic"),
        value: &given.automatic,
        hint: Some(&words.say("duplicate-automatic-hint")),
        ..Field::default()
    };
    let linked = Field {
        name: "linked",
        label: &words.say("duplicate-linked"),
        value: &given.linked,
        hint: Some(&words.say("duplicate-linked-hint")),
        wrong: linked_fault.as_deref(),
        required: true,
        length_most: PERCENT_LENGTH_MOST,
    };
    let (no, yes) = (
        words.say("duplicate-automatic-no"),
        words.say("duplicate-automatic-yes"),
    );
    let fields = html! {
        input type="hidden" name="version" value=(given.version);
        (proposed.input())
        (automatic.select(&[("no", &no), ("yes", &yes)]))
        (linked.input())
        button type="submit" { (words.say("save")) }
    };
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("settings-duplicates-lead")) }
        section.card { (form(HERE, &session.token, &fields)) }
        p { a href="/duplicates" { (words.say("duplicate-open-queue")) } }
    };
    whole(session, HERE, &title, done, &content)
}

#[cfg(test)]
mod tests {
    use super::chance;

    #[test]
    fn percentages_are_read_as_people_write_them() {
        for (text, expected) in [
            ("30", Some(3_000)),
            (" 99,5 %", Some(9_950)),
            ("99.99", Some(9_999)),
            ("101", None),
            ("-1", None),
            ("molto", None),
            ("NaN", None),
        ] {
            assert_eq!(chance(text), expected, "{text}");
        }
    }
}
