//! How long what is kept: the months of each kind, what would go by them, and what has gone.
//!
//! **Invariant:** before anything goes by itself, its owner has seen how much it would be and has
//! said that it cannot be undone.

use std::collections::HashMap;

use axum::extract::{Query, State};
use filo_app::{App, Error, RetentionPreview, RetentionRun, RetentionView};
use filo_core::privacy::retention::{Kept, MONTHS_MOST, Retention};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{HandlePrivacy, Power};
use crate::ui::form::{Field, form};

const HERE: &str = "/settings/retention";
/// Runs of a page.
const ROWS: usize = 30;
/// Letters of a number of months.
const MONTHS_CHARS_MOST: usize = 3;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    before: Option<i64>,
    done: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.retention(&session.actor).await?;
    let given = Form::of(&view);
    let before = asked.before.map(Timestamp);
    let runs = app.retention_runs(&session.actor, before, ROWS + 1).await?;
    let page = Page {
        view,
        given: &given,
        wrong: None,
        runs,
    };
    shown(page.draw(&session, asked.done.as_deref()))
}

/// The months as they were filled in, by the word of their kind.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    version: String,
    #[serde(default)]
    sure: String,
    #[serde(flatten)]
    months: HashMap<String, String>,
}

impl Form {
    fn of(view: &RetentionView) -> Self {
        let text = |kept: Kept| {
            let months = view.rules.months(kept);
            (
                kept.word().to_owned(),
                months.map_or_else(String::new, |it| it.to_string()),
            )
        };
        Self {
            version: view.version.to_string(),
            sure: String::new(),
            months: Kept::ALL.into_iter().map(text).collect(),
        }
    }

    fn months(&self, kept: Kept) -> &str {
        self.months.get(kept.word()).map_or("", |text| text.trim())
    }

    /// The rules, or the kind whose months are no number that can be.
    fn rules(&self) -> Result<Retention, Kept> {
        let mut rules = Retention::default();
        for kept in Kept::ALL {
            let text = self.months(kept);
            if !text.is_empty() {
                *rules.months_mut(kept) = Some(text.parse().map_err(|_no_number| kept)?);
            }
        }
        rules.fault().map_or(Ok(rules), Err)
    }
}

/// Why nothing was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// These months cannot be.
    Months(Kept),
    /// Somebody else was first.
    Second,
}

struct Page<'a> {
    view: RetentionView,
    given: &'a Form,
    wrong: Option<Wrong>,
    runs: Vec<RetentionRun>,
}

impl Page<'_> {
    fn draw<P: Power>(&self, session: &Session<P>, done: Option<&str>) -> Markup {
        let words = session.words;
        let title = words.say("settings-retention");
        let content = html! {
            h1 { (title) }
            p.lead { (words.say("retention-lead")) }
            @match self.view.next_at {
                Some(next) => p.notice { (words.fill("retention-on", [("date", words.date_time(next).into())])) },
                None => p.notice { (words.say("retention-off")) },
            }
            @if self.wrong == Some(Wrong::Second) {
                p.notice.notice-warn role="alert" { (words.say("retention-second")) }
            }
            section.card {
                form.form action="/settings/retention/preview" {
                    input type="hidden" name="version" value=(self.given.version);
                    @for kept in Kept::ALL { (self.field(words, kept)) }
                    button.primary type="submit" { (words.say("retention-preview")) }
                }
            }
            section.card {
                h2 { (words.say("retention-fixed")) }
                (fixed(words))
                p.soft { (words.say("retention-never")) }
            }
            (history(words, &self.runs))
        };
        whole(session, HERE, &title, done, &content)
    }

    fn field(&self, words: Words, kept: Kept) -> Markup {
        let is_wrong = self.wrong == Some(Wrong::Months(kept));
        let wrong = words.fill("retention-wrong", [("most", MONTHS_MOST.into())]);
        Field {
            name: kept.word(),
            label: &words.say(&format!("retention-{}", kept.word())),
            value: self.given.months(kept),
            hint: Some(&words.say(&format!("retention-{}-hint", kept.word()))),
            wrong: is_wrong.then_some(wrong.as_str()),
            length_most: MONTHS_CHARS_MOST,
            ..Field::default()
        }
        .input()
    }
}

/// What goes by itself in any case.
pub(super) fn fixed(words: Words) -> Markup {
    html! {
        ul {
            @for key in ["deliveries", "imports", "answers", "jobs"] {
                li { (words.say(&format!("retention-fixed-{key}"))) }
            }
        }
    }
}

fn history(words: Words, runs: &[RetentionRun]) -> Markup {
    let older = runs
        .get(ROWS.saturating_sub(1))
        .filter(|_| runs.len() > ROWS);
    html! {
        section.card {
            h2 { (words.say("retention-history")) }
            @if runs.is_empty() { p.soft { (words.say("retention-history-none")) } }
            ul.list { @for run in runs.iter().take(ROWS) { (day(words, run)) } }
        }
        @if let Some(last) = older {
            p.pages.actions { a.button.quiet href={ (HERE) "?before=" (last.due_at.0) } { (words.say("older")) } }
        }
    }
}

fn day(words: Words, run: &RetentionRun) -> Markup {
    let gone = Kept::ALL.into_iter().filter(|kept| run.gone.of(*kept) > 0);
    let gone: Vec<String> = gone
        .map(|kept| {
            let count = words.number(run.gone.of(kept));
            format!(
                "{}: {count}",
                words.say(&format!("retention-{}", kept.word()))
            )
        })
        .collect();
    html! {
        li {
            div.line {
                strong { (words.date_time(run.due_at)) }
                @if run.failure.is_some() {
                    span.badge.badge-bad { (words.say("retention-failed")) }
                } @else if run.ended_at.is_none() {
                    span.badge { (words.say("retention-under-way")) }
                }
            }
            p.about { @if gone.is_empty() { (words.say("retention-nothing")) } @else { (gone.join(" · ")) } }
            @if run.failure.is_some() { p.about { (words.say("retention-failed-hint")) } }
        }
    }
}

/// What would go now. Nothing is changed.
pub(in crate::console) async fn preview(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(given): Query<Form>,
) -> Answer {
    match given.rules() {
        Ok(rules) => {
            let preview = app.preview_retention(&session.actor, rules).await?;
            shown(asking(&session, &preview, &given.version, false))
        }
        Err(kept) => again(&app, &session, &given, Wrong::Months(kept)).await,
    }
}

async fn again<P: Power>(app: &App, session: &Session<P>, given: &Form, why: Wrong) -> Answer {
    let page = Page {
        view: app.retention(&session.actor).await?,
        given,
        wrong: Some(why),
        runs: app.retention_runs(&session.actor, None, ROWS + 1).await?,
    };
    wrong(page.draw(session, None))
}

fn asking<P: Power>(
    session: &Session<P>,
    preview: &RetentionPreview,
    version: &str,
    is_unsure: bool,
) -> Markup {
    let words = session.words;
    let title = words.say("retention-preview-title");
    let (off, on): (Vec<Kept>, Vec<Kept>) = Kept::ALL
        .into_iter()
        .partition(|kept| preview.rules.months(*kept).is_none());
    let content = html! {
        a.back href=(HERE) { "← " (words.say("settings-retention")) }
        h1 { (title) }
        @if on.is_empty() { p.lead { (words.say("retention-all-off")) } }
        @else {
            p.lead { (words.say("retention-preview-lead")) }
            section.card {
                dl.facts {
                    @for kept in &on {
                        @let months = preview.rules.months(*kept).unwrap_or_default();
                        dt { (words.say(&format!("retention-{}", kept.word()))) }
                        dd {
                            (words.fill("retention-after", [("months", months.into())])) " — "
                            strong { (words.fill("retention-would-go", [("count", preview.gone.of(*kept).into())])) }
                        }
                    }
                }
                @if preview.is_partial { p.soft { (words.say("retention-partial")) } }
                @if !off.is_empty() {
                    p.soft {
                        (words.say("retention-stays")) " "
                        (off.iter().map(|kept| words.say(&format!("retention-{}", kept.word())).into_owned()).collect::<Vec<_>>().join(", "))
                    }
                }
            }
        }
        section.card {
            (form(HERE, &session.token, &html! {
                input type="hidden" name="version" value=(version);
                @for kept in &on {
                    input type="hidden" name=(kept.word()) value=(preview.rules.months(*kept).unwrap_or_default());
                }
                @if on.is_empty() {
                    button type="submit" { (words.say("save")) }
                } @else {
                    p.notice.notice-warn { (words.say("retention-for-good")) }
                    div.field {
                        label.check {
                            input type="checkbox" name="sure" value="yes" required aria-invalid=[is_unsure.then_some("true")];
                            " " (words.say("erasure-sure"))
                        }
                        @if is_unsure { p.wrong role="alert" { (words.say("retention-unsure")) } }
                    }
                    button.danger type="submit" { (words.say("retention-do")) }
                }
            }))
        }
    };
    whole(session, HERE, &title, None, &content)
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<HandlePrivacy, Form>,
) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    let rules = match given.rules() {
        Ok(rules) => rules,
        Err(kept) => return again(&app, &session, &given, Wrong::Months(kept)).await,
    };
    if !rules.is_off() && given.sure != "yes" {
        let preview = app.preview_retention(&session.actor, rules).await?;
        return wrong(asking(&session, &preview, &given.version, true));
    }
    let version = given.version.parse().unwrap_or_default();
    match app.change_retention(&session.actor, rules, version).await {
        Ok(_) => done("/settings/retention?done=retention-saved"),
        Err(Error::Conflict(_)) => {
            // What the other one saved is the version that the next try names.
            let version = app.retention(&session.actor).await?.version.to_string();
            let given = Form { version, ..given };
            again(&app, &session, &given, Wrong::Second).await
        }
        Err(other) => Err(other.into()),
    }
}
