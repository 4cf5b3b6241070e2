//! The list of files that were brought, and where the next one is dropped.

use filo_app::import_run::{Counts, FILE_DAYS, ImportRun};
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::{Listed, state_badge};
use crate::i18n::Words;
use crate::ui::page::empty;
use crate::ui::shown as display;

pub(super) fn content(
    words: Words,
    listed: &Listed,
    tabs: &Markup,
    now: Timestamp,
    token: &str,
) -> Markup {
    html! {
        div { h1 { (words.say("imports-title")) } p.lead { (words.say("imports-lead")) } }
        (tabs)
        section.card aria-labelledby="drop-title" {
            h2 #drop-title { (words.say("import-drop-title")) }
            (drop_form(words, token, None, listed.refused.as_deref()))
        }
        @if listed.rows.is_empty() {
            (empty(&words.say("imports-none"), &html! { p { (words.say("imports-none-hint")) } }))
        } @else {
            section.card aria-labelledby="imports-list" {
                h2 #imports-list { (words.say("imports-list")) }
                ul.list { @for row in &listed.rows { (line(words, row, now)) } }
                @if let Some(next) = &listed.next {
                    p { a.button.quiet href={ "/imports?before=" (next) } { (words.say("imports-older")) } }
                }
            }
        }
    }
}

/// The form that takes a file; with the settings of another import, if one is named.
pub(super) fn drop_form(
    words: Words,
    token: &str,
    like: Option<&str>,
    refused: Option<&str>,
) -> Markup {
    let days = u64::try_from(FILE_DAYS).unwrap_or(0);
    html! {
        form.form method="post" action="/imports" enctype="multipart/form-data" {
            // The file comes last: what is said about it must be known when it arrives.
            input type="hidden" name="token" value=(token);
            @if let Some(like) = like { input type="hidden" name="like" value=(like); }
            div.field {
                label for="field-file" { (words.say("import-file")) }
                input #field-file type="file" name="file" required
                    aria-invalid=[refused.map(|_| "true")]
                    aria-describedby=(if refused.is_some() { "field-file-wrong" } else { "field-file-hint" });
                p.hint #field-file-hint { (words.say("import-file-hint")) }
                @if let Some(reason) = refused {
                    p.wrong #field-file-wrong role="alert" { (words.say("wrong-import-file")) " " span lang="en" { (display::line(reason)) } }
                }
            }
            p.hint { (words.fill("import-file-kept", [("days", days.into())])) }
            div.actions { button type="submit" { (words.say("import-drop")) } }
        }
    }
}

fn line(words: Words, row: &ImportRun, now: Timestamp) -> Markup {
    let rows = trial_rows(row);
    html! {
        li {
            div.line {
                a href={ "/imports/" (row.id) } { bdi { (display::line(&row.file_name)) } }
                (state_badge(words, row.state))
            }
            p.about {
                (words.day(row.created_at, now)) ", " (words.time(row.created_at))
                " · " bdi { (display::line(&row.actor)) }
                @if let Some(rows) = rows { " · " (words.fill("import-rows", [("count", rows.into()), ("number", words.number(rows).into())])) }
            }
        }
    }
}

/// Rows of a file that was read to its end.
fn trial_rows(row: &ImportRun) -> Option<u64> {
    let counts: Counts = serde_json::from_str(row.trial.as_deref()?).ok()?;
    Some(counts.rows)
}
