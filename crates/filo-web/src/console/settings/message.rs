//! How much and when: quiet hours, caps, noise budget, holdout, and stopping everything.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use filo_app::{App, Error, PolicyView};
use filo_core::message::Medium;
use filo_core::message::policy::{Budget, CAPS_MOST, Cap, NoRoom, Policy, PolicyFault, Quiet};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::api::policy_out::{clock_of, minute_of};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form};
use crate::verdict::medium_name;

const HERE: &str = "/settings/messages";
/// Empty rows for new caps.
const ROWS_SPARE: usize = 2;
/// Nobody writes a number with more digits.
const NUMBER_LENGTH_MOST: usize = 4;

/// The form as it was filled in: every field by its name.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(in crate::console) struct Form(BTreeMap<String, String>);

impl Form {
    fn of(view: &PolicyView) -> Self {
        let policy = &view.policy;
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let mut fields = BTreeMap::new();
        let mut put = |name: String, value: String| drop(fields.insert(name, value));
        put("version".to_owned(), view.version.to_string());
        put("quiet-from".to_owned(), clock_of(policy.quiet.from_minute));
        put(
            "quiet-until".to_owned(),
            clock_of(policy.quiet.until_minute),
        );
        put("quiet-holidays".to_owned(), yes(policy.quiet.on_holidays));
        for (at, cap) in policy.caps.iter().enumerate() {
            let medium = cap.medium.map_or("every", Medium::word);
            put(format!("cap-{at}-medium"), medium.to_owned());
            put(format!("cap-{at}-most"), cap.most.to_string());
            put(format!("cap-{at}-days"), cap.days.to_string());
        }
        put("points".to_owned(), policy.budget.points.to_string());
        put("budget-days".to_owned(), policy.budget.days.to_string());
        for medium in Medium::ALL {
            let weight = policy.budget.weight(medium);
            put(format!("weight-{}", medium.word()), weight.to_string());
        }
        put("no-room".to_owned(), policy.no_room.word().to_owned());
        put("wait-days".to_owned(), policy.wait_days_most.to_string());
        put("holdout".to_owned(), policy.holdout_percent.to_string());
        put("paused".to_owned(), yes(policy.is_paused));
        let second = policy.second_person_above.map(|most| most.to_string());
        put("second".to_owned(), second.unwrap_or_default());
        Self(fields)
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// A whole number, or the field that is none.
    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, String> {
        self.get(name).parse().map_err(|_nan| name.to_owned())
    }

    fn rows(&self) -> usize {
        let is_row = |name: &&String| name.starts_with("cap-") && name.ends_with("-most");
        self.0.keys().filter(is_row).count()
    }

    /// What was filled in, or the name of the field that is not right.
    fn policy(&self) -> Result<Policy, String> {
        let minute = |name: &str| minute_of(self.get(name)).ok_or_else(|| name.to_owned());
        let mut caps = Vec::new();
        for at in 0..self.rows().min(CAPS_MOST + ROWS_SPARE) {
            let name = |part: &str| format!("cap-{at}-{part}");
            if self.get(&name("most")).is_empty() && self.get(&name("days")).is_empty() {
                continue;
            }
            caps.push(Cap {
                medium: Medium::from_word(self.get(&name("medium"))),
                most: self.number(&name("most"))?,
                days: self.number(&name("days"))?,
            });
        }
        let mut weights = Vec::new();
        for medium in Medium::ALL {
            weights.push((medium, self.number(&format!("weight-{}", medium.word()))?));
        }
        Ok(Policy {
            quiet: Quiet {
                from_minute: minute("quiet-from")?,
                until_minute: minute("quiet-until")?,
                on_holidays: self.get("quiet-holidays") == "yes",
            },
            caps,
            budget: Budget {
                points: self.number("points")?,
                days: self.number("budget-days")?,
                weights,
            },
            no_room: NoRoom::from_word(self.get("no-room")).unwrap_or(NoRoom::Wait),
            wait_days_most: self.number("wait-days")?,
            holdout_percent: self.number("holdout")?,
            is_paused: self.get("paused") == "yes",
            second_person_above: match self.get("second") {
                "" => None,
                _ => Some(self.number("second")?),
            },
        })
    }
}

/// The field that a fault is about.
fn field_of(fault: PolicyFault) -> String {
    match fault {
        PolicyFault::Time => "quiet-from".to_owned(),
        PolicyFault::TooManyCaps => "cap-0-most".to_owned(),
        PolicyFault::Cap(number) => format!("cap-{}-most", number.saturating_sub(1)),
        PolicyFault::Budget => "points".to_owned(),
        PolicyFault::Weight(medium) => format!("weight-{}", medium.word()),
        PolicyFault::Wait => "wait-days".to_owned(),
        PolicyFault::Holdout => "holdout".to_owned(),
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let form = Form::of(&app.message_policy().await?);
    shown(page(&session, &form, None, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, mut form } = posted;
    let refused = |form: &Form, field: String, key: &'static str| {
        crate::console::wrong(page(&session, form, Some((field, key)), None))
    };
    let policy = match form.policy() {
        Ok(policy) => policy,
        Err(field) if field.starts_with("quiet") => {
            return refused(&form, field, "policy-wrong-time");
        }
        Err(field) => return refused(&form, field, "policy-wrong-number"),
    };
    let policy = match policy.checked() {
        Ok(policy) => policy,
        Err(fault) => {
            let key = match fault {
                PolicyFault::Weight(_) => "policy-wrong-weight",
                PolicyFault::Time => "policy-wrong-time",
                PolicyFault::TooManyCaps
                | PolicyFault::Cap(_)
                | PolicyFault::Budget
                | PolicyFault::Wait
                | PolicyFault::Holdout => "policy-wrong-bounds",
            };
            return refused(&form, field_of(fault), key);
        }
    };
    let version = form.number("version").unwrap_or(-1);
    match app
        .change_message_policy(&session.actor, policy, version)
        .await
    {
        Ok(_saved) => done("/settings/messages?done=message-policy"),
        Err(Error::Conflict(_)) => {
            // Saving again is a decision made with open eyes.
            let version = app.message_policy().await?.version;
            form.0.insert("version".to_owned(), version.to_string());
            refused(&form, "quiet-from".to_owned(), "policy-conflict")
        }
        Err(other) => Err(other.into()),
    }
}

fn page<P: Power>(
    session: &Session<P>,
    given: &Form,
    wrong: Option<(String, &'static str)>,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("settings-messages");
    let sheet = Sheet {
        words,
        given,
        wrong,
    };
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("settings-messages-lead")) }
        (form(HERE, &session.token, &html! {
            input type="hidden" name="version" value=(given.get("version"));
            (sheet.stopping())
            (sheet.quiet())
            (sheet.caps())
            (sheet.budget())
            (sheet.measuring())
            (sheet.approving())
            div.actions { button type="submit" { (words.say("save")) } }
        }))
    };
    whole(session, HERE, &title, done, &content)
}

/// What the parts of the form are drawn from.
struct Sheet<'a> {
    words: Words,
    given: &'a Form,
    wrong: Option<(String, &'static str)>,
}

impl Sheet<'_> {
    fn fault(&self, name: &str) -> Option<String> {
        let found = self.wrong.as_ref().filter(|(field, _)| field == name);
        found.map(|(_, key)| self.words.say(key).into_owned())
    }

    fn input(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let fault = self.fault(name);
        let hint = hint.map(|key| self.words.say(key));
        Field {
            name,
            label,
            value: self.given.get(name),
            hint: hint.as_deref(),
            wrong: fault.as_deref(),
            required: false,
            length_most: NUMBER_LENGTH_MOST + 1,
        }
        .input()
    }

    fn named(&self, name: &str, key: &str, hint: Option<&str>) -> Markup {
        self.input(name, &self.words.say(key), hint)
    }

    fn choice(&self, name: &str, key: &str, hint: &str, options: &[(&str, &str)]) -> Markup {
        let labels: Vec<_> = options.iter().map(|(_, key)| self.words.say(key)).collect();
        let offered: Vec<(&str, &str)> = options
            .iter()
            .zip(&labels)
            .map(|((value, _), label)| (*value, &**label))
            .collect();
        Field {
            name,
            label: &self.words.say(key),
            value: self.given.get(name),
            hint: Some(&self.words.say(hint)),
            ..Field::default()
        }
        .select(&offered)
    }

    fn stopping(&self) -> Markup {
        html! {
            section.card {
                h2 { (self.words.say("policy-stopping")) }
                (self.choice("paused", "policy-paused", "policy-paused-hint", &[
                    ("no", "policy-paused-no"), ("yes", "policy-paused-yes"),
                ]))
            }
        }
    }

    fn approving(&self) -> Markup {
        html! {
            section.card {
                h2 { (self.words.say("policy-approving")) }
                p.about { (self.words.say("policy-approving-lead")) }
                (self.named("second", "policy-second", Some("policy-second-hint")))
            }
        }
    }

    fn quiet(&self) -> Markup {
        html! {
            section.card {
                h2 { (self.words.say("policy-quiet")) }
                p.about { (self.words.say("policy-quiet-lead")) }
                div.row {
                    (self.named("quiet-from", "policy-quiet-from", None))
                    (self.named("quiet-until", "policy-quiet-until", None))
                }
                (self.choice("quiet-holidays", "policy-quiet-holidays", "policy-quiet-holidays-hint", &[
                    ("no", "policy-no"), ("yes", "policy-yes"),
                ]))
            }
        }
    }

    fn caps(&self) -> Markup {
        let words = self.words;
        let rows = (self.given.rows().max(1) + ROWS_SPARE).min(CAPS_MOST);
        let names: Vec<_> = Medium::ALL
            .into_iter()
            .map(|medium| (medium.word(), medium_name(words, medium)))
            .collect();
        let every = words.say("medium-every");
        let mut options = vec![("every", &*every)];
        options.extend(names.iter().map(|(word, name)| (*word, &**name)));
        html! {
            section.card {
                h2 { (words.say("policy-caps")) }
                p.about { (words.say("policy-caps-lead")) }
                @for at in 0..rows {
                    div.row {
                        (Field {
                            name: &format!("cap-{at}-medium"),
                            label: &words.say("policy-cap-medium"),
                            value: self.given.get(&format!("cap-{at}-medium")),
                            ..Field::default()
                        }.select(&options))
                        (self.named(&format!("cap-{at}-most"), "policy-cap-most", None))
                        (self.named(&format!("cap-{at}-days"), "policy-cap-days", None))
                    }
                }
            }
        }
    }

    fn budget(&self) -> Markup {
        let words = self.words;
        html! {
            section.card {
                h2 { (words.say("policy-budget")) }
                p.about { (words.say("policy-budget-lead")) }
                div.row {
                    (self.named("points", "policy-points", Some("policy-points-hint")))
                    (self.named("budget-days", "policy-budget-days", None))
                }
                h3 { (words.say("policy-weights")) }
                div.row {
                    @for medium in Medium::ALL {
                        (self.input(&format!("weight-{}", medium.word()), &medium_name(words, medium), None))
                    }
                }
                (self.choice("no-room", "policy-no-room", "policy-no-room-hint", &[
                    ("wait", "policy-no-room-wait"), ("drop", "policy-no-room-drop"),
                ]))
                (self.named("wait-days", "policy-wait-days", Some("policy-wait-days-hint")))
            }
        }
    }

    fn measuring(&self) -> Markup {
        html! {
            section.card {
                h2 { (self.words.say("policy-holdout")) }
                (self.named("holdout", "policy-holdout-percent", Some("policy-holdout-hint")))
            }
        }
    }
}
