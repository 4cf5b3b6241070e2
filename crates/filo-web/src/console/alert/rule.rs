//! The rules by which figures are watched: the list, making and changing them.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::alert::AlertRuleView;
use filo_app::{App, Error};
use filo_core::access::Right;
use filo_core::analysis::alert::{AlertRule, Direction, Every, Limit, Subject};
use filo_core::id::AlertRuleId;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{AnnotateFigures, Power, SeeFigures};
use crate::sentence::figure::name;
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::page::Place;
use crate::ui::toast::toast_with_undo;

/// A number of a form has at most so many digits.
const DIGITS_MOST: usize = 6;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
    #[serde(rename = "done-away")]
    away: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// The form as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    subject: String,
    every: String,
    direction: String,
    limit: String,
    percent: String,
    people_least: String,
    is_on: String,
    version: i64,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    shown(page(&app, &session, (&Given::usual(), None), &asked).await?)
}

async fn page<P: Power>(
    app: &App,
    session: &Session<P>,
    (given, wrong): (&Given, Option<&str>),
    asked: &Asked,
) -> Result<Markup, crate::console::failure::Failure> {
    let words = session.words;
    let rules = app.alert_rules(&session.actor).await?;
    let writes = session.actor.may(Right::WriteNotes);
    let undo = asked.away.as_deref().and_then(|id| {
        let id: AlertRuleId = id.parse().ok()?;
        let action = format!("/alert-rules/{id}/restoring");
        let text = words.say("alert-rule-removed");
        Some(toast_with_undo(
            &text,
            &action,
            &session.token,
            &[],
            &words.say("undo"),
        ))
    });
    let title = words.say("alert-rules");
    let content = html! {
        @if let Some(undo) = &undo { (undo) }
        a.back href="/alerts" { (Icon::Back.draw()) (words.say("alert-title")) }
        div { h1 { (title) } p.lead { (words.say("alert-rules-lead")) } }
        section.card {
            ul.list {
                @for view in &rules {
                    li.line {
                        span {
                            @if writes { a href={ "/alert-rules/" (view.id) } { (sentence(words, &view.rule)) } }
                            @else { (sentence(words, &view.rule)) }
                        }
                        @if !view.rule.is_on { span.badge { (words.say("alert-rule-off")) } }
                    }
                }
            }
        }
        @if writes {
            section.card aria-labelledby="alert-rule-new" {
                h2 #alert-rule-new { (words.say("alert-rule-new")) }
                (given.form(words, "/alert-rules", &session.token, wrong))
            }
        }
    };
    Ok(session.page(Place::Analysis, &title, asked.done.as_deref(), &content))
}

/// “Ordini: ogni settimana, se cambia più di quanto spieghi il caso, da 30 persone in su”.
fn sentence(words: Words, rule: &AlertRule) -> String {
    if rule.subject == Subject::SilentSource {
        return words.say("alert-rule-silent").into_owned();
    }
    let far = match rule.limit {
        Limit::BeyondChance => words.say("alert-limit-chance").into_owned(),
        Limit::Percent(percent) => words.fill("alert-limit-by", [("percent", percent.into())]),
    };
    let word = |group: &str, word: &str| words.say(&format!("alert-{group}-{word}"));
    words.fill(
        "alert-rule-sentence",
        [
            ("name", subject_name(words, rule.subject).into()),
            ("every", word("every", rule.every.word()).into()),
            ("direction", word("direction", rule.direction.word()).into()),
            ("far", far.into()),
            ("people", words.number(u64::from(rule.people_least)).into()),
        ],
    )
}

fn subject_name(words: Words, subject: Subject) -> String {
    match subject {
        Subject::Metric(metric) => name(words, metric),
        Subject::SilentSource => words.say("alert-subject-silent-source").into_owned(),
    }
}

pub(super) async fn create(
    State(app): State<App>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    let saved = match given.rule() {
        Ok(rule) => app.create_alert_rule(&session.actor, rule).await,
        Err(field) => Err(Error::invalid(field, "unread")),
    };
    match saved {
        Ok(_) => done("/alert-rules?done=alert-rule-made"),
        Err(Error::Invalid { field, .. }) => {
            let asked = Asked::default();
            wrong(page(&app, &session, (&given, Some(field)), &asked).await?)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    session: Session<AnnotateFigures>,
    Path(rule): Path<String>,
) -> Answer {
    let view = app.alert_rule(&session.actor, id(&rule)?).await?;
    shown(one(&session, &view, (&Given::of(&view), None)))
}

pub(super) async fn change(
    State(app): State<App>,
    Path(rule): Path<String>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: mut given,
    } = posted;
    let id: AlertRuleId = id(&rule)?;
    let saved = match given.rule() {
        Ok(rule) => {
            let from = (id, given.version);
            app.change_alert_rule(&session.actor, from, rule).await
        }
        Err(field) => Err(Error::invalid(field, "unread")),
    };
    match saved {
        Ok(_) => done("/alert-rules?done=alert-rule-changed"),
        Err(Error::Invalid { field, .. }) => {
            let view = app.alert_rule(&session.actor, id).await?;
            wrong(one(&session, &view, (&given, Some(field))))
        }
        Err(Error::Conflict(_)) => {
            let view = app.alert_rule(&session.actor, id).await?;
            given.version = view.version;
            let page = one(&session, &view, (&given, Some("conflict")));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove(
    State(app): State<App>,
    Path(rule): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    let view = app
        .remove_alert_rule(&posted.session.actor, id(&rule)?)
        .await?;
    done(&format!("/alert-rules?done-away={}", view.id))
}

pub(super) async fn restore(
    State(app): State<App>,
    Path(rule): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    app.restore_alert_rule(&posted.session.actor, id(&rule)?)
        .await?;
    done("/alert-rules?done=alert-rule-restored")
}

fn one<P: Power>(
    session: &Session<P>,
    view: &AlertRuleView,
    (given, wrong): (&Given, Option<&str>),
) -> Markup {
    let words = session.words;
    let to = |word: &str| format!("/alert-rules/{}{word}", view.id);
    let title = subject_name(words, view.rule.subject);
    let content = html! {
        a.back href="/alert-rules" { (Icon::Back.draw()) (words.say("alert-rules")) }
        @if wrong == Some("conflict") { p.notice.notice-bad role="alert" { (words.say("annotation-conflict")) } }
        div.head {
            h1 { (title) }
            div.actions {
                @if view.removed_at.is_some() {
                    (button_form(&to("/restoring"), &session.token, &[], &words.say("annotation-restore"), "small"))
                } @else {
                    (button_form(&to("/removal"), &session.token, &[], &words.say("annotation-remove"), "quiet"))
                }
            }
        }
        @if view.removed_at.is_some() { p.soft { (words.say("alert-rule-is-removed")) } }
        @else { section.card { (given.form(words, &to(""), &session.token, wrong)) } }
    };
    session.page(Place::Analysis, &title, None, &content)
}

impl Given {
    /// What a new rule begins as.
    fn usual() -> Self {
        Self {
            subject: "orders".to_owned(),
            every: "week".to_owned(),
            direction: "falls".to_owned(),
            limit: "chance".to_owned(),
            percent: "20".to_owned(),
            people_least: "30".to_owned(),
            is_on: "yes".to_owned(),
            version: 0,
        }
    }

    fn of(view: &AlertRuleView) -> Self {
        let rule = &view.rule;
        let (limit, percent) = match rule.limit {
            Limit::BeyondChance => ("chance", String::new()),
            Limit::Percent(percent) => ("percent", percent.to_string()),
        };
        Self {
            subject: rule.subject.word().to_owned(),
            every: rule.every.word().to_owned(),
            direction: rule.direction.word().to_owned(),
            limit: limit.to_owned(),
            percent,
            people_least: rule.people_least.to_string(),
            is_on: if rule.is_on { "yes" } else { "no" }.to_owned(),
            version: view.version,
        }
    }

    /// The rule, or the field that cannot be read.
    fn rule(&self) -> Result<AlertRule, &'static str> {
        let limit = match self.limit.as_str() {
            "percent" => Limit::Percent(self.percent.trim().parse().map_err(|_no| "percent")?),
            _ => Limit::BeyondChance,
        };
        let people = self.people_least.trim();
        Ok(AlertRule {
            subject: Subject::from_word(&self.subject).ok_or("subject")?,
            every: Every::from_word(&self.every).ok_or("every")?,
            direction: Direction::from_word(&self.direction).ok_or("direction")?,
            limit,
            people_least: people.parse().map_err(|_no_number| "people_least")?,
            is_on: self.is_on != "no",
        })
    }

    fn form(&self, words: Words, action: &str, token: &str, wrong: Option<&str>) -> Markup {
        let why = |field: &str| {
            let key = format!("wrong-alert-{}", field.replace('_', "-"));
            (wrong == Some(field)).then(|| words.say(&key))
        };
        let select = |name: &'static str, value: &str, options: &[(String, String)]| {
            let pairs: Vec<(&str, &str)> = options
                .iter()
                .map(|(one, other)| (one.as_str(), other.as_str()))
                .collect();
            let field = Field {
                name,
                label: &words.say(&format!("alert-field-{}", name.replace('_', "-"))),
                value,
                ..Field::default()
            };
            field.select(&pairs)
        };
        let said = |group: &str, all: &[&str]| -> Vec<(String, String)> {
            let pair = |word: &&str| {
                let text = words.say(&format!("alert-{group}-{word}"));
                ((*word).to_owned(), text.into_owned())
            };
            all.iter().map(pair).collect()
        };
        let subjects: Vec<(String, String)> = Subject::all()
            .map(|it| (it.word().to_owned(), subject_name(words, it)))
            .collect();
        let (percent, people) = (why("percent"), why("people_least"));
        let number = |name: &'static str, value: &str, wrong: Option<&str>| {
            let hint = words.look_up(&format!("alert-field-{}-hint", name.replace('_', "-")));
            let field = Field {
                name,
                label: &words.say(&format!("alert-field-{}", name.replace('_', "-"))),
                value,
                hint: hint.as_deref(),
                wrong,
                length_most: DIGITS_MOST,
                ..Field::default()
            };
            field.input()
        };
        form(
            action,
            token,
            &html! {
                input type="hidden" name="version" value=(self.version);
                (select("subject", &self.subject, &subjects))
                div.row {
                    (select("every", &self.every, &said("every", &["week", "day"])))
                    (select("direction", &self.direction, &said("direction", &["falls", "rises", "changes"])))
                }
                div.row {
                    (select("limit", &self.limit, &said("limit", &["chance", "percent"])))
                    (number("percent", &self.percent, percent.as_deref()))
                }
                (number("people_least", &self.people_least, people.as_deref()))
                (select("is_on", &self.is_on, &said("on", &["yes", "no"])))
                div.actions { button type="submit" { (words.say("annotation-save")) } }
            },
        )
    }
}
