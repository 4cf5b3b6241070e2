//! Quarantine: what could not be taken in, why, and the form to mend it.

use axum::extract::{Path, Query, State};
use filo_app::{App, QuarantineCursor, QuarantineFilter, QuarantineRow, QuarantineStatus};
use filo_core::id::QuarantineId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown, wrong};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::repair::{Repair, repair as mend};
use crate::right::{Power, RepairQuarantine, SeeQuarantine};
use crate::ui::form::{Field, form, second_thought};
use crate::ui::page::{Frame, Place, empty, page};
use crate::ui::shown as display;

/// Rows of a page.
const ROWS: usize = 50;
/// Letters of a body that are shown; quarantine keeps no more.
const BODY_LETTERS_MOST: usize = 64 << 10;
/// Defects named above the form.
const DEFECTS_SHOWN: usize = 5;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    all: bool,
    before: Option<String>,
    done: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Query(asked): Query<Asked>,
) -> Answer {
    let status = (!asked.all).then_some(QuarantineStatus::Open);
    let filter = QuarantineFilter {
        status,
        ..QuarantineFilter::default()
    };
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| QuarantineCursor {
        received_at: cursor.at,
        id: QuarantineId(cursor.id),
    });
    let mut rows = app.quarantined(&filter, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| {
        Cursor {
            at: row.received_at,
            id: row.id.0,
        }
        .write()
    });
    let list = List {
        rows,
        next,
        all: asked.all,
    };
    let content = list_content(session.words, &list, app.now());
    shown(framed(&session, &content, asked.done.as_deref()))
}

struct List {
    rows: Vec<QuarantineRow>,
    next: Option<String>,
    all: bool,
}

fn framed<P: Power>(session: &Session<P>, content: &Markup, done: Option<&str>) -> Markup {
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("place-quarantine"),
        place: Some(Place::Quarantine),
        address: session.address.as_deref(),
        visitor: Some((&session.actor.name, &session.token)),
        done,
    };
    page(&frame, content)
}

fn list_content(words: Words, list: &List, now: Timestamp) -> Markup {
    let (other, address) = if list.all {
        (words.say("quarantine-only-open"), "/quarantine")
    } else {
        (words.say("quarantine-all"), "/quarantine?all=true")
    };
    html! {
        div.head {
            h1 { (words.say("place-quarantine")) }
            a.button.quiet.small href=(address) { (other) }
        }
        p.lead { (words.say("quarantine-lead")) }
        @if list.rows.is_empty() {
            (empty(&words.say("quarantine-none"), &html! { p { (words.say("quarantine-none-hint")) } }))
        } @else {
            (table(words, &list.rows, now))
            @if let Some(next) = &list.next {
                @let all = if list.all { "&all=true" } else { "" };
                p.pages { a.button.quiet href={ "/quarantine?before=" (next) (all) } { (words.say("older")) } }
            }
        }
    }
}

fn table(words: Words, rows: &[QuarantineRow], now: Timestamp) -> Markup {
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("quarantine-reason")) }
                    th scope="col" { (words.say("quarantine-field")) }
                    th scope="col" { (words.say("quarantine-status")) }
                    th scope="col" { (words.say("quarantine-received")) }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td { a href={ "/quarantine/" (row.id) } { (reason(words, &row.code)) } }
                        td data-label=(words.say("quarantine-field")) {
                            @if let Some(field) = &row.field { code { (display::line(field)) } }
                        }
                        td data-label=(words.say("quarantine-status")) { (status(words, row.status)) }
                        td data-label=(words.say("quarantine-received")) {
                            (words.day(row.received_at, now)) ", " (words.time(row.received_at))
                        }
                    }
                }
            }
        }
    }
}

/// The reason in the language; the code itself if it is a new one.
fn reason(words: Words, code: &str) -> String {
    let known = words.look_up(&format!("defect-{}", code.replace('_', "-")));
    known.map_or_else(|| display::line(code), std::borrow::Cow::into_owned)
}

fn status(words: Words, status: QuarantineStatus) -> Markup {
    let class = match status {
        QuarantineStatus::Open => "badge badge-warn",
        QuarantineStatus::Repaired => "badge badge-good",
        QuarantineStatus::Discarded => "badge",
    };
    html! { span.(class) { (words.say(&format!("quarantine-{}", status.word()))) } }
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Path(quarantined): Path<String>,
) -> Answer {
    let row = one(&app, id(&quarantined)?).await?;
    let body = String::from_utf8_lossy(&row.body).into_owned();
    let content = one_content(session.words, &row, &body, &[], &session.token);
    shown(framed(&session, &content, None))
}

async fn one(app: &App, id: QuarantineId) -> Result<QuarantineRow, Failure> {
    let row = app.quarantined_one(id).await?;
    row.ok_or(Failure::Missing)
}

fn one_content(
    words: Words,
    row: &QuarantineRow,
    body: &str,
    defects: &[String],
    token: &str,
) -> Markup {
    html! {
        p.small { a href="/quarantine" { "← " (words.say("place-quarantine")) } }
        div.head { h1 { (reason(words, &row.code)) } (status(words, row.status)) }
        // Hints are made where the event arrives, in the senders' language.
        p.lead lang="en" { (display::line(&row.hint)) }
        dl.facts {
            @if let Some(field) = &row.field { dt { (words.say("quarantine-field")) } dd { code { (display::line(field)) } } }
            dt { (words.say("quarantine-received")) } dd { (words.date_time(row.received_at)) }
            @if let Some(source) = row.source { dt { (words.say("quarantine-source")) } dd { (source.0) } }
            @if let Some(at) = row.repaired_at { dt { (words.say("quarantine-closed")) } dd { (words.date_time(at)) } }
            @if let Some(actor) = &row.actor { dt { (words.say("quarantine-actor")) } dd { bdi { (display::line(actor)) } } }
        }
        @if row.status == QuarantineStatus::Open {
            (mending(words, row, body, defects, token))
        } @else {
            pre.box tabindex="0" { code { (display::lines(body, BODY_LETTERS_MOST)) } }
        }
    }
}

fn mending(
    words: Words,
    row: &QuarantineRow,
    body: &str,
    defects: &[String],
    token: &str,
) -> Markup {
    let problem = defects
        .iter()
        .take(DEFECTS_SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    let text = Field {
        name: "body",
        label: &words.say("quarantine-body"),
        value: body,
        hint: Some(&words.say("quarantine-body-hint")),
        wrong: (!problem.is_empty()).then_some(problem.as_str()),
        required: true,
        ..Field::default()
    };
    let fields =
        html! { (text.code(16)) button type="submit" { (words.say("quarantine-repair")) } };
    html! {
        section.card {
            @if row.source.is_some() {
                (form(&format!("/quarantine/{}/repair", row.id), token, &fields))
            } @else {
                p.soft { (words.say("quarantine-no-source")) }
                pre.box tabindex="0" { code { (display::lines(body, BODY_LETTERS_MOST)) } }
            }
            (second_thought(&format!("/quarantine/{}/discard", row.id), token, &words.say("quarantine-discard"), &words.say("quarantine-discard-confirm")))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Mended {
    body: String,
}

pub(super) async fn repair(
    State(app): State<App>,
    Path(quarantined): Path<String>,
    posted: Posted<RepairQuarantine, Mended>,
) -> Answer {
    let quarantined: QuarantineId = id(&quarantined)?;
    let Posted { session, form } = posted;
    let outcome = match mend(&app, &session.actor, quarantined, &form.body).await {
        Err(filo_app::Error::Invalid { reason, .. }) => Err(vec![reason]),
        Ok(Repair::Defective(defects)) => Err(defects
            .iter()
            .map(|defect| {
                format!(
                    "{}: {}",
                    defect.field,
                    reason(session.words, defect.code.word())
                )
            })
            .collect()),
        Ok(Repair::Done(_count)) => Ok(()),
        Err(other) => return Err(other.into()),
    };
    let Err(defects) = outcome else {
        return done("/quarantine?done=repaired");
    };
    let row = one(&app, quarantined).await?;
    let content = one_content(session.words, &row, &form.body, &defects, &session.token);
    wrong(framed(&session, &content, None))
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn discard(
    State(app): State<App>,
    Path(quarantined): Path<String>,
    posted: Posted<RepairQuarantine, Nothing>,
) -> Answer {
    let quarantined: QuarantineId = id(&quarantined)?;
    app.close_quarantined(&posted.session.actor, quarantined, false)
        .await?;
    done("/quarantine?done=discarded")
}

#[cfg(test)]
mod tests {
    use filo_core::id::SourceId;
    use filo_core::intake::DefectCode;

    use super::*;
    use crate::i18n::Language;

    fn row(body: &str) -> QuarantineRow {
        QuarantineRow {
            id: QuarantineId(5),
            source: Some(SourceId(1)),
            received_at: Timestamp(0),
            code: "missing_event".to_owned(),
            field: Some("event".to_owned()),
            hint: "<b>name</b> the event".to_owned(),
            body: body.as_bytes().to_vec(),
            status: QuarantineStatus::Open,
            repaired_at: None,
            actor: None,
        }
    }

    #[test]
    fn the_body_is_in_the_form_as_text() {
        let body = r#"{"type":"track","x":"</textarea><script>alert(1)</script>"}"#;
        for language in Language::ALL {
            let defects = ["event: x".to_owned()];
            let page = one_content(Words::of(language), &row(body), body, &defects, "t");
            let page = page.into_string();
            assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
            assert!(
                !page.contains("<script>") && page.contains("&lt;b&gt;name"),
                "{page}"
            );
            assert!(page.contains("aria-invalid=\"true\""), "{page}");
        }
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        for language in Language::ALL {
            for code in DefectCode::ALL {
                let key = format!("defect-{}", code.word().replace('_', "-"));
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn an_empty_list_says_that_all_is_well() {
        let list = List {
            rows: vec![],
            next: None,
            all: false,
        };
        for language in Language::ALL {
            let page = list_content(Words::of(language), &list, Timestamp(0)).into_string();
            assert!(page.contains("class=\"empty\""), "{page}");
        }
    }
}
