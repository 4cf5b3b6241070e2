//! Incidents: what Filo stopped at and a person should see: what happened, why it matters, what
//! to do.

use axum::extract::{Path, Query, State};
use filo_app::{App, IncidentCursor, IncidentRow};
use filo_core::id::IncidentId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::source::ago;
use super::{Answer, done, id, shown};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{ResolveIncidents, SeeIncidents};
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, empty, page};
use crate::ui::shown as display;
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast;

/// Letters of the details that are shown.
const DETAIL_LETTERS_MOST: usize = 2_000;
/// Rows of a page.
const ROWS: usize = 30;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    all: bool,
    before: Option<String>,
    done: Option<String>,
    /// What was just marked as seen: for taking it back.
    seen: Option<String>,
}

struct List {
    rows: Vec<IncidentRow>,
    next: Option<String>,
    all: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeIncidents>,
    Query(asked): Query<Asked>,
) -> Answer {
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| IncidentCursor {
        last_at: cursor.at,
        id: IncidentId(cursor.id),
    });
    let mut rows = app.incidents(!asked.all, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let last = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.last_at,
        id: row.id.0,
    });
    let list = List {
        next: last.map(Cursor::write),
        rows,
        all: asked.all,
    };
    let words = session.words;
    let seen = asked.seen.and_then(|seen| seen.parse::<IncidentId>().ok());
    let frame = Frame {
        words,
        title: &words.say("place-incidents"),
        place: Some(Place::Incidents),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: asked.done.as_deref(),
    };
    let content = html! {
        @if let Some(seen) = seen { (undo(words, seen, &session.token)) }
        (content(words, &list, app.now(), &session.token))
    };
    shown(page(&frame, &content))
}

fn undo(words: Words, seen: IncidentId, token: &str) -> Markup {
    let action = format!("/incidents/{seen}/reopening");
    let back = button_form(&action, token, &[], &words.say("undo"), "link");
    toast::with_undo(&words.say("done-resolved"), &back)
}

fn content(words: Words, list: &List, now: Timestamp, token: &str) -> Markup {
    let (open, all) = (words.say("incidents-open"), words.say("incidents-all"));
    let tab = |address, label, here| Tab {
        address,
        label,
        count: 0,
        here,
    };
    html! {
        div { h1 { (words.say("place-incidents")) } p.lead { (words.say("incidents-lead")) } }
        (tabs(&words.say("place-incidents"), &[
            tab("/incidents", &open, !list.all),
            tab("/incidents?all=true", &all, list.all),
        ]))
        @if list.rows.is_empty() {
            (empty(&words.say("incidents-none"), &html! { p { (words.say("incidents-none-hint")) } }))
        }
        @for incident in &list.rows { (card(words, incident, now, token)) }
        @if let Some(next) = &list.next {
            @let all = if list.all { "&all=true" } else { "" };
            p.pages { a.button.quiet href={ "/incidents?before=" (next) (all) } { (words.say("older")) } }
        }
    }
}

fn card(words: Words, incident: &IncidentRow, now: Timestamp, token: &str) -> Markup {
    let key = format!("incident-{}", incident.kind.replace('_', "-"));
    let said = |suffix: &str| words.look_up(&format!("{key}{suffix}"));
    let title = said("").map_or_else(
        || display::line(&incident.kind),
        std::borrow::Cow::into_owned,
    );
    // Incidents about an identifier or customer lead to its page.
    let node = incident
        .subject
        .strip_prefix("idn_")
        .or(incident.subject.strip_prefix("cus_"));
    let is_open = incident.resolved_at.is_none();
    html! {
        section.card.incident.closed[!is_open] {
            div.incident-sign aria-hidden="true" { (Icon::Alert.draw()) }
            div.incident-told {
                h2 { (title) }
                p { (said("-why").unwrap_or_else(|| words.say("incident-other-why"))) }
                p.incident-do {
                    strong { (words.say("incident-do")) } " "
                    (said("-do").unwrap_or_else(|| words.say("incident-other-do")))
                }
                p.about { (seen(words, incident, now)) }
                @if incident.detail.len() > 2 && node.is_none() {
                    details.fold.small {
                        summary { (words.say("incident-detail")) }
                        p { code { (display::line(&incident.subject)) } }
                        pre.box tabindex="0" { code { (display::lines(&incident.detail, DETAIL_LETTERS_MOST)) } }
                    }
                }
            }
            div.actions {
                @if let Some(node) = node {
                    a.button.quiet.small href={ "/people/cus_" (node) } { (words.say("incident-open-person")) }
                }
                @if is_open {
                    (button_form(&format!("/incidents/{}/resolution", incident.id), token, &[], &words.say("incident-resolve"), "quiet small"))
                } @else {
                    (button_form(&format!("/incidents/{}/reopening", incident.id), token, &[], &words.say("incident-reopen"), "plain small"))
                }
            }
        }
    }
}

fn seen(words: Words, incident: &IncidentRow, now: Timestamp) -> String {
    words.fill(
        "incident-seen",
        [
            ("count", incident.count.into()),
            ("first", words.day(incident.first_at, now).into()),
            ("last", ago(words, incident.last_at, now).into()),
        ],
    )
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn resolve(
    State(app): State<App>,
    Path(incident): Path<String>,
    posted: Posted<ResolveIncidents, Nothing>,
) -> Answer {
    let incident: IncidentId = id(&incident)?;
    app.resolve_incident(&posted.session.actor, incident)
        .await?;
    done(&format!("/incidents?seen={incident}"))
}

pub(super) async fn reopen(
    State(app): State<App>,
    Path(incident): Path<String>,
    posted: Posted<ResolveIncidents, Nothing>,
) -> Answer {
    let incident: IncidentId = id(&incident)?;
    app.reopen_incident(&posted.session.actor, incident).await?;
    done("/incidents?done=reopened")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn incident(kind: &str, subject: &str) -> IncidentRow {
        IncidentRow {
            id: IncidentId(1),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            detail: r#"{"value":"<b>"}"#.to_owned(),
            first_at: Timestamp(0),
            last_at: Timestamp(0),
            count: 3,
            resolved_at: None,
        }
    }

    #[test]
    fn incidents_say_what_to_do_and_lead_to_whom_they_are_about() {
        let list = List {
            rows: vec![
                incident("identity_suspended", "idn_0123456789abcdefghjkmnpqrs"),
                incident("new_kind", "<i>"),
            ],
            next: Some("NEXT".to_owned()),
            all: true,
        };
        for language in Language::ALL {
            let words = Words::of(language);
            let page = content(words, &list, Timestamp(0), "t").into_string();
            assert!(
                page.contains("/people/cus_0123456789abcdefghjkmnpqrs"),
                "{page}"
            );
            assert!(
                page.contains("&lt;b&gt;") && page.contains("&lt;i&gt;"),
                "{page}"
            );
            assert!(page.contains("before=NEXT&amp;all=true"), "{page}");
            assert!(
                page.contains(&*words.say("incident-identity-suspended-do")),
                "{page}"
            );
            let none = List {
                rows: vec![],
                next: None,
                all: false,
            };
            let empty = content(words, &none, Timestamp(0), "t").into_string();
            assert!(empty.contains("class=\"empty\""), "{empty}");
        }
    }
}
