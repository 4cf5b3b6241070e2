//! Incidents: what Filo stopped at and a person should see.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_core::id::IncidentId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{ResolveIncidents, SeeIncidents};
use crate::ui::form::button_form;
use crate::ui::page::{Frame, Place, empty, page};
use crate::ui::shown as display;

/// Letters of the details that are shown.
const DETAIL_LETTERS_MOST: usize = 2_000;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

struct Incident {
    id: IncidentId,
    kind: String,
    subject: String,
    detail: String,
    first_at: Timestamp,
    last_at: Timestamp,
    count: i64,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeIncidents>,
    Query(asked): Query<Asked>,
) -> Answer {
    let rows = app.incidents().await?.into_iter().map(|row| Incident {
        id: row.id,
        kind: row.kind,
        subject: row.subject,
        detail: row.detail,
        first_at: row.first_at,
        last_at: row.last_at,
        count: row.count,
    });
    let rows: Vec<Incident> = rows.collect();
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("place-incidents"),
        place: Some(Place::Incidents),
        address: session.address.as_deref(),
        visitor: Some((&session.actor.name, &session.token)),
        done: asked.done.as_deref(),
    };
    shown(page(&frame, &content(words, &rows, &session.token)))
}

fn content(words: Words, incidents: &[Incident], token: &str) -> Markup {
    html! {
        h1 { (words.say("place-incidents")) }
        p.lead { (words.say("incidents-lead")) }
        @if incidents.is_empty() {
            (empty(&words.say("incidents-none"), &html! { p { (words.say("incidents-none-hint")) } }))
        }
        @for incident in incidents { (card(words, incident, token)) }
    }
}

fn card(words: Words, incident: &Incident, token: &str) -> Markup {
    let key = format!("incident-{}", incident.kind.replace('_', "-"));
    let title = words.look_up(&key).map_or_else(
        || display::line(&incident.kind),
        std::borrow::Cow::into_owned,
    );
    // Incidents about an identifier or customer lead to its page.
    let node = incident
        .subject
        .strip_prefix("idn_")
        .or(incident.subject.strip_prefix("cus_"));
    let seen = [
        ("count", incident.count.into()),
        ("first", words.date_time(incident.first_at).into()),
        ("last", words.date_time(incident.last_at).into()),
    ];
    let action = format!("/incidents/{}/resolution", incident.id);
    html! {
        section.card {
            div.head {
                h2 { (title) }
                (button_form(&action, token, &[], &words.say("incident-resolve"), "quiet small"))
            }
            p {
                @match node {
                    Some(node) => { a href={ "/people/cus_" (node) } { (display::line(&incident.subject)) } }
                    None => { code { (display::line(&incident.subject)) } }
                }
            }
            p.about { (words.fill("incident-seen", seen)) }
            @if incident.detail.len() > 2 {
                details {
                    summary { (words.say("incident-detail")) }
                    pre.box tabindex="0" { code { (display::lines(&incident.detail, DETAIL_LETTERS_MOST)) } }
                }
            }
        }
    }
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
    done("/incidents?done=resolved")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn incidents_lead_to_whom_they_are_about() {
        let incident = Incident {
            id: IncidentId(1),
            kind: "suspended".to_owned(),
            subject: "idn_0123456789abcdefghjkmnpqrs".to_owned(),
            detail: r#"{"value":"<b>"}"#.to_owned(),
            first_at: Timestamp(0),
            last_at: Timestamp(0),
            count: 3,
        };
        for language in Language::ALL {
            let page = content(Words::of(language), std::slice::from_ref(&incident), "t");
            let page = page.into_string();
            assert!(
                page.contains("/people/cus_0123456789abcdefghjkmnpqrs"),
                "{page}"
            );
            assert!(page.contains("&lt;b&gt;"), "{page}");
            assert!(
                content(Words::of(language), &[], "t")
                    .into_string()
                    .contains("empty")
            );
        }
    }
}
