//! The list of alerts; putting one away and taking it up again.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::alert::AlertView;
use filo_core::access::Right;
use filo_core::analysis::alert::Subject;
use filo_core::id::AlertId;
use maud::{Markup, html};
use serde::Deserialize;

use super::told::{days_of, headline, reasons, sentence};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{AnnotateFigures, SeeFigures};
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::page::{Place, empty};
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast::toast_with_undo;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    show: String,
    done: Option<String>,
    #[serde(rename = "done-away")]
    away: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let is_all = asked.show == "all";
    let alerts = app.alerts(&session.actor, !is_all).await?;
    let writes = session.actor.may(Right::WriteNotes);
    let undo = asked.away.as_deref().and_then(|id| {
        let id: AlertId = id.parse().ok()?;
        let action = format!("/alerts/{id}/taking-up");
        let text = words.say("alert-dismissed");
        Some(toast_with_undo(
            &text,
            &action,
            &session.token,
            &[],
            &words.say("undo"),
        ))
    });
    let labels = [words.say("alert-tab-open"), words.say("alert-tab-all")];
    let tab = |address, label, here| Tab {
        address,
        label,
        count: 0,
        here,
    };
    let list = [
        tab("/alerts", &labels[0], !is_all),
        tab("/alerts?show=all", &labels[1], is_all),
    ];
    let title = words.say("alert-title");
    let content = html! {
        @if let Some(undo) = &undo { (undo) }
        a.back href="/analysis/compare" { (Icon::Back.draw()) (words.say("compare-title")) }
        div.head {
            div { h1 { (title) } p.lead { (words.say("alert-lead")) } }
            div.actions { a.button.quiet href="/alert-rules" { (words.say("alert-rules")) } }
        }
        (tabs(&title, &list))
        @if alerts.is_empty() {
            (empty(&words.say("alert-none"), &html! { p { (words.say("alert-none-hint")) } }))
        } @else {
            @for alert in &alerts { (card(words, alert, writes.then_some(session.token.as_str()))) }
        }
    };
    shown(session.page(Place::Analysis, &title, asked.done.as_deref(), &content))
}

fn card(words: Words, alert: &AlertView, token: Option<&str>) -> Markup {
    let (first, last) = alert.days;
    html! {
        section.card {
            div.head {
                h2 { (headline(words, alert)) }
                @if let Some(token) = token {
                    @if alert.dismissed_at.is_some() {
                        (button_form(&format!("/alerts/{}/taking-up", alert.id), token, &[], &words.say("alert-take-up"), "quiet small"))
                    } @else {
                        (button_form(&format!("/alerts/{}/dismissal", alert.id), token, &[], &words.say("alert-dismiss"), "quiet small"))
                    }
                }
            }
            p.soft { (days_of(words, alert)) }
            p { (sentence(words, alert)) }
            (reasons(words, alert))
            p.actions {
                @match (alert.subject, &alert.source) {
                    (Subject::Metric(metric), _) => {
                        @let query = format!("period=between&from={first}&until={last}");
                        a.button.quiet.small href={ "/analysis/compare/" (metric.word()) "?" (query) } { (words.say("alert-open")) }
                    },
                    (Subject::SilentSource, Some((source, _))) => {
                        a.button.quiet.small href={ "/sources/" (source.0) } { (words.say("alert-open-source")) }
                    },
                    (Subject::SilentSource, None) => {},
                }
            }
            @if let (Some(at), Some(by)) = (alert.dismissed_at, &alert.dismissed_by) {
                p.about {
                    (words.fill("alert-dismissed-by", [
                        ("name", by.as_str().into()), ("when", words.date_time(at).into()),
                    ]))
                }
            }
        }
    }
}

pub(super) async fn dismiss(
    State(app): State<App>,
    Path(alert): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    let view = app
        .dismiss_alert(&posted.session.actor, id(&alert)?)
        .await?;
    done(&format!("/alerts?done-away={}", view.id))
}

pub(super) async fn take_up(
    State(app): State<App>,
    Path(alert): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    app.take_up_alert(&posted.session.actor, id(&alert)?)
        .await?;
    done("/alerts?done=alert-taken-up")
}
