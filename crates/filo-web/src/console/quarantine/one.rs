//! One of quarantine: its text, what is wrong with it, and the form to mend it.

use axum::extract::{Path, State};
use filo_app::{App, QuarantineRow, QuarantineStatus};
use filo_core::id::QuarantineId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::{framed, hint, reason, status};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::repair::{Repair, repair as mend};
use crate::right::{RepairQuarantine, SeeQuarantine};
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::shown as display;

/// Letters of a body that are shown; quarantine keeps no more.
const BODY_LETTERS_MOST: usize = 64 << 10;
/// Defects named above the form.
const DEFECTS_SHOWN: usize = 5;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Path(quarantined): Path<String>,
) -> Answer {
    let row = one(&app, id(&quarantined)?).await?;
    let body = String::from_utf8_lossy(&row.body).into_owned();
    let sender = sender(&app, &row).await?;
    let seen = (&row, sender.as_deref());
    let content = one_content(session.words, seen, &body, &[], &session.token);
    shown(framed(&session, &content, None))
}

async fn one(app: &App, id: QuarantineId) -> Result<QuarantineRow, Failure> {
    let row = app.quarantined_one(id).await?;
    row.ok_or(Failure::Missing)
}

/// The name of the source it came from.
async fn sender(app: &App, row: &QuarantineRow) -> Result<Option<String>, Failure> {
    let Some(source) = row.source else {
        return Ok(None);
    };
    Ok(Some(app.source(source).await?.name))
}

fn one_content(
    words: Words,
    (row, sender): (&QuarantineRow, Option<&str>),
    body: &str,
    defects: &[String],
    token: &str,
) -> Markup {
    html! {
        div {
            a.back href="/quarantine" { (Icon::Back.draw()) (words.say("place-quarantine")) }
            div.head { h1 { (reason(words, &row.code)) } (status(words, row.status)) }
            p.lead { (hint(words, &row.code)) }
        }
        dl.facts {
            @if let Some(field) = &row.field { dt { (words.say("quarantine-field")) } dd { code { (display::line(field)) } } }
            dt { (words.say("quarantine-received")) } dd { (words.date_time(row.received_at)) }
            @if let (Some(source), Some(sender)) = (row.source, sender) {
                dt { (words.say("quarantine-source")) }
                dd { a href={ "/sources/" (source.0) } { bdi { (display::line(sender)) } } }
            }
            @if let Some(at) = row.repaired_at { dt { (words.say("quarantine-closed")) } dd { (words.date_time(at)) } }
            @if let Some(actor) = &row.actor { dt { (words.say("quarantine-actor")) } dd { bdi { (display::line(actor)) } } }
            // Made where the event arrives, in the senders' language: for who mends the sender.
            dt { (words.say("quarantine-detail")) } dd lang="en" { (display::line(&row.hint)) }
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
            (button_form(&format!("/quarantine/{}/discard", row.id), token, &[], &words.say("quarantine-discard"), "danger small"))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Mended {
    body: String,
}

pub(in crate::console) async fn repair(
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
    let sender = sender(&app, &row).await?;
    let seen = (&row, sender.as_deref());
    let content = one_content(session.words, seen, &form.body, &defects, &session.token);
    wrong(framed(&session, &content, None))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn discard(
    State(app): State<App>,
    Path(quarantined): Path<String>,
    posted: Posted<RepairQuarantine, Nothing>,
) -> Answer {
    let quarantined: QuarantineId = id(&quarantined)?;
    let status = QuarantineStatus::Discarded;
    let actor = &posted.session.actor;
    let discarded = app.close_many(actor, &[quarantined], status).await?;
    if discarded.count == 0 {
        return Err(Failure::Missing);
    }
    done(&format!("/quarantine?discarded={}", discarded.at.0))
}

/// When what is to come back was discarded.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct DiscardedAt {
    at: i64,
}

/// Takes a discarding back.
pub(in crate::console) async fn restore(
    State(app): State<App>,
    posted: Posted<RepairQuarantine, DiscardedAt>,
) -> Answer {
    let Posted { session, form } = posted;
    app.restore_discarded(&session.actor, Timestamp(form.at))
        .await?;
    done("/quarantine?done=restored")
}

#[cfg(test)]
mod tests {
    use filo_core::id::SourceId;

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
            let page = one_content(
                Words::of(language),
                (&row(body), Some("Cassa <i>")),
                body,
                &defects,
                "t",
            );
            let page = page.into_string();
            assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
            assert!(
                !page.contains("<script>") && page.contains("&lt;b&gt;name"),
                "{page}"
            );
            assert!(page.contains("Cassa &lt;i&gt;"), "{page}");
            assert!(page.contains("aria-invalid=\"true\""), "{page}");
        }
    }
}
